package rules

import (
	"slices"
	"strings"

	"wxcloud/catalog"
	"wxcloud/lint/js"
)

// documented returns the request fields of an interface as far as they can be
// relied upon: its own, from official text with a second source, and not none.
func documented(api string) (fields []catalog.Field, ok bool) {
	i, known := catalog.Lookup(api)
	if !known || i.Params == nil || i.Params.From != "" || i.Confidence != catalog.High {
		return nil, false
	}
	return i.Params.Request, len(i.Params.Request) > 0
}

// fieldDoubts is where the documentation of an interface cannot be relied upon.
// In doubt a rule says nothing.
type fieldDoubts struct{ catalog.Doubts }

func doubtsOf(api string) fieldDoubts { return fieldDoubts{catalog.DoubtsOf(api)} }

// outdated reports whether a call with this argument gets the version 1.0 of an
// interface that has a second one.
func (d fieldDoubts) outdated(argument *js.Object) bool {
	return len(d.Newer) > 0 && !has(argument, "version")
}

// mayLack reports whether a field can be missing although it is called required.
func (d fieldDoubts) mayLack(field string, argument *js.Object) bool {
	return d.MayLack(field, func(field string) bool { return has(argument, field) })
}

// has reports whether a literal has a member that was meant to be that field.
func has(o *js.Object, field string) bool {
	return slices.ContainsFunc(o.Members, func(m js.Member) bool { return alike(m.Name, field) })
}

// sentAs is the name the SDK sends a member under: it turns camelCase into
// snake_case, letter by letter.
func sentAs(name string) string {
	var b strings.Builder
	for i, r := range name {
		if r >= 'A' && r <= 'Z' {
			if i > 0 {
				b.WriteByte('_')
			}
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// sameField reports whether a member is that field to the cloud.
func sameField(member, field string) bool {
	return member == field || alike(member, field) && sentAs(member) == sentAs(field)
}

// alike reports whether a member was meant to be that field, however its letters
// are cased: "templateid", which the SDK does not turn into template_id.
func alike(member, field string) bool {
	for {
		member, field = strings.TrimLeft(member, "_"), strings.TrimLeft(field, "_")
		if member == "" || field == "" {
			return member == field
		}
		if lower(member[0]) != lower(field[0]) {
			return false
		}
		member, field = member[1:], field[1:]
	}
}

func lower(b byte) byte {
	if b >= 'A' && b <= 'Z' {
		b += 'a' - 'A'
	}
	return b
}

// below are the fields directly under a path such as "" or "jump_wxa.", by their
// last names.
func below(fields []catalog.Field, path string) []catalog.Field {
	var list []catalog.Field
	for _, f := range fields {
		if rest, under := strings.CutPrefix(f.Name, path); under && !strings.ContainsAny(rest, ".[") {
			list = append(list, catalog.Field{Name: rest, Type: f.Type, Required: f.Required})
		}
	}
	return list
}

// spelling writes fields as the literal at hand writes its own: as the
// documentation does if it has a name with an underscore, else in camelCase.
type spelling struct{ snake bool }

func spellingOf(o *js.Object) spelling {
	return spelling{slices.ContainsFunc(o.Members, func(m js.Member) bool { return strings.Contains(m.Name, "_") })}
}

func (s spelling) field(name string) string {
	if s.snake {
		return name
	}
	var b strings.Builder
	upper := false
	for i, r := range name {
		switch {
		case r == '_' && i > 0:
			upper = true
			continue
		case upper && r >= 'a' && r <= 'z':
			r -= 'a' - 'A'
		}
		upper = false
		b.WriteRune(r)
	}
	return b.String()
}
