// Package functiontree makes a tree of cloud functions to measure on. Its code
// is invented, its proportions are not: sizes, layouts, config.json habits and
// the interfaces called follow what public repositories hold. The same options
// always give the same bytes. It does not know who reads the tree.
package functiontree

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Options say how large the tree is.
type Options struct {
	Functions int
	Seed      uint64
}

// Large is the tree that figures are quoted for: 3,000 functions with 4,099
// source files, 450 of them calling an open interface.
var Large = Options{Functions: 3000, Seed: 1}

// Function is what one function of the tree calls and declares.
type Function struct {
	Name     string
	Calls    []string // with repetition
	Declared []string
}

// Tree is what was written.
type Tree struct {
	Dir       string
	Functions []Function
	Files     int   // source files
	Bytes     int64 // in them
}

// Calls counts the call sites.
func (t Tree) Calls() int {
	n := 0
	for _, f := range t.Functions {
		n += len(f.Calls)
	}
	return n
}

// The proportions. Sizes are log-normal, so drawn that functions, none of which
// is smaller than a handler, come to the median (1.6 KB) and the 90th percentile
// (12 KB) of public code.
const (
	medianBytes = 1250
	p90Bytes    = 10_300
	maxBytes    = 60_000
)

// Write writes the tree into dir, which should be empty.
func Write(dir string, o Options) (Tree, error) {
	w := writer{Rand: rand.New(rand.NewPCG(o.Seed, 0x9e3779b97f4a7c15)), tree: Tree{Dir: dir}}
	w.file(filepath.Join(dir, "project.config.json"), `{
  "appid": "wx0123456789abcdef",
  "cloudfunctionRoot": "cloudfunctions/",
  "miniprogramRoot": "miniprogram/"
}
`)
	calling := w.Perm(o.Functions)[:(o.Functions*450+2999)/3000]
	slices.Sort(calling)
	extra := w.extraFiles(o.Functions)
	for i := range o.Functions {
		_, calls := slices.BinarySearch(calling, i)
		w.function(i, calls, extra[i], o.Functions)
	}
	return w.tree, w.err
}

type writer struct {
	*rand.Rand
	tree Tree
	err  error
}

func (w *writer) file(path, text string) {
	if w.err != nil {
		return
	}
	if w.err = os.MkdirAll(filepath.Dir(path), 0o750); w.err == nil {
		w.err = os.WriteFile(path, []byte(text), 0o600)
	}
}

func (w *writer) source(path, text string) {
	w.tree.Files++
	w.tree.Bytes += int64(len(text))
	w.file(path, text)
}

// extraFiles says how many files each function has besides its entry. Nine of
// ten have none, one is a whole framework.
func (w *writer) extraFiles(functions int) []int {
	extra := make([]int, functions)
	left := functions * 1099 / 3000
	if functions >= 1000 {
		extra[functions/2] = 120
		left -= 120
	}
	many := w.Perm(functions)[:max(1, functions*11/100)]
	for left > 0 {
		extra[many[w.IntN(len(many))]]++
		left--
	}
	return extra
}

// size draws the bytes of a function's code.
func (w *writer) size(i, functions int) int {
	if functions >= 100 && i%(functions/4) == functions/8 { // entries of thousands of lines
		return 200_000 + w.IntN(150_000)
	}
	sigma := math.Log(p90Bytes/medianBytes) / 1.2816
	return min(maxBytes, max(350, int(medianBytes*math.Exp(sigma*w.NormFloat64()))))
}

