package cmd

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ui"
	"wxcloud/upload"
)

// summaryOf prints the result of a run as it is on a terminal.
func summaryOf(outcome upload.Outcome, o deployOptions, names ...string) (result, talk string) {
	streams, out, err := ui.Test("", ui.Kind{Terminal: true, Unicode: true, Width: 80})
	a := &app{io: streams, lang: text.English, getenv: func(string) string { return "" }}
	plan := upload.Plan{}
	for _, f := range outcome.Functions {
		plan.Functions = append(plan.Functions, upload.FunctionPlan{Name: f.Name})
	}
	d := &deployment{options: o, planning: planning{app: a, named: names, made: plan, connection: &connection{env: environment{Name: "prod", ID: "prod-1"}}}}
	d.printOutcome(outcome)
	return out.String(), err.String()
}

// TestSummaryOfManyFitsAScreen: 200 functions with a few failures.
func TestSummaryOfManyFitsAScreen(t *testing.T) {
	var outcome upload.Outcome
	for i := range 200 {
		f := upload.FunctionOutcome{Name: fmt.Sprintf("f%03d", i), Action: upload.Updated, Steps: []upload.StepOutcome{{Step: upload.Step{Kind: upload.StepCode}, Status: upload.Accepted}}}
		switch {
		case i < 3:
			f.Action, f.Steps = upload.Created, []upload.StepOutcome{{Step: upload.Step{Kind: upload.StepCreate}, Status: upload.Accepted}}
		case i == 77 || i == 78:
			f.Action, f.Steps[0].Status = upload.Stopped, upload.Failed
			f.Err = clierr.New("upload/failed-state", clierr.Cloud, clierr.Args{"function": "it", "status": "UpdateFailed", "reason": "npm"})
		case i > 190:
			f.Action, f.Steps = upload.Unchanged, nil
		}
		outcome.Functions = append(outcome.Functions, f)
	}
	o := deployOptions{noLint: true, create: true}
	o.prune = true
	result, talk := summaryOf(outcome, o)
	lines := strings.Split(strings.TrimSpace(result), "\n")
	if len(lines) != 4 {
		t.Errorf("%d lines:\n%s", len(lines), result)
	}
	for _, want := range []string{
		"✓ 3 functions (f000, f001, f002) created in prod: creation accepted",
		"✓ 186 functions (f003, f004, f005, f006, f007, f008 (+180)) updated in prod: code accepted",
		"✗ 2 functions (f077, f078) failed in prod: code failed\n    the cloud could not finish the change of it, state UpdateFailed: npm",
	} {
		if !strings.Contains(result, want) {
			t.Errorf("%q is not in:\n%s", want, result)
		}
	}
	if want := "wxcloud deploy f077 f078 --env prod --prune --no-lint --create\n"; !strings.HasSuffix(talk, want) {
		t.Errorf("%q does not end with %q", talk, want)
	}
}

// TestWaitOfMany: 200 functions are not named one by one in the command that
// waits for them.
func TestWaitOfMany(t *testing.T) {
	var outcome upload.Outcome
	for i := range 200 {
		outcome.Functions = append(outcome.Functions, upload.FunctionOutcome{
			Name: fmt.Sprintf("f%03d", i), Action: upload.Updated, Permissions: upload.Applied{Status: upload.Verified},
			Steps: []upload.StepOutcome{{Step: upload.Step{Kind: upload.StepAddPermissions}, Status: upload.Verified}},
		})
	}
	if _, talk := summaryOf(outcome, deployOptions{}); !strings.HasSuffix(talk, "wxcloud perm wait --env prod\n") {
		t.Errorf("%q", talk)
	}
	outcome.Functions = outcome.Functions[:2]
	if _, talk := summaryOf(outcome, deployOptions{}); !strings.HasSuffix(talk, "wxcloud perm wait f000 f001 --env prod\n") {
		t.Errorf("%q", talk)
	}
}

