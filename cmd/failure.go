package cmd

import (
	"errors"
	"fmt"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/internal/sanitize"
)

// failure is the JSON form of an error.
type failure struct {
	Schema  string      `json:"schema"`
	ID      string      `json:"id"`
	Message string      `json:"message"`
	File    string      `json:"file,omitempty"`
	Line    int         `json:"line,omitempty"`
	Column  int         `json:"column,omitempty"`
	Hints   []string    `json:"hints"`
	Exit    clierr.Exit `json:"exit"`
}

// fail prints err with its place, cause and hints, and returns its exit code.
func (a *app) fail(err error) clierr.Exit {
	var e *clierr.Error
	if !errors.As(err, &e) {
		e = clierr.New("cmd/failed", clierr.Failed, nil).Because(err)
	}
	if a.flags.json && !a.told {
		_ = a.printJSON(a.describe(e))
		return e.Exit
	}
	theme := a.io.ErrTheme()
	place := ""
	if !e.At.IsZero() {
		at := e.At
		at.File = sanitize.Line(a.relative(at.File))
		place = theme.Bold(at.String()) + ": "
	}
	_, _ = fmt.Fprintf(a.io.Err, "%s%s%s\n", theme.Red(a.t(text.ErrorWord)), place, a.message(e, a.lang))
	for _, h := range hints(e) {
		_, _ = fmt.Fprintf(a.io.Err, "%s%s\n", theme.Cyan(a.t(text.HintWord)), a.sentence(h.ID, h.Args, a.lang))
	}
	return e.Exit
}

// describe is the error as data. Machine output is never translated.
func (a *app) describe(e *clierr.Error) failure {
	f := failure{Schema: "wxcloud.error/1", ID: string(e.ID), Message: a.message(e, text.English), Exit: e.Exit, Hints: []string{}}
	if !e.At.IsZero() {
		f.File, f.Line, f.Column = a.relative(e.At.File), e.At.Line, e.At.Column
	}
	for _, h := range hints(e) {
		f.Hints = append(f.Hints, a.sentence(h.ID, h.Args, text.English))
	}
	return f
}

// message is the sentence of e followed by that of its cause.
func (a *app) message(e *clierr.Error, lang text.Lang) string {
	said := a.sentence(e.ID, e.Args, lang)
	if e.Cause == nil {
		return said
	}
	var inner *clierr.Error
	if errors.As(e.Cause, &inner) {
		return said + ": " + a.message(inner, lang)
	}
	return said + ": " + sanitize.Line(e.Cause.Error())
}

// sentence renders an id; one without a sentence (a test forbids it) is still
// shown with all it knows.
func (a *app) sentence(id clierr.ID, args clierr.Args, lang text.Lang) string {
	s, ok := text.Lookup(id)
	if !ok {
		return text.Unsaid.In(lang, "id", (&clierr.Error{ID: id, Args: args}).Error())
	}
	pairs := make([]string, 0, 2*len(args))
	for name, value := range args {
		pairs = append(pairs, name, value)
	}
	return s.In(lang, pairs...)
}

// hints collects the advice of e and of the errors it wraps, each once.
func hints(e *clierr.Error) []clierr.Hint {
	var all []clierr.Hint
	seen := map[string]bool{}
	for e != nil {
		for _, h := range e.Hints {
			key := (&clierr.Error{ID: h.ID, Args: h.Args}).Error()
			if !seen[key] {
				seen[key] = true
				all = append(all, h)
			}
		}
		var inner *clierr.Error
		if !errors.As(e.Cause, &inner) {
			break
		}
		e = inner
	}
	return all
}

// interrupted says what an interrupted run leaves behind.
func (a *app) interrupted(said text.Sentence) {
	if a.flags.json && !a.told {
		_ = a.printJSON(failure{Schema: "wxcloud.error/1", ID: "cmd/interrupted", Message: said.In(text.English), Hints: []string{}, Exit: clierr.Interrupted})
		return
	}
	_, _ = fmt.Fprintln(a.io.Err)
	a.say(said)
}
