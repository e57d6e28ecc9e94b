package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"wxcloud/lint/js"
)

// acornKinds are the kinds that mean the same here and in acorn.
var acornKinds = strings.Fields("array assign await binary break call catch class cond continue default dot " +
	"function if index logical meta new object rest return sequence spread super case switch tagged chunk template " +
	"this throw try unary update var declarator while with yield labeled string for")

var acornPairs = []string{"array pattern", "object pattern", "do while", "for in", "for of", "import call", "export all", "export default", "import"}

func compareAcorn(s *suite) error {
	var t js.Tree
	nodes := 0
	wanted := append(slices.Clone(acornKinds), acornPairs...)
	err := answers("out/acorn.jsonl", func(a answer, src []byte) error {
		s.files++
		if what := verdict(&t, t.Read(a.File, src), a.Error); what != "" {
			s.differ(a.File, what)
			return nil
		}
		if a.Error != "" {
			s.same++
			return nil
		}
		got := count(&t, func(n js.TreeNode) string { return n.Kind })
		if a.JSX { // of JSX only the expressions are kept
			s.same++
			return nil
		}
		keep := func(m map[string][3]int) map[string][3]int {
			out := map[string][3]int{}
			for _, k := range wanted {
				if c, ok := m[k]; ok {
					out[k] = c
					nodes += c[0]
				}
			}
			return out
		}
		what := compareCounts(keep(got), keep(a.Counts))
		if w := compareFree(&t, a.Free); w != "" {
			what += " free names: " + w
		}
		if what != "" {
			s.differ(a.File, what)
			return nil
		}
		s.same++
		return nil
	})
	s.notes = append(s.notes, fmt.Sprintf("%d nodes of %d kinds compared by number, sum of starts and sum of ends; free names by number and places", nodes/2, len(wanted)))
	return err
}

// mutant is a broken copy of a file, and what was said of it.
type mutant struct {
	File, Source, Error string
	Number              int
}

func mutants(name string, each func(mutant)) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(make([]byte, 1<<20), 1<<26)
	for lines.Scan() {
		var m mutant
		if err := json.Unmarshal(lines.Bytes(), &m); err != nil {
			return err
		}
		each(m)
	}
	return lines.Err()
}

// compareMutants compares the verdicts on broken copies of the files, and counts
// how many errors are told of one mistake and how many of the file's calls are still found.
func compareMutants(s *suite) error {
	var t js.Tree
	refused, once, kept, all := 0, 0, 0, 0
	original, calls := "", 0
	countCalls := func() int {
		return count(&t, func(n js.TreeNode) string { return n.Kind })["call"][0]
	}
	err := mutants("out/mutants.jsonl", func(m mutant) {
		s.files++
		if m.File != original {
			src, _ := os.ReadFile(m.File)
			t.Read(m.File, src)
			original, calls = m.File, countCalls()
		}
		ok := t.Read(m.File, []byte(m.Source))
		if !ok {
			refused++
			if len(t.Errors()) == 1 {
				once++
			}
			kept += min(calls, countCalls())
			all += calls
		}
		if what := verdict(&t, ok, m.Error); what != "" {
			s.differ(fmt.Sprintf("%s#%d", m.File, m.Number), what)
			return
		}
		s.same++
	})
	s.notes = append(s.notes, fmt.Sprintf("%d refused, %.1f%% of them with one error; %.1f%% of the calls of these files still found",
		refused, 100*float64(once)/float64(refused), 100*float64(kept)/float64(all)))
	return err
}

// compareTSMutants is the same for TypeScript. Its parser leaves much to its
// checker, so only where esbuild agrees with it they are right.
func compareTSMutants(s *suite) error {
	var t js.Tree
	refused, split := 0, 0
	err := mutants("out/tsmutants.jsonl", func(m mutant) {
		s.files++
		if m.Error != "" {
			refused++
		}
		what := verdict(&t, t.Read(m.File, []byte(m.Source)), m.Error)
		if what == "" {
			s.same++
			return
		}
		if (transform(m.File, []byte(m.Source)) == "") != (m.Error == "") {
			split++
			return
		}
		s.differ(fmt.Sprintf("%s#%d", m.File, m.Number), what)
	})
	s.notes = append(s.notes, fmt.Sprintf("%d refused by TypeScript; %d where TypeScript and esbuild disagree left out", refused, split))
	return err
}

