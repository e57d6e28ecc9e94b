package js

import (
	"path/filepath"
	"strconv"
	"strings"
)

func splitPath(s string) []string { return strings.Split(dotsToParts(s), "\x00") }

// nativeMember is a member of a function or object of the language.
func (r *runner) nativeMember(o *thing, name string) data {
	switch o.native {
	case "value":
		return r.member(o.recv, name, 0)
	case "globalThis":
		if knownGlobal(name) || tracedGlobal(name) {
			return thingData(&thing{native: name})
		}
		return r.memberOf(datum{}, name, 0)
	case "process":
		if name != "nextTick" {
			return unknownData // what the platform sets
		}
	case "EventEmitter.prototype":
		switch name {
		case "on", "once", "addListener", "prependListener", "emit", "off", "removeListener", "removeAllListeners":
			return thingData(&thing{native: "emitter." + name})
		}
		return undefinedData
	case "Symbol":
		if name == "iterator" || name == "asyncIterator" {
			return textData("@@" + name)
		}
	case "EventEmitter":
		if name == "EventEmitter" || name == "default" {
			return thingData(o)
		}
	}
	if strings.HasSuffix(o.native, ".prototype") {
		switch what := strings.TrimSuffix(o.native, ".prototype"); what {
		case "Array", "Map", "Set":
			return thingData(&thing{native: "list." + name, recv: o.recv})
		case "String":
			return thingData(&thing{native: "string." + name, recv: o.recv})
		case "Function":
			return thingData(&thing{native: "function." + name, recv: o.recv})
		case "Object":
			return thingData(&thing{native: "object." + name, recv: o.recv})
		}
		return undefinedData
	}
	switch {
	case o.native == "Reflect":
		return thingData(&thing{native: "Reflect." + name})
	case name == "call", name == "apply", name == "bind":
		return thingData(&thing{native: "function." + name, recv: thingData(o)})
	case name == "prototype":
		return thingData(&thing{native: o.native + ".prototype"})
	case name == "length", name == "name", len(o.native) > 60:
		return unknownData
	}
	return thingData(&thing{native: o.native + "." + name})
}

// callNative calls a function of the language, of Node or of the SDK. Methods
// that were taken off their object work on this.
func (r *runner) callNative(o *thing, this data, args *items, node int32) data {
	room, name, _ := strings.Cut(o.native, ".")
	recv := o.recv
	switch room {
	case "function", "list", "string", "object", "regexp", "map":
		if len(recv) == 0 {
			recv = this
		}
		var out data
		for _, d := range recv {
			switch room {
			case "function":
				out = out.plus(r.functionCall(d, name, args, node))
			case "list":
				out = out.plus(r.listOrMap(d, name, args, node))
			case "string":
				out = out.plus(r.textCall(d, name, args, node))
			default:
				out = out.plus(r.objectCall(d, name, args, node))
			}
		}
		return out
	case "lowered":
		if name == "abrupt" {
			r.set(o.hold, o.hold.v.plus(args.arg(1)))
			return undefinedData
		}
		return o.hold.v
	case "sdk":
		if name == "init" {
			r.p.result.Initialised = true
			return unknownData
		}
		return data{{kind: isKit}}
	case "settle":
		r.set(o.hold, o.hold.v.plus(args.arg(0)))
		return undefinedData
	case "emitter":
		return r.emitterCall(this, name, args, node)
	case "Promise":
		return r.promiseCall(name, args, node)
	case "Object":
		return r.objectStatic(name, args, node)
	case "Reflect":
		return r.reflectCall(name, args, node)
	case "require":
		if name == "" {
			return r.require(node, args.arg(0))
		}
		return unknownData
	case "module":
		if name == "createRequire" {
			return thingData(&thing{native: "require"})
		}
	case "util":
		if name == "promisify" || name == "callbackify" || name == "promisify.custom" {
			return args.arg(0)
		}
	case "path":
		if name == "join" || name == "resolve" {
			return r.joinPath(args)
		}
	case "fs":
		if file, ok := soleText(args.arg(0)); ok && name == "readFileSync" && strings.HasSuffix(file, ".json") && filepath.IsAbs(file) && r.p.a.isFile(file) {
			if text, err := r.p.a.readFile(file); err == nil {
				return textData(string(text))
			}
		}
	case "Symbol":
		r.seq++
		return textData("@@symbol" + strconv.Itoa(r.seq))
	case "setTimeout", "setImmediate", "queueMicrotask", "process":
		if room == "process" && name != "nextTick" {
			break
		}
		rest := 1
		if room == "setTimeout" {
			rest = 2
		}
		for _, d := range args.arg(0) {
			if d.kind == isThing || d.kind == isAPI {
				r.maybe(func() { r.call(data{d}, undefinedData, args.from(rest), r.argNode(node, 0)) })
			}
		}
		return unknownData
	case "structuredClone":
		return args.arg(0)
	case "String":
		switch name {
		case "":
			return r.stringOf(args.arg(0))
		case "raw":
			return r.rawTemplate(args)
		}
	case "Number", "parseInt", "parseFloat":
		if name == "" {
			return r.numberOf(args.arg(0))
		}
	case "Boolean":
		switch args.arg(0).truth() {
		case alwaysTrue:
			return boolData(true)
		case alwaysFalse:
			return boolData(false)
		}
		return boolData(true).plus(boolData(false))
	case "Array":
		return r.arrayCall(name, args, node)
	case "JSON":
		if name == "parse" {
			return r.jsonParse(args.arg(0))
		}
		return unknownData
	case "Error":
		return thingData(&thing{star: &cell{v: unknownData}})
	case "Math":
		if a, b := args.arg(0), args.arg(1); name == "floor" || name == "trunc" || name == "round" {
			if len(a) == 1 && a[0].kind == isNumber {
				return data{{kind: isNumber, num: float64(int64(a[0].num))}}
			}
		} else if len(args.at) == 2 && len(a) == 1 && len(b) == 1 && a[0].kind == isNumber && b[0].kind == isNumber {
			switch name {
			case "max":
				return data{{kind: isNumber, num: max(a[0].num, b[0].num)}}
			case "min":
				return data{{kind: isNumber, num: min(a[0].num, b[0].num)}}
			}
		}
		return unknownData
	}
	last := o.native[strings.LastIndexByte(o.native, '.')+1:]
	r.escape(args, last, node)
	return unknownData
}

