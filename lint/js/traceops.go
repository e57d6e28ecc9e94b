package js

import (
	"math"
	"strconv"
	"strings"
)

func (r *runner) unary(n Node) data {
	v := r.eval(n.a)
	switch token(n.op) {
	case tNot:
		switch v.truth() {
		case alwaysTrue:
			return boolData(false)
		case alwaysFalse:
			return boolData(true)
		}
		return boolData(false).plus(boolData(true))
	case tVoid:
		return undefinedData
	case tDelete:
		if m := r.nodes[n.a]; m.kind == nDot || m.kind == nIndex {
			r.bind(n.a, data{{kind: isAbsent}}, false)
		}
		return boolData(true)
	case tTypeof:
		var out data
		for _, d := range v {
			out = out.plus(d.typeOf())
		}
		return out
	case tMinus:
		return arithmetic(data{{kind: isNumber}}, v, '-')
	case tPlus:
		return r.numberOf(v)
	}
	return unknownData
}

func (d datum) typeOf() data {
	switch d.kind {
	case isUndefined, isAbsent:
		return textData("undefined")
	case isString, isPrefix:
		return textData("string")
	case isNumber:
		return textData("number")
	case isBool:
		return textData("boolean")
	case isNull, isKit:
		return textData("object")
	case isAPI:
		return textData("function")
	case isThing:
		if d.ref.code != nil || d.ref.native != "" || d.ref.bound != nil {
			return textData("function")
		}
		return textData("object")
	}
	return unknownData
}

func (r *runner) numberOf(v data) data {
	var out data
	for _, d := range v {
		switch d.kind {
		case isNumber, isBool:
			out = out.plus(data{{kind: isNumber, num: d.num, site: d.site}})
		case isString:
			if f, err := strconv.ParseFloat(strings.TrimSpace(d.text), 64); err == nil {
				out = out.plus(data{{kind: isNumber, num: f, site: d.site}})
				continue
			}
			fallthrough
		default:
			out = out.plus(unknownData)
		}
	}
	return out
}

// arithmetic is a op b for numbers.
func arithmetic(a, b data, op byte) data {
	var out data
	for _, x := range a {
		for _, y := range b {
			if x.kind != isNumber || y.kind != isNumber {
				out = out.plus(unknownData)
				continue
			}
			f := x.num
			switch op {
			case '+':
				f += y.num
			case '-':
				f -= y.num
			case '*':
				f *= y.num
			case '/':
				f /= y.num
			case '%':
				f = math.Mod(f, y.num)
			case '^':
				f = math.Pow(f, y.num)
			case '&':
				f = float64(int32(int64(f)) & int32(int64(y.num)))
			case '|':
				f = float64(int32(int64(f)) | int32(int64(y.num)))
			default:
				f = math.NaN()
			}
			if math.IsNaN(f) || math.IsInf(f, 0) {
				out = out.plus(unknownData)
			} else {
				out = out.plus(data{{kind: isNumber, num: f, site: outer(x.site, y.site)}})
			}
		}
	}
	return out
}

// between is the text between the operands of a node: its operator.
func (r *runner) between(n Node) string {
	return r.s.text(r.nodes[n.a].end, max(r.nodes[n.a].end, r.nodes[n.b].start))
}

func (r *runner) binary(n Node) data {
	a, b := r.eval(n.a), r.eval(n.b)
	if r.tooMany(a, b) {
		return unknownData
	}
	switch op := token(n.op); op {
	case tPlus:
		return r.sum(a, b)
	case tMinus:
		return arithmetic(a, b, '-')
	case tStar:
		return arithmetic(a, b, '*')
	case tSlash:
		return arithmetic(a, b, '/')
	case tPercent:
		return arithmetic(a, b, '%')
	case tPower:
		return arithmetic(a, b, '^')
	case tAnd:
		return arithmetic(a, b, '&')
	case tOr:
		return arithmetic(a, b, '|')
	case tEq:
		text := r.between(n)
		strict := strings.Contains(text, "===")
		v := same(a, b, strict || strings.Contains(text, "!=="))
		if !strings.Contains(text, "!") {
			return v
		}
		var out data
		for _, d := range v {
			if d.kind == isBool {
				d.num = 1 - d.num
			}
			out = append(out, d)
		}
		return out
	case tLess, tGreater, tLessEq, tGreaterEq:
		var out data
		for _, x := range a {
			for _, y := range b {
				out = out.plus(compare(op, x, y))
			}
		}
		return out
	case tIn:
		return r.isMember(a, b)
	case tInstanceof:
		return unknownData
	}
	return unknownData
}

// tooMany reports whether there are more pairs of values than are worth a look.
func (t *tracer) tooMany(a, b data) bool {
	t.steps -= len(a) * len(b) / 4
	return len(a)*len(b) > 256
}

func (r *runner) sum(a, b data) data {
	if r.tooMany(a, b) {
		return unknownData
	}
	var out data
	for _, x := range a {
		for _, y := range b {
			if x.kind == isNumber && y.kind == isNumber {
				out = out.plus(arithmetic(data{x}, data{y}, '+'))
			} else {
				out = out.plus(r.concat(data{x}, data{y}))
			}
		}
	}
	return out
}

// same is a === b, or a == b.
func same(a, b data, strict bool) data {
	var out data
	for _, x := range a {
		for _, y := range b {
			out = out.plus(equal(x, y, strict))
		}
	}
	return out
}

func equal(x, y datum, strict bool) data {
	vague := func(d datum) bool { return d.kind == isUnknown || d.kind == isDynamic || d.kind == isGetter }
	switch {
	case vague(x) || vague(y):
		return unknownData
	case x.nothing() && y.nothing():
		return boolData(!strict || (x.kind == isNull) == (y.kind == isNull))
	case x.nothing() || y.nothing():
		return boolData(false)
	case x.kind == isPrefix || y.kind == isPrefix:
		return unknownData
	case x.kind != y.kind:
		if strict {
			return boolData(false)
		}
		return unknownData
	}
	switch x.kind {
	case isString, isAPI:
		return boolData(x.text == y.text)
	case isNumber, isBool:
		return boolData(x.num == y.num)
	case isThing:
		if x.ref.native != "" {
			return unknownData
		}
		return boolData(x.ref == y.ref)
	}
	return boolData(true)
}

func compare(op token, x, y datum) data {
	var less, same bool
	switch {
	case x.kind == isNumber && y.kind == isNumber:
		less, same = x.num < y.num, x.num == y.num
	case x.kind == isString && y.kind == isString:
		less, same = x.text < y.text, x.text == y.text
	default:
		return unknownData
	}
	switch op {
	case tLess:
		return boolData(less)
	case tLessEq:
		return boolData(less || same)
	case tGreater:
		return boolData(!less && !same)
	}
	return boolData(!less)
}

// isMember is name in o.
func (r *runner) isMember(names, objects data) data {
	var out data
	for _, o := range objects {
		for _, k := range names {
			name, ok := k.asText()
			if !ok || o.kind != isThing {
				out = out.plus(unknownData)
				continue
			}
			v := r.get(o.ref, name, data{o}, 0)
			switch {
			case len(v) == 0 || v.has(isUnknown):
				out = out.plus(unknownData)
			case len(v.without(datum.nothing)) == 0:
				out = out.plus(boolData(false))
			case v.has(isUndefined):
				out = out.plus(unknownData)
			default:
				out = out.plus(boolData(true))
			}
		}
	}
	return out
}
