package catalog

import (
	"slices"
	"strings"
	"testing"
)

// Every doubt is about something the catalog has: a name that is misspelt here
// would be no doubt at all.
func TestDoubtsAreAboutFields(t *testing.T) {
	for _, d := range doubts {
		var fields []Field
		for i := range All() {
			if i.Params != nil && (i.Name == d.api || strings.HasSuffix(d.api, ".") && strings.HasPrefix(i.Name, d.api)) {
				fields = append(fields, i.Params.Request...)
			}
		}
		if len(fields) == 0 {
			t.Errorf("no interface %s", d.api)
		}
		for _, name := range append(d.Optional, d.Newer...) {
			if name != "*" && !slices.ContainsFunc(fields, func(f Field) bool { return f.Name == name && f.Required }) {
				t.Errorf("%s: %s is no required field", d.api, name)
			}
		}
	}
}

func TestMayLack(t *testing.T) {
	with := func(given ...string) func(string) bool {
		return func(field string) bool { return slices.Contains(given, field) }
	}
	for _, c := range []struct {
		api, field string
		given      []string
		want       bool
	}{
		{"subscribeMessage.send", "lang", nil, true},
		{"subscribeMessage.send", "touser", nil, false},
		{"security.msgSecCheck", "scene", nil, true},
		{"security.msgSecCheck", "scene", []string{"version"}, false},
		{"ocr.idcard", "img", nil, false},
		{"ocr.idcard", "img", []string{"img_url"}, true},
		{"logistics.addOrder", "sender", nil, true},
		{"wxacode.get", "path", nil, false},
	} {
		if got := DoubtsOf(c.api).MayLack(c.field, with(c.given...)); got != c.want {
			t.Errorf("%s %s with %v: %v", c.api, c.field, c.given, got)
		}
	}
}
