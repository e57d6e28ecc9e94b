package js
import ("testing";"os";"time";"io/fs")
func TestDevBig(t *testing.T){
	for _, f := range []string{"lodash/lodash.js","axios/dist/axios.js","webpack/lib/Compilation.js","prettier/plugins/babel.js","@cloudbase/adapter-wx_mp/dist/index.js","typescript/lib/typescript.js"} {
		data, _ := os.ReadFile("/tmp/jsdiff/node_modules/"+f)
		src := append([]byte(sdk+"cloud.openapi.a.b();"), data...)
		files := unpack("x")
		entries, _ := files.ReadDir("p/fn")
		for _, openapi := range []bool{false,true} {
			b := time.Now()
			s := src
			if !openapi { s = data }
			a := NewAnalyzer()
			devProg = nil
			r := a.Analyze(Input{Dir:"/p/fn",Entry:"index.js",ReadFile: func(string)([]byte,error){return s,nil},ReadDir: func(string)([]fs.DirEntry,error){return entries,nil}})
			t.Log(f, len(data), openapi, time.Since(b), len(r.Calls), len(r.Dynamic), r.Incomplete)
			if devProg!=nil { t.Log(len(devProg.values), len(devProg.vars), len(devProg.insts), len(devProg.objects), devProg.budget, devProg.evals) }
		}
	}
}
