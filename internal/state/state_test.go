package state

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wxcloud/internal/clierr"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func open(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func apply(t *testing.T, s *Store, env, name string, at time.Time, list ...string) {
	t.Helper()
	err := s.Update(t.Context(), env, name, func(f *Function) {
		f.Openapi, f.OpenapiAcceptedAt, f.OpenapiAdded = append([]string{}, list...), at, list
		f.Writer, f.Evidence = "third-party", "read-back"
	})
	if err != nil {
		t.Fatal(err)
	}
}

func text(t *testing.T, dir, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func TestRoundTrip(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	if _, known, err := s.Function("prod", "hello"); known || err != nil {
		t.Errorf("known before anything happened: %v, %v", known, err)
	}
	want := Function{
		CodeDigest: "sha256:aa", RemoteModTime: "2026-11-22 20:00:00", DeployedAt: noon, Openapi: []string{"subscribeMessage.send"},
		OpenapiAcceptedAt: noon, OpenapiAdded: []string{"subscribeMessage.send"}, Writer: "third-party", Evidence: "read-back",
	}
	if err := s.Update(t.Context(), "prod", "hello", func(f *Function) { *f = want }); err != nil {
		t.Fatal(err)
	}
	got, known, err := open(t, dir).Function("prod", "hello")
	if err != nil || !known || !cmp.Equal(got, want) {
		t.Errorf("known %v, %v\n%s", known, err, cmp.Diff(want, got))
	}
	if got := text(t, dir, ".wxcloud/.gitignore"); got != "*\n" {
		t.Errorf(".gitignore holds %q", got)
	}
}

func TestLockFile(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	apply(t, s, "prod-1a2b3c", "zeta", noon)
	apply(t, s, "prod-1a2b3c", "alpha", noon.Add(time.Second/2), "security.msgSecCheck", "subscribeMessage.send")
	want := `{
  "version": 1,
  "environments": {
    "prod-1a2b3c": {
      "alpha": {
        "openapi": [
          "security.msgSecCheck",
          "subscribeMessage.send"
        ],
        "appliedAt": "2026-11-22T12:00:00Z",
        "writer": "third-party",
        "evidence": "read-back"
      },
      "zeta": {
        "openapi": [],
        "appliedAt": "2026-11-22T12:00:00Z",
        "writer": "third-party",
        "evidence": "read-back"
      }
    }
  }
}
`
	if diff := cmp.Diff(want, text(t, dir, LockFile)); diff != "" {
		t.Errorf("wxcloud.lock (-want +got):\n%s", diff)
	}
	before, err := os.Stat(filepath.Join(dir, LockFile))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Update(t.Context(), "prod-1a2b3c", "alpha", func(f *Function) { f.CodeDigest = "sha256:bb" }); err != nil {
		t.Fatal(err)
	}
	after, err := os.Stat(filepath.Join(dir, LockFile))
	if err != nil || !os.SameFile(before, after) {
		t.Error("new code rewrote the committed file")
	}
}

func TestLocalNeverEntersTheLockFile(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	apply(t, s, Local, "hello", noon, "subscribeMessage.send")
	if _, err := os.Stat(filepath.Join(dir, LockFile)); err == nil {
		t.Errorf("wxcloud.lock: %s", text(t, dir, LockFile))
	}
	if f, known, err := s.Function(Local, "hello"); err != nil || !known || len(f.Openapi) != 1 {
		t.Errorf("%+v %v %v", f, known, err)
	}
	if err := s.Update(t.Context(), "prod", "codeonly", func(f *Function) { f.CodeDigest = "x" }); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, LockFile)); err == nil {
		t.Error("code alone wrote the committed file")
	}
}