// TestSummaryOfAnInterruption: what was accepted is not called a failure, and
// what was not begun is said.
func TestSummaryOfAnInterruption(t *testing.T) {
	outcome := upload.Outcome{Functions: []upload.FunctionOutcome{
		{Name: "one", Action: upload.Stopped, Err: context.Canceled, Steps: []upload.StepOutcome{{Step: upload.Step{Kind: upload.StepCode}, Status: upload.Accepted}}},
		{Name: "two", Action: upload.Stopped, Err: context.Canceled},
	}}
	result, talk := summaryOf(outcome, deployOptions{})
	if want := "! one interrupted in prod: code accepted\n! two not begun in prod\n"; result != want {
		t.Errorf("%q, want %q", result, want)
	}
	if !strings.Contains(talk, "wxcloud deploy one two --env prod") {
		t.Errorf("%q", talk)
	}
}

func TestResumeOfManyIsTheSameCommand(t *testing.T) {
	var outcome upload.Outcome
	for i := range 40 {
		outcome.Functions = append(outcome.Functions, upload.FunctionOutcome{Name: fmt.Sprintf("f%d", i), Action: upload.Stopped, Err: clierr.New("upload/broken", clierr.Cloud, nil)})
	}
	o := deployOptions{wait: true, waiting: waitOptions{event: "{\"a\": 1}", timeout: time.Minute}}
	o.selection.since = "origin/main"
	_, talk := summaryOf(outcome, o, "f*", "g h")
	if want := `wxcloud deploy 'f*' 'g h' --env prod --since origin/main --wait --event '{"a": 1}' --wait-timeout 1m0s` + "\n"; !strings.HasSuffix(talk, want) {
		t.Errorf("%q does not end with %q", talk, want)
	}
}

// TestProgressOnATerminal: rows for what is under way, a line for a failure,
// nothing left when it is over.
func TestProgressOnATerminal(t *testing.T) {
	streams, _, err := ui.Test("", ui.Kind{Terminal: true, Unicode: true, Width: 80})
	a := &app{io: streams, lang: text.English}
	plan := upload.Plan{}
	for i := range 12 {
		plan.Functions = append(plan.Functions, upload.FunctionPlan{Name: fmt.Sprintf("f%02d", i), Steps: []upload.Step{{Kind: upload.StepCode}}})
	}
	p := newProgress(a, plan)
	p.every = 0
	now := time.Now()
	for i := range 12 {
		p.observe(upload.Event{Function: fmt.Sprintf("f%02d", i), Step: upload.Step{Kind: upload.StepCode}, Status: upload.Requested, Bytes: 4 << 20, Sent: 1 << 20, At: now})
	}
	p.observe(upload.Event{Function: "f00", Step: upload.Step{Kind: upload.StepWait}, Status: upload.Requested, CloudStatus: "Updating", At: now})
	for _, want := range []string{"0 of 12 functions done", "  f01  code 1.0/4.0 MB 25%", "  f00  the cloud is working (Updating)", "and 4 more"} {
		if !strings.Contains(err.String(), want) {
			t.Errorf("%q is not shown: %q", want, err.String())
		}
	}
	a.say(text.DeployBusy, "env", "prod")
	p.observe(upload.Event{Function: "f03", Done: true, Err: clierr.New("upload/broken", clierr.Cloud, clierr.Args{"function": "f03", "status": "CreateFailed", "reason": "-"})})
	if !strings.Contains(err.String(), "✗ f03: function f03 is in state CreateFailed") || !strings.Contains(err.String(), "1 of 12 functions done, 1 failed") {
		t.Errorf("the failure is not told: %q", err.String())
	}
	p.close()
	if !strings.HasSuffix(err.String(), "\x1b[J") || a.live != nil {
		t.Errorf("the rows stay: %q", err.String())
	}
}

func TestRemaining(t *testing.T) {
	for _, tt := range []struct {
		since     time.Duration
		did, all  int64
		remaining time.Duration
	}{{10 * time.Second, 1, 3, 20 * time.Second}, {time.Second, 1, 3, 0}, {time.Minute, 0, 3, 0}, {time.Minute, 3, 3, 0}} {
		if got := remaining(tt.since, tt.did, tt.all); got != tt.remaining {
			t.Errorf("%+v: %v", tt, got)
		}
	}
}
