package rules

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"wxcloud/config"
	"wxcloud/internal/cron"
	"wxcloud/lint"
)

// triggerInvalid looks at the timers in config.json.
type triggerInvalid struct{}

// maxTriggerName is the documented length of a trigger's name, in characters.
const maxTriggerName = 60

// Info describes the rule.
func (triggerInvalid) Info() lint.Info {
	return lint.Info{
		ID:       "trigger-invalid",
		Severity: lint.Error,
		Title: lint.Words{
			En: "a timer in config.json is not as the cloud wants it",
			Zh: "config.json 里的定时触发器不符合要求",
		},
		What: lint.Words{
			En: "A trigger whose schedule does not have the seven fields second, minute, hour, day, month, weekday and year, or has a value that its field does not take; " +
				"whose type is not `timer`; or whose name is not 1 to 60 letters, digits, `-` and `_` that begin with a letter (errors). " +
				"Warnings: more than one trigger, because WeChat documents one for each function; a schedule of five fields, as on Unix; " +
				"a date that does not exist; a timer that fires every second; forms that no document explains. " +
				"Signs that Tencent Cloud documents and WeChat does not (`?`, `L`, `W`, `#`) are a notice.",
			Zh: "定时表达式不是「秒 分 时 日 月 星期 年」七段，或某一段的取值不允许；类型不是 `timer`；" +
				"名称不符合「字母开头，由字母、数字、`-`、`_` 组成，最多 60 个字符」（以上为错误）。" +
				"以下为警告：触发器不止一个（微信文档规定每个函数只能有一个）；Unix 的五段写法；不存在的日期；每秒都触发；文档没有说明的写法。" +
				"腾讯云文档有而微信文档没有的符号（`?`、`L`、`W`、`#`）只给提示。",
		},
		Why: lint.Words{
			En: "The cloud does not accept such a trigger (InvalidParameterValue.TriggerDesc, InvalidParameterValue.TriggerName), and the function never starts by itself. " +
				"Schedules count in Beijing time.",
			Zh: "云端不接受这样的触发器（InvalidParameterValue.TriggerDesc、InvalidParameterValue.TriggerName），函数也就不会自动运行。" +
				"定时表达式按北京时间计算。",
		},
		Remedy: lint.Words{
			En: "Correct the field that is shown. A weekday goes from 0, which is Sunday, to 6. Put further timers into functions of their own.",
			Zh: "改正标出的那一段。星期从 0（星期日）到 6。需要多个定时器时，请分别放到不同的函数里。",
		},
		Bad:  []lint.File{{Name: "index.js", Text: timerCode}, {Name: "config.json", Text: timerConfig("0 0 2 * * *")}},
		Good: []lint.File{{Name: "index.js", Text: timerCode}, {Name: "config.json", Text: timerConfig("0 0 2 * * * *")}},
	}
}

const timerCode = `exports.main = async () => {
  console.log('夜间清理')
}
`

func timerConfig(cron string) string {
	return `{
  "triggers": [
    {
      "name": "nightly",
      "type": "timer",
      "config": "` + cron + `"
    }
  ]
}
`
}

// Check judges every trigger by what is documented of them.
func (triggerInvalid) Check(fn lint.Facts, report func(lint.Diagnostic)) {
	triggers := fn.Function.Config.Triggers
	for i := range triggers {
		t := &triggers[i]
		entry := config.Range{Line: t.Line, Column: t.Column, EndColumn: t.Column}
		finding := func(at config.Range, severity lint.Severity, message, help lint.Words) {
			if at.Line == 0 {
				at = entry
			}
			report(lint.Diagnostic{
				Severity: severity,
				Place:    lint.Place{File: fn.ConfigFile(), Line: at.Line, Column: at.Column, EndLine: at.Line, EndColumn: at.EndColumn},
				Message:  message, Help: help,
			})
		}
		if i == 1 {
			finding(entry, lint.Warning, lint.Words{
				En: "a function has one trigger at most, says WeChat; this is the second",
				Zh: "微信文档规定一个函数最多一个触发器，这是第二个",
			}, lint.Words{En: "put it into a function of its own", Zh: "请把它放到另一个函数里"})
		}
		checkTriggerName(triggers[:i], *t, finding)
		checkTriggerType(*t, finding)
		checkSchedule(*t, finding)
	}
}

