package scaffold

import (
	"strings"

	"wxcloud/cmd/text"
)

// samples are texts that the kinds of message fields accept. A field's key is
// its kind and a number; a text of another kind is refused with 47003.
var samples = [...]struct {
	kind string
	text text.Sentence
}{
	{"thing", text.Sentence{En: "Hello from the cloud", Zh: "来自云函数的问候"}},
	{"keyword", text.Sentence{En: "Hello from the cloud", Zh: "来自云函数的问候"}},
	{"number", text.Sentence{En: "1", Zh: "1"}},
	{"letter", text.Sentence{En: "hello", Zh: "hello"}},
	{"symbol", text.Sentence{En: "+", Zh: "+"}},
	{"character_string", text.Sentence{En: "A001", Zh: "A001"}},
	{"time", text.Sentence{En: "2026-01-31 12:00", Zh: "2026年1月31日 12:00"}},
	{"date", text.Sentence{En: "2026-01-31", Zh: "2026年1月31日"}},
	{"amount", text.Sentence{En: "1.00元", Zh: "1.00元"}},
	{"phone_number", text.Sentence{En: "13800000000", Zh: "13800000000"}},
	{"car_number", text.Sentence{En: "粤A00001", Zh: "粤A00001"}},
	{"name", text.Sentence{En: "Alice", Zh: "小明"}},
	{"phrase", text.Sentence{En: "已完成", Zh: "已完成"}},
}

// sample is a text that fits the field, or "" for a kind not known here.
func sample(field string, lang text.Lang) string {
	kind := strings.TrimRight(field, "0123456789")
	for i := range samples {
		if samples[i].kind == kind {
			return samples[i].text.In(lang)
		}
	}
	return ""
}
