package scaffold

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
)

func TestEveryTemplateRenders(t *testing.T) {
	call := regexp.MustCompile(`cloud\.openapi\.([a-zA-Z.]+)\(`)
	for _, p := range everyFunction() {
		template, _ := Lookup(p.Template)
		got := mustFunction(t, p)
		want := []string{"README.md", "config.json", "index.js", "package.json"}
		if p.TypeScript {
			want = []string{"README.md", "config.json", "index.js", "index.ts", "package.json", "tsconfig.json"}
		}
		if diff := cmp.Diff(want, keys(got)); diff != "" {
			t.Errorf("%+v: files (-want +got)\n%s", p, diff)
		}
		for path, data := range got {
			checkText(t, p, path, data)
		}

		source := got["index.js"]
		if p.TypeScript {
			source = got["index.ts"]
		}
		if !strings.Contains(source, "cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV") {
			t.Errorf("%+v: not initialised with the current environment:\n%s", p, source)
		}
		if !strings.Contains(got["index.js"], "exports.main = ") {
			t.Errorf("%+v: index.js exports no main", p)
		}
		for _, code := range []string{source, got["index.js"]} {
			called := []string{}
			for _, match := range call.FindAllStringSubmatch(code, -1) {
				called = append(called, match[1])
			}
			if !slices.Equal(called, template.APIs) {
				t.Errorf("%+v: calls %v, declares %v", p, called, template.APIs)
			}
		}
		if strings.Contains(source, "event.openid") || strings.Contains(source, "userInfo.openId") {
			t.Errorf("%+v: takes an openid from the client", p)
		}
	}
}

// checkText looks for what a template that went wrong leaves behind.
func checkText(t *testing.T, p Params, path, data string) {
	t.Helper()
	switch {
	case !strings.HasSuffix(data, "\n") || strings.HasSuffix(data, "\n\n"):
		t.Errorf("%+v: %s does not end with one newline: %q", p, path, tail(data))
	case strings.Contains(data, "\n\n\n"):
		t.Errorf("%+v: %s has two blank lines:\n%s", p, path, data)
	case strings.Contains(data, "<%") || strings.Contains(data, "<no value>") || strings.Contains(data, "compiledData"):
		t.Errorf("%+v: %s has a placeholder left:\n%s", p, path, data)
	case strings.HasSuffix(path, ".json") && !json.Valid([]byte(data)):
		t.Errorf("%+v: %s is not JSON:\n%s", p, path, data)
	}
	for line := range strings.Lines(data) {
		if strings.TrimRight(line, " \t\n") != strings.TrimRight(line, "\n") {
			t.Errorf("%+v: %s has blanks at the end of %q", p, path, line)
		}
	}
}

func TestConfigJSONDeclaresWhatIsCalled(t *testing.T) {
	for _, template := range Templates() {
		var config struct {
			Permissions *struct{ Openapi []string }
			Triggers    []struct{ Name, Type, Config string }
		}
		got := mustFunction(t, Params{Template: template.Name, Name: "fn", Lang: text.English})
		if err := json.Unmarshal([]byte(got["config.json"]), &config); err != nil {
			t.Fatal(err)
		}
		if config.Permissions == nil || config.Permissions.Openapi == nil || !slices.Equal(config.Permissions.Openapi, template.APIs) {
			t.Errorf("%s: config.json declares %+v, want %v", template.Name, config.Permissions, template.APIs)
		}
		if timers := len(config.Triggers); timers != 0 != (template.Name == "timer") {
			t.Errorf("%s: %d triggers", template.Name, timers)
		}
		for _, trigger := range config.Triggers {
			if len(strings.Fields(trigger.Config)) != 7 || trigger.Type != "timer" || ValidateName(trigger.Name) != nil {
				t.Errorf("%s: the cloud takes no such trigger: %+v", template.Name, trigger)
			}
		}
	}
}

func TestPackageJSONAsksForTheSDK(t *testing.T) {
	for _, ts := range []bool{false, true} {
		var file struct {
			Name, Main      string
			Dependencies    map[string]string
			DevDependencies map[string]string
			Scripts         map[string]string
		}
		got := mustFunction(t, Params{Template: "plain", Name: "fn", TypeScript: ts})
		if err := json.Unmarshal([]byte(got["package.json"]), &file); err != nil {
			t.Fatal(err)
		}
		if file.Name != "fn" || file.Main != "index.js" || file.Dependencies["wx-server-sdk"] != "~4.0.2" {
			t.Errorf("package.json = %+v", file)
		}
		if (file.Scripts["build"] == "tsc" && file.DevDependencies["typescript"] != "") != ts {
			t.Errorf("TypeScript %v: package.json = %+v", ts, file)
		}
	}
}

