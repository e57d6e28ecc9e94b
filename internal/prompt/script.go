package prompt

import (
	"fmt"
	"slices"
	"strings"
)

// Script is a Prompter for tests: it answers from a list. A test whose program
// asks something else, or less, than the script foresees fails with what was
// asked.
type Script struct {
	answers []Answer
	asked   []string
}

// Answer is one scripted answer.
type Answer struct {
	// To is a part of the question's text it belongs to; "" fits any.
	To string
	// Value is a string for Input, a string (a label) for Select, []string for
	// MultiSelect, a bool for Confirm, Default for Enter alone, or an error such
	// as ErrInterrupted.
	Value any
}

// Default is the answer of pressing Enter alone.
const Default = defaultAnswer(0)

type defaultAnswer int

// NewScript returns a Prompter that gives the answers in order.
func NewScript(answers ...Answer) *Script { return &Script{answers: answers} }

// Asked lists the texts of the questions so far.
func (s *Script) Asked() []string { return s.asked }

// Left is how many answers nobody asked for.
func (s *Script) Left() int { return len(s.answers) }

// Input implements Prompter. An answer its validators refuse is an error, for a
// script cannot be asked again.
func (s *Script) Input(q Question, initial string, validators ...Validator) (string, error) {
	value, err := s.next(q)
	if err != nil {
		return "", err
	}
	text, ok := value.(string)
	if value == Default {
		text, ok = initial, true
	}
	if !ok {
		return "", misfit(q, "a string", value)
	}
	text = strings.TrimSpace(text)
	return text, validateAll(text, validators)
}

// Select implements Prompter.
func (s *Script) Select(q Question, options []Option, initial int) (int, error) {
	value, err := s.next(q)
	if err != nil {
		return 0, err
	}
	if value == Default {
		return initial, nil
	}
	label, ok := value.(string)
	if !ok {
		return 0, misfit(q, "a label", value)
	}
	return indexOf(q, options, label)
}

// MultiSelect implements Prompter.
func (s *Script) MultiSelect(q Question, options []Option, initial []int) ([]int, error) {
	value, err := s.next(q)
	if err != nil {
		return nil, err
	}
	if value == Default {
		return initial, nil
	}
	chosen, ok := value.([]string)
	if !ok {
		return nil, misfit(q, "labels", value)
	}
	var indexes []int
	for _, label := range chosen {
		i, err := indexOf(q, options, label)
		if err != nil {
			return nil, err
		}
		indexes = append(indexes, i)
	}
	slices.Sort(indexes)
	return indexes, nil
}

// Confirm implements Prompter.
func (s *Script) Confirm(q Question, initial bool) (bool, error) {
	value, err := s.next(q)
	if err != nil {
		return false, err
	}
	if value == Default {
		return initial, nil
	}
	yes, ok := value.(bool)
	if !ok {
		return false, misfit(q, "a bool", value)
	}
	return yes, nil
}

// next takes the answer to q. The two sentinels come back as a terminal would
// return them.
func (s *Script) next(q Question) (any, error) {
	s.asked = append(s.asked, q.Text)
	if len(s.answers) == 0 {
		return nil, fmt.Errorf("nothing scripted for the question %q", q.Text)
	}
	answer := s.answers[0]
	if !strings.Contains(q.Text, answer.To) {
		return nil, fmt.Errorf("scripted an answer to %q, but the question is %q", answer.To, q.Text)
	}
	s.answers = s.answers[1:]
	switch answer.Value {
	case ErrInterrupted:
		return nil, interrupted()
	case ErrNotInteractive:
		return nil, notInteractive(q)
	}
	if err, ok := answer.Value.(error); ok {
		return nil, err
	}
	return answer.Value, nil
}

func indexOf(q Question, options []Option, label string) (int, error) {
	for i, o := range options {
		if o.Label == label {
			return i, nil
		}
	}
	return 0, fmt.Errorf("the question %q has no option %q", q.Text, label)
}

func misfit(q Question, want string, got any) error {
	return fmt.Errorf("the question %q takes %s, the script has %#v", q.Text, want, got)
}
