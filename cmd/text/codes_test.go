package text_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/internal/wxcode"
	"wxcloud/perm"
)

// explained collects the explanation of every known code by its key.
func explained(t *testing.T) map[string]text.CodeText {
	t.Helper()
	out := map[string]text.CodeText{}
	for _, c := range wxcode.All() {
		e, ok := text.Code(c.Number)
		if !ok {
			t.Errorf("%d has no text", c.Number)
		}
		out[strconv.Itoa(c.Number)] = e
	}
	for _, n := range wxcode.AllNamed() {
		e, ok := text.NamedCode(n.Name)
		if !ok {
			t.Errorf("%s has no text", n.Name)
		}
		out[n.Name] = e
	}
	return out
}

func sentences(e text.CodeText) []text.Sentence {
	return slices.Concat([]text.Sentence{e.Title, e.Meaning}, e.Causes, e.Next)
}

func TestEveryCodeIsExplainedInBothLanguages(t *testing.T) {
	placeholder := regexp.MustCompile(`\{[a-z]+\}`)
	for key, e := range explained(t) {
		if len(e.Causes) == 0 || len(e.Next) == 0 {
			t.Errorf("%s: no cause or no next step", key)
		}
		for _, s := range sentences(e) {
			if strings.TrimSpace(s.En) == "" || strings.TrimSpace(s.Zh) == "" {
				t.Errorf("%s: an empty sentence beside %q %q", key, s.En, s.Zh)
				continue
			}
			if strings.HasSuffix(s.En, ".") || strings.HasSuffix(s.Zh, "。") {
				t.Errorf("%s: a full stop ends %q", key, s.En)
			}
			if !strings.ContainsFunc(s.En, unicode.IsLower) || !strings.ContainsFunc(s.Zh, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				t.Errorf("%s: a language stands in the other's place: %q %q", key, s.En, s.Zh)
			}
			for _, side := range []string{s.En, s.Zh} {
				for _, p := range placeholder.FindAllString(side, -1) {
					if p != "{api}" && p != "{function}" {
						t.Errorf("%s: nobody fills %s in %q", key, p, side)
					}
				}
			}
		}
	}
}

// A text without a code would never be shown.
func TestNoTextWithoutACode(t *testing.T) {
	for _, n := range []int{0, 7, 604101, -999999} {
		if _, ok := text.Code(n); ok {
			t.Errorf("%d has a text but is not a known code", n)
		}
	}
	for n := -700000; n <= 100000; n++ {
		_, known := wxcode.Lookup(n)
		if _, ok := text.Code(n); ok != known {
			t.Errorf("%d: text %v, code %v", n, ok, known)
		}
	}
	if _, ok := text.NamedCode("Nonsense"); ok {
		t.Error("an unknown name has a text")
	}
}

func TestUnknownNamesGetTheTextOfTheirFamily(t *testing.T) {
	got, ok := text.NamedCode("InvalidParameterValue.BrandNew")
	want, _ := text.NamedCode("InvalidParameterValue")
	if !ok || got.Title != want.Title {
		t.Errorf("%+v", got)
	}
}

func TestTheCommandsInTheTextsExist(t *testing.T) {
	command := regexp.MustCompile(`wxcloud ([a-z]+)(?: ([a-z]+))?`)
	verbs := []string{"init", "lint", "deploy", "invoke", "explain", "emulator", "demo"}
	permVerbs := []string{"list", "add", "rm", "search", "info", "wait", "mark"}
	seen := 0
	check := func(key, s string) {
		for _, m := range command.FindAllStringSubmatch(s, -1) {
			switch {
			case slices.Contains(verbs, m[1]):
				seen++
			case m[1] == "perm" && slices.Contains(permVerbs, m[2]):
				seen++
			case m[1] == "does" || m[1] == "waits": // "wxcloud waits by itself" is no command
			default:
				t.Errorf("%s: %q is not a command: %s", key, m[0], s)
			}
		}
	}
	for key, e := range explained(t) {
		for _, s := range sentences(e) {
			check(key, s.En)
			check(key, s.Zh)
			if a, b := command.FindAllString(s.En, -1), command.FindAllString(s.Zh, -1); len(a) != len(b) && !strings.Contains(s.En, "by itself") {
				t.Errorf("%s: commands differ: %v and %v", key, a, b)
			}
		}
	}
	if seen == 0 {
		t.Error("no command was found at all")
	}
}

