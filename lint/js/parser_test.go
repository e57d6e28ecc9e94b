package js

import (
	"strings"
	"testing"
	"time"
)

func parseText(src string, d dialect) *parser {
	p := &parser{atoms: newAtoms()}
	p.parse([]byte(src), d)
	return p
}

func dialectOf(name string) dialect {
	switch name {
	case "ts":
		return dialect{typescript: true}
	case "tsx":
		return dialect{typescript: true, jsx: true}
	case "mjs":
		return dialect{module: true, jsx: true}
	default:
		return dialect{jsx: true}
	}
}

// validSources has one snippet per feature of the language.
var validSources = []struct{ name, kind, src string }{
	{"arrow functions", "js", "const f=(a,b=1,...c)=>a+b; const g=x=>({x}); const h=async(a)=>await a, i=async b=>{}; (a,)=>a; ()=>{}\n[1].map(x=>x)"},
	{"destructuring", "js", "const {a,b:{c=1},...r}=o,[d,,e=2,...f]=l;({a,b:[c]=[]}=x);[a.b,c[d]]=[1,2];for(const {x}of y);for([a,b] of c);({a=1}=b);({a=1})=>a"},
	{"classes", "js", "class A extends (b,c){static x=1;#p=2;static #q;get a(){return this.#p}set a(v){}static{this.x=2}async*[k](){}'s'(){}1(){}get;set;static;async;static async(){}static get get(){}has(o){return #p in o}constructor(){super();super.x()}};(class{});(class B{})"},
	{"templates", "js", "`a${b}c${`d${e}`}`;tag`\\u{bad ${1}`;a`b``c`;`\n\\`$`;`}${ {a:1}.a }`"},
	{"generators", "js", "function*g(){const x=yield;yield* a;yield\nb;const [y=yield 1]=z}({*g(){},async*h(){}})"},
	{"async", "js", "async function f(){for await(const x of y)await x;await(a);return await b}"},
	{"await as a name", "js", "var await=1;function f(){var await;await=2;return await}await(x)"},
	{"top-level await", "mjs", "const x=await f();await y;for await(const a of b);export default await z"},
	{"top-level await in a script", "js", "const x = await import('a'); await main()"},
	{"top-level return", "js", "if(a)return;return 1"},
	{"loose names", "js", "var let=1,yield=2,async=3,of=4,get=5,static=6,type=7;let\nlet1;async\n();for(of of of);for(let in {});let [z]=[1];yield\n*1;async()"},
	{"regular expressions", "js", "a=/[/\\]]+/gi;b=x/y/z;c=()=>/a/;if(x)/b/.test(y);return/=d/;[/a/,/b/v];x=a++/2;y=(a)/2/1;{}/a/"},
	{"numbers", "js", "0x1F;0b11;0o17;017;089;1_000;1e3;.5;5.;1n;0xfn;1.e+3;0.0;1..toString()"},
	{"strings", "js", `'a\'b';"\x41\u0041\u{1F600}\
c";'\0';"` + "\u2028" + `"`},
	{"unicode names", "js", "var 变量=1,é=2,\\u0061b=3,$=4,_=5,a\\u{62}=6,ª;变量.属性"},
	{"optional chaining", "js", "a?.b;a?.[b];a?.(c);a?.b.c(d)?.[e];a?.5:1;delete a?.b"},
	{"nullish", "js", "a??b;(a||b)??c;a??=b;a||=b;a&&=b;a**=b;a**b**c;(-a)**b;a>>>=b;a>>=b;a>=b;a>>b>>>c"},
	{"modules", "mjs", "import a,{b as c,default as d,'x y' as e}from'm';import*as f from'n';import g,*as h from'o';import'p';export{a as default,c};export*from'q';export*as i from'r';export{j as 'k l'}from's';export default class{};export const t=1,u=2;export async function v(){}"},
	{"import attributes", "mjs", "import a from'b'with{type:'json'};export*from'c'with{type:'json'};import('d',{with:{type:'json'}});import defer*as e from'f';import source s from 'g'"},
	{"import as a value", "js", "import('a').then(b);import.meta.url;const{c}=await import(`./${d}`)"},
	{"new", "js", "new A;new A.B(c);new(f())();new new A()();new A()[b].c;function F(){return new.target}"},
	{"labels", "js", "a:for(;;){b:while(1){continue a;break b}}c:{break c}"},
	{"statements", "js", "do x++;while(x<5)y;switch(a){case 1:case 2:b;break;default:c}try{}catch{}finally{}try{}catch({a}){}with(o)p;debugger;;if(a);else b;for(var i=0,j=(1 in x);;);for(const k in l);throw a"},
	{"asi", "js", "a\nb\n++c\nd\nvar e\nreturn\nf\n;[1].g\nlet h\ni"},
	{"hashbang", "js", "#!/usr/bin/env node\na"},
	{"byte order mark", "js", "\ufeffa\r\nb\u2028c\u00a0=\u30001"},
	{"no-break space behind a keyword", "js", "if\u00a0(a)\u00a0{return\u00a0b}else\u00a0c;const\u00a0d\u00a0=\u00a0typeof\u00a0e"},
	{"html comments", "js", "a<!-- b\n--> c\nd"},
	{"decorators", "js", "@a @b.c(1)class A{@d e=1;@(f)g(){}@h static i}@j export class K{};export @l class M{}"},
	{"using", "js", "{using a=b,c=d}async function f(){await using e=g;for(using h of i);for(await using k of l);}using\nm"},
	{"object literals", "js", "({a,b(){},get c(){return 1},set d(v){},async e(){},*f(){},async*g(){},[h]:1,'i':2,3:4,...j,get:5,set:6,async:7,get(){},async(){},await:8,if:9,__proto__:x})"},
	{"accessor", "js", "class A{accessor a=1;static accessor b}"},
	{"many operators", "js", strings.Repeat("a+", 5000) + "a"},
	{"many else-ifs", "js", strings.Repeat("if(a)b;else ", 1400) + "c"},
	{"many calls", "js", "a" + strings.Repeat(".b()", 2000)},
	{"nested arrays", "js", strings.Repeat("[", 500) + strings.Repeat("]", 500)},
	{"jsx", "js", "const a=<div className=\"x\" {...p} b={c} d-e='f' g:h=<i/>>text {'<'} {/* no */}<></><A.B c/></div>;<a>&nbsp;it's</a>"},
	{"getter call on this", "js", "this.a=async()=>{};this?.b"},
	{"strict directive", "js", "'use strict';function f(){'use strict';return 1}"},
	{"in operator in for", "js", "for(var i=a?b in c:d;;);for(let f=()=>{x in y};;);"},
	{"arrow in conditional", "js", "a?(b):(c);a?(b)=>c:d;a?b=>c:d=>e;x=a?(b,c):d"},
	{"async calls", "js", "async(a,...b);async(a,b).c;async?.();async.d;x=async;async=>1;async(async)"},

	{"ts annotations", "ts", "let a:number=1;" + "function f(this:A,a?:B,b:C=1,...c:D[]):E{}const g=(a:A,b?:B):C=>d;const h=({a}:B,[c]:D=[])=>a;const i=async(x:X):Promise<Y>=>x"},
	{"ts interfaces", "ts", "interface A<T>extends B<T>,C{a:string;readonly b?:number,c(x:T):void\n[k:string]:any;new(x:A):B;(y:B):C;get d():E;set d(v:E);get:F}"},
	{"ts types", "ts", "type A=B|C&D;type E=|F|G;type H<T>=T extends(infer U)[]?U:never;type I={readonly[K in keyof T]?:T[K]};type J={-readonly[K in T as`a${K}`]-?:U};type K=typeof a.b<c>;type L=[a:A,b?:B,...c:C[]];type M=(a:A)=>b is C;type N=new()=>O;type P=abstract new(x:Q)=>R;type S=import('x').T<U>;type V=-1|'a'|`b${C}`|unique symbol;type W=A[]['b'][];type X=asserts;type Y={[k:string]:Z};type AA=T extends{a:infer U extends string}?U:V"},
	{"ts enums and namespaces", "ts", "enum A{B,C=1,'d'=2}const enum E{F}declare enum G{H}namespace I.J{export const k=1}declare module'l'{export const m:N}declare global{interface O{}}module P{}"},
	{"ts declare", "ts", "declare const a:B;declare function c(d:E):F;declare class G{h:I;j():K}declare var l;declare let m:N;declare namespace O{const p:Q}declare type R=S;declare module 't';declare const u:unique symbol,v:W"},
	{"ts classes", "ts", "abstract class A<T>extends B<T>implements C,D{private a:E;static readonly b?:F=1;declare c:G;abstract d():H;constructor(private e:I,public readonly f=1){super()}g!:J;override h():void{}[k:string]:L;m?():N;get n():O{return 1}private static async*p<Q>(r:Q){}protected s=1;accessor t=2}"},
	{"ts expressions", "ts", "a as B;c satisfies D;e!;f!.g!();<H>i;j as const;(k as L).m=1;n!=o;p as any as Q;r<S>(t);u<V>`w`;new X<Y>();z?.<A>(b);c<D>;e as F+1;g as H[]&&i;x=y as Z\nw;<const>['a']"},
	{"ts overloads", "ts", "function a(b:C):D;function a(e:F):G;function a(h:any){}class I{j(k:L):M;j(n:any){}}export function b():void;export default function(a:B):C{}"},
	{"ts imports", "ts", "import type A from'a';import type{B}from'b';import{type C,D,type E as F}from'c';import type*as G from'd';export type{H};export type I=J;import k=require('k');import L=M.N;export=o;export import P=Q.R;import type S=require('s');export as namespace T;export{type U};import type,{type as v}from'w'"},
	{"ts arrow generics", "ts", "const a=<T>(b:T)=>c;const d=<T,U extends V=W>(x:T):U=>y;const e=async<T>(f:T)=>g;const h=<const T>(i:T)=>j;k=<T,>(l)=>m"},
	{"ts conditional or arrow", "ts", "a?(b):c=>d;a?(b):c;a?(b:C)=>d:e;a?(b):(c)"},
	{"ts type predicates", "ts", "function a(b):b is C{}function d(e):asserts e is F{}function g(h):asserts h{}class I{j():this is K{}}type L=(m:any)=>m is N"},
	{"ts variance", "ts", "interface A<in T,out U,in out V>{}class B<const T>{}"},
	{"ts names that are keywords", "ts", "type=1;declare=2;namespace=3;abstract=4;var as,is,infer,type,of;interface\nA\n{};module.exports=b;type(c);declare(d);namespace(e);global.f;let type2:any;as(x);satisfies"},
	{"ts less-than", "ts", "a<b;if(a<b&&c>d){}for(let i=0;i<n;i++){}a<b||c>(d);f(a<b,c>d);x<<y;f<<T>(x:T)=>T>(g)"},
	{"ts decorators", "ts", "@A({b:c})class D{@E()f:G;constructor(@H()private i:J,@K l){}@M()async n(@O()p:Q){}}"},
	{"ts definite", "ts", "let a!:B;class C{d!:E}"},
	{"ts getters in types", "ts", "type A={get(b:C):D;set?:E;readonly:F;get g():H;readonly i:J;async:K;new:L;typeof:M}"},
	{"ts object types in arrows", "ts", "const f=(a:{b:C,d?:E}={}):{g:H}=>({g:1});const i=(j:(k:L)=>M)=>n;function o(p:()=>void,q:[A,B]){}"},
	{"ts for", "ts", "for(const a of b as C[]){}for(let i:number=0;;){}"},
	{"ts optional chain non-null", "ts", "a?.b!.c;a!?.b;a![0];a!()"},
	{"tsx", "tsx", "const a=<T,>(b:T)=><div<C> d={e as F}>{g!}</div>;const h=<T extends I>(j:T)=>k;const l=<M n/>"},
	{"ts abstract constructors", "ts", "abstract class A{abstract a:B;abstract get c():D;protected abstract e(f:G):H}export abstract class I{}export default abstract class{}"},
}

func TestValid(t *testing.T) {
	for _, c := range validSources {
		t.Run(c.name, func(t *testing.T) {
			p := parseText(c.src, dialectOf(c.kind))
			for _, f := range p.fails {
				t.Errorf("%d-%d %s %v near %q", f.start, f.end, f.id, f.args, p.src[max(0, int(f.start)-10):min(p.size, int(f.start)+15)])
			}
		})
	}
}

func TestDepthIsLimited(t *testing.T) {
	for _, open := range []string{"[", "(", "{", "a(", "a[", "-", "!", "new ", "a?", "x=>", "({a:", "if(a)", "class A extends ", "`${", "function f(){", "await ", "<a>", "async(", "a=", "...", "for(;;)"} {
		begin := time.Now()
		p := parseText(strings.Repeat(open, 2_000_000/len(open)), dialect{jsx: true})
		if len(p.fails) == 0 {
			t.Errorf("%q: no error", open)
		}
		if d := time.Since(begin); d > 2*time.Second {
			t.Errorf("%q: %v", open, d)
		}
		p = parseText("let a: "+strings.Repeat(open, 100_000), dialect{typescript: true})
		if len(p.fails) == 0 {
			t.Errorf("TypeScript %q: no error", open)
		}
	}
}