// TestReadmeSaysWhatTheTemplateNeeds lists what a reader must find in both languages.
func TestReadmeSaysWhatTheTemplateNeeds(t *testing.T) {
	needed := map[string][]string{
		"cloud-call": {"-604101", "40037", "43101", "47003", "wx.requestSubscribeMessage", "\nwxcloud perm wait fn\n", "subscribeMessage.send", "TEMPLATE_ID"},
		"open-data":  {"wx.cloud.CloudID", "event.weRunData.data", "cloud.getOpenData({ list })", "errCode", "-601006", "wx.getWeRunData"},
		"message-push": {
			"-604101", "MsgType", "Event", "user_enter_tempsession", "subscribe_msg_popup_event", "miniprogrampage",
			"customerServiceMessage.send", "'success'", "mp.weixin.qq.com", "45015", `open-type="contact"`, "消息推送",
		},
		"template-message": {"2020-01-10", "45103", "subscribeMessage.send", "wxcloud init --template cloud-call"},
		"timer":            {"1.02.1910182", "上传触发器", "UTC+8", "1970-2099", "-604101", "analysis.getDailySummary"},
		"plain":            {"wxcloud perm add", "-604101", "wx.cloud.callFunction"},
	}
	for _, template := range Templates() {
		if len(needed[template.Name]) == 0 {
			t.Errorf("%s: nothing is required of its README", template.Name)
		}
		for _, lang := range []text.Lang{text.English, text.Chinese} {
			readme := mustFunction(t, Params{Template: template.Name, Name: "fn", Lang: lang})["README.md"]
			for _, word := range needed[template.Name] {
				if !strings.Contains(readme, word) {
					t.Errorf("%s: the %s README does not mention %q", template.Name, lang, word)
				}
			}
			if heading := map[text.Lang]string{text.English: "## In the console", text.Chinese: "## 控制台操作"}[lang]; !strings.Contains(readme, heading) {
				t.Errorf("%s: the %s README has no console steps", template.Name, lang)
			}
			if strings.Contains(readme, "```js") && !strings.Contains(readme, "Page({\n  ") {
				t.Errorf("%s: the snippet is no page:\n%s", template.Name, readme)
			}
		}
	}
}

func TestWordsInBothLanguages(t *testing.T) {
	for _, template := range Templates() {
		for _, s := range []text.Sentence{template.Title, template.Summary} {
			if s.En == "" || !strings.ContainsFunc(s.Zh, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				t.Errorf("%s: %+v", template.Name, s)
			}
		}
		got := mustFunction(t, Params{Template: template.Name, Name: "fn", Lang: text.Chinese})
		if !strings.ContainsFunc(got["index.js"], func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s: no Chinese comment", template.Name)
		}
		if template.Retired != (template.Name == "template-message") {
			t.Errorf("%s: retired = %v", template.Name, template.Retired)
		}
	}
	if Templates()[0].Name != DefaultTemplate {
		t.Errorf("the first template is %s", Templates()[0].Name)
	}
}

func TestParamsReachTheCode(t *testing.T) {
	got := mustFunction(t, Params{
		Template: "cloud-call", Name: "fn", Lang: text.Chinese,
		TemplateID: "AbC_-9", Fields: []string{"thing1", "time2", "unheard3"},
	})
	for _, want := range []string{
		"const TEMPLATE_ID = 'AbC_-9'\n",
		"const DATA = {\n  thing1: { value: '来自云函数的问候' },\n  time2: { value: '2026年1月31日 12:00' },\n  unheard3: { value: '' },\n}\n",
	} {
		if !strings.Contains(got["index.js"], want) {
			t.Errorf("index.js does not contain %q:\n%s", want, got["index.js"])
		}
	}
	if !strings.Contains(got["README.md"], "const templateId = 'AbC_-9'") {
		t.Error("the client snippet has another template id")
	}
}