// joinPath is path.join, where all parts are known.
func (r *runner) joinPath(args *items) data {
	at := ""
	for _, v := range args.at {
		part, ok := soleText(v)
		if !ok {
			return unknownData
		}
		at = joined(at, part, filepath.IsAbs(part))
	}
	if len(args.rest) > 0 {
		return unknownData
	}
	return textData(at)
}

// argNode is the j-th argument of a call, the call itself if it has none.
func (r *runner) argNode(node int32, j int) int32 {
	n := &r.nodes[node]
	if n.kind != nCall && n.kind != nNew {
		return node
	}
	c := n.b
	for ; j > 0 && c != 0; j-- {
		c = r.nodes[c].next
	}
	if c == 0 {
		return node
	}
	return c
}

func (r *runner) functionCall(d datum, name string, args *items, node int32) data {
	fn := data{d}
	switch name {
	case "call":
		return r.call(fn, args.arg(0), args.from(1), node)
	case "apply":
		at, rest := r.elements(args.arg(1))
		return r.call(fn, args.arg(0), &items{at, rest}, node)
	case "bind":
		if d.kind == isAPI && len(args.at) < 2 || d.kind == isDynamic {
			return fn
		}
		b := &boundCall{fn: fn, this: args.arg(0)}
		if len(args.at) > 1 {
			b.args = args.at[1:]
			if k := r.nodes[node].kind; k == nCall && d.kind == isThing && d.ref.code != nil {
				b.args = tagged(&items{at: b.args}, r.siteOf(d.ref.code, node)).at
			}
		}
		return thingData(&thing{bound: b})
	}
	return unknownData
}

func (r *runner) objectCall(d datum, name string, args *items, node int32) data {
	switch name {
	case "then":
		var out data
		if f := args.arg(0).without(datum.nothing); len(f) > 0 {
			out = r.call(f, undefinedData, &items{at: []data{{d}}}, r.argNode(node, 0))
		} else {
			out = data{d}
		}
		r.failed(args.arg(1), r.argNode(node, 1))
		return out
	case "catch":
		return data{d}.plus(r.failed(args.arg(0), r.argNode(node, 0)))
	case "finally":
		r.call(args.arg(0), undefinedData, &items{}, r.argNode(node, 0))
		return data{d}
	case "hasOwnProperty":
		return r.isMember(args.arg(0), data{d})
	case "test", "exec":
		if d.kind == isThing && d.ref.regexp != nil {
			return d.ref.regexp.match(args.arg(0), name)
		}
	}
	return unknownData
}

// failed calls the handler of a failure, which may happen.
func (r *runner) failed(f data, node int32) (out data) {
	for _, d := range f {
		if d.kind == isThing {
			r.maybe(func() { out = out.plus(r.call(data{d}, undefinedData, &items{at: []data{unknownData}}, node)) })
		}
	}
	return out
}

