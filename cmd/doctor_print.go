package cmd

import (
	"errors"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/internal/sanitize"
)

// doctorDocument is the JSON form.
type doctorDocument struct {
	Schema   string          `json:"schema"`
	Problems int             `json:"problems"`
	Warnings int             `json:"warnings"`
	Findings []doctorFinding `json:"findings"`
}

type doctorFinding struct {
	Level  level     `json:"level"`
	Topic  string    `json:"topic"`
	ID     clierr.ID `json:"id"`
	Text   string    `json:"text"`
	File   string    `json:"file,omitempty"`
	Line   int       `json:"line,omitempty"`
	Fix    string    `json:"fix,omitempty"` // a command to paste
	Advice string    `json:"advice,omitempty"`
}

func (a *app) doctorJSON(topics []topic, found [][]finding) doctorDocument {
	document := doctorDocument{Schema: "wxcloud.doctor/1", Findings: []doctorFinding{}}
	document.Problems, document.Warnings = count(found)
	for i, t := range topics {
		for _, f := range found[i] {
			said := a.said(f, text.English)
			said.Topic = t.title.En
			document.Findings = append(document.Findings, said)
		}
	}
	return document
}

func count(found [][]finding) (problems, warnings int) {
	for _, fs := range found {
		for _, f := range fs {
			switch f.level {
			case levelProblem:
				problems++
			case levelWarning:
				warnings++
			default:
			}
		}
	}
	return problems, warnings
}

// said puts a finding into words. One that is an error speaks with the error's
// own sentence, place and first hint.
func (a *app) said(f finding, lang text.Lang) doctorFinding {
	out := doctorFinding{Level: f.level, ID: f.id, Fix: f.fix}
	var e *clierr.Error
	if errors.As(f.err, &e) {
		if f.at.IsZero() {
			f.at = e.At
		}
		if f.id == "cmd/doctor-error" {
			out.ID = e.ID
		}
		if hs := hints(e); len(hs) > 0 && f.advice == "" && f.fix == "" {
			f.advice, f.adviceArgs = hs[0].ID, hs[0].Args
		}
	}
	switch {
	case f.id == "cmd/doctor-error" && e != nil:
		out.Text = a.message(e, lang)
	case f.err != nil:
		reason := sanitize.Line(f.err.Error())
		if e != nil {
			reason = a.message(e, lang)
		}
		out.Text = a.sentence(f.id, f.args, lang) + ": " + reason
	default:
		out.Text = a.sentence(f.id, f.args, lang)
	}
	if f.advice != "" {
		out.Advice = a.sentence(f.advice, f.adviceArgs, lang)
	}
	if !f.at.IsZero() {
		out.File, out.Line = a.relative(f.at.File), f.at.Line
	}
	return out
}

func (a *app) printDoctor(topics []topic, found [][]finding) {
	theme := a.io.OutTheme()
	for i, t := range topics {
		if len(found[i]) == 0 {
			continue
		}
		if i > 0 {
			a.printf("\n")
		}
		a.printf("%s\n", theme.Bold(a.t(t.title)))
		for _, f := range found[i] {
			a.printFinding(f)
		}
	}
	problems, warnings := count(found)
	switch {
	case problems > 0:
		a.printf("\n%s\n", theme.Red(a.t(text.DoctorProblems, "problems", decimal(problems), "warnings", decimal(warnings))))
	case warnings > 0:
		a.printf("\n%s\n", theme.Yellow(a.t(text.DoctorWarnings, "warnings", decimal(warnings))))
	default:
		a.printf("\n%s\n", theme.Green(a.t(text.DoctorHealthy)))
	}
}

func (a *app) printFinding(f finding) {
	theme := a.io.OutTheme()
	said := a.said(f, a.lang)
	line := evidenceLine(seenHere{Text: said.Text, File: said.File, Line: said.Line})
	// Words and not symbols alone: a log has no colours.
	mark, paint := theme.Plain("✓"), theme.Green
	switch f.level {
	case levelWarning:
		mark, paint = "!", theme.Yellow
	case levelProblem:
		mark, paint = theme.Plain("✗"), theme.Red
	case levelUnchecked:
		mark, paint = "?", theme.Dim
	default:
	}
	a.flowMarked(paint(mark), mark, line)
	if said.Advice != "" {
		a.flow("     ", said.Advice)
	}
	if said.Fix != "" {
		a.printf("     %s\n", theme.Cyan(said.Fix))
	}
}
