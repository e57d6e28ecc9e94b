package cmd

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/internal/sanitize"
	"wxcloud/internal/ui"
	"wxcloud/perm"
	"wxcloud/upload"
	"wxcloud/wxapi"
)

// printPlan shows what would change, on stderr: the result comes later.
func (d *deployment) printPlan() {
	a := d.app
	theme := a.io.ErrTheme()
	a.say(text.PlanTitle, "env", d.connection.env.Name)
	table := ui.NewTable(theme, a.t(text.HeadFunction), a.t(text.HeadCode), a.t(text.HeadPermissions), a.t(text.HeadSettings))
	unchanged := 0
	for _, f := range d.made.Functions {
		if len(f.Steps) == 0 {
			unchanged++
			continue
		}
		table.Cells(ui.Cell{Text: f.Name, Style: theme.Bold}, ui.Cell{Text: a.t(codeWord(f.Code))},
			ui.Cell{Text: a.permissionPlan(f)}, ui.Cell{Text: a.settingsPlan(f)})
	}
	_ = table.Write(a.io.Err, a.io.ErrWidth())
	if unchanged > 0 {
		a.say(text.PlanUnchanged, "count", strconv.Itoa(unchanged))
	}
}

func codeWord(c upload.CodeChange) text.Sentence {
	switch c {
	case upload.CodeUnchanged:
		return text.CodeUnchanged
	case upload.CodeNew:
		return text.CodeNew
	case upload.CodeChanged:
		return text.CodeChanged
	case upload.CodeDrifted:
		return text.CodeDrifted
	case upload.CodeBroken:
		return text.CodeBroken
	case upload.CodeUnfinished:
		return text.CodeUnfinished
	case upload.CodeForced:
		return text.CodeForced
	case upload.CodeUnknown:
		return text.CodeUnknown
	default:
		return text.CodeUnknown
	}
}

func (a *app) permissionPlan(f upload.FunctionPlan) string {
	var parts []string
	for _, name := range f.Permissions.Added {
		parts = append(parts, "+"+name)
	}
	for _, name := range f.Permissions.Removed {
		parts = append(parts, "-"+name)
	}
	if len(parts) == 0 {
		return "-"
	}
	return strings.Join(parts, " ")
}

func (a *app) settingsPlan(f upload.FunctionPlan) string {
	var parts []string
	if f.Create != nil {
		parts = append(parts, a.t(text.SettingsNew, "runtime", f.Create.Runtime, "memory", strconv.Itoa(f.Create.MemoryMB), "timeout", strconv.Itoa(f.Create.TimeoutSeconds)))
	}
	if f.InstallDependency && f.Code != upload.CodeUnchanged {
		parts = append(parts, a.t(text.SettingsInstall))
	}
	if c := f.Change; c != nil {
		if c.MemoryMB != nil {
			parts = append(parts, fmt.Sprintf("%d -> %d MB", f.Remote.MemoryMB, *c.MemoryMB))
		}
		if c.TimeoutSeconds != nil {
			parts = append(parts, fmt.Sprintf("%d -> %d s", f.Remote.TimeoutSeconds, *c.TimeoutSeconds))
		}
	}
	return orElse(strings.Join(parts, ", "), "-")
}

// progress shows the events of a run: on a terminal a line that changes, and in
// any case a line for what has been settled.
type progress struct {
	app  *app
	live *ui.Live
}

func newProgress(a *app) *progress { return &progress{a, a.io.Live()} }

func (p *progress) observe(e upload.Event) {
	a := p.app
	if a.flags.json {
		return
	}
	name, step := sanitize.Line(e.Function), a.t(stepWord(e.Step.Kind))
	switch {
	case e.Step.Kind == upload.StepWait && e.CloudStatus == wxapi.StatusActive:
	case e.Step.Kind == upload.StepWait:
		p.live.Update(a.t(text.ProgressWaiting, "function", name, "status", e.CloudStatus), "")
	case e.Status == upload.Requested:
		p.live.Update(a.t(text.ProgressStep, "function", name, "step", step, "status", a.t(stepStatus(e.Status))), "")
	default:
		line := a.t(text.ProgressStep, "function", name, "step", step, "status", a.t(stepStatus(e.Status)))
		if len(e.Step.Names) > 0 {
			line += " (" + sanitize.Line(strings.Join(e.Step.Names, ", ")) + ")"
		}
		p.live.Print(line)
	}
}

func (p *progress) done() { p.live.Stop() }

