package jsonedit_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"wxcloud/internal/jsonedit"
)

// decode reads a document independently of the package under test.
func decode(t *testing.T, text []byte) map[string]any {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(text, []byte("\ufeff"))))
	decoder.UseNumber()
	var document map[string]any
	if err := decoder.Decode(&document); err != nil {
		t.Fatalf("not valid: %v\n%q", err, text)
	}
	return document
}

// list takes permissions.openapi out of a document and returns it.
func list(document map[string]any) []any {
	permissions, _ := document["permissions"].(map[string]any)
	elements, _ := permissions["openapi"].([]any)
	delete(permissions, "openapi")
	if len(permissions) == 0 {
		delete(document, "permissions")
	}
	return elements
}

func FuzzEdit(f *testing.F) {
	for _, c := range layouts {
		f.Add([]byte(c.before), "x.y")
	}
	for _, c := range refusals {
		f.Add([]byte(c.text), "a.b")
	}
	f.Fuzz(func(t *testing.T, text []byte, name string) {
		given := bytes.Clone(text)
		name = strings.ToValidUTF8(name, "?")
		added, err := jsonedit.Append(text, openapi, []string{name})
		removed, removeErr := jsonedit.Remove(text, openapi, []string{name})
		if !bytes.Equal(text, given) {
			t.Fatal("the input was written to")
		}
		if (err == nil) != (removeErr == nil) {
			t.Fatalf("append says %v, remove says %v", err, removeErr)
		}
		if err != nil {
			return
		}
		check(t, text, added, func(before []any) []any {
			if slices.Contains(before, any(name)) {
				return before
			}
			return append(before, name)
		})
		check(t, text, removed, func(before []any) []any {
			return slices.DeleteFunc(before, func(v any) bool { return v == any(name) })
		})
		again, err := jsonedit.Append(added.Text, openapi, []string{name})
		if err != nil || again.Changed {
			t.Fatalf("second append: %v, changed %v, of %q", err, again.Changed, added.Text)
		}
		back, err := jsonedit.Remove(added.Text, openapi, []string{name})
		if err != nil || !back.Changed {
			t.Fatalf("removal: %v, changed %v, of %q", err, back.Changed, added.Text)
		}
	})
}

// check compares an edit's result with its input, decoded: only the list may
// differ, and it must be what want makes of the old one.
func check(t *testing.T, before []byte, edit jsonedit.Edit, want func([]any) []any) {
	t.Helper()
	if edit.Changed == bytes.Equal(before, edit.Text) {
		t.Fatalf("Changed is %v, but %q became %q", edit.Changed, before, edit.Text)
	}
	was, is := decode(t, before), decode(t, edit.Text)
	wanted := want(list(was))
	if got := list(is); len(got)+len(wanted) > 0 && !cmp.Equal(wanted, got) {
		t.Fatalf("list is %q, want %q, in %q", got, wanted, edit.Text)
	}
	if diff := cmp.Diff(was, is); diff != "" {
		t.Fatalf("something else changed:\n%s", diff)
	}
}

// FuzzRead holds the reader to encoding/json: they accept the same strict
// documents, and blanking the leniencies leaves strict JSON.
func FuzzRead(f *testing.F) {
	for _, c := range layouts {
		f.Add([]byte(c.before))
	}
	for _, c := range refusals {
		f.Add([]byte(c.text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		document, err := jsonedit.Read(text)
		strict := json.Valid(bytes.TrimPrefix(text, []byte("\ufeff"))) && utf8.Valid(text)
		if strict && (err != nil || len(document.Extras) > 0) && bytes.Count(text, []byte("["))+bytes.Count(text, []byte("{")) <= 500 {
			t.Fatalf("valid, but %v %v: %q", err, document.Extras, text)
		}
		if err != nil {
			return
		}
		if len(document.Strict) != len(text) || !json.Valid([]byte(document.Strict)) {
			t.Fatalf("strict form of %q is %q", text, document.Strict)
		}
		if len(document.Extras) == 0 && !strict {
			t.Fatalf("accepted: %q", text)
		}
		if !slices.IsSortedFunc(document.Extras, func(a, b jsonedit.Extra) int { return a.Offset - b.Offset }) {
			t.Fatalf("out of order: %v", document.Extras)
		}
	})
}
