package lint_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"wxcloud/lint"
)

// A baseline that can be read is written again as what it was read as.
func FuzzReadBaseline(f *testing.F) {
	f.Add([]byte(`{"schema":"wxcloud.lint-baseline/1","findings":[{"rule":"r","function":"提醒","api":"a.b","file":"../x.js","line":"00ff","count":2},{"rule":"r","file":""}]}`))
	f.Add([]byte("\ufeff{ // merged\n\"schema\":\"wxcloud.lint-baseline/1\",\"findings\":[{\"count\":-3},{\"count\":1,},]}"))
	f.Add([]byte(`{"schema":"wxcloud.lint-baseline/1","findings":null}`))
	path := filepath.Join(f.TempDir(), "b.json")
	f.Fuzz(func(t *testing.T, text []byte) {
		b, err := lint.ReadBaseline(path, text)
		if err != nil {
			return
		}
		once, err := b.Encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := lint.ReadBaseline(path, once)
		if err != nil || again.Len() != b.Len() {
			t.Fatalf("%d findings, then %d, %v\n%s", b.Len(), again.Len(), err, once)
		}
		if twice, err := again.Encode(); err != nil || !bytes.Equal(once, twice) {
			t.Errorf("%v\n%s\n%s", err, once, twice)
		}
	})
}

// A comment, whatever it says, hides nothing but findings of a rule it names, and
// never makes lint fail.
func FuzzDirective(f *testing.F) {
	for _, s := range []string{
		"wxcloud-disable-next-line undeclared-api reason", "wxcloud-disable-next-line", "wxcloud-disable undeclared-api,, ,x -- y",
		"wxcloud-enable", "wxcloud-disable-line　undeclared-api：因为", "wxcloud-disable-next-line --undeclared-api",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, comment string) {
		if strings.ContainsAny(comment, "\r\n\u2028\u2029") {
			return
		}
		root := t.TempDir()
		write(t, filepath.Join(root, "a/index.js"), head+"// "+comment+"\nawait cloud.openapi.wxacode.get({})\n}\n")
		r := with(t, root, lint.Options{})
		named := strings.Contains(comment, "wxcloud-disable") && strings.Contains(comment, "undeclared-api")
		if len(r.Suppressed) > 0 && !named {
			t.Errorf("%q hides %q", comment, suppressed(r))
		}
		if len(r.Suppressed)+r.Summary.Errors != 1 {
			t.Errorf("%q: %q and %q", comment, suppressed(r), said(r))
		}
	})
}
