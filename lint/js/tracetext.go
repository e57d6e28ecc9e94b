package js

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// pattern is a regular expression of the program; re is nil if Go has no equal.
type pattern struct {
	re     *regexp.Regexp
	global bool
}

// newPattern reads /source/flags.
func newPattern(text string) *pattern {
	end := strings.LastIndexByte(text, '/')
	if end < 1 {
		return &pattern{}
	}
	source, flags := text[1:end], text[end+1:]
	if len(source) > 200 || strings.Contains(source, "(?<") || strings.Contains(source, "(?=") || strings.Contains(source, "(?!") {
		return &pattern{}
	}
	prefix := ""
	for _, f := range "ims" {
		if strings.ContainsRune(flags, f) {
			prefix += string(f)
		}
	}
	if prefix != "" {
		prefix = "(?" + prefix + ")"
	}
	re, err := regexp.Compile(prefix + strings.ReplaceAll(source, `\/`, "/"))
	if err != nil {
		return &pattern{}
	}
	return &pattern{re, strings.ContainsRune(flags, 'g')}
}

// match is pattern.test(text) or pattern.exec(text).
func (p *pattern) match(texts data, name string) data {
	var out data
	for _, d := range texts {
		s, ok := d.asText()
		if !ok || p.re == nil {
			out = out.plus(unknownData)
			continue
		}
		found := p.re.FindStringSubmatch(s)
		switch {
		case name == "test":
			out = out.plus(boolData(found != nil))
		case found == nil:
			out = out.plus(data{{kind: isNull}})
		default:
			out = out.plus(groups(p.re, s, p.re.FindStringSubmatchIndex(s), d.site))
		}
	}
	return out
}

// groups is what exec and match give.
func groups(re *regexp.Regexp, s string, at []int, from *site) data {
	l := &items{}
	named := &thing{}
	for i := range len(at) / 2 {
		v := undefinedData
		if at[2*i] >= 0 {
			v = data{{kind: isString, text: s[at[2*i]:at[2*i+1]], site: from}}
		}
		l.at = append(l.at, v)
		if name := re.SubexpNames()[i]; name != "" {
			named.put(name, &cell{v: v})
		}
	}
	o := newList(l.at, nil)
	o.put("groups", &cell{v: thingData(named)})
	return thingData(o)
}

// textCall calls a method of a string.
func (r *runner) textCall(d datum, name string, args *items, node int32) data {
	s, known := d.asText()
	if !known {
		r.escape(args, name, node)
		return unknownData
	}
	text := func(s string) data { return data{{kind: isString, text: s, site: d.site}} }
	first := args.arg(0)
	number := func(j, otherwise int) (int, bool) {
		v := args.arg(j)
		if len(v) == 1 && v[0].kind == isNumber {
			return int(v[0].num), true
		}
		return otherwise, len(v) == 1 && v[0].nothing()
	}
	runes := []rune(s)
	clamp := func(k int) int { return max(0, min(k, len(runes))) }
	switch name {
	case "split":
		return r.split(d, s, args)
	case "concat":
		out := text(s)
		for _, a := range args.at {
			out = r.concat(out, a)
		}
		return out
	case "toString", "valueOf", "normalize", "toWellFormed":
		return text(s)
	case "trim":
		return text(strings.TrimSpace(s))
	case "trimStart", "trimLeft":
		return text(strings.TrimLeft(s, " \t\r\n"))
	case "trimEnd", "trimRight":
		return text(strings.TrimRight(s, " \t\r\n"))
	case "toLowerCase", "toLocaleLowerCase":
		return text(strings.ToLower(s))
	case "toUpperCase", "toLocaleUpperCase":
		return text(strings.ToUpper(s))
	case "charAt", "at", "charCodeAt", "codePointAt":
		k, ok := number(0, 0)
		if k < 0 && name == "at" {
			k += len(runes)
		}
		if !ok || strings.HasPrefix(name, "c") && name != "charAt" {
			return unknownData
		}
		if k < 0 || k >= len(runes) {
			return text("")
		}
		return text(string(runes[k]))
	case "slice", "substring", "substr":
		from, ok := number(0, 0)
		to, ok2 := number(1, len(runes))
		if !ok || !ok2 {
			return unknownData
		}
		if from < 0 && name != "substring" {
			from += len(runes)
		}
		if name == "substr" {
			if !args.arg(1)[0].nothing() {
				to += from
			}
		} else if to < 0 && name == "slice" {
			to += len(runes)
		}
		from, to = clamp(from), clamp(to)
		if from > to {
			if name != "substring" {
				return text("")
			}
			from, to = to, from
		}
		return text(string(runes[from:to]))
	case "padStart", "padEnd", "repeat":
		k, ok := number(0, 0)
		if !ok || k > 500 || k < 0 {
			return unknownData
		}
		if name == "repeat" {
			return text(strings.Repeat(s, k))
		}
		fill, ok := " ", true
		if len(args.at) > 1 {
			fill, ok = soleText(args.arg(1))
		}
		if !ok || fill == "" {
			return unknownData
		}
		n := max(0, k-len(runes))
		pad := string([]rune(strings.Repeat(fill, n/utf8.RuneCountInString(fill)+1))[:n])
		if name == "padStart" {
			return text(pad + s)
		}
		return text(s + pad)
	case "replace", "replaceAll":
		return r.replace(d, s, name, args, node)
	case "indexOf", "lastIndexOf", "includes", "startsWith", "endsWith", "localeCompare", "search":
		part, ok := soleText(first)
		if !ok || len(args.at) != 1 {
			return unknownData
		}
		switch name {
		case "includes":
			return boolData(strings.Contains(s, part))
		case "startsWith":
			return boolData(strings.HasPrefix(s, part))
		case "endsWith":
			return boolData(strings.HasSuffix(s, part))
		case "indexOf", "lastIndexOf":
			k := strings.Index(s, part)
			if name == "lastIndexOf" {
				k = strings.LastIndex(s, part)
			}
			if k > 0 {
				k = utf8.RuneCountInString(s[:k])
			}
			return data{{kind: isNumber, num: float64(k)}}
		}
	case "match", "matchAll":
		if len(first) == 1 && first[0].kind == isThing && first[0].ref.regexp != nil && first[0].ref.regexp.re != nil {
			re := first[0].ref.regexp
			if name == "match" && !re.global {
				return re.match(data{d}, "exec")
			}
			l := &items{}
			for _, at := range re.re.FindAllStringSubmatchIndex(s, 200) {
				if name == "match" {
					l.at = append(l.at, text(s[at[0]:at[1]]))
				} else {
					l.at = append(l.at, groups(re.re, s, at, d.site))
				}
			}
			return thingData(newList(l.at, nil))
		}
	case "@@iterator":
		at, _ := r.elementsOf(d)
		return thingData(newList(at, nil))
	}
	r.escape(args, name, node)
	return unknownData
}

