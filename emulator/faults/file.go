package faults

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"

	"wxcloud/internal/clierr"
	"wxcloud/internal/jsonedit"
	"wxcloud/internal/suggest"
)

// File is what a faults file holds: {"seed": 1, "rules": [{"on": "*", "do":
// "status:503", "probability": 0.1}]}.
type File struct {
	Seed  uint64 `json:"seed,omitempty"`
	Rules []Rule `json:"rules"`
	// At is where each rule stands.
	At []clierr.Position `json:"-"`
}

// ParseFile reads a faults file strictly: a misspelt key would be a fault that
// never strikes. Errors carry line and column; name is the file they name.
func ParseFile(name string, data []byte) (File, error) {
	p := fileParser{name: name, data: data}
	if err := p.syntax(); err != nil {
		return File{}, err
	}
	p.d = json.NewDecoder(bytes.NewReader(data))
	f := File{Rules: []Rule{}}
	err := p.object(0, []string{"seed", "rules"}, func(key string, at int) error {
		if key == "seed" {
			return p.value(key, at, &f.Seed)
		}
		var err error
		f.Rules, f.At, err = p.rules(at)
		return err
	})
	return f, err
}

type fileParser struct {
	name string
	data []byte
	d    *json.Decoder
}

// next is the offset of the token to come.
func (p *fileParser) next() int {
	at := int(p.d.InputOffset())
	for at < len(p.data) && strings.IndexByte(" \t\r\n,:", p.data[at]) >= 0 {
		at++
	}
	return at
}

func (p *fileParser) fail(offset int, e *clierr.Error) *clierr.Error {
	return e.In(p.position(offset))
}

func (p *fileParser) position(offset int) clierr.Position {
	at := jsonedit.Position(p.data, min(offset, len(p.data)))
	at.File = p.name
	return at
}

// syntax refuses what is no JSON document. All that is read after it is.
func (p *fileParser) syntax() error {
	err := json.Unmarshal(p.data, new(any))
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return nil
	}
	offset := max(0, int(syntax.Offset)-1)
	if strings.HasPrefix(syntax.Error(), "unexpected end") {
		offset = len(p.data)
	}
	return p.fail(offset, p.form().Because(err))
}

func (p *fileParser) form() *clierr.Error {
	return clierr.New("emulator/bad-faults-file", clierr.Local, clierr.Args{"file": p.name}).
		Hint("emulator/hint-faults-file", clierr.Args{"form": `{"seed": 1, "rules": [{"on": "UpdateFunctionCode", "do": "status:503", "times": 2}]}`})
}

// object reads an object whose keys are all among those known; read takes the
// value of each.
func (p *fileParser) object(at int, known []string, read func(key string, at int) error) error {
	if t, err := p.d.Token(); err != nil || t != json.Delim('{') {
		return p.fail(at, p.form())
	}
	var seen []string
	for p.d.More() {
		keyAt := p.next()
		t, err := p.d.Token()
		if err != nil { // the syntax was looked at before
			return p.fail(keyAt, p.form().Because(err))
		}
		key, _ := t.(string)
		switch {
		case !slices.Contains(known, key):
			failed := p.fail(keyAt, clierr.New("emulator/faults-key", clierr.Local, clierr.Args{"key": key, "keys": strings.Join(known, ", ")}))
			if near := suggest.Nearest(key, slices.Values(known), 1); len(near) > 0 {
				failed = failed.Hint("cmd/hint-did-you-mean", clierr.Args{"name": near[0]})
			}
			return failed
		case slices.Contains(seen, key):
			return p.fail(keyAt, clierr.New("emulator/reply-twice", clierr.Local, nil))
		}
		seen = append(seen, key)
		if err := read(key, p.next()); err != nil {
			return err
		}
	}
	_, err := p.d.Token()
	return err
}

// value reads a plain value.
func (p *fileParser) value(key string, at int, into any) error {
	var raw json.RawMessage
	err := p.d.Decode(&raw)
	if err == nil && string(raw) != "null" {
		err = json.Unmarshal(raw, into)
	}
	var own *clierr.Error
	switch {
	case err == nil && string(raw) != "null":
		return nil
	case errors.As(err, &own): // of an effect
		return p.fail(at, clierr.New(own.ID, clierr.Local, own.Args))
	default:
		return p.fail(at, clierr.New("emulator/faults-value", clierr.Local, clierr.Args{"key": key}))
	}
}

func (p *fileParser) rules(at int) ([]Rule, []clierr.Position, error) {
	if t, err := p.d.Token(); err != nil || t != json.Delim('[') {
		return nil, nil, p.fail(at, p.form())
	}
	rules, places := []Rule{}, []clierr.Position{}
	for p.d.More() {
		start := p.next()
		var r Rule
		members := map[string]any{
			"on": &r.On, "function": &r.Function, "do": &r.Do, "after": &r.After, "times": &r.Times, "probability": &r.Probability,
		}
		known := []string{"on", "do", "function", "times", "probability", "after"}
		err := p.object(start, known, func(key string, at int) error { return p.value(key, at, members[key]) })
		if err != nil {
			return nil, nil, err
		}
		if err := r.Check(); err != nil {
			var own *clierr.Error
			if errors.As(err, &own) {
				own.Exit = clierr.Local
				return nil, nil, p.fail(start, own)
			}
			return nil, nil, err
		}
		rules, places = append(rules, r), append(places, p.position(start))
	}
	if _, err := p.d.Token(); err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, err
	}
	return rules, places, nil
}
