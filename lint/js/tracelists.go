package js

import (
	"slices"
	"strings"
)

// listOrMap calls a method of an array, a Set or a Map.
func (r *runner) listOrMap(d datum, name string, args *items, node int32) data {
	if d.kind == isString && name == "join" {
		return data{d}
	}
	if d.kind != isThing || d.ref.proxy != nil {
		r.escape(args, name, node)
		return unknownData
	}
	if d.ref.hold != nil {
		return r.mapCall(d, name, args, node)
	}
	if d.ref.list == nil && strings.HasPrefix(name, "@@") {
		return unknownData
	}
	if d.ref.list == nil {
		// An object with a length: Array.prototype.map.call(arguments, …).
		at, rest := r.elements(data{d})
		d.ref = newList(at, rest)
	}
	return r.listCall(d, name, args, node)
}

func (r *runner) mapCall(d datum, name string, args *items, node int32) data {
	held := d.ref.hold.v
	o := held[0].ref
	switch name {
	case "get":
		if hit := r.index(held, args.arg(0), node); !args.arg(0).has(isUnknown) {
			return hit
		}
		return r.any(o, held)
	case "has":
		return r.isMember(args.arg(0), held)
	case "set":
		r.storeAt(held, args.arg(0), args.arg(1))
		return data{d}
	case "delete", "clear":
		return unknownData
	case "forEach":
		at, rest := r.entries(held)
		call := func(p data) {
			r.call(args.arg(0), args.arg(1), &items{at: []data{r.index(p, textData("1"), 0), r.index(p, textData("0"), 0), {d}}}, r.argNode(node, 0))
		}
		for _, p := range at {
			call(p)
		}
		for _, p := range rest {
			r.maybe(func() { call(data{p}) })
		}
		return undefinedData
	case "keys":
		at, rest := r.keys(held)
		return thingData(newList(at, rest))
	case "values":
		return r.objectStatic("values", &items{at: []data{held}}, node)
	case "entries", "@@iterator":
		at, rest := r.entries(held)
		return thingData(newList(at, rest))
	}
	return unknownData
}

// round calls a callback with one element; constants that could be one or another
// are handed over one by one, by callClosure.
func (r *runner) visit(args *items, node int32, given ...data) data {
	return r.call(args.arg(0), args.arg(1), &items{at: given}, r.argNode(node, 0))
}

