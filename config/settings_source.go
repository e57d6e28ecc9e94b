package config

import (
	"path/filepath"
	"slices"
	"strings"

	"wxcloud/internal/clierr"
)

// source reads the pattern of where a built project has its sources.
func (r *settingsReader) source() string {
	m, ok := r.file.member(r.file.root, "source")
	if !ok {
		return ""
	}
	before := len(r.settings.Problems)
	pattern := cleanSlashes(r.text(r.file.root, "source"))
	if len(r.settings.Problems) > before {
		return ""
	}
	if !relative(pattern) || strings.Count(pattern, functionMark) != 1 {
		r.wrong("config/source", m.value, clierr.Args{"found": shown(m.value)})
		return ""
	}
	r.settings.sourceAt = r.file.extent(m.value)
	return pattern
}

// checkSource notes a pattern that leads to no folder of any function: it would
// silently do nothing.
func (p *Project) checkSource() {
	if p.Settings.Source == "" || len(p.Functions) == 0 {
		return
	}
	for _, fn := range p.Functions {
		if isFolder(p.Settings.sourceOf(fn.Name)) {
			return
		}
	}
	at := p.Settings.sourceAt
	p.Settings.Problems = append(p.Settings.Problems, Problem{
		ID: "config/source-nowhere", Args: clierr.Args{"source": p.Settings.Source}, Line: at.Line, Column: at.Column, EndColumn: at.EndColumn,
	})
}

// functionMark stands for the function's name in the source pattern.
const functionMark = "{function}"

// sourceOf is the folder of a function's sources.
func (s Settings) sourceOf(function string) string {
	return filepath.Join(filepath.Dir(s.Path), filepath.FromSlash(strings.ReplaceAll(s.Source, functionMark, function)))
}

// readSource takes the declarations of a function that is built from the folder it
// is built from: there an edit lasts. Of a function without such a folder nothing
// changes.
func (f *Function) readSource(dir string) {
	if dir == f.Dir || !isFolder(dir) {
		return
	}
	built := f.Config
	f.Config = readFunctionConfig(unlisted(dir))
	f.Config.Misplaced = built.Misplaced
	same := slices.EqualFunc(f.Config.Openapi, built.Openapi, func(a, b Declared) bool { return a.Name == b.Name }) &&
		slices.EqualFunc(f.Config.Triggers, built.Triggers, func(a, b Trigger) bool {
			return a.Name == b.Name && a.Type == b.Type && a.Config == b.Config
		})
	if !same {
		f.Config.add(Problem{ID: "config/build-differs", File: built.Path})
	}
}