func (r *runner) promiseCall(name string, args *items, node int32) data {
	switch name {
	case "resolve", "all":
		return args.arg(0)
	case "any", "race":
		at, rest := r.elements(args.arg(0))
		return (&items{at, rest}).all()
	case "allSettled":
		at, rest := r.elements(args.arg(0))
		l := &items{}
		wrap := func(v data) data {
			o := &thing{}
			o.put("status", &cell{v: unknownData})
			o.put("value", &cell{v: v})
			return thingData(o)
		}
		for _, v := range at {
			l.at = append(l.at, wrap(v))
		}
		if len(rest) > 0 {
			l.rest = wrap(rest)
		}
		return thingData(newList(l.at, l.rest))
	}
	r.escape(args, name, node)
	return unknownData
}

func (r *runner) emitterCall(this data, name string, args *items, node int32) data {
	if name == "off" || strings.HasPrefix(name, "remove") {
		return this
	}
	for _, o := range thingsOf(this) {
		for _, k := range args.arg(0) {
			event, known := k.asText()
			if name != "emit" {
				if !known {
					event = "*"
				}
				r.set(o.at("@@on "+event), o.at("@@on "+event).v.plus(args.arg(1)))
				continue
			}
			for _, p := range o.props {
				if p.name == "@@on *" || p.name == "@@on "+event || !known && strings.HasPrefix(p.name, "@@on ") {
					for _, f := range p.c.v {
						r.maybe(func() { r.call(data{f}, this, args.from(1), node) })
					}
				}
			}
		}
	}
	if name == "emit" {
		return unknownData
	}
	return this
}

func (r *runner) objectStatic(name string, args *items, node int32) data {
	first := args.arg(0)
	switch name {
	case "", "freeze", "seal", "preventExtensions":
		return first
	case "create":
		o := &thing{}
		if protos := thingsOf(first); len(protos) > 0 {
			o.proto = protos[0]
		} else {
			r.spread(o, first.without(datum.nothing))
		}
		for _, d := range thingsOf(args.arg(1)) {
			for _, p := range d.props {
				r.defineProperty(o, textData(p.name), p.c.v)
			}
		}
		return thingData(o)
	case "setPrototypeOf":
		for _, o := range thingsOf(first) {
			if protos := thingsOf(args.arg(1)); len(protos) > 0 {
				o.proto = protos[0]
			}
		}
		return first
	case "getPrototypeOf":
		var out data
		for _, o := range thingsOf(first) {
			if o.proto != nil {
				out = out.plus(thingData(o.proto))
			}
		}
		if len(out) > 0 {
			return out
		}
		return unknownData
	case "assign":
		for _, o := range thingsOf(first) {
			for _, v := range args.at[min(1, len(args.at)):] {
				r.spread(o, v)
			}
			r.spread(o, args.rest)
		}
		return first
	case "keys", "getOwnPropertyNames":
		at, rest := r.keys(first)
		return thingData(newList(at, rest))
	case "values":
		at, rest := r.entries(first)
		l := &items{}
		for _, p := range at {
			l.at = append(l.at, r.index(p, textData("1"), 0))
		}
		l.rest = r.index(rest, textData("1"), 0).without(datum.nothing)
		return thingData(newList(l.at, l.rest))
	case "entries":
		at, rest := r.entries(first)
		return thingData(newList(at, rest))
	case "fromEntries":
		o := &thing{}
		r.storeEntries(o, first)
		return thingData(o)
	case "defineProperty":
		for _, o := range thingsOf(first) {
			r.defineProperty(o, args.arg(1), args.arg(2))
		}
		return first
	case "defineProperties":
		for _, o := range thingsOf(first) {
			for _, d := range thingsOf(args.arg(1)) {
				for _, p := range d.props {
					r.defineProperty(o, textData(p.name), p.c.v)
				}
			}
		}
		return first
	}
	r.escape(args, name, node)
	return unknownData
}

func (r *runner) defineProperty(o *thing, names, descriptor data) {
	v := r.member(descriptor, "value", 0).without(datum.nothing)
	for _, f := range thingsOf(r.member(descriptor, "get", 0)) {
		v = v.plus(data{{kind: isGetter, ref: f}})
	}
	for _, k := range names {
		if name, ok := k.asText(); ok && len(v) > 0 {
			r.set(o.at(name), v)
		}
	}
}

func (r *runner) storeEntries(o *thing, pairs data) {
	at, rest := r.elements(pairs)
	store := func(pair data, weak bool) {
		for _, k := range r.index(pair, textData("0"), 0) {
			v := r.index(pair, textData("1"), 0)
			if name, ok := k.asText(); ok {
				if c := o.at(name); weak {
					v = v.plus(c.v).plus(data{{kind: isAbsent}})
				}
				r.set(o.at(name), v)
			} else {
				r.setStar(o, v)
			}
		}
	}
	for _, p := range at {
		store(p, false)
	}
	for _, p := range rest {
		store(data{p}, true)
	}
}

