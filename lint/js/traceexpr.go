package js

import (
	"math"
	"path/filepath"
	"strconv"
	"strings"
)

// eval is what an expression can be. Nothing at all means that it does not come
// to an end.
func (r *runner) eval(i int32) data {
	if r.over() {
		return unknownData
	}
	n := r.nodes[i]
	switch n.kind {
	case nNone, nHole:
		return undefinedData
	case nIdent:
		return r.ident(i, n)
	case nThis:
		return r.self.this
	case nSuper:
		return r.self.this
	case nLiteral:
		return r.literal(n)
	case nString:
		return textData(r.s.stringValue(i))
	case nTemplate:
		return r.template(n.a)
	case nTagged:
		return r.tagged(i, n)
	case nArray:
		return r.array(n)
	case nObject:
		return r.object(n)
	case nFunction:
		return thingData(r.closure(i))
	case nClass:
		return r.class(i)
	case nUnary:
		return r.unary(n)
	case nUpdate:
		old := r.eval(n.a)
		v := arithmetic(old, data{{kind: isNumber, num: 1}}, map[bool]byte{true: '+', false: '-'}[token(n.op) == tPlusPlus])
		r.bind(n.a, v, false)
		if n.flags&flagPrefix != 0 {
			return v
		}
		return old
	case nBinary:
		return r.binary(n)
	case nLogical:
		a := r.eval(n.a)
		return r.logical(token(n.op), a, func() data { return r.eval(n.b) })
	case nAssign:
		return r.assignment(n)
	case nCond:
		return r.either(r.eval(n.a).truth(), func() data { return r.eval(n.b) }, func() data { return r.eval(n.c) })
	case nCall:
		return r.callExpression(i, n)
	case nNew:
		return r.newExpression(i, n)
	case nDot, nIndex:
		v, _ := r.reference(i)
		return v
	case nSpread, nAwait:
		return r.eval(n.a)
	case nYield:
		return r.yield(n)
	case nSequence:
		var last data
		for c := n.a; c != 0; c = r.nodes[c].next {
			last = r.eval(c)
		}
		return last
	case nSDK:
		return data{{kind: isKit}}
	case nImportCall:
		for c := n.b; c != 0; c = r.nodes[c].next {
			r.eval(c)
		}
		return r.require(i, r.eval(n.a))
	case nMeta:
		if r.self.class != nil {
			return thingData(r.self.class)
		}
	case nElement:
		for c := n.a; c != 0; c = r.nodes[c].next {
			r.eval(c)
		}
	}
	return unknownData
}

// either is one of two values, or both.
func (r *runner) either(t truth, yes, no func() data) data {
	var out data
	r.choose(t, func() bool { out = out.plus(yes()); return true }, func() bool { out = out.plus(no()); return true })
	return out
}

func (r *runner) logical(op token, a data, b func() data) data {
	keep := func(t truth) data {
		return a.without(func(d datum) bool { return d.truth() == t })
	}
	t := a.truth()
	switch op {
	case tAndAnd:
		return keep(alwaysTrue).plus(r.either(t, b, func() data { return nil }))
	case tOrOr:
		return keep(alwaysFalse).plus(r.either(t, func() data { return nil }, b))
	}
	kept := a.without(datum.nothing)
	switch {
	case len(kept) == 0:
		return b()
	case len(kept) == len(a) && !a.has(isUnknown):
		return a
	}
	return kept.plus(r.either(sometimes, b, func() data { return nil }))
}

func (r *runner) ident(i int32, n Node) data {
	for k := len(r.with) - 1; k >= 0; k-- {
		if r.with[k].has(isAPI) || r.with[k].has(isKit) && n.a != aOpenapi {
			continue // openapi has no members until they are asked for
		}
		if v := r.member(r.with[k], r.name(n.a), i).without(datum.nothing); len(v) > 0 && !r.with[k].has(isUnknown) {
			return v
		}
	}
	if n.b != 0 {
		v := r.lookup(n.b - 1).v
		r.steps -= len(v) / 8
		if v == nil {
			return undefinedData
		}
		if v.has(isAbsent) {
			v = v.without(func(d datum) bool { return d.kind == isAbsent }).plus(undefinedData)
		}
		return v
	}
	switch n.a {
	case aUndefined:
		return undefinedData
	case aExports:
		return thingData(r.modules[r.s.index].object)
	case aModule:
		return thingData(r.modules[r.s.index].meta)
	case aArguments:
		if r.self.args != nil {
			return thingData(newList(r.self.args.at, r.self.args.rest))
		}
	}
	name := r.name(n.a)
	switch name {
	case "NaN", "Infinity":
		return unknownData
	case "__dirname":
		return textData(filepath.ToSlash(filepath.Dir(r.s.abs)))
	case "globalThis", "global":
		return thingData(r.global)
	}
	if c := r.global.own(name); c != nil {
		return c.v.plus(unknownData)
	}
	if c, ok := r.loose[name]; ok && c.v != nil {
		return c.v.plus(unknownData)
	}
	if knownGlobal(name) || tracedGlobal(name) {
		return thingData(&thing{native: name})
	}
	return unknownData
}

