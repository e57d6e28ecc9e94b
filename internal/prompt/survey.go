package prompt

import (
	"errors"
	"io"
	"os"
	"strings"

	"github.com/AlecAivazis/survey/v2"
	"github.com/AlecAivazis/survey/v2/core"
	"github.com/AlecAivazis/survey/v2/terminal"

	"wxcloud/internal/sanitize"
)

// Console is what the prompts need to know of the run's streams.
type Console interface {
	// Interactive reports whether input and messages are both terminals.
	Interactive() bool
	// Files are the terminal's two directions.
	Files() (in, err *os.File)
	// PromptColor reports whether questions may be coloured.
	PromptColor() bool
}

// Survey asks on a terminal. It is the only user of the survey library, which is
// no longer maintained and decides several things for the whole process: what
// it would decide wrongly is set again before each question. Questions are
// therefore asked one at a time, as they are by people anyway.
type Survey struct {
	console Console
	// Words are the library's own texts in the user's language; the zero value
	// leaves them in English.
	Words Words
}

// New returns a Prompter that asks on console. Nothing is read or written
// before the first question.
func New(console Console) *Survey { return &Survey{console: console} }

// Input implements Prompter.
func (s *Survey) Input(q Question, initial string, validators ...Validator) (string, error) {
	var answer string
	validate := survey.WithValidator(func(value any) error {
		text, _ := value.(string)
		if err := validateAll(strings.TrimSpace(text), validators); err != nil {
			return s.Words.sentence(err)
		}
		return nil
	})
	err := s.ask(q, &survey.Input{Message: clean(q.Text), Help: clean(q.Help), Default: clean(initial)}, &answer, validate)
	return strings.TrimSpace(answer), err
}

// Select implements Prompter.
func (s *Survey) Select(q Question, options []Option, initial int) (int, error) {
	var answer int
	err := s.ask(q, &survey.Select{
		Message: clean(q.Text), Help: clean(q.Help), Default: initial,
		Options: labels(options), Description: notes(options),
	}, &answer)
	return answer, err
}

// MultiSelect implements Prompter.
func (s *Survey) MultiSelect(q Question, options []Option, initial []int) ([]int, error) {
	var answer []int
	err := s.ask(q, &survey.MultiSelect{
		Message: clean(q.Text), Help: clean(q.Help), Default: initial,
		Options: labels(options), Description: notes(options),
	}, &answer)
	return answer, err
}

// Confirm implements Prompter.
func (s *Survey) Confirm(q Question, initial bool) (bool, error) {
	var answer bool
	err := s.ask(q, &survey.Confirm{Message: clean(q.Text), Help: clean(q.Help), Default: initial}, &answer)
	return answer, err
}

// ask checks for a terminal first: without one the library writes escape codes
// to standard output, eats what was piped in, and may wait for ever for a
// terminal's report of its cursor.
func (s *Survey) ask(q Question, p survey.Prompt, answer any, more ...survey.AskOpt) error {
	if !s.console.Interactive() {
		return notInteractive(q)
	}
	in, out := s.console.Files()
	if in == nil || out == nil {
		return notInteractive(q)
	}
	// The library looks at NO_COLOR but not at what it writes to.
	core.DisableColor = !s.console.PromptColor()
	s.Words.install(p)
	err := survey.AskOne(p, answer, append(more, survey.WithStdio(keyboard{in}, out, out))...)
	switch {
	case errors.Is(err, terminal.InterruptErr), errors.Is(err, io.EOF):
		// Ctrl-C arrives as a key, not as a signal; EOF is a terminal hung up.
		return interrupted()
	default:
		return err
	}
}

// keyboard turns Ctrl-D into Ctrl-C. The library takes it for Enter, but the end
// of input is not an answer, least of all a yes. On Windows the library reads the
// console itself and never calls Read, so there Ctrl-D still means Enter.
type keyboard struct{ *os.File }

func (k keyboard) Read(p []byte) (int, error) {
	n, err := k.File.Read(p)
	for i, key := range p[:n] {
		if key == terminal.KeyEndTransmission {
			p[i] = terminal.KeyInterrupt
		}
	}
	return n, err
}

func labels(options []Option) []string {
	labels := make([]string, len(options))
	for i, o := range options {
		labels[i] = clean(o.Label)
	}
	return labels
}

func notes(options []Option) func(string, int) string {
	return func(_ string, i int) string { return clean(options[i].Note) }
}

// clean makes names of files and functions safe to show.
func clean(s string) string { return sanitize.Line(s) }
