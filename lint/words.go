package lint

import "strings"

// Lang is a language the findings can be read in.
type Lang string

// The languages, named as everywhere in wxcloud.
const (
	English Lang = "en"
	Chinese Lang = "zh-CN"
)

// Words is one thing said in English and in 简体中文. "{name}" is a placeholder.
// Rules own their words, because a rule file is also the rule's page.
type Words struct{ En, Zh string }

// In returns the words in lang; whatever is not Chinese is English.
func (w Words) In(lang Lang) string {
	if lang == Chinese {
		return w.Zh
	}
	return w.En
}

// With fills placeholders, given as name, value pairs, in both languages. Values
// stay as they are in the user's files: formatters clean what they print.
func (w Words) With(pairs ...string) Words {
	return Words{En: fill(w.En, pairs), Zh: fill(w.Zh, pairs)}
}

// fill fills the placeholders of one text. What a value holds is left alone.
func fill(text string, pairs []string) string {
	var b strings.Builder
	for {
		before, rest, open := strings.Cut(text, "{")
		name, after, closed := strings.Cut(rest, "}")
		if !open || !closed {
			b.WriteString(text)
			return b.String()
		}
		b.WriteString(before)
		known := false
		for i := 0; i+1 < len(pairs) && !known; i += 2 {
			if known = pairs[i] == name; known {
				b.WriteString(pairs[i+1])
			}
		}
		if !known { // a brace of the text's own
			b.WriteByte('{')
			after = rest
		}
		text = after
	}
}

// WithWords fills one placeholder with a value that differs between languages.
func (w Words) WithWords(name string, value Words) Words {
	return Words{
		En: strings.ReplaceAll(w.En, "{"+name+"}", value.En),
		Zh: strings.ReplaceAll(w.Zh, "{"+name+"}", value.Zh),
	}
}

// IsZero reports whether there are no words.
func (w Words) IsZero() bool { return w == Words{} }
