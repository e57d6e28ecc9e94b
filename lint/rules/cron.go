package rules

import (
	"strconv"
	"strings"

	"wxcloud/internal/cron"
	"wxcloud/lint"
)

// cronTitles name the fields of a schedule.
var cronTitles = [cron.Fields]lint.Words{
	cron.Second:  {En: "second", Zh: "秒"},
	cron.Minute:  {En: "minute", Zh: "分"},
	cron.Hour:    {En: "hour", Zh: "时"},
	cron.Day:     {En: "day", Zh: "日"},
	cron.Month:   {En: "month", Zh: "月"},
	cron.Weekday: {En: "weekday", Zh: "星期"},
	cron.Year:    {En: "year", Zh: "年"},
}

// A cronFault is something wrong with a schedule, in words.
type cronFault struct {
	severity      lint.Severity
	field         cron.Field
	message, help lint.Words
}

// readCron says what is wrong with a schedule.
func readCron(text string) []cronFault {
	_, faults := cron.Parse(text)
	out := make([]cronFault, len(faults))
	for i, f := range faults {
		if f.Kind == cron.Count {
			out[i] = wrongCount(text, cron.Split(text))
			continue
		}
		out[i] = cronWords(f)
		out[i].field = f.Field
		title := cronTitles[f.Field]
		out[i].message = out[i].message.WithWords("field", title).With("text", quotedText(f.Text))
	}
	return out
}

// wrongCount judges a schedule that has not seven fields.
func wrongCount(text string, fields []string) cronFault {
	f := cronFault{
		severity: lint.Error, field: cron.Whole,
		message: lint.Words{
			En: "a schedule has seven fields (second minute hour day month weekday year); this one has {count}",
			Zh: "定时表达式应当有七段（秒 分 时 日 月 星期 年），这里有 {count} 段",
		}.With("count", strconv.Itoa(len(fields))),
		help: lint.Words{En: "for example, every day at two: 0 0 2 * * * *", Zh: "例如每天两点：0 0 2 * * * *"},
	}
	var candidates []string
	switch {
	case strings.Contains(text, "\u3000"):
		f.help = lint.Words{En: "there is a full-width space in it; write plain ones", Zh: "其中有全角空格，请改成半角空格"}
	case len(fields) == 5:
		// Tencent Cloud once documented this form too, as one to avoid.
		f.severity = lint.Warning
		f.message = lint.Words{
			En: "this is a Unix schedule of five fields; WeChat documents seven (second minute hour day month weekday year)",
			Zh: "这是 Unix 的五段写法；微信文档要求七段（秒 分 时 日 月 星期 年）",
		}
		if fields[4] == "7" {
			fields[4] = "0" // both are Sunday on Unix
		}
		candidates = []string{"0 " + strings.Join(fields, " ") + " *"}
	case len(fields) == 6:
		all := strings.Join(fields, " ")
		candidates = []string{all + " *", "0 " + all}
	case len(fields) == 1 && strings.HasPrefix(text, "@"):
		f.severity = lint.Warning
		f.message = lint.Words{
			En: "{text} is not documented; a schedule has seven fields (second minute hour day month weekday year)",
			Zh: "文档没有提到 {text} 这种写法；定时表达式应当有七段（秒 分 时 日 月 星期 年）",
		}.With("text", text)
		candidates = []string{nicknamed(text)}
	}
	for _, candidate := range candidates {
		if candidate != "" && len(readCron(candidate)) == 0 {
			f.help = lint.Words{En: "perhaps you mean: {cron}", Zh: "也许是想写：{cron}"}.With("cron", candidate)
			break
		}
	}
	return f
}

// nicknamed is what other crons mean by "@daily" and the like, or "".
func nicknamed(name string) string {
	switch strings.ToLower(name) {
	case "@yearly", "@annually":
		return "0 0 0 1 1 * *"
	case "@monthly":
		return "0 0 0 1 * * *"
	case "@weekly":
		return "0 0 0 * * 0 *"
	case "@daily", "@midnight":
		return "0 0 0 * * * *"
	case "@hourly":
		return "0 0 * * * * *"
	}
	return ""
}

// cronWords words a fault of a field; {field} and {text} are left to fill in.
func cronWords(f cron.Fault) cronFault {
	switch f.Kind {
	case cron.Foreign:
		return cronFault{severity: lint.Notice, message: lint.Words{
			En: "WeChat does not document {text} in the {field} field; Tencent Cloud does",
			Zh: "微信文档没有提到「{field}」段可以写 {text}，腾讯云文档则有说明",
		}, help: lint.Words{En: "try out when it fires, or write it without the sign", Zh: "请实测触发时间，或换一种不用该符号的写法"}}
	case cron.Backwards:
		return cronFault{severity: lint.Warning, message: lint.Words{
			En: "what a range that goes backwards ({text}) means in the {field} field is not documented",
			Zh: "「{field}」段里倒着写的范围 {text} 是什么意思，文档没有说明",
		}, help: lint.Words{En: "write two ranges with a comma between them", Zh: "请拆成两个范围，用逗号隔开"}}
	case cron.LongStep:
		return cronFault{severity: lint.Warning, message: lint.Words{
			En: "a step as long as the whole {field} field ({text}) never comes to a second value",
			Zh: "「{field}」段的步长超出了整段的范围（{text}），取不到第二个值",
		}, help: lint.Words{En: "write {first}, or use the next larger field", Zh: "请直接写 {first}，或改用更大的单位"}.With("first", strconv.Itoa(f.First))}
	case cron.Seven:
		return cronFault{severity: lint.Warning, message: lint.Words{
			En: "weekday 7 is not documented: Sunday is 0",
			Zh: "文档没有提到星期可以写 7：星期日是 0",
		}, help: lint.Words{En: "write 0 or SUN", Zh: "请写 0 或 SUN"}}
	case cron.EverySecond:
		return cronFault{severity: lint.Warning, message: lint.Words{
			En: "{text} in the second field starts the function every second",
			Zh: "「秒」段写成 {text} 会让函数每秒触发一次",
		}, help: lint.Words{En: "write 0 to start it once a minute at most", Zh: "写成 0 则每分钟最多触发一次"}}
	case cron.NoSuchDate:
		return cronFault{severity: lint.Warning, message: lint.Words{
			En: "no chosen month has a day {text}, so the timer never fires",
			Zh: "所选的月份里没有 {text} 日，定时器永远不会触发",
		}}
	default:
		return invalidCron(f.Field)
	}
}

// invalidCron words a value or a form that a field does not take.
func invalidCron(f cron.Field) cronFault {
	low, high, names := f.Range()
	allowed := lint.Words{En: "{min}-{max}", Zh: "{min}-{max}"}
	if names != "" {
		allowed = lint.Words{
			En: "{min}-{max} or the names {first}-{last}", Zh: "{min}-{max}，或 {first}-{last} 这样的名称",
		}.With("first", names[:3], "last", names[len(names)-3:])
	}
	return cronFault{severity: lint.Error, message: lint.Words{
		En: "the {field} field cannot be {text}",
		Zh: "「{field}」段不能写 {text}",
	}, help: lint.Words{En: "it takes {allowed}, and , - * /", Zh: "可以写 {allowed}，以及 , - * /"}.
		WithWords("allowed", allowed).With("min", strconv.Itoa(low), "max", strconv.Itoa(high))}
}

// quotedText shows an empty part as something that can be seen.
func quotedText(s string) string {
	if s == "" {
		return `""`
	}
	return s
}
