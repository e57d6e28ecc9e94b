package js

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// traceCase is a program and what it calls: "api via line" per call, "?line
// expression" per call with an unknown name. The SDK is loaded in line 1.
type traceCase struct {
	name, src string
	want      []string
}

func readTraceCases(t *testing.T, file string) (out []traceCase) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range strings.Split("\n"+string(data), "\n=== ")[1:] {
		name, rest, _ := strings.Cut(part, "\n")
		src, want, ok := strings.Cut(rest+"\n", "-- want --\n")
		if !ok {
			t.Fatalf("%s: %s says not what it calls", file, name)
		}
		c := traceCase{name: name, src: sdk + src, want: []string{}}
		if strings.HasPrefix(src, "-- ") {
			c.src = src
		}
		if want = strings.TrimSpace(want); want != "" {
			c.want = strings.Split(want, "\n")
		}
		slices.Sort(c.want)
		out = append(out, c)
	}
	return out
}

func showLines(r Result) []string {
	out := []string{}
	for _, c := range r.Calls {
		out = append(out, fmt.Sprintf("%s %s %d", c.API, c.Via, c.Line))
	}
	for _, d := range r.Dynamic {
		out = append(out, fmt.Sprintf("?%d %s", d.Line, d.Expression))
	}
	for _, f := range r.Files {
		for _, e := range f.Errors {
			out = append(out, "error "+string(e.ID))
		}
	}
	if r.Incomplete {
		out = append(out, "incomplete")
	}
	slices.Sort(out)
	return out
}

func TestTrace(t *testing.T) {
	names, err := filepath.Glob("testdata/values/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	a := NewAnalyzer()
	for _, name := range names {
		for _, c := range readTraceCases(t, name) {
			t.Run(strings.TrimSuffix(path.Base(filepath.ToSlash(name)), ".txt")+"/"+c.name, func(t *testing.T) {
				entry := "index.js"
				if strings.HasPrefix(c.src, "-- ") {
					entry, _, _ = strings.Cut(c.src[3:], " --")
				}
				if diff := cmp.Diff(c.want, showLines(analyzeText(a, c.src, entry))); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		}
	}
}

// TestTraceOfBrokenCode: a trace survives whatever the parser makes of a program
// that ends anywhere.
func TestTraceOfBrokenCode(t *testing.T) {
	names, err := filepath.Glob("testdata/values/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	a := NewAnalyzer()
	for _, name := range names {
		for i, c := range readTraceCases(t, name) {
			for end := len(sdk) + i%17; end < len(c.src); end += 17 {
				if r := analyzeText(a, c.src[:end], ""); len(r.Files) == 0 && end > len(sdk)+20 {
					t.Fatalf("%s: no files in %q", c.name, c.src[:end])
				}
			}
		}
	}
}
