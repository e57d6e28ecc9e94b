package lint_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/lint"
	"wxcloud/lint/report"
	"wxcloud/lint/rules"
)

// Each archive is a folder of functions; its file "want" lists the findings.
func TestFunctions(t *testing.T) {
	eachArchive(t, "testdata/functions/*.txtar", func(t *testing.T, root, want string) {
		if diff := cmp.Diff(want, findings(analyze(t, root, root))); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// eachArchive runs a test for each archive: want is its file of that name, the
// others stand in the folder root.
func eachArchive(t *testing.T, pattern string, test func(t *testing.T, root, want string)) {
	archives, err := filepath.Glob(pattern)
	if err != nil || len(archives) == 0 {
		t.Fatal(archives, err)
	}
	for _, name := range archives {
		t.Run(filepath.Base(name), func(t *testing.T) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			root := t.TempDir()
			files := unpack(string(text))
			for file, body := range files {
				if file != "want" {
					write(t, filepath.Join(root, file), body)
				}
			}
			test(t, root, files["want"])
		})
	}
}

// unpack reads a txtar archive: files under "-- name --" lines.
func unpack(text string) map[string]string {
	files := map[string]string{}
	name := ""
	for line := range strings.Lines(text) {
		rest, opens := strings.CutPrefix(line, "-- ")
		if title, closes := strings.CutSuffix(rest, " --\n"); opens && closes {
			name = title
			files[name] = ""
		} else if name != "" {
			files[name] += line
		}
	}
	return files
}

// findings lists a report's diagnostics, one per line.
func findings(r lint.Report) string {
	var b strings.Builder
	for _, d := range r.Diagnostics {
		at := clierr.Position{File: d.File, Line: d.Line, Column: d.Column}
		fmt.Fprintln(&b, strings.Join(slices.DeleteFunc([]string{string(d.Severity), d.Rule, d.API, at.String()},
			func(s string) bool { return s == "" }), " "))
	}
	return b.String()
}

const sendCode = `const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
exports.main = async () => { await cloud.openapi.subscribeMessage.send(event) }
`

// However the run is scheduled and in whatever order the functions come, the
// report is the same to the byte.
func TestReportIsStable(t *testing.T) {
	root := t.TempDir()
	for i := range 120 {
		dir := filepath.Join(root, fmt.Sprintf("fn%03d", i))
		write(t, filepath.Join(dir, "index.js"), strings.Repeat("require('../common/check')\n", 1+i%3)+sendCode)
		if i%4 != 0 {
			write(t, filepath.Join(dir, "config.json"), `{"permissions":{"openapi":["wxacode.get","openapi.x.y"]}}`)
		}
	}
	write(t, filepath.Join(root, "common", "check.js"),
		"const cloud = require('wx-server-sdk')\ncloud.openapi.security.msgSecCheck(event)\ncloud.openapi.security.msgSecCheck(event)\n")
	p, err := config.LoadFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Functions) != 120 {
		t.Fatalf("%d functions", len(p.Functions))
	}

	var first []byte
	for run, procs := range []int{1, 4, 16, 3} {
		old := runtime.GOMAXPROCS(procs)
		fns := slices.Clone(p.Functions)
		if run%2 == 1 {
			slices.Reverse(fns)
		}
		r, err := lint.Analyze(t.Context(), fns, rules.All(), lint.Options{Root: root})
		runtime.GOMAXPROCS(old)
		if err != nil {
			t.Fatal(err)
		}
		if r.Summary.Errors != 120*3 {
			t.Fatalf("%d errors, want one for each of three undeclared calls in 120 functions", r.Summary.Errors)
		}
		var b bytes.Buffer
		if err := (report.JSON{}).Format(&b, r); err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = b.Bytes()
		} else if !bytes.Equal(first, b.Bytes()) {
			t.Fatalf("run %d differs (-first +this):\n%s", run, cmp.Diff(string(first), b.String()))
		}
	}
}

