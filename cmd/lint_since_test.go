package cmd

import (
	"testing"

	"wxcloud/internal/clierr"
)

func TestSinceWithoutGit(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	if _, err := touchedFiles(t.Context(), t.TempDir(), "HEAD"); !clierr.Is(err, "cmd/no-git") {
		t.Errorf("%v", err)
	}
}
