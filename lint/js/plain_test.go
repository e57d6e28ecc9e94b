package js

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/bench/functiontree"
)

// bothWays analyses a function with and without the short way for plain programs
// and reports whether the short one was taken.
func bothWays(t *testing.T, a *Analyzer, in Input) (plain bool) {
	t.Helper()
	a.thorough = false
	got := a.Analyze(in)
	plain = a.plain
	a.thorough = true
	want := a.Analyze(in)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-values +plain):\n%s", diff)
	}
	return plain
}

// textInput is a function in memory.
func textInput(files fs.FS, entry string) Input {
	read := files.(fs.ReadFileFS)
	list := files.(fs.ReadDirFS)
	return Input{
		Dir: filepath.FromSlash("/p/fn"), Entry: entry,
		ReadFile: func(name string) ([]byte, error) { return read.ReadFile(mapName(name)) },
		ReadDir:  func(name string) ([]fs.DirEntry, error) { return list.ReadDir(mapName(name)) },
	}
}

// What is told of a plain program is what its values tell, also when somebody takes
// a line out, writes one twice, or ends the code early or in some condition.
func TestPlainAsByValues(t *testing.T) {
	a := NewAnalyzer()
	plain, n := 0, 0
	for _, program := range plainPrograms {
		lines := strings.Split(program, "\n")
		variants := []string{program}
		for i, line := range lines {
			rest := strings.Join(lines[i:], "\n")
			before := strings.Join(lines[:i], "\n") + "\n"
			variants = append(variants,
				before+strings.Join(lines[i+1:], "\n"), // gone
				before+line+"\n"+rest,                  // twice
			)
			for _, s := range plainInsertions {
				variants = append(variants, before+s+"\n"+rest)
			}
		}
		for _, text := range variants {
			n++
			if bothWays(t, a, textInput(unpack(text), "index.js")) {
				plain++
			}
			if t.Failed() {
				t.Fatal(text)
			}
		}
	}
	if plain < n/10 {
		t.Errorf("%d of %d variants are plain", plain, n)
	}
}

var plainInsertions = []string{
	"return 1", "if (event) return", "if (true) return", "if (!0) { throw 1 }", "for (;;) {}", "while (1) { cloud.x() }",
	"const off = false; if (off) {", "}", "{", "if (0) {", "event && (", "false &&", "DEBUG &&", "const DEBUG = false",
	"cloud.openapi.a.b()", "cloud.openapi.a.b.call(cloud, {})", "cloud.openapi['a'].b()", "cloud.openapi[event].b()", "cloud['openapi'].a.b()",
	"const { openapi } = cloud", "const o = cloud.openapi", "use(cloud)", "use(cloud.openapi)", "use(cloud.openapi.a.b)", "cloud = event",
	"cloud.openapi = event", "cloud.x = { openapi: 1 }", "eval('cloud')", "with (cloud) openapi.a.b()", "require(event)", "require('./other')",
	"module.exports = {}", "exports = {}", "new cloud.Cloud().openapi.a.b()", "cloud.openapi({}).a.b()", "new cloud.openapi.a.b()",
	"cloud.openapi?.a.b()", "(cloud.openapi).a.b()", "cloud.openapi.a()", "cloud.openapi.a.b.then(x)", "cloud.openapi.a.b.c.d.e.f.g()",
	"function later() { return cloud.openapi.a.b() }", "event.map(x => cloud.openapi.a.b(x))", "class A { b() { cloud.openapi.a.b() } }",
	"const word = 'open' + 'api'", "const word = 'cloud.openapi.a.b'", "throw await cloud.openapi.a.b()", "x[await cloud.openapi.a.b()] = 1",
	"switch (event) { case 1: return cloud.openapi.a.b(); cloud.openapi.c.d() }", "do { cloud.openapi.a.b() } while (event)",
	"for (const x of event) { if (x) break; await cloud.openapi.a.b({ x }) }", "try { return cloud.openapi.a.b() } finally { cloud.openapi.c.d() }",
	"const list = { touser: 1 }; cloud.openapi.a.b(list)", "void cloud.openapi.a.b()", "event ? cloud.openapi.a.b() : cloud.openapi.c.d()",
	"l: { break l; cloud.openapi.a.b() }", "for (cloud.openapi.a.b(); ; ) {}", "export const x = 1", "import cloud2 from 'wx-server-sdk'",
	"cloud.createNewInstance().openapi.a.b()", "var cloud", "let { a = cloud.openapi.a.b() } = event", "`${cloud.openapi.a.b()}`", "{ let cloud = event; cloud.openapi.a.b() }",
	"return", "process.exit()", "// openapi", "const c2 = require('wx-server-sdk')", "cloud.openapi.a.b(cloud)", "cloud.openapi.wxacode.get({ ...event })",
}

