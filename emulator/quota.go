package emulator

import (
	"slices"
	"time"
)

// What WeChat allows of its token calls. A forced refresh that comes sooner after
// another is answered with the token there is; the code for more than that is
// documented for API limits in general, for these calls it is a guess.
const (
	forcedADay       = 20
	forcedApart      = 30 * time.Second
	cloudTokensHour  = 10
	codeQuota        = 45009
	textQuotaReached = "reach max api daily quota limit"
)

// quota counts the calls of a limit on the local cloud's clock. A stop forgets it.
type quota struct{ used []time.Time }

// take counts a call, or refuses it when there were limit of them within a time.
func (q *quota) take(now time.Time, limit int, within time.Duration) bool {
	q.used = slices.DeleteFunc(q.used, func(at time.Time) bool { return now.Sub(at) >= within })
	if len(q.used) >= limit {
		return false
	}
	q.used = append(q.used, now)
	return true
}

// since is how long ago the last call was counted.
func (q *quota) since(now time.Time) time.Duration {
	if len(q.used) == 0 {
		return now.Sub(time.Time{})
	}
	return now.Sub(q.used[len(q.used)-1])
}
