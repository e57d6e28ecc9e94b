package jsonedit_test

import (
	"testing"

	"wxcloud/internal/jsonedit"
)

func TestNewInTheStyleOfAnother(t *testing.T) {
	for _, c := range []struct{ name, like, want string }{
		{"two spaces", "{\n  \"a\": {\n    \"b\": 1\n  }\n}\n", "{\n  \"p\": [\n    \"x\",\n    \"y\"\n  ]\n}\n"},
		{"tabs, CRLF, no final newline", "{\r\n\t\"a\": 1\r\n}", "{\r\n\t\"p\": [\r\n\t\t\"x\",\r\n\t\t\"y\"\r\n\t]\r\n}"},
		{"flat", "{\n\"a\": 1\n}", "{\n\"p\": [\n\"x\",\n\"y\"\n]\n}"},
	} {
		style, ok := jsonedit.StyleOf([]byte(c.like))
		if !ok {
			t.Fatalf("%s: no style", c.name)
		}
		if got := string(jsonedit.New(style, []string{"p"}, []string{"x", "y"})); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	for _, text := range []string{"", "{}", `{"a": 1}`, "{\n  // a\n}", "{"} {
		if style, ok := jsonedit.StyleOf([]byte(text)); ok {
			t.Errorf("%q shows the style %+v", text, style)
		}
	}
}
