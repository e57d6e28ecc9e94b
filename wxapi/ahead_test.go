package wxapi

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// stringServer hands out numbered random strings after a while.
func stringServer(t *testing.T, after time.Duration) (*UploadKey, func() int) {
	t.Helper()
	var mu sync.Mutex
	asked := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		asked++
		n := asked
		mu.Unlock()
		time.Sleep(after)
		_, _ = fmt.Fprintf(w, `{"errCode":0,"data":{"randomString":"s%d"}}`, n)
	}))
	t.Cleanup(server.Close)
	e, err := Local(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	return NewUploadKey(server.Client(), e, "wx0", nil, UploadKeyOptions{}), func() int { mu.Lock(); defer mu.Unlock(); return asked }
}

// TestStringsAhead: each string is used once, those asked for ahead first, and
// none is asked for beyond what was wanted.
func TestStringsAhead(t *testing.T) {
	u, asked := stringServer(t, 0)
	u.Ahead(2)
	seen := map[string]bool{}
	for range 2 {
		s, ok := u.takeString(t.Context())
		if !ok || seen[s] {
			t.Errorf("got %q, %v", s, ok)
		}
		seen[s] = true
	}
	if _, ok := u.takeString(t.Context()); ok || asked() != 2 {
		t.Errorf("a third one, %d asked for", asked())
	}
	u.KeepAhead(3)
	for range 10 {
		if s, ok := u.takeString(t.Context()); ok && seen[s] {
			t.Errorf("%s is used twice", s)
		} else {
			seen[s] = true
		}
	}
	if n := len(u.ahead.strings); n < 1 || n > 3 {
		t.Errorf("%d kept", n)
	}
}

// TestStringsAheadThatAreOfNoUse: too old, failed, or not there in time.
func TestStringsAheadThatAreOfNoUse(t *testing.T) {
	u, _ := stringServer(t, 0)
	for _, s := range []drawnString{{err: errors.New("lost")}, {text: "old", at: time.Now().Add(-2 * freshString)}, {text: "good", at: time.Now()}} {
		c := make(chan drawnString, 1)
		c <- s
		u.ahead.strings = append(u.ahead.strings, c)
	}
	if s, ok := u.takeString(t.Context()); !ok || s != "good" {
		t.Errorf("got %q, %v", s, ok)
	}
	if _, ok := u.takeString(t.Context()); ok {
		t.Error("there was another")
	}
}
