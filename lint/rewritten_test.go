package lint_test

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"wxcloud/lint/js"
)

// edit replaces a piece of a text.
type edit struct {
	start, end int
	text       string
}

// rewritings write a program in another way that does the same.
var rewritings = map[string]func(src string, n js.TreeNode) []edit{
	"brackets": func(src string, n js.TreeNode) []edit {
		m := lastName.FindStringSubmatchIndex(src[n.Start:n.End])
		if n.Kind != "dot" || m == nil || fixedObject.MatchString(src[n.Start:n.Start+m[0]]) {
			return nil
		}
		name := `["` + src[n.Start+m[4]:n.Start+m[5]] + `"]`
		if m[2] != m[3] { // a?.b
			name = "?." + name
		}
		return []edit{{n.Start + m[0], n.End, name}}
	},
	"parentheses": func(src string, n js.TreeNode) []edit {
		return wrapAwaited(src, n, "(", ")")
	},
	"sequences": func(src string, n js.TreeNode) []edit {
		return wrapAwaited(src, n, "(0, ", ")")
	},
	"functions": func(src string, n js.TreeNode) []edit {
		if notMovable.MatchString(strings.TrimPrefix(src[n.Start:n.End], "await")) {
			return nil
		}
		return wrapAwaited(src, n, "(async () => ", ")()")
	},
	"comments": func(_ string, n js.TreeNode) []edit {
		if n.Kind != "call" {
			return nil
		}
		return []edit{{n.Start, n.Start, "/* cloud.openapi.ocr.idcard({}) */"}}
	},
}

var (
	lastName    = regexp.MustCompile(`(\??)\.([A-Za-z_$][\w$]*)$`)
	fixedObject = regexp.MustCompile(`(^|\W)(module|exports|require|super|import|new)\s*$`)
	lineNumber  = regexp.MustCompile(`:\d+( |\n)`)
	notMovable  = regexp.MustCompile(`\b(await|yield|arguments|super)\b`)
)

func wrapAwaited(src string, n js.TreeNode, before, behind string) []edit {
	start := n.Start + len("await")
	if n.Kind != "await" || !strings.HasPrefix(src[n.Start:], "await") || strings.HasPrefix(strings.TrimSpace(src[start:n.End]), "{") {
		return nil
	}
	return []edit{{start, start, " " + before}, {n.End, n.End, behind}}
}

// rewritten is a file with the edits of all its nodes, or as it was where they do
// not give a program.
func rewritten(name, src string, of func(string, js.TreeNode) []edit) string {
	var tree js.Tree
	if !tree.Read(name, []byte(src)) {
		return src
	}
	var edits []edit
	tree.Walk(func(n js.TreeNode) bool {
		if n.End <= len(src) && n.Kind != "none" {
			if n.Kind == "dot" || n.Kind == "await" || n.Kind == "call" {
				edits = append(edits, of(src, n)...)
			}
		}
		return true
	})
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end)) })
	var out strings.Builder
	at := 0
	for _, e := range edits {
		if e.start < at {
			return src
		}
		out.WriteString(src[at:e.start] + e.text)
		at = e.end
	}
	out.WriteString(src[at:])
	if text := out.String(); tree.Read(name, []byte(text)) {
		return text
	}
	return src
}

// However a program is written, it calls the same.
func TestCallsRewritten(t *testing.T) {
	if testing.Short() {
		t.Skip("reads every archive five times")
	}
	archives, err := filepath.Glob("testdata/calls/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatal(archives, err)
	}
	for _, way := range slices.Sorted(maps.Keys(rewritings)) {
		t.Run(way, func(t *testing.T) {
			changed := 0
			for _, name := range archives {
				text, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				changed += compareRewritten(t, filepath.Base(name), unpack(string(text)), rewritings[way])
			}
			if changed < 200 {
				t.Errorf("only %d files were rewritten", changed)
			}
		})
	}
}

// compareRewritten rewrites the files of an archive and compares what is called.
// What regenerator made is known by its names, which brackets hide.
func compareRewritten(t *testing.T, archive string, files map[string]string, of func(string, js.TreeNode) []edit) (changed int) {
	root := t.TempDir()
	for file, body := range files {
		if file == "want" {
			continue
		}
		text := body
		if strings.HasSuffix(file, "js") && !strings.HasPrefix(file, "regenerator") && !strings.Contains(file, "node_modules") {
			text = rewritten(file, body, of)
		}
		if text != body {
			changed++
		}
		write(t, filepath.Join(root, file), text)
	}
	var want, got []string
	for line := range strings.Lines(files["want"]) {
		if !strings.HasPrefix(line, "uninvoked ") && !strings.HasPrefix(line, "finding ") {
			want = append(want, lineNumber.ReplaceAllString(line, "$1"))
		}
	}
	for _, f := range analyze(t, root, root).Functions {
		for _, c := range f.Calls {
			got = append(got, fmt.Sprintf("%s %s\n", c.File, c.API))
		}
		for _, d := range f.Dynamic {
			got = append(got, fmt.Sprintf("dynamic %s\n", d.File))
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := gocmp.Diff(strings.Join(want, ""), strings.Join(got, "")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", archive, diff)
	}
	return changed
}
