// Package prompt asks the person at the terminal: a line of text, one or several
// of a list, yes or no. It knows neither what is asked nor why, writes nothing to
// standard output, and never asks where nobody can answer.
package prompt

import (
	"errors"

	"wxcloud/internal/clierr"
)

// Prompter asks questions. Every method returns an error that is
// ErrNotInteractive when nobody can be asked and ErrInterrupted when the person
// answered with Ctrl-C; both carry a *clierr.Error with sentence and exit code.
type Prompter interface {
	// Input asks for a line of text. Blanks around it are cut off.
	Input(q Question, initial string, validate ...Validator) (string, error)
	// Select asks for one of the options and returns its index. initial is the
	// index the cursor starts at.
	Select(q Question, options []Option, initial int) (int, error)
	// MultiSelect asks for any number of the options and returns their indexes in
	// order; initial ones start ticked. Choosing none is an answer.
	MultiSelect(q Question, options []Option, initial []int) ([]int, error)
	// Confirm asks for yes or no; initial is what Enter alone means.
	Confirm(q Question, initial bool) (bool, error)
}

// Question is what every kind of question has.
type Question struct {
	Text string // one line, in the user's language
	Help string // shown when the person types "?"; may be empty
	Flag string // the flag that answers it where nobody can be asked ("--template")
}

// Option is one line of a list.
type Option struct {
	Label string // also what typing filters by
	Note  string // shown after the label; may be empty
}

// The two ways a question ends without an answer.
var (
	ErrNotInteractive = errors.New("nobody can be asked: input or messages are not a terminal")
	ErrInterrupted    = errors.New("the question was interrupted")
)

// unanswered makes one failure both things its readers look for: the sentinel
// (errors.Is) and the *clierr.Error with sentence and exit code (errors.As).
type unanswered struct{ problem, sentinel error }

func (u unanswered) Error() string   { return u.problem.Error() }
func (u unanswered) Unwrap() []error { return []error{u.problem, u.sentinel} }

func notInteractive(q Question) error {
	problem := clierr.New("prompt/not-interactive", clierr.Usage, clierr.Args{"question": q.Text})
	if q.Flag != "" {
		problem = problem.Hint("prompt/hint-flag", clierr.Args{"flag": q.Flag})
	}
	return unanswered{problem, ErrNotInteractive}
}

func interrupted() error {
	return unanswered{clierr.New("prompt/interrupted", clierr.Interrupted, nil), ErrInterrupted}
}
