package config_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wxcloud/config"
)

// Whatever a config.json holds, an edit is refused or gives the list that was
// asked for and leaves every byte outside of it alone.
func FuzzEditOpenapi(f *testing.F) {
	f.Add("{\r\n\t\"permissions\": {\r\n\t\t\"openapi\": [\r\n\t\t\t\"a.b\",\r\n\t\t\t\"A.b\",\r\n\t\t\t\"a.b\"\r\n\t\t]\r\n\t},\r\n\t\"own\": \"a.b\"\r\n}", uint(2), uint(1), "a.b", "c.d")
	f.Add("\ufeff{\"permissions\":{\"openapi\":[\"\\u0061.b\" , \"提醒\",7,null]},\"t\":[ 1 ]}", uint(1), uint(2), "x.y", "x.y")
	f.Add(`{"permissions":{"openapi":["a","b","c"]}}`, uint(7), uint(0), "", "a")
	f.Add(`{"permissions":{}}`, uint(0), uint(0), "", "a.b")
	f.Fuzz(func(t *testing.T, text string, remove, rename uint, to, add string) {
		dir := t.TempDir()
		path := filepath.Join(dir, "config.json")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		p, err := config.LoadFolder(dir)
		if err != nil || len(p.Functions) != 1 {
			return
		}
		fn := p.Functions[0]
		list := fn.Config.Openapi
		edits := config.OpenapiEdits{}
		if add != "" {
			edits.Add = []string{add}
		}
		// want is the list by the words of the documentation, the slow way.
		var want []string
		gone := make([]bool, len(list))
		renamed := make([]bool, len(list))
		for i, d := range list {
			bit := uint(1) << (i % 32)
			if rename&bit != 0 && to != "" {
				edits.Rename = append(edits.Rename, config.Renaming{Entry: d, To: to})
				renamed[i] = true
			} else if remove&bit != 0 {
				edits.Remove = append(edits.Remove, d)
				gone[i] = true
			}
		}
		stays := func(i int) bool { return !gone[i] && !renamed[i] }
		taken := slices.ContainsFunc(list, func(d config.Declared) bool { return d.Name == to && stays(slices.Index(list, d)) })
		for i, d := range list {
			switch {
			case stays(i):
				want = append(want, d.Name)
			case renamed[i] && !taken:
				want, taken = append(want, to), true
			}
		}
		if add != "" && !slices.Contains(want, add) {
			want = append(want, add)
		}
		e, err := config.EditOpenapi(fn, nil, edits)
		if err != nil {
			return
		}
		var got []string
		for _, d := range fn.WithConfig(e.After).Config.Openapi {
			got = append(got, d.Name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q, want %q, in\n%q\nfrom\n%q", got, want, e.After, text)
		}
		if len(list) == 0 {
			return
		}
		head, tail := text[:list[0].Offset], text[list[len(list)-1].End:]
		head = head[:strings.LastIndexByte(head, '[')+1]
		tail = tail[strings.IndexByte(tail, ']'):]
		if after := string(e.After); !strings.HasPrefix(after, head) || !strings.HasSuffix(after, tail) {
			t.Errorf("bytes around the list changed:\n%q\n%q", text, after)
		}
	})
}
