package timers_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"wxcloud/emulator/timers"
	"wxcloud/internal/cron"
)

func timer(t testing.TB, name, schedule string, since time.Time) timers.Timer {
	t.Helper()
	s, faults := cron.Parse(schedule)
	if len(faults) > 0 && !faults[0].Kind.Usable() {
		t.Fatal(faults)
	}
	return timers.Timer{Function: "f", Name: name, Schedule: s, Since: since}
}

func at(text string) time.Time {
	when, err := time.ParseInLocation(time.DateTime, "2026-01-01 "+text, cron.Beijing)
	if err != nil {
		panic(err)
	}
	return when
}

func names(due []timers.Due) string {
	var list []string
	for _, d := range due {
		list = append(list, d.Name+" "+d.At.Format("15:04:05"))
	}
	return strings.Join(list, ", ")
}

func TestBetween(t *testing.T) {
	list := []timers.Timer{
		timer(t, "ten", "0 */10 * * * * *", time.Time{}),
		timer(t, "half", "0 */30 * * * * *", at("10:15:00")),
		timer(t, "never", "0 0 0 30 2 * *", time.Time{}),
	}
	for _, tt := range []struct {
		after, until string
		limit        int
		want         string
		more         bool
	}{
		{"10:00:00", "10:31:00", 9, "ten 10:10:00, ten 10:20:00, ten 10:30:00, half 10:30:00", false},
		{"09:59:59", "10:00:00", 9, "ten 10:00:00", false}, // half is not older
		{"10:00:00", "10:09:59", 9, "", false},
		{"10:00:00", "10:31:00", 2, "ten 10:10:00, ten 10:20:00", true},
		{"10:00:00", "10:30:00", 4, "ten 10:10:00, ten 10:20:00, ten 10:30:00, half 10:30:00", false},
		{"10:30:00", "10:00:00", 9, "", false},
	} {
		due, more := timers.Between(list, at(tt.after), at(tt.until), tt.limit)
		if names(due) != tt.want || more != tt.more {
			t.Errorf("%s to %s: %s, more %v", tt.after, tt.until, names(due), more)
		}
	}
}

// bench is a scheduler on a clock of its own: real time and an offset.
type bench struct {
	timers.Scheduler
	mu     sync.Mutex
	offset time.Duration
	list   []timers.Timer
	fired  []timers.Due
}

func newBench() *bench {
	b := &bench{}
	b.Now = func() time.Time { b.mu.Lock(); defer b.mu.Unlock(); return time.Now().Add(b.offset) }
	b.Timers = func() []timers.Timer { b.mu.Lock(); defer b.mu.Unlock(); return b.list }
	b.Fire = func(due []timers.Due) { b.mu.Lock(); defer b.mu.Unlock(); b.fired = append(b.fired, due...) }
	b.Begin()
	return b
}

func (b *bench) set(offset time.Duration, list ...timers.Timer) {
	b.mu.Lock()
	b.offset += offset
	b.list = append(b.list, list...)
	b.mu.Unlock()
	b.Changed()
}

// names are those fired, and forgets them.
func (b *bench) names() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	due := b.fired
	b.fired = nil
	return names(due)
}

func TestSchedulerFiresInRealTimeAndAfterJumps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // begins at midnight UTC: 08:00 in Beijing
		b := newBench()
		ctx, cancel := context.WithCancel(t.Context())
		var group sync.WaitGroup
		group.Go(func() { b.Run(ctx) })
		synctest.Wait()

		b.set(0, timer(t, "ten", "0 */10 * * * * *", time.Now()))
		time.Sleep(25 * time.Minute)
		synctest.Wait()
		if got := b.names(); got != "ten 08:10:00, ten 08:20:00" {
			t.Error("as time went by:", got)
		}
		// A jump fires what lies in it, once, whoever asks first.
		b.set(30 * time.Minute)
		b.CatchUp()
		b.CatchUp()
		synctest.Wait()
		if got := b.names(); got != "ten 08:30:00, ten 08:40:00, ten 08:50:00" {
			t.Error("in the jump:", got)
		}
		// On from there on the moved clock: it is 08:55, so five minutes are left.
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		if got := b.names(); got != "ten 09:00:00" {
			t.Error("after the jump:", got)
		}
		// A new timer does not fire for what was before it.
		b.set(0, timer(t, "every", "*/30 * * * * * *", b.Now().Add(time.Minute)))
		time.Sleep(90 * time.Second)
		synctest.Wait()
		if got := b.names(); got != "every 09:01:30" {
			t.Error("new timer:", got)
		}
		// A clock set back starts over.
		b.set(-time.Hour)
		b.Restart()
		time.Sleep(4 * time.Minute)
		synctest.Wait()
		if got := b.names(); got != "" {
			t.Error("set back:", got)
		}
		cancel()
		group.Wait()
	})
}

func TestCatchUpIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench()
		b.set(24*time.Hour, timer(t, "second", "* * * * * * *", time.Time{}))
		due, more := b.CatchUp()
		if len(due) != timers.MaxDue || !more {
			t.Errorf("%d, more %v", len(due), more)
		}
		if due, more = b.CatchUp(); len(due) != 0 || more {
			t.Errorf("again: %d, more %v", len(due), more)
		}
	})
}
