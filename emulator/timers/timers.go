// Package timers finds out when timers come due on a clock that may jump
// forward, and fires each due time once. It knows no functions and keeps nothing:
// due times that pass while no scheduler runs are not made up for.
package timers

import (
	"context"
	"sync"
	"time"

	"wxcloud/internal/cron"
)

// Timer is one timer of a function.
type Timer struct {
	Function, Name string
	Schedule       cron.Schedule
	Since          time.Time // when it was stored: earlier times are none of its
}

// Due is a timer and a time at which it was due.
type Due struct {
	Timer
	At time.Time
}

// MaxDue is how many due times are fired at once. A clock that moves a day
// forward brings 86,400 of a timer that fires every second; what is beyond is
// dropped.
const MaxDue = 100

// Between lists the due times after one moment up to another in the order they
// come, timers of the same moment in the order given; more reports that there
// are others, which were left out.
func Between(list []Timer, after, until time.Time, limit int) (due []Due, more bool) {
	next := make([]time.Time, len(list))
	find := func(i int, from time.Time) {
		next[i] = time.Time{}
		if at, ok := list[i].Schedule.Next(from); ok && !at.After(until) {
			next[i] = at
		}
	}
	for i := range list {
		from := after
		if list[i].Since.After(from) {
			from = list[i].Since
		}
		find(i, from)
	}
	for {
		first := -1
		for i, at := range next {
			if !at.IsZero() && (first < 0 || at.Before(next[first])) {
				first = i
			}
		}
		if first < 0 {
			return due, false
		}
		if len(due) == limit {
			return due, true
		}
		due = append(due, Due{list[first], next[first]})
		find(first, next[first])
	}
}

// Scheduler fires timers. Now, Timers and Fire must be set; Fire must return at
// once.
type Scheduler struct {
	Now    func() time.Time
	Timers func() []Timer
	Fire   func([]Due)

	mu   sync.Mutex
	seen time.Time // up to here all that was due has been fired
	wake chan struct{}
}

// longest is how long a scheduler sleeps at most: the wall clock may be set.
const longest = time.Minute

// Begin takes now as the moment before which nothing is due. It is called once,
// before Run and CatchUp.
func (s *Scheduler) Begin() {
	s.seen, s.wake = s.Now(), make(chan struct{}, 1)
}

// Run fires what comes due until ctx ends.
func (s *Scheduler) Run(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		case <-timer.C:
		}
		s.CatchUp()
		timer.Reset(s.sleep())
	}
}

// sleep is how long nothing comes due.
func (s *Scheduler) sleep() time.Duration {
	s.mu.Lock()
	seen := s.seen
	s.mu.Unlock()
	wait := longest
	for _, t := range s.Timers() {
		from := seen
		if t.Since.After(from) {
			from = t.Since
		}
		if at, ok := t.Schedule.Next(from); ok {
			wait = min(wait, at.Sub(s.Now()))
		}
	}
	return max(wait, 0)
}

// CatchUp fires what has come due since it was last called, and returns it; more
// reports that some was dropped. A clock that went back is waited for.
func (s *Scheduler) CatchUp() (due []Due, more bool) {
	return s.Jump(func() {})
}

// Jump moves the clock and then catches up: nobody else sees the moved clock
// before what it passed over has been fired.
func (s *Scheduler) Jump(move func()) (due []Due, more bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	move()
	now := s.Now()
	if !now.After(s.seen) {
		return nil, false
	}
	due, more = Between(s.Timers(), s.seen, now, MaxDue)
	s.seen = now
	if len(due) > 0 {
		s.Fire(due)
	}
	return due, more
}

// Restart takes now as the moment before which nothing is due, after the clock
// was set back.
func (s *Scheduler) Restart() {
	s.mu.Lock()
	s.seen = s.Now()
	s.mu.Unlock()
	s.Changed()
}

// Changed tells Run that timers or the clock have changed.
func (s *Scheduler) Changed() {
	select {
	case s.wake <- struct{}{}:
	default: // it has been told already
	}
}