// listCall calls a method of an array or a Set.
func (r *runner) listCall(d datum, name string, args *items, node int32) data {
	self := data{d}
	l := d.ref.list.l
	if d.site != nil {
		at, rest := r.elementsOf(d)
		l = &items{at, rest}
	}
	place := func(i int) data { return data{{kind: isNumber, num: float64(i)}} }
	switch name {
	case "forEach", "map", "flatMap", "some", "every", "filter", "find", "findLast", "findIndex", "findLastIndex":
		return r.iterate(d, l, name, args, node)
	case "reduce", "reduceRight":
		return r.fold(l, name, args, node, self)
	case "push", "add":
		for _, v := range args.at {
			if name == "add" && slices.ContainsFunc(d.ref.list.l.at, func(e data) bool { return len(e) == 1 && len(v) == 1 && e[0] == v[0] }) {
				continue
			}
			r.setList(d.ref.list, extended(d.ref.list.l, []data{v}, nil))
		}
		if len(args.rest) > 0 {
			r.setList(d.ref.list, extended(d.ref.list.l, nil, args.rest))
		}
		if name == "add" {
			return self
		}
		return unknownData
	case "unshift":
		r.setList(d.ref.list, extended(&items{args.at, args.rest}, l.at, l.rest))
		return unknownData
	case "pop", "shift":
		if len(l.rest) > 0 || len(l.at) == 0 {
			return l.all().plus(undefinedData)
		}
		if name == "pop" {
			r.setList(d.ref.list, &items{at: l.at[:len(l.at)-1]})
			return l.at[len(l.at)-1]
		}
		r.setList(d.ref.list, &items{at: l.at[1:]})
		return l.at[0]
	case "splice":
		from, _, ok := bounds(l, args)
		if !ok || len(args.arg(1)) != 1 || args.arg(1)[0].kind != isNumber && len(args.at) > 1 {
			all := l.all().plus(args.from(2).all())
			r.setList(d.ref.list, &items{rest: all})
			return thingData(newList(nil, l.all()))
		}
		to := len(l.at)
		if len(args.at) > 1 {
			to = min(len(l.at), from+max(0, int(args.arg(1)[0].num)))
		}
		cut := l.at[from:to:to]
		at := append(append(append([]data(nil), l.at[:from]...), args.from(2).at...), l.at[to:]...)
		r.setList(d.ref.list, &items{at, args.rest})
		return thingData(newList(cut, nil))
	case "slice":
		from, to, ok := bounds(l, args)
		if !ok {
			return thingData(newList(nil, l.all()))
		}
		return thingData(newList(l.at[from:max(from, to)], l.rest))
	case "at":
		if k := args.arg(0); len(l.rest) == 0 && len(k) == 1 && k[0].kind == isNumber {
			i := int(k[0].num)
			if i < 0 {
				i += len(l.at)
			}
			return l.get(i)
		}
		return l.all().plus(undefinedData)
	case "get":
		return r.index(self, args.arg(0), node)
	case "values", "@@iterator", "@@asyncIterator":
		return self
	case "keys":
		at, rest := r.keys(self)
		return thingData(newList(at, rest))
	case "entries":
		out := &items{}
		for i, v := range l.at {
			out.at = append(out.at, thingData(newList([]data{place(i), v}, nil)))
		}
		if len(l.rest) > 0 {
			out.rest = thingData(newList([]data{unknownData, l.rest}, nil))
		}
		return thingData(newList(out.at, out.rest))
	case "reverse", "toReversed":
		at := slices.Clone(l.at)
		slices.Reverse(at)
		return r.replaced(d, &items{at, l.rest}, name == "reverse")
	case "sort", "toSorted":
		return r.replaced(d, sorted(l, len(args.at) == 0), name == "sort")
	case "concat":
		out := l
		for _, v := range args.at {
			if len(v) == 1 && v[0].kind == isThing && v[0].ref.list != nil {
				at, rest := r.elements(v)
				out = extended(out, at, rest)
			} else if v.has(isThing) || v.has(isUnknown) {
				at, rest := r.elements(v)
				out = extended(out, nil, v.plus((&items{at, rest}).all()))
			} else {
				out = extended(out, []data{v}, nil)
			}
		}
		return thingData(newList(out.at, out.rest.plus(args.rest)))
	case "flat":
		return thingData(r.flattened(l))
	case "join", "toString":
		separator := ","
		if sep := args.arg(0); name == "join" && len(args.at) > 0 && !sep[0].nothing() {
			if len(sep) != 1 || sep[0].kind != isString {
				return unknownData
			}
			separator = sep[0].text
		}
		return r.joined(l, separator)
	case "includes", "indexOf", "lastIndexOf", "has":
		return search(l, args.arg(0), name)
	case "fill":
		at := make([]data, len(l.at))
		for i := range at {
			at[i] = args.arg(0)
		}
		return r.replaced(d, &items{at, l.rest.plus(args.arg(0))}, true)
	case "next":
		o := &thing{}
		o.put("value", &cell{v: l.all().plus(undefinedData)})
		o.put("done", &cell{v: unknownData})
		if len(l.rest) == 0 && len(l.at) > 0 {
			o.put("value", &cell{})
			o.own("value").v = l.at[0]
			o.own("done").v = boolData(false)
			r.setList(d.ref.list, &items{at: l.at[1:]})
		}
		return thingData(o)
	}
	r.escape(args, name, node)
	return unknownData
}

