package rules

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/lint"
	"wxcloud/lint/js"
)

// code lists what a rule says of real files: "severity file:line message | help".
func code(t *testing.T, r lint.Rule, files map[string]string) []string {
	t.Helper()
	fn := load(t, files)
	facts := lint.Facts{Function: fn, Dir: "notify", Code: js.Analyze(js.Input{Dir: fn.Dir, Entry: fn.Entry, Declared: fn.Package.Declares})}
	var got []string
	r.Check(facts, func(d lint.Diagnostic) {
		got = append(got, fmt.Sprintf("%s:%d %s | %s", d.File, d.Line, d.Message.En, d.Help.En))
	})
	return got
}

func TestMissingModule(t *testing.T) {
	const install = " | in the function's folder: npm install "
	for _, c := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"files", map[string]string{
			"index.js": "require('./a')\nrequire('./gone')\nrequire('./A')\nrequire('../common/x')\ntry { require('./local') } catch (e) {}\nrequire('./data.json')\nrequire(process.env.X)",
			"a.js":     "require('./gone')", "data.json": "{}", "package.json": "{}",
		}, []string{
			"notify/index.js:2 ./gone leads to no file | correct the path or add the file; what may be absent is loaded in a try block",
			"notify/index.js:3 ./A leads to no file: the cloud tells upper from lower case | write ./a",
			"notify/index.js:4 ../common/x leads to no file | correct the path or add the file; what may be absent is loaded in a try block",
			"notify/a.js:1 ./gone leads to no file | correct the path or add the file; what may be absent is loaded in a try block",
		}},
		{"packages", map[string]string{
			"index.js": "require('axios')\nrequire('lodash/get')\nrequire('eslint')\nrequire('@s/p/x')\nrequire('./b')\nrequire('fs'); require('node:sqlite')\n" +
				"require('carried')\nrequire('optional')\nrequire('peer')\ntry { require('sharp') } catch {}\nrequire('lib/own')\nrequire('wx-server-sdk')",
			"b.js": "require('axios')", "lib/own.js": "", "node_modules/carried/index.js": "",
			"package.json": `{"dependencies": {"Axios": "1"}, "devDependencies": {"eslint": "9"}, "optionalDependencies": {"optional": "1"}, "peerDependencies": {"peer": "1"}}`,
		}, []string{
			"notify/index.js:1 axios is neither in node_modules nor in the dependencies of notify/package.json | the dependency is named Axios",
			"notify/index.js:2 lodash is neither in node_modules nor in the dependencies of notify/package.json" + install + "lodash",
			"notify/index.js:3 eslint is only in the devDependencies of notify/package.json, which a deployed function does not have" + install + "eslint",
			"notify/index.js:4 @s/p is neither in node_modules nor in the dependencies of notify/package.json" + install + "@s/p",
		}},
		{"declared", map[string]string{"index.js": "require('axios'); require('@s/p/x')", "package.json": `{"dependencies": {"axios": "1", "@s/p": "1"}}`}, nil},
		{"each once", map[string]string{"index.js": "require('axios')\nrequire('axios')\nrequire('got')", "package.json": "{}"}, []string{
			"notify/index.js:1 axios is neither in node_modules nor in the dependencies of notify/package.json" + install + "axios",
			"notify/index.js:3 got is neither in node_modules nor in the dependencies of notify/package.json" + install + "got",
		}},
		{"no package.json", map[string]string{"index.js": "require('axios')\nrequire('./gone')"}, []string{
			"notify/index.js:2 ./gone leads to no file | correct the path or add the file; what may be absent is loaded in a try block",
		}},
		{"a name from a table of strings", map[string]string{
			"index.js": "const t = ['wx-server-sdk', 'openapi', 'init', 'axios']\nconst at = i => t[i - 16]\nconst a = require(at(16)), b = require(at(19))\na[at(18)]()", "package.json": "{}",
		}, nil},
		{"package.json cannot be read", map[string]string{"index.js": "require('axios')", "package.json": "{"}, nil},
		{"dependencies of a wrong shape", map[string]string{"index.js": "require('axios')", "package.json": `{"dependencies": ["axios"]}`}, nil},
		{"names of a bundler", map[string]string{"index.js": "require('@/utils/a'); require('~/b'); require('#c'); require('https://example.com/x.js'); require('raw!./x')", "package.json": "{}"}, nil},
		{"TypeScript", map[string]string{"index.ts": "import { Context } from 'aws-lambda'\nexport const main = (c: Context) => c", "package.json": "{}"}, nil},
		{"under a condition about the environment", map[string]string{
			"index.js": "if (process.env.LOCAL) require('dotenv').config()\nconst a = fs.existsSync('./secret.js') ? require('./secret') : {}\n" +
				"!function (f) { 'object' == typeof exports ? f(require('react')) : f() }()\ntypeof x === 'undefined' && require('./x')\nif (process.env.A) {} else { require('./else') }",
			"package.json": `{"devDependencies": {"dotenv": "1"}}`,
		}, nil},
		{"under any other condition", map[string]string{"index.js": "exports.main = e => { if (e.a) require('got') }", "package.json": "{}"}, []string{
			"notify/index.js:1 got is neither in node_modules nor in the dependencies of notify/package.json" + install + "got",
		}},
		{"only in a comment", map[string]string{"index.js": "// require('axios')\nconst s = \"require('got')\"", "package.json": "{}"}, nil},
		{"a file outside has its own packages", map[string]string{"index.js": "require('../common/x')", "../common/x.js": "require('axios')", "package.json": "{}"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, code(t, missingModule{}, c.files)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// wxcloud perm rm leaves a file with comments alone, so that is no advice yet.
func TestUnusedInAFileThatIsNotEdited(t *testing.T) {
	got := code(t, unusedPermission{}, map[string]string{
		"index.js": "exports.main = () => 1", "config.json": "{\n  // old\n  \"permissions\": {\"openapi\": [\"wxacode.get\"]}\n}\n",
	})
	want := []string{"notify/config.json:3 wxacode.get is declared but nothing that index.js loads calls it" +
		" | put notify/config.json right first, then remove it: wxcloud perm rm wxacode.get -f notify"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOutsideRequire(t *testing.T) {
	for _, c := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"each place, but not what follows", map[string]string{
			"index.js": "require('../common/a'); require('./b')", "b.js": "\nrequire('../common/a.js')",
			"../common/a.js": "require('./c'); require('../notify/b')", "../common/c.js": "",
		}, []string{
			"notify/index.js:1 common/a.js is outside the function's folder, so it is not uploaded with it | copy it into the function's folder, or have it copied at each deploy: \"copy\" in wxcloud.json",
			"notify/b.js:2 common/a.js is outside the function's folder, so it is not uploaded with it | copy it into the function's folder, or have it copied at each deploy: \"copy\" in wxcloud.json",
		}},
		{"out and in again", map[string]string{"index.js": "require('../notify/b')", "b.js": ""}, nil},
		{"many files of one request", map[string]string{
			"index.js": "exports.main = e => require('../common/' + e.name)", "../common/a.js": "", "../common/b.js": "",
		}, []string{"notify/index.js:1 common/a.js is outside the function's folder, so it is not uploaded with it | copy it into the function's folder, or have it copied at each deploy: \"copy\" in wxcloud.json"}},
		{"TypeScript is compiled first", map[string]string{"index.ts": "import '../common/a'", "../common/a.ts": ""}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, code(t, outsideRequire{}, c.files)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
