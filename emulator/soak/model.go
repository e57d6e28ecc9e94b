package soak

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"wxcloud/emulator"
)

func (s *soak) status(ctx context.Context) (map[string]emulator.FunctionStatus, error) {
	status, err := s.remote.Status(ctx)
	if err != nil {
		return nil, err
	}
	if want := time.Duration(s.clock.minute) * time.Minute; status.Offset != want {
		return nil, fmt.Errorf("the clock was moved by %s, not %s", status.Offset, want)
	}
	all := map[string]emulator.FunctionStatus{}
	for _, f := range status.Functions {
		all[f.Name] = f
	}
	return all, nil
}

func (s *soak) waitActive(ctx context.Context, name string) error {
	for {
		all, err := s.status(ctx)
		if err != nil {
			return err
		}
		switch f := all[name]; f.Status {
		case "Active":
			return nil
		case "Creating", "Updating":
		default:
			return fmt.Errorf("%s is %q: %s", name, f.Status, f.Reason)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// compare holds the whole state against the model, which settles what faults had
// left open.
func (s *soak) compare(ctx context.Context) error {
	all, err := s.status(ctx)
	if err != nil {
		return err
	}
	known := 0
	for _, w := range s.crew {
		for _, f := range w.functions {
			have, there := all[f.name]
			if there != f.exists {
				return fmt.Errorf("%s exists: %t, should: %t", f.name, there, f.exists)
			}
			known++
			if err := f.found(have.Openapi); err != nil {
				return err
			}
			f.note(s.clock.minute)
			if err := f.foundCode(have); err != nil {
				return err
			}
			f.history = slices.DeleteFunc(f.history, func(h stored) bool { return s.clock.minute-h.minute > 30 })
		}
		if w.sdk != "" && all[w.sdk].Name != "" {
			known++
		}
	}
	if known != len(all) {
		return fmt.Errorf("there are %d functions, should be %d", len(all), known)
	}
	return nil
}

// foundCode settles which code a function has, by the hash of its zip.
func (f *function) foundCode(have emulator.FunctionStatus) error {
	for _, n := range f.codes {
		text, err := codeReturning(n)
		if err != nil {
			return err
		}
		data, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return err
		}
		sum := sha256.Sum256(bytes.Clone(data))
		if hex.EncodeToString(sum[:]) != have.CodeSHA {
			continue
		}
		if have.Status == "Active" || have.Status == "UpdateFailed" {
			f.codes = []int{n}
		}
		return nil
	}
	return fmt.Errorf("%s has code %s, possible are %v", f.name, have.CodeSHA, f.codes)
}

// tokenModel is the stable token: the same until five minutes before its end.
type tokenModel struct {
	mu     sync.Mutex
	value  string
	minute int
}

func (t *tokenModel) get(ctx context.Context, s *soak) (string, error) {
	t.mu.Lock()
	value, age := t.value, s.clock.minute-t.minute
	t.mu.Unlock()
	if value != "" && age < 100 {
		return value, nil
	}
	return t.buy(ctx, s)
}

func (t *tokenModel) buy(ctx context.Context, s *soak) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	answer, err := s.c.token(ctx)
	if err != nil {
		return "", err
	}
	if answer.AccessToken == "" {
		return "", errors.Join(errFault, fmt.Errorf("stable_token: %d", answer.ErrCode))
	}
	if answer.AccessToken != t.value {
		// A lost answer may have renewed it before; renewed it is only when old.
		if t.value != "" && s.clock.minute-t.minute < 100 {
			return "", fmt.Errorf("the stable token changed after %d minutes", s.clock.minute-t.minute)
		}
		t.value, t.minute = answer.AccessToken, s.clock.minute
	}
	return t.value, nil
}