func tracedGlobal(name string) bool {
	switch name {
	case "Proxy", "setTimeout", "setImmediate", "queueMicrotask", "parseInt", "parseFloat", "process", "Error", "Math", "isNaN", "encodeURIComponent", "decodeURIComponent", "structuredClone":
		return true
	}
	return false
}

func (r *runner) literal(n Node) data {
	text := r.s.text(n.start, n.end)
	switch token(n.op) {
	case tTrue, tFalse:
		return boolData(token(n.op) == tTrue)
	case tNull:
		return data{{kind: isNull}}
	case tNumber:
		text = strings.ReplaceAll(text, "_", "")
		if f, err := strconv.ParseFloat(text, 64); err == nil {
			return data{{kind: isNumber, num: f}}
		}
		if k, err := strconv.ParseInt(text, 0, 64); err == nil {
			return data{{kind: isNumber, num: float64(k)}}
		}
	case tRegex:
		return thingData(&thing{regexp: newPattern(text)})
	}
	return unknownData
}

func numberText(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

// text is what a value is as a string, if that is known.
func (d datum) asText() (string, bool) {
	switch d.kind {
	case isString:
		return d.text, true
	case isNumber:
		if math.Abs(d.num) < 1e15 {
			return numberText(d.num), true
		}
	case isBool:
		return strconv.FormatBool(d.num != 0), true
	case isNull:
		return "null", true
	case isUndefined, isAbsent:
		return "undefined", true
	}
	return "", false
}

// stringOf is String(d), where objects may say how.
func (r *runner) stringOf(v data) data {
	var out data
	for _, d := range v {
		if s, ok := d.asText(); ok {
			out = out.plus(data{{kind: isString, text: s, site: d.site}})
			continue
		}
		switch {
		case d.kind == isPrefix:
			out = out.plus(data{d})
		case d.kind == isThing && d.ref.list != nil && r.nested < maxNested:
			r.nested++
			out = out.plus(r.joined(d.ref.list.l, ","))
			r.nested--
		case d.kind == isThing && d.ref.code == nil:
			if f := r.get(d.ref, "toString", data{d}, 0).without(datum.nothing); len(f) > 0 && !f.has(isUnknown) {
				out = out.plus(r.call(f, data{d}, &items{}, 0))
				continue
			}
			out = out.plus(unknownData)
		default:
			out = out.plus(unknownData)
		}
	}
	return out
}

func (r *runner) concat(a, b data) data {
	a, b = r.stringOf(a), r.stringOf(b)
	if r.tooMany(a, b) {
		return unknownData
	}
	var out data
	for _, x := range a {
		if x.kind == isUnknown || x.kind == isPrefix {
			out = out.plus(data{x})
			continue
		}
		for _, y := range b {
			at := outer(x.site, y.site)
			switch {
			case y.kind == isString && len(x.text)+len(y.text) < 2000:
				out = out.plus(data{{kind: isString, text: x.text + y.text, site: at}})
			case y.kind == isPrefix && len(x.text)+len(y.text) < 2000:
				out = out.plus(data{{kind: isPrefix, text: x.text + y.text, site: at}})
			default:
				out = out.plus(data{{kind: isPrefix, text: x.text, site: x.site}})
			}
		}
	}
	return out
}

func (r *runner) template(first int32) data {
	out := textData("")
	for c := first; c != 0; c = r.nodes[c].next {
		if r.nodes[c].kind == nChunk {
			out = r.concat(out, textData(r.s.stringValue(c)))
		} else {
			out = r.concat(out, r.eval(c))
		}
	}
	return out
}

func (r *runner) tagged(i int32, n Node) data {
	var fn, this data
	if k := r.nodes[n.a].kind; k == nDot || k == nIndex {
		fn, this = r.reference(n.a)
	} else {
		fn = r.eval(n.a)
	}
	args := &items{at: []data{nil}}
	var texts []data
	for c := r.nodes[n.b].a; c != 0; c = r.nodes[c].next {
		if r.nodes[c].kind == nChunk {
			texts = append(texts, textData(r.s.stringValue(c)))
		} else {
			args.at = append(args.at, r.eval(c))
		}
	}
	strings := newList(texts, nil)
	strings.put("raw", &cell{v: thingData(newList(texts, nil))})
	args.at[0] = thingData(strings)
	return r.call(fn, this, args, i)
}

func (r *runner) yield(n Node) data {
	v := r.eval(n.a)
	c := r.inv.yielded
	if c == nil {
		return unknownData
	}
	l := c.l
	if n.a != 0 && r.s.isDelegate(&n) {
		at, rest := r.elements(v)
		r.setList(c, extended(l, at, rest))
	} else {
		r.setList(c, extended(l, []data{v}, nil))
	}
	return unknownData
}

// extended is a list with more elements behind it.
func extended(l *items, at []data, rest data) *items {
	if len(l.at)+len(at) > 300 {
		return &items{rest: l.all().plus((&items{at, rest}).all())}
	}
	if len(l.rest) > 0 {
		return &items{at: l.at, rest: l.rest.plus((&items{at, rest}).all())}
	}
	return &items{at: append(l.at[:len(l.at):len(l.at)], at...), rest: rest}
}

func (r *runner) array(n Node) data {
	l := &items{}
	c := n.a
	for ; c != 0 && r.nodes[c].kind != nSpread; c = r.nodes[c].next { // there may be thousands: a bundle's modules
		l.at = append(l.at, r.eval(c))
	}
	for ; c != 0; c = r.nodes[c].next {
		if r.nodes[c].kind == nSpread {
			at, rest := r.elements(r.eval(r.nodes[c].a))
			l = extended(l, at, rest)
			continue
		}
		l = extended(l, []data{r.eval(c)}, nil)
	}
	return thingData(&thing{list: &cell{l: l}})
}

// assignment is a = b and its kin.
func (r *runner) assignment(n Node) data {
	switch n.op {
	case assignAdd:
		v := r.sum(r.eval(n.a), r.eval(n.b))
		r.bind(n.a, v, false)
		return v
	case assignLogical:
		old := r.eval(n.a)
		text := r.between(n)
		op := tNullish
		if strings.Contains(text, "||") {
			op = tOrOr
		} else if strings.Contains(text, "&&") {
			op = tAndAnd
		}
		v := r.logical(op, old, func() data { return r.eval(n.b) })
		r.bind(n.a, v, false)
		return v
	case assignOther:
		old, given := r.eval(n.a), r.eval(n.b)
		op := strings.TrimLeft(strings.TrimSpace(r.between(n)), ")")
		v := unknownData
		if op = strings.TrimSpace(op); len(op) == 2 {
			v = arithmetic(old, given, op[0])
		}
		r.bind(n.a, v, false)
		return v
	}
	v := r.eval(n.b)
	r.bind(n.a, v, false)
	return v
}

// bind gives a pattern its values; decl says that its names are declared here.
func (r *runner) bind(i int32, v data, decl bool) {
	n := r.nodes[i]
	switch n.kind {
	case nIdent:
		switch {
		case n.b == 0:
			if r.loose[r.name(n.a)] == nil {
				r.loose[r.name(n.a)] = &cell{}
			}
			c := r.loose[r.name(n.a)]
			r.set(c, c.v.plus(v))
		case !decl:
			r.set(r.lookup(n.b-1), v)
		case v == nil: // let x; var x;
			if c := r.declare(n.b - 1); r.s.symbols[n.b-1].kind != symVar || c.v == nil {
				r.set(c, undefinedData)
			}
		default:
			r.set(r.declare(n.b-1), v)
		}
	case nDot:
		r.store(r.eval(n.a), r.propertyName(n), v)
	case nIndex:
		r.storeAt(r.eval(n.a), r.eval(n.b), v)
	case nDefault:
		kept := v.without(func(d datum) bool { return d.kind == isUndefined || d.kind == isAbsent })
		switch {
		case len(kept) == 0:
			kept = r.eval(n.b)
		case len(kept) < len(v) || v.has(isUnknown):
			kept = kept.plus(r.either(sometimes, func() data { return r.eval(n.b) }, func() data { return nil }))
		}
		r.bind(n.a, kept, decl)
	case nArrayPattern:
		r.each(v, func(one data) bool {
			at, rest := r.elements(one)
			l := &items{at, rest}
			j := 0
			for c := n.a; c != 0; c = r.nodes[c].next {
				switch r.nodes[c].kind {
				case nHole:
				case nRest:
					r.bind(r.nodes[c].a, thingData(&thing{list: &cell{l: &items{l.at[min(j, len(l.at)):], l.rest}}}), decl)
				default:
					r.bind(c, l.get(j), decl)
				}
				j++
			}
			return true
		})
	case nObjectPattern:
		var taken []string
		for c := n.a; c != 0; c = r.nodes[c].next {
			p := r.nodes[c]
			switch {
			case p.kind == nRest:
				r.bind(p.a, r.copyOf(v, taken), decl)
			case p.flags&flagComputed != 0:
				r.bind(p.b, r.index(v, r.eval(p.a), p.a), decl)
			default:
				name, _ := r.keyName(p.a)
				taken = append(taken, name)
				r.bind(p.b, r.member(v, name, c), decl)
			}
		}
	}
}

// keyName is the constant name of a property, if it has one.
func (r *runner) keyName(i int32) (string, bool) {
	e := evaluator{p: r.p, s: r.s, nodes: r.nodes}
	name, ok := e.keyName(i)
	if n := &r.nodes[i]; n.kind == nLiteral && token(n.op) == tNumber {
		if v := r.literal(*n); v[0].kind == isNumber {
			return numberText(v[0].num), true
		}
	}
	return name, ok
}

func (r *runner) propertyName(n Node) string {
	if n.flags&flagPrivate != 0 {
		return "#" + r.name(n.b)
	}
	return r.name(n.b)
}
