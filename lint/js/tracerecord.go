package js

// recordCall notes a call of an interface. node is the call, or the expression
// that was handed to whoever calls it.
func (r *runner) recordCall(f datum, node int32) {
	s, at := r.s, calleeIn(r.s, node)
	n := &s.parser.nodes[at]
	r.reached[place{s.index, n.start, 0}] = true
	via := Alias
	if k := r.nodes[node].kind; k == nCall || k == nNew {
		e := evaluator{p: r.p, s: s, nodes: r.nodes}
		via = e.via(at)
		if f.computed && r.nodes[at].kind == nCall {
			via = Constant
		}
	}
	if w := f.site; f.computed && w != nil {
		s, via = w.s, Wrapper
		at = calleeIn(s, w.node)
		n = &s.parser.nodes[at]
	}
	key := callKey{s.index, n.start, f.text}
	if r.calls[key] {
		return
	}
	r.calls[key] = true
	c := Call{API: f.text, Span: s.span(n.start, n.end), Via: via}
	if via != Wrapper {
		if s.started {
			act := s.insts[0]
			if fn := r.inv.fn; fn != nil && fn.code.s == s && !fn.code.class {
				act = s.insts[fn.code.number()]
			}
			e := evaluator{p: r.p, s: s, nodes: r.nodes, act: act}
			e.describe(&c, node)
		}
	}
	r.found = append(r.found, c)
}

// recordDynamic notes a call whose name is not known.
func (r *runner) recordDynamic(f datum, node int32) {
	s, at := r.s, calleeIn(r.s, node)
	n := &s.parser.nodes[at]
	r.reached[place{s.index, n.start, 0}] = true
	if origin := &r.p.files[f.file].parser.nodes[f.node]; f.file != s.index || origin.start < n.start || origin.end > n.end {
		s, at = r.p.files[f.file], f.node
		n = &s.parser.nodes[at]
	}
	key := callKey{s.index, n.start, ""}
	if r.calls[key] {
		return
	}
	r.calls[key] = true
	r.dynamic = append(r.dynamic, Dynamic{Span: s.span(n.start, n.end), Expression: s.expression(at)})
}

// escape notes that values went where nobody can follow: functions may be called
// with anything, references to interfaces too, unless the callee only looks.
func (r *runner) escape(args *items, callee string, node int32) {
	first := int32(0)
	if n := &r.nodes[node]; n.kind == nCall || n.kind == nNew {
		first = n.b
	}
	for _, v := range args.at {
		at := node
		if first != 0 {
			at, first = first, r.nodes[first].next
		}
		r.escaped(v, callee, at)
	}
	r.escaped(args.rest, callee, node)
}

func (r *runner) escaped(v data, callee string, node int32) {
	for _, d := range v {
		switch d.kind {
		case isAPI:
			switch {
			case looksOnly(callee) || r.nodes[node].kind == nSpread:
			case r.p.isInterface(d.text):
				r.recordCall(d, node)
			default:
				r.recordDynamic(datum{kind: isDynamic, file: r.s.index, node: node}, node)
			}
		case isDynamic:
			if !looksOnly(callee) && r.nodes[node].kind != nSpread {
				r.recordDynamic(d, node)
			}
		case isThing:
			o := d.ref
			switch {
			case o.bound != nil:
				r.escaped(o.bound.fn, callee, node)
			case o.code != nil && !o.code.class && !looksOnly(callee) && !r.atWork(o):
				r.maybe(func() { r.callClosure(o, unknownData, &items{rest: unknownData}, 0, nil) })
			}
		}
	}
}

// atWork keeps a function that hands itself on from being called without end.
func (r *runner) atWork(o *thing) bool { return r.busy[o.code.place()] > 1 }

// adopt replaces what the flow of values found by what the trace found. A call
// that is written out counts also where the trace never came, but not where it
// found that something else is called.
func (p *program) adopt(t *tracer) {
	found := t.found
	for i, c := range p.result.Calls {
		if at := p.origins[i]; !t.reached[at] && !(p.mixed[at] && t.plain[at]) {
			found = append(found, c)
		}
	}
	p.result.Calls, p.result.Dynamic = found, t.dynamic
}
