package sanitize_test

import (
	"encoding/json"
	"testing"

	"wxcloud/internal/sanitize"
)

func TestJSONHidesNothingAndChangesNoValue(t *testing.T) {
	in := "{\"a\":\"x\u009b31m\u202e 中 \U000e0041\"}"
	out := sanitize.JSON([]byte(in))
	if want := `{"a":"x\u009b31m\u202e 中 \udb40\udc41"}`; string(out) != want {
		t.Errorf("got %s, want %s", out, want)
	}
	var before, after map[string]string
	if json.Unmarshal([]byte(in), &before) != nil || json.Unmarshal(out, &after) != nil || before["a"] != after["a"] {
		t.Errorf("the value changed: %q, %q", before["a"], after["a"])
	}
}
