package functiontree

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// author writes one source file in one person's style.
type author struct {
	*rand.Rand
	b       strings.Builder
	used    map[string]bool // names of this file
	visible []string
	es5     bool
	loose   bool // no semicolons
	double  bool // double quotes
	indent  string
}

func newAuthor(r *rand.Rand) *author {
	a := &author{Rand: r, used: map[string]bool{}, indent: "  "}
	a.loose, a.double, a.es5 = r.IntN(10) < 4, r.IntN(10) < 2, r.IntN(12) == 0
	switch r.IntN(20) {
	case 0:
		a.indent = "\t"
	case 1, 2:
		a.indent = "    "
	}
	return a
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// declare makes a name nobody in this file has.
func (a *author) declare() string {
	name := pick(a.Rand, nouns[:]) + pick(a.Rand, suffixes[:])
	if a.IntN(4) == 0 {
		name = pick(a.Rand, verbs[:]) + strings.ToUpper(name[:1]) + name[1:]
	}
	for base, n := name, 2; a.used[name]; n++ {
		name = base + strconv.Itoa(n)
	}
	a.used[name] = true
	return name
}

// expand writes a template at a level of nesting. depth bounds further nesting.
func (a *author) expand(template string, level, depth int) {
	var made []string
	start := true
	for i := 0; i < len(template); i++ {
		c := template[i]
		if c == '{' && i+2 < len(template) && template[i+2] == '}' && strings.IndexByte("vrfcsnmB", template[i+1]) >= 0 {
			if template[i+1] == 'B' {
				seen := len(a.visible)
				a.visible = append(a.visible, made...)
				for range 1 + a.IntN(3) {
					a.statement(level+1, depth-1)
				}
				a.visible = a.visible[:seen]
				if i+3 < len(template) && template[i+3] == '\n' {
					i++
				}
			} else {
				if start {
					a.b.WriteString(strings.Repeat(a.indent, level))
					start = false
				}
				a.word(template[i+1], &made)
			}
			i += 2
			continue
		}
		if start && c == ' ' && i+1 < len(template) && template[i+1] == ' ' { // a level of the template's own
			a.b.WriteString(a.indent)
			i++
			continue
		}
		if start {
			a.b.WriteString(strings.Repeat(a.indent, level))
			start = false
		}
		switch {
		case c == '\'' && a.double:
			c = '"'
		case c == ';' && a.loose && i+1 < len(template) && template[i+1] == '\n':
			continue
		case c == '\n':
			start = true
		}
		a.b.WriteByte(c)
	}
	a.visible = append(a.visible, made...)
}

func (a *author) word(kind byte, made *[]string) {
	switch kind {
	case 'v':
		name := a.declare()
		*made = append(*made, name)
		a.b.WriteString(name)
	case 'r':
		if n := len(a.visible); n > 0 && a.IntN(4) > 0 {
			a.b.WriteString(a.visible[n-1-a.IntN(min(n, 6))])
		} else {
			a.b.WriteString(pick(a.Rand, []string{"event", "context", "OPENID", "config"}))
		}
	case 'f':
		a.b.WriteString(pick(a.Rand, fields[:]))
	case 'c':
		a.b.WriteString(pick(a.Rand, nouns[:]))
	case 's':
		a.b.WriteString(pick(a.Rand, chinese[:]))
	case 'n':
		a.b.WriteString(strconv.Itoa(1 + a.IntN(100)))
	case 'm':
		a.b.WriteString(pick(a.Rand, remarks[:]))
	}
}

func (a *author) statement(level, depth int) {
	for {
		t := pick(a.Rand, statements[:])
		if a.es5 && a.IntN(3) == 0 {
			t = pick(a.Rand, es5Statements[:])
		}
		if depth > 0 || !strings.Contains(t, "{B}") {
			a.expand(t, level, depth)
			return
		}
	}
}

// call is one call of an interface as a file spells it.
type call struct {
	api  string
	body string
}

// handler writes an async function of about size bytes with the calls in it.
// routes are what it hands the event on to.
func (a *author) handler(head string, size int, routes []string, calls []call, callee string) {
	a.expand("// {m}\n", 0, 0)
	a.line(head)
	seen := len(a.visible)
	a.expand("const { OPENID } = cloud.getWXContext();\n", 1, 0)
	end := a.b.Len() + size
	if len(routes) > 0 {
		a.expand("switch (event.action) {\n", 1, 0)
		for i, route := range routes {
			a.expand(fmt.Sprintf("  case 'action%d':\n    return await %s;\n", i, route), 1, 0)
		}
		a.expand("}\n", 1, 0)
	}
	for a.b.Len() < end {
		a.statement(1, 3)
	}
	for i, c := range calls {
		style := a.IntN(5)
		if style == 0 && i < len(calls)-1 {
			style = 3 // what stands behind a return never runs
		}
		switch style {
		case 0:
			a.expand("return await "+callee+c.api+"({\n    "+c.body+"\n  });\n", 1, 0)
		case 1:
			a.expand("await "+callee+c.api+"({\n    "+c.body+"\n  }).catch(err => console.error(err));\n", 1, 0)
		case 2:
			a.expand("try {\n    const {v} = await "+callee+c.api+"({\n    "+c.body+"\n  });\n  console.log('{s}');\n} catch (err) {\n  return err;\n}\n", 1, 0)
		default:
			a.expand("const {v} = await "+callee+c.api+"({\n    "+c.body+"\n  });\n", 1, 0)
		}
	}
	a.expand("return { code: {n}, data: {r} };\n", 1, 0)
	a.visible = a.visible[:seen]
	a.line("}")
	a.line("")
}

func (a *author) line(text string) {
	if a.double {
		text = strings.ReplaceAll(text, "'", `"`)
	}
	if a.loose {
		text = strings.TrimSuffix(text, ";")
	}
	a.b.WriteString(text + "\n")
}

// module is a file that an entry loads, and the handlers it exports.
type module struct {
	path  string
	names []string
}

// entry writes an entry file of about size bytes.
func (a *author) entry(size int, modules []module, calls []call) string {
	a.expand("// {m}\n", 0, 0)
	a.line("const cloud = require('wx-server-sdk');")
	if a.IntN(3) == 0 {
		a.line("const crypto = require('crypto');")
	}
	for i, m := range modules {
		a.line(fmt.Sprintf("const module%d = require('./%s');", i, m.path))
	}
	a.line("")
	if a.IntN(4) == 0 {
		a.line("cloud.init();")
	} else {
		a.line("cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });")
	}
	a.line("const db = cloud.database();")
	if a.IntN(2) == 0 {
		a.line("const _ = db.command;")
	}
	a.line("")
	var routes []string
	for i, m := range modules {
		for _, name := range m.names {
			routes = append(routes, fmt.Sprintf("module%d.%s(cloud, db, event)", i, name))
		}
	}
	for a.b.Len() < size-2500 {
		name := a.declare()
		routes = append(routes, name+"(event, context)")
		a.handler("async function "+name+"(event, context) {", 600+a.IntN(1500), nil, nil, "")
	}
	head := "exports.main = async (event, context) => {"
	if a.es5 {
		head = "exports.main = async function (event, context) {"
	}
	callee := "cloud.openapi."
	if len(calls) > 0 {
		switch a.IntN(40) {
		case 0:
			a.line("const openapi = cloud.openapi;")
			callee = "openapi."
		case 1:
			callee = "cloud.openapi({ appid: event.appid })."
		}
	}
	a.handler(head, max(0, size-a.b.Len()-400), routes, calls, callee)
	return a.b.String()
}

// library writes a file that the entry loads, and returns what it exports. The
// SDK is given to it.
func (a *author) library(size int, calls []call) (text string, names []string) {
	a.line("'use strict';")
	a.line("const crypto = require('crypto');")
	a.line("")
	for a.b.Len() < size-900 {
		name := a.declare()
		names = append(names, name)
		a.handler("const "+name+" = async (cloud, db, event) => {", 500+a.IntN(900), nil, nil, "")
	}
	name := a.declare()
	names = append(names, name)
	a.handler("async function "+name+"(cloud, db, event) {", max(0, size-a.b.Len()-400), nil, calls, "cloud.openapi.")
	a.line("module.exports = { " + strings.Join(names, ", ") + " };")
	return a.b.String(), names
}
