package lint

import (
	"path/filepath"
	"testing"
	"unicode/utf8"
)

func TestSplice(t *testing.T) {
	for _, c := range []struct {
		name, before, after string
		want                TextEdit
	}{
		{"insert", `["a"]`, `["a","b"]`, TextEdit{4, 4, `,"b"`}},
		{"into an empty list", `[]`, `["a"]`, TextEdit{1, 1, `"a"`}},
		{"new file", ``, "{}\n", TextEdit{0, 0, "{}\n"}},
		{"nothing", `x`, `x`, TextEdit{1, 1, ``}},
		{"replace", `{"a":1}`, `{"a":2}`, TextEdit{5, 6, `2`}},
		{"repeated text is not counted twice", `aa`, `aaa`, TextEdit{2, 2, `a`}},
		{"shared first byte of two characters", "\u63d0", "\u63d1", TextEdit{0, 3, "\u63d1"}},
		{"shared last byte of two characters", "\u4e00", "\u4f80", TextEdit{0, 3, "\u4f80"}},
	} {
		if got := splice([]byte(c.before), []byte(c.after)); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func FuzzSplice(f *testing.F) {
	f.Add(`{"permissions":{"openapi":[]}}`, `{"permissions":{"openapi":["a.b"]}}`)
	f.Add("\u63d0\u9192", "\u63d1\u9193\u9192")
	f.Fuzz(func(t *testing.T, before, after string) {
		e := splice([]byte(before), []byte(after))
		if e.Start < 0 || e.Start > e.End || e.End > len(before) {
			t.Fatalf("%+v does not fit %q", e, before)
		}
		if got := before[:e.Start] + e.Text + before[e.End:]; got != after {
			t.Errorf("%+v turns %q into %q, want %q", e, before, got, after)
		}
		if utf8.ValidString(before) && utf8.ValidString(after) && !utf8.ValidString(e.Text) {
			t.Errorf("%q is not text", e.Text)
		}
	})
}

func TestRelative(t *testing.T) {
	base := filepath.FromSlash("/p/cloudfunctions")
	for dir, want := range map[string]string{
		"/p/cloudfunctions":         ".",
		"/p/cloudfunctions/a":       "a",
		"/p/cloudfunctions/..a":     "..a",
		"/p/other/b":                "../other/b",
		"/p/cloudfunctions/空 间/x.y": "空 间/x.y",
	} {
		if got := relative(base, filepath.FromSlash(dir)); got != want {
			t.Errorf("relative(%q) = %q, want %q", dir, got, want)
		}
	}
}
