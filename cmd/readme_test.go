package cmd_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"wxcloud/cmd"
	"wxcloud/internal/ui"
)

// transcript is a block of a README: commands and what they print. "..." stands
// for anything within a line, and alone on a line for any number of lines.
type transcript struct {
	name  string
	lines []string
}

// TestReadmeShowsWhatHappens runs every transcript of both READMEs. The build
// fails when a page shows output that the program no longer prints.
func TestReadmeShowsWhatHappens(t *testing.T) {
	for _, page := range []struct{ file, lang string }{{"README.md", "en"}, {"README.zh-CN.md", "zh-CN"}} {
		data, err := os.ReadFile(filepath.Join("..", page.file))
		if err != nil {
			t.Fatal(err)
		}
		found := transcripts(string(data))
		if len(found) != 4 {
			t.Fatalf("%s: %d transcripts, want 4", page.file, len(found))
		}
		for _, tr := range found {
			t.Run(page.lang+"/"+tr.name, func(t *testing.T) {
				t.Parallel()
				r := runner{t: t, lang: page.lang, dir: t.TempDir()}
				if ok, _ := condition("node"); !ok && (tr.name == "wxcloud demo" || tr.name == "deploy") {
					t.Skip("needs Node and npm")
				}
				if tr.name == "wxcloud demo" {
					r.compare(tr.lines, r.run("demo", "--dir", filepath.Join(r.dir, "demo")))
					return
				}
				for _, block := range commands(tr.lines) {
					r.compare(block[1:], r.run(strings.Fields(strings.TrimPrefix(block[0], "$ wxcloud "))...))
				}
			})
		}
	}
}

var fence = regexp.MustCompile("(?s)<!-- transcript: ([^>]*) -->\n```console\n(.*?)```")

func transcripts(page string) []transcript {
	var all []transcript
	for _, m := range fence.FindAllStringSubmatch(page, -1) {
		all = append(all, transcript{m[1], strings.Split(strings.TrimSuffix(m[2], "\n"), "\n")})
	}
	return all
}

// commands splits a transcript before each line that is typed.
func commands(lines []string) [][]string {
	var blocks [][]string
	for _, line := range lines {
		if strings.HasPrefix(line, "$ ") {
			blocks = append(blocks, nil)
		}
		blocks[len(blocks)-1] = append(blocks[len(blocks)-1], line)
	}
	return blocks
}

type runner struct {
	t         *testing.T
	lang, dir string
}

// run types a command and returns what a terminal would show, both streams in
// one, without colour.
func (r runner) run(args ...string) []string {
	r.t.Helper()
	streams, out, _ := ui.Test("", ui.Kind{Unicode: true})
	streams.Err = out
	getenv := func(name string) string {
		if strings.HasPrefix(name, "WXCLOUD_") {
			return ""
		}
		return os.Getenv(name)
	}
	cmd.Run(r.t.Context(), cmd.Process{Args: append(args, "--lang", r.lang), Streams: streams, Getenv: getenv, Dir: r.dir})
	return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
}

// compare walks the shown lines through the printed ones.
func (r runner) compare(shown, printed []string) {
	r.t.Helper()
	at := 0
	skip := strings.HasPrefix(shown[0], "$ ") // a transcript of the demo starts somewhere in it
	for _, line := range shown {
		if line == "..." {
			skip = true
			continue
		}
		for at < len(printed) && skip && !matches(line, printed[at]) {
			at++
		}
		if at == len(printed) || !matches(line, printed[at]) {
			r.t.Fatalf("the README shows %q, which is not printed there:\n%s", line, bytes.TrimSpace([]byte(strings.Join(printed, "\n"))))
		}
		at, skip = at+1, false
	}
	if !skip && at < len(printed) && !strings.HasPrefix(shown[0], "$ ") {
		r.t.Fatalf("more is printed than the README shows, from %q on", printed[at])
	}
}

// matches compares a shown line, in which "..." stands for anything.
func matches(shown, printed string) bool {
	parts := strings.Split(shown, "...")
	if !strings.HasPrefix(printed, parts[0]) || !strings.HasSuffix(printed, parts[len(parts)-1]) {
		return false
	}
	for _, part := range parts {
		i := strings.Index(printed, part)
		if i < 0 {
			return false
		}
		printed = printed[i+len(part):]
	}
	return true
}
