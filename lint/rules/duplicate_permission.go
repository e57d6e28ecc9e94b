package rules

import (
	"strconv"
	"strings"

	"wxcloud/lint"
)

// duplicatePermission finds entries that say what an earlier one says.
type duplicatePermission struct{}

// Info describes the rule.
func (duplicatePermission) Info() lint.Info {
	return lint.Info{
		ID:       "duplicate-permission",
		Severity: lint.Warning,
		Title: lint.Words{
			En: "config.json declares an interface twice",
			Zh: "config.json 重复声明了同一个接口",
		},
		What: lint.Words{
			En: "An entry of `permissions.openapi` that repeats an earlier one letter by letter. Every repetition is shown, the first entry is not.",
			Zh: "`permissions.openapi` 中与前面某一条一模一样的条目。每处重复都会报告，第一条除外。",
		},
		Why: lint.Words{
			En: "Nothing fails. But whoever removes the permission later will take out one entry and leave the other, and it stays granted.",
			Zh: "不会出错。但以后要收回这项权限时，容易只删掉其中一条，结果权限仍然保留着。",
		},
		Remedy: lint.Words{
			En: "Remove the repetition; `wxcloud lint --fix` does.",
			Zh: "删掉重复的条目；`wxcloud lint --fix` 可以代劳。",
		},
		Bad: []lint.File{
			{Name: "index.js", Text: sendCode},
			{Name: "config.json", Text: strings.ReplaceAll(sendConfig, `"subscribeMessage.send"`, "\"subscribeMessage.send\",\n      \"subscribeMessage.send\"")},
		},
		Good: []lint.File{{Name: "index.js", Text: sendCode}, {Name: "config.json", Text: sendConfig}},
	}
}

// Check compares every entry with those before it.
func (duplicatePermission) Check(fn lint.Facts, report func(lint.Diagnostic)) {
	lines := map[string]int{}
	for _, d := range fn.Function.Config.Openapi {
		first, repeated := lines[d.Name]
		if !repeated {
			lines[d.Name] = d.Line
			continue
		}
		if blank(d) {
			continue
		}
		report(lint.Diagnostic{
			API:   d.Name,
			Place: fn.InConfig(d),
			Message: lint.Words{
				En: "{api} is declared already, on line {line}",
				Zh: "{api} 在第 {line} 行已经声明过了",
			}.With("api", d.Name, "line", strconv.Itoa(first)),
			Help: lint.Words{En: "take this entry out", Zh: "删掉这一条即可"},
			Fix:  fn.Remove(d),
		})
	}
}
