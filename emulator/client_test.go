package emulator_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/gofrs/flock"
)

// realClient installs a client that others wrote, pinned by the lockfile in
// testdata, into the user's cache folder on first use, and returns its folder.
func realClient(t *testing.T, name, version string) string {
	t.Helper()
	if testing.Short() {
		t.Skipf("needs %s from npm; left out with -short", name)
	}
	needNode(t, "npm")
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(cache, "wxcloud", "test-clients", name+"-"+version)
	if err := os.MkdirAll(filepath.Dir(folder), 0o755); err != nil {
		t.Fatal(err)
	}
	lock := flock.New(folder + ".lock")
	if err := lock.Lock(); err != nil {
		t.Fatal(err)
	}
	defer lock.Unlock()
	if _, err := os.Stat(folder); err == nil {
		return folder
	}
	partial, err := os.MkdirTemp(filepath.Dir(folder), "partial-") //nolint:usetesting // it is renamed, so it lies beside its place
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(partial)
	for _, file := range []string{"package.json", "package-lock.json"} {
		data, err := os.ReadFile(filepath.Join("testdata", name, file))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(partial, file), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("installing %s %s with npm into %s; this takes up to a minute, once", name, version, folder)
	command := exec.CommandContext(t.Context(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=optional")
	command.Dir = partial
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
	if err := os.Rename(partial, folder); err != nil {
		t.Fatal(err)
	}
	return folder
}

// proxied is the environment that points a real command-line client here, as
// `wxcloud emulator env` prints it.
func (c *cloud) proxied(home string) []string {
	c.t.Helper()
	s, err := c.remote.Status(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	return append(os.Environ(), "HTTPS_PROXY="+c.e.URL(), "https_proxy="+c.e.URL(), "NO_PROXY=", "no_proxy=",
		"NODE_EXTRA_CA_CERTS="+s.CAPath, "http_proxy="+c.e.URL(), "HOME="+home, "XDG_CONFIG_HOME=", "CI=true")
}
