package upload

import (
	"context"
	"slices"
	"strings"

	"wxcloud/internal/clierr"
	"wxcloud/wxapi"
)

// TriggerChange compares the triggers of a function with those it is to have.
type TriggerChange struct {
	Added, Changed []wxapi.Trigger
	// Removed are the names of those to be removed.
	Removed []string
	// CloudCalls is true when the function makes cloud calls and has triggers: a
	// timer that is not set with WeChat DevTools may start it without the ticket
	// that such calls need.
	CloudCalls bool
}

// set are the triggers to be sent.
func (t TriggerChange) set() []wxapi.Trigger { return slices.Concat(t.Added, t.Changed) }

func triggerNames(list []wxapi.Trigger) []string {
	names := make([]string, len(list))
	for i, t := range list {
		names[i] = t.Name
	}
	return names
}

// triggerChange compares with what is there. Triggers go by their names.
func (f *FunctionPlan) triggerChange(there []wxapi.Trigger) TriggerChange {
	var change TriggerChange
	for _, w := range f.wanted.Triggers {
		i := slices.IndexFunc(there, func(t wxapi.Trigger) bool { return t.Name == w.Name })
		switch {
		case i < 0:
			change.Added = append(change.Added, w)
			f.differs(Difference{What: DiffTrigger, Name: w.Name, To: w.Cron(), Action: DiffAdd})
		case there[i].Cron() != w.Cron():
			change.Changed = append(change.Changed, w)
			f.differs(Difference{What: DiffTrigger, Name: w.Name, From: there[i].Cron(), To: w.Cron(), Action: DiffChange})
		}
	}
	for _, t := range there {
		if slices.ContainsFunc(f.wanted.Triggers, func(w wxapi.Trigger) bool { return w.Name == t.Name }) {
			continue
		}
		if !f.prune {
			f.differs(Difference{What: DiffTrigger, Name: t.Name, From: t.Cron(), Action: DiffKeep})
			continue
		}
		change.Removed = append(change.Removed, t.Name)
		f.differs(Difference{What: DiffTrigger, Name: t.Name, From: t.Cron(), Action: DiffRemove})
	}
	return change
}

// setTriggers creates and replaces triggers and reads them back.
func (w *worker) setTriggers(ctx context.Context, step Step) (Status, error) {
	set := w.plan.Triggers.set()
	there := func(f wxapi.Function) bool {
		for _, t := range set {
			if !slices.ContainsFunc(f.Triggers, func(o wxapi.Trigger) bool { return o.Name == t.Name && o.Cron() == t.Cron() }) {
				return false
			}
		}
		return true
	}
	err := w.change(ctx, func() error { return w.cloud.SetTriggers(ctx, w.name, set) }, seen(there))
	if err != nil {
		return Failed, err
	}
	w.accepted(step)
	return w.verify(ctx, step, there)
}

// seen is what a look at the function alone tells.
func seen(done func(wxapi.Function) bool) func(wxapi.Function) (bool, error) {
	return func(f wxapi.Function) (bool, error) { return done(f), nil }
}

// removeTriggers removes triggers one by one. With a credential that cannot,
// they stay and the step says so.
func (w *worker) removeTriggers(ctx context.Context, step Step) (Status, error) {
	for _, name := range step.Names {
		gone := func(f wxapi.Function) bool {
			return !slices.ContainsFunc(f.Triggers, func(t wxapi.Trigger) bool { return t.Name == name })
		}
		err := w.change(ctx, func() error { return w.cloud.DeleteTrigger(ctx, w.name, name) }, seen(gone))
		switch {
		case wxapi.IsUnsupported(err):
			w.emit(Event{Step: step, Status: CannotVerify, Err: err})
			return CannotVerify, nil
		case err != nil && !wxapi.IsTriggerNotFound(err):
			return Failed, err
		}
	}
	w.accepted(step)
	return w.verify(ctx, step, func(f wxapi.Function) bool {
		return !slices.ContainsFunc(f.Triggers, func(t wxapi.Trigger) bool { return slices.Contains(step.Names, t.Name) })
	})
}

// verify looks whether a change of triggers is to be seen. The service answers
// from more than one place, so it looks more than once.
func (w *worker) verify(ctx context.Context, step Step, done func(wxapi.Function) bool) (Status, error) {
	pause := w.run.Poll.normal().First
	for look := 0; ; look++ {
		now, err := w.cloud.GetFunction(ctx, w.name)
		if err == nil {
			now, err = w.settle(ctx, now)
		}
		if err != nil {
			return Failed, err
		}
		w.remote = now
		if done(now) {
			w.emit(Event{Step: step, Status: Verified})
			return Verified, nil
		}
		if look == staleLooks {
			return Failed, clierr.New("upload/triggers-differ", clierr.Cloud, clierr.Args{
				"function": w.name, "names": strings.Join(step.Names, ", "),
			})
		}
		if err := sleep(ctx, jitter(pause)); err != nil {
			return Failed, err
		}
	}
}