// Paths are relative to the folder that was named, whichever kind it is.
func TestPathsAreRelativeToTheNamedFolder(t *testing.T) {
	project := t.TempDir()
	write(t, filepath.Join(project, "project.config.json"), `{"appid":"wx0123456789abcdef","cloudfunctionRoot":"cloud/"}`)
	write(t, filepath.Join(project, "cloud/下单/index.js"), "require('../shared/send').main()\n"+sendCode)
	write(t, filepath.Join(project, "cloud/shared/send.js"), sendCode)
	for _, c := range []struct{ folder, dir, own, shared string }{
		{".", "cloud/下单", "cloud/下单/index.js", "cloud/shared/send.js"},
		{"cloud", "下单", "下单/index.js", "shared/send.js"},
		{"cloud/下单", ".", "index.js", "../shared/send.js"},
	} {
		r := analyze(t, filepath.Join(project, c.folder), filepath.Join(project, c.folder))
		if len(r.Functions) != 1 || r.Functions[0].Dir != c.dir || r.Functions[0].Entry != "index.js" {
			t.Errorf("%s: functions %+v", c.folder, r.Functions)
			continue
		}
		var files []string
		for _, call := range r.Functions[0].Calls {
			files = append(files, call.File)
			if _, err := r.ReadFile(call.File); err != nil {
				t.Errorf("%s: %v", c.folder, err)
			}
		}
		slices.Sort(files)
		want := []string{c.own, c.shared}
		slices.Sort(want)
		if diff := cmp.Diff(want, files); diff != "" {
			t.Errorf("%s: files of the calls (-want +got):\n%s", c.folder, diff)
		}
	}
}

func TestRootIsShownAsGiven(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "fns/a/index.js"), sendCode)
	t.Chdir(dir)
	r := analyze(t, "./fns/", "./fns/")
	if r.Root != "./fns/" || r.Functions[0].Dir != "a" {
		t.Errorf("root %q, dir %q", r.Root, r.Functions[0].Dir)
	}
	p, err := config.LoadFolder("fns")
	if err != nil {
		t.Fatal(err)
	}
	r, err = lint.Analyze(t.Context(), p.Functions, rules.All(), lint.Options{Root: filepath.Join(dir, "fns"), Given: "fns"})
	if err != nil || r.Root != "fns" || r.Functions[0].Dir != "a" {
		t.Errorf("root %q, functions %+v, %v", r.Root, r.Functions, err)
	}
}

func TestSymbolicLinkAsRoot(t *testing.T) {
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "real/a/index.js"), sendCode)
	link := filepath.Join(dir, "link")
	if err := os.Symlink(filepath.Join(dir, "real"), link); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	r := analyze(t, filepath.Join(dir, "real"), link)
	if got := r.Functions[0].Dir; got != "a" {
		t.Errorf("dir %q", got)
	}
}

func TestFixAllDeclaresWhatIsMissing(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "listed/index.js"), sendCode+"await cloud.openapi.wxacode.get(event)\nawait cloud.openapi.wxacode.get(event)\n")
	write(t, filepath.Join(root, "listed/config.json"), "{\r\n\t\"permissions\": {\r\n\t\t\"openapi\": [\r\n\t\t]\r\n\t},\r\n\t\"timeout\": 5\r\n}")
	write(t, filepath.Join(root, "new/index.js"), sendCode)
	r := analyze(t, root, root)
	if r.Summary.Errors != 4 || r.Summary.Fixable != 4 || r.ExitCode() != clierr.Failed {
		t.Fatalf("%+v", r.Summary)
	}

	// The edits of each finding are the change its own name needs, no more.
	for _, d := range r.Diagnostics {
		text, err := r.ReadFile(d.Fix.File)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		e := d.Fix.Edits[0]
		fixed := string(text[:e.Start]) + e.Text + string(text[e.End:])
		if strings.Count(fixed, `"`+d.API+`"`) != 1 || len(d.Fix.Edits) != 1 || d.Fix.Declare[0] != d.API {
			t.Errorf("%s %s: %+v gives\n%s", d.File, d.API, d.Fix, fixed)
		}
	}

	p, err := config.LoadFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	out, err := lint.Fix(t.Context(), p.Functions, rules.All(), lint.Options{Root: root})
	left, changes := out.Left, out.Changes
	if err != nil || len(changes) != 2 || findings(left) != "" {
		t.Fatalf("%d changes, %v; left:\n%s", len(changes), err, findings(left))
	}
	for _, c := range changes {
		if err := c.Apply(); err != nil {
			t.Fatal(err)
		}
	}
	if again := analyze(t, root, root); findings(again) != "" || again.ExitCode() != clierr.OK {
		t.Errorf("after the fix:\n%s", findings(again))
	}
	got, err := os.ReadFile(filepath.Join(root, "listed/config.json"))
	if err != nil {
		t.Fatal(err)
	}
	want := "{\r\n\t\"permissions\": {\r\n\t\t\"openapi\": [\r\n\t\t\t\"subscribeMessage.send\",\r\n\t\t\t\"wxacode.get\"\r\n\t\t]\r\n\t},\r\n\t\"timeout\": 5\r\n}"
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Names nobody vouches for are not added, and files that would lose something
// are not touched.
func TestFixAllLeavesTheRestAlone(t *testing.T) {
	root := t.TempDir()
	call := func(name string) string {
		return "const cloud = require('wx-server-sdk')\ncloud.openapi." + name + "(event)\n"
	}
	write(t, filepath.Join(root, "unknown/index.js"), call("wx.requestOrderPayment"))
	write(t, filepath.Join(root, "https/index.js"), call("auth.getAccessToken"))
	write(t, filepath.Join(root, "commented/index.js"), call("wxacode.get"))
	write(t, filepath.Join(root, "commented/config.json"), "{\n  // none yet\n  \"permissions\": { \"openapi\": [] }\n}\n")
	write(t, filepath.Join(root, "broken/index.js"), call("wxacode.get"))
	write(t, filepath.Join(root, "broken/config.json"), "{")
	r := analyze(t, root, root)
	if r.Summary.Errors != 4 || r.Summary.Fixable != 0 {
		t.Errorf("%+v\n%s", r.Summary, findings(r))
	}
	p, err := config.LoadFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	if fixed, err := lint.Fix(t.Context(), p.Functions, rules.All(), lint.Options{Root: root}); err != nil || len(fixed.Changes) != 0 {
		t.Errorf("%d changes, %v", len(fixed.Changes), err)
	}
}

