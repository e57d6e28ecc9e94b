package js

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
)

// dev only: reads oracle lines {file, ok, module, counts{kind: [n, sum of ends]}}
func TestDevOracle(t *testing.T) {
	name := os.Getenv("ORACLE")
	if name == "" {
		t.Skip()
	}
	f, _ := os.Open(name)
	sc := bufio.NewScanner(f)
	sc.Buffer(make([]byte, 1<<20), 1<<24)
	p := &parser{atoms: newAtoms()}
	names := map[kind]string{nCall: "call", nFunction: "func", nDot: "dot", nIndex: "index", nClass: "class", nCond: "cond", nAssign: "assign", nNew: "new", nIf: "if", nReturn: "return", nTemplate: "template", nObject: "object", nArray: "array", nString: "string", nVar: "var", nObjectPattern: "objpat", nArrayPattern: "arrpat", nLogical: "logical"}
	files, same, oks, shown := 0, 0, 0, 0
	for sc.Scan() {
		var o struct {
			File       string
			Ok, Module bool
			Msg        string
			Counts     map[string][2]int
		}
		json.Unmarshal(sc.Bytes(), &o)
		src, _ := os.ReadFile("/tmp/jsdiff/" + o.File)
		d := dialect{jsx: true, module: o.Module}
		if strings.Contains(o.File[len(o.File)-4:], "ts") {
			d = dialectOfFile(o.File)
		}
		if strings.HasSuffix(o.File, ".ts") {
			d = dialect{typescript: true}
		}
		if strings.HasSuffix(o.File, ".tsx") {
			d = dialect{typescript: true, jsx: true}
		}
		root := p.parse(src, d)
		files++
		ok := len(p.fails) == 0
		if ok != o.Ok {
			if shown++; shown < 40 {
				msg := o.Msg
				if !ok {
					e := p.fails[0]
					msg = fmt.Sprint(e.id, e.args, " near ", fmt.Sprintf("%q", p.src[max(0, int(e.start)-40):min(p.size, int(e.start)+40)]))
				}
				t.Logf("%s: ours %v oracle %v %s", o.File, ok, o.Ok, msg)
			}
			continue
		}
		oks++
		if !ok {
			same++
			continue
		}
		got := map[string][2]int{}
		p.count(root, names, got)
		bad := ""
		for k, v := range o.Counts {
			if got[k] != v {
				bad += fmt.Sprintf(" %s %v want %v", k, got[k], v)
			}
		}
		if bad == "" {
			same++
		} else if shown++; shown < 40 {
			t.Log(o.File, bad)
		}
	}
	t.Logf("files %d, verdict agrees %d, all same %d", files, oks, same)
}

func (p *parser) count(i int32, names map[kind]string, got map[string][2]int) {
	for ; i != 0; i = p.nodes[i].next {
		n := p.nodes[i]
		if s, ok := names[n.kind]; ok {
			v := got[s]
			v[0]++
			v[1] += int(n.end)
			got[s] = v
		}
		switch n.kind {
		case nIdent, nString, nLiteral, nChunk, nThis, nSuper:
		case nDot:
			p.count(n.a, names, got)
		case nParams:
			p.count(n.a, names, got)
		case nExport, nExportList, nImport, nExportAll, nImportSpec, nExportSpec:
			p.count(n.a, names, got)
			p.count(n.b, names, got)
		case nProperty:
			if n.op != propShorthand || n.flags&flagComputed != 0 {
				p.count(n.a, names, got)
			}
			p.count(n.b, names, got)
		default:
			p.count(n.a, names, got)
			p.count(n.b, names, got)
			p.count(n.c, names, got)
		}
	}
}
