package state

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestManyChangesAtOnce: none is lost, each is seen by the one after it, and
// they share their writes.
func TestManyChangesAtOnce(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for i := range 100 {
		group.Go(func() {
			err := s.Update(t.Context(), "prod", fmt.Sprintf("f%d", i%10), func(f *Function) { f.CodeDigest += "x" })
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	again, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	all, err := again.Functions("prod")
	if err != nil || len(all) != 10 {
		t.Fatalf("%d functions, %v", len(all), err)
	}
	for name, f := range all {
		if f.CodeDigest != strings.Repeat("x", 10) {
			t.Errorf("%s has %q", name, f.CodeDigest)
		}
	}
}

// TestUpdateGivesUp: a change whose caller gave up is not made later.
func TestUpdateGivesUp(t *testing.T) {
	s, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s.writing <- struct{}{} // someone writes, for long
	stop := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	time.AfterFunc(20*time.Millisecond, func() { cancel(stop) })
	if err := s.Update(ctx, "prod", "a", func(*Function) { t.Error("it was made") }); !errors.Is(err, stop) {
		t.Errorf("got %v", err)
	}
	<-s.writing
	if err := s.Update(t.Context(), "prod", "b", func(f *Function) { f.Handler = "index.main" }); err != nil {
		t.Fatal(err)
	}
	if _, known, _ := s.Function("prod", "a"); known {
		t.Error("a is on record")
	}
}

func TestExclusive(t *testing.T) {
	dir := t.TempDir()
	one, _ := Open(dir)
	two, _ := Open(dir)
	release, err := one.Exclusive(t.Context(), "prod/../x", nil)
	if err != nil {
		t.Fatal(err)
	}
	if files, _ := filepath.Glob(filepath.Join(dir, Folder, "deploy-*.lock")); len(files) != 1 {
		t.Errorf("lock files %v", files)
	}
	other, err := two.Exclusive(t.Context(), "test", func() { t.Error("another environment is busy") })
	if err != nil {
		t.Fatal(err)
	}
	other()
	busy := 0
	ctx, cancel := context.WithTimeoutCause(t.Context(), 250*time.Millisecond, os.ErrDeadlineExceeded)
	defer cancel()
	if _, err := two.Exclusive(ctx, "prod/../x", func() { busy++ }); !errors.Is(err, os.ErrDeadlineExceeded) || busy != 1 {
		t.Errorf("got %v, told %d times", err, busy)
	}
	time.AfterFunc(20*time.Millisecond, release)
	next, err := two.Exclusive(t.Context(), "prod/../x", nil)
	if err != nil {
		t.Fatal(err)
	}
	next()
}

func TestFingerprint(t *testing.T) {
	a := Fingerprint([]byte("secret"))
	if !SameFingerprint(a, []byte("secret")) || SameFingerprint(a, []byte("Secret")) || SameFingerprint("", nil) || SameFingerprint(":", nil) {
		t.Error("same and other are mixed up")
	}
	if a == Fingerprint([]byte("secret")) || strings.Contains(a, "secret") {
		t.Errorf("%s tells what it is of", a)
	}
}