func (w *writer) function(i int, calls bool, extra, functions int) {
	f := Function{Name: fmt.Sprintf("%s%s%04d", pick(w.Rand, verbs[:]), pick(w.Rand, nouns[:]), i)}
	dir := filepath.Join(w.tree.Dir, "cloudfunctions", f.Name)
	var sites []call
	if calls {
		for range 1 + max(0, w.IntN(4)-1)*w.IntN(2) {
			c := w.call()
			sites = append(sites, c)
			f.Calls = append(f.Calls, c.api)
		}
	}
	size := w.size(i, functions)
	inLibrary := extra > 0 && w.IntN(4) == 0
	var modules []module
	for n := range extra {
		name := fmt.Sprintf("%s/%s%d", pick(w.Rand, []string{"lib", "utils", "service", "controller"}), pick(w.Rand, nouns[:]), n)
		var own []call
		if inLibrary && n == 0 {
			own = sites
		}
		text, exported := newAuthor(w.Rand).library(max(500, size/(extra+1)), own)
		w.source(filepath.Join(dir, name+".js"), text)
		modules = append(modules, module{name, exported})
	}
	if inLibrary {
		sites = nil
	}
	text := newAuthor(w.Rand).entry(max(350, size/(extra+1)), modules, sites)
	w.source(filepath.Join(dir, "index.js"), text)
	w.packageJSON(dir, f.Name)
	w.config(dir, &f)
	w.tree.Functions = append(w.tree.Functions, f)
}

// call draws an interface.
func (w *writer) call() call {
	total := 0
	for _, i := range interfaces {
		total += i.weight
	}
	n := w.IntN(total)
	for _, i := range interfaces {
		if n -= i.weight; n < 0 {
			return call{i.name, i.body}
		}
	}
	panic("unreachable: the weights were summed")
}

func (w *writer) packageJSON(dir, name string) {
	if w.IntN(100) == 0 {
		return
	}
	main := "  \"main\": \"index.js\",\n"
	if w.IntN(13) == 0 {
		main = ""
	}
	version := pick(w.Rand, []string{"latest", "latest", "~2.6.3", "~2.6.3", "~2.3.2", "^2.1.2", "~3.0.1"})
	w.file(filepath.Join(dir, "package.json"), "{\n  \"name\": \""+name+"\",\n  \"version\": \"1.0.0\",\n  \"description\": \"\",\n"+main+
		"  \"scripts\": {\n    \"test\": \"echo \\\"Error: no test specified\\\" && exit 1\"\n  },\n  \"author\": \"\",\n  \"license\": \"ISC\",\n"+
		"  \"dependencies\": {\n    \"wx-server-sdk\": \""+version+"\"\n  }\n}\n")
	if w.IntN(100) < 22 {
		w.file(filepath.Join(dir, "package-lock.json"), "{\n  \"name\": \""+name+"\",\n  \"lockfileVersion\": 1,\n  \"dependencies\": {}\n}\n")
	}
}

// config writes config.json, or does not, as people do.
func (w *writer) config(dir string, f *Function) {
	if len(f.Calls) > 0 && w.IntN(10) == 0 || len(f.Calls) == 0 && w.IntN(100) < 57 {
		return
	}
	switch {
	case len(f.Calls) > 0 && w.IntN(10) < 8:
		f.Declared = slices.Compact(slices.Sorted(slices.Values(f.Calls)))
		if w.IntN(4) == 0 {
			f.Declared = append(f.Declared, w.call().api)
		}
	case len(f.Calls) == 0 && w.IntN(20) == 0:
		f.Declared = []string{w.call().api}
	}
	slices.Sort(f.Declared)
	f.Declared = slices.Compact(f.Declared)
	list := "[]"
	if len(f.Declared) > 0 {
		list = "[\n      \"" + strings.Join(f.Declared, "\",\n      \"") + "\"\n    ]"
		if w.IntN(7) == 0 {
			list = "[\"" + strings.Join(f.Declared, "\", \"") + "\"]"
		}
	}
	text := "{\n  \"permissions\": {\n    \"openapi\": " + list + "\n  }"
	if w.IntN(9) == 0 {
		text += ",\n  \"triggers\": [\n    {\n      \"name\": \"daily\",\n      \"type\": \"timer\",\n      \"config\": \"0 0 2 * * * *\"\n    }\n  ]"
	}
	if w.IntN(11) == 0 {
		text += ",\n  \"timeout\": 20"
	}
	text += "\n}"
	if w.IntN(10) < 4 {
		text += "\n"
	}
	switch w.IntN(45) {
	case 0:
		text = strings.ReplaceAll(text, "\n", "\r\n")
	case 1:
		text = strings.ReplaceAll(text, "  ", "\t")
	case 2:
		text = strings.ReplaceAll(text, "  ", "    ")
	}
	w.file(filepath.Join(dir, "config.json"), text)
}