func TestWarningsAloneExitZero(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "a/index.js"), sendCode)
	write(t, filepath.Join(root, "a/config.json"), `{"permissions":{"openapi":["subscribeMessage.send","templateMessage.send"]}}`)
	r := analyze(t, root, root)
	if r.Summary.Warnings != 2 || r.ExitCode() != clierr.OK {
		t.Errorf("%+v, exit %d\n%s", r.Summary, r.ExitCode(), findings(r))
	}
}

func TestReadFileStandsInForTheDisk(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "a/index.js"), "exports.main = () => 1\n")
	p, err := config.LoadFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	r, err := lint.Analyze(t.Context(), p.Functions, rules.All(), lint.Options{
		Root: root,
		ReadFile: func(path string) ([]byte, error) {
			if filepath.Base(path) == "index.js" {
				return []byte(sendCode), nil
			}
			return nil, fs.ErrNotExist
		},
	})
	if err != nil || r.Summary.Errors != 1 {
		t.Errorf("%+v, %v", r.Summary, err)
	}
	if text, err := r.ReadFile("a/index.js"); err != nil || string(text) != sendCode {
		t.Errorf("the quotation would show %q, %v", text, err)
	}
}

func TestSentencesOfOtherRooms(t *testing.T) {
	root := t.TempDir()
	write(t, filepath.Join(root, "a/index.js"), "exports.main = () => 1\n")
	write(t, filepath.Join(root, "a/config.json"), `{"permissions":{"openapi":7}}`)
	p, err := config.LoadFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	r, err := lint.Analyze(t.Context(), p.Functions, rules.All(), lint.Options{
		Root: root,
		Sentence: func(id clierr.ID) (lint.Words, bool) {
			return lint.Words{En: "want a list, found {found}", Zh: "应为数组，实际是 {found}"}, id == "config/openapi-shape"
		},
	})
	if err != nil || len(r.Diagnostics) != 1 {
		t.Fatalf("%v\n%s", err, findings(r))
	}
	want := lint.Words{En: `want a list, found 7`, Zh: `应为数组，实际是 7`}
	if got := r.Diagnostics[0].Message; got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func TestAnalyzeStopsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := lint.Analyze(ctx, []config.Function{{Name: "a", Dir: t.TempDir()}}, rules.All(), lint.Options{})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v", err)
	}
}

func TestNoFunctions(t *testing.T) {
	r, err := lint.Analyze(t.Context(), nil, rules.All(), lint.Options{})
	if err != nil || r.Summary != (lint.Summary{}) || r.ExitCode() != clierr.OK {
		t.Errorf("%+v, %v", r, err)
	}
}

// analyze lints the functions of folder with every rule and root as the root.
func analyze(t *testing.T, folder, root string) lint.Report {
	t.Helper()
	p, err := config.LoadFolder(folder)
	if err != nil {
		t.Fatal(err)
	}
	r, err := lint.Analyze(t.Context(), p.Functions, rules.All(), lint.Options{Root: root})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
