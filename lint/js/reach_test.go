package js

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// reachCase is one function of testdata/reach: its files, and the lines that say
// what is expected of it.
type reachCase struct {
	name, entry string
	files       fstest.MapFS
	want        []string
}

// readReachCases reads a file of cases. A case begins with "=== name", its files
// with "-- name --"; "-- want --" holds lines "call a.js:2 a.b", "uninvoked …",
// "dynamic …", "missing …", "package …", "outside …", "unread …", "entry …" and so on.
func readReachCases(t *testing.T, name string) []reachCase {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var cases []reachCase
	for _, part := range strings.Split("\n"+string(data), "\n=== ")[1:] {
		title, text, _ := strings.Cut(part, "\n")
		c := reachCase{name: title, entry: "index.js", files: unpack(text)}
		if f := c.files["p/fn/want"]; f != nil {
			for _, line := range strings.Split(strings.TrimSpace(string(f.Data)), "\n") {
				if entry, ok := strings.CutPrefix(line, "entry "); ok {
					c.entry = entry
				} else if line != "" {
					c.want = append(c.want, line)
				}
			}
		}
		delete(c.files, "p/fn/want")
		slices.Sort(c.want)
		cases = append(cases, c)
	}
	return cases
}

func (c reachCase) input() Input {
	return Input{
		Dir: filepath.FromSlash("/p/fn"), Entry: c.entry,
		ReadFile: func(name string) ([]byte, error) { return c.files.ReadFile(mapName(name)) },
		ReadDir:  func(name string) ([]fs.DirEntry, error) { return c.files.ReadDir(mapName(name)) },
	}
}

// reached shows everything in r that says which code counts.
func reached(r Result) []string {
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	marked := func(mark string, on bool) string {
		if on {
			return " " + mark
		}
		return ""
	}
	for _, c := range r.Calls {
		add("call %s:%d %s", c.File, c.Line, c.API)
	}
	for _, c := range r.Uninvoked {
		add("uninvoked %s:%d %s", c.File, c.Line, c.API)
	}
	for _, d := range r.Dynamic {
		add("dynamic %s:%d %s", d.File, d.Line, d.Expression)
	}
	for _, d := range r.Unresolved {
		add("unresolved %s:%d %s", d.File, d.Line, d.Expression)
	}
	for _, m := range r.Missing {
		add("missing %s:%d %s%s", m.File, m.Line, m.Request, marked("optional", m.Optional))
	}
	for _, p := range r.Packages {
		if p.Name != "wx-server-sdk" || p.Found || p.Optional {
			add("package %s:%d %s%s%s", p.File, p.Line, p.Name, marked("found", p.Found), marked("optional", p.Optional))
		}
	}
	for _, o := range r.Outside {
		add("outside %s", o)
	}
	for _, q := range r.Requests {
		if q.Prefix {
			add("below %s:%d %s %s", q.Span.File, q.Line, q.Request, q.File)
		}
	}
	for _, f := range r.Files {
		for _, e := range f.Errors {
			add("error %s:%d %s", f.Path, e.Line, e.ID)
		}
	}
	if r.Incomplete {
		add("incomplete")
	}
	slices.Sort(out)
	return out
}

func TestReach(t *testing.T) {
	names, err := filepath.Glob("testdata/reach/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	a := NewAnalyzer()
	for _, name := range names {
		for _, c := range readReachCases(t, name) {
			t.Run(strings.TrimSuffix(path.Base(filepath.ToSlash(name)), ".txt")+"/"+c.name, func(t *testing.T) {
				if diff := cmp.Diff(c.want, reached(a.Analyze(c.input()))); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		}
	}
}