func (r *runner) reflectCall(name string, args *items, node int32) data {
	switch name {
	case "apply":
		at, rest := r.elements(args.arg(2))
		return r.call(args.arg(0), args.arg(1), &items{at, rest}, node)
	case "get":
		return r.index(args.arg(0), args.arg(1), node)
	case "set":
		r.storeAt(args.arg(0), args.arg(1), args.arg(2))
		return boolData(true)
	case "has":
		return r.isMember(args.arg(1), args.arg(0))
	case "construct":
		at, rest := r.elements(args.arg(1))
		var out data
		for _, f := range args.arg(0) {
			out = out.plus(r.newOne(f, &items{at, rest}, node))
		}
		return out
	case "ownKeys":
		at, rest := r.keys(args.arg(0))
		return thingData(newList(at, rest))
	case "defineProperty":
		return r.objectStatic(name, args, node)
	}
	return unknownData
}

func (r *runner) newNative(o *thing, args *items, node int32) data {
	switch o.native {
	case "sdk.Cloud":
		return data{{kind: isKit}}
	case "Map", "WeakMap":
		m := &thing{}
		r.storeEntries(m, args.arg(0).without(datum.nothing))
		return thingData(&thing{hold: &cell{v: thingData(m)}, proto: &thing{native: "Map.prototype"}})
	case "Set", "WeakSet":
		at, rest := r.elements(args.arg(0).without(datum.nothing))
		return thingData(newList(at, rest))
	case "Array":
		return r.arrayCall("", args, node)
	case "EventEmitter":
		return thingData(&thing{proto: &thing{native: "EventEmitter.prototype"}})
	case "Proxy":
		target := args.arg(0)
		if handlers := thingsOf(args.arg(1)); len(handlers) == 1 && len(args.arg(1)) == 1 {
			return thingData(&thing{proxy: handlers[0], hold: &cell{v: target}})
		}
		if target.has(isAPI) || target.has(isKit) {
			return data{{kind: isDynamic, file: r.s.index, node: node}}
		}
		return unknownData
	case "Promise":
		c := &cell{}
		settle := thingData(&thing{native: "settle", hold: c})
		r.call(args.arg(0), undefinedData, &items{at: []data{settle, thingData(&thing{native: "settle", hold: &cell{}})}}, r.argNode(node, 0))
		if v := c.v.without(func(d datum) bool { return d.kind == isAbsent }); len(v) > 0 {
			return v
		}
		return unknownData
	}
	r.escape(args, "", node)
	return unknownData
}

// require is what loading the modules named by names gives.
func (r *runner) require(node int32, names data) data {
	var out data
	for _, d := range names {
		switch d.kind {
		case isString:
			out = out.plus(r.requireText(node, d.text))
		case isPrefix:
			for _, abs := range r.p.a.below(r.s.abs, d.text) {
				if i, ok := r.p.byPath[abs]; ok && i >= 0 {
					out = out.plus(r.load(i).exports.v)
				}
			}
			out = out.plus(unknownData)
		default:
			out = out.plus(unknownData)
		}
	}
	return out
}

func (r *runner) requireText(node int32, request string) data {
	t, file := r.p.a.resolve(r.s.abs, request)
	switch t {
	case targetSDK:
		return data{{kind: isKit}}
	case targetFile:
		i, ok := r.p.byPath[file]
		if !ok {
			i = r.p.load(file)
			r.p.scan()
		}
		if i < 0 {
			return unknownData
		}
		r.p.note(r.s, loaded{node, i, false, request})
		return r.load(i).exports.v
	case targetOther:
		for _, name := range []string{file, file + ".json", filepath.Join(file, "index.json")} {
			if strings.HasSuffix(name, ".json") && r.p.a.isFile(name) {
				if text, err := r.p.a.readFile(name); err == nil {
					return r.jsonValue(text)
				}
			}
		}
	}
	switch name := strings.TrimPrefix(request, "node:"); name {
	case "module", "util", "events", "fs", "path":
		if name == "events" {
			return thingData(&thing{native: "EventEmitter"})
		}
		return thingData(&thing{native: name})
	}
	return unknownData
}

func (r *runner) jsonParse(v data) data {
	var out data
	for _, d := range v {
		if d.kind != isString {
			out = out.plus(unknownData)
			continue
		}
		out = out.plus(r.jsonValue([]byte(d.text)))
	}
	return out
}

// jsonValue reads a JSON text with the parser at hand: it is an expression.
func (r *runner) jsonValue(text []byte) data {
	r.steps -= len(text) / 4
	s := &source{parser: parser{atoms: newAtoms()}, index: r.s.index}
	s.root = s.parse(append([]byte("("), append([]byte(strings.TrimPrefix(string(text), "\ufeff")), ')')...), dialect{})
	first := s.parser.nodes[s.parser.nodes[s.root].a]
	if len(s.fails) > 0 || first.kind != nExpr {
		return unknownData
	}
	j := r.runner(s, nil)
	return j.eval(first.a)
}
