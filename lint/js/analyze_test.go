package js

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// unpack reads files in the form "-- name --\ntext". Text before the first name
// is index.js. Names are relative to the function in /p/fn.
func unpack(text string) fstest.MapFS {
	files := fstest.MapFS{}
	name := "p/fn/index.js"
	var body []string
	flush := func() {
		if t := strings.Join(body, "\n"); strings.TrimSpace(t) != "" {
			files[name] = &fstest.MapFile{Data: []byte(t)}
		}
		body = nil
	}
	for _, line := range strings.Split(text, "\n") {
		if len(line) > 6 && strings.HasPrefix(line, "-- ") && strings.HasSuffix(line, " --") {
			flush()
			name = strings.TrimPrefix(filepath.ToSlash(filepath.Join("/p/fn", line[3:len(line)-3])), "/")
			continue
		}
		body = append(body, line)
	}
	flush()
	return files
}

func analyzeText(a *Analyzer, text, entry string) Result {
	files := unpack(text)
	return a.Analyze(Input{
		Dir: filepath.FromSlash("/p/fn"), Entry: entry,
		ReadFile: func(name string) ([]byte, error) { return files.ReadFile(mapName(name)) },
		ReadDir: func(name string) ([]fs.DirEntry, error) {
			if strings.Contains(name, "..") {
				return nil, errors.New("not clean")
			}
			return files.ReadDir(mapName(name))
		},
	})
}

func mapName(name string) string {
	n := strings.TrimPrefix(filepath.ToSlash(name), "/")
	if n == "" {
		return "."
	}
	return n
}

// show is "api via" per call, "?expression" per unknown one.
func show(r Result) []string {
	out := []string{}
	for _, c := range r.Calls {
		out = append(out, c.API+" "+string(c.Via))
	}
	for _, d := range r.Dynamic {
		out = append(out, "?"+d.Expression)
	}
	for _, f := range r.Files {
		for _, e := range f.Errors {
			out = append(out, "error "+string(e.ID))
		}
	}
	slices.Sort(out)
	return out
}

const sdk = "const cloud = require('wx-server-sdk');\n"

