package catalog

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestCounts(t *testing.T) {
	documented, noLink := 0, 0
	status := map[Status]int{}
	for i := range All() {
		status[i.Status]++
		if i.Params != nil && i.Params.From == "" {
			documented++
		}
		if i.DocURL == "" {
			noLink++
		}
	}
	if Len() != 338 || documented != 136 || noLink != 157 {
		t.Errorf("%d interfaces, %d with fields of their own, %d without a link; want 338, 136, 157", Len(), documented, noLink)
	}
	if n := len(slices.Collect(AllNotCallable())); n != 298 {
		t.Errorf("%d interfaces without a cloud call, want 298", n)
	}
	if diff := cmp.Diff(map[Status]int{Active: 320, Deprecated: 11, Removed: 7}, status); diff != "" {
		t.Errorf("statuses (-want +got):\n%s", diff)
	}
}

func TestLookup(t *testing.T) {
	got, ok := Lookup("templateMessage.send")
	if !ok {
		t.Fatal("templateMessage.send is missing")
	}
	if got.Status != Removed || got.RetiredOn != "2020-01-10" || !slices.Equal(got.ReplacedBy, []string{"subscribeMessage.send"}) ||
		!strings.HasPrefix(got.NoticeURL, "https://developers.weixin.qq.com/community/") || got.Inferred {
		t.Errorf("templateMessage.send: %+v", got)
	}
	got, _ = Lookup("midas.pay")
	if got.Status != Deprecated || !got.Inferred || got.RetiredOn != "" || !slices.Equal(got.ReplacedBy, []string{"wxa.game.pay"}) {
		t.Errorf("midas.pay: %+v", got)
	}
	got, _ = Lookup("wxa.sec.order.getOrder")
	if got.Category != "wxa.sec.order" {
		t.Errorf("category %q", got.Category)
	}
	for _, name := range []string{"", "subscribemessage.send", "openapi.subscribeMessage.send", "zzz", " subscribeMessage.send"} {
		if i, ok := Lookup(name); ok {
			t.Errorf("Lookup(%q) found %s", name, i.Name)
		}
	}
	for name := range map[string]bool{"auth.code2Session": true, "AUTH.code2session": true} {
		if n, ok := LookupNotCallable(name); !ok || n.Path != "/sns/jscode2session" {
			t.Errorf("LookupNotCallable(%q) = %+v, %v", name, n, ok)
		}
	}
	if _, ok := LookupNotCallable("subscribeMessage.send"); ok {
		t.Error("subscribeMessage.send is said not to be callable")
	}
}

func TestNamesAreUnique(t *testing.T) {
	seen := map[string]string{}
	last := ""
	for i := range All() {
		if i.Name <= last {
			t.Errorf("%s comes after %s", i.Name, last)
		}
		last = i.Name
		for _, name := range slices.Concat([]string{i.Name}, i.Aliases, i.SuggestedAliases) {
			if other, taken := seen[strings.ToLower(name)]; taken {
				t.Errorf("%s belongs to %s and to %s", name, other, i.Name)
			}
			seen[strings.ToLower(name)] = i.Name
		}
	}
}

// Both names of an interface are valid, so neither may be called the wrong one,
// and the fields of the documented name serve for both.
func TestTwins(t *testing.T) {
	add, _ := Lookup("subscribeMessage.addTemplate")
	if !slices.Equal(add.SameAs, []string{"officialAccount.newtmpl.addTemplate"}) {
		t.Fatalf("SameAs = %v", add.SameAs)
	}
	twin, _ := Lookup("officialAccount.newtmpl.addTemplate")
	if !slices.Equal(twin.SameAs, []string{"subscribeMessage.addTemplate"}) {
		t.Errorf("SameAs of the twin = %v", twin.SameAs)
	}
	want := Params{From: twin.Name, Request: twin.Params.Request, Response: twin.Params.Response, Errors: twin.Params.Errors}
	if diff := cmp.Diff(&want, add.Params); diff != "" {
		t.Errorf("borrowed fields (-want +got):\n%s", diff)
	}
	if twin.Params.From != "" {
		t.Errorf("the documented name borrowed from %s", twin.Params.From)
	}
	for i := range All() {
		for _, name := range i.SameAs {
			other, ok := Lookup(name)
			if !ok || other.Path != i.Path || !slices.Contains(other.SameAs, i.Name) {
				t.Errorf("%s is said to be the same as %s", i.Name, name)
			}
		}
	}
}

