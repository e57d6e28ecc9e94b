package js

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestZZRobust(t *testing.T) {
	n, files, inc := 0, 0, 0
	var total time.Duration
	seen := map[string]bool{}
	for _, root := range strings.Fields(os.Getenv("ROBUST")) {
		var dirs []string
		filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() && d.Name() == "package.json" {
				dirs = append(dirs, filepath.Dir(path))
			}
			return nil
		})
		for _, dir := range dirs {
			if strings.Contains(dir, "wx-server-sdk") {
				continue
			}
			key := dir[strings.LastIndex(dir, "node_modules"):]
			if seen[key] {
				continue
			}
			seen[key] = true
			func() {
				defer func() {
					if e := recover(); e != nil {
						fmt.Println("PANIC", dir, e)
					}
				}()
				begin := time.Now()
				entry := ""
				for _, e := range []string{"index.js", "lib/index.js", "dist/index.js", "main.js"} {
					if _, err := os.Stat(filepath.Join(dir, e)); err == nil {
						entry = e
						break
					}
				}
				r := Analyze(Input{Dir: dir, Entry: entry})
				took := time.Since(begin)
				total += took
				n++
				files += len(r.Files)
				if r.Incomplete {
					inc++
					fmt.Println("INCOMPLETE", dir)
				}
				if took > 2*time.Second {
					fmt.Println("SLOW", dir, took)
				}
				for _, c := range r.Calls {
					fmt.Println("CALL", dir, c.File, c.Line, c.API)
				}
				for _, c := range r.Uninvoked {
					fmt.Println("UNINVOKED", dir, c.File, c.Line, c.API)
				}
				for _, c := range r.Dynamic {
					fmt.Println("DYNAMIC", dir, c.File, c.Line, c.Expression)
				}
				for _, f := range r.Files {
					for i, e := range f.Errors {
						if i == 0 {
							fmt.Println("SYNTAX", dir, f.Path, e.Line, e.Column, e.ID)
						}
					}
				}
			}()
		}
	}
	fmt.Println("packages", n, "files", files, "incomplete", inc, "time", total)
}
