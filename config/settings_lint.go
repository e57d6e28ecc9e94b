package config

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/tidwall/gjson"
)

// LintSettings are what wxcloud.json says of lint. Which rules there are is not
// known here.
type LintSettings struct {
	Rules    []RuleLevel // in the order of the file
	Ignore   []Ignored   // in the order of the file
	Baseline string      // absolute, "" when none is named
}

// LintLevels are the levels a rule can be given.
func LintLevels() []string { return []string{"off", "notice", "warning", "error"} }

// RuleLevel gives a rule one of LintLevels. Line and Column are those of the name.
type RuleLevel struct {
	Rule, Level  string
	Line, Column int
}

// Ignored names findings that are known and accepted: those of a rule, of one
// function unless Function is "", about one interface unless API is "". Function
// and API may have stars.
type Ignored struct {
	Rule, Function, API, Reason string
	Line, Column                int
}

// lint reads the member of that name.
//
//	"lint": {
//	  "rules": { "unused-permission": "notice" },
//	  "ignore": [ { "rule": "unused-permission", "function": "notify", "api": "wxacode.get", "reason": "…" } ],
//	  "baseline": "lint-baseline.json"
//	}
func (r *settingsReader) lint() LintSettings {
	var s LintSettings
	object, ok := r.object(r.file.root, "lint")
	if !ok {
		return s
	}
	r.knownKeys(object, lintKeys[:])
	r.each(object, "rules", func(name, value gjson.Result) {
		if r.want(slices.Contains(LintLevels(), value.Str), "config/want-level", name.Str, value) {
			at := r.file.position(name)
			s.Rules = append(s.Rules, RuleLevel{Rule: name.Str, Level: value.Str, Line: at.Line, Column: at.Column})
		}
	})
	r.list(object, "ignore", func(entry gjson.Result) { s.Ignore = append(s.Ignore, r.ignored(entry)...) })
	if baseline := r.text(object, "baseline"); baseline != "" {
		s.Baseline = slashed(baseline)
		if !filepath.IsAbs(s.Baseline) {
			s.Baseline = filepath.Join(filepath.Dir(r.file.path), s.Baseline)
		}
	}
	return s
}

// ignored reads one entry of lint.ignore; none comes of what is not understood,
// because it must not silence more than was meant.
func (r *settingsReader) ignored(entry gjson.Result) []Ignored {
	if !r.want(entry.IsObject(), "config/ignore-rule", "ignore", entry) {
		return nil
	}
	before := len(r.settings.Problems)
	r.knownKeys(entry, lintIgnoreKeys[:])
	at := r.file.position(entry)
	ignored := Ignored{
		Rule: r.text(entry, "rule"), Function: r.text(entry, "function"), API: r.text(entry, "api"), Reason: r.text(entry, "reason"),
		Line: at.Line, Column: at.Column,
	}
	if len(r.settings.Problems) > before || !r.want(ignored.Rule != "", "config/ignore-rule", "ignore", entry) {
		return nil
	}
	return []Ignored{ignored}
}

// Matches reports whether a finding is one of those meant.
func (i Ignored) Matches(rule, function, api string) bool {
	return i.Rule == rule && starred(i.Function, function) && starred(i.API, api)
}

// starred compares a word with a pattern in which a star stands for anything; an
// empty pattern is any word.
func starred(pattern, word string) bool {
	parts := strings.Split(pattern, "*")
	if pattern == "" || len(parts) == 1 {
		return pattern == "" || pattern == word
	}
	rest, ok := strings.CutPrefix(word, parts[0])
	for _, part := range parts[1 : len(parts)-1] {
		_, after, found := strings.Cut(rest, part)
		rest, ok = after, ok && found
	}
	return ok && strings.HasSuffix(rest, parts[len(parts)-1])
}
