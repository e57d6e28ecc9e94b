package cmd

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"wxcloud/config"
	"wxcloud/internal/clierr"
)

func TestTheClockIsComparedWithWhatAHostSays(t *testing.T) {
	for _, c := range []struct {
		off  time.Duration
		want level
		id   clierr.ID
	}{
		{0, levelOK, "cmd/doctor-clock"},
		{30 * time.Second, levelOK, "cmd/doctor-clock"},
		{-2 * time.Minute, levelWarning, "cmd/doctor-clock-off"},
		{10 * time.Minute, levelProblem, "cmd/doctor-clock-off"},
	} {
		host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Date", time.Now().Add(c.off).UTC().Format(http.TimeFormat))
			w.WriteHeader(http.StatusNotFound) // any answer will do
		}))
		r := reach(t.Context(), host.Client(), host.URL)
		host.Close()
		if r.err != nil {
			t.Fatal(r.err)
		}
		if f := clockFinding([]reached{{host: "silent"}, r}); f.level != c.want || f.id != c.id {
			t.Errorf("%v off: %s %s", c.off, f.level, f.id)
		}
	}
	if f := clockFinding([]reached{{host: "silent"}}); f.level != levelUnchecked {
		t.Errorf("nobody said the time: %s", f.level)
	}
}

func TestNoNetworkIsOneFinding(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	r := reach(t.Context(), http.DefaultClient, gone.URL)
	if r.err == nil {
		t.Fatal("a closed host answers")
	}
	if fs := reachFindings([]reached{r, r, r}); len(fs) != 1 || fs[0].id != "cmd/doctor-no-network" {
		t.Errorf("%+v", fs)
	}
	if fs := reachFindings([]reached{{host: "works"}, r}); len(fs) != 2 || fs[1].id != "cmd/doctor-unreachable" {
		t.Errorf("%+v", fs)
	}
}

func TestPackOptionsThatHideFilesOfFunctions(t *testing.T) {
	functions := []config.Function{{Name: "notify", Dir: filepath.FromSlash("/p/cloudfunctions/notify"), Entry: "index.js"}}
	for _, c := range []struct {
		rule packRule
		want string
	}{
		{packRule{"folder", "cloudfunctions"}, ""}, // right: functions are no part of the package
		{packRule{"folder", "/cloudfunctions/"}, ""},
		{packRule{"folder", "docs"}, ""},
		{packRule{"folder", "node_modules"}, "cloudfunctions/notify/node_modules"},
		{packRule{"folder", "miniprogram/node_modules"}, ""},
		{packRule{"folder", "cloudfunctions/notify/node_modules"}, "cloudfunctions/notify/node_modules"},
		{packRule{"file", "cloudfunctions/notify/config.json"}, "cloudfunctions/notify/config.json"},
		{packRule{"suffix", ".json"}, "cloudfunctions/notify/config.json"},
		{packRule{"suffix", ".md"}, ""},
		{packRule{"prefix", "index"}, "cloudfunctions/notify/index.js"},
		{packRule{"glob", "**/*.json"}, "cloudfunctions/notify/config.json"},
		{packRule{"glob", "docs/*.json"}, ""},
		{packRule{"regexp", `package\.json$`}, "cloudfunctions/notify/package.json"},
		{packRule{"regexp", `(`}, ""},
		{packRule{"", ""}, ""},
	} {
		if got := c.rule.hits("cloudfunctions", functions); got != c.want {
			t.Errorf("%+v hides %q, want %q", c.rule, got, c.want)
		}
	}
}

func TestTheCommandOfAnotherPackageIsKnown(t *testing.T) {
	dir := t.TempDir()
	script := filepath.Join(dir, "wxcloud.cmd")
	if err := os.WriteFile(script, []byte(`@node "%~dp0\node_modules\@wxcloud\cli\bin\run" %*`), 0o755); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(dir, "wxcloud")
	if err := os.WriteFile(other, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if !ofNPM(script) || ofNPM(other) || ofNPM(filepath.Join(dir, "absent")) {
		t.Error("which is whose")
	}
}

func TestAnotherProgramBeforeOursOnPath(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"wxcloud", "wxcloud.exe"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	a := &app{getenv: func(name string) string {
		if name == "PATH" {
			return dir + string(filepath.ListSeparator) + dir
		}
		return ""
	}}
	if fs := a.doctorPath(); len(fs) != 1 || fs[0].id != "cmd/doctor-other-first" || fs[0].level != levelWarning {
		t.Errorf("%+v", fs)
	}
	a.getenv = func(string) string { return "" }
	if fs := a.doctorPath(); len(fs) != 1 || fs[0].id != "cmd/doctor-only" {
		t.Errorf("%+v", fs)
	}
}
