package cmd_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"wxcloud/cmd"
	"wxcloud/internal/ui"
)

// TestTroubleshootingShowsWhatHappens runs every transcript of both pages in the
// project of testdata/pages.
func TestTroubleshootingShowsWhatHappens(t *testing.T) {
	archive, err := txtar.ParseFile(filepath.Join("testdata", "pages", "troubleshooting.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range []struct{ file, lang string }{{"troubleshooting.md", "en"}, {"troubleshooting.zh-CN.md", "zh-CN"}} {
		data, err := os.ReadFile(filepath.Join("..", "docs", page.file))
		if err != nil {
			t.Fatal(err)
		}
		found := transcripts(string(data))
		if len(found) != 2 {
			t.Fatalf("%s: %d transcripts, want 2", page.file, len(found))
		}
		dir := t.TempDir()
		if err := txtar.Write(archive, dir); err != nil {
			t.Fatal(err)
		}
		for _, tr := range found {
			command, from, _ := strings.Cut(strings.TrimPrefix(tr.lines[0], "$ wxcloud "), " < ")
			in := ""
			if from != "" {
				text, err := os.ReadFile(filepath.Join(dir, from))
				if err != nil {
					t.Fatal(err)
				}
				in = string(text)
			}
			streams, out, _ := ui.Test(in, ui.Kind{Unicode: true})
			streams.Err = out
			getenv := func(name string) string {
				if strings.HasPrefix(name, "WXCLOUD_") {
					return ""
				}
				return os.Getenv(name)
			}
			cmd.Run(t.Context(), cmd.Process{Args: append(strings.Fields(command), "--lang", page.lang), Streams: streams, Getenv: getenv, Dir: dir})
			r := runner{t: t, lang: page.lang, dir: dir}
			r.compare(tr.lines[1:], strings.Split(strings.TrimSuffix(string(bytes.TrimSpace(out.Bytes())), "\n"), "\n"))
		}
	}
}
