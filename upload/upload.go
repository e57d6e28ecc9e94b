// Package upload works out what a deploy would change and makes it so, for
// many functions at once, in the order in which new code never meets an old
// permission list. It talks to the cloud through two small interfaces and
// knows nothing of credentials, of what code calls, or of whether a permission
// is in force.
package upload

import (
	"context"
	"errors"
	"time"

	"wxcloud/wxapi"
)

// Cloud is the code plane of one environment. *wxapi.Functions implements it.
type Cloud interface {
	GetFunction(ctx context.Context, name string) (wxapi.Function, error)
	// ListFunctions tells name, runtime, status and ModTime of all functions.
	ListFunctions(ctx context.Context) ([]wxapi.Function, error)
	CreateFunction(ctx context.Context, f wxapi.NewFunction) error
	UpdateFunctionConfiguration(ctx context.Context, c wxapi.Configuration) error
	UpdateFunctionCode(ctx context.Context, c wxapi.Code) error
	// SetTriggers creates or replaces the triggers given and leaves the others.
	SetTriggers(ctx context.Context, name string, triggers []wxapi.Trigger) error
	DeleteTrigger(ctx context.Context, name, trigger string) error
	// Address tells the hash of the code the function has.
	Address(ctx context.Context, name string) (wxapi.Address, error)
}

// PermissionStore is the permission plane: who can write the list of a
// function's cloud-call permissions, and perhaps read it back.
// *wxapi.Permissions implements it.
type PermissionStore interface {
	// Get returns the stored list, or ErrCannotRead from a store that only writes.
	Get(ctx context.Context, env, function string) ([]string, error)
	// Set replaces the stored list.
	Set(ctx context.Context, env, function string, openapi []string) error
}

// ErrCannotRead is returned by a PermissionStore that cannot read.
var ErrCannotRead = errors.New("this store cannot read permissions")

// StepKind is what a step does.
type StepKind string

// The kinds, in the order in which they can follow each other.
const (
	StepAddPermissions    StepKind = "add-permissions"    // before new code; after a creation
	StepCreate            StepKind = "create"             // a new function with its code
	StepConfigure         StepKind = "configure"          // settings that the code needs first
	StepCode              StepKind = "code"               // new code for an existing function
	StepWait              StepKind = "wait"               // until Active; in events only
	StepSetTriggers       StepKind = "set-triggers"       // after the code they start
	StepRemoveTriggers    StepKind = "remove-triggers"    // those no longer wanted, if asked for
	StepRemovePermissions StepKind = "remove-permissions" // after the code that no longer needs them
)

// Status is how far a step has come, and no further than is known.
type Status string

// The words of a step.
const (
	Requested    Status = "requested"     // sent, or being sent
	Accepted     Status = "accepted"      // the cloud said yes
	Verified     Status = "verified"      // read back: the stored list is the one sent. Not "in force"
	CannotVerify Status = "cannot-verify" // no credential at hand can do or read this
	Failed       Status = "failed"
)

// permission reports whether a step changes the permission list.
func (k StepKind) permission() bool {
	return k == StepAddPermissions || k == StepRemovePermissions || k == StepBundle
}

// Step is one change of one function.
type Step struct {
	Function string
	Kind     StepKind
	// Names are the interfaces a permission step adds or removes, or the triggers
	// that a step sets or removes.
	Names []string
	// Blocked is true for a permission step that no store can carry out. Run
	// reports it as CannotVerify and changes nothing.
	Blocked bool
}

// Event is one thing that happened during Run. Events of different functions
// interleave; observe is never called concurrently.
type Event struct {
	Function string
	Step     Step
	Status   Status
	// CloudStatus is the function's state while it is waited for.
	CloudStatus string
	// Bytes is the size of the archive, in the events of steps that send it, and
	// Sent how much of it has been read to be sent.
	Bytes, Sent int64
	// Done is true in the last event of a function, which has no step.
	Done bool
	Err  error
	At   time.Time
}
