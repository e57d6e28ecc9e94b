package perm

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"
)

// nodes is a model of the cloud's gateway: each node keeps the list it looked up
// for the cache time, and an invocation meets any of them.
type nodes struct {
	r       *rand.Rand
	ttl     time.Duration
	removal bool // the change takes the interface away instead of adding it
	noise   float64
	stale   []time.Time // until when node i uses the list of before the change
	calls   int
}

func (n *nodes) old(i int) bool { return time.Now().Before(n.stale[i]) }

func (n *nodes) Invoke(ctx context.Context, _ string, _ []byte) (Answer, error) {
	n.calls++
	time.Sleep(time.Duration(20+n.r.IntN(400)) * time.Millisecond)
	i := n.r.IntN(len(n.stale))
	if n.r.Float64() < n.noise {
		return Answer{Result: []byte(inconclusive)}, nil
	}
	if n.old(i) != n.removal {
		return Answer{Result: []byte(refused)}, nil
	}
	return Answer{Result: []byte(granted)}, nil
}

// layout makes 1 to 8 nodes whose lists were looked up at any time before the
// change, or never.
func layout(r *rand.Rand, ttl time.Duration) *nodes {
	n := &nodes{r: r, ttl: ttl, removal: r.IntN(4) == 0, stale: make([]time.Time, 1+r.IntN(8))}
	if r.IntN(2) == 0 {
		n.noise = 0.05
	}
	for i := range n.stale {
		if r.IntN(10) > 0 {
			n.stale[i] = time.Now().Add(time.Duration(r.Int64N(int64(ttl))))
		}
	}
	return n
}

func TestAThousandLayouts(t *testing.T) {
	for _, c := range []struct {
		ttl    time.Duration
		within time.Duration // median after the cache time
	}{
		{10 * time.Minute, 20 * time.Second},
		{20 * time.Second, 5 * time.Second},
	} {
		t.Run(c.ttl.String(), func(t *testing.T) {
			var afterTTL, afterLast []time.Duration
			most, unproven := 0, 0
			for seed := range uint64(1000) {
				synctest.Test(t, func(t *testing.T) {
					n := layout(rand.New(rand.NewPCG(seed, 1)), c.ttl)
					// The cloud's answer takes a moment to arrive.
					time.Sleep(time.Duration(n.r.IntN(300)) * time.Millisecond)
					change := Change{Function: "f", Added: []string{send}, AcceptedAt: time.Now()}
					if n.removal {
						change.Added, change.Removed = nil, change.Added
					}
					got, err := Wait(t.Context(), n, change, WaitOptions{Event: event, CacheTTL: c.ttl}, func(tick Tick) {
						for i := range n.stale {
							if tick.Status.State == StateVerified && n.old(i) {
								t.Errorf("layout %d: verified while node %d uses the old list", seed, i)
							}
						}
					})
					most = max(most, n.calls)
					if err != nil || got.State != StateVerified && (n.noise == 0 || got.Exit() != 8) {
						t.Errorf("layout %d: %s, %v", seed, got.State, err)
					}
					if got.State != StateVerified {
						unproven++ // every row of five was broken by an answer that proves nothing
						return
					}
					last := slices.MaxFunc(n.stale, time.Time.Compare)
					if last.IsZero() {
						last = change.AcceptedAt
					}
					afterTTL = append(afterTTL, time.Since(got.EffectiveBy))
					afterLast = append(afterLast, time.Since(last))
				})
			}
			if most > 30 {
				t.Errorf("%d invocations of one function", most)
			}
			if unproven > 5 {
				t.Errorf("%d of 1000 stayed unproven", unproven)
			}
			slices.Sort(afterTTL)
			slices.Sort(afterLast)
			if len(afterTTL) == 0 || afterTTL[len(afterTTL)/2] > c.within {
				t.Errorf("median %v after the cache time", afterTTL)
			}
			t.Logf("at most %d invocations, %d of 1000 unproven", most, unproven)
			for name, d := range map[string][]time.Duration{"after the cache time": afterTTL, "after the last node's expiry": afterLast} {
				at := func(q float64) time.Duration { return d[int(q*float64(len(d)-1))].Round(100 * time.Millisecond) }
				t.Logf("verified %s: min %v, 10%% %v, median %v, 90%% %v, 99%% %v, max %v", name, at(0), at(.1), at(.5), at(.9), at(.99), at(1))
			}
		})
	}
}

// Early acceptance is a bet, and says so: it may meet a node that still refuses,
// but it is never called verified.
func TestEarlyAcceptanceIsNeverCalledVerified(t *testing.T) {
	wrong := 0
	for seed := range uint64(300) {
		synctest.Test(t, func(t *testing.T) {
			n := layout(rand.New(rand.NewPCG(seed, 2)), 10*time.Minute)
			n.removal = false
			change := Change{Function: "f", Added: []string{send}, AcceptedAt: time.Now()}
			got, err := Wait(t.Context(), n, change, WaitOptions{Event: event, AcceptEarly: true}, nil)
			if err != nil || n.calls > 30 {
				t.Errorf("layout %d: %v, %d invocations", seed, err, n.calls)
			}
			early := time.Now().Before(got.EffectiveBy)
			if early != (got.State == StateGranted && got.Accepted) || got.State == StateVerified && early {
				t.Errorf("layout %d: %s %v after the acceptance", seed, got.State, time.Since(change.AcceptedAt))
			}
			for i := range n.stale {
				if n.old(i) {
					wrong++
					break
				}
			}
		})
	}
	t.Logf("%d of 300 early acceptances were wrong for at least one node", wrong)
}
