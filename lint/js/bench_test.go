package js

import (
	"io/fs"
	"os"
	"strings"
	"testing"
)

// sampleSource is ordinary CommonJS, repeated to the size of a real file.
var sampleSource = []byte(strings.Repeat(`
// 云函数入口文件
const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
const db = cloud.database()

/** Sends one message and notes the answer. */
exports.main = async (event, context) => {
  const { OPENID } = cloud.getWXContext()
  const list = await db.collection('orders').where({ _openid: OPENID, state: 'paid' }).limit(20).get()
  for (let i = 0; i < list.data.length; i++) {
    const item = list.data[i]
    try {
      const result = await cloud.openapi.subscribeMessage.send({
        touser: OPENID,
        page: `+"`pages/order/detail?id=${item._id}`"+`,
        data: { thing1: { value: item.title.slice(0, 20) }, amount2: { value: (item.fee / 100).toFixed(2) } },
        templateId: event.templateId || 'x',
      })
      console.log('sent', result.errCode, item._id)
    } catch (err) {
      if (/43101/.test(err.message)) { continue }
      throw err
    }
  }
  return { ok: true, count: list.data.length, at: new Date().getTime() }
}
`, 40))

// BenchmarkParse parses and binds one file again and again with the same
// buffers. JS_FILE names another file to use.
func BenchmarkParse(b *testing.B) {
	src := sampleSource
	if name := os.Getenv("JS_FILE"); name != "" {
		var err error
		if src, err = os.ReadFile(name); err != nil {
			b.Fatal(err)
		}
	}
	p := &parser{atoms: newAtoms()}
	var bind binder
	for _, c := range []struct {
		name string
		bind bool
	}{{"parse", false}, {"bind", true}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				root := p.parse(src, dialect{jsx: true})
				if c.bind {
					bind.bind(p, root)
				}
			}
			if len(p.fails) > 0 {
				b.Fatal(p.fails[0])
			}
		})
	}
}

// BenchmarkAnalyze analyses one function as lint does, with and without calls of
// open interfaces. JS_FILE names a file to put behind the calls.
func BenchmarkAnalyze(b *testing.B) {
	body := string(sampleSource[:len(sampleSource)/40])
	if name := os.Getenv("JS_FILE"); name != "" {
		data, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		body += string(data)
	}
	for _, c := range []struct{ name, src string }{
		{"calls", body}, {"none", strings.ReplaceAll(body, "openapi", "database")},
	} {
		b.Run(c.name, func(b *testing.B) {
			files := unpack(c.src)
			data := files["p/fn/index.js"].Data
			entries, _ := files.ReadDir("p/fn")
			a := NewAnalyzer()
			in := Input{
				Dir: "/p/fn", Entry: "index.js",
				Declared: func(name string) bool { return name == "wx-server-sdk" },
				ReadFile: func(string) ([]byte, error) { return data, nil },
				ReadDir:  func(string) ([]fs.DirEntry, error) { return entries, nil },
			}
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				a.Analyze(in)
			}
		})
	}
}
