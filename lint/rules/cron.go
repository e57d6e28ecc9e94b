package rules

import (
	"slices"
	"strconv"
	"strings"

	"wxcloud/lint"
)

// A cronField is one of the seven fields of a timer's schedule, as WeChat
// documents them: developers.weixin.qq.com, wxcloud/guide/functions/triggers.
type cronField struct {
	title    lint.Words
	min, max int
	names    string // in groups of three letters, the first one for min
	special  string // signs that Tencent Cloud documents for it and WeChat does not
}

var cronFields = [7]cronField{
	{title: lint.Words{En: "second", Zh: "秒"}, max: 59},
	{title: lint.Words{En: "minute", Zh: "分"}, max: 59},
	{title: lint.Words{En: "hour", Zh: "时"}, max: 23},
	{title: lint.Words{En: "day", Zh: "日"}, min: 1, max: 31, special: "?LW"},
	{title: lint.Words{En: "month", Zh: "月"}, min: 1, max: 12, names: "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"},
	{title: lint.Words{En: "weekday", Zh: "星期"}, max: 6, names: "SUNMONTUEWEDTHUFRISAT", special: "?L#"},
	{title: lint.Words{En: "year", Zh: "年"}, min: 1970, max: 2099},
}

// The fields that are asked for by name.
const (
	cronSecond = iota
	_
	_
	cronDay
	cronMonth
	cronWeekday
	cronYear
)

// A cronFault is something wrong with a schedule. Field is -1 where it is about
// the whole.
type cronFault struct {
	severity      lint.Severity
	field         int
	message, help lint.Words
}

// cronCheck reads one schedule.
type cronCheck struct {
	fields []string
	values [7][]bool // values[i][n] reports that field i takes its min+n
	faults []cronFault
}

// readCron says what is wrong with a schedule.
func readCron(text string) []cronFault {
	c := cronCheck{fields: cronParts(text)}
	if len(c.fields) != len(cronFields) {
		return []cronFault{wrongCount(text, c.fields)}
	}
	for i, field := range c.fields {
		c.values[i] = make([]bool, cronFields[i].max-cronFields[i].min+1)
		for item := range strings.SplitSeq(field, ",") {
			c.item(i, item)
		}
	}
	if !slices.ContainsFunc(c.faults, func(f cronFault) bool { return f.severity != lint.Notice }) {
		c.whole()
	}
	return c.faults
}

// cronParts splits a schedule. A full-width space separates nothing.
func cronParts(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\t' || r == '\r' || r == '\n' })
}

