package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const catalogDir = "../../../catalog"

// What is committed is what the source says: regenerating changes no byte.
func TestGeneratedTablesAreUpToDate(t *testing.T) {
	s, err := readSource(filepath.Join(catalogDir, "source"))
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range check(s) {
		t.Error(problem)
	}
	tables := encode(s)
	if len(tables) != 3 {
		t.Fatalf("%d tables", len(tables))
	}
	for _, table := range tables {
		committed, err := os.ReadFile(filepath.Join(catalogDir, table.file))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(committed, table.data) {
			t.Errorf("%s is out of date; run: go run ./internal/gen/catalog", table.file)
		}
	}
}

func TestRunWritesTheTables(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "source"), os.DirFS(filepath.Join(catalogDir, "source"))); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := run(dir, &out); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"interfaces_gen.tsv", "fields_gen.tsv", "not_callable_gen.tsv"} {
		if _, err := os.Stat(filepath.Join(dir, file)); err != nil || !strings.Contains(out.String(), file) {
			t.Errorf("%s: %v\n%s", file, err, out.String())
		}
	}
	// A key that nobody reads would be a fact that never reaches the user.
	if err := os.WriteFile(filepath.Join(dir, "source", "fields.json"), []byte(`[{"name": "a.b", "requst": []}]`), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := run(dir, &out); err == nil || !strings.Contains(err.Error(), "requst") {
		t.Errorf("a misspelt key: %v", err)
	}
}

