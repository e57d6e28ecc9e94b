package catalog

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestExampleOfTheMostUsed(t *testing.T) {
	for _, name := range []string{
		"subscribeMessage.send", "security.msgSecCheck", "wxacode.get", "customerServiceMessage.send", "wxacode.getUnlimited",
		"security.imgSecCheck", "phonenumber.getPhoneNumber", "ocr.printedText", "urlscheme.generate",
		"customerServiceMessage.uploadTempMedia", "security.mediaCheckAsync", "templateMessage.send",
		"subscribeMessage.addTemplate", "uniformMessage.send", "wxacode.createQRCode",
	} {
		if _, ok := Example(name); !ok {
			t.Errorf("no example of %s", name)
		}
	}
	for _, name := range []string{"logistics.getPath", "", "../examples/wxacode.get", "no.such"} {
		if _, ok := Example(name); ok {
			t.Errorf("an example of %q", name)
		}
	}
}

// An example of something that no longer works must say so before anything else.
func TestExampleOfTheRetiredSaysSo(t *testing.T) {
	for i := range All() {
		source, ok := Example(i.Name)
		if !ok || i.Status == Active {
			continue
		}
		lines := strings.SplitN(source, "\n", 3)
		for _, line := range lines[:2] {
			if !strings.HasPrefix(line, "// ") || !strings.Contains(line, i.RetiredOn) || !strings.Contains(line, i.ReplacedBy[0]) {
				t.Errorf("%s: line %q names neither %s nor %s", i.Name, line, i.RetiredOn, i.ReplacedBy[0])
			}
		}
	}
}

// exampleCall is a cloud call an example made when it ran.
type exampleCall struct {
	Name string
	Keys []string // of its argument; nested ones as in Field
}

// runExample runs an example in Node with a stand-in for the SDK that notes the
// calls, and answers everything.
const runExample = `
const Module = require('module')
const calls = []
const keysOf = (value, prefix) => {
  if (Array.isArray(value)) return value.flatMap((v) => keysOf(v, prefix.replace(/\.$/, '[].')))
  if (value === null || typeof value !== 'object' || Buffer.isBuffer(value)) return []
  return Object.keys(value).flatMap((k) => [prefix + k, ...keysOf(value[k], prefix + k + '.')])
}
const answer = {
  buffer: Buffer.from('x'), mediaId: 'm', traceId: 't', openlink: 'weixin://', priTmplId: 'p',
  items: [{ text: 'line' }], phoneInfo: { purePhoneNumber: '1', countryCode: '86' }, result: { suggest: 'pass', label: 100 }, detail: [],
}
const openapi = (path) => new Proxy(function () {}, {
  get: (_, key) => openapi([...path, key]),
  apply: (_, self, args) => {
    calls.push({ name: path.join('.'), keys: keysOf(args[0], '') })
    return Promise.resolve(answer)
  },
})
const sdk = {
  DYNAMIC_CURRENT_ENV: Symbol('env'),
  init: (options) => { if (options.env !== sdk.DYNAMIC_CURRENT_ENV) throw new Error('init without DYNAMIC_CURRENT_ENV') },
  getWXContext: () => ({ OPENID: 'openid' }),
  downloadFile: async () => ({ fileContent: Buffer.from('x') }),
  uploadFile: async () => ({ fileID: 'cloud://id' }),
  getTempFileURL: async () => ({ fileList: [{ tempFileURL: 'https://example.com/x.png' }] }),
  openapi: openapi([]),
}
const load = Module._load
Module._load = (request, ...rest) => (request === 'wx-server-sdk' ? sdk : load(request, ...rest))
require(process.argv[1]).main({ id: 1, code: 'c', title: 't', time: '2026-01-01 08:00', content: 'hello', templateId: 'id', fileID: 'cloud://x', Content: 'hi', formId: 'f' })
  .then(() => console.log(JSON.stringify(calls)))
  .catch((err) => { console.error(err); process.exitCode = 1 })
`

// The examples really run, call what they are an example of, and use only
// fields the interface documents.
func TestExamplesRun(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("node is needed to check the examples")
		}
		t.Skip("node is not installed")
	}
	files, err := filepath.Glob("examples/*.js")
	if err != nil || len(files) < 15 {
		t.Fatalf("%d examples, %v", len(files), err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".js")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path, err := filepath.Abs(file)
			if err != nil {
				t.Fatal(err)
			}
			out, err := exec.CommandContext(t.Context(), node, "-e", runExample, path).CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			var calls []exampleCall
			if err := json.Unmarshal(out, &calls); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			if !slices.ContainsFunc(calls, func(c exampleCall) bool { return c.Name == name }) {
				t.Errorf("calls %v, not %s", calls, name)
			}
			for _, call := range calls {
				checkCall(t, call)
			}
		})
	}
}

func checkCall(t *testing.T, call exampleCall) {
	i, ok := Lookup(call.Name)
	if !ok {
		t.Errorf("%s is not in the catalog", call.Name)
		return
	}
	if i.Params == nil {
		return
	}
	// Below these documentation says nothing: the keys belong to the caller's
	// template, or to the SDK's form of a file.
	open := func(key string) bool {
		for _, f := range i.Params.Request {
			below := strings.HasPrefix(key, camel(f.Name)+".")
			if below && (f.Type == "formdata" || f.Name == "data") {
				return true
			}
		}
		return false
	}
	documented := func(key string) bool {
		return slices.ContainsFunc(i.Params.Request, func(f Field) bool { return camel(f.Name) == key })
	}
	for _, key := range call.Keys {
		if !documented(key) && !open(key) {
			t.Errorf("%s has no field %s", call.Name, key)
		}
	}
	for _, f := range i.Params.Request {
		if f.Required && !strings.Contains(f.Name, ".") && !slices.Contains(call.Keys, camel(f.Name)) {
			t.Errorf("%s lacks the required field %s", call.Name, camel(f.Name))
		}
	}
}

// camel is a field as it is spelt in a cloud call: template_id is templateId.
func camel(name string) string {
	var b strings.Builder
	up := false
	for _, r := range name {
		switch {
		case r == '_':
			up = true
		case up:
			b.WriteRune(unicode.ToUpper(r))
			up = false
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
