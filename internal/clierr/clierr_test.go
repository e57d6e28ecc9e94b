package clierr_test

import (
	"errors"
	"fmt"
	"testing"

	"wxcloud/internal/clierr"
)

func TestErrorNamesPlaceArgumentsAndCause(t *testing.T) {
	cause := errors.New("boom")
	err := clierr.New("config/broken", clierr.Local, clierr.Args{"b": "2", "a": "1"}).
		In(clierr.Position{File: "x.json", Line: 3, Column: 7}).
		Because(cause)
	want := `x.json:3:7: config/broken a="1" b="2": boom`
	if got := err.Error(); got != want {
		t.Errorf("Error() = %q, want %q", got, want)
	}
	if !errors.Is(err, cause) {
		t.Error("the cause is lost")
	}
}

func TestIsLooksThroughWrapping(t *testing.T) {
	inner := clierr.New("wxapi/refused", clierr.Auth, nil)
	outer := clierr.New("upload/failed", clierr.Cloud, nil).Because(fmt.Errorf("while sending: %w", inner))
	wrapped := fmt.Errorf("deploy: %w", outer)
	for _, id := range []clierr.ID{"wxapi/refused", "upload/failed"} {
		if !clierr.Is(wrapped, id) {
			t.Errorf("Is(%q) = false", id)
		}
	}
	if clierr.Is(wrapped, "upload/other") {
		t.Error("Is reports an id that is not there")
	}
}

func TestPosition(t *testing.T) {
	for _, c := range []struct {
		at   clierr.Position
		want string
	}{
		{clierr.Position{}, ""},
		{clierr.Position{File: "a"}, "a"},
		{clierr.Position{File: "a", Line: 2}, "a:2"},
		{clierr.Position{File: "a", Line: 2, Column: 3}, "a:2:3"},
	} {
		if got := c.at.String(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.at, got, c.want)
		}
	}
}
