// Package lint compares what cloud functions call with what they declare: it
// takes functions that were found on disk, has their code read by lint/js, lets
// every rule look at both, and returns one sorted report. It never touches the
// network, writes no file, and does not know which rules exist or how a report
// is printed.
package lint

import (
	"cmp"
	"context"
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
	// ReadFile replaces os.ReadFile for code, if set. It must be safe for use by
	// several goroutines.
	ReadFile func(path string) ([]byte, error)
	// Sentence finds the words of problems that config and lint/js report by id.
	// Without it the findings show the ids.
	Sentence func(clierr.ID) (Words, bool)
}

// Analyze reads the code of the functions, several at once, and applies the
// rules. It fails only when ctx ends or Root cannot be made absolute: a file
// that cannot be read or parsed is a finding.
func Analyze(ctx context.Context, fns []config.Function, rules []Rule, o Options) (Report, error) {
	return analyze(ctx, fns, rules, o, newFiles(o.ReadFile))
}

// analyze is Analyze for files that may differ from what is on disk.
func analyze(ctx context.Context, fns []config.Function, rules []Rule, o Options, texts *files) (Report, error) {
	base, err := filepath.Abs(o.Root)
	if err != nil {
		return Report{}, err
	}
	type outcome struct {
		fn   Function
		list []Diagnostic
	}
	outcomes := make([]outcome, len(fns))
	styles := styleSample(fns)
	infos := make([]Info, len(rules)) // once: an Info holds a rule's whole page
	for i, rule := range rules {
		infos[i] = rule.Info()
	}
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
					Code:     reader.Analyze(js.Input{Dir: fns[i].Dir, Entry: fns[i].Entry, ReadFile: texts.code, Declared: fns[i].Package.Declares}),
					Dir:      relative(base, fns[i].Dir),
					styles:   styles,
					files:    texts,
					sentence: o.Sentence,
				}
				outcomes[i] = outcome{describe(facts), apply(rules, infos, facts)}
			}
		})
	}
	workers.Wait()
	if err := ctx.Err(); err != nil {
		return Report{}, err
	}

	r := Report{Root: cmp.Or(o.Given, o.Root), Rules: infos, base: base, read: texts.code}
	for i := range outcomes {
		r.Functions = append(r.Functions, outcomes[i].fn)
		r.Diagnostics = append(r.Diagnostics, outcomes[i].list...)
	}
	slices.SortStableFunc(r.Functions, func(a, b Function) int {
		if c := strings.Compare(a.Name, b.Name); c != 0 {
			return c
		}
		return strings.Compare(a.Dir, b.Dir)
	})
	slices.SortStableFunc(r.Diagnostics, Diagnostic.compare)
	r.count()
	return r, nil
}

// apply runs the rules over one function.
func apply(rules []Rule, infos []Info, facts Facts) []Diagnostic {
	var list []Diagnostic
	for i, rule := range rules {
		rule.Check(facts, func(d Diagnostic) {
			d.Rule = infos[i].ID
			d.Function = facts.Function.Name
			d.Severity = cmp.Or(d.Severity, infos[i].Severity)
			list = append(list, d)
		})
	}
	return list
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