func TestCheck(t *testing.T) {
	valid := func() source {
		entry := func(name, path string) interfaceSource {
			return interfaceSource{
				Name: name, TitleZh: "发送", TitleEn: "Send", Method: "POST", Path: path,
				MinSDK: "0.4.0", Account: "any", Platform: "both", Status: "active", Confidence: "high",
			}
		}
		old := entry("b.old", "/b/old")
		old.Status, old.RetiredOn, old.ReplacedBy = "removed", "2020-01-10", []string{"a.send"}
		old.Note, old.NoteZh = "Offline since 2020-01-10, use a.send.", "已于 2020-01-10 下线，请改用 a.send。"
		old.Aliases = []string{"b.ancient"}
		return source{
			interfacesSource: interfacesSource{
				AccountNotes: map[string]words{"any": {En: "Call {name}.", Zh: "调用 {name}。"}},
				Interfaces:   []interfaceSource{entry("a.send", "/a/send"), old},
			},
			Fields: []fieldsSource{{
				Name:    "a.send",
				Request: []fieldSource{{Name: "list", Type: "objarray"}, {Name: "list[].id", Type: "string"}},
				Errors:  []errorSource{{Code: -1, Message: "system error"}},
			}},
			NotCallable: []notCallableSource{{Method: "GET", Path: "/sns/x", TitleZh: "登录", OldNames: []string{"auth.x"}}},
		}
	}
	if problems := check(valid()); len(problems) != 0 {
		t.Fatalf("the valid source: %v", problems)
	}
	tests := []struct {
		name   string
		damage func(*source)
		want   string
	}{
		{"out of order", func(s *source) { s.Interfaces[0], s.Interfaces[1] = s.Interfaces[1], s.Interfaces[0] }, "a.send: out of order"},
		{"twice", func(s *source) { s.Interfaces = append(s.Interfaces, s.Interfaces[1]) }, "b.old: out of order"},
		{"same but for case", func(s *source) { s.Interfaces[1].Name = "a.sEND"; s.Interfaces[0].Name = "a.SEND" }, "but for case"},
		{"one segment", func(s *source) { s.Interfaces[0].Name = "a" }, "two to four segments"},
		{"a space in a name", func(s *source) { s.Interfaces[0].Name = "a.se nd" }, "not an identifier"},
		{"unknown status", func(s *source) { s.Interfaces[0].Status = "alive" }, `status is "alive"`},
		{"unknown method", func(s *source) { s.Interfaces[0].Method = "PUT" }, `method is "PUT"`},
		{"unknown account", func(s *source) { s.Interfaces[0].Account = "" }, "account is"},
		{"unknown platform", func(s *source) { s.Interfaces[0].Platform = "web" }, "platform is"},
		{"unknown confidence", func(s *source) { s.Interfaces[0].Confidence = "low" }, "confidence is"},
		{"relative path", func(s *source) { s.Interfaces[0].Path = "a/send" }, `path "a/send"`},
		{"link elsewhere", func(s *source) { s.Interfaces[0].DocURL = "https://example.com/" }, "does not point to"},
		{"link without TLS", func(s *source) { s.Interfaces[0].DocURL = "http://developers.weixin.qq.com/x" }, "does not point to"},
		{"no English title", func(s *source) { s.Interfaces[0].TitleEn = "" }, "title missing"},
		{"Chinese in the English title", func(s *source) { s.Interfaces[0].TitleEn = "发" }, "English title"},
		{"a tab", func(s *source) { s.Interfaces[0].TitleEn = "Send\tit" }, "control character"},
		{"SDK version", func(s *source) { s.Interfaces[0].MinSDK = "new" }, "min_sdk"},
		{"note in one language", func(s *source) { s.Interfaces[0].Note = "Once." }, "one language only"},
		{"note in the wrong language", func(s *source) { s.Interfaces[0].Note, s.Interfaces[0].NoteZh = "一", "一" }, "wrong language"},
		{"note naming its source", func(s *source) {
			s.Interfaces[0].Note, s.Interfaces[0].NoteZh = "Seen in a repository.", "见于某仓库。"
		}, "means nothing to a user"},
		{"account note", func(s *source) { s.AccountNotes["robot"] = words{En: "x", Zh: "一"} }, `account is "robot"`},
		{"alive, yet replaced", func(s *source) { s.Interfaces[0].ReplacedBy = []string{"b.old"} }, "says how it ended"},
		{"removed without a note", func(s *source) { s.Interfaces[1].Note, s.Interfaces[1].NoteZh = "", "" }, "removed without a note"},
		{"removed without a date", func(s *source) { s.Interfaces[1].RetiredOn = "" }, "either a date or"},
		{"inference unsaid", func(s *source) { s.Interfaces[1].RetiredOn = ""; s.Interfaces[1].Inferred = true }, "is an inference"},
		{"not a date", func(s *source) { s.Interfaces[1].RetiredOn = "2020-13-01" }, "retired_on"},
		{"another date in the note", func(s *source) { s.Interfaces[1].RetiredOn = "2020-01-11" }, "does not say 2020-01-11"},
		{"no such replacement", func(s *source) { s.Interfaces[1].ReplacedBy = []string{"a.gone"} }, "not an active interface"},
		{"replaced by a dead one", func(s *source) { s.Interfaces[1].ReplacedBy = []string{"b.old"} }, "not an active interface"},
		{"alias is a name", func(s *source) { s.Interfaces[1].Aliases = []string{"A.Send"} }, "already the name"},
		{"alias twice", func(s *source) { s.Interfaces[1].SuggestedAliases = []string{"b.ancient"} }, "already the name"},
		{"comma in an alias", func(s *source) { s.Interfaces[1].Aliases = []string{"a,b"} }, "comma"},
		{"popularity", func(s *source) { s.Interfaces[1].Popularity = -1 }, "below zero"},
		{"fields of nothing", func(s *source) { s.Fields[0].Name = "a.gone" }, "no such interface"},
		{"fields twice", func(s *source) { s.Fields = append(s.Fields, s.Fields[0]) }, "out of order or twice"},
		{"field twice", func(s *source) { s.Fields[0].Request[1].Name = "list" }, "field list twice"},
		{"field without parent", func(s *source) { s.Fields[0].Request[0].Name = "other" }, "has no parent"},
		{"field name", func(s *source) { s.Fields[0].Request[0].Name = "a b" }, `field "a b"`},
		{"field type", func(s *source) { s.Fields[0].Request[0].Type = "text" }, `list is "text"`},
		{"code zero", func(s *source) { s.Fields[0].Errors[0].Code = 0 }, "twice or zero"},
		{"not callable, yet callable", func(s *source) { s.NotCallable[0].OldNames = []string{"a.Send"} }, "callable or stands twice"},
		{"not callable path is callable", func(s *source) { s.NotCallable[0].Method, s.NotCallable[0].Path = "POST", "/a/send" }, "callable or stands twice"},
		{"not callable title", func(s *source) { s.NotCallable[0].TitleZh = "" }, "path or title"},
		{"not callable order", func(s *source) {
			s.NotCallable = append(s.NotCallable, notCallableSource{Method: "GET", Path: "/a", TitleZh: "一"})
		}, "/a: out of order"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := valid()
			test.damage(&s)
			var all []string
			for _, problem := range check(s) {
				all = append(all, problem.Error())
			}
			if !strings.Contains(strings.Join(all, "\n"), test.want) {
				t.Errorf("found %q, want %q among them", all, test.want)
			}
		})
	}
}