func TestAccountNoteNamesTheInterface(t *testing.T) {
	i, _ := Lookup("officialAccount.material.delelete")
	for _, note := range []string{i.Note, i.NoteZh} {
		if !strings.Contains(note, ".officialAccount.material.delelete") || !strings.Contains(note, "delelete 这个拼写") && !strings.Contains(note, `spelling "delelete"`) {
			t.Errorf("note %q", note)
		}
	}
}

// The decoded catalog is what the reviewed source says, to the last field: this
// is what proves the generator and the decoder together.
func TestDecodedEqualsSource(t *testing.T) {
	var source struct {
		Interfaces []map[string]any `json:"interfaces"`
	}
	readJSON(t, "interfaces.json", &source)
	var got []map[string]any
	for i := range All() {
		entry := map[string]any{}
		put := func(key, value string) {
			if value != "" {
				entry[key] = value
			}
		}
		putList := func(key string, names []string) {
			var list []any
			for _, n := range names {
				list = append(list, n)
			}
			if list != nil {
				entry[key] = list
			}
		}
		put("name", i.Name)
		put("title_zh", i.TitleZh)
		put("title_en", i.TitleEn)
		put("doc_name", i.DocName)
		put("method", i.Method)
		put("path", i.Path)
		put("doc_url", i.DocURL)
		put("min_sdk", i.MinSDK)
		put("account", string(i.Account))
		put("platform", string(i.Platform))
		put("status", string(i.Status))
		putList("replaced_by", i.ReplacedBy)
		put("retired_on", i.RetiredOn)
		put("notice_url", i.NoticeURL)
		if i.Inferred {
			entry["inferred"] = true
		}
		if i.Account != OfficialAccount { // theirs has the common note before it
			put("note", i.Note)
			put("note_zh", i.NoteZh)
		}
		put("confidence", string(i.Confidence))
		if i.SideEffects {
			entry["side_effects"] = true
		}
		putList("aliases", i.Aliases)
		putList("suggested_aliases", i.SuggestedAliases)
		put("keywords", i.keywords)
		if i.Popularity != 0 {
			entry["popularity"] = float64(i.Popularity)
		}
		got = append(got, entry)
	}
	for _, entry := range source.Interfaces {
		if entry["account"] == string(OfficialAccount) {
			delete(entry, "note")
			delete(entry, "note_zh")
		}
	}
	if diff := cmp.Diff(source.Interfaces, got); diff != "" {
		t.Errorf("interfaces (-source +decoded):\n%s", diff)
	}

	var fields []struct {
		Name              string
		Request, Response []Field
		Errors            []ErrorCode
	}
	readJSON(t, "fields.json", &fields)
	for _, f := range fields {
		i, _ := Lookup(f.Name)
		want := &Params{Request: f.Request, Response: f.Response, Errors: f.Errors}
		if diff := cmp.Diff(want, i.Params); diff != "" {
			t.Errorf("fields of %s (-source +decoded):\n%s", f.Name, diff)
		}
	}

	var notCallable []struct {
		Method, Path string
		TitleZh      string   `json:"title_zh"`
		DocName      string   `json:"doc_name"`
		OldNames     []string `json:"old_names"`
	}
	readJSON(t, "not-callable.json", &notCallable)
	var want []NotCallable
	for _, n := range notCallable {
		want = append(want, NotCallable(n))
	}
	if diff := cmp.Diff(want, slices.Collect(AllNotCallable()), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("not callable (-source +decoded):\n%s", diff)
	}
}

func readJSON(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("source", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// A command that asks the catalog nothing must not pay for it: the package has
// no work at start-up, not even a closure to make.
func TestNothingHappensAtStartUp(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(program, "-test.run=^$")
	command.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !strings.Contains(string(out), "init os @") {
		t.Fatalf("no trace of start-up work:\n%s", out)
	}
	for line := range strings.Lines(string(out)) {
		if strings.HasPrefix(line, "init wxcloud/") {
			t.Errorf("work at start-up: %s", line)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if t := decode(); len(t.interfaces) == 0 {
			b.Fatal("nothing decoded")
		}
	}
}

func BenchmarkLookup(b *testing.B) {
	load()
	for b.Loop() {
		if _, ok := Lookup("subscribeMessage.send"); !ok {
			b.Fatal("not found")
		}
	}
}

func BenchmarkResolveTypo(b *testing.B) {
	load()
	for b.Loop() {
		if r := Resolve("subscribeMesage.send"); r.Kind != Typo {
			b.Fatal(r.Kind)
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	load()
	for b.Loop() {
		if len(Search("订阅消息", 10)) == 0 {
			b.Fatal("nothing found")
		}
	}
}
