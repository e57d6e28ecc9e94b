// Package clierr is the one shape of a failure in wxcloud: an id with its
// arguments, the place in the user's files, the cause underneath, what to type
// next, and the exit code. It knows no sentences: cmd/text holds those, in both
// languages, and a test there checks that no id is without one.
package clierr

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// Exit is a process exit status. The numbers are interface; 0 to 6 agree with
// CloudBase CLI 3.x so that a pipeline can treat both alike.
type Exit int

// The exit codes of every command.
const (
	OK              Exit = 0   // done
	Failed          Exit = 1   // findings, or a failure with no better class
	Auth            Exit = 2   // authentication, key, or IP allow-list
	Usage           Exit = 3   // the command line cannot be acted on
	NotFound        Exit = 4   // environment, function or interface not found
	Cloud           Exit = 5   // the cloud or the network failed
	Local           Exit = 6   // a local file or setting is wrong
	Partial         Exit = 7   // some functions done, some not
	Propagating     Exit = 8   // a permission is not yet in force
	Pending         Exit = 9   // changes are pending
	OtherCredential Exit = 10  // a permission change needs another credential
	Interrupted     Exit = 130 // stopped by the user
)

// ID names a sentence, for example "config/invalid-json". The part before the
// slash is the room that raises it.
type ID string

// Args are the named values a sentence is filled with. Values may hold
// untrusted text; whoever prints them cleans them first. They never hold secrets.
type Args map[string]string

// Position is a place in a user's file. Line and Column count from 1, Column in
// UTF-16 units as editors do; zero means unknown.
type Position struct {
	File   string
	Line   int
	Column int
}

// IsZero reports whether the position names no file.
func (p Position) IsZero() bool { return p.File == "" }

// String is "file:line:column" with unknown parts left out.
func (p Position) String() string {
	switch {
	case p.File == "":
		return ""
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	default:
		return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	}
}

// Hint is advice printed below an error, usually a command that can be pasted.
type Hint struct {
	ID   ID
	Args Args
}

// Error is a failure with everything the user needs to act on it.
type Error struct {
	ID    ID
	Exit  Exit
	Args  Args
	At    Position
	Hints []Hint
	// Cause is the error underneath, or nil. It is shown after the sentence and
	// must not hold a secret.
	Cause error
}

// New returns an error with the given id and exit code. args may be nil.
func New(id ID, exit Exit, args Args) *Error {
	return &Error{ID: id, Exit: exit, Args: args}
}

// Because sets the cause and returns e.
func (e *Error) Because(cause error) *Error { e.Cause = cause; return e }

// In sets the place and returns e.
func (e *Error) In(at Position) *Error { e.At = at; return e }

// Hint adds advice and returns e.
func (e *Error) Hint(id ID, args Args) *Error {
	e.Hints = append(e.Hints, Hint{ID: id, Args: args})
	return e
}

// Error describes the failure for developers and logs: place, id, arguments in
// order of their names, cause. Users see the sentence in cmd/text instead.
func (e *Error) Error() string {
	var b strings.Builder
	if !e.At.IsZero() {
		b.WriteString(e.At.String() + ": ")
	}
	b.WriteString(string(e.ID))
	names := make([]string, 0, len(e.Args))
	for name := range e.Args {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Fprintf(&b, " %s=%q", name, e.Args[name])
	}
	if e.Cause != nil {
		b.WriteString(": " + e.Cause.Error())
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Is reports whether err, or an error it wraps, carries the id.
func Is(err error, id ID) bool {
	var e *Error
	for errors.As(err, &e) {
		if e.ID == id {
			return true
		}
		err = e.Cause
	}
	return false
}
