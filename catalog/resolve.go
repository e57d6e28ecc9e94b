package catalog

import (
	"iter"
	"slices"
	"strings"

	"wxcloud/internal/suggest"
)

// Kind says how a written name led to an interface.
type Kind string

// The kinds of resolution.
const (
	Exact           Kind = "exact"        // the name itself
	Prefix          Kind = "prefix"       // the name behind "openapi." or "cloud.openapi.", or written as a call
	Signs           Kind = "signs"        // the name with other signs: full-width letters, more dots, strokes
	Case            Kind = "case"         // the name but for upper and lower case
	Alias           Kind = "alias"        // another spelling of the name
	Path            Kind = "path"         // the HTTP path, or a URL with that path
	DocName         Kind = "doc-name"     // the name or address of its documentation page
	Typo            Kind = "typo"         // no such name; Suggestions are near
	KindNotCallable Kind = "not-callable" // an interface without a cloud call
	Unknown         Kind = "unknown"      // nothing known is near
)

// Resolution is what a written name stands for.
type Resolution struct {
	Kind Kind
	// Interface is what the name stands for, when Known.
	Interface Interface
	// NotCallable is set for KindNotCallable.
	NotCallable NotCallable
	// Guess reports that NotCallable is only near to the name.
	Guess bool
	// Suggestions are names to offer, best first. They start with
	// Interface.Name and go on with whatever else the name fits as well; for a
	// Typo they are guesses.
	Suggestions []string
}

// Known reports whether the name stands for an interface that can be called.
func (r Resolution) Known() bool { return r.Interface.Name != "" }

const (
	// maxInput is the longest text, in bytes, that is resolved or searched for.
	// The longest name has 52 bytes, the longest documentation link 130.
	maxInput = 512
	// maxGuesses is how many guesses are offered.
	maxGuesses = 3
)

// Resolve finds the interface a person meant by name, however it is written: as
// declared, in the wrong case, with the prefix code has, as an HTTP path or URL,
// by the name of its documentation page, or with a slip of the finger.
func Resolve(name string) Resolution {
	if len(name) > maxInput {
		return Resolution{Kind: Unknown}
	}
	written := strings.TrimSpace(name)
	if i, ok := Lookup(written); ok {
		return Resolution{Kind: Exact, Interface: i, Suggestions: []string{i.Name}}
	}
	if n, ok := LookupNotCallable(written); ok {
		return Resolution{Kind: KindNotCallable, NotCallable: n}
	}
	if r := resolvePath(written); r.Kind != Unknown {
		return r
	}
	bare := trimCall(written)
	if bare != written {
		if i, ok := Lookup(bare); ok {
			return Resolution{Kind: Prefix, Interface: i, Suggestions: []string{i.Name}}
		}
		if n, ok := LookupNotCallable(bare); ok {
			return Resolution{Kind: KindNotCallable, NotCallable: n}
		}
	}
	if plain := trimCall(plainSigns(bare)); plain != bare {
		if i, ok := Lookup(plain); ok {
			return Resolution{Kind: Signs, Interface: i, Suggestions: []string{i.Name}}
		}
	}
	return resolveName(bare)
}

// plainSigns writes a name as names are written: with ASCII letters, and one dot
// between its parts.
func plainSigns(name string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case r >= 0xFF01 && r <= 0xFF5E: // full-width
			r -= 0xFF01 - '!'
		case r == '。' || r == '·' || r == '・' || r == '．':
			r = '.'
		case r == '\u200B' || r == '\uFEFF' || r == '\u3000':
			return -1
		}
		switch r {
		case '/', '\\', ':', ',':
			return '.'
		}
		return r
	}, name)
	return strings.Join(strings.FieldsFunc(plain, func(r rune) bool { return r == '.' || r == ' ' }), ".")
}

// resolveName finds a name that is not written as any interface is.
func resolveName(name string) Resolution {
	if name == "" {
		return Resolution{Kind: Unknown}
	}
	for _, by := range []struct {
		kind Kind
		fits func(*Interface) bool
	}{
		{Case, func(i *Interface) bool { return strings.EqualFold(i.Name, name) }},
		{Alias, func(i *Interface) bool { return containsFold(i.Aliases, name) }},
		{Alias, func(i *Interface) bool { return containsFold(i.SuggestedAliases, name) }},
		{DocName, func(i *Interface) bool { return i.documentedAs(name) }},
	} {
		if r, ok := pick(by.kind, by.fits); ok {
			return r
		}
	}
	if n, ok := notCallableBy(func(n *NotCallable) bool { return strings.EqualFold(n.DocName, name) }); ok {
		return n
	}
	if guesses := halves(name); len(guesses) > 0 {
		return Resolution{Kind: Typo, Suggestions: guesses}
	}
	return guess(name)
}

