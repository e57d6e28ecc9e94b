package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/upload"
)

// resumeNames is how many functions a command to resume names; beyond that it
// is the same command again, which leaves alone what is done.
const resumeNames = 12

// outcomeKey is what functions have in common that share a line of the result.
type outcomeKey struct {
	action upload.Action
	cut    bool // interrupted, which is no failure
	said   string
	err    string
}

// printOutcome is the result: a line per function that was worked on, or where
// there are many a line per group of equals.
func (d *deployment) printOutcome(outcome upload.Outcome) {
	a := d.app
	out := a.io.Out
	if d.options.events == "-" {
		out = a.io.Err
	}
	var keys []outcomeKey
	groups := map[outcomeKey][]string{}
	worked := 0
	for _, f := range outcome.Functions {
		if f.Action != upload.Unchanged || f.Err != nil || len(f.Steps) > 0 {
			worked++
		}
	}
	var waiting []string
	for _, f := range outcome.Functions {
		if f.Action == upload.Unchanged && f.Err == nil && len(f.Steps) == 0 {
			continue
		}
		key := outcomeKey{action: f.Action}
		// In a log each step had its line; only what is out of the ordinary is
		// said again.
		key.cut = errors.Is(f.Err, context.Canceled)
		if a.io.Live().Redraws() || worked > groupFrom || key.cut || !ordinary(f) {
			key.said = a.stepsSaid(f)
		}
		if f.Err != nil && !key.cut {
			key.err = a.errorText(f.Err)
		}
		if f.Permissions.Status == upload.Accepted || f.Permissions.Status == upload.Verified {
			waiting = append(waiting, f.Name)
		}
		if worked <= groupFrom {
			d.printGroup(out, key, []string{f.Name}, len(outcome.Functions) > 1)
			continue
		}
		if _, seen := groups[key]; !seen {
			keys = append(keys, key)
		}
		groups[key] = append(groups[key], f.Name)
	}
	for _, key := range keys {
		d.printGroup(out, key, groups[key], true)
	}
	if resume := d.resume(outcome); resume != "" {
		a.next(resume)
	}
	if len(waiting) == 0 || d.waits() {
		return
	}
	a.say(text.DeployPropagating, "functions", shortList(waiting, 8), "ttl", d.cacheTTL(context.Background()))
	a.next(a.commandLine(waitFor(waiting), d.connection.env))
}

// waitFor is the command that waits for functions. Without names it waits for
// all that were not seen in force yet.
func waitFor(functions []string) string {
	if len(functions) > resumeNames {
		return "perm wait"
	}
	return "perm wait " + strings.Join(functions, " ")
}

// printGroup prints one line about functions that fared alike. The error of the
// only function is not said here: it is the error of the whole run.
func (d *deployment) printGroup(out io.Writer, key outcomeKey, names []string, many bool) {
	a := d.app
	theme := a.io.OutTheme()
	mark, what := theme.Check(), text.OutcomeUpdated
	switch key.action {
	case upload.Created:
		what = text.OutcomeCreated
	case upload.Stopped:
		mark, what = theme.Cross(), text.OutcomeStopped
		if key.cut {
			mark, what = theme.Warning(), text.OutcomeInterrupted
			if key.said == "" {
				what = text.OutcomeNotBegun
			}
		}
	case upload.Unchanged:
		mark, what = theme.Warning(), text.OutcomeUntouched
	case upload.Updated:
	}
	said := names[0]
	if len(names) > 1 {
		said = a.t(text.OutcomeMany, "count", strconv.Itoa(len(names)), "functions", shortList(names, 6))
	}
	line := a.t(what, "function", said, "env", d.connection.env.Name)
	if key.said != "" {
		line += a.t(text.OutcomeSteps, "steps", key.said)
	}
	_, _ = fmt.Fprintf(out, "%s %s\n", mark, line)
	if key.err != "" && many {
		_, _ = fmt.Fprintf(out, "    %s\n", key.err)
	}
}

// ordinary reports whether all steps came as far as they can.
func ordinary(f upload.FunctionOutcome) bool {
	for _, s := range f.Steps {
		if s.Status != upload.Accepted && s.Status != upload.Verified {
			return false
		}
	}
	return true
}

// stepsSaid is how far each step came: "code accepted, new permissions accepted
// and read back".
func (a *app) stepsSaid(f upload.FunctionOutcome) string {
	said := make([]string, 0, len(f.Steps))
	for _, s := range f.Steps {
		said = append(said, a.t(stepWord(s.Kind))+" "+a.t(stepEnd(s)))
	}
	return strings.Join(said, a.t(text.ListComma))
}

func stepEnd(s upload.StepOutcome) text.Sentence {
	switch s.Status {
	case upload.Requested:
		return text.StatusRequested
	case upload.Accepted:
		return text.StatusAccepted
	case upload.Verified:
		return text.EndReadBack
	case upload.CannotVerify:
		if s.Kind == upload.StepAddPermissions || s.Kind == upload.StepRemovePermissions || s.Kind == upload.StepBundle {
			return text.EndNoWriter
		}
		return text.StatusCannot
	case upload.Failed:
	}
	return text.StatusFailed
}

// resume is the command that does what was not done, "" if all was.
func (d *deployment) resume(outcome upload.Outcome) string {
	var failed []string
	for _, f := range outcome.Functions {
		if f.Err != nil {
			failed = append(failed, f.Name)
		}
	}
	if len(failed) == 0 {
		return ""
	}
	names := d.arguments()
	if len(failed) <= resumeNames {
		names = " " + strings.Join(failed, " ")
	}
	return d.again(names)
}

// triggersLeft is the error of a deploy that was to remove triggers with a
// credential that cannot; everything else is done.
func (d *deployment) triggersLeft(outcome upload.Outcome) error {
	var left []string
	for _, f := range outcome.Functions {
		for _, s := range f.Steps {
			if s.Kind == upload.StepRemoveTriggers && s.Status == upload.CannotVerify {
				left = append(left, f.Name)
			}
		}
	}
	if len(left) == 0 {
		return nil
	}
	env := d.connection.env
	return clierr.New("cmd/triggers-left", clierr.OtherCredential, clierr.Args{"functions": strings.Join(left, ", "), "env": env.Name}).
		Hint("cmd/hint-triggers-tencent", clierr.Args{"command": d.app.commandLine("deploy "+strings.Join(left, " ")+" --prune --only triggers --via tencent", env)})
}

// again is this command once more, for other functions.
func (d *deployment) again(names string) string {
	o := d.options
	line := d.app.commandLine("deploy"+names, d.connection.env) + o.again()
	for _, f := range []struct {
		on   bool
		flag string
	}{
		{o.noLint, "--no-lint"},
		{o.create, "--create"},
		{o.allowUnapplied, "--allow-unapplied-permissions"},
		{o.wait, "--wait"},
		{o.noWait, "--no-wait"},
		{o.waiting.acceptEarly, "--accept-early"},
		{o.waiting.acceptClock, "--accept-clock"},
		{d.app.flags.yes, "--yes"},
	} {
		if f.on {
			line += " " + f.flag
		}
	}
	if o.waiting.event != "" {
		line += " --event " + shellQuote(o.waiting.event)
	}
	if o.waiting.timeout > 0 {
		line += " --wait-timeout " + o.waiting.timeout.String()
	}
	return line
}