// TestSamplesFitTheirFields holds the samples to the limits WeChat documents, so
// that a fresh function is not refused with 47003.
func TestSamplesFitTheirFields(t *testing.T) {
	limits := map[string]int{"thing": 20, "letter": 32, "symbol": 5, "number": 32, "character_string": 32, "name": 20, "phrase": 5, "phone_number": 17, "car_number": 8}
	for _, s := range samples {
		for _, value := range []string{s.text.En, s.text.Zh} {
			if limit, ok := limits[s.kind]; value == "" || ok && len([]rune(value)) > limit {
				t.Errorf("%s: %q is longer than %d", s.kind, value, limit)
			}
			if strings.ContainsAny(value, `'"\`) {
				t.Errorf("%s: %q needs quoting", s.kind, value)
			}
		}
	}
}

func TestProject(t *testing.T) {
	for _, template := range Templates() {
		for _, lang := range []text.Lang{text.English, text.Chinese} {
			p := Params{Template: template.Name, Name: "notify", Lang: lang, ProjectName: `my "shop"`, AppID: "wx0123456789abcdef"}
			rendered, err := Project(p)
			if err != nil {
				t.Fatal(err)
			}
			got := byPath(rendered)
			for path, data := range got {
				checkText(t, p, path, data)
			}
			var project struct{ AppID, CloudfunctionRoot, MiniprogramRoot, ProjectName string }
			if err := json.Unmarshal([]byte(got["project.config.json"]), &project); err != nil {
				t.Fatal(err)
			}
			if project.AppID != p.AppID || project.CloudfunctionRoot != "cloudfunctions/" || project.MiniprogramRoot != "miniprogram/" || project.ProjectName != p.ProjectName {
				t.Errorf("project.config.json = %+v", project)
			}
			if !strings.Contains(got["miniprogram/app.js"], "wx.cloud.init(") {
				t.Error("app.js does not start cloud development")
			}
			for _, ignored := range []string{"private.*.key", ".wxcloud/", "node_modules/"} {
				if !slices.Contains(strings.Split(got[".gitignore"], "\n"), ignored) {
					t.Errorf(".gitignore lets %s in", ignored)
				}
			}
			checkPage(t, template.Name, got)
		}
	}
}

// checkPage: every handler the markup names is a method of the page, and the
// page calls the function that was made.
func checkPage(t *testing.T, template string, got map[string]string) {
	t.Helper()
	page, markup := got["miniprogram/pages/index/index.js"], got["miniprogram/pages/index/index.wxml"]
	for _, handler := range regexp.MustCompile(`bind\w+="(\w+)"`).FindAllStringSubmatch(markup, -1) {
		if !regexp.MustCompile(`\n  (async )?` + handler[1] + `\(`).MatchString(page) {
			t.Errorf("%s: the page has no handler %s", template, handler[1])
		}
	}
	if calls := strings.Contains(page, "name: 'notify'"); calls != (template != "message-push" && template != "timer") {
		t.Errorf("%s: the page calls the function: %v\n%s", template, calls, page)
	}
}

func TestRefusedParams(t *testing.T) {
	good := Params{Template: "cloud-call", Name: "fn"}
	for name, change := range map[string]func(*Params){
		"scaffold/unknown-template": func(p *Params) { p.Template = "cloud_call" },
		"scaffold/bad-name":         func(p *Params) { p.Name = "../fn" },
		"scaffold/bad-template-id":  func(p *Params) { p.TemplateID = "x'; process.exit()//" },
		"scaffold/bad-field":        func(p *Params) { p.Fields = []string{"{{thing1.DATA}}"} },
		"scaffold/bad-appid":        func(p *Params) { p.AppID = "gh_0123456789ab" },
	} {
		p := good
		change(&p)
		_, err := Function(p)
		if name == "scaffold/bad-appid" {
			_, err = Project(p)
		}
		var problem *clierr.Error
		if !errors.As(err, &problem) || problem.ID != clierr.ID(name) || problem.Exit != clierr.Usage {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestValidateName(t *testing.T) {
	for name, ok := range map[string]bool{
		"ab": true, "sendMessage": true, "send-message_2": true, strings.Repeat("a", 60): true,
		"": false, "a": false, "ab-": false, "ab_": false, "2a": false, "-a": false, "_a": false, "a.b": false, "a/b": false, "a b": false, "函数": false, strings.Repeat("a", 61): false,
	} {
		if err := ValidateName(name); (err == nil) != ok {
			t.Errorf("ValidateName(%q) = %v", name, err)
		}
	}
}

func TestValidateFieldsAndAppID(t *testing.T) {
	if diff := cmp.Diff([]string{"thing1", "time2", "phrase3"}, SplitFields("thing1， time2、phrase3")); diff != "" {
		t.Error(diff)
	}
	for fields, ok := range map[string]bool{"": true, "thing1,time2": true, "character_string1": true, "1thing": false, "thing-1": false, "thing1.DATA": false, "标题": false} {
		if err := ValidateFields(fields); (err == nil) != ok {
			t.Errorf("ValidateFields(%q) = %v", fields, err)
		}
	}
	for id, ok := range map[string]bool{"": true, "wx0123456789abcdef": true, "wx0123456789abcde": false, "wx0123456789abcdeg": false, "WX0123456789abcdef": false} {
		if err := ValidateAppID(id); (err == nil) != ok {
			t.Errorf("ValidateAppID(%q) = %v", id, err)
		}
	}
}

// FuzzFunction: whatever a person answers is either refused or ends up as data,
// never as code.
func FuzzFunction(f *testing.F) {
	f.Add("sendMessage", "Vt5rBLvVE2Lw", "thing1,time2")
	f.Add("a'b", "${x}", "{{thing1.DATA}}")
	f.Add("a", "<% .Name %>", "constructor __proto__")
	f.Fuzz(func(t *testing.T, name, id, fields string) {
		rendered, err := Function(Params{Template: "cloud-call", Name: name, TemplateID: id, Fields: SplitFields(fields), TypeScript: true})
		if err != nil {
			var problem *clierr.Error
			if !errors.As(err, &problem) {
				t.Fatalf("not an answer a person can act on: %v", err)
			}
			return
		}
		got := byPath(rendered)
		if !json.Valid([]byte(got["package.json"])) || !strings.Contains(got["index.js"], "const TEMPLATE_ID = '"+id+"';\n") {
			t.Fatalf("name %q, id %q:\n%s\n%s", name, id, got["package.json"], got["index.js"])
		}
	})
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	rendered := []File{{"fn/index.js", []byte("1\n")}, {"fn/config.json", []byte("{}\n")}}
	written, err := Write(dir, rendered)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"fn/index.js", "fn/config.json"}, written); diff != "" {
		t.Error(diff)
	}
	if data, err := os.ReadFile(filepath.Join(dir, "fn", "index.js")); err != nil || string(data) != "1\n" {
		t.Errorf("index.js = %q, %v", data, err)
	}
}

func TestWriteNeverOverwrites(t *testing.T) {
	dir := t.TempDir()
	mine := filepath.Join(dir, "fn", "config.json")
	if err := os.Mkdir(filepath.Dir(mine), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(mine, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	written, err := Write(dir, Under("fn", []File{{"index.js", []byte("1")}, {"config.json", []byte("{}")}}))
	var problem *clierr.Error
	if !errors.As(err, &problem) || problem.ID != "scaffold/exists" || problem.Exit != clierr.Local || problem.Args["file"] != "fn/config.json" || problem.At.File != mine {
		t.Errorf("err = %v", err)
	}
	if len(written) != 0 {
		t.Errorf("wrote %v", written)
	}
	entries, err := os.ReadDir(filepath.Dir(mine))
	if err != nil || len(entries) != 1 {
		t.Errorf("the folder now has %v, %v", entries, err)
	}
	if data, err := os.ReadFile(mine); err != nil || string(data) != "mine" {
		t.Errorf("config.json = %q, %v", data, err)
	}
}

func TestWriteSaysWhatWasDone(t *testing.T) {
	dir := t.TempDir()
	// The third needs a folder where the second put a file: nothing is in the way
	// when Write looks, and the writing itself fails half way.
	rendered := []File{{"README.md", []byte("x")}, {"fn", []byte("a file")}, {"fn/index.js", []byte("1")}, {"last.md", nil}}
	written, err := Write(dir, rendered)
	var problem *clierr.Error
	if !errors.As(err, &problem) || problem.ID != "scaffold/cannot-write" || problem.Args["file"] != "fn/index.js" {
		t.Errorf("err = %v", err)
	}
	if diff := cmp.Diff([]string{"README.md", "fn"}, written); diff != "" {
		t.Errorf("written (-want +got):\n%s", diff)
	}
	if got := entries(t, dir); !slices.Equal(got, written) {
		t.Errorf("the folder holds %v, Write says %v", got, written)
	}
}

func entries(t *testing.T, dir string) []string {
	t.Helper()
	children, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, child := range children {
		names = append(names, child.Name())
	}
	return names
}

func keys(m map[string]string) []string {
	var names []string
	for name := range m {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func tail(s string) string { return s[max(0, len(s)-40):] }
