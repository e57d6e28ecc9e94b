package probe

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

var calls = []Call{{"security.msgSecCheck", "{ content: 'x' }"}, {"subscribeMessage.send", "{}"}}

// files are shapes of text that an edit by lines could harm.
var files = []string{
	"", "\n", "\r\n", "\r", "x", "x\n", "x\r\n", "x\r", "x\n\n\n", "x\n  ", "\ufeffexports.main = 1\r\n",
	"exports.main = async () => {\n  return 1\n}\n", "exports.main = async () => {\r\n\treturn 1\r\n}",
	"a\r\nb\nc\rd", "\t{ \n", "// the end", "`\n", "\x00\xff{\n\xfe",
}

func TestAddThenRemoveChangesNothing(t *testing.T) {
	for _, text := range files {
		everywhere(t, []byte(text))
	}
	r := rand.New(rand.NewPCG(1, 1))
	alphabet := []string{"\n", "\r", "\r\n", " ", "\t", "{", "}", "x", "'", "/*", "*/", "世", "\ufeff"}
	for range 3000 {
		var b bytes.Buffer
		for range r.IntN(30) {
			b.WriteString(alphabet[r.IntN(len(alphabet))])
		}
		everywhere(t, b.Bytes())
	}
}

func everywhere(t *testing.T, text []byte) {
	t.Helper()
	sites := []Site{{Function: "f"}, {Function: "f", TypeScript: true}}
	for at := range len(text) + 1 {
		sites = append(sites, Site{Function: "f", Module: true, Body: at, Event: "event", TypeScript: at%2 == 0})
	}
	for _, site := range sites {
		identity(t, text, site)
	}
}

func identity(t *testing.T, text []byte, site Site) {
	t.Helper()
	before := slices.Clone(text)
	with, err := Add(text, site, calls)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	if !bytes.Equal(text, before) || bytes.Equal(with, text) {
		t.Fatalf("%q: the text given was changed, or nothing added", text)
	}
	if got := APIs(with); !slices.Equal(got, []string{"security.msgSecCheck", "subscribeMessage.send"}) {
		t.Fatalf("%q: asks %q", with, got)
	}
	if _, err := Add(with, site, calls); !errors.Is(err, ErrPresent) {
		t.Fatalf("%q: added twice: %v", text, err)
	}
	blank := slices.Clone(with)
	Blank(blank)
	if len(blank) != len(with) || bytes.Contains(blank, []byte("openapi")) || bytes.Count(blank, []byte("\n")) != bytes.Count(with, []byte("\n")) {
		t.Fatalf("%q: blanked is %q", text, blank)
	}
	without, ok, err := Remove(with)
	if err != nil || !ok || !bytes.Equal(without, text) {
		t.Fatalf("%+v of %q gives back %q (%v)", site, text, without, err)
	}
}

func TestNothingToRemove(t *testing.T) {
	for _, text := range files {
		out, ok, err := Remove([]byte(text))
		if ok || err != nil || string(out) != text || APIs([]byte(text)) != nil {
			t.Errorf("%q: %q, %v, %v", text, out, ok, err)
		}
	}
}

func TestATornBlockIsLeft(t *testing.T) {
	whole, err := Add([]byte("x\n"), Site{Function: "f"}, calls)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		begin, end, string(whole) + string(whole), end + begin,
		strings.Replace(string(whole), end, "", 1), strings.Replace(string(whole), begin, "", 1),
	} {
		kept := []byte(text)
		Blank(kept)
		out, ok, err := Remove([]byte(text))
		if !errors.Is(err, ErrTorn) || ok || string(out) != text || string(kept) != text {
			t.Errorf("%q: %v", text, err)
		}
		if _, err := Add([]byte(text), Site{Function: "f"}, calls); !errors.Is(err, ErrTorn) {
			t.Errorf("%q: added: %v", text, err)
		}
	}
}

func TestTheBlockHasTheFilesOwnForm(t *testing.T) {
	crlf, _ := Add([]byte("export const main = async (e) => {\r\n\treturn 1\r\n}\r\n"), Site{Function: "f", Module: true, Body: 34, Event: "e"}, calls)
	if bytes.Count(crlf, []byte("\n")) != bytes.Count(crlf, []byte("\r\n")) || !bytes.Contains(crlf, []byte("{\r\n\t"+begin)) || !bytes.Contains(crlf, []byte(end+"\r\n\treturn 1")) {
		t.Errorf("%s", crlf)
	}
	plain, _ := Add([]byte("exports.main = main\n"), Site{Function: "f"}, calls)
	if !bytes.HasPrefix(plain, []byte("exports.main = main\n"+begin)) || !bytes.HasSuffix(plain, []byte("\n"+end+"\n")) {
		t.Errorf("%s", plain)
	}
	for _, site := range []Site{{}, {TypeScript: true}, {Module: true, Event: "e"}, {Module: true, Event: "e", TypeScript: true}} {
		text, _ := Add([]byte("{"), site, calls)
		if bytes.ContainsRune(text, '%') || bytes.Contains(text, []byte(": any")) != site.TypeScript {
			t.Errorf("%+v: %s", site, text)
		}
	}
}

func FuzzAddThenRemove(f *testing.F) {
	for _, text := range files {
		f.Add([]byte(text), uint(3), false, true)
		f.Add([]byte(text), uint(0), true, false)
	}
	f.Fuzz(func(t *testing.T, text []byte, at uint, module, typescript bool) {
		if bytes.Contains(text, []byte("wxcloud-probe-")) {
			t.Skip()
		}
		identity(t, text, Site{Function: "f", Module: module, TypeScript: typescript, Body: int(at % uint(len(text)+1)), Event: "event"})
	})
}
