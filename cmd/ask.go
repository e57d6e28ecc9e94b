package cmd

import (
	"errors"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/internal/prompt"
)

// terminalPrompt asks on the run's terminal, in the user's language.
func (a *app) terminalPrompt() prompt.Prompter {
	p := prompt.New(a.io)
	p.Words = prompt.Words{
		Select: a.t(text.PromptSelect), MultiSelect: a.t(text.PromptMultiSelect), Help: a.t(text.PromptHelp),
		YesOrNo: a.t(text.PromptYesOrNo), Yes: a.t(text.PromptYes), No: a.t(text.PromptNo),
		Sentence: func(err error) string {
			var e *clierr.Error
			if errors.As(err, &e) {
				return a.message(e, a.lang)
			}
			return err.Error()
		},
	}
	return p
}

// mayAsk reports whether questions can be put to a person now.
func (a *app) mayAsk() bool { return !a.flags.json && a.io.Interactive() }

// confirm asks a yes/no question; --yes answers it.
func (a *app) confirm(question string, preferred bool) (bool, error) {
	if a.flags.yes {
		return true, nil
	}
	return a.prompt.Confirm(prompt.Question{Text: question, Flag: "--yes"}, preferred)
}

func labels(names []string) []prompt.Option {
	options := make([]prompt.Option, len(names))
	for i, name := range names {
		options[i].Label = name
	}
	return options
}
