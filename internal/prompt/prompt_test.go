package prompt_test

import (
	"errors"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/internal/clierr"
	"wxcloud/internal/prompt"
)

// pipe is a console at which nobody sits. Reading from it fails the test.
type pipe struct{ t *testing.T }

func (pipe) Interactive() bool { return false }
func (p pipe) Files() (in, err *os.File) {
	p.t.Error("the streams were touched")
	return nil, nil
}
func (pipe) PromptColor() bool { return false }

func TestNobodyToAsk(t *testing.T) {
	p := prompt.New(pipe{t})
	q := prompt.Question{Text: "Which template?", Flag: "--template"}
	errs := map[string]error{}
	_, errs["input"] = p.Input(q, "x")
	_, errs["select"] = p.Select(q, []prompt.Option{{Label: "a"}}, 0)
	_, errs["multiselect"] = p.MultiSelect(q, []prompt.Option{{Label: "a"}}, nil)
	_, errs["confirm"] = p.Confirm(q, true)
	for kind, err := range errs {
		var problem *clierr.Error
		if !errors.Is(err, prompt.ErrNotInteractive) || !errors.As(err, &problem) {
			t.Errorf("%s: %v", kind, err)
			continue
		}
		want := &clierr.Error{
			ID: "prompt/not-interactive", Exit: clierr.Usage, Args: clierr.Args{"question": "Which template?"},
			Hints: []clierr.Hint{{ID: "prompt/hint-flag", Args: clierr.Args{"flag": "--template"}}},
		}
		if diff := cmp.Diff(want, problem); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", kind, diff)
		}
	}
}

func TestNotEmpty(t *testing.T) {
	for answer, ok := range map[string]bool{"a": true, " a": true, "": false, " \t": false, "\u3000": false} {
		if err := prompt.NotEmpty(answer); (err == nil) != ok {
			t.Errorf("NotEmpty(%q) = %v", answer, err)
		}
	}
}

func TestScript(t *testing.T) {
	s := prompt.NewScript(
		prompt.Answer{To: "name", Value: " hello "},
		prompt.Answer{To: "name", Value: prompt.Default},
		prompt.Answer{To: "template", Value: "b"},
		prompt.Answer{To: "several", Value: []string{"c", "a"}},
		prompt.Answer{To: "several", Value: prompt.Default},
		prompt.Answer{Value: true},
		prompt.Answer{To: "sure", Value: prompt.ErrInterrupted},
	)
	options := []prompt.Option{{Label: "a"}, {Label: "b"}, {Label: "c"}}
	ask := func(got any, err error, want any) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
	text, err := s.Input(prompt.Question{Text: "the name"}, "", prompt.NotEmpty)
	ask(text, err, "hello")
	text, err = s.Input(prompt.Question{Text: "the name"}, "initial")
	ask(text, err, "initial")
	index, err := s.Select(prompt.Question{Text: "the template"}, options, 0)
	ask(index, err, 1)
	indexes, err := s.MultiSelect(prompt.Question{Text: "several"}, options, nil)
	ask(indexes, err, []int{0, 2})
	indexes, err = s.MultiSelect(prompt.Question{Text: "several"}, options, []int{1})
	ask(indexes, err, []int{1})
	yes, err := s.Confirm(prompt.Question{Text: "sure?"}, false)
	ask(yes, err, true)
	if _, err := s.Confirm(prompt.Question{Text: "sure?"}, false); !errors.Is(err, prompt.ErrInterrupted) {
		t.Errorf("err = %v", err)
	}
	if s.Left() != 0 || len(s.Asked()) != 7 {
		t.Errorf("left %d, asked %v", s.Left(), s.Asked())
	}
}

// TestScriptNoticesAnotherQuestion: a test must not pass because its answers
// happened to fit other questions.
func TestScriptNoticesAnotherQuestion(t *testing.T) {
	options := []prompt.Option{{Label: "a"}}
	for name, ask := range map[string]func(*prompt.Script) error{
		"another question": func(s *prompt.Script) error { _, err := s.Input(prompt.Question{Text: "age"}, ""); return err },
		"no such option": func(s *prompt.Script) error {
			_, err := s.Select(prompt.Question{Text: "name"}, options, 0)
			return err
		},
		"another kind": func(s *prompt.Script) error { _, err := s.Confirm(prompt.Question{Text: "name"}, true); return err },
		"refused": func(s *prompt.Script) error {
			_, err := s.Input(prompt.Question{Text: "name"}, "", func(string) error { return errors.New("no") })
			return err
		},
	} {
		if err := ask(prompt.NewScript(prompt.Answer{To: "name", Value: "b"})); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if _, err := prompt.NewScript().Confirm(prompt.Question{Text: "sure?"}, true); err == nil {
		t.Error("an unforeseen question was answered")
	}
}
