package js

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTree(t *testing.T) {
	var tree Tree
	if !tree.Read("a.js", []byte("let a = b.c(d, [e])\nfunction f(g) { return g + h }")) {
		t.Fatal(tree.Errors())
	}
	var nodes, free []string
	tree.Walk(func(n TreeNode) bool {
		if n.Kind != "ident" {
			nodes = append(nodes, fmt.Sprintf("%s %d-%d", n.Kind, n.Start, n.End))
		}
		return n.Kind != "return"
	})
	tree.Free(func(name string, start int) bool {
		free = append(free, fmt.Sprint(name, start))
		return true
	})
	slices.Sort(free)
	want := "program 0-50,var 0-19,declarator 4-19,call 8-19,dot 8-11,array 15-18,function 20-50,params 30-33,block 34-50,return 36-48"
	if diff := cmp.Diff(want, strings.Join(nodes, ",")); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"b8", "d12", "e16", "h47"}, free); diff != "" {
		t.Error(diff)
	}
	if tree.Read("a.mjs", []byte("let a; let a; let a")) || len(tree.Errors()) != 2 || !tree.Module() {
		t.Error(tree.Errors())
	}
}

func TestTreeDoesNotAllocate(t *testing.T) {
	var tree Tree
	if n := testing.AllocsPerRun(10, func() { tree.Read("index.js", sampleSource) }); n != 0 {
		t.Errorf("%v allocations a file", n)
	}
}
