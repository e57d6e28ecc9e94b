package probe

import "strings"

// lines are the lines of the block. Tabs at their start are steps of indentation.
func (s Site) lines(calls []Call) []string {
	note := []string{
		begin + " (take it out: wxcloud perm probe rm " + s.Function + ")",
		"   Lets `wxcloud perm wait` ask whether the cloud grants these interfaces yet. It answers only",
		"   to the nonce in the function's variable " + Variable + ", and never where there is a user; any",
		"   other event goes on as before. The calls are refused for their arguments, which happens",
		"   after the permission check: nothing is sent, charged or used up. */",
	}
	body := s.property(calls)
	if s.Module {
		body = s.inside(calls)
	}
	return append(append(note, body...), end)
}

// property is the block that wraps module.exports.main. A Proxy hands everything
// else on as it came: this, all arguments, and what the function returns or throws.
func (s Site) property(calls []Call) []string {
	there := "if (typeof module.exports.main === 'function') {"
	if s.TypeScript { // compiled to an ES module there would be none
		there = "if (typeof module === 'object' && typeof module.exports.main === 'function') {"
	}
	lines := []string{
		there,
		"	const asked = (event%any) => {",
		"		const nonce = process.env." + Variable + " || ''",
		"		if (!event || typeof event." + Key + " !== 'string' || nonce.length < 32) return false",
		"		const { createHash, timingSafeEqual } = require('crypto')",
		"		const digest = (text%string) => createHash('sha256').update(text).digest()",
		"		return timingSafeEqual(digest(event." + Key + "), digest(nonce)) && !require('wx-server-sdk').getWXContext().OPENID",
		"	}",
		"	const answer = async (names%any) => {",
		"		const cloud = require('wx-server-sdk')",
	}
	lines = append(lines, ask("\t\t", calls)...)
	lines = append(lines,
		"		return { "+Key+": answers }",
		"	}",
		"	Reflect.set(module.exports, 'main', new Proxy(module.exports.main, {",
		"		apply: (main%any, self%any, args%any[]) => asked(args[0]) ? answer(args[0].apis) : Reflect.apply(main, self, args)",
		"	}))",
		"}",
	)
	return s.typed(lines)
}

// inside is the block within the body of an async function.
func (s Site) inside(calls []Call) []string {
	lines := []string{
		"const wxcloudAsked%any = %event", // whatever its name: those below cannot hide it
		"if (wxcloudAsked && typeof wxcloudAsked." + Key + " === 'string' && (process.env." + Variable + " || '').length >= 32) {",
		"	const { createHash, timingSafeEqual } = await import('crypto')",
		"	const digest = (text%string) => createHash('sha256').update(text).digest()",
		"	const sdk%any = await import('wx-server-sdk')",
		"	const cloud = sdk.default || sdk",
		"	if (timingSafeEqual(digest(wxcloudAsked." + Key + "), digest(process.env." + Variable + " || '')) && !cloud.getWXContext().OPENID) {",
		"		const names = wxcloudAsked.apis",
	}
	lines = append(lines, ask("\t\t", calls)...)
	back := "		return { " + Key + ": answers }"
	if s.TypeScript {
		back += " as any"
	}
	return s.typed(append(lines, back, "	}", "}"))
}

// ask are the lines that make the calls and collect what was answered, without
// what an interface would give.
func ask(indent string, calls []Call) []string {
	lines := []string{"const calls%any = {"}
	for _, c := range calls {
		lines = append(lines, "	'"+c.API+"': () => cloud.openapi."+c.API+"("+c.Args+"),")
	}
	lines = append(lines,
		"}",
		"const answers%any[] = []",
		"for (const api of Object.keys(calls)) {",
		"	if (Array.isArray(names) && !names.includes(api)) continue",
		"	const call = () => Promise.resolve().then(calls[api]).catch((err%any) => err)",
		"	let r = await call()",
		"	if (/call init first/.test(r.errMsg)) { // the function does so later, in its handler",
		"		cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })",
		"		r = await call()",
		"	}",
		"	answers.push({ api, errCode: r.errCode, errMsg: r.errMsg || String(r) })",
		"}",
	)
	for i, line := range lines {
		lines[i] = indent + line
	}
	return lines
}

// typed writes the types where they are wanted, and the event's name.
func (s Site) typed(lines []string) []string {
	colon := ""
	if s.TypeScript {
		colon = ": "
	}
	// The name goes in last: it may hold anything.
	for i, line := range lines {
		for _, kind := range []string{"any", "string"} {
			annotation := ""
			if colon != "" {
				annotation = colon + kind
			}
			if colon == "" {
				line = strings.ReplaceAll(line, "%"+kind+"[]", "")
			}
			line = strings.ReplaceAll(line, "%"+kind, annotation)
		}
		lines[i] = strings.ReplaceAll(line, "%event", s.Event)
	}
	return lines
}