// wrongCount judges a schedule that has not seven fields.
func wrongCount(text string, fields []string) cronFault {
	f := cronFault{
		severity: lint.Error, field: -1,
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

// item reads one of the comma-separated parts of field i.
func (c *cronCheck) item(i int, item string) {
	f := cronFields[i]
	if isSpecial(f, item) {
		c.fill(i, f.min, f.max, 1)
		c.add(lint.Notice, i, lint.Words{
			En: "WeChat does not document {text} in the {field} field; Tencent Cloud does",
			Zh: "微信文档没有提到「{field}」段可以写 {text}，腾讯云文档则有说明",
		}, item, lint.Words{En: "try out when it fires, or write it without the sign", Zh: "请实测触发时间，或换一种不用该符号的写法"})
		return
	}
	body, stepText, stepped := strings.Cut(item, "/")
	step := 1
	if stepped {
		n, err := strconv.Atoi(stepText)
		if err != nil || n < 1 || !digits(stepText) {
			c.invalid(i, item)
			return
		}
		step = n
	}
	low, high := f.min, f.max
	if body != "*" {
		first, last, ranged := strings.Cut(body, "-")
		var ok bool
		if low, ok = c.value(i, item, first); !ok {
			return
		}
		switch {
		case ranged:
			if high, ok = c.value(i, item, last); !ok {
				return
			}
		case !stepped:
			high = low
		}
	}
	if low > high {
		c.add(lint.Warning, i, lint.Words{
			En: "what a range that goes backwards ({text}) means in the {field} field is not documented",
			Zh: "「{field}」段里倒着写的范围 {text} 是什么意思，文档没有说明",
		}, item, lint.Words{En: "write two ranges with a comma between them", Zh: "请拆成两个范围，用逗号隔开"})
		return
	}
	if step > f.max-f.min {
		c.add(lint.Warning, i, lint.Words{
			En: "a step as long as the whole {field} field ({text}) never comes to a second value",
			Zh: "「{field}」段的步长超出了整段的范围（{text}），取不到第二个值",
		}, item, lint.Words{En: "write {first}, or use the next larger field", Zh: "请直接写 {first}，或改用更大的单位"}.With("first", strconv.Itoa(low)))
		return
	}
	c.fill(i, low, high, step)
}

func (c *cronCheck) fill(i, low, high, step int) {
	for n := low; n <= high; n += step {
		c.values[i][n-cronFields[i].min] = true
	}
}

// value reads a number or a name in field i.
func (c *cronCheck) value(i int, item, text string) (n int, ok bool) {
	f := cronFields[i]
	if at := strings.Index(f.names, strings.ToUpper(text)); len(text) == 3 && at >= 0 && at%3 == 0 {
		return f.min + at/3, true
	}
	n, err := strconv.Atoi(text)
	switch {
	case err != nil || !digits(text):
		c.invalid(i, item)
	case i == cronWeekday && n == 7:
		c.add(lint.Warning, i, lint.Words{
			En: "weekday 7 is not documented: Sunday is 0",
			Zh: "文档没有提到星期可以写 7：星期日是 0",
		}, item, lint.Words{En: "write 0 or SUN", Zh: "请写 0 或 SUN"})
	case n < f.min || n > f.max:
		c.invalid(i, item)
	default:
		return n, true
	}
	return 0, false
}

// whole looks at what the fields mean together.
func (c *cronCheck) whole() {
	if !slices.Contains(c.values[cronSecond], false) {
		c.add(lint.Warning, cronSecond, lint.Words{
			En: "{text} in the second field starts the function every second",
			Zh: "「秒」段写成 {text} 会让函数每秒触发一次",
		}, c.fields[cronSecond], lint.Words{
			En: "write 0 to start it once a minute at most",
			Zh: "写成 0 则每分钟最多触发一次",
		})
	}
	// Where a weekday is given too, either of them is enough.
	if weekday := c.values[cronWeekday]; slices.Contains(weekday, false) || c.dateExists() {
		return
	}
	c.add(lint.Warning, cronDay, lint.Words{
		En: "no chosen month has a day {text}, so the timer never fires",
		Zh: "所选的月份里没有 {text} 日，定时器永远不会触发",
	}, c.fields[cronDay], lint.Words{})
}

// dateExists reports whether a chosen month of a chosen year has a chosen day.
func (c *cronCheck) dateExists() bool {
	leap := false
	for n, chosen := range c.values[cronYear] {
		year := cronFields[cronYear].min + n
		leap = leap || chosen && year%4 == 0 // 2000 is one, 2100 is out of range
	}
	days := [12]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	if leap {
		days[1] = 29
	}
	for month, chosen := range c.values[cronMonth] {
		if chosen && slices.Contains(c.values[cronDay][:days[month]], true) {
			return true
		}
	}
	return false
}

func (c *cronCheck) invalid(i int, item string) {
	f := cronFields[i]
	allowed := lint.Words{En: "{min}-{max}", Zh: "{min}-{max}"}
	if f.names != "" {
		allowed = lint.Words{
			En: "{min}-{max} or the names {first}-{last}", Zh: "{min}-{max}，或 {first}-{last} 这样的名称",
		}.With("first", f.names[:3], "last", f.names[len(f.names)-3:])
	}
	c.add(lint.Error, i, lint.Words{
		En: "the {field} field cannot be {text}",
		Zh: "「{field}」段不能写 {text}",
	}, item, lint.Words{En: "it takes {allowed}, and , - * /", Zh: "可以写 {allowed}，以及 , - * /"}.
		WithWords("allowed", allowed).With("min", strconv.Itoa(f.min), "max", strconv.Itoa(f.max)))
}

func (c *cronCheck) add(severity lint.Severity, field int, message lint.Words, text string, help lint.Words) {
	c.faults = append(c.faults, cronFault{
		severity, field, message.WithWords("field", cronFields[field].title).With("text", quotedText(text)), help,
	})
}

// quotedText shows an empty part as something that can be seen.
func quotedText(s string) string {
	if s == "" {
		return `""`
	}
	return s
}

// isSpecial reports whether item is one of the forms that only Tencent Cloud
// documents: ? L 15W LW 5L 5#3.
func isSpecial(f cronField, item string) bool {
	if f.special == "" || item == "" {
		return false
	}
	last := item[len(item)-1:]
	before := item[:len(item)-1]
	switch {
	case item == "?" || item == "L":
		return true
	case last == "W" && strings.Contains(f.special, last):
		return before == "L" || within(f, before)
	case last == "L" && f.names != "":
		return within(f, before)
	}
	day, week, numbered := strings.Cut(item, "#")
	return numbered && strings.Contains(f.special, "#") && within(f, day) && len(week) == 1 && week >= "1" && week <= "5"
}

func within(f cronField, text string) bool {
	n, err := strconv.Atoi(text)
	return err == nil && digits(text) && n >= f.min && n <= f.max
}

// digits keeps signs out, which Atoi would take.
func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }
