package upload

import (
	"errors"
	"strconv"
	"time"

	"wxcloud/internal/clierr"
)

// Outcome is what became of a plan. Functions are in the order of the plan.
type Outcome struct {
	Env       string
	Functions []FunctionOutcome
}

// Action is what was done to a function in one word.
type Action string

// The actions.
const (
	Unchanged Action = "unchanged" // there was nothing to do
	Created   Action = "created"
	Updated   Action = "updated"
	Stopped   Action = "stopped" // it failed, or was not begun; see Err
)

// FunctionOutcome is what became of one function.
type FunctionOutcome struct {
	Name   string
	Action Action
	Steps  []StepOutcome // those begun, in order
	// Permissions holds what was accepted, for the wait that follows.
	Permissions Applied
	Err         error
}

// StepOutcome is the last word on a step.
type StepOutcome struct {
	Step
	Status Status
	At     time.Time
}

// Applied is the permission change that the cloud accepted. At is zero if
// there was none.
type Applied struct {
	Added, Removed []string
	At             time.Time
	Status         Status // Accepted, Verified, or CannotVerify when nothing could be sent
}

// err joins the failures into the error of the whole run. Functions without a
// change do not make it a partial one.
func (o Outcome) err() error {
	var failed []error
	begun := 0
	for _, f := range o.Functions {
		if f.Err != nil {
			failed = append(failed, f.Err)
		}
		if f.Err != nil || f.Action != Unchanged {
			begun++
		}
	}
	switch {
	case len(failed) == 0:
		return nil
	case len(failed) == 1 && begun == 1:
		return failed[0]
	}
	id, exit := clierr.ID("upload/partial"), clierr.Partial
	if len(failed) == begun {
		id, exit = "upload/all-failed", exitOf(failed)
	}
	return clierr.New(id, exit, clierr.Args{
		"failed": strconv.Itoa(len(failed)), "total": strconv.Itoa(begun),
	})
}

// exitOf is the exit code the failures agree on, or the general one.
func exitOf(failed []error) clierr.Exit {
	exit := clierr.OK
	for _, err := range failed {
		e, ok := errors.AsType[*clierr.Error](err)
		if !ok || exit != clierr.OK && exit != e.Exit {
			return clierr.Failed
		}
		exit = e.Exit
	}
	return exit
}
