// Command deploy drives the built wxcloud against a local cloud in this
// process: how fast it deploys beside the real miniprogram-ci, over the same
// proxy and TLS, and what is left after injected faults and kill -9. It ends
// with 1 at the first thing that is not as it should be.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
)

// options are what the stories are run with.
type options struct {
	functions int // of the stories small and faults
	idle      int // of the story idle
	kills     int
	repeat    int
	seed      uint64
	without   bool // leave miniprogram-ci out
	apiOnly   bool
	verbose   bool
}

func main() {
	var o options
	flag.IntVar(&o.functions, "functions", 0, "functions of small (default 50) and faults (default 200)")
	flag.IntVar(&o.idle, "idle", 200, "functions of idle")
	flag.IntVar(&o.kills, "kills", 500, "kill -9s of kills")
	flag.IntVar(&o.repeat, "repeat", 3, "runs of wxcloud of which the median counts")
	flag.Uint64Var(&o.seed, "seed", 1, "seed of faults and kills")
	flag.BoolVar(&o.without, "without-miniprogram-ci", false, "only wxcloud")
	flag.BoolVar(&o.verbose, "verbose", false, "show what deploys say that end with failures")
	flag.BoolVar(&o.apiOnly, "without-command", false, "in small, leave out the many runs of miniprogram-ci's command")
	program := flag.String("wxcloud", "", "a built wxcloud; built from this tree by default")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, o, *program, flag.Args())
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// bench is one run: the folder that everything is in, and the programs.
type bench struct {
	options
	dir     string
	program string // wxcloud
	ci      string // folder of miniprogram-ci, "" when it is left out
}

func run(ctx context.Context, o options, program string, stories []string) error {
	dir, err := os.MkdirTemp("", "wxcloud-bench-deploy-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{options: o, dir: dir, program: program}
	if b.program == "" {
		b.program = filepath.Join(dir, "wxcloud")
		if out, err := exec.CommandContext(ctx, "go", "build", "-o", b.program, "wxcloud").CombinedOutput(); err != nil {
			return fmt.Errorf("go build: %w\n%s", err, out)
		}
	}
	known := []struct {
		name string
		run  func(context.Context) error
		ci   bool
	}{{"small", b.small, true}, {"idle", b.idleRun, false}, {"large", b.large, true}, {"faults", b.faults, false}, {"kills", b.killed, false}}
	if len(stories) == 0 {
		for _, k := range known {
			stories = append(stories, k.name)
		}
	}
	fmt.Printf("%s, %s/%s, %d cores\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	for _, name := range stories {
		found := false
		for _, k := range known {
			if k.name != name {
				continue
			}
			found = true
			if k.ci && !o.without && b.ci == "" {
				if b.ci, err = install(ctx); err != nil {
					return err
				}
			}
			if err := k.run(ctx); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		if !found {
			var names []string
			for _, k := range known {
				names = append(names, k.name)
			}
			return fmt.Errorf("no story %q; there are %s", name, strings.Join(names, ", "))
		}
	}
	return nil
}