// TestTwoFiles: the state of this checkout and the committed file disagree.
func TestTwoFiles(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	apply(t, s, "prod", "hello", noon, "a.b")
	if err := s.Update(t.Context(), "prod", "hello", func(f *Function) { f.CodeDigest = "sha256:aa" }); err != nil {
		t.Fatal(err)
	}
	old := text(t, dir, LockFile)

	// A colleague applied another list later and committed that.
	newer := strings.NewReplacer("T12:00:00Z", "T13:00:00Z", "a.b", "c.d").Replace(old)
	if err := os.WriteFile(filepath.Join(dir, LockFile), []byte(newer), 0o600); err != nil {
		t.Fatal(err)
	}
	f, _, err := s.Function("prod", "hello")
	if err != nil || !cmp.Equal(f.Openapi, []string{"c.d"}) || f.OpenapiAdded != nil || f.CodeDigest != "sha256:aa" {
		t.Errorf("later lock: %+v, %v", f, err)
	}

	// This checkout applied one later still; then the committed file is put back.
	apply(t, s, "prod", "hello", noon.Add(2*time.Hour), "e.f")
	if err := os.WriteFile(filepath.Join(dir, LockFile), []byte(old), 0o600); err != nil {
		t.Fatal(err)
	}
	if f, _, err = s.Function("prod", "hello"); err != nil || !cmp.Equal(f.Openapi, []string{"e.f"}) {
		t.Errorf("older lock: %+v, %v", f, err)
	}

	// Without the state only the committed file speaks, of permissions alone.
	if err := os.RemoveAll(filepath.Join(dir, Folder)); err != nil {
		t.Fatal(err)
	}
	f, known, err := s.Function("prod", "hello")
	if err != nil || !known || !cmp.Equal(f.Openapi, []string{"a.b"}) || f.CodeDigest != "" {
		t.Errorf("deleted state: %+v, %v", f, err)
	}
	all, err := s.Functions("prod")
	if err != nil || len(all) != 1 || !cmp.Equal(all["hello"], f) {
		t.Errorf("all functions: %+v, %v", all, err)
	}
}

func TestDamage(t *testing.T) {
	tests := []struct {
		name, file, text string
		id               clierr.ID
		at               string
	}{
		{"cut off", StateFile, "{\n  \"version\": 1,\n  \"environments\": {", "state/corrupt", ".wxcloud/state.json:3:19"},
		{"stray comma", LockFile, "{\n  \"version\": 1,\n}", "state/corrupt", "wxcloud.lock:3:1"},
		{"wide characters", LockFile, "{\"云😀\": x}", "state/corrupt", "wxcloud.lock:1:9"},
		{"wrong type", LockFile, "{\"version\": 1, \"environments\": []}", "state/corrupt", "wxcloud.lock:1:32"},
		{"merge conflict", LockFile, "{\n<<<<<<< HEAD\n\"version\": 1}\n", "state/conflict", "wxcloud.lock:2"},
		{"from the future", StateFile, `{"version": 7, "environments": []}`, "state/newer", ".wxcloud/state.json"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, filepath.FromSlash(tt.file))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(tt.text), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Open(dir)
			e, ok := errors.AsType[*clierr.Error](err)
			if !ok || e.ID != tt.id || e.At.String() != tt.at || e.Exit != clierr.Local {
				t.Fatalf("got %v at %s, want %s at %s", err, e.At, tt.id, tt.at)
			}
			if got := text(t, dir, tt.file); got != tt.text {
				t.Errorf("the damaged file was changed to %q", got)
			}
		})
	}
}

func TestEmptyFilesSayNothing(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, LockFile), []byte("\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
}