type triggerFinding func(at config.Range, severity lint.Severity, message, help lint.Words)

func checkTriggerName(earlier []config.Trigger, t config.Trigger, report triggerFinding) {
	rule := lint.Words{
		En: "a name is 1 to 60 letters, digits, - and _, and begins with a letter",
		Zh: "名称以字母开头，由字母、数字、- 和 _ 组成，最多 60 个字符",
	}
	if t.NameAt.Line == 0 {
		report(t.NameAt, lint.Error, lint.Words{En: "the trigger has no name", Zh: "触发器没有 name"}, rule)
		return
	}
	odd := strings.IndexFunc(t.Name, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_')
	})
	if t.Name == "" || odd >= 0 || !letter(t.Name[0]) || utf8.RuneCountInString(t.Name) > maxTriggerName {
		report(t.NameAt, lint.Error, lint.Words{En: "the trigger's name is not allowed", Zh: "触发器名称不符合规则"}, rule)
		return
	}
	for i := range earlier {
		if earlier[i].Name == t.Name {
			report(t.NameAt, lint.Error, lint.Words{
				En: "an earlier trigger is named {name} too", Zh: "前面已有名为 {name} 的触发器",
			}.With("name", t.Name), lint.Words{})
			return
		}
	}
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func checkTriggerType(t config.Trigger, report triggerFinding) {
	help := lint.Words{En: `write "type": "timer"`, Zh: `请写成 "type": "timer"`}
	switch {
	case t.Type == "timer":
	case t.TypeAt.Line == 0:
		report(t.TypeAt, lint.Warning, lint.Words{En: "the trigger has no type", Zh: "触发器没有 type"}, help)
	case strings.EqualFold(strings.TrimSpace(t.Type), "timer"):
		report(t.TypeAt, lint.Warning, lint.Words{
			En: "the type is documented as timer, spelt just so", Zh: "文档中的类型是 timer，写法要完全一致",
		}, help)
	default:
		report(t.TypeAt, lint.Error, lint.Words{
			En: "timer is the only type there is; found {type}", Zh: "触发器类型只有 timer 一种，这里是 {type}",
		}.With("type", quotedText(t.Type)), help)
	}
}

func checkSchedule(t config.Trigger, report triggerFinding) {
	if t.ConfigAt.Line == 0 {
		report(t.ConfigAt, lint.Error, lint.Words{
			En: "the trigger has no schedule", Zh: "触发器没有定时表达式",
		}, lint.Words{En: `for example, every day at two: "config": "0 0 2 * * * *"`, Zh: `例如每天两点："config": "0 0 2 * * * *"`})
		return
	}
	for _, f := range readCron(t.Config) {
		report(fieldRange(t, f.field), f.severity, f.message, f.help)
	}
}

// fieldRange is where a field of the schedule stands. In a string with escapes
// columns cannot be told; then it is the whole string.
func fieldRange(t config.Trigger, field cron.Field) config.Range {
	at := t.ConfigAt
	if field < 0 || len(utf16.Encode([]rune(t.Config)))+2 != at.EndColumn-at.Column {
		return at
	}
	rest, offset := t.Config, 0
	for i, text := range cron.Split(t.Config) {
		begin := strings.Index(rest, text)
		if cron.Field(i) == field {
			at.Column += 1 + len(utf16.Encode([]rune(t.Config[:offset+begin])))
			at.EndColumn = at.Column + len(utf16.Encode([]rune(text)))
			return at
		}
		offset += begin + len(text)
		rest = t.Config[offset:]
	}
	return at
}