func stepWord(k upload.StepKind) text.Sentence {
	switch k {
	case upload.StepAddPermissions:
		return text.StepAdd
	case upload.StepRemovePermissions:
		return text.StepRemove
	case upload.StepCreate:
		return text.StepCreate
	case upload.StepConfigure:
		return text.StepConfigure
	case upload.StepCode:
		return text.StepCode
	case upload.StepBundle:
		return text.StepBundle
	case upload.StepSetTriggers:
		return text.StepSetTriggers
	case upload.StepRemoveTriggers:
		return text.StepRemoveTriggers
	case upload.StepWait:
		return text.StepWait
	default:
		return text.StepCode
	}
}

func stepStatus(s upload.Status) text.Sentence {
	switch s {
	case upload.Requested:
		return text.StatusRequested
	case upload.Accepted:
		return text.StatusAccepted
	case upload.Verified:
		return text.StatusStored
	case upload.CannotVerify:
		return text.StatusCannot
	case upload.Failed:
		return text.StatusFailed
	default:
		return text.StatusFailed
	}
}

// printOutcome is the result: one line per function that was worked on.
func (d *deployment) printOutcome(outcome upload.Outcome) {
	a := d.app
	theme := a.io.OutTheme()
	var waiting []string
	for _, f := range outcome.Functions {
		mark, what := theme.Check(), text.OutcomeUpdated
		switch f.Action {
		case upload.Unchanged:
			continue
		case upload.Created:
			what = text.OutcomeCreated
		case upload.Stopped:
			mark, what = theme.Cross(), text.OutcomeStopped
		case upload.Updated:
		}
		a.printf("%s %s\n", mark, a.t(what, "function", f.Name, "env", d.connection.env.Name))
		if f.Err != nil && len(outcome.Functions) > 1 {
			a.printf("    %s\n", a.errorText(f.Err))
		}
		switch f.Permissions.Status {
		case upload.Accepted, upload.Verified:
			waiting = append(waiting, f.Name)
		case upload.CannotVerify:
			a.print(text.OutcomeNoWriter)
		case upload.Requested, upload.Failed:
		}
	}
	if len(waiting) == 0 || d.waits() {
		return
	}
	a.say(text.DeployPropagating, "functions", strings.Join(waiting, ", "), "ttl", d.cacheTTL(context.Background()))
	a.next(a.commandLine("perm wait "+waiting[0], d.connection.env))
}

// errorText is an error in one line.
func (a *app) errorText(err error) string {
	var e *clierr.Error
	if errors.As(err, &e) {
		return a.message(e, a.lang)
	}
	return sanitize.Line(err.Error())
}

// deployDocument is the JSON document of deploy.
type deployDocument struct {
	Schema      string             `json:"schema"`
	Environment string             `json:"environment"`
	Functions   []deployedFunction `json:"functions"`
}

type deployedFunction struct {
	Name        string               `json:"name"`
	Action      string               `json:"action"`
	Code        string               `json:"code"`
	Steps       []deployedStep       `json:"steps"`
	Permissions *deployedPermissions `json:"permissions,omitempty"`
	Unapplied   []string             `json:"unapplied,omitempty"`
	Wait        *perm.Status         `json:"wait,omitempty"`
	Error       json.RawMessage      `json:"error,omitempty"`
}

type deployedStep struct {
	Kind   string    `json:"kind"`
	Status string    `json:"status"`
	Names  []string  `json:"names,omitempty"`
	At     time.Time `json:"at"`
}

type deployedPermissions struct {
	Added      []string  `json:"added"`
	Removed    []string  `json:"removed"`
	AcceptedAt time.Time `json:"acceptedAt,omitzero"`
	Status     string    `json:"status"`
}

func (d *deployment) printDocument(outcome upload.Outcome) error {
	document := deployDocument{Schema: "wxcloud.deploy/1", Environment: d.made.Env, Functions: []deployedFunction{}}
	for i, planned := range d.made.Functions {
		f := deployedFunction{Name: planned.Name, Action: string(upload.Unchanged), Code: string(planned.Code), Steps: []deployedStep{}, Unapplied: planned.Unapplied}
		if i < len(outcome.Functions) {
			d.fillOutcome(&f, outcome.Functions[i])
		}
		if s, ok := d.waited[planned.Name]; ok {
			f.Wait = &s
		}
		document.Functions = append(document.Functions, f)
	}
	return d.app.printJSON(document)
}

func (d *deployment) fillOutcome(f *deployedFunction, o upload.FunctionOutcome) {
	f.Action = string(o.Action)
	for _, s := range o.Steps {
		f.Steps = append(f.Steps, deployedStep{string(s.Kind), string(s.Status), s.Names, s.At})
	}
	if o.Permissions.Status != "" {
		f.Permissions = &deployedPermissions{append([]string{}, o.Permissions.Added...), append([]string{}, o.Permissions.Removed...), o.Permissions.At, string(o.Permissions.Status)}
	}
	var e *clierr.Error
	if errors.As(o.Err, &e) {
		f.Error, _ = json.Marshal(d.app.describe(e))
	}
}
