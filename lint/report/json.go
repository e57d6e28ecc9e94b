package report

import (
	"bytes"
	"encoding/json"
	"io"

	"wxcloud/internal/sanitize"
	"wxcloud/lint"
)

// Schema names the JSON document. The number grows when a field changes its
// meaning or goes away; fields may be added under the same number.
const Schema = "wxcloud.lint/1"

// JSON writes the "wxcloud.lint/1" document. Every key is always there: lists
// may be empty, "fix" may be null. Sentences are in English.
type JSON struct{}

type document struct {
	Schema      string       `json:"schema"`
	Root        string       `json:"root"`
	Functions   []function   `json:"functions"`
	Diagnostics []diagnostic `json:"diagnostics"`
	Summary     summary      `json:"summary"`
}

type function struct {
	Name     string    `json:"name"`
	Dir      string    `json:"dir"`
	Entry    string    `json:"entry"`
	Declared []string  `json:"declared"`
	Calls    []call    `json:"calls"`
	Dynamic  []dynamic `json:"dynamic"`
}

type call struct {
	API       string `json:"api"`
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
	Via       string `json:"via"`
}

type dynamic struct {
	File       string `json:"file"`
	Line       int    `json:"line"`
	Column     int    `json:"column"`
	Expression string `json:"expression"`
}

type diagnostic struct {
	Rule      string `json:"rule"`
	Severity  string `json:"severity"`
	Function  string `json:"function"`
	API       string `json:"api"`
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
	Message   string `json:"message"`
	Help      string `json:"help"`
	Fix       *fix   `json:"fix"`
}

type fix struct {
	Description string `json:"description"`
	File        string `json:"file"`
	Edits       []edit `json:"edits"`
}

type edit struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

type summary struct {
	Functions int `json:"functions"`
	Calls     int `json:"calls"`
	Errors    int `json:"errors"`
	Warnings  int `json:"warnings"`
	Notices   int `json:"notices"`
	Fixable   int `json:"fixable"`
}

// Format writes the document and a newline.
func (JSON) Format(w io.Writer, r lint.Report) error {
	doc := document{
		Schema:      Schema,
		Root:        r.Root,
		Functions:   make([]function, 0, len(r.Functions)),
		Diagnostics: make([]diagnostic, 0, len(r.Diagnostics)),
		Summary:     summary(r.Summary),
	}
	for _, f := range r.Functions {
		doc.Functions = append(doc.Functions, jsonFunction(f))
	}
	for _, d := range r.Diagnostics {
		doc.Diagnostics = append(doc.Diagnostics, jsonDiagnostic(d))
	}
	return writeJSON(w, doc)
}

// writeJSON writes a document and a newline. What terminals and CI logs would act
// on is written as an escape, which changes no value.
func writeJSON(w io.Writer, document any) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(document); err != nil {
		return err
	}
	// "##" only occurs in strings; "##[" and "##vso[" would be commands to CI systems.
	text := bytes.ReplaceAll(sanitize.JSON(b.Bytes()), []byte("##"), []byte(`#\u0023`))
	_, err := w.Write(text)
	return err
}

func jsonFunction(f lint.Function) function {
	out := function{
		Name: f.Name, Dir: f.Dir, Entry: f.Entry,
		Declared: append([]string{}, f.Declared...),
		Calls:    make([]call, 0, len(f.Calls)),
		Dynamic:  make([]dynamic, 0, len(f.Dynamic)),
	}
	for _, c := range f.Calls {
		out.Calls = append(out.Calls, call{
			API: c.API, File: c.File, Line: c.Line, Column: c.Column,
			EndLine: c.EndLine, EndColumn: c.EndColumn, Via: c.Via,
		})
	}
	for _, d := range f.Dynamic {
		out.Dynamic = append(out.Dynamic, dynamic{
			File: d.File, Line: d.Line, Column: d.Column, Expression: d.Expression,
		})
	}
	return out
}

func jsonDiagnostic(d lint.Diagnostic) diagnostic {
	out := diagnostic{
		Rule: d.Rule, Severity: string(d.Severity), Function: d.Function, API: d.API,
		File: d.File, Line: d.Line, Column: d.Column, EndLine: d.EndLine, EndColumn: d.EndColumn,
		Message: d.Message.En, Help: d.Help.En,
	}
	if d.Fix != nil {
		out.Fix = &fix{Description: d.Fix.Description.En, File: d.Fix.File, Edits: []edit{}}
		for _, e := range d.Fix.Edits {
			out.Fix.Edits = append(out.Fix.Edits, edit(e))
		}
	}
	return out
}
