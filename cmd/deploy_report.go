package cmd

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"wxcloud/internal/clierr"
	"wxcloud/internal/sanitize"
	"wxcloud/perm"
	"wxcloud/upload"
)

// errorText is an error in one line.
func (a *app) errorText(err error) string {
	var e *clierr.Error
	if errors.As(err, &e) {
		return a.message(e, a.lang)
	}
	return sanitize.Line(err.Error())
}

// described is err as an error with a sentence, nil if it has none. That of an
// interruption is only a context's.
func described(err error) *clierr.Error {
	var e *clierr.Error
	if !errors.As(err, &e) && errors.Is(err, context.Canceled) {
		e = clierr.New("cmd/interrupted", clierr.Interrupted, nil)
	}
	return e
}

// deployDocument is the JSON document of deploy.
type deployDocument struct {
	Schema      string             `json:"schema"`
	Environment string             `json:"environment"`
	Functions   []deployedFunction `json:"functions"`
	// Resume is the command that does what was not done.
	Resume string `json:"resume,omitempty"`
}

type deployedFunction struct {
	Name        string               `json:"name"`
	Action      string               `json:"action"`
	Code        string               `json:"code"`
	Drifted     bool                 `json:"drifted,omitempty"`
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
		f := deployedFunction{Name: planned.Name, Action: string(upload.Unchanged), Code: string(planned.Code), Drifted: planned.Drifted, Steps: []deployedStep{}, Unapplied: planned.Unapplied}
		if i < len(outcome.Functions) {
			d.fillOutcome(&f, outcome.Functions[i])
		}
		if s, ok := d.waited[planned.Name]; ok {
			f.Wait = &s
		}
		document.Functions = append(document.Functions, f)
	}
	document.Resume = d.resume(outcome)
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
	if e := described(o.Err); e != nil {
		f.Error, _ = json.Marshal(d.app.describe(e))
	}
}