// pick returns the most widely used interface that fits, and all that fit as
// suggestions.
func pick(kind Kind, fits func(*Interface) bool) (Resolution, bool) {
	t := load()
	r := Resolution{Kind: kind}
	for _, at := range t.byUse {
		i := &t.interfaces[at]
		if !fits(i) {
			continue
		}
		if !r.Known() {
			r.Interface = *i
		}
		r.Suggestions = append(r.Suggestions, i.Name)
	}
	return r, r.Known()
}

// documentedAs reports whether the documentation page of i, or of another name
// of the same HTTP interface, goes by name.
func (i *Interface) documentedAs(name string) bool {
	return strings.EqualFold(i.DocName, name) || slices.ContainsFunc(i.SameAs, func(twin string) bool {
		other, _ := Lookup(twin)
		return strings.EqualFold(other.DocName, name)
	})
}

func notCallableBy(fits func(*NotCallable) bool) (Resolution, bool) {
	all := load().notCallable
	for at := range all {
		if fits(&all[at]) {
			return Resolution{Kind: KindNotCallable, NotCallable: all[at]}, true
		}
	}
	return Resolution{Kind: Unknown}, false
}

// halves returns the interfaces of which name is the bare method or the whole
// category: declaring "mediaCheckAsync" or "security" is a common slip.
func halves(name string) []string {
	if len(name) < 3 {
		return nil
	}
	var names []string
	for candidate := range namesByUse() {
		cut := strings.LastIndexByte(candidate, '.')
		if strings.EqualFold(candidate[:cut], name) || strings.EqualFold(candidate[cut+1:], name) {
			names = append(names, candidate)
		}
	}
	return names[:min(len(names), maxGuesses)]
}

// guess offers the names nearest to a mistyped one. A name nearest to one
// without a cloud call says so, lest the second best be taken for the answer.
func guess(name string) Resolution {
	t := load()
	candidates := func(yield func(string) bool) {
		for candidate := range namesByUse() {
			if !yield(candidate) {
				return
			}
		}
		for _, n := range t.notCallable {
			for _, old := range n.OldNames {
				if !yield(old) {
					return
				}
			}
		}
	}
	near := suggest.Nearest(name, candidates, maxGuesses)
	if len(near) == 0 {
		return Resolution{Kind: Unknown}
	}
	if n, ok := LookupNotCallable(near[0]); ok {
		return Resolution{Kind: KindNotCallable, NotCallable: n, Guess: true}
	}
	near = slices.DeleteFunc(near, func(n string) bool { _, ok := Lookup(n); return !ok })
	return Resolution{Kind: Typo, Suggestions: near}
}

// namesByUse yields every name, the most widely used first.
func namesByUse() iter.Seq[string] {
	return func(yield func(string) bool) {
		t := load()
		for _, at := range t.byUse {
			if !yield(t.interfaces[at].Name) {
				return
			}
		}
	}
}

// trimCall takes from a name what only code has around it: "await", the SDK
// variable, "openapi" with or without options, and the call's arguments.
func trimCall(text string) string {
	text = strings.TrimSpace(strings.TrimPrefix(text, "await "))
	if rest, ok := strings.CutPrefix(text, "cloud."); ok && hasOpenapi(rest) {
		text = rest
	}
	if hasOpenapi(text) {
		text = strings.TrimPrefix(text, "openapi")
		if strings.HasPrefix(text, "(") {
			if end := strings.Index(text, ")."); end >= 0 {
				text = text[end+1:]
			}
		}
		text = strings.TrimPrefix(text, ".")
	}
	if open := strings.IndexByte(text, '('); open >= 0 {
		text = text[:open]
	}
	return strings.TrimSpace(text)
}

func hasOpenapi(text string) bool {
	return strings.HasPrefix(text, "openapi.") || strings.HasPrefix(text, "openapi(")
}
