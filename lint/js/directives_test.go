package js

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDirectives(t *testing.T) {
	src := `#!/usr/bin/env node
// wxcloud-disable-next-line undeclared-api because
//wxcloud-one
/* wxcloud-two
 */ a = "// wxcloud-no"; b = /\/\/ wxcloud-no/; c = ` + "`// wxcloud-no ${d /* wxcloud-three */}`" + `
/*
	wxcloud-four */
// not wxcloud-no, wxcloud -no
f = <a b="// wxcloud-no">// wxcloud-no {/* wxcloud-five */}{/* wxcloud-six */ g}</a> // wxcloud-seven
h = (i /* wxcloud-eight */, j) /* wxcloud-nine */ => k
let x = async (l) // wxcloud-ten
if (m) // wxcloud-eleven` + "\u2028n() //\twxcloud-twelve \t"
	var got []string
	for _, c := range analyzeText(NewAnalyzer(), src, "index.js").Directives {
		got = append(got, c.Text)
		if whole := src[c.Start:c.End]; !strings.HasPrefix(whole, "/") || !strings.Contains(whole, c.Text) {
			t.Errorf("span of %q is %q", c.Text, whole)
		}
		if c.Text == "wxcloud-two" && (c.Line != 4 || c.EndLine != 5 || c.Column != 1 || c.EndColumn != 4) {
			t.Errorf("%+v", c)
		}
	}
	want := []string{"wxcloud-disable-next-line undeclared-api because"}
	for _, n := range strings.Fields("one two three four five six seven eight nine ten eleven twelve") {
		want = append(want, "wxcloud-"+n)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestDirectivesInTypeScript: types are read with many a look-ahead.
func TestDirectivesInTypeScript(t *testing.T) {
	src := "const a = <T /* wxcloud-a */>(b: (c /* wxcloud-b */, d) => E) => b /* wxcloud-c */ < f\n" +
		"x ? (y /* wxcloud-d */) : z // wxcloud-e\nfoo<A /* wxcloud-f */, B>(c) // wxcloud-g"
	var got []string
	for _, c := range analyzeText(NewAnalyzer(), "-- index.ts --\n"+src, "index.ts").Directives {
		got = append(got, c.Text)
	}
	if diff := cmp.Diff(strings.Fields("wxcloud-a wxcloud-b wxcloud-c wxcloud-d wxcloud-e wxcloud-f wxcloud-g"), got); diff != "" {
		t.Error(diff)
	}
}