// replaced is a list with other elements: itself, or a new one.
func (r *runner) replaced(d datum, l *items, same bool) data {
	if same {
		r.setList(d.ref.list, l)
		return data{d}
	}
	return thingData(newList(l.at, l.rest))
}

// sorted is a list in the order of its texts, if they are known.
func sorted(l *items, plain bool) *items {
	for _, v := range l.at {
		if len(v) != 1 || v[0].kind != isString {
			plain = false
		}
	}
	if !plain || len(l.rest) > 0 {
		return &items{rest: l.all()}
	}
	at := slices.Clone(l.at)
	slices.SortStableFunc(at, func(a, b data) int { return strings.Compare(a[0].text, b[0].text) })
	return &items{at: at}
}

// bounds are the first and the last element that slice and its kin mean.
func bounds(l *items, args *items) (from, to int, ok bool) {
	to = len(l.at)
	for j := range 2 {
		v := args.arg(j)
		if len(v) == 1 && v[0].nothing() {
			continue
		}
		if len(v) != 1 || v[0].kind != isNumber || len(l.rest) > 0 {
			return 0, 0, false
		}
		k := int(v[0].num)
		if k < 0 {
			k += len(l.at)
		}
		k = max(0, min(k, len(l.at)))
		if j == 0 {
			from = k
		} else {
			to = k
		}
	}
	return from, to, true
}

// iterate calls a callback for every element.
func (r *runner) iterate(d datum, l *items, name string, args *items, node int32) data {
	out := &items{}
	var found data
	sure := false
	one := func(v, at data) {
		got := r.visit(args, node, v, at, data{d})
		t := got.truth()
		switch name {
		case "map":
			out.at = append(out.at, got)
		case "flatMap":
			a, b := r.elements(got)
			if got.has(isUnknown) || !got.has(isThing) {
				a, b = nil, got
			}
			out = extended(out, a, b)
		case "filter":
			switch t {
			case alwaysTrue:
				out = extended(out, []data{v}, nil)
			case sometimes:
				out = extended(out, nil, v)
			}
		case "find", "findLast":
			if t != alwaysFalse {
				found = found.plus(v)
			}
			sure = sure || t == alwaysTrue && name == "find"
		case "findIndex", "findLastIndex":
			if t != alwaysFalse {
				found = found.plus(at)
			}
			sure = sure || t == alwaysTrue && name == "findIndex"
		case "some":
			found = found.plus(got)
			sure = t == alwaysTrue
		case "every":
			found = found.plus(got)
			sure = t == alwaysFalse
		}
	}
	for i, v := range l.at {
		if sure || r.steps <= 0 {
			break
		}
		one(v, data{{kind: isNumber, num: float64(i)}})
	}
	if len(l.rest) > 0 && !sure {
		known := out.at
		r.rounds(func() bool { one(l.rest, unknownData); return true })
		if name == "map" {
			out.rest = (&items{at: out.at[len(known):]}).all().plus(out.rest)
			out.at = known
		}
	}
	switch name {
	case "map", "flatMap", "filter":
		return thingData(newList(out.at, out.rest))
	case "forEach":
		return undefinedData
	case "some", "every":
		if sure {
			return boolData(name == "some")
		}
		return unknownData
	case "findIndex", "findLastIndex":
		if !sure {
			found = found.plus(data{{kind: isNumber, num: -1}})
		}
		return found
	}
	if !sure {
		found = found.plus(undefinedData)
	}
	return found
}

// fold is reduce and reduceRight.
func (r *runner) fold(l *items, name string, args *items, node int32, self data) data {
	at := slices.Clone(l.at)
	if name == "reduceRight" {
		slices.Reverse(at)
	}
	var acc data
	if len(args.at) > 1 || len(args.rest) > 0 {
		acc = args.arg(1)
	} else if len(at) > 0 {
		acc, at = at[0], at[1:]
	} else {
		acc = l.rest
	}
	step := func(v data) data {
		return r.call(args.arg(0), undefinedData, &items{at: []data{acc, v, unknownData, self}}, r.argNode(node, 0))
	}
	for _, v := range at {
		if r.steps <= 0 {
			break
		}
		acc = step(v)
	}
	if len(l.rest) > 0 {
		for range 2 {
			r.maybe(func() {
				next := step(l.rest)
				for _, d := range next {
					if d.kind == isAPI {
						d = datum{kind: isDynamic, file: r.s.index, node: d.node}
					}
					acc = acc.plus(data{d})
				}
			})
		}
	}
	return acc
}

