package prompt

import (
	"errors"
	"strings"
	"sync"

	"github.com/AlecAivazis/survey/v2"
)

// Words are the texts that stand around a question, in the user's language. An
// empty one stays as the library has it, in English. None may hold "{{".
type Words struct {
	Select      string // how to answer a Select: keys to move and to filter
	MultiSelect string // how to answer a MultiSelect
	Help        string // what typing "?" does: "for help"
	YesOrNo     string // the answer to a Confirm was neither
	Yes, No     string // how a Confirm shows what was answered
	// Sentence turns an error of a Validator into what the person reads. Without
	// it the error speaks for itself.
	Sentence func(error) string
}

func (w Words) sentence(err error) error {
	if w.Sentence == nil {
		return err
	}
	return errors.New(clean(w.Sentence(err)))
}

// templates are the library's layouts of a question.
type templates struct{ input, choose, chooseMany, confirm string }

// builtin are the layouts as the library brings them, taken before the first
// change to them.
var builtin = sync.OnceValue(func() templates {
	return templates{survey.InputQuestionTemplate, survey.SelectQuestionTemplate, survey.MultiSelectQuestionTemplate, survey.ConfirmQuestionTemplate}
})

// install puts the words into the library's layouts, which are its only door to
// another language.
func (w Words) install(p survey.Prompt) {
	original := builtin()
	survey.InputQuestionTemplate = swap(original.input, "for help", w.Help)
	survey.SelectQuestionTemplate = swap(swap(original.choose, "Use arrows to move, type to filter", w.Select), "for more help", w.Help)
	survey.MultiSelectQuestionTemplate = swap(swapRange(original.chooseMany, "[Use arrows", "type to filter", "["+w.MultiSelect, w.MultiSelect), "for more help", w.Help)
	confirm := swap(original.confirm, "for help", w.Help)
	if w.Yes != "" && w.No != "" {
		confirm = swap(confirm, "{{.Answer}}", `{{if eq .Answer "Yes"}}`+w.Yes+`{{else}}`+w.No+`{{end}}`)
	}
	survey.ConfirmQuestionTemplate = confirm

	// What is wrong with an answer is said in our sentence alone. Confirm writes
	// an English one itself, which only this layout can replace.
	said := "{{ .Error.Error }}"
	if _, ok := p.(*survey.Confirm); ok && w.YesOrNo != "" {
		said = w.YesOrNo
	}
	survey.ErrorTemplate = `{{color .Icon.Format }}{{ .Icon.Text }} ` + said + `{{color "reset"}}` + "\n"
}

func swap(template, old, words string) string {
	if words == "" {
		return template
	}
	return strings.Replace(template, old, words, 1)
}

// swapRange replaces everything from start to the end of stop.
func swapRange(template, start, stop, replacement, words string) string {
	from := strings.Index(template, start)
	to := strings.Index(template, stop)
	if words == "" || from < 0 || to < from {
		return template
	}
	return template[:from] + replacement + template[to+len(stop):]
}
