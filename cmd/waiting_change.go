package cmd

import (
	"time"

	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/perm"
)

// lastChange is the permission change to wait for: the recorded one, or with
// --since the whole declared list, for a step done elsewhere. A time that is
// known to the second or the minute only is taken at its end: the cache time
// must not be counted from before the change.
func (w *waiting) lastChange(f config.Function) (perm.Change, *perm.WaitState, error) {
	env := w.connection.env
	known, ok, err := w.store.Function(env.ID, f.Name)
	if err != nil {
		return perm.Change{}, nil, err
	}
	if w.options.since != "" {
		at, precision, err := parseSince(w.options.since, w.now)
		if err != nil {
			return perm.Change{}, nil, err
		}
		if at.After(w.now.Add(time.Minute)) {
			return perm.Change{}, nil, clierr.New("cmd/at-in-future", clierr.Usage, clierr.Args{"value": w.options.since})
		}
		change := perm.Change{Function: f.Name, Added: declaredNames(f), AcceptedAt: atItsEnd(at, precision, w.now)}
		return change, decodeWait(known.Wait), nil
	}
	if !ok || known.OpenapiAcceptedAt.IsZero() {
		return perm.Change{}, nil, clierr.New("cmd/no-change-recorded", clierr.NotFound, clierr.Args{"function": f.Name, "env": env.Name}).
			Hint("cmd/hint-run", clierr.Args{"command": w.app.commandLine("deploy "+f.Name, env)}).
			Hint("cmd/hint-since", clierr.Args{"command": w.app.commandLine("perm wait "+f.Name+" --since now", env)})
	}
	change := perm.Change{Function: f.Name, Added: known.OpenapiAdded, Removed: known.OpenapiRemoved, AcceptedAt: known.OpenapiAcceptedAt}
	if len(change.Added)+len(change.Removed) == 0 {
		// The list was taken over from another checkout's record, which names
		// no difference: every name on it is what one waits for.
		change.Added = known.Openapi
	}
	if len(change.Added) > 0 {
		// A removal cannot be proven by code that no longer makes the call, and
		// nothing fails because of it: the additions are what is waited for.
		change.Removed = nil
	}
	return change, decodeWait(known.Wait), nil
}

// parseSince reads "now", a time of day, or a full time, and how precise it is.
func parseSince(given string, now time.Time) (time.Time, time.Duration, error) {
	if given == "now" {
		return now, time.Second, nil
	}
	if t, err := time.Parse(time.RFC3339, given); err == nil {
		return t, time.Second, nil
	}
	for _, full := range []struct {
		layout    string
		precision time.Duration
	}{{time.DateTime, time.Second}, {"2006-01-02 15:04", time.Minute}} {
		if t, err := time.ParseInLocation(full.layout, given, now.Location()); err == nil {
			return t, full.precision, nil
		}
	}
	for _, clock := range []struct {
		layout    string
		precision time.Duration
	}{{time.TimeOnly, time.Second}, {"15:04", time.Minute}} {
		if t, err := time.ParseInLocation(clock.layout, given, now.Location()); err == nil {
			at := time.Date(now.Year(), now.Month(), now.Day(), t.Hour(), t.Minute(), t.Second(), 0, now.Location())
			if at.After(now) {
				at = at.AddDate(0, 0, -1)
			}
			return at, clock.precision, nil
		}
	}
	return time.Time{}, 0, clierr.New("cmd/bad-since", clierr.Usage, clierr.Args{"value": given})
}

// atItsEnd is the last second a time may mean, as far as it has come: said again
// with seconds, as a resumed wait is, it means the same.
func atItsEnd(at time.Time, precision time.Duration, now time.Time) time.Time {
	end := at
	if precision > time.Second {
		end = at.Add(precision - time.Second)
	}
	if end.After(now) {
		end = now
	}
	if whole := end.Truncate(time.Second); whole.Before(end) {
		end = whole.Add(time.Second)
	}
	return end.Round(0)
}
