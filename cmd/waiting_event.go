package cmd

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/probe"
	"wxcloud/perm"
)

// event is what the function is invoked with: the flag, else what its own probe
// answers to, else functions.<name>.check in wxcloud.json. A probe that does not
// ask every name of the change gives way to the check.
func (w *waiting) event(ctx context.Context, f config.Function, change perm.Change) (event []byte, asks bool, err error) {
	if w.options.event != "" {
		event, err = w.app.event(ctx, "--event", w.options.event)
		return event, false, err
	}
	check := w.project.Settings.Function(f.Name, w.connection.env.Name).Check
	asked, missing := probed(f, change.Names())
	if len(asked) == 0 || len(missing) > 0 && len(check) > 0 || w.options.asUser != "" || w.invoker == nil {
		return check, false, nil // a probe never answers where there is a user
	}
	nonce, err := w.nonce(ctx, f.Name)
	if err != nil {
		return nil, false, err
	}
	if nonce == "" {
		w.board.live.Print(w.app.t(text.WaitNoNonce, "function", f.Name, "env", w.connection.env.Name))
		return check, false, nil
	}
	w.board.live.Print(w.app.t(text.WaitUsesProbe, "function", f.Name))
	if len(missing) > 0 {
		w.board.live.Print(w.app.t(text.WaitProbeParted, "function", f.Name, "names", strings.Join(missing, ", ")))
	}
	event, err = json.Marshal(map[string]any{probe.Key: nonce, "apis": asked})
	return event, true, err
}

// probesOnly invokes a function for its probe's answer and stops at anything else
// the function itself answers: then the deployed code has no probe, and must not
// be handed events that are not meant for it.
type probesOnly struct {
	perm.Invoker
	deploy string // the command that changes that
}

// Invoke implements perm.Invoker.
func (p probesOnly) Invoke(ctx context.Context, function string, event []byte) (perm.Answer, error) {
	answer, err := p.Invoker.Invoke(ctx, function, event)
	if err != nil || bytes.Contains(answer.Result, []byte(probe.Key)) {
		return answer, err
	}
	switch answer.ErrCode {
	case 0, functionFailed: // it returned, or it threw, which a probe does not
		return answer, clierr.New("cmd/probe-not-deployed", clierr.NotFound, clierr.Args{"function": function}).
			Hint("cmd/hint-run", clierr.Args{"command": p.deploy}).
			Hint("cmd/hint-probe-event", clierr.Args{"function": function})
	}
	return answer, nil
}

// functionFailed is the code of a function that threw.
const functionFailed = -504002

// probed divides interfaces into those the probe of a function asks and others.
func probed(f config.Function, names []string) (asked, missing []string) {
	var apis []string
	for _, file := range []string{filepath.Join(f.Dir, filepath.FromSlash(f.Entry)), sourceOf(f)} {
		if src, err := os.ReadFile(file); err == nil && len(apis) == 0 {
			apis = probe.APIs(src)
		}
	}
	for _, name := range names {
		if slices.Contains(apis, name) {
			asked = append(asked, name)
		} else {
			missing = append(missing, name)
		}
	}
	return asked, missing
}

// nonce is what the deployed function's probe answers to, "" if it has none or
// no credential here can read it. deploy gives it to functions that hold a probe
// and takes it from others: with one, the deployed code has the probe.
func (w *waiting) nonce(ctx context.Context, function string) (string, error) {
	if given := w.app.getenv(probe.Variable); given != "" {
		return given, nil
	}
	if w.connection.functions == nil {
		return "", nil
	}
	deployed, err := w.connection.functions.GetFunction(ctx, function)
	if err != nil {
		return "", context.Cause(ctx) // not deployed, or not to be read: then it cannot be asked
	}
	for _, v := range deployed.Environment.Variables {
		if v.Key == probe.Variable && len(v.Value) >= probe.LeastNonce {
			return v.Value, nil
		}
	}
	return "", nil
}
