package config

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wxcloud/internal/clierr"
	"wxcloud/internal/suggest"
)

// applySettings does to the functions what wxcloud.json says of them all: those
// that are not deployed become Skipped, those that are built are read at their
// source, and each gets its copies.
func (p *Project) applySettings() {
	if p.Settings.Path == "" {
		return
	}
	p.Functions = slices.DeleteFunc(p.Functions, func(fn Function) bool {
		excluded := matchesAny(p.Settings.Exclude, fn.Name)
		if excluded {
			p.Skipped = append(p.Skipped, Skipped{Name: fn.Name, Dir: fn.Dir, Reason: SkipExcluded})
		}
		return excluded
	})
	slices.SortFunc(p.Skipped, func(a, b Skipped) int { return strings.Compare(a.Name, b.Name) })
	for i := range p.Functions {
		fn := &p.Functions[i]
		fn.Copies, fn.Keep = p.Settings.copies(fn.Name), p.Settings.kept(fn.Name)
		if p.Settings.Source != "" {
			fn.readSource(p.Settings.sourceOf(fn.Name))
		}
	}
}

// kept are the interfaces any environment keeps declared.
func (s Settings) kept(function string) []string {
	names := s.Function(function, "").Keep
	for _, e := range s.Environments {
		names = append(names, s.Function(function, e.Name).Keep...)
	}
	return unique(names)
}

// checkSettings notes what wxcloud.json says that nothing in the project answers
// to. Root is complete here, which part of a project would not be.
func (p *Project) checkSettings() {
	if p.Settings.Path == "" {
		return
	}
	var names []string
	known := map[string]bool{}
	add := func(name string) { names, known[name] = append(names, name), true }
	for _, fn := range p.Functions {
		add(fn.Name)
	}
	for _, skipped := range p.Skipped {
		if skipped.Reason == SkipExcluded {
			add(skipped.Name)
		}
	}
	for _, named := range p.Settings.named {
		matches := func(name string) bool { return matchesAny([]string{named.Name}, name) }
		if known[named.Name] || named.pattern && slices.ContainsFunc(names, matches) {
			continue
		}
		problem := Problem{
			ID: "config/no-such-function", Args: clierr.Args{"function": named.Name},
			Line: named.Line, Column: named.Column, EndColumn: named.EndColumn, Warning: true,
		}
		if near := suggest.Nearest(named.Name, slices.Values(names), 1); len(near) > 0 {
			problem.ID, problem.Args["near"] = "config/no-such-function-near", near[0]
		}
		p.Settings.Problems = append(p.Settings.Problems, problem)
	}
	p.checkCopies()
	p.checkSource()
	p.Settings.sortProblems()
}

// checkCopies notes the copies that cannot be made.
func (p *Project) checkCopies() {
	all := slices.Clone(p.Settings.Copy)
	for _, fn := range p.Functions {
		all = append(all, p.Settings.Functions[fn.Name].Copy...)
	}
	for _, c := range all {
		from := filepath.Join(filepath.Dir(p.Settings.Path), filepath.FromSlash(c.From))
		problem := Problem{Args: clierr.Args{"from": c.From}, Line: c.Line, Column: c.Column}
		switch _, err := os.Stat(from); {
		case err != nil:
			problem.ID = "config/copy-missing"
		case contains(from, p.Root):
			problem.ID = "config/copy-around"
		default:
			continue
		}
		p.Settings.Problems = append(p.Settings.Problems, problem)
	}
}
