package lint

import (
	"context"
	"slices"

	"wxcloud/config"
)

// Declare returns the fix that adds one name to the function's config.json, or
// nil when the file cannot be edited as it is, for example because it has
// comments. The rule decides whether the name deserves it.
func (f Facts) Declare(name string) *Repair {
	edit, err := config.AddOpenapi(f.Function, f.styles, []string{name})
	if err != nil || !edit.Changed {
		return nil
	}
	return &Repair{
		Description: Words{
			En: "add {api} to permissions.openapi in config.json",
			Zh: "在 config.json 的 permissions.openapi 中加入 {api}",
		}.With("api", name),
		File:    f.ConfigFile(),
		Edits:   []TextEdit{splice(edit.Before, edit.After)},
		Declare: edit.Names,
	}
}

// Fix works out, function by function, the edits that resolve every finding
// with a fix. Only declarations are added, and only names the rules vouched for.
// Nothing is written: the caller shows and applies the edits.
func Fix(ctx context.Context, r Report, functions []config.Function) ([]config.Edit, error) {
	names := map[string][]string{}
	for i := range r.Diagnostics {
		d := &r.Diagnostics[i]
		if d.Fix == nil {
			continue
		}
		for _, name := range d.Fix.Declare {
			if !slices.Contains(names[d.Function], name) {
				names[d.Function] = append(names[d.Function], name)
			}
		}
	}
	styles := styleSample(functions)
	var edits []config.Edit
	for i := range functions {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		missing := names[functions[i].Name]
		if len(missing) == 0 {
			continue
		}
		edit, err := config.AddOpenapi(functions[i], styles, missing)
		if err != nil {
			return nil, err
		}
		if edit.Changed {
			edits = append(edits, edit)
		}
	}
	return edits, nil
}

// styleSample picks the functions whose config.json shows how a new one is
// written. All of them would be read again for each file that is missing; the
// first few settle it.
func styleSample(functions []config.Function) []config.Function {
	const enough = 9
	var sample []config.Function
	for i := range functions {
		if functions[i].Config.Exists && len(sample) < enough {
			sample = append(sample, functions[i])
		}
	}
	return sample
}

// splice is the one replacement that turns before into after. It never cuts a
// UTF-8 sequence, so that Text is always text.
func splice(before, after []byte) TextEdit {
	head := 0
	for head < len(before) && head < len(after) && before[head] == after[head] {
		head++
	}
	for head > 0 && (inside(before, head) || inside(after, head)) {
		head--
	}
	end, tail := len(before), len(after)
	for end > head && tail > head && before[end-1] == after[tail-1] {
		end--
		tail--
	}
	for end < len(before) && (inside(before, end) || inside(after, tail)) {
		end++
		tail++
	}
	return TextEdit{Start: head, End: end, Text: string(after[head:tail])}
}

// inside reports whether offset i is within a UTF-8 sequence.
func inside(b []byte, i int) bool { return i < len(b) && b[i]&0xc0 == 0x80 }