func soleText(v data) (string, bool) {
	if len(v) != 1 {
		return "", false
	}
	return v[0].asText()
}

func (r *runner) split(d datum, s string, args *items) data {
	by := args.arg(0)
	var parts []string
	switch {
	case len(by) != 1:
		return thingData(newList(nil, unknownData))
	case by[0].nothing():
		parts = []string{s}
	case by[0].kind == isString:
		parts = strings.Split(s, by[0].text)
	case by[0].kind == isThing && by[0].ref.regexp != nil && by[0].ref.regexp.re != nil:
		parts = by[0].ref.regexp.re.Split(s, -1)
	default:
		return thingData(newList(nil, unknownData))
	}
	if limit := args.arg(1); len(limit) == 1 && limit[0].kind == isNumber {
		parts = parts[:max(0, min(len(parts), int(limit[0].num)))]
	}
	at := make([]data, len(parts))
	for i, p := range parts {
		at[i] = data{{kind: isString, text: p, site: d.site}}
	}
	if len(at) > 300 {
		return thingData(newList(nil, unknownData))
	}
	return thingData(newList(at, nil))
}

// replace is text.replace and replaceAll.
func (r *runner) replace(d datum, s, name string, args *items, node int32) data {
	from, to := args.arg(0), args.arg(1)
	text := func(s string) data { return data{{kind: isString, text: s, site: d.site}} }
	if len(from) != 1 || len(to) != 1 {
		r.escape(args, name, node)
		return unknownData
	}
	var places [][]int
	switch {
	case from[0].kind == isString:
		for at := 0; len(places) < 200; {
			k := strings.Index(s[at:], from[0].text)
			if k < 0 || len(places) > 0 && name == "replace" || from[0].text == "" && len(places) > 0 {
				break
			}
			places = append(places, []int{at + k, at + k + len(from[0].text)})
			at += k + len(from[0].text)
		}
	case from[0].kind == isThing && from[0].ref.regexp != nil && from[0].ref.regexp.re != nil:
		n := 1
		if from[0].ref.regexp.global {
			n = 200
		}
		places = from[0].ref.regexp.re.FindAllStringSubmatchIndex(s, n)
	default:
		r.escape(args, name, node)
		return unknownData
	}
	out := text("")
	last := 0
	for _, p := range places {
		groups := make([]data, len(p)/2)
		for i := range groups {
			groups[i] = undefinedData
			if p[2*i] >= 0 {
				groups[i] = text(s[p[2*i]:p[2*i+1]])
			}
		}
		var with data
		if to[0].kind == isThing {
			with = r.call(to, undefinedData, &items{at: append(groups, unknownData, unknownData)}, r.argNode(node, 1))
		} else if t, ok := to[0].asText(); ok {
			with = text(expanded(t, groups))
		} else {
			return unknownData
		}
		out = r.concat(r.concat(out, text(s[last:p[0]])), with)
		last = p[1]
	}
	return r.concat(out, text(s[last:]))
}

// expanded is a replacement with its $1 and $& filled in.
func expanded(t string, groups []data) string {
	if !strings.Contains(t, "$") {
		return t
	}
	pairs := []string{"$$", "$"}
	for i, g := range groups {
		value := ""
		if g[0].kind == isString {
			value = g[0].text
		}
		name := "$&"
		if i > 0 {
			name = "$" + itoa(i)
		}
		pairs = append(pairs, name, value)
	}
	return strings.NewReplacer(pairs...).Replace(t)
}

// rawTemplate is String.raw.
func (r *runner) rawTemplate(args *items) data {
	texts, _ := r.elements(r.member(args.arg(0), "raw", 0))
	out := textData("")
	for i, t := range texts {
		out = r.concat(out, t)
		if i+1 < len(texts) && i+1 < len(args.at) {
			out = r.concat(out, args.at[i+1])
		}
	}
	return out
}
