package perm

import "time"

// DefaultCacheTTL is how long the cloud may go on using the list it had, the one
// number the documentation gives.
const DefaultCacheTTL = 10 * time.Minute

const (
	maxProbes = 30 // invocations of a function for one change
	// needed probes in a row, all sent after the cache time, make a change verified.
	needed = 5
	// reserve is how many of the invocations are kept for after the cache time:
	// the needed ones, and twice as many again to begin a new row after answers
	// that prove nothing.
	reserve = 16
	// probeLimit ends an invocation that does not answer. Functions called over
	// HTTP are cut off by the cloud after 5 seconds.
	probeLimit = 20 * time.Second
)

// pace holds the times of a wait, in proportion to the cache time, so that a
// local cloud with a cache of seconds is waited for in the same way.
type pace struct {
	short  time.Duration // between probes while something is expected: 2 s
	long   time.Duration // the widest gap before the cache time has passed: 60 s
	late   time.Duration // and after it, when the change is due: 15 s
	settle time.Duration // after the cache time, before the first probe that counts: 1 s
	grace  time.Duration // after the cache time, before the wait gives up: 2 min
}

// paceOf computes the times; those given above are for ten minutes.
func paceOf(ttl time.Duration) pace {
	return pace{
		short:  min(max(ttl/300, 200*time.Millisecond), 2*time.Second),
		long:   max(ttl/10, time.Second),
		late:   max(ttl/40, time.Second/2),
		settle: min(max(ttl/600, 50*time.Millisecond), time.Second),
		grace:  min(max(ttl/5, 10*time.Second), 2*time.Minute),
	}
}

// gap returns the pause after n earlier probes: doubling from short to longest.
func (p pace) gap(n int, longest time.Duration) time.Duration {
	d := p.short
	for ; n > 0 && d < longest; n-- {
		d *= 2
	}
	return min(d, longest)
}
