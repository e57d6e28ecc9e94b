package wxapi

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"wxcloud/internal/clierr"
)

func TestPermissions(t *testing.T) {
	d := newDouble(t)
	p := NewPermissions(d.client(), d.endpoints(), FixedToken(testToken), RetryOptions{})
	got, err := p.Get(t.Context(), testEnv, "hello")
	if err != nil || got == nil || len(got) != 0 {
		t.Errorf("no list stored (85089): %v, %v", got, err)
	}
	want := []string{"subscribeMessage.send", "security.msgSecCheck"}
	if err := p.Set(t.Context(), testEnv, "hello", want); err != nil {
		t.Fatal(err)
	}
	if text := d.stored["hello"]; text != `{"permissions":{"openapi":["subscribeMessage.send","security.msgSecCheck"]}}` {
		t.Errorf("stored %s", text)
	}
	if got, err = p.Get(t.Context(), testEnv, "hello"); err != nil || !cmp.Equal(got, want) {
		t.Errorf("read back %v, %v", got, err)
	}
	if err := p.Set(t.Context(), testEnv, "hello", nil); err != nil {
		t.Fatal(err)
	}
	if text := d.stored["hello"]; text != `{"permissions":{"openapi":[]}}` {
		t.Errorf("an empty list is stored as %s", text)
	}
}

func TestInvoke(t *testing.T) {
	d := newDouble(t)
	i := NewInvoker(d.client(), d.endpoints(), NewStableToken(d.client(), d.endpoints(), testAppID, testSecret, RetryOptions{}), testEnv, RetryOptions{})
	got, err := i.Invoke(t.Context(), "hello", nil)
	if err != nil || string(got.Data) != "{}" || got.ErrCode != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	got, err = i.Invoke(t.Context(), "throws", []byte(`{"a":1}`))
	if err != nil || got.ErrCode != -504002 || !strings.Contains(got.ErrMsg, "-604101") {
		t.Errorf("%+v, %v", got, err)
	}
	if d.handouts != 1 {
		t.Errorf("%d tokens asked for, want one for both", d.handouts)
	}
	if _, err := i.Invoke(t.Context(), "hello", []byte("{")); !clierr.Is(err, "wxapi/event-not-json") {
		t.Errorf("broken event: %v", err)
	}
}

// TestInvokeIsNotRepeated: after a lost answer the function may have run.
func TestInvokeIsNotRepeated(t *testing.T) {
	d := newDouble(t)
	d.fault = func(_ string, _ int, w http.ResponseWriter) bool { w.WriteHeader(hangUp); return true }
	_, err := NewInvoker(d.client(), d.endpoints(), FixedToken(testToken), testEnv, RetryOptions{}).Invoke(t.Context(), "hello", nil)
	if !clierr.Is(err, "wxapi/network") || d.seen["invokecloudfunction"] != 1 {
		t.Errorf("%v after %d attempts", err, d.seen["invokecloudfunction"])
	}
}

func TestStableTokenIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDouble(t)
		s := NewStableToken(d.client(), d.endpoints(), testAppID, testSecret, RetryOptions{})
		for range 3 {
			if token, err := s.Token(t.Context()); err != nil || token != testToken {
				t.Fatalf("%s, %v", token, err)
			}
		}
		time.Sleep(7200*time.Second - 2*time.Minute)
		if _, err := s.Token(t.Context()); err != nil || d.handouts != 1 {
			t.Errorf("%d tokens before the end, %v", d.handouts, err)
		}
		time.Sleep(90 * time.Second)
		if _, err := s.Token(t.Context()); err != nil || d.handouts != 2 {
			t.Errorf("%d tokens at the end, %v", d.handouts, err)
		}
		if _, err := s.Refresh(t.Context(), testToken); !clierr.Is(err, "wxapi/token-again") {
			t.Errorf("the same token again: %v", err)
		}
	})
}

func TestWrongAppSecret(t *testing.T) {
	d := newDouble(t)
	_, err := NewStableToken(d.client(), d.endpoints(), testAppID, "another-secret-0123456789", RetryOptions{}).Token(t.Context())
	e, ok := errors.AsType[*clierr.Error](err)
	if !ok || e.ID != "wxapi/app-secret" || e.Exit != clierr.Auth || d.seen["stable_token"] != 1 {
		t.Errorf("%v after %d attempts", err, d.seen["stable_token"])
	}
}

// script writes a command that prints the n-th line of tokens on its n-th run.
func script(t *testing.T, body string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the script is for a POSIX shell")
	}
	path := filepath.Join(t.TempDir(), "token.sh")
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	return "sh '" + path + "' '" + filepath.Dir(path) + "'"
}

func TestTokenCommandRunsAgain(t *testing.T) {
	command := script(t, `echo x >> "$1/runs"; n=$(wc -l < "$1/runs" | tr -d ' '); echo "token-number-$n"`)
	d := newDouble(t)
	d.tokens = []string{"token-number-2"}
	c := NewCommandToken(command, io.Discard)
	p := NewPermissions(d.client(), d.endpoints(), c, RetryOptions{})
	if _, err := p.Get(t.Context(), testEnv, "hello"); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 6 { // callers who all failed with the first token
		group.Go(func() {
			if token, err := c.Refresh(t.Context(), "token-number-1"); err != nil || token != "token-number-2" {
				t.Errorf("token %s, %v: the command ran once per caller", token, err)
			}
		})
	}
	group.Wait()
	d.tokens = []string{"no-token-will-do"}
	if _, err := p.Get(t.Context(), testEnv, "hello"); !clierr.Is(err, "wxapi/token-refused") {
		t.Errorf("still refused: %v", err)
	}
	if token, _ := c.Token(t.Context()); token != "token-number-3" {
		t.Errorf("token %s: the command must run again exactly once", token)
	}
}

func TestTokenCommandFailures(t *testing.T) {
	tests := []struct {
		body string
		want clierr.ID
	}{
		{"echo secret-on-stdout; echo secret-on-stderr >&2; exit 3", "wxapi/token-command"},
		{"exit 0", "wxapi/token-command-output"},
		{"echo logging in...; echo token", "wxapi/token-command-output"},
	}
	for _, tt := range tests {
		var stderr strings.Builder
		_, err := NewCommandToken(script(t, tt.body), &stderr).Token(t.Context())
		e, ok := errors.AsType[*clierr.Error](err)
		if !ok || e.ID != tt.want || e.Exit != clierr.Auth || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", tt.body, err)
		}
		if strings.Contains(tt.body, "stderr") && !strings.Contains(stderr.String(), "secret-on-stderr") {
			t.Error("the command's own complaint is lost")
		}
	}
}

// TestTokenCommandStopsWithTheCaller: whoever still runs holds the other end of
// the pipe, which ends only when all are gone.
func TestTokenCommandStopsWithTheCaller(t *testing.T) {
	command := script(t, "sleep 60 & echo started >&2; wait")
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	stop := errors.New("stopped by the user")
	ctx, cancel := context.WithCancelCause(t.Context())
	done := make(chan error, 1)
	go func() {
		_, err := NewCommandToken(command, write).Token(ctx)
		done <- errors.Join(err, write.Close())
	}()
	lines := bufio.NewReader(read)
	if line, err := lines.ReadString('\n'); err != nil || line != "started\n" {
		t.Fatalf("%q, %v", line, err)
	}
	cancel(stop)
	if err := <-done; !errors.Is(err, stop) {
		t.Errorf("got %v, want the caller's reason", err)
	}
	if err := read.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if rest, err := io.ReadAll(lines); err != nil {
		t.Errorf("what the command started is still running: %q, %v", rest, err)
	}
}
