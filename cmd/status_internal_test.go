package cmd

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"wxcloud/internal/ui"
)

// TestTwoHundredFunctionsFitOneScreen counts lines and columns, in both
// languages, with names as long as the cloud allows.
func TestTwoHundredFunctionsFitOneScreen(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("project.config.json", `{"appid": "wx0123456789abcdef", "cloudfunctionRoot": "cloudfunctions/"}`)
	const calls = "const cloud = require('wx-server-sdk')\ncloud.init()\nexports.main = async () => cloud.openapi.security.msgSecCheck({ content: 'x' })\n"
	for i := range 200 {
		name := fmt.Sprintf("cloudfunctions/fn-%03d", i)
		if i%50 == 0 {
			name += strings.Repeat("-with-a-long-name", 3)
		}
		switch i % 5 {
		case 0:
			write(name+"/index.js", calls)
		case 1:
			write(name+"/index.js", calls)
			write(name+"/config.json", `{"permissions": {"openapi": ["security.msgSecCheck"]}}`)
		default:
			write(name+"/index.js", "exports.main = async () => 1\n")
		}
	}
	colour := regexp.MustCompile(`\x1b\[[0-9;]*m`)
	for _, lang := range []string{"en", "zh-CN"} {
		for _, kind := range []ui.Kind{{Terminal: true, Unicode: true, Color: true}, {Terminal: true}} {
			streams, out, _ := ui.Test("", kind)
			streams.Err = out
			if exit := Run(t.Context(), Process{Args: []string{"--lang", lang}, Streams: streams, Getenv: func(string) string { return "" }, Dir: dir}); exit != 0 {
				t.Fatalf("exit %d: %s", exit, out)
			}
			lines := strings.Split(strings.TrimSuffix(colour.ReplaceAllString(out.String(), ""), "\n"), "\n")
			if len(lines) > 30 {
				t.Errorf("%s: %d lines", lang, len(lines))
			}
			for _, line := range lines {
				if ui.Width(line) > 80 {
					t.Errorf("%s: %d columns: %s", lang, ui.Width(line), line)
				}
				if !kind.Unicode && lang == "en" && strings.ContainsFunc(line, func(r rune) bool { return r > 0x7e }) {
					t.Errorf("not ASCII: %q", line)
				}
			}
		}
	}
}
