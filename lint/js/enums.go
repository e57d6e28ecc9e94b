package js

// enum notes the members of an enum of TypeScript.
func (f *names) enum(s *source, name, member int32) {
	members := map[string]fixed{}
	next := 0
	for ; member != 0; member = s.parser.nodes[member].next {
		m := &s.parser.nodes[member]
		key, ok := s.key(m.a)
		switch v := &s.parser.nodes[m.b]; {
		case !ok:
			return
		case m.b == 0:
			members[key] = fixed{fixedNumber, itoa(next)}
		case v.kind == nString:
			members[key] = fixed{fixedString, s.stringValue(m.b)}
		case v.kind == nLiteral && token(v.op) == tNumber && len(s.text(v.start, v.end)) < 4:
			members[key] = s.fixedLiteral(v)
			next = decimal(s.text(v.start, v.end))
		default:
			return
		}
		next++
	}
	f.addEnum(s, name, members)
}

// decimal is the number that decimal digits spell.
func decimal(digits string) (n int) {
	for _, d := range []byte(digits) {
		n = 10*n + int(d-'0')
	}
	return n
}

func (f *names) addEnum(s *source, name int32, members map[string]fixed) {
	ref := s.parser.nodes[name].b
	if ref == 0 || len(members) == 0 {
		return
	}
	if f.enums == nil {
		f.enums = map[int32]map[string]fixed{}
	}
	if f.enums[ref-1] != nil { // it goes on in another place
		f.unclear = true
	}
	f.enums[ref-1] = members
}

// compiledCall notes what compilers write as a call: an enum,
//
//	(function (Level) { Level[Level["Off"] = 0] = "Off" })(Level || (exports.Level = Level = {}))
//
// and the exports of a file, __export(x, { name: () => value }).
func (f *names) compiledCall(s *source, call *Node) {
	nodes := s.parser.nodes
	callee, arg := &nodes[call.a], &nodes[call.b]
	switch {
	case callee.kind == nIdent && s.atoms.text(callee.a) == "__export" && arg.next != 0 && nodes[arg.next].kind == nObject:
		for c := nodes[arg.next].a; c != 0; c = nodes[c].next {
			key, ok := s.key(nodes[c].a)
			if getter := &nodes[nodes[c].b]; ok && getter.kind == nFunction && nodes[getter.c].kind == nIdent {
				f.exported[key] = getter.c
			}
		}
	case callee.kind == nFunction && arg.kind == nLogical && nodes[arg.a].kind == nIdent && arg.next == 0:
		members := f.enumBody(s, callee)
		if members == nil {
			return
		}
		f.addEnum(s, arg.a, members)
		for given := arg.b; nodes[given].kind == nAssign; given = nodes[given].b {
			if target := &nodes[nodes[given].a]; target.kind == nDot && s.isExports(target.a) {
				name := s.atoms.text(target.b)
				f.exported[name] = arg.a
				f.exporting[name]++
			}
		}
	}
}

// enumBody reads the members of a compiled enum, nil if it is none.
func (f *names) enumBody(s *source, function *Node) map[string]fixed {
	nodes := s.parser.nodes
	param := nodes[nodes[function.b].a]
	if param.kind != nIdent || param.next != 0 || nodes[function.c].kind != nBlock {
		return nil
	}
	members := map[string]fixed{}
	for i := nodes[function.c].a; i != 0; i = nodes[i].next {
		if nodes[i].kind == nReturn {
			continue
		}
		assign := nodes[nodes[i].a]
		if nodes[i].kind != nExpr || assign.kind != nAssign {
			return nil
		}
		if target := nodes[assign.a]; target.kind == nIndex && nodes[target.b].kind == nAssign { // L[L["a"] = 0] = "a"
			assign = nodes[target.b]
		}
		target, v := nodes[assign.a], nodes[assign.b]
		if target.kind != nDot || nodes[target.a].kind != nIdent || nodes[target.a].b != param.b {
			return nil
		}
		switch v.kind {
		case nString:
			members[s.atoms.text(target.b)] = fixed{fixedString, s.stringValue(assign.b)}
		case nLiteral:
			members[s.atoms.text(target.b)] = s.fixedLiteral(&v)
		default:
			return nil
		}
	}
	if len(members) == 0 {
		return nil
	}
	return members
}
