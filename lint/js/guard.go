package js

import "bytes"

// guarded reports whether a node stands in a branch that is taken or not
// depending on the environment: if (process.env.LOCAL) require('dotenv').
func (s *source) guarded(node int32) bool {
	if !asksForEnvironment(s.src) { // most files do not at all
		return false
	}
	at := s.parser.nodes[node]
	within := func(branch int32) bool {
		b := &s.parser.nodes[branch]
		return branch != 0 && b.start <= at.start && at.end <= b.end
	}
	for i := range s.parser.nodes {
		switch n := &s.parser.nodes[i]; n.kind {
		case nIf, nCond:
			if (within(n.b) || within(n.c)) && asksForEnvironment(s.textOf(n.a)) {
				return true
			}
		case nLogical:
			if within(n.b) && asksForEnvironment(s.textOf(n.a)) {
				return true
			}
		}
	}
	return false
}

func (s *source) textOf(node int32) []byte {
	n := &s.parser.nodes[node]
	return s.src[n.start:n.end]
}

// asksForEnvironment reports whether a condition is about where the code runs or
// what is there, rather than about what it was asked to do.
func asksForEnvironment(condition []byte) bool {
	for _, word := range [...]string{"process.", "typeof ", "existsSync", "accessSync", "statSync"} {
		if bytes.Contains(condition, []byte(word)) {
			return true
		}
	}
	return false
}
