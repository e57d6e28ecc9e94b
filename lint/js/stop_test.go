package js

import (
	"fmt"
	"strings"
	"testing"
)

// manyHandlers is a function whose values take the longer to follow the more
// handlers it has.
func manyHandlers(n int) string {
	var b strings.Builder
	b.WriteString("const cloud = require('wx-server-sdk')\nconst H = {}\n")
	for i := range n {
		fmt.Fprintf(&b, "H.k%d = async (c, n) => n ? c.api['m%d'](n) : cloud.openapi.security[['a%d', 'b'][0]]({})\n", i, i, i)
	}
	b.WriteString("exports.main = async e => H[e.k](cloud, () => H[e.z]())\n")
	return b.String()
}

// An analysis that nobody waits for any more ends, in either of its halves, and
// says that it came to no end.
func TestStop(t *testing.T) {
	stop := make(chan struct{})
	in := func(code string, stop <-chan struct{}) Input {
		return Input{Dir: t.TempDir(), Entry: "index.js", Stop: stop, ReadFile: func(string) ([]byte, error) { return []byte(code), nil }}
	}
	if r := Analyze(in(manyHandlers(20), stop)); r.Incomplete || len(r.Calls) == 0 {
		t.Errorf("without a stop: incomplete %v, %d calls", r.Incomplete, len(r.Calls))
	}
	close(stop)
	if r := Analyze(in(manyHandlers(20), stop)); !r.Incomplete {
		t.Error("a stop before the beginning changes nothing")
	}
	tr := tracer{p: &program{a: &Analyzer{in: Input{Stop: stop}}}, steps: 1 << 20}
	steps := 1
	for ; !tr.over(); steps++ {
	}
	if steps > 2000 {
		t.Errorf("the trace goes on for %d steps", steps)
	}
}
