package cmd

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"wxcloud/internal/clierr"
	"wxcloud/internal/prompt"
	"wxcloud/internal/sanitize"
	"wxcloud/perm"
	"wxcloud/upload"
)

// events writes what happens during a deploy as one JSON document per line. A
// nil *events writes nothing.
type events struct {
	app   *app
	to    io.Writer
	close func() error

	mu     sync.Mutex
	failed error // the first line that could not be written
	counts map[upload.Action]int
}

// event is one line; what does not apply is left out.
type event struct {
	Schema      string            `json:"schema"` // wxcloud.events/1
	At          time.Time         `json:"at"`
	Event       string            `json:"event"` // plan, step, function, permission, end
	Environment string            `json:"environment,omitempty"`
	Plan        []plannedFunction `json:"plan,omitempty"`
	Function    string            `json:"function,omitempty"`
	Step        string            `json:"step,omitempty"`
	Names       []string          `json:"names,omitempty"`
	Status      string            `json:"status,omitempty"`
	CloudStatus string            `json:"cloudStatus,omitempty"`
	Bytes       int64             `json:"bytes,omitempty"`
	Sent        int64             `json:"sent,omitempty"`
	Action      string            `json:"action,omitempty"`
	Wait        *perm.Status      `json:"wait,omitempty"`
	Summary     map[string]int    `json:"summary,omitempty"`
	Exit        *clierr.Exit      `json:"exit,omitempty"`
	Error       *failure          `json:"error,omitempty"`
}

// newEvents opens the file that --events names; "-" is stdout.
func (a *app) newEvents(name string) (*events, error) {
	switch name {
	case "":
		return nil, nil
	case "-":
		return &events{app: a, to: a.io.Out, close: func() error { return nil }, counts: map[upload.Action]int{}}, nil
	}
	file, err := os.OpenFile(a.absolute(name), os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o644)
	if err != nil {
		var path *os.PathError
		if errors.As(err, &path) {
			err = path.Err
		}
		return nil, clierr.New("cmd/cannot-write", clierr.Local, clierr.Args{"file": filepath.ToSlash(name)}).Because(err)
	}
	return &events{app: a, to: file, close: file.Close, counts: map[upload.Action]int{}}, nil
}

func (v *events) write(e event) {
	if v == nil {
		return
	}
	e.Schema = "wxcloud.events/1"
	if e.At.IsZero() {
		e.At = time.Now()
	}
	e.At = e.At.UTC().Round(0)
	v.mu.Lock()
	defer v.mu.Unlock()
	line, err := json.Marshal(e)
	if err == nil {
		_, err = v.to.Write(append(sanitize.JSON(line), '\n'))
	}
	if v.failed == nil {
		v.failed = err
	}
}

// planned is the first line: what will be done.
func (v *events) planned(env environment, plan upload.Plan) {
	if v == nil {
		return
	}
	e := event{Event: "plan", Environment: env.ID, Plan: []plannedFunction{}}
	for _, f := range plan.Functions {
		e.Plan = append(e.Plan, planned(f))
	}
	v.write(e)
}

func (v *events) happened(e upload.Event) {
	if v == nil || e.Done {
		return // the function's own line follows
	}
	v.write(event{
		Event: "step", At: e.At, Function: e.Function, Step: string(e.Step.Kind), Names: e.Step.Names, Status: string(e.Status),
		CloudStatus: e.CloudStatus, Bytes: e.Bytes, Sent: e.Sent, Error: v.described(e.Err),
	})
}

// waited tells how the wait for a permission ended.
func (v *events) waited(s perm.Status) {
	v.write(event{Event: "permission", Function: s.Function, Wait: &s})
}

// outcome tells of each function what became of it.
func (v *events) outcome(o upload.Outcome) {
	if v == nil {
		return
	}
	for _, f := range o.Functions {
		v.counts[f.Action]++
		v.write(event{Event: "function", Function: f.Name, Action: string(f.Action), Error: v.described(f.Err)})
	}
}

// end is the last line. It returns what kept lines from being written.
func (v *events) end(err error) error {
	if v == nil {
		return nil
	}
	exit, summary := v.app.exit, map[string]int{}
	for action, n := range v.counts {
		summary[string(action)] = n
	}
	if err != nil {
		exit = exitCode(err)
	}
	v.write(event{Event: "end", Summary: summary, Exit: &exit, Error: v.described(err)})
	return errors.Join(v.failed, v.close())
}

func (v *events) described(err error) *failure {
	e := described(err)
	if e == nil {
		return nil
	}
	d := v.app.describe(e)
	return &d
}

// exitCode is the status a run ends with that fails with err.
func exitCode(err error) clierr.Exit {
	var e *clierr.Error
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, prompt.ErrInterrupted):
		return clierr.Interrupted
	case errors.As(err, &e):
		return e.Exit
	}
	return clierr.Failed
}