// TestManyWriters: no change is lost, neither between goroutines nor between
// processes.
func TestManyWriters(t *testing.T) {
	if dir := os.Getenv("STATE_TEST_DIR"); dir != "" {
		s := open(t, dir)
		for i := range 10 {
			apply(t, s, "prod", os.Getenv("STATE_TEST_NAME")+strconv.Itoa(i), noon)
		}
		return
	}
	dir := t.TempDir()
	s := open(t, dir)
	var group sync.WaitGroup
	for p := range 3 {
		group.Go(func() {
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestManyWriters$")
			cmd.Env = append(os.Environ(), "STATE_TEST_DIR="+dir, "STATE_TEST_NAME=p"+strconv.Itoa(p)+"-")
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
		group.Go(func() {
			for i := range 10 {
				err := s.Update(t.Context(), "prod", "g"+strconv.Itoa(p)+"-"+strconv.Itoa(i), func(f *Function) { f.Openapi = []string{} })
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	all, err := s.Functions("prod")
	if err != nil || len(all) != 60 {
		t.Errorf("%d functions are on record, want 60 (%v)", len(all), err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(`{"version":1,"environments":{"e":{"f":{"openapi":["a.b"],"openapiAcceptedAt":"2026-11-22T12:00:00Z"}}}}`)
	f.Add("{\n\"环😀\":\n}")
	f.Add("<<<<<<< ")
	f.Fuzz(func(t *testing.T, raw string) {
		var s stateFile
		err := decode(StateFile, []byte(raw), &s)
		if err == nil {
			return
		}
		e, ok := errors.AsType[*clierr.Error](err)
		if !ok || e.At.File != StateFile || e.At.Line > 1+strings.Count(raw, "\n") || e.At.Line < 0 || e.At.Column < 0 {
			t.Fatalf("%v at %+v", err, e.At)
		}
	})
}

func TestEnvironmentsOfBothFiles(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if ids, err := s.Environments(); err != nil || len(ids) != 0 {
		t.Errorf("%v %v", ids, err)
	}
	for _, env := range []string{"prod-1", "local", "dev-1"} {
		err := s.Update(t.Context(), env, "notify", func(f *Function) { f.Openapi, f.OpenapiAcceptedAt = []string{"a.b"}, time.Now() })
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := os.RemoveAll(filepath.Join(dir, Folder)); err != nil {
		t.Fatal(err)
	}
	ids, err := s.Environments()
	if want := []string{"dev-1", "prod-1"}; err != nil || !slices.Equal(ids, want) {
		t.Errorf("%v %v, want %v: the local cloud is this machine's alone", ids, err, want)
	}
}

// A verified change says nothing of names that were on the list before and that
// nobody verified, neither here nor in the file for everyone.
func TestVerifiedIsNotMoreThanWasVerified(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)
	now := func(change func(*Function)) Function {
		t.Helper()
		if err := s.Update(t.Context(), "prod", "f", change); err != nil {
			t.Fatal(err)
		}
		f, _, err := s.Function("prod", "f")
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	now(func(f *Function) { f.SetOpenapi([]string{"a.b"}, at); f.OpenapiAdded = []string{"a.b"} })
	now(func(f *Function) {
		f.SetOpenapi([]string{"a.b", "c.d"}, at.Add(time.Hour))
		f.OpenapiAdded, f.Evidence = []string{"c.d"}, "read-back"
	})
	f := now(func(f *Function) { f.Proved([]string{"c.d"}) })
	if f.Evidence != Verified || f.OpenapiEvidence() != "accepted" || !slices.Equal(f.OpenapiUnproven, []string{"a.b"}) {
		t.Errorf("the change is %q, the list %q, unproven %v", f.Evidence, f.OpenapiEvidence(), f.OpenapiUnproven)
	}
	if lock, err := os.ReadFile(filepath.Join(dir, LockFile)); err != nil || strings.Contains(string(lock), Verified) {
		t.Errorf("%v\n%s", err, lock)
	}
	if f = now(func(f *Function) { f.Proved([]string{"a.b"}) }); f.OpenapiEvidence() != Verified {
		t.Errorf("with both verified it says %q", f.OpenapiEvidence())
	}
	// Another checkout has that from the committed file; the next change adds to it.
	if err := os.RemoveAll(filepath.Join(dir, Folder)); err != nil {
		t.Fatal(err)
	}
	if f = now(func(f *Function) { f.SetOpenapi([]string{"c.d", "e.f"}, at.Add(2*time.Hour)) }); !slices.Equal(f.OpenapiUnproven, []string{"e.f"}) {
		t.Errorf("unproven %v", f.OpenapiUnproven)
	}
	f = now(func(f *Function) {
		f.OpenapiAdded, f.Evidence = []string{"e.f"}, "read-back"
		f.Proved([]string{"c.d"})
	})
	if f.Evidence == Verified {
		t.Error("what the change added was not verified")
	}
}