// -604101 is what the program is there for: each of its causes must be named.
func TestTheRefusalNamesItsCauses(t *testing.T) {
	e, _ := text.Code(-604101)
	var en, zh strings.Builder
	for _, s := range sentences(e) {
		en.WriteString(s.En + "\n")
		zh.WriteString(s.Zh + "\n")
	}
	for _, want := range []string{
		"config.json of another function", "an upload key", "cannot update cloud-call permissions", "ten minutes",
		"account type", "ticket", "another environment", "inferred", "reported",
		"wxcloud lint", "wxcloud perm add {api} -f {function}", "wxcloud deploy {function}",
		"wxcloud perm mark {function} --env ENV", "wxcloud perm wait {function}", "wxcloud perm info {api}",
	} {
		if !strings.Contains(en.String(), want) {
			t.Errorf("English lacks %q", want)
		}
	}
	for _, want := range []string{
		"别的云函数", "上传密钥不能更新云调用权限", "右键函数目录 ->「上传并部署：云端安装依赖」", "10 分钟", "账号主体", "票据", "另一个环境", "推断", "开发者反馈",
	} {
		if !strings.Contains(zh.String(), want) {
			t.Errorf("Chinese lacks %q", want)
		}
	}
}

// Two allow-lists, two pages; each text says which one it is and names the other.
func TestTheTwoAllowListsAreNotMixedUp(t *testing.T) {
	all := func(n int) (en, zh string) {
		e, _ := text.Code(n)
		for _, s := range sentences(e) {
			en, zh = en+s.En+"\n", zh+s.Zh+"\n"
		}
		return en, zh
	}
	en, zh := all(-10008)
	if !strings.Contains(en, "40164") || !strings.Contains(zh, "小程序代码上传") || strings.Contains(en, "AppSecret") || strings.Contains(zh, "AppSecret") {
		t.Errorf("-10008:\n%s%s", en, zh)
	}
	en, zh = all(40164)
	if !strings.Contains(en, "-10008") || !strings.Contains(zh, "AppSecret") || strings.Contains(zh, "「小程序代码上传」") {
		t.Errorf("40164:\n%s%s", en, zh)
	}
}

// What the platform does not say itself must not sound as if it did.
func TestReportsAreMarkedAsReports(t *testing.T) {
	for _, c := range wxcode.All() {
		if c.Certainty == wxcode.Documented {
			continue
		}
		e, _ := text.Code(c.Number)
		if !strings.Contains(e.Meaning.En, "reported") || !strings.Contains(e.Meaning.Zh, "反馈") && !strings.Contains(e.Meaning.Zh, "转载") {
			if c.Number != -10008 { // the allow-list is documented, its code is not
				t.Errorf("%d is only %s, and its text does not say so: %q", c.Number, c.Certainty, e.Meaning)
			}
		}
	}
}

func TestEverySentenceOfPermExists(t *testing.T) {
	for _, id := range []clierr.ID{
		perm.CauseStillCached, perm.CauseNeverWritten, perm.CauseEnvironment, perm.CauseAccount, perm.CauseEvent,
		perm.CauseTicket, perm.CauseUnknownName, perm.CauseUnnamed, perm.CauseFunctionError, perm.CauseService, perm.CauseNoProbe,
		"perm/nothing-changed", "perm/added-and-removed", "perm/acceptance-unknown", "perm/acceptance-ahead",
		"perm/hint-since", "perm/hint-clock",
	} {
		if s, ok := text.Lookup(id); !ok || s.En == "" || s.Zh == "" {
			t.Errorf("%s has no sentence", id)
		}
	}
}
