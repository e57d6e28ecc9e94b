package cmd_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"wxcloud/cmd"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ui"
)

// Ctrl-C ends lint in the middle of a function that would take it a minute.
func TestLintInterrupted(t *testing.T) {
	var code strings.Builder
	code.WriteString("const cloud = require('wx-server-sdk')\nconst H = {}\n")
	for i := range 40_000 {
		fmt.Fprintf(&code, "H.k%d = async (c, n) => n ? c.api['m%d'](n) : cloud.openapi.security[['a%d', 'b'][0]]({})\n", i, i, i)
	}
	code.WriteString("exports.main = async e => H[e.k](cloud, () => H[e.z]())\n")
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "index.js"), []byte(code.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(300*time.Millisecond, cancel)
	streams, stdout, stderr := ui.Test("", ui.Kind{})
	began := time.Now()
	exit := cmd.Run(ctx, cmd.Process{Args: []string{"lint", dir}, Streams: streams, Getenv: func(string) string { return "" }, Dir: dir})
	if took := time.Since(began); exit != clierr.Interrupted || stdout.Len() > 0 || took > 20*time.Second {
		t.Errorf("exit %d after %v\n%s%s", exit, took, stdout, stderr)
	}
}
