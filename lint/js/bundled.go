package js

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
)

// unit is a module that a bundler wrapped in a function: what the module is when
// nothing asks for it can be left out.
type unit struct {
	start, end int32
	node       int32 // what is left out
	name       int32 // symbol+1 that it goes by, 0 in a map of modules
	require    int32 // symbol+1 of the parameter that loads others from the map
	key        string
	all        bool // it loads what it computes
	live       bool
	leads      []int32
}

// shaker leaves out the modules of a bundle that only wx-server-sdk asked for,
// which stood in it until it was cut. Whatever else can ask for a module keeps it.
type shaker struct {
	*source
	units []unit
	named map[int32]int32  // unit by symbol+1
	keyed map[string]int32 // unit by key
	work  []int32
}

// shake leaves out what only the SDK needed.
func (s *source) shake() {
	k := shaker{source: s, named: map[int32]int32{}, keyed: map[string]int32{}}
	callee, modules := k.wrapper()
	k.list(callee, modules)
	for i := range k.units {
		if u := &k.units[i]; u.name != 0 {
			k.named[u.name] = int32(i)
		} else {
			k.keyed[u.key] = int32(i)
		}
	}
	k.references()
	for len(k.work) > 0 {
		i := k.work[len(k.work)-1]
		k.work = k.work[:len(k.work)-1]
		for _, to := range k.units[i].leads {
			k.keep(to)
		}
	}
	for i := range k.units {
		if u := &k.units[i]; !u.live {
			n := &k.parser.nodes[u.node]
			if n.kind == nFunction && n.flags&flagDeclaration != 0 {
				n.kind = nEmpty
			} else {
				n.kind, n.op = nLiteral, uint8(tNull)
			}
		}
	}
	s.requests = slices.DeleteFunc(s.requests, func(r int32) bool {
		i := k.owner(s.parser.nodes[r].start)
		return i >= 0 && !k.units[i].live
	})
}

// wrapper tells how the bundler wraps the modules, by what stands around the SDK:
// a call of a function, of which it returns symbol+1, or a map of modules.
func (k *shaker) wrapper() (callee, modules int32) {
	at := int32(-1)
	for i := range k.parser.nodes {
		if n := &k.parser.nodes[i]; n.kind == nSDK {
			at = n.start
		}
	}
	size := int32(k.size + 1)
	for i := range k.parser.nodes {
		n := &k.parser.nodes[i]
		if n.start > at || n.end <= at {
			continue
		}
		switch n.kind {
		case nCall:
			if c := &k.parser.nodes[n.a]; c.kind == nIdent && c.b != 0 && k.wraps(n.b) {
				callee = c.b
			}
		case nObject, nArray: // the innermost one
			if n.end-n.start < size && k.mapsModules(n.a) {
				modules, size = int32(i), n.end-n.start
			}
		}
	}
	return callee, modules
}

// wraps reports whether an argument is a module as esbuild wraps them: a function,
// or an object of one function.
func (k *shaker) wraps(arg int32) bool {
	n := &k.parser.nodes[arg]
	return n.kind == nFunction || n.kind == nObject && n.a != 0 && k.parser.nodes[n.a].next == 0 && k.moduleOf(n.a) != 0
}

// moduleOf is the function in a member or element.
func (k *shaker) moduleOf(element int32) int32 {
	n := &k.parser.nodes[element]
	if n.kind == nProperty {
		element = n.b
	}
	if k.parser.nodes[element].kind == nFunction {
		return element
	}
	return 0
}

// mapsModules reports whether elements or members are modules, of which the first
// ones may be missing.
func (k *shaker) mapsModules(element int32) bool {
	for element != 0 && k.parser.nodes[element].kind == nHole {
		element = k.parser.nodes[element].next
	}
	return element != 0 && k.parser.nodes[element].next != 0 && k.moduleOf(element) != 0
}

