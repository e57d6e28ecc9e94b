package interfaces_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"wxcloud/catalog"
	"wxcloud/emulator/interfaces"
)

// codes are the codes an interface was seen to refuse with here.
type codes map[int]interfaces.Source

// observedCodes makes each interface with an answer of its own refuse in every
// way it has.
func observedCodes(t *testing.T) map[string]codes {
	all := map[string]codes{"templateMessage.send": {}, "uniformMessage.send": {}}
	for api := range interfaces.Answered {
		all[api] = codes{}
	}
	note := func(api string, a interfaces.Answer) {
		if seen, ok := all[api]; ok && a.Code != 0 {
			if a.Source == interfaces.Documented && !documents(api, a.Code) {
				t.Errorf("%s: %d is called documented and is not", api, a.Code)
			}
			seen[a.Code] = max(seen[a.Code], a.Source)
		}
	}
	for _, c := range refusals {
		note(c.api, ask(t, new(interfaces.Memory), c.api, c.fields))
	}
	for api := range interfaces.Answered {
		i, _ := catalog.Lookup(api)
		if i.Params == nil {
			continue
		}
		full := literal(i)
		for _, f := range i.Params.Request {
			note(api, ask(t, new(interfaces.Memory), api, without(full, f.Name).(object)))
			if v := wrong(f.Type); v != nil {
				note(api, ask(t, new(interfaces.Memory), api, with(full, f.Name, v).(object)))
			}
		}
	}
	reply := object{"touser": "o", "msgtype": "text", "text": object{"content": "hi"}}
	for memory, c := range map[string]struct {
		api    string
		fields object
	}{
		`{"counted": true}`: {"subscribeMessage.send", subscribe},
		`{"codes": 100000}`: {"wxacode.get", object{"path": "p"}},
		`{"codes":100000}`:  {"wxacode.createQRCode", object{"path": "p"}},
		fmt.Sprintf(`{"conversations": {"o": {"until": %q, "left": 1}}}`, now.Add(-time.Second).Format(time.RFC3339)): {"customerServiceMessage.send", reply},
		fmt.Sprintf(`{"conversations": {"o": {"until": %q, "left": 0}}}`, now.Add(time.Second).Format(time.RFC3339)):  {"customerServiceMessage.send", reply},
		`{"redeemed": ["c"]}`: {"phonenumber.getPhoneNumber", object{"code": "c"}},
		`{}`:                  {"security.msgSecCheck", object{"content": interfaces.RiskyText}},
		` {}`:                 {"security.imgSecCheck", object{"media": bytesOf(interfaces.RiskyText)}},
	} {
		m := new(interfaces.Memory)
		if err := json.Unmarshal([]byte(memory), m); err != nil {
			t.Fatal(err)
		}
		a := ask(t, m, c.api, c.fields)
		if a.Code == 0 {
			t.Errorf("%s is not refused with %s", c.api, memory)
		}
		note(c.api, a)
	}
	return all
}

// documents reports whether the documentation of an interface has a code: the
// current one, or older official text, which names some that are still seen.
func documents(api string, code int) bool {
	older := map[string][]int{
		"customerServiceMessage.send": {40003, 45015, 45047},
		"security.msgSecCheck":        {87014}, // version 1.0
		"security.imgSecCheck":        {87014},
	}
	i, _ := catalog.Lookup(api)
	return slices.Contains(older[api], code) ||
		i.Params != nil && slices.ContainsFunc(i.Params.Errors, func(e catalog.ErrorCode) bool { return e.Code == code })
}

// cell writes codes as the pages do: those that no document has for the interface
// with an asterisk.
func (c codes) cell() string {
	var list []string
	for _, code := range slices.SortedFunc(maps.Keys(c), cmp.Compare) {
		s := fmt.Sprint(code)
		if c[code] != interfaces.Documented {
			s += "\\*"
		}
		list = append(list, s)
	}
	return strings.Join(list, ", ")
}

// The pages name exactly the interfaces that have an answer of their own, say
// truly whether it is documented, and list every code they refuse with.
func TestPagesSayWhatIsAnswered(t *testing.T) {
	observed := observedCodes(t)
	for page, words := range map[string]map[interfaces.Source]string{
		"emulator.md":       {interfaces.Documented: "documented", interfaces.Reported: "reported"},
		"emulator.zh-CN.md": {interfaces.Documented: "有文档", interfaces.Reported: "社区反馈"},
	} {
		data, err := os.ReadFile(filepath.Join("..", "..", "docs", page))
		if err != nil {
			t.Fatal(err)
		}
		rows := map[string][]string{}
		for line := range strings.Lines(string(data)) {
			cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), " | ")
			if name := strings.Trim(strings.TrimSpace(cells[0]), "`"); len(cells) == 4 && observed[name] != nil {
				rows[name] = cells
			}
		}
		for api, seen := range observed {
			row := rows[api]
			if row == nil {
				t.Errorf("%s has no row for %s, codes %s", page, api, seen.cell())
				continue
			}
			source := interfaces.Documented
			if i, _ := catalog.Lookup(api); i.Status == catalog.Removed {
				source = interfaces.Reported
			}
			if got := strings.TrimSpace(row[1]); got != words[source] {
				t.Errorf("%s: %s is %q, want %q", page, api, got, words[source])
			}
			if got := strings.TrimSpace(row[2]); got != seen.cell() {
				t.Errorf("%s: %s refuses with %s, want %s", page, api, got, seen.cell())
			}
		}
		if len(rows) != len(observed) {
			t.Errorf("%s has %d rows, want %d", page, len(rows), len(observed))
		}
	}
}

// The answers the pages show are answers.
func TestPagesShowReplies(t *testing.T) {
	for _, page := range []string{"emulator.md", "emulator.zh-CN.md"} {
		data, err := os.ReadFile(filepath.Join("..", "..", "docs", page))
		if err != nil {
			t.Fatal(err)
		}
		blocks := strings.Split(string(data), "```json\n")[1:]
		for _, block := range blocks {
			text, _, _ := strings.Cut(block, "```")
			if _, err := interfaces.ParseReplies(page, []byte(text)); err != nil {
				t.Errorf("%v in %s", err, text)
			}
		}
		if len(blocks) != 2 {
			t.Errorf("%s shows %d answers", page, len(blocks))
		}
	}
}
