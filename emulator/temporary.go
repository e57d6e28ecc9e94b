package emulator

import (
	"sync"
	"time"
)

// maxTemporary bounds how many temporary credentials are kept.
const maxTemporary = 1000

// temporary are credentials with an end, measured on the real clock as every
// signature is.
type temporary struct {
	mu  sync.Mutex
	all map[string]temporarySecret
}

type temporarySecret struct {
	secret
	expires time.Time
}

func (t *temporary) make(life time.Duration, now time.Time) temporarySecret {
	t.mu.Lock()
	defer t.mu.Unlock()
	for id, s := range t.all {
		if now.After(s.expires) {
			delete(t.all, id)
		}
	}
	if t.all == nil || len(t.all) >= maxTemporary {
		t.all = map[string]temporarySecret{}
	}
	s := temporarySecret{secret{id: "AKIDtemp" + randomHex(12), key: randomHex(16), session: randomHex(32)}, now.Add(life)}
	t.all[s.id] = s
	return s
}

// find returns credentials that have not ended. token must come with them.
func (t *temporary) find(id, token string, now time.Time) (secret, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s, ok := t.all[id]
	return s.secret, ok && s.session == token && now.Before(s.expires)
}