// list notes the modules.
func (k *shaker) list(callee, modules int32) {
	if modules != 0 {
		at := 0
		for c := k.parser.nodes[modules].a; c != 0; c = k.parser.nodes[c].next {
			if f := k.moduleOf(c); f != 0 {
				k.addMapped(c, f, at)
			}
			at++
		}
	}
	for i := range k.parser.nodes {
		n := &k.parser.nodes[i]
		switch n.kind {
		case nDeclarator:
			call, name := &k.parser.nodes[n.b], &k.parser.nodes[n.a]
			if callee == 0 || call.kind != nCall || name.kind != nIdent || name.b == 0 {
				continue
			}
			if c := &k.parser.nodes[call.a]; c.kind == nIdent && c.b == callee && k.wraps(call.b) {
				k.units = append(k.units, unit{start: call.start, end: call.end, node: n.b, name: name.b})
			}
		case nFunction:
			name := &k.parser.nodes[n.a]
			if n.flags&flagDeclaration != 0 && n.a != 0 && name.b != 0 && k.parser.nodes[n.b].a == 0 && !bytes.Contains(k.src[n.start:n.end], []byte("openapi")) {
				k.units = append(k.units, unit{start: n.start, end: n.end, node: int32(i), name: name.b})
			}
		}
	}
	slices.SortFunc(k.units, func(a, b unit) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end)) })
	end := int32(-1)
	k.units = slices.DeleteFunc(k.units, func(u unit) bool {
		inside := u.start < end
		end = max(end, u.end)
		return inside
	})
}

// addMapped notes a module of a map.
func (k *shaker) addMapped(element, f int32, at int) {
	key := itoa(at)
	if p := &k.parser.nodes[element]; p.kind == nProperty {
		key = k.keyText(p.a)
	}
	n := &k.parser.nodes[f]
	u := unit{start: n.start, end: n.end, node: f, key: key}
	third := k.parser.nodes[n.b].a
	for range 2 {
		third = k.parser.nodes[third].next
	}
	if third != 0 {
		u.require = k.parser.nodes[third].b
	}
	k.units = append(k.units, u)
}

// keyText is the key that a name, string or number stands for, "" if it is none.
func (k *shaker) keyText(i int32) string {
	switch n := &k.parser.nodes[i]; n.kind {
	case nIdent:
		return k.atoms.text(n.a)
	case nString:
		return k.stringValue(i)
	case nLiteral:
		if token(n.op) == tNumber {
			return numberKey(k.text(n.start, n.end))
		}
	}
	return ""
}

// owner is the module that a place stands in, -1 outside of all.
func (k *shaker) owner(at int32) int32 {
	i := sort.Search(len(k.units), func(i int) bool { return k.units[i].start > at }) - 1
	if i >= 0 && at < k.units[i].end {
		return int32(i)
	}
	return -1
}

func (k *shaker) keep(i int32) {
	if !k.units[i].live {
		k.units[i].live = true
		k.work = append(k.work, i)
	}
}

// lead notes that what stands at a place asks for a module.
func (k *shaker) lead(at, to int32) {
	if from := k.owner(at); from >= 0 {
		k.units[from].leads = append(k.units[from].leads, to)
	} else {
		k.keep(to)
	}
}

// references notes who asks for which module: by its name, or by its key.
func (k *shaker) references() {
	declared := map[int32]bool{}
	for i := range k.parser.nodes {
		if n := &k.parser.nodes[i]; n.kind == nDeclarator || n.kind == nFunction && n.flags&flagDeclaration != 0 {
			declared[n.a] = true
		}
	}
	for i := range k.parser.nodes {
		n := &k.parser.nodes[i]
		switch n.kind {
		case nIdent:
			if to, ok := k.named[n.b]; ok && n.b != 0 && !declared[int32(i)] {
				k.lead(n.start, to)
			}
		case nCall:
			k.loads(n)
		case nAssign:
			if k.owner(n.start) < 0 {
				k.leadKey(n.start, n.b)
			}
		}
	}
	for i := range k.parser.nodes { // of those who compute what they load
		if n := &k.parser.nodes[i]; len(k.keyed) > 0 && (n.kind == nString || n.kind == nLiteral) {
			if o := k.owner(n.start); o >= 0 && k.units[o].all {
				k.leadKey(n.start, int32(i))
			}
		}
	}
}

// loads notes what a call may load from the map.
func (k *shaker) loads(n *Node) {
	if len(k.keyed) == 0 {
		return
	}
	o := k.owner(n.start)
	if o >= 0 {
		c := &k.parser.nodes[n.a]
		if c.kind == nDot {
			c = &k.parser.nodes[c.a]
		}
		if c.kind == nIdent && c.b == k.units[o].require && c.b != 0 {
			first := k.parser.nodes[n.b].kind
			k.units[o].all = k.units[o].all || first == nIdent || first == nIndex || first == nDot || first == nCall
		} else {
			return
		}
	}
	for arg := n.b; arg != 0; arg = k.parser.nodes[arg].next {
		k.leadKey(n.start, arg)
	}
}

func (k *shaker) leadKey(at, literal int32) {
	if k.parser.nodes[literal].kind == nIdent {
		return
	}
	if to, ok := k.keyed[k.keyText(literal)]; ok {
		k.lead(at, to)
	}
}
