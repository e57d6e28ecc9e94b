package interfaces

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"time"
)

// Memory is what one call does for the next: subscriptions used up, codes
// redeemed, conversations users have begun. Its methods may be used from any goroutine.
type Memory struct {
	mu sync.Mutex
	remembered
}

// remembered is the JSON form of a Memory.
type remembered struct {
	// Counted says that a message needs a subscription. Until somebody gives the
	// first one every user counts as subscribed, so that code can be tried at once.
	Counted       bool                    `json:"counted,omitempty"`
	Subscriptions []Subscription          `json:"subscriptions,omitempty"`
	Redeemed      []string                `json:"redeemed,omitempty"`
	Codes         int                     `json:"codes,omitempty"`
	Conversations map[string]conversation `json:"conversations,omitempty"`
}

// Subscription is a user's acceptance of a template: one message each.
type Subscription struct {
	OpenID   string `json:"openId"`
	Template string `json:"templateId"`
	Left     int    `json:"left"`
}

// MarshalJSON writes everything remembered.
func (m *Memory) MarshalJSON() ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return json.Marshal(m.remembered)
}

// UnmarshalJSON reads it back.
func (m *Memory) UnmarshalJSON(data []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.remembered = remembered{}
	return json.Unmarshal(data, &m.remembered)
}

// maxSubscriptions bounds how many pairs of user and template are kept.
const maxSubscriptions = 10_000

// Subscribe notes that a user accepted a template so many times, and from then on
// counts. It reports false when there are too many subscriptions.
func (m *Memory) Subscribe(openid, template string, times int) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.Counted = true
	if at := m.subscription(openid, template); at >= 0 {
		m.remembered.Subscriptions[at].Left += times
		return true
	}
	if len(m.remembered.Subscriptions) >= maxSubscriptions {
		return false
	}
	m.remembered.Subscriptions = append(m.remembered.Subscriptions, Subscription{openid, template, times})
	return true
}

// Count makes every message need a subscription, or none.
func (m *Memory) Count(on bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.Counted = on
	if !on {
		m.remembered.Subscriptions = nil
	}
}

// Subscriptions are those that were given, used up ones included, and whether
// messages need one.
func (m *Memory) Subscriptions() (list []Subscription, counted bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	list = append([]Subscription{}, m.remembered.Subscriptions...)
	slices.SortFunc(list, func(a, b Subscription) int {
		return strings.Compare(a.OpenID+"\x00"+a.Template, b.OpenID+"\x00"+b.Template)
	})
	return list, m.Counted
}

func (m *Memory) subscription(openid, template string) int {
	return slices.IndexFunc(m.remembered.Subscriptions, func(s Subscription) bool {
		return s.OpenID == openid && s.Template == template
	})
}

func (m *Memory) takeSubscription(openid, template string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.Counted {
		return true
	}
	at := m.subscription(openid, template)
	if at < 0 || m.remembered.Subscriptions[at].Left == 0 {
		return false
	}
	m.remembered.Subscriptions[at].Left--
	return true
}

// maxRedeemed is how many codes are known to be used; older ones work again.
const maxRedeemed = 256

// redeem reports whether a code is used for the first time.
func (m *Memory) redeem(code string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if slices.Contains(m.Redeemed, code) {
		return false
	}
	m.Redeemed = append(m.Redeemed, code)
	m.Redeemed = m.Redeemed[max(0, len(m.Redeemed)-maxRedeemed):]
	return true
}

// maxCodes is how many codes wxacode.get and wxacode.createQRCode make together.
const maxCodes = 100_000

func (m *Memory) takeCode() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.Codes >= maxCodes {
		return false
	}
	m.Codes++
	return true
}

// conversation is what a user's last action allows: so many messages until then.
type conversation struct {
	Until time.Time `json:"until"`
	Left  int       `json:"left"`
}

// maxConversations bounds how many users are remembered.
const maxConversations = 1000

// Wrote notes that a user wrote to customer service, which lets it answer five
// times within 48 hours (documented).
func (m *Memory) Wrote(openid string, now time.Time) { m.converse(openid, 5, 48*time.Hour, now) }

// Entered notes that a user opened customer service, which lets it say two things
// within a minute (documented).
func (m *Memory) Entered(openid string, now time.Time) { m.converse(openid, 2, time.Minute, now) }

// converse begins a conversation anew: what is allowed does not add up, the larger
// number and the later end count.
func (m *Memory) converse(openid string, messages int, window time.Duration, now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	talk := conversation{Until: now.Add(window), Left: messages}
	old, known := m.Conversations[openid]
	if !now.After(old.Until) {
		talk.Left = max(talk.Left, old.Left)
		if old.Until.After(talk.Until) {
			talk.Until = old.Until
		}
	}
	if m.Conversations == nil || !known && len(m.Conversations) >= maxConversations {
		m.Conversations = map[string]conversation{}
	}
	m.Conversations[openid] = talk
}

// takeReply uses up one of the messages a user's action allows. A user who never
// did anything here is let pass: the local cloud saw no beginning to measure from.
func (m *Memory) takeReply(c *call) *refusal {
	m.mu.Lock()
	defer m.mu.Unlock()
	openid := c.args.text("touser")
	talk, known := m.Conversations[openid]
	switch {
	case !known:
		return nil
	case c.Now.After(talk.Until):
		return refusing(c.info, 45015, "touser wrote too long ago")
	case talk.Left == 0:
		return refusing(c.info, 45047, "touser got all the messages allowed since writing")
	}
	talk.Left--
	m.Conversations[openid] = talk
	return nil
}
