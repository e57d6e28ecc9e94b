// Package cron reads the schedules of timers, seven fields in Beijing time, as
// sets of values, says what is wrong with one, and finds the next time it comes
// due. It knows no triggers, no functions, and no words to tell a person.
package cron

import (
	"slices"
	"strconv"
	"strings"
)

// Field is one of the seven fields, in the order they are written.
type Field int

// The fields of a schedule. Whole stands for all of it.
const (
	Second Field = iota
	Minute
	Hour
	Day
	Month
	Weekday
	Year
	Whole Field = -1
)

// Fields is how many fields a schedule has.
const Fields = 7

// field is what a field takes, as WeChat documents it:
// developers.weixin.qq.com, wxcloud/guide/functions/triggers.
type field struct {
	min, max int
	names    string // in groups of three letters, the first one for min
	signs    string // that Tencent Cloud documents for it and WeChat does not
}

var fields = [Fields]field{
	Second:  {max: 59},
	Minute:  {max: 59},
	Hour:    {max: 23},
	Day:     {min: 1, max: 31, signs: "?LW"},
	Month:   {min: 1, max: 12, names: "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"},
	Weekday: {max: 6, names: "SUNMONTUEWEDTHUFRISAT", signs: "?L#"},
	Year:    {min: 1970, max: 2099},
}

// Range is the smallest and the largest value of a field, and the names of its
// values in groups of three letters, "" for none.
func (f Field) Range() (low, high int, names string) {
	return fields[f].min, fields[f].max, fields[f].names
}

// Kind is what is wrong.
type Kind int

// The kinds of fault. Those up to Backwards leave nothing to go by; the others
// are remarks on a schedule that can be followed.
const (
	Count       Kind = iota // not seven fields
	Invalid                 // a value or a form that the field does not take
	Seven                   // weekday 7, which is not documented
	Backwards               // a range that goes backwards, whose meaning is not documented
	LongStep                // a step that never comes to a second value
	Foreign                 // a sign that only Tencent Cloud documents
	EverySecond             // every second is chosen
	NoSuchDate              // no chosen month has a chosen day
)

// Usable reports whether a schedule with such a fault can be followed.
func (k Kind) Usable() bool { return k > Backwards }

// Fault is one thing wrong with a schedule.
type Fault struct {
	Kind  Kind
	Field Field  // Whole where it is about all of it
	Text  string // the part it is about
	First int    // of LongStep: the one value it comes to
}

// Split divides a schedule into its fields. A full-width space separates nothing.
func Split(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\t' || r == '\r' || r == '\n' })
}

// Parse reads a schedule. It can be followed unless a fault is not Usable;
// faults come in the order of the fields.
func Parse(text string) (Schedule, []Fault) {
	p := parser{parts: Split(text)}
	if len(p.parts) != Fields {
		return Schedule{}, []Fault{{Kind: Count, Field: Whole, Text: text}}
	}
	for i, part := range p.parts {
		for item := range strings.SplitSeq(part, ",") {
			p.item(Field(i), item)
		}
	}
	if !slices.ContainsFunc(p.faults, func(f Fault) bool { return f.Kind != Foreign }) {
		p.whole()
	}
	return p.schedule, p.faults
}

type parser struct {
	parts    []string
	schedule Schedule
	faults   []Fault
}

func (p *parser) fault(kind Kind, f Field, text string) {
	p.faults = append(p.faults, Fault{Kind: kind, Field: f, Text: text})
}

// item reads one of the comma-separated parts of a field.
func (p *parser) item(f Field, item string) {
	if p.sign(f, item) {
		p.fault(Foreign, f, item)
		return
	}
	body, stepText, stepped := strings.Cut(item, "/")
	step := 1
	if stepped {
		n, err := strconv.Atoi(stepText)
		if err != nil || n < 1 || !digits(stepText) {
			p.fault(Invalid, f, item)
			return
		}
		step = n
	}
	low, high := fields[f].min, fields[f].max
	if body != "*" {
		first, last, ranged := strings.Cut(body, "-")
		var ok bool
		if low, ok = p.value(f, item, first); !ok {
			return
		}
		switch {
		case ranged:
			if high, ok = p.value(f, item, last); !ok {
				return
			}
		case !stepped:
			high = low
		}
	}
	switch {
	case low > high:
		p.fault(Backwards, f, item)
	case step > fields[f].max-fields[f].min:
		p.faults = append(p.faults, Fault{LongStep, f, item, low})
		p.schedule.sets[f].add(low - fields[f].min)
	default:
		for n := low; n <= high; n += step {
			p.schedule.sets[f].add(n - fields[f].min)
		}
	}
}

// value reads a number or a name.
func (p *parser) value(f Field, item, text string) (n int, ok bool) {
	names := fields[f].names
	if at := strings.Index(names, strings.ToUpper(text)); len(text) == 3 && at >= 0 && at%3 == 0 {
		return fields[f].min + at/3, true
	}
	n, err := strconv.Atoi(text)
	switch {
	case err != nil || !digits(text):
		p.fault(Invalid, f, item)
	case f == Weekday && n == 7:
		p.fault(Seven, f, item)
	case !within(f, n):
		p.fault(Invalid, f, item)
	default:
		return n, true
	}
	return 0, false
}

// whole looks at what the fields mean together.
func (p *parser) whole() {
	s := &p.schedule
	if s.all(Second) {
		p.fault(EverySecond, Second, p.parts[Second])
	}
	if !s.restricts(Weekday) && !s.dateExists() {
		p.fault(NoSuchDate, Day, p.parts[Day])
	}
}

// sign reads one of the forms that only Tencent Cloud documents, ? L 15W LW 5L
// 5#3, and reports whether item is one. An L alone is the last day of the month
// or, as a weekday, Saturday: the last of the week.
func (p *parser) sign(f Field, item string) bool {
	signs := fields[f].signs
	if signs == "" || item == "" {
		return false
	}
	s := &p.schedule
	last, before := item[len(item)-1], item[:len(item)-1]
	n, numeric := number(f, before)
	switch {
	case item == "?":
		s.sets[f] = full(f)
	case item == "L" && f == Day:
		s.rules = append(s.rules, rule{kind: lastDay})
	case item == "L":
		s.sets[f].add(6)
	case item == "LW" && f == Day:
		s.rules = append(s.rules, rule{kind: lastWorkday})
	case last == 'W' && f == Day && numeric:
		s.rules = append(s.rules, rule{kind: nearestWorkday, n: n})
	case last == 'L' && f == Weekday && numeric:
		s.rules = append(s.rules, rule{kind: lastWeekday, n: n})
	default:
		day, week, numbered := strings.Cut(item, "#")
		n, numeric = number(f, day)
		if !numbered || !strings.Contains(signs, "#") || !numeric || len(week) != 1 || week < "1" || week > "5" {
			return false
		}
		s.rules = append(s.rules, rule{kind: nthWeekday, n: n, week: int(week[0] - '0')})
	}
	return true
}

// number reads a value written as a number.
func number(f Field, text string) (int, bool) {
	n, err := strconv.Atoi(text)
	return n, err == nil && digits(text) && within(f, n)
}

func within(f Field, n int) bool { return n >= fields[f].min && n <= fields[f].max }

// digits keeps signs out, which Atoi would take.
func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }
