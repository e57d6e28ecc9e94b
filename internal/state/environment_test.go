package state_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
)

func TestChosenEnvironment(t *testing.T) {
	dir := t.TempDir()
	chosen := func() string {
		t.Helper()
		name, err := state.ChosenEnvironment(dir)
		if err != nil {
			t.Fatal(err)
		}
		return name
	}
	choose := func(name string) {
		t.Helper()
		if err := state.ChooseEnvironment(dir, name); err != nil {
			t.Fatal(err)
		}
	}
	if got := chosen(); got != "" {
		t.Errorf("%q before anything was chosen", got)
	}
	choose("") // nothing to forget
	choose("测试")
	if got := chosen(); got != "测试" {
		t.Errorf("%q", got)
	}
	if text, err := os.ReadFile(filepath.Join(dir, ".wxcloud", ".gitignore")); err != nil || string(text) != "*\n" {
		t.Errorf("git would see the choice: %q %v", text, err)
	}
	choose("")
	if got := chosen(); got != "" {
		t.Errorf("%q is not forgotten", got)
	}
	for _, text := range []string{"a\nb", strings.Repeat("x", 2000)} {
		if err := os.WriteFile(filepath.Join(dir, ".wxcloud", "environment"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := state.ChosenEnvironment(dir); !clierr.Is(err, "state/corrupt") {
			t.Errorf("%.10q: %v", text, err)
		}
	}
}