func (r *runner) flattened(l *items) *thing {
	out := &items{}
	for _, v := range l.at {
		if len(v) == 1 && v[0].kind == isThing && v[0].ref.list != nil {
			at, rest := r.elements(v)
			out = extended(out, at, rest)
		} else {
			out = extended(out, []data{v}, nil)
		}
	}
	for _, d := range l.rest {
		if d.kind == isThing && d.ref.list != nil {
			at, rest := r.elementsOf(d)
			out = extended(out, nil, (&items{at, rest}).all())
		} else {
			out = extended(out, nil, data{d})
		}
	}
	return newList(out.at, out.rest)
}

// joined is list.join(separator). Of a list that holds itself nothing is told.
func (r *runner) joined(l *items, separator string) data {
	if len(l.rest) > 0 || slices.Contains(r.joining, l) || r.over() {
		return unknownData
	}
	r.joining = append(r.joining, l)
	defer func() { r.joining = r.joining[:len(r.joining)-1] }()
	out := textData("")
	for i, v := range l.at {
		if i > 0 {
			out = r.concat(out, textData(separator))
		}
		if v.truth() != alwaysFalse || !v[0].nothing() {
			out = r.concat(out, v)
		}
	}
	return out
}

func search(l *items, what data, name string) data {
	where, sure := data(nil), false
	for i, v := range l.at {
		switch same(v, what, true).truth() {
		case alwaysTrue:
			where, sure = where.plus(data{{kind: isNumber, num: float64(i)}}), true
		case sometimes:
			where = where.plus(data{{kind: isNumber, num: float64(i)}})
		}
		if sure {
			break
		}
	}
	if len(l.rest) > 0 && !sure {
		where = where.plus(unknownData)
	}
	if name == "includes" || name == "has" {
		switch {
		case sure && len(where) == 1, len(where) == 0:
			return boolData(sure)
		}
		return boolData(true).plus(boolData(false))
	}
	if !sure {
		where = where.plus(data{{kind: isNumber, num: -1}})
	}
	return where
}

func (r *runner) arrayCall(name string, args *items, node int32) data {
	switch name {
	case "from", "fromAsync":
		first := args.arg(0)
		at, rest := r.elements(first)
		if n := first; len(n) == 1 && n[0].kind == isThing && n[0].ref.list == nil && n[0].ref.hold == nil {
			if size := r.member(n, "length", 0); len(size) == 1 && size[0].kind == isNumber && size[0].num < 100 {
				at, rest = make([]data, int(size[0].num)), nil
				for i := range at {
					at[i] = undefinedData
				}
			}
		}
		list := thingData(newList(at, rest))
		if len(args.at) > 1 {
			return r.listCall(list[0], "map", args.from(1), node)
		}
		return list
	case "isArray":
		v := args.arg(0)
		if len(v) == 1 && v[0].kind == isThing {
			return boolData(v[0].ref.list != nil)
		}
		if v.has(isThing) || v.has(isUnknown) {
			return boolData(true).plus(boolData(false))
		}
		return boolData(false)
	case "":
		if n := args.arg(0); len(args.at) == 1 && len(n) == 1 && n[0].kind == isNumber {
			at := make([]data, max(0, min(100, int(n[0].num))))
			for i := range at {
				at[i] = undefinedData
			}
			return thingData(newList(at, nil))
		}
	case "prototype":
		return unknownData
	}
	return thingData(newList(args.at, args.rest))
}
