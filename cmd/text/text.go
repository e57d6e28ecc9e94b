// Package text holds every sentence wxcloud says to a person, in English and in
// 简体中文 side by side, so that neither can be changed without seeing the other.
// It knows nothing of commands: it turns a sentence and its arguments into a line.
package text

import (
	"strings"

	"wxcloud/internal/sanitize"
)

// Lang is a language wxcloud speaks.
type Lang string

// The languages.
const (
	English Lang = "en"
	Chinese Lang = "zh-CN"
)

// Sentence is one thing said in both languages. "{name}" is a placeholder; both
// languages use the same set of them (tested).
type Sentence struct{ En, Zh string }

// In returns the sentence in lang with its placeholders filled. Arguments come
// as name, value pairs; the values are cleaned for printing and kept on the line
// they stand in, so that none can begin one, which a CI log may take for a
// command. A placeholder without an argument stays as it is, so that a slip is
// seen and not silent.
func (s Sentence) In(lang Lang, pairs ...string) string {
	template := s.En
	if lang == Chinese {
		template = s.Zh
	}
	if len(pairs) == 0 || !strings.Contains(template, "{") {
		return template
	}
	replacements := make([]string, 0, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		replacements = append(replacements, "{"+pairs[i]+"}", sanitize.Line(pairs[i+1]))
	}
	return strings.NewReplacer(replacements...).Replace(template)
}

// Parse returns the language a user named ("en", "zh", "zh-CN", "zh_CN.UTF-8",
// "中文"), and whether it is one.
func Parse(name string) (Lang, bool) {
	n := strings.ToLower(strings.ReplaceAll(name, "_", "-"))
	switch {
	case n == "中文" || n == "zh" || strings.HasPrefix(n, "zh-") || strings.HasPrefix(n, "zh."):
		return Chinese, true
	case n == "en" || strings.HasPrefix(n, "en-") || strings.HasPrefix(n, "en."):
		return English, true
	default:
		return "", false
	}
}
