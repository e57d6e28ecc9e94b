package js

// Handler is the function a file exports as main, as far as its text shows: what
// a program has to know that puts code into it.
type Handler struct {
	// Module is true where only the code itself can be added to: main is a binding
	// of an ES module. Otherwise main is a property of module.exports.
	Module bool
	// TypeScript is true where added code is type-checked.
	TypeScript bool
	// Body is the place behind the brace that opens the body and behind its
	// directives, for a Module.
	Body int
	// Event is the name of the first parameter, for a Module.
	Event string
}

// NoHandler is why FindHandler finds none that code can be added to.
type NoHandler string

// The reasons.
const (
	HandlerFound      NoHandler = ""
	HandlerUnreadable NoHandler = "syntax"       // the file has syntax errors
	HandlerAbsent     NoHandler = "absent"       // nothing called main is exported in sight
	HandlerElsewhere  NoHandler = "elsewhere"    // main is exported, and its function stands elsewhere or is computed
	HandlerNotAsync   NoHandler = "not-async"    // an ES module's main that is no async function
	HandlerNoEvent    NoHandler = "no-event"     // its first parameter is none, or taken apart
	HandlerExpression NoHandler = "expression"   // an arrow function without a body in braces
	HandlerMixed      NoHandler = "mixed"        // an ES module that assigns exports.main
	HandlerReturn     NoHandler = "early-return" // the file may return before its end
)

// FindHandler finds how the file exports main. The extension of name says what
// the file may hold.
func FindHandler(name string, src []byte) (Handler, NoHandler) {
	var t Tree
	if !t.Read(name, src) {
		return Handler{}, HandlerUnreadable
	}
	f := finder{&t.source}
	assigned := f.assigned(f.parser.nodes[f.root].a)
	h := Handler{TypeScript: t.dialect.typescript, Body: -1}
	if t.Module() && !assigned {
		return f.binding(h)
	}
	switch {
	case !assigned:
		return h, HandlerAbsent
	case t.Module() && !h.TypeScript:
		return h, HandlerMixed
	case t.topReturn >= 0:
		return h, HandlerReturn
	default:
		return h, HandlerFound
	}
}

// finder looks for main in one file.
type finder struct{ *source }

// assigned reports whether code outside of functions sets module.exports.main.
func (f finder) assigned(i int32) bool {
	for ; i != 0; i = f.parser.nodes[i].next {
		n := f.parser.nodes[i]
		switch n.kind {
		case nFunction, nClass:
			continue
		case nAssign:
			if n.op == assignPlain && f.setsMain(n) {
				return true
			}
		}
		a, b, c := n.children()
		if f.assigned(a) || f.assigned(b) || f.assigned(c) {
			return true
		}
	}
	return false
}

// setsMain recognises exports.main = …, module.exports.main = … and
// module.exports = { main … }.
func (f finder) setsMain(n Node) bool {
	target := f.parser.nodes[n.a]
	switch {
	case target.kind != nDot:
		return false
	case f.member(n.a) == "main":
		object := f.parser.nodes[target.a]
		return f.free(target.a, "exports") || object.kind == nDot && f.member(target.a) == "exports" && f.free(object.a, "module")
	case f.member(n.a) == "exports" && f.free(target.a, "module") && f.parser.nodes[n.b].kind == nObject:
		for p := f.parser.nodes[n.b].a; p != 0; p = f.parser.nodes[p].next {
			property := f.parser.nodes[p]
			if property.kind == nProperty && property.op != propGet && property.op != propSet && f.keyIs(property.a, "main") {
				return true
			}
		}
	}
	return false
}

func (f finder) member(i int32) string {
	n := f.parser.nodes[i]
	if n.kind != nDot || n.c != 0 {
		return ""
	}
	return f.atoms.text(n.b)
}

// free reports whether node i is a name the file itself does not declare.
func (f finder) free(i int32, name string) bool {
	n := f.parser.nodes[i]
	return n.kind == nIdent && n.b == 0 && f.atoms.text(n.a) == name
}

func (f finder) keyIs(i int32, name string) bool {
	n := f.parser.nodes[i]
	return n.kind == nIdent && f.atoms.text(n.a) == name
}

// binding finds main among the exports of an ES module.
func (f finder) binding(h Handler) (Handler, NoHandler) {
	local := ""
	for i := f.parser.nodes[f.root].a; i != 0; i = f.parser.nodes[i].next {
		n := f.parser.nodes[i]
		switch n.kind {
		case nExport:
			if fn, ok := f.declares(n.a, "main"); ok {
				return f.inside(h, fn)
			}
		case nExportList:
			for s := n.a; s != 0; s = f.parser.nodes[s].next {
				spec := f.parser.nodes[s]
				exported := spec.b
				if exported == 0 {
					exported = spec.a
				}
				if f.keyIs(exported, "main") {
					if n.b != 0 || f.parser.nodes[spec.a].kind != nIdent {
						return h, HandlerElsewhere
					}
					local = f.atoms.text(f.parser.nodes[spec.a].a)
				}
			}
		case nExportAssign:
			return h, HandlerElsewhere
		}
	}
	if local == "" {
		return h, HandlerAbsent
	}
	for i := f.parser.nodes[f.root].a; i != 0; i = f.parser.nodes[i].next {
		if fn, ok := f.declares(i, local); ok {
			return f.inside(h, fn)
		}
	}
	return h, HandlerElsewhere
}

// declares reports whether a statement declares the name, and with which value.
func (f finder) declares(i int32, name string) (value int32, ok bool) {
	n := f.parser.nodes[i]
	switch n.kind {
	case nExport:
		return f.declares(n.a, name)
	case nFunction:
		return i, f.keyIs(n.a, name)
	case nVar:
		for d := n.a; d != 0; d = f.parser.nodes[d].next {
			if f.keyIs(f.parser.nodes[d].a, name) {
				return f.parser.nodes[d].b, true
			}
		}
	}
	return 0, false
}

// inside finds the place in the body of a function.
func (f finder) inside(h Handler, i int32) (Handler, NoHandler) {
	h.Module = true
	n := f.parser.nodes[i]
	switch {
	case n.kind != nFunction:
		return h, HandlerElsewhere
	case n.flags&flagAsync == 0 || n.flags&flagGenerator != 0:
		return h, HandlerNotAsync
	case n.c == 0 || f.parser.nodes[n.c].kind != nBlock:
		return h, HandlerExpression
	}
	event := f.parser.nodes[n.b].a
	if event != 0 && f.parser.nodes[event].kind == nDefault {
		event = f.parser.nodes[event].a
	}
	if event == 0 || f.parser.nodes[event].kind != nIdent || f.parser.nodes[event].flags&flagEscaped != 0 {
		return h, HandlerNoEvent
	}
	h.Event = f.atoms.text(f.parser.nodes[event].a)
	h.Body = int(f.parser.nodes[n.c].start) + 1
	for s := f.parser.nodes[n.c].a; s != 0; s = f.parser.nodes[s].next {
		statement := f.parser.nodes[s]
		if statement.kind != nExpr || f.parser.nodes[statement.a].kind != nString || f.parser.nodes[statement.a].flags&flagParen != 0 {
			break
		}
		h.Body = int(statement.end)
	}
	return h, HandlerFound
}
