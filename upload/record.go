package upload

import (
	"context"
	"slices"
	"time"

	"wxcloud/internal/state"
)

func (w *worker) update(ctx context.Context, change func(*state.Function)) error {
	// The record must be written even when the run is being stopped: the cloud
	// has accepted the change.
	return w.run.State.Update(context.WithoutCancel(ctx), w.env, w.name, change)
}

// begin puts on record what is about to be sent. Code that was sent but whose
// end was not seen stays on record while settings are sent.
func (w *worker) begin(ctx context.Context, digest, sha string) error {
	before := w.remote.ModTime
	return w.update(ctx, func(f *state.Function) {
		s := state.Sending{Before: before, CodeDigest: digest, CodeSHA256: sha, At: time.Now().UTC()}
		if old := f.Sending; digest == "" && old != nil {
			s.CodeDigest, s.CodeSHA256 = old.CodeDigest, old.CodeSHA256
		}
		f.Sending = &s
	})
}

// sentCode puts on record that the cloud has the plan's code and is done with it.
func (w *worker) sentCode(ctx context.Context, sha string) error {
	fingerprint := w.fingerprint(StepCode)
	remote, digest, install := w.remote, w.plan.Package.Digest, w.plan.InstallDependency
	handler := w.plan.Handler
	return w.update(ctx, func(f *state.Function) {
		f.CodeDigest, f.CodeSHA256, f.DeployedAt = digest, sha, time.Now().UTC()
		f.RemoteModTime, f.Handler, f.InstallDependency, f.Sending = remote.ModTime, handler, install, nil
		fingerprint(f)
	})
}

// settled puts on record how the function was left, after the last step. What
// it was before a change of its settings alone tells what code it has now.
func (w *worker) settled(ctx context.Context) error {
	sent := w.did(StepCode) || w.did(StepCreate) || w.did(StepBundle)
	switch {
	case w.did(StepConfigure) || w.did(StepSetTriggers) || w.did(StepRemoveTriggers):
	case sent:
		return nil
	default:
		return w.keep(ctx)
	}
	found, remote, fingerprint := w.plan.found, w.remote, w.fingerprint("")
	known := sent || w.plan.Code == CodeUnchanged || w.plan.Code == CodeForced
	return w.update(ctx, func(f *state.Function) {
		if found != nil {
			found(f)
		}
		// A new ModTime is our own doing where nobody else's came in between.
		if known || f.RemoteModTime != "" && f.RemoteModTime == w.plan.Remote.ModTime {
			f.RemoteModTime = remote.ModTime
		}
		if f.Sending != nil && (known || f.Sending.CodeDigest == "") {
			f.Sending = nil
		}
		fingerprint(f)
	})
}

// did reports whether a step was carried out.
func (w *worker) did(kind StepKind) bool {
	return slices.ContainsFunc(w.out.Steps, func(s StepOutcome) bool {
		return s.Kind == kind && s.Status != Failed && s.Status != CannotVerify
	})
}

// keep records what the plan found out about a function it leaves alone.
func (w *worker) keep(ctx context.Context) error {
	if w.plan.found == nil {
		return nil
	}
	return w.update(ctx, w.plan.found)
}

// fingerprint returns what to do about the record's fingerprint of the settings
// after the steps done so far and the one that is just ending.
func (w *worker) fingerprint(ending StepKind) func(*state.Function) {
	if w.plan.Exists && !w.plan.Looked {
		return func(*state.Function) {} // the settings were the same, and were not touched
	}
	bytes := w.plan.wanted.bytes(w.plan.prune)
	done := map[StepKind]bool{ending: true}
	for _, s := range w.out.Steps {
		done[s.Kind] = s.Status != Failed && s.Status != CannotVerify
	}
	complete := !w.left
	for _, d := range w.plan.Differences {
		switch {
		case d.Action == DiffKeep, d.What == DiffHandler, d.What == DiffInstall:
		case d.What == DiffRuntime:
			complete = false // to be said again next time
		case !w.plan.Exists && d.What != DiffTrigger: // it was created with them
		case d.What == DiffTrigger && d.Action == DiffRemove:
			complete = complete && done[StepRemoveTriggers]
		case d.What == DiffTrigger:
			complete = complete && done[StepSetTriggers]
		default:
			complete = complete && done[StepConfigure]
		}
	}
	return func(f *state.Function) {
		switch {
		case !complete:
			f.Settings = ""
		case !state.SameFingerprint(f.Settings, bytes):
			f.Settings = state.Fingerprint(bytes)
		}
	}
}