// callCases has one case per way to write a call; want is api and via, "?" an
// expression nobody can know, "error" a syntax error.
var callCases = []struct{ name, src, want string }{
	// Plain calls.
	{"direct", sdk + "exports.main = async () => { await cloud.openapi.security.msgSecCheck({}) }", "security.msgSecCheck direct"},
	{"three segments", sdk + "cloud.openapi.officialAccount.qrcode.create({})", "officialAccount.qrcode.create direct"},
	{"four segments", sdk + "cloud.openapi.wxa.game.contentSpam.msgSecCheck({})", "wxa.game.contentSpam.msgSecCheck direct"},
	{"options", sdk + "cloud.openapi({ appid })\n.security\n.msgSecCheck({})", "security.msgSecCheck direct"},
	{"brackets", sdk + "cloud.openapi['security'].msgSecCheck(); cloud['openapi'].wxacode['get']()", "security.msgSecCheck direct|wxacode.get direct"},
	{"escapes", sdk + "cloud.\\u006fpenapi.a['\\x62']()", "a.b direct"},
	{"optional", sdk + "cloud?.openapi?.a?.b?.()", "a.b direct"},
	{"in a template", sdk + "`${cloud.openapi.a.b()}`", "a.b direct"},
	{"new line chains", sdk + "cloud\n.openapi\n.a\n.b()\n.then(x => x)\n.catch(e => {})", "a.b direct"},
	{"in place", "require('wx-server-sdk').openapi.a.b()", "a.b direct"},
	{"a call named apply", sdk + "cloud.openapi.officialAccount.mpStore.apply({})", "officialAccount.mpStore.apply direct"},
	{"not a call", sdk + "// cloud.openapi.a.b()\n/* cloud.openapi.a.c() */ const s = 'cloud.openapi.a.d()'; `cloud.openapi.a.e()`", ""},

	// Other names.
	{"alias", sdk + "const o = cloud.openapi; o.a.b(); const c = o.c; c.d()", "a.b alias|c.d alias"},
	{"destructured", sdk + "const { subscribeMessage, security: { msgSecCheck: check }, wxacode: w = {} } = cloud.openapi; subscribeMessage.send(); check(); w.get()", "security.msgSecCheck alias|subscribeMessage.send alias|wxacode.get alias"},
	{"destructured twice", sdk + "const { openapi: { a: { b } } } = cloud; b(); const { openapi } = cloud; openapi.c.d()", "a.b alias|c.d alias"},
	{"destructured load", "const { openapi } = require('wx-server-sdk'); openapi.a.b()", "a.b alias"},
	{"method taken out", sdk + "const f = cloud.openapi?.a?.b; f(1); f.call(null, 1)", "a.b alias|a.b alias"},
	{"call apply bind", sdk + "cloud.openapi.a.b.call(x, 1); cloud.openapi.a.c.apply(x, [1]); const d = cloud.openapi.a.d.bind(x); d()", "a.b direct|a.c direct|a.d alias"},
	{"assigned later", "let c; function init() { c = require('wx-server-sdk') } init(); c.openapi.a.b()", "a.b alias"},
	{"conditional", sdk + "const api = cloud.openapi ? cloud.openapi({ env }) : null; api.a.b(); (x || cloud).openapi.c.d(); (x ?? cloud.openapi).e.f()", "a.b alias|c.d alias|e.f alias"},
	{"parameter", sdk + "function f(sdk) { return sdk.openapi.a.b() } f(cloud); (o => o.c.d())(cloud.openapi)", "a.b alias|c.d alias"},
	{"default parameter", sdk + "function f(sdk = cloud) { sdk.openapi.a.b() } f()", "a.b alias"},
	{"parameter object", sdk + "function f({ sdk, api }) { sdk.openapi.a.b(); api() } f({ sdk: cloud, api: cloud.openapi.c.d })", "a.b alias|c.d alias"},
	{"rest and spread", sdk + "function f(...all) { all[0].openapi.a.b(); g(...all) } function g(x, y) { x.openapi.c.d() } f(cloud, 1)", "a.b alias|c.d alias"},
	{"getter function", "const getCloud = () => require('wx-server-sdk'); getCloud().openapi.a.b()", "a.b alias"},
	{"async getter", "async function load() { return (await import('wx-server-sdk')).default } exports.main = async () => { (await load()).openapi.a.b() }", "a.b alias"},
	{"accessor", "const base = { get cloud() { return require('wx-server-sdk') } }; base.cloud.openapi.a.b()", "a.b alias"},
	{"member", sdk + "class A { constructor(c) { this.cloud = c; this.api = c.openapi } run() { this.cloud.openapi.a.b(); this.api.c.d() } } new A(cloud).run()", "a.b alias|c.d alias"},
	{"inherited member", sdk + "class Base { constructor() { this.sdk = cloud } } class A extends Base { run() { this.sdk.openapi.a.b() } } module.exports = A", "a.b alias"},
	{"super call", sdk + "class Base { constructor(s) { this.sdk = s } } class A extends Base { constructor() { super(cloud) } run() { return this.sdk.openapi.a.b() } } new A().run()", "a.b alias"},
	{"class field", sdk + "class A { #s = cloud; static api = cloud.openapi; run = () => this.#s.openapi.a.b() } A.api.c.d()", "a.b alias|c.d alias"},
	{"prototype", sdk + "function A() { this.s = cloud } A.prototype.run = function () { this.s.openapi.a.b() }; new A().run()", "a.b alias"},
	{"object methods", sdk + "const o = { sdk: cloud, run() { return this.sdk.openapi.a.b() }, go: () => o.sdk.openapi.c.d() }; o.run()", "a.b alias|c.d alias"},
	{"lookup table of methods", sdk + "const t = { x: cloud.openapi.a.b, y: d => cloud.openapi.c.d(d) }; exports.main = e => t[e.type](e)", "a.b alias|c.d direct"},
	{"closures", sdk + "const make = o => ({ send: d => o.a.b(d) }); make(cloud.openapi).send({})", "a.b alias"},
	{"spread object", sdk + "const o = { ...cloud.openapi }; o.a.b(); const p = Object.assign({}, { c: cloud }); p.c.openapi.c.d()", "a.b alias|c.d alias"},
	{"array", sdk + "[cloud.openapi.a.b, cloud.openapi.a.c].forEach(f => f()); const [x] = [cloud]; x.openapi.a.d(); Promise.all([1].map(i => cloud.openapi.a.e(i)))", "a.b alias|a.c alias|a.d alias|a.e direct"},
	{"handed over", sdk + "retry(cloud.openapi.a.b, {}); util.promisify(cloud.openapi.a.c)", "a.b alias|a.c alias"},
	{"own retry", sdk + "const retry = (fn, ...a) => fn(...a); retry(cloud.openapi.a.b, {}); retry(() => cloud.openapi.a.c())", "a.b alias|a.c direct"},
	{"promise", sdk + "Promise.resolve(cloud).then(c => c.openapi.a.b()); new Promise((ok, no) => cloud.openapi.a.c().then(ok, no))", "a.b alias|a.c direct"},
	{"new Cloud", sdk + "const c1 = new cloud.Cloud({ identityless: true }); c1.openapi.a.b()", "a.b alias"},
	{"router", sdk + "const R = require('tcb-router'); exports.main = (event, context) => { const app = new R({ event }); app.use(async (ctx, next) => { ctx.sdk = cloud; await next() }); app.router('x', async ctx => { ctx.body = await ctx.sdk.openapi.a.b() }); return app.serve() }", "a.b alias"},
	{"Map", sdk + "const m = new Map([['x', cloud.openapi.a.b]]); m.set('y', cloud.openapi.a.c); exports.main = e => m.get(e.t)()", "a.b alias|a.c alias"},
	{"reassigned", sdk + "let api = cloud.openapi.a.b; if (x) api = cloud.openapi.a.c; api()", "a.b alias|a.c alias"},
	{"switch", sdk + "function pick(t) { switch (t) { case 1: return cloud.openapi.a.b; default: return cloud.openapi.a.c } } pick(1)()", "a.b alias"},
	{"switch on something unknown", sdk + "function pick(t) { switch (t) { case 1: return cloud.openapi.a.b; default: return cloud.openapi.a.c } } exports.main = e => pick(e.t)()", "a.b alias|a.c alias"},

	// Names nobody binds.
	{"free cloud", "cloud.openapi.a.b(); wxCloud.openapi.c.d()", "a.b direct|c.d direct"},
	{"unbound parameter", "exports.check = async (cloud, o) => cloud.openapi.a.b(o)", "a.b alias"},
	{"unknown load", "const cloud = require(x).get(); cloud.openapi.a.b(); const { cloud: _cloud } = y(); _cloud.openapi.c.d()", "a.b alias|c.d alias"},
	{"injected", "let _cloud = null; exports.init = c => { _cloud = c }; exports.go = () => _cloud.openapi.a.b()", "a.b alias"},
	{"unknown base class", "const B = require(x); class A extends B { run() { return this.cloud.openapi.a.b() } } module.exports = A", "a.b alias"},
	{"other openapi", "const OpenApi = require('@alicloud/openapi-client'); const c = new OpenApi.default(); c.openapi.a.b(); printer.openapi.x.y(); wx.cloud.openapi.z.z(); const cloud = { openapi: { a: { b() {} } } }; cloud.openapi.a.b(); wx.cloud.callFunction({ name: 'openapi' })", ""},
	{"shadowed", sdk + "function f() { const cloud = { openapi: { a: { b() {} } } }; cloud.openapi.a.b() } f()", ""},

	// References that are no calls.
	{"guards", sdk + "if (cloud.openapi && cloud.openapi.a && typeof cloud.openapi.a.b === 'function' && !!cloud.openapi.a.b) {} expect(cloud.openapi.a.b).toBeCalled(); cloud.openapi.a.b.mockResolvedValueOnce({}); Boolean(cloud.openapi.a.b); _.isFunction(cloud.openapi.a.b); console.log(cloud.openapi.a.b); cloud.openapi.a.b = jest.fn(); delete cloud.openapi.a.b", ""},
	{"dead branch", sdk + "if (false) cloud.openapi.a.b(); false && cloud.openapi.a.c(); if (!0) x(); else cloud.openapi.a.d(); 1 ? 2 : cloud.openapi.a.e()", ""},

	// Constants.
	{"constant", sdk + "const N = 'msgSecCheck'; cloud.openapi.security[N](); cloud.openapi['sec' + 'urity'].imgSecCheck(); cloud.openapi[`wxa${'code'}`].get(); cloud['open' + 'api'].a.b()", "a.b alias|security.imgSecCheck constant|security.msgSecCheck constant|wxacode.get constant"},
	{"constant table", sdk + "const T = { text: 'msgSecCheck', image: 'imgSecCheck' }; exports.main = e => cloud.openapi.security[T[e.kind]](e)", "security.imgSecCheck constant|security.msgSecCheck constant"},
	{"constant choice", sdk + "const m = a ? 'send' : 'get'; cloud.openapi.x[m]()", "x.get constant|x.send constant"},
	{"entries", sdk + "const T = { a: 'b', c: 'd' }; for (const [k, v] of Object.entries(T)) cloud.openapi.x[v]()", "x.b constant|x.d constant"},
	{"keys", sdk + "['b', 'c'].forEach(n => cloud.openapi.a[n]()); for (const n of ['d']) cloud.openapi.a[n]()", "a.b constant|a.c constant|a.d constant"},

	{"table of pairs", sdk + "[{ c: 'a', m: 'b' }, { c: 'c', m: 'd' }].forEach(x => cloud.openapi[x.c][x.m]()); for (const [c, m] of [['e', 'f'], ['g', 'h']]) cloud.openapi[c][m]()", "a.b constant|c.d constant|e.f constant|g.h constant"},
	{"table of names", sdk + "for (const n of ['a.b', 'c.d']) { const [c, m] = n.split('.'); cloud.openapi[c][m]() } const T = { x: 'e.f', y: 'g.h' }; exports.main = e => { const p = T[e.t].split('.'); return cloud.openapi[p[0]][p[1]]() }", "a.b constant|c.d constant|e.f constant|g.h constant"},
	{"table of settings", sdk + "const C = { c: 'a' }, M = { m: 'b' }; cloud.openapi[C.c][M.m]()", "a.b constant"},

	// Wrappers.
	{"wrapper of one name", sdk + "const call = (name, data) => { const [c, m] = name.split('.'); return cloud.openapi[c][m](data) }; call('security.msgSecCheck', {}); call('wxacode.get')", "security.msgSecCheck wrapper|wxacode.get wrapper"},
	{"wrapper of two names", sdk + "function api(c, m, d) { return cloud.openapi[c][m](d) } api('security', 'msgSecCheck'); api('wxacode', 'get')", "security.msgSecCheck wrapper|wxacode.get wrapper"},
	{"wrapper of an object", sdk + "const api = ({ category, method, data }) => cloud.openapi[category][method](data); api({ category: 'security', method: 'msgSecCheck' }); api({ category: 'wxacode', method: 'get' })", "security.msgSecCheck wrapper|wxacode.get wrapper"},
	{"wrapper in a wrapper", sdk + "function api(c, m, d) { return cloud.openapi[c][m](d) } const check = m => api('security', m); check('msgSecCheck'); check('imgSecCheck'); api('wxacode', 'get')", "security.imgSecCheck wrapper|security.msgSecCheck wrapper|wxacode.get wrapper"},
	{"wrapper with reduce", sdk + "const call = (p, d) => p.split('.').reduce((o, k) => o[k], cloud.openapi)(d); call('a.b'); call('c.d.e')", "a.b wrapper|c.d.e wrapper"},
	{"wrapper with a loop", sdk + "function call(p) { let o = cloud.openapi; for (const k of p.split('.')) o = o[k]; return o() } call('a.b'); call('c.d')", "a.b wrapper|c.d wrapper"},
	{"wrapper with an index loop", sdk + "function call(p) { const s = p.split('.'); let o = cloud.openapi; for (let i = 0; i < s.length; i++) { o = o[s[i]] } return o() } call('a.b')", "a.b wrapper"},
	{"wrapper with get", sdk + "const _ = require('lodash'); const call = p => _.get(cloud.openapi, p)(); call('a.b')", "a.b wrapper"},
	{"wrapper with the whole name", sdk + "const call = p => cloud.openapi[p](); call('a.b')", "a.b wrapper"},
	{"wrapper as a method", sdk + "class W { call(c, m) { return cloud.openapi[c][m]() } } const w = new W(); w.call('a', 'b'); w.call('c', 'd')", "a.b wrapper|c.d wrapper"},

	// Unknown names.
	{"dynamic", sdk + "exports.main = event => cloud.openapi[event.x](event)", "?cloud.openapi[event.x]"},
	{"dynamic method", sdk + "exports.main = event => cloud.openapi({ appid })[event.method](event.param)", "?cloud.openapi({ appid })[event.method]"},
	{"dynamic second", sdk + "exports.main = event => { const c = cloud.openapi[event.c]; return c[event.m]() }", "?cloud.openapi[event.c]"},
	{"dynamic or known", sdk + "exports.main = event => cloud.openapi.a[event.m ?? 'b']()", "?cloud.openapi.a[event.m ?? 'b']|a.b constant"},
	{"wrapper nobody calls", sdk + "exports.call = name => cloud.openapi[name]()", "?cloud.openapi[name]"},
	{"unknown event to a wrapper", sdk + "const call = name => cloud.openapi.a[name](); call('b'); exports.main = e => call(e.n)", "?cloud.openapi.a[name]|a.b wrapper"},

	// Modules.
	{"relative", "require('./a')\n-- a.js --\n" + sdk + "cloud.openapi.a.b()", "a.b direct"},
	{"folder index", "require('./lib')\n-- lib/index.js --\ncloud.openapi.a.b()", "a.b direct"},
	{"folder main", "require('./lib')\n-- lib/package.json --\n{\"main\": \"x.js\"}\n-- lib/x.js --\ncloud.openapi.a.b()", "a.b direct"},
	{"outside", "require('../common/send')()\n-- ../common/send.js --\n" + sdk + "module.exports = () => cloud.openapi.a.b()", "a.b direct"},
	{"bare file", "require('send.js')\n-- send.js --\ncloud.openapi.a.b()", "a.b direct"},
	{"not loaded", sdk + "cloud.openapi.a.b()\n-- other.js --\ncloud.openapi.c.d()", "a.b direct"},
	{"cycle", "require('./a').go()\n-- a.js --\nconst b = require('./b'); exports.sdk = require('wx-server-sdk'); exports.go = () => b.run()\n-- b.js --\nconst a = require('./a'); exports.run = () => a.sdk.openapi.a.b()", "a.b alias"},
	{"re-exported", "const { cloud, ok } = require('../common/index.js'); cloud.openapi.a.b()\n-- ../common/index.js --\nconst cloud = require('wx-server-sdk'); module.exports = { cloud, ok: 1 }", "a.b alias"},
	{"spread exports", "const { send } = require('./all'); send()\n-- all.js --\nmodule.exports = { ...require('./x') }\n-- x.js --\n" + sdk + "exports.send = cloud.openapi.a.b", "a.b alias"},
	{"injected module", "const lib = require('./lib'); lib.init(require('wx-server-sdk')); lib.go()\n-- lib.js --\nlet sdk; exports.init = c => { sdk = c }; exports.go = () => sdk.openapi.a.b()", "a.b alias"},
	{"passed to a module", "const check = require('./check'); check(require('wx-server-sdk'))\n-- check.js --\nmodule.exports = async sdk => sdk.openapi.a.b()", "a.b alias"},
	{"module getter", "const base = require('./base'); let s = base.getCloud(); s.openapi.a.b()\n-- base.js --\nmodule.exports = { getCloud }\nfunction getCloud() { return require('wx-server-sdk') }", "a.b alias"},
	{"wrapper module", "const { call } = require('./w'); call('a', 'b'); call('c', 'd')\n-- w.js --\n" + sdk + "exports.call = (c, m) => cloud.openapi[c][m]()", "a.b wrapper|c.d wrapper"},
	{"prefix", "exports.main = e => require('./lib/' + e.name).run()\n-- lib/a.js --\ncloud.openapi.a.b()\n-- lib/b/index.js --\n" + sdk + "exports.run = () => cloud.openapi.c.d()", "a.b direct|c.d direct"},
	{"template prefix", "exports.main = e => require(`./lib/x${e.name}`)\n-- lib/x1.js --\ncloud.openapi.a.b()\n-- lib/y.js --\ncloud.openapi.c.d()", "a.b direct"},
	{"dynamic import", "exports.main = async () => { const { default: s } = await import('./x.mjs'); s.openapi.a.b() }\n-- x.mjs --\nimport cloud from 'wx-server-sdk'; export default cloud", "a.b alias"},
	{"packages", sdk + "require('p').go(cloud); require('q').go(cloud)\n-- node_modules/p/index.js --\nexports.go = c => c.openapi.a.b()\n-- node_modules/q/index.js --\nexports.go = c => c['open' + 'api'].c.d()\n-- node_modules/wx-server-sdk/index.js --\ncloud.openapi.x.y()", "a.b alias"},
	{"SDK copied", "const cloud = require('./lib/wx-server-sdk/index.js'); cloud.openapi.a.b()\n-- lib/wx-server-sdk/index.js --\nthis.openapi.z.z()", "a.b direct"},
	{"json", "const t = require('./t.json'); cloud.openapi.a.b()\n-- t.json --\n{}", "a.b direct"},
	{"twin", "-- index.js --\ncloud.openapi.a.b()\n-- index.ts --\ncloud.openapi.a.b()", "a.b direct"},

	// Compiled and typed sources.
	{"esm", "-- index.mjs --\nimport cloud, { openapi } from 'wx-server-sdk'; import * as all from 'wx-server-sdk'; cloud.openapi.a.b(); openapi.c.d(); all.openapi.e.f(); export const main = () => {}", "a.b direct|c.d alias|e.f direct"},
	{"esm graph", "-- index.mjs --\nimport { cloud as c, send } from './a.mjs'; import d from './b.mjs'; c.openapi.a.b(); send(); d.openapi.e.f()\n-- a.mjs --\nexport { default as cloud } from 'wx-server-sdk'; export * from './c.mjs'\n-- b.mjs --\nimport cloud from 'wx-server-sdk'; export default cloud\n-- c.mjs --\nimport * as x from 'wx-server-sdk'; export const send = () => x.openapi.c.d()", "a.b alias|c.d direct|e.f alias"},
	{"interop", "const wx_server_sdk_1 = require('wx-server-sdk'); wx_server_sdk_1.default.openapi.a.b(); var __importDefault = (this && this.__importDefault) || function (mod) { return (mod && mod.__esModule) ? mod : { default: mod } }; const w = __importDefault(require('wx-server-sdk')); w.default.openapi.c.d(); (0, w.default.openapi.e.f)()", "a.b direct|c.d direct|e.f direct"},
	{"downlevel", "var cloud = require('wx-server-sdk'); exports.main = function () { return __awaiter(void 0, void 0, void 0, function () { return __generator(this, function (_a) { switch (_a.label) { case 0: return [4 /*yield*/, cloud.openapi.a.b({})]; case 1: return [2, _a.sent()] } }) }) }", "a.b direct"},
	{"typescript", "-- index.ts --\nimport cloud from 'wx-server-sdk'; type R = ReturnType<typeof cloud.openapi.x.y>; interface A { openapi: B } declare const require: (n: string) => any; const c = require('wx-server-sdk') as any; export async function main(event: { a: string }): Promise<R> { (cloud as any).openapi.a!.b<T>({}); c.openapi.c.d(); return null! }", "a.b direct|c.d direct"},
	{"parameter property", "-- index.ts --\nimport * as cloud from 'wx-server-sdk'; class A { constructor(private readonly sdk: any) {} run() { return this.sdk.openapi.a.b() } } new A(cloud).run()", "a.b alias"},
	{"enum and namespace", "-- index.ts --\nimport cloud = require('wx-server-sdk'); enum E { Check = 'msgSecCheck' } namespace N { export const api = cloud.openapi } N.api.security[E.Check]()", "security.msgSecCheck alias"},
	{"export assignment", "-- index.ts --\nimport c = require('./a'); c.openapi.a.b()\n-- a.ts --\nimport cloud from 'wx-server-sdk'; export = cloud", "a.b alias"},

	// Broken files.
	{"after an error", sdk + "const x = ;\ncloud.openapi.a.b()\nfunction f() { return ) }\ncloud.openapi.c.d()", "a.b direct|c.d direct|error js/expected-expression|error js/expected-expression"},
	{"comment ends early", sdk + "/* cron 0 */2 * * * */\nexports.main = () => cloud.openapi.a.b()", "a.b direct|error js/comment-ended"},
}

func TestCalls(t *testing.T) {
	a := NewAnalyzer()
	for _, c := range callCases {
		t.Run(c.name, func(t *testing.T) {
			var entry string
			if !strings.HasPrefix(c.src, "-- ") {
				entry = "index.js"
			} else if files := unpack(c.src); files["p/fn/index.mjs"] != nil {
				entry = "index.mjs"
			} else {
				entry = "index.ts"
			}
			want := []string{}
			if c.want != "" {
				want = strings.Split(c.want, "|")
			}
			slices.Sort(want)
			if diff := cmp.Diff(want, show(analyzeText(a, c.src, entry))); diff != "" {
				t.Error(diff)
			}
		})
	}
}
