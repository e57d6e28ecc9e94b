package emulator

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"wxcloud/internal/clierr"
)

func TestAcceptsPinned(t *testing.T) {
	for _, r := range []string{"latest", "*", "x", " latest ", "4", "4.x", "4.0", "4.0.x", "4.0.2", "v4.0.2", "=4.0.2", "^4", "^4.0.0", "^4.0.2", "~4", "~4.0.1", ">=0.4.0", ">=4.0.2", ">= 2.1"} {
		if !acceptsPinned(r) {
			t.Errorf("%q should accept %s", r, PinnedSDK)
		}
	}
	for _, r := range []string{"", "~2.6.3", "^3.0.0", "3.x", "4.0.1", "4.1", "^4.0.3", "^4.1.0", "~4.1.0", ">=4.0.3", "5", "next", "4 || 5", "<4", "npm:other@4", "1.2.3.4", "4.-1"} {
		if acceptsPinned(r) {
			t.Errorf("%q should not accept %s", r, PinnedSDK)
		}
	}
}

func TestProjectOf(t *testing.T) {
	project := func(files map[string]string) (*project, error) {
		dir := t.TempDir()
		for name, text := range files {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return projectOf(dir)
	}
	for name, files := range map[string]map[string]string{
		"no package.json": {}, "no dependencies": {"package.json": `{"name":"f"}`}, "empty": {"package.json": `{"dependencies":{}}`},
	} {
		if p, err := project(files); p != nil || err != nil {
			t.Errorf("%s: %+v %v", name, p, err)
		}
	}
	if _, err := project(map[string]string{"package.json": "{"}); err == nil {
		t.Error("a broken package.json was accepted")
	}
	for asked, want := range map[string]string{
		"latest": "wx-server-sdk latest -> 4.0.2 (pinned)", "^4.0.0": "wx-server-sdk ^4.0.0 -> 4.0.2 (pinned)", "4.0.2": "", "~2.6.3": "",
	} {
		p, err := project(map[string]string{"package.json": `{"dependencies":{"wx-server-sdk":"` + asked + `"}}`})
		if err != nil || p.sdk != want {
			t.Errorf("%s: %+v %v", asked, p, err)
		}
	}
	pinned, err := project(map[string]string{"package.json": `{"name":"a","dependencies":{"wx-server-sdk":"latest"}}`})
	if err != nil || pinned.command != "ci" || len(pinned.lock) == 0 {
		t.Fatalf("%+v %v", pinned, err)
	}
	same, err := project(map[string]string{"package.json": `{"name":"b","dependencies":{"wx-server-sdk":"~4.0.0"}}`})
	if err != nil || same.key() != pinned.key() {
		t.Errorf("another place in the cache: %v", err)
	}
	for name, files := range map[string]map[string]string{
		"own lock": {"package.json": `{"dependencies":{"wx-server-sdk":"latest"}}`, "package-lock.json": `{"lockfileVersion":3}`},
		"old SDK":  {"package.json": `{"dependencies":{"wx-server-sdk":"~2.6.3"}}`},
		"two":      {"package.json": `{"dependencies":{"wx-server-sdk":"latest","dayjs":"1"}}`},
	} {
		want := "install"
		if files["package-lock.json"] != "" {
			want = "ci"
		}
		if p, err := project(files); err != nil || p.command != want || p.key() == pinned.key() {
			t.Errorf("%s: %+v %v", name, p, err)
		}
	}
}

func TestInstallingRemovesLeftovers(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"partial-old/node_modules/a", "partial-new", "installed"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"partial-old", "installed"} {
		old := time.Now().Add(-25 * time.Hour)
		if err := os.Chtimes(filepath.Join(dir, name), old, old); err != nil {
			t.Fatal(err)
		}
	}
	e := &Emulator{options: Options{CacheDir: dir, NPM: "no-such-npm"}}
	if _, err := e.cached(t.Context(), project{command: "ci"}); !clierr.Is(err, "emulator/no-npm") {
		t.Error(err)
	}
	left, err := filepath.Glob(filepath.Join(dir, "*[^k]")) // but for the lock
	if err != nil {
		t.Fatal(err)
	}
	for i := range left {
		left[i] = filepath.Base(left[i])
	}
	if want := []string{"installed", "partial-new"}; !slices.Equal(left, want) {
		t.Errorf("left %q, want %q", left, want)
	}
}

func TestNPMReason(t *testing.T) {
	output := `npm warn old lockfile
npm error code E404
npm error 404 Not Found - GET - no-such-package
npm error
npm error A complete log of this run can be found in: /home/u/.npm/_logs/x.log
`
	if got := npmReason(output, errors.New("exit status 1")); got != "code E404; 404 Not Found - GET - no-such-package" {
		t.Errorf("%q", got)
	}
	if got := npmReason("", errors.New("signal: killed")); got != "signal: killed" {
		t.Errorf("%q", got)
	}
}
