package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// words is one text in both languages.
type words struct {
	En string `json:"en"`
	Zh string `json:"zh"`
}

// interfaceSource is one entry of interfaces.json. Absent means unknown, except
// for the flags, where it means no.
type interfaceSource struct {
	Name             string   `json:"name"`
	TitleZh          string   `json:"title_zh"`
	TitleEn          string   `json:"title_en"`
	DocName          string   `json:"doc_name"`
	Method           string   `json:"method"`
	Path             string   `json:"path"`
	DocURL           string   `json:"doc_url"`
	MinSDK           string   `json:"min_sdk"`
	Account          string   `json:"account"`
	Platform         string   `json:"platform"`
	Status           string   `json:"status"`
	ReplacedBy       []string `json:"replaced_by"`
	RetiredOn        string   `json:"retired_on"`
	NoticeURL        string   `json:"notice_url"`
	Inferred         bool     `json:"inferred"`
	Note             string   `json:"note"`
	NoteZh           string   `json:"note_zh"`
	Confidence       string   `json:"confidence"`
	SideEffects      bool     `json:"side_effects"`
	Aliases          []string `json:"aliases"`
	SuggestedAliases []string `json:"suggested_aliases"`
	Keywords         string   `json:"keywords"`
	Popularity       int      `json:"popularity"`
}

// interfacesSource is interfaces.json. AccountNotes are said of every interface
// of an account type, "{name}" standing for the interface.
type interfacesSource struct {
	AccountNotes map[string]words  `json:"account_notes"`
	Interfaces   []interfaceSource `json:"interfaces"`
}

// fieldsSource is one entry of fields.json.
type fieldsSource struct {
	Name     string        `json:"name"`
	Request  []fieldSource `json:"request"`
	Response []fieldSource `json:"response"`
	Errors   []errorSource `json:"errors"`
}

// fieldSource is one field of a request or an answer, as it is spelt over HTTP.
type fieldSource struct {
	Name     string `json:"name"`
	Type     string `json:"type"`
	Required bool   `json:"required"`
}

// errorSource is one documented error code and the server's text for it.
type errorSource struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// notCallableSource is one entry of not-callable.json.
type notCallableSource struct {
	Method   string   `json:"method"`
	Path     string   `json:"path"`
	TitleZh  string   `json:"title_zh"`
	DocName  string   `json:"doc_name"`
	OldNames []string `json:"old_names"`
}

// source is everything a reviewer edits.
type source struct {
	interfacesSource
	Fields      []fieldsSource
	NotCallable []notCallableSource
}

// readSource reads the three files of dir. A key nobody reads is an error: it
// would be a fact that silently does not reach the user.
func readSource(dir string) (source, error) {
	var s source
	for _, file := range []struct {
		name string
		into any
	}{
		{"interfaces.json", &s.interfacesSource},
		{"fields.json", &s.Fields},
		{"not-callable.json", &s.NotCallable},
	} {
		data, err := os.ReadFile(filepath.Join(dir, file.name))
		if err != nil {
			return source{}, err
		}
		decoder := json.NewDecoder(bytes.NewReader(data))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(file.into); err != nil {
			return source{}, fmt.Errorf("%s: %w", file.name, err)
		}
		if _, err := decoder.Token(); err != io.EOF {
			return source{}, fmt.Errorf("%s: more than one JSON value", file.name)
		}
	}
	return s, nil
}