// transform is the first error that esbuild finds in a file.
func transform(name string, src []byte) string {
	loader := api.LoaderJSX
	switch filepath.Ext(name) {
	case ".ts", ".mts", ".cts":
		loader = api.LoaderTS
	case ".tsx":
		loader = api.LoaderTSX
	}
	r := api.Transform(string(src), api.TransformOptions{Loader: loader, LogLevel: api.LogLevelSilent, JSX: api.JSXPreserve, Target: api.ESNext})
	if len(r.Errors) > 0 {
		return r.Errors[0].Text
	}
	return ""
}

func compareFree(t *js.Tree, want map[string][2]int) string {
	got := map[string][2]int{}
	t.Free(func(name string, start int) bool {
		c := got[name]
		c[0]++
		c[1] += start
		got[name] = c
		return true
	})
	var out []string
	for name := range got {
		if got[name] != want[name] && name != "arguments" {
			out = append(out, fmt.Sprintf("%s %v here, %v there", name, got[name], want[name]))
		}
	}
	for name := range want {
		if _, ok := got[name]; !ok && name != "arguments" {
			out = append(out, fmt.Sprintf("%s only there, %v", name, want[name]))
		}
	}
	sort.Strings(out)
	return strings.Join(out, ", ")
}

func compareTypeScript(s *suite) error {
	var t js.Tree
	nodes := 0
	kinds := map[string]bool{}
	for _, k := range strings.Split("call,new,if,return,cond,await,throw,try,switch,tagged,while,for of,for in,for,yield,import call,dot,index", ",") {
		kinds[k] = true
	}
	err := answers("out/typescript.jsonl", func(a answer, src []byte) error {
		s.files++
		if what := verdict(&t, t.Read(a.File, src), a.Error); what != "" {
			s.differ(a.File, what)
			return nil
		}
		if a.Error != "" {
			s.same++
			return nil
		}
		got := count(&t, func(n js.TreeNode) string {
			if kinds[n.Kind] {
				return n.Kind
			}
			return ""
		})
		delete(a.Counts, "arrow")
		for _, c := range got {
			nodes += c[0]
		}
		if what := compareCounts(got, a.Counts); what != "" {
			s.differ(a.File, what)
			return nil
		}
		s.same++
		return nil
	})
	s.notes = append(s.notes, fmt.Sprintf("%d nodes of %d kinds compared by number, sum of starts and sum of ends", nodes, len(kinds)))
	return err
}

func compareEsbuild(s *suite) error {
	var t js.Tree
	each := func(a answer, src []byte) error {
		if strings.HasSuffix(a.File, ".d.ts") || strings.HasSuffix(a.File, ".d.mts") || strings.HasSuffix(a.File, ".d.cts") {
			return nil
		}
		s.files++
		other := transform(a.File, src)
		if what := verdict(&t, t.Read(a.File, src), other); what != "" {
			s.differ(a.File, what)
			return nil
		}
		s.same++
		return nil
	}
	if err := answers("out/acorn.jsonl", each); err != nil {
		return err
	}
	return answers("out/typescript.jsonl", each)
}

// compareTest262 reads the suite of the language's own test project: files that
// must be read, files that must not, and files with errors that only show after reading.
func compareTest262(s *suite) error {
	var t js.Tree
	for _, c := range []struct {
		folder string
		valid  bool
	}{{"pass", true}, {"pass-explicit", true}, {"fail", false}, {"early", false}} {
		folder := filepath.Join("node_modules/test262-parser-tests", c.folder)
		list, err := os.ReadDir(folder)
		if err != nil {
			return err
		}
		right := 0
		for _, e := range list {
			src, err := os.ReadFile(filepath.Join(folder, e.Name()))
			if err != nil {
				return err
			}
			s.files++
			name := strings.TrimSuffix(e.Name(), ".js") + ".cjs"
			if strings.Contains(e.Name(), ".module") {
				name = strings.TrimSuffix(e.Name(), ".js") + ".mjs"
			}
			other := ""
			if !c.valid {
				other = "refused"
			}
			if what := verdict(&t, t.Read(name, src), other); what != "" {
				s.differ(c.folder+"/"+e.Name(), fmt.Sprintf("%s: %q", what, src))
				continue
			}
			s.same++
			right++
		}
		s.notes = append(s.notes, fmt.Sprintf("%s: %d of %d", c.folder, right, len(list)))
	}
	return nil
}
