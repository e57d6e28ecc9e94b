package cron

import "time"

// Beijing is the zone schedules count in. It has had no daylight saving time
// since 1991, and the platform documents UTC+8.
var Beijing = time.FixedZone("UTC+8", 8*60*60)

// Schedule is a schedule as values.
//
// Where days and weekdays are both chosen, either is enough (documented). A field
// that allows all its values chooses none: how the platform takes a "1-31" beside
// a weekday is not documented.
type Schedule struct {
	sets  [Fields]set // of each field, as the distance from its smallest value
	rules []rule      // days that depend on the month
}

// set is a set of up to 192 small numbers.
type set [3]uint64

func (s *set) add(n int)      { s[n/64] |= 1 << (n % 64) }
func (s *set) has(n int) bool { return s[n/64]>>(n%64)&1 == 1 }

// next is the smallest member from n on, or -1.
func (s *set) next(n int) int {
	for ; n < 64*len(s); n++ {
		if s[n/64]>>(n%64) == 0 {
			n |= 63 // none is left in this word
			continue
		}
		if s.has(n) {
			return n
		}
	}
	return -1
}

func full(f Field) (s set) {
	for n := range fields[f].max - fields[f].min + 1 {
		s.add(n)
	}
	return s
}

type ruleKind int

const (
	lastDay        ruleKind = iota // L: the last day of the month
	lastWorkday                    // LW
	nearestWorkday                 // 15W: within the month, as in the crons this comes from
	lastWeekday                    // 5L: the last Friday
	nthWeekday                     // 5#3: the third Friday
)

type rule struct {
	kind    ruleKind
	n, week int
}

func (r rule) field() Field {
	if r.kind >= lastWeekday {
		return Weekday
	}
	return Day
}

// all reports whether a field allows all its values.
func (s *Schedule) all(f Field) bool { return s.sets[f] == full(f) }

// restricts reports whether a field chooses among the days.
func (s *Schedule) restricts(f Field) bool { return !s.all(f) }

// dateExists reports whether a chosen month of a chosen year has a chosen day.
func (s *Schedule) dateExists() bool {
	for _, r := range s.rules {
		if r.field() == Day {
			return true
		}
	}
	leap := false
	for n := s.sets[Year].next(0); n >= 0; n = s.sets[Year].next(n + 1) {
		leap = leap || (fields[Year].min+n)%4 == 0 // 2000 is one, 2100 is out of range
	}
	for month := s.sets[Month].next(0); month >= 0; month = s.sets[Month].next(month + 1) {
		year := 2001
		if leap {
			year = 2000
		}
		if first := s.sets[Day].next(0); first >= 0 && first < days(year, time.Month(month+1)) {
			return true
		}
	}
	return false
}

func days(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// Next is the first time after a moment at which the schedule comes due, in
// Beijing time, or false when there is none.
func (s *Schedule) Next(after time.Time) (time.Time, bool) {
	from := after.In(Beijing).Truncate(time.Second).Add(time.Second)
	year, month, day := from.Date()
	if year < fields[Year].min {
		year, month, day = fields[Year].min, time.January, 1
		from = time.Date(year, month, day, 0, 0, 0, 0, Beijing)
	}
	second := from.Hour()*3600 + from.Minute()*60 + from.Second()
	for y := s.next(Year, year); y >= 0; y = s.next(Year, y+1) {
		if y > year {
			month, day, second = time.January, 1, 0
		}
		for m := s.next(Month, int(month)); m >= 0; m = s.next(Month, m+1) {
			if y > year || m > int(month) {
				day, second = 1, 0
			}
			chosen := s.daysOf(y, time.Month(m))
			for d := chosen.next(day); d >= 0; d = chosen.next(d + 1) {
				if d > day {
					second = 0
				}
				if at, ok := s.clock(second); ok {
					return time.Date(y, time.Month(m), d, 0, 0, at, 0, Beijing), true
				}
			}
		}
	}
	return time.Time{}, false
}

// next is the smallest chosen value of a field from v on, or -1.
func (s *Schedule) next(f Field, v int) int {
	if v > fields[f].max {
		return -1
	}
	n := s.sets[f].next(max(v-fields[f].min, 0))
	if n < 0 {
		return -1
	}
	return n + fields[f].min
}

// clock is the first chosen second of a day from one on.
func (s *Schedule) clock(from int) (int, bool) {
	hour, minute, second := from/3600, from/60%60, from%60
	for h := s.next(Hour, hour); h >= 0; h = s.next(Hour, h+1) {
		if h > hour {
			minute, second = 0, 0
		}
		for m := s.next(Minute, minute); m >= 0; m = s.next(Minute, m+1) {
			if h > hour || m > minute {
				second = 0
			}
			if at := s.next(Second, second); at >= 0 {
				return h*3600 + m*60 + at, true
			}
		}
	}
	return 0, false
}

// daysOf is the set of a month's days that are due.
func (s *Schedule) daysOf(year int, month time.Month) set {
	first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC).Weekday()
	m := monthShape{count: days(year, month), first: int(first)}
	var byDay, byWeekday set
	for d := 1; d <= m.count; d++ {
		if s.sets[Day].has(d - 1) {
			byDay.add(d)
		}
		if s.sets[Weekday].has(m.weekday(d)) {
			byWeekday.add(d)
		}
	}
	for _, r := range s.rules {
		d, ok := m.day(r)
		switch {
		case !ok:
		case r.field() == Day:
			byDay.add(d)
		default:
			byWeekday.add(d)
		}
	}
	switch {
	case !s.restricts(Weekday):
		return byDay
	case !s.restricts(Day):
		return byWeekday
	}
	for i := range byDay {
		byDay[i] |= byWeekday[i]
	}
	return byDay
}

// monthShape is how many days a month has and the weekday of its first.
type monthShape struct{ count, first int }

func (m monthShape) weekday(day int) int { return (m.first + day - 1) % 7 }

// day is the day of the month a rule means.
func (m monthShape) day(r rule) (int, bool) {
	switch r.kind {
	case lastDay:
		return m.count, true
	case lastWorkday:
		return m.workday(m.count), true
	case nearestWorkday:
		return m.workday(min(r.n, m.count)), r.n <= m.count
	case lastWeekday:
		return m.count - (m.weekday(m.count)-r.n+7)%7, true
	default: // nthWeekday
		d := 1 + (r.n-m.first+7)%7 + 7*(r.week-1)
		return d, d <= m.count
	}
}

// workday is the day from Monday to Friday nearest to one, in the same month.
func (m monthShape) workday(day int) int {
	switch m.weekday(day) {
	case 6: // Saturday
		if day > 1 {
			return day - 1
		}
		return day + 2
	case 0: // Sunday
		if day < m.count {
			return day + 1
		}
		return day - 2
	}
	return day
}
