// Command parse measures lint/js's parser and binder beside tdewolff's JavaScript
// parser and esbuild's Transform, on one core and on the same files in memory.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"

	"wxcloud/bench/functiontree"
	own "wxcloud/lint/js"
)

func main() {
	rounds := flag.Int("n", 7, "counted rounds")
	folder := flag.String("files", "", "measure on the .js files below this folder instead of the generated tree")
	flag.Parse()
	if err := measure(*rounds, *folder); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// contender reads one file and reports whether it could.
type contender struct {
	name string
	read func(file) bool

	took   []time.Duration
	allocs uint64
	failed int
}

type file struct {
	name string
	text []byte
}

func measure(rounds int, folder string) error {
	if folder == "" {
		work, err := os.MkdirTemp("", "wxcloud-bench-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(work)
		if _, err := functiontree.Write(work, functiontree.Large); err != nil {
			return err
		}
		folder = work
	}
	files, size, err := load(folder)
	if err != nil {
		return err
	}
	fmt.Printf("%d files, %.1f MB, one core\n", len(files), float64(size)/1e6)
	runtime.GOMAXPROCS(1)
	var tree own.Tree
	contenders := []*contender{
		{name: "lint/js, parse and bind", read: func(f file) bool { return tree.Read(f.name, f.text) }},
		{name: "tdewolff/parse/v2/js", read: func(f file) bool {
			_, err := js.Parse(parse.NewInputBytes(f.text), js.Options{})
			return err == nil
		}},
		{name: "esbuild Transform", read: func(f file) bool {
			return len(api.Transform(string(f.text), api.TransformOptions{LogLevel: api.LogLevelSilent}).Errors) == 0
		}},
	}
	for round := range rounds + 1 {
		for _, c := range contenders {
			c.run(files, round > 0)
		}
	}
	for _, c := range contenders {
		slices.Sort(c.took)
		fmt.Printf("  %-26s %6.1f MB/s best, %6.1f median; %.2f allocations a file; %d files refused\n", c.name,
			rate(size, c.took[0]), rate(size, c.took[len(c.took)/2]), float64(c.allocs)/float64(len(files)), c.failed)
	}
	for _, c := range contenders[1:] {
		fmt.Printf("  lint/js is %.1f times as fast as %s (%.1f by the medians)\n",
			float64(c.took[0])/float64(contenders[0].took[0]), c.name,
			float64(c.took[len(c.took)/2])/float64(contenders[0].took[len(c.took)/2]))
	}
	return nil
}

// run reads all files once. Nothing is left for the next one to collect.
func (c *contender) run(files []file, counted bool) {
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	c.failed = 0
	started := time.Now()
	for _, f := range files {
		if !c.read(f) {
			c.failed++
		}
	}
	took := time.Since(started)
	runtime.ReadMemStats(&after)
	if counted {
		c.took = append(c.took, took)
		c.allocs = after.Mallocs - before.Mallocs
	}
}

func rate(size int, d time.Duration) float64 { return float64(size) / 1e6 / d.Seconds() }

func load(folder string) (files []file, size int, err error) {
	err = filepath.WalkDir(folder, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(path) != ".js" {
			return err
		}
		text, err := os.ReadFile(path)
		// tdewolff's parser writes a zero behind the text.
		files, size = append(files, file{path, append(text, 0)[:len(text)]}), size+len(text)
		return err
	})
	return files, size, err
}
