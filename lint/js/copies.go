package js

// copied finds the object of which one member is copied under its own key: x in
// to[k] = x[k], and in defineProperty(to, k, { get: () => x[k] }). accessor says
// that the member itself is made an accessor. Without this every key would get
// what any of them holds.
func (e *evaluator) copied(key, given int32) (from int32, accessor, ok bool) {
	k := &e.nodes[key]
	if k.kind != nIdent || k.b == 0 {
		return 0, false, false
	}
	same := func(i int32) int32 {
		if n := &e.nodes[i]; n.kind == nIndex && e.nodes[n.b].kind == nIdent && e.nodes[n.b].b == k.b {
			return n.a
		}
		return 0
	}
	n := &e.nodes[given]
	switch n.kind {
	case nIndex:
		from = same(given)
	case nObject:
		for c := n.a; c != 0; c = e.nodes[c].next {
			m := &e.nodes[c]
			if m.kind != nProperty || m.flags&flagComputed != 0 {
				return 0, false, false
			}
			switch name, _ := e.keyName(m.a); name {
			case "value":
				from = same(m.b)
			case "get":
				if from = same(e.returned(m.b)); from == 0 {
					from, accessor = same(m.b), true
				}
			case "set":
				return 0, false, false
			}
		}
	}
	return from, accessor, from != 0
}

// returned is the expression that a function consists of, if it is but one.
func (e *evaluator) returned(i int32) int32 {
	n := &e.nodes[i]
	if n.kind != nFunction {
		return 0
	}
	body := &e.nodes[n.c]
	if body.kind != nBlock {
		return n.c
	}
	if r := &e.nodes[body.a]; r.kind == nReturn && r.next == 0 {
		return r.a
	}
	return 0
}

// copyMembers copies the members of the objects in from under keys, if all of those
// are known.
func (e *evaluator) copyMembers(target, keys, from set, accessor bool) bool {
	p := e.p
	known, unknown := p.stringsOf(keys)
	if unknown {
		return len(keys) == 0 && !p.late // nothing has arrived yet
	}
	for _, k := range known {
		given := e.index(from, p.str(k.text), 0)
		if accessor {
			given = p.getter(given)
		}
		p.store(target, k.text, given)
	}
	return true
}
