// Package lint compares what cloud functions call with what they declare: it
// takes functions that were found on disk, has their code read by lint/js, lets
// every rule look at both, and returns one sorted report. It never touches the
// network, writes no file, and does not know which rules exist or how a report
// is printed.
package lint

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/lint/js"
)

// Options of one run.
type Options struct {
	// Root is the folder the report's files are relative to; a relative one
	// counts from the process's folder, "" is that folder.
	Root string
	// Given is Root as the user wrote it, for the report; "" shows Root.
	Given string
	// Levels are severities by rule that replace its own; Off leaves the rule out.
	// What a function calls and declares is in the report all the same.
	Levels map[string]Severity
	// Ignore lists findings that are suppressed, and IgnoreFile, relative to Root,
	// is the file with the list.
	Ignore     []config.Ignored
	IgnoreFile string
	// Baseline, if set, hides the findings it lists.
	Baseline *Baseline
	// Partial says that not all functions of the project are given, so that what
	// matches nothing here may be needed elsewhere.
	Partial bool
	// Keep, if set, decides which functions are in the report, from what their
	// code loads. It is called for several at once.
	Keep func(Facts) bool
	// WorkDir is the absolute folder that those count from who read the report; ""
	// is the process's.
	WorkDir string
	// ReadFile replaces os.ReadFile for code, if set. It must be safe for use by
	// several goroutines.
	ReadFile func(path string) ([]byte, error)
	// Sentence finds the words of problems that config and lint/js report by id.
	// Without it the findings show the ids.
	Sentence func(clierr.ID) (Words, bool)
}

// Analyze reads the code of the functions, several at once, and applies the
// rules. It fails only when ctx ends or Root cannot be made absolute: a file
// that cannot be read or parsed is a finding. When ctx ends it returns at once;
// o.ReadFile and o.Keep may still be in use for a moment then.
func Analyze(ctx context.Context, fns []config.Function, rules []Rule, o Options) (Report, error) {
	return analyze(ctx, fns, rules, o, newFiles(o.ReadFile))
}

// analyze is Analyze for files that may differ from what is on disk.
func analyze(ctx context.Context, fns []config.Function, rules []Rule, o Options, texts *files) (Report, error) {
	base, err := filepath.Abs(o.Root)
	if err != nil {
		return Report{}, err
	}
	outcomes := make([]outcome, len(fns))
	styles := styleSample(fns)
	judge := newJudge(rules, o)
	read := texts.reader()
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(fns)) {
		workers.Go(func() {
			reader := js.NewAnalyzer()
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(fns) {
					return
				}
				facts := Facts{
					Function: fns[i],
					Code:     reader.Analyze(js.Input{Dir: fns[i].Dir, Entry: fns[i].Entry, ReadFile: read, Declared: fns[i].Package.Declares, Stop: ctx.Done(), Copies: copies(fns[i])}),
					Dir:      relative(base, fns[i].Dir),
					styles:   styles,
					files:    texts,
					sentence: o.Sentence,
				}
				if o.Keep == nil || o.Keep(facts) {
					outcomes[i] = judge.function(facts)
				}
			}
		})
	}
	if err := wait(ctx, &workers); err != nil {
		return Report{}, err
	}

	r := Report{Root: cmp.Or(o.Given, o.Root), Rules: judge.ran(), base: base, read: texts.code}
	if r.here = o.WorkDir; r.here == "" {
		r.here, _ = os.Getwd() // a folder that was deleted has no name
	}
	outcomes = slices.DeleteFunc(outcomes, func(o outcome) bool { return !o.kept })
	slices.SortStableFunc(outcomes, func(a, b outcome) int {
		return cmp.Or(strings.Compare(a.fn.Name, b.fn.Name), strings.Compare(a.fn.Dir, b.fn.Dir))
	})
	for i := range outcomes {
		r.Functions = append(r.Functions, outcomes[i].fn)
		r.Diagnostics = append(r.Diagnostics, outcomes[i].list...)
		r.Suppressed = append(r.Suppressed, outcomes[i].suppressed...)
	}
	judge.suppressions(outcomes, &r)
	slices.SortStableFunc(r.Diagnostics, Diagnostic.compare)
	if o.Baseline != nil {
		o.Baseline.apply(&r, o)
	}
	r.finish()
	return r, nil
}

// copies are what is packed into a function from elsewhere.
func copies(fn config.Function) []js.Copy {
	var list []js.Copy
	for _, c := range fn.Copies {
		list = append(list, js.Copy{From: c.From, To: c.To})
	}
	return list
}

// wait waits for the workers, but no longer than until ctx ends: a file system may
// take its time, and nobody who pressed Ctrl-C wants to. What they are at they then
// leave behind as soon as they can.
func wait(ctx context.Context, workers *sync.WaitGroup) error {
	done := make(chan struct{})
	go func() {
		workers.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
	return ctx.Err()
}

// describe lists what the function declares and calls, in the order of the files.
func describe(f Facts) Function {
	fn := Function{Name: f.Function.Name, Dir: f.Dir, Entry: f.Function.Entry}
	for _, d := range f.Function.Config.Openapi {
		fn.Declared = append(fn.Declared, d.Name)
	}
	for _, c := range f.Code.Calls {
		fn.Calls = append(fn.Calls, Call{API: c.API, Place: f.InCode(c.Span), Via: string(c.Via)})
	}
	slices.SortFunc(fn.Calls, func(a, b Call) int {
		if c := a.compare(b.Place); c != 0 {
			return c
		}
		return strings.Compare(a.API, b.API)
	})
	for _, d := range f.Code.Dynamic {
		fn.Dynamic = append(fn.Dynamic, Dynamic{Place: f.InCode(d.Span), Expression: d.Expression})
	}
	slices.SortFunc(fn.Dynamic, func(a, b Dynamic) int { return a.compare(b.Place) })
	return fn
}

// relative is dir as a slash path relative to base. Where base is reached
// through a symbolic link (as temporary folders are on macOS) and dir is not, the
// link's target is tried; where there is no relative path (two Windows drives),
// dir itself is the answer.
func relative(base, dir string) string {
	rel, err := filepath.Rel(base, dir)
	if err != nil || !filepath.IsLocal(rel) {
		if target, linkErr := filepath.EvalSymlinks(base); linkErr == nil {
			if through, relErr := filepath.Rel(target, dir); relErr == nil && filepath.IsLocal(through) {
				rel, err = through, nil
			}
		}
	}
	if err != nil {
		return filepath.ToSlash(dir)
	}
	return filepath.ToSlash(rel)
}
