package main

import (
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
		loader := api.LoaderJSX
		switch filepath.Ext(a.File) {
		case ".ts", ".mts", ".cts":
			loader = api.LoaderTS
		case ".tsx":
			loader = api.LoaderTSX
		}
		r := api.Transform(string(src), api.TransformOptions{Loader: loader, LogLevel: api.LogLevelSilent, JSX: api.JSXPreserve, Target: api.ESNext})
		other := ""
		if len(r.Errors) > 0 {
			other = r.Errors[0].Text
		}
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
