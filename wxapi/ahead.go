package wxapi

import (
	"context"
	"sync"
	"time"
)

// freshString is how old a random string may be when it is used. How long the
// server takes one is not documented; miniprogram-ci uses each at once.
const freshString = 5 * time.Second

// ahead are random strings that were asked for before they are needed, while
// other requests are under way. Each is used once, like any other.
type ahead struct {
	mu      sync.Mutex
	keep    int // how many to have while requests go on
	strings []chan drawnString
}

type drawnString struct {
	text string
	at   time.Time
	err  error
}

// Ahead asks for n random strings now, for requests that are certain to come.
// A request that finds one saves a round trip.
func (u *UploadKey) Ahead(n int) {
	for range n {
		u.draw()
	}
}

// KeepAhead asks, from now on, for another string whenever one is used, and has
// at most n of them. It is for many requests in a row: a few are left over at
// the end.
func (u *UploadKey) KeepAhead(n int) {
	u.ahead.mu.Lock()
	u.ahead.keep = n
	u.ahead.mu.Unlock()
}

// draw asks for one string in the background.
func (u *UploadKey) draw() {
	c := make(chan drawnString, 1)
	u.ahead.mu.Lock()
	u.ahead.strings = append(u.ahead.strings, c)
	u.ahead.mu.Unlock()
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), freshString)
		defer cancel()
		text, err := u.randomString(ctx)
		c <- drawnString{text, time.Now(), err}
	}()
}

// takeString returns a string that was asked for ahead, if one is there or on
// its way. One that could not be had, or is too old, is no loss.
func (u *UploadKey) takeString(ctx context.Context) (string, bool) {
	for {
		u.ahead.mu.Lock()
		var next chan drawnString
		if len(u.ahead.strings) > 0 {
			next, u.ahead.strings = u.ahead.strings[0], u.ahead.strings[1:]
		}
		more := len(u.ahead.strings) < u.ahead.keep
		u.ahead.mu.Unlock()
		if next == nil {
			if more {
				u.draw() // for the one after this
			}
			return "", false
		}
		select {
		case s := <-next:
			if s.err != nil || time.Since(s.at) > freshString {
				continue
			}
			if more {
				u.draw()
			}
			return s.text, true
		case <-ctx.Done():
			return "", false
		}
	}
}
