// Command lint measures `wxcloud lint` as a whole process beside ripgrep, which
// only searches the same files, and oxlint, which parses them. It asserts
// nothing about time: machines differ, so read the ratios.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"wxcloud/bench/functiontree"
)

// sources are the files lint reads, as ripgrep's globs.
var sources = []string{"-g", "*.{js,cjs,mjs,ts,cts,mts,jsx,tsx}", "-g", "!*.d.{ts,mts,cts}"}

func main() {
	rounds := flag.Int("n", 15, "counted runs of each command")
	keep := flag.String("tree", "", "make the tree in this folder and keep it")
	flag.Parse()
	if err := measure(context.Background(), *rounds, *keep); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type bench struct {
	rounds  int
	work    string // temporary folder
	wxcloud string
	rg      string // "" when it is missing
	modules string // installed npm packages, "" when there is no npm
}

func measure(ctx context.Context, rounds int, keep string) error {
	work, err := os.MkdirTemp("", "wxcloud-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	b := bench{rounds: rounds, work: work, wxcloud: filepath.Join(work, "wxcloud.exe")}
	if err := build(ctx, b.wxcloud, "wxcloud"); err != nil {
		return err
	}
	if b.rg, err = tool("rg", "ripgrep"); err != nil {
		return err
	}
	if b.modules, err = install(ctx); err != nil {
		return err
	}
	if keep == "" {
		keep = filepath.Join(work, "tree")
	}
	for _, part := range []func(context.Context, string) error{b.tree, b.bundle, b.one, b.packages} {
		if err := part(ctx, keep); err != nil {
			return err
		}
	}
	return nil
}

func build(ctx context.Context, out, name string) error {
	_, _, err := once(ctx, command{args: []string{"go", "build", "-trimpath", "-ldflags=-s -w", "-o", out, name}})
	return err
}

// tree is the tree of 3,000 functions.
func (b bench) tree(ctx context.Context, dir string) error {
	tree, err := functiontree.Write(dir, functiontree.Large)
	if err != nil {
		return err
	}
	fmt.Printf("%d functions, %d source files, %.1f MB, %d call sites\n",
		len(tree.Functions), tree.Files, float64(tree.Bytes)/1e6, tree.Calls())
	if err := b.honest(ctx, tree); err != nil {
		return err
	}
	commands := []command{
		{"wxcloud lint", dir, []string{b.wxcloud, "lint", "."}, true},
		{"wxcloud lint --format json", dir, []string{b.wxcloud, "lint", "--format", "json", "."}, true},
	}
	if b.rg != "" {
		commands = append(commands, command{"rg -c openapi", dir, append(append([]string{b.rg, "-c", "openapi"}, sources...), "."), false})
	}
	if b.modules != "" {
		// oxlint only looks below the folder it is started in.
		commands = append(commands, command{"oxlint without a rule", dir, []string{
			filepath.Join(b.modules, ".bin", "oxlint"), "-A", "all", "--silent", ".",
		}, false})
	}
	c, err := compare(ctx, b.rounds, commands...)
	if err == nil {
		c.print()
	}
	return err
}

// honest makes sure that what is measured is the work: every call of the tree
// is found and nothing else.
func (b bench) honest(ctx context.Context, tree functiontree.Tree) error {
	_, out, err := once(ctx, command{dir: tree.Dir, args: []string{b.wxcloud, "lint", "--format", "json", "."}, findings: true})
	if err != nil {
		return err
	}
	var report struct {
		Summary struct{ Functions, Calls int }
	}
	if err := json.Unmarshal(out, &report); err != nil {
		return err
	}
	if report.Summary.Functions != len(tree.Functions) || report.Summary.Calls != tree.Calls() {
		return fmt.Errorf("lint found %+v in a tree of %d functions with %d calls", report.Summary, len(tree.Functions), tree.Calls())
	}
	return nil
}

// one is a single small function: the time is start-up.
func (b bench) one(ctx context.Context, _ string) error {
	dir := filepath.Join(b.work, "one")
	if _, err := functiontree.Write(dir, functiontree.Options{Functions: 1, Seed: 3}); err != nil {
		return err
	}
	prints := filepath.Join(b.work, "prints.go")
	program := "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(\"wxcloud\") }\n"
	if err := os.WriteFile(prints, []byte(program), 0o600); err != nil {
		return err
	}
	yardstick := filepath.Join(b.work, "prints.exe")
	if err := build(ctx, yardstick, prints); err != nil {
		return err
	}
	fmt.Println("\none small function")
	c, err := compare(ctx, 6*b.rounds,
		command{"wxcloud lint", dir, []string{b.wxcloud, "lint", "."}, true},
		command{"a Go program that only prints", dir, []string{yardstick}, false})
	if err == nil {
		c.print()
	}
	return err
}

// packages is a function with a large committed node_modules, none of which has
// to do with open interfaces: it is searched and never parsed.
func (b bench) packages(ctx context.Context, _ string) error {
	if b.modules == "" || b.rg == "" {
		return nil
	}
	dir := filepath.Join(b.work, "packages")
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	if err := os.CopyFS(filepath.Join(dir, "node_modules"), os.DirFS(b.modules)); err != nil {
		return err
	}
	names, err := installed(b.modules)
	if err != nil {
		return err
	}
	code := "const cloud = require('wx-server-sdk')\n" +
		"for (const name of [require('" + strings.Join(names, "'), require('") + "')]) console.log(name)\n" +
		"exports.main = async () => await cloud.openapi.wxacode.get({ path: 'a' })\n"
	if err := os.WriteFile(filepath.Join(dir, "index.js"), []byte(code), 0o600); err != nil {
		return err
	}
	fmt.Printf("\na function with %d committed packages\n", len(names))
	search := append([]string{b.rg, "-l", "--no-ignore", "--hidden", "openapi"}, sources...)
	c, err := compare(ctx, b.rounds,
		command{"wxcloud lint", dir, []string{b.wxcloud, "lint", "."}, true},
		command{"rg -l openapi", dir, append(search, "node_modules"), true})
	if err == nil {
		c.print()
	}
	return err
}

// bundle is a function whose code was bundled into one file of 6 MB that calls an
// open interface.
func (b bench) bundle(ctx context.Context, _ string) error {
	if b.modules == "" {
		return nil
	}
	dir := filepath.Join(b.work, "bundle")
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	code := []byte("const cloud = require('wx-server-sdk')\nexports.main = async () => await cloud.openapi.wxacode.get({ path: 'a' })\n")
	part, err := os.ReadFile(filepath.Join(b.modules, "typescript", "lib", "_tsc.js"))
	if err != nil {
		return err
	}
	code = append(append(append(code, "exports.part = function (module, exports) {\n"...), part...), "\n}\n"...)
	if err := os.WriteFile(filepath.Join(dir, "index.js"), code, 0o600); err != nil {
		return err
	}
	fmt.Printf("\none bundle of %.1f MB\n", float64(len(code))/1e6)
	c, err := compare(ctx, 1, command{"wxcloud lint", dir, []string{b.wxcloud, "lint", "."}, true})
	if err == nil {
		c.print()
	}
	return err
}