var plainPrograms = []string{
	`const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
const db = cloud.database()
exports.main = async (event, context) => {
  const { OPENID } = cloud.getWXContext()
  if (event.list) {
    await cloud.openapi.subscribeMessage.send({ touser: OPENID, data: { a: { value: 1 } } })
  } else {
    cloud.openapi.customerServiceMessage.send({ touser: OPENID }).catch(err => console.error(err))
  }
  try {
    const result = await cloud.openapi.wxacode.getUnlimited({
      scene: event.scene,
    })
    return await cloud.uploadFile({ fileContent: result.buffer })
  } catch (err) {
    return err
  }
}`,
	`'use strict'
var cloud = require("wx-server-sdk");
cloud.init();
function helper(event) { return event.a }
module.exports.main = async function (event) {
  for (var i = 0; i < event.n; i++) {
    switch (event.action) {
      case 'a':
        console.log(await cloud.openapi.security.msgSecCheck({ content: event.content }));
        break;
      default:
        helper(event)
    }
  }
  return { code: 0, data: [await cloud.openapi.officialAccount.message.send(event)] };
}`,
}

// Nowhere does the short way come to another answer.
func TestPlainNowhereDiffers(t *testing.T) {
	a := NewAnalyzer()
	t.Run("stories", func(t *testing.T) {
		names, err := filepath.Glob("testdata/*/*.txt")
		if err != nil || len(names) == 0 {
			t.Fatal(names, err)
		}
		for _, name := range names {
			for _, c := range readReachCases(t, name) {
				for _, before := range []string{"", sdk} {
					if f := c.files["p/fn/index.js"]; f != nil && before != "" {
						f.Data = append([]byte(before), f.Data...)
					}
					bothWays(t, a, c.input())
					c.entry = ""
					bothWays(t, a, c.input())
				}
				if t.Failed() {
					t.Fatal(name, c.name)
				}
			}
		}
	})
	t.Run("calls", func(t *testing.T) {
		names, err := filepath.Glob("../testdata/*/*.txtar")
		if err != nil || len(names) == 0 {
			t.Fatal(names, err)
		}
		for _, name := range names {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			for _, file := range strings.Split("\n"+string(text), "\n-- ")[1:] {
				path, body, _ := strings.Cut(file, " --\n")
				path = filepath.Join(dir, filepath.FromSlash(path))
				if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			bothWaysBelow(t, a, dir)
		}
	})
	t.Run("tree", func(t *testing.T) {
		dir := t.TempDir()
		tree, err := functiontree.Write(dir, functiontree.Options{Functions: 600, Seed: 11})
		if err != nil {
			t.Fatal(err)
		}
		calling := 0
		for _, f := range tree.Functions {
			if len(f.Calls) > 0 {
				calling++
			}
		}
		if plain := bothWaysBelow(t, a, filepath.Join(dir, "cloudfunctions")); plain < calling/2 {
			t.Errorf("%d of %d calling functions are plain", plain, calling)
		}
	})
}

// bothWaysBelow analyses every folder in dir as a function.
func bothWaysBelow(t *testing.T, a *Analyzer, dir string) (plain int) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		for _, entry := range []string{"index.js", ""} {
			if bothWays(t, a, Input{Dir: filepath.Join(dir, e.Name()), Entry: entry}) {
				plain++
			}
			if t.Failed() {
				t.Fatalf("%s with entry %q", e.Name(), entry)
			}
		}
	}
	return plain
}
