package lint

import (
	"cmp"
	"context"
	"slices"

	"wxcloud/config"
)

// maxRounds bounds how often fixes may bring about findings with a fix. Two
// rounds are usual: one that fixes and one that finds nothing more to fix.
const maxRounds = 10

// Change is what fixes make of one file. Nothing is written: the caller shows or
// applies the edit.
type Change struct {
	config.Edit
	File  string  // slash path relative to the report's root
	Fixes []Words // what was done, in the order of the findings
}

// Fixed is the outcome of Fix.
type Fixed struct {
	Found, Left Report // of the files as they are, and as they are with the changes
	Changes     []Change
}

// Fix analyses the functions and makes every fix, and again, until no finding
// that is left can be fixed. Of fixes that get in each other's way the first is made; whether the others are
// still due shows in the next round.
func Fix(ctx context.Context, fns []config.Function, rules []Rule, o Options) (Fixed, error) {
	f := fixer{files: newFiles(o.ReadFile), made: map[string]*Change{}}
	fns = slices.Clone(fns)
	var out Fixed
	for round := 1; ; round++ {
		r, err := analyze(ctx, fns, rules, o, f.files)
		if err != nil {
			return Fixed{}, err
		}
		if round == 1 {
			out.Found = r
		}
		out.Left = r
		more := false
		if round < maxRounds {
			if more, err = f.round(r, fns); err != nil {
				return Fixed{}, err
			}
		}
		if !more {
			out.Changes = f.changes()
			return out, nil
		}
	}
}

// fixer gathers what becomes of the files over the rounds.
type fixer struct {
	files *files
	made  map[string]*Change
}

// plan is what one round does to one file.
type plan struct {
	file    string // as the report names it
	path    string // as it was found
	made    bool   // config.json files only
	idle    bool   // made, and nothing changed
	edits   []TextEdit
	openapi config.OpenapiEdits
	fixes   []Words
}

// round makes the fixes of a report, and tells whether it changed anything.
func (f *fixer) round(r Report, fns []config.Function) (bool, error) {
	plans := map[string]*plan{} // by the file's name
	for i := range r.Diagnostics {
		if repair := r.Diagnostics[i].Fix; repair != nil && repair.path != "" {
			name := f.files.name(repair.path)
			if plans[name] == nil {
				plans[name] = &plan{file: repair.File, path: repair.path}
			}
			plans[name].add(repair)
		}
	}
	styles := styleSample(fns)
	changed := false
	for i := range fns { // config.json files, in the order of the functions
		name := f.files.name(fns[i].Config.Path)
		p := plans[name]
		if p == nil {
			continue
		}
		text, _, err := f.files.read(name)
		if err != nil {
			return false, err
		}
		if !p.made {
			edit, err := config.EditOpenapiText(fns[i], text, styles, p.openapi)
			if err != nil {
				return false, err
			}
			p.made, p.idle = true, !edit.Changed
			if edit.Changed {
				f.note(name, p, text, edit.After)
				text, changed = edit.After, true
			}
		}
		if !p.idle {
			fns[i] = fns[i].WithConfig(text)
		}
	}
	for name, p := range plans {
		if p.made {
			continue
		}
		text, _, err := f.files.read(name)
		if err != nil {
			return false, err
		}
		f.note(name, p, text, p.apply(text))
		changed = true
	}
	return changed, nil
}

// add takes a repair into the plan unless it is there already or gets in the way
// of one that is.
func (p *plan) add(r *Repair) {
	if len(r.Declare) == 1 && slices.ContainsFunc(p.openapi.Rename, func(n config.Renaming) bool { return n.To == r.Declare[0] }) {
		return // an entry that is given the name declares it
	}
	if len(r.Declare)+len(r.Remove)+len(r.Rename) == 0 {
		for _, edit := range r.Edits {
			if slices.ContainsFunc(p.edits, edit.overlaps) {
				return
			}
		}
		p.edits = append(p.edits, r.Edits...)
	}
	p.openapi.Add = append(p.openapi.Add, r.Declare...)
	p.openapi.Remove = append(p.openapi.Remove, r.Remove...)
	p.openapi.Rename = append(p.openapi.Rename, r.Rename...)
	if !slices.Contains(p.fixes, r.Description) {
		p.fixes = append(p.fixes, r.Description)
	}
}

// apply makes the edits from the back, so that the offsets hold.
func (p *plan) apply(text []byte) []byte {
	slices.SortFunc(p.edits, func(a, b TextEdit) int { return cmp.Compare(b.Start, a.Start) })
	for _, e := range p.edits {
		text = slices.Concat(text[:e.Start], []byte(e.Text), text[e.End:])
	}
	return text
}

// note records what a file has become.
func (f *fixer) note(name string, p *plan, before, after []byte) {
	c := f.made[name]
	if c == nil {
		c = &Change{File: p.file, Edit: config.Edit{Path: p.path, Before: before, Created: before == nil, Changed: true}}
		f.made[name] = c
	}
	c.After = after
	c.Fixes = append(c.Fixes, p.fixes...)
	f.files.write(name, after)
}

// changes lists the changed files in the order of their names.
func (f *fixer) changes() []Change {
	list := make([]Change, 0, len(f.made))
	for _, c := range f.made {
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b Change) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Path, b.Path))
	})
	return list
}
