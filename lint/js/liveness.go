package js

// live computes the values of everything that can run: the top level of every
// file that is loaded, what that calls, and what can be called from outside
// because it escapes. Functions that nothing calls are not looked at.
func (p *program) live() {
	for {
		p.settle()
		if p.result.Incomplete {
			p.callWaiting()
			return
		}
		if p.flood() || p.distrust() {
			continue
		}
		if p.late {
			return
		}
		// From here on a name nothing was ever assigned to counts as unknown.
		p.late = true
		for i := 1; i < len(p.insts); i++ {
			if p.insts[i].called && p.insts[i].asked {
				p.wake(int32(i))
			}
		}
	}
}

// askLate is late for an activation that does something else then. The others
// need not be looked at again when it comes to that.
func (p *program) askLate() bool {
	if !p.late {
		p.insts[p.cur].asked = true
	}
	return p.late
}

// distrust lets escape what cannot be told: all functions of a file that has
// syntax errors or runs text as code, and all there are when an entry exports
// nothing that is understood.
func (p *program) distrust() (found bool) {
	lost := p.late
	for _, i := range p.entries {
		lost = lost && !p.exports(i)
	}
	for _, id := range p.waiting {
		v := p.values[id]
		s := p.files[v.file]
		if (lost || s.opaque || len(s.fails) > 0) && !p.insts[p.activation(v)].called {
			found = true
			p.leak(set{id})
		}
	}
	return found
}

// exports reports whether anything is known of what a file exports.
func (p *program) exports(file int32) bool {
	s := p.files[file]
	for _, id := range p.vars[s.exports].set {
		if id != s.object {
			return true
		}
	}
	o := &p.objects[p.number(s.object)]
	for i := range o.fields {
		if o.fields[i].name != "__esModule" && len(p.vars[o.fields[i].v].set) > 0 {
			return true
		}
	}
	return len(p.vars[o.star].set)+len(p.vars[o.parents].set) > 0
}

// callWaiting calls, with values nobody can see, the functions that nothing has
// called. It reports whether there were any.
func (p *program) callWaiting() (found bool) {
	for len(p.waiting) > 0 {
		w := p.waiting
		p.waiting = nil
		for _, fn := range w {
			if i := p.activation(p.values[fn]); !p.insts[i].called {
				found = true
				p.callUnknown(i)
			}
		}
		p.settle()
	}
	return found
}

// record lists the calls of what has been called.
func (p *program) record() {
	p.recording = true
	for i := 1; i < len(p.insts); i++ {
		if p.insts[i].called {
			p.evaluate(int32(i))
		}
	}
	p.recording = false
	p.cur = 0
}

// recordDead lists the calls that only functions nothing refers to make. It looks
// at them as if something called them, and keeps nothing else of what it sees. t
// is the trace of the others, if there was one.
func (p *program) recordDead(t *tracer) {
	if p.result.Incomplete || !p.deadMayCall() {
		return
	}
	kept := *p.result
	p.result.Calls, p.origins = nil, nil
	p.dead = true
	if p.callWaiting() {
		p.record()
	}
	if ok := true; p.computes || p.ambiguous() {
		if t == nil {
			t, ok = p.trace(p.entries)
		}
		if ok && t.dead() {
			p.adopt(t)
		}
	}
	kept.Uninvoked = p.result.Calls
	*p.result = kept
}

// deadMayCall reports whether a function that nothing calls stands where
// interfaces are named, or loads a file where they are.
func (p *program) deadMayCall() bool {
	for _, s := range p.files {
		if s.may && !s.started {
			return len(p.waiting) > 0
		}
	}
	for _, id := range p.waiting {
		if v := p.values[id]; p.files[v.file].may && !p.insts[p.activation(v)].called {
			return true
		}
	}
	return false
}
