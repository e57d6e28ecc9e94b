package emulator

import (
	"context"
	"encoding/json"

	"wxcloud/emulator/interfaces"
	"wxcloud/internal/clierr"
)

// Subscriptions are what users accepted to receive.
type Subscriptions struct {
	// Counted says that subscribeMessage.send needs a subscription and uses it up.
	// Until the first one is given, every user counts as subscribed.
	Counted bool                      `json:"counted"`
	List    []interfaces.Subscription `json:"list"`
}

// subscribeRequest gives a subscription, or with Forget takes all away.
type subscribeRequest struct {
	OpenID   string `json:"openId"`
	Template string `json:"templateId"`
	Times    int    `json:"times"`
	Forget   bool   `json:"forget,omitempty"`
}

// maxTimes bounds what one call gives.
const maxTimes = 1_000_000

// Subscribe lets a user accept a template so many times, one message each, as
// wx.requestSubscribeMessage does. From then on messages need a subscription.
func (r *Remote) Subscribe(ctx context.Context, openid, template string, times int) (Subscriptions, error) {
	var out Subscriptions
	err := r.call(ctx, "subscribe", subscribeRequest{OpenID: openid, Template: template, Times: times}, &out)
	return out, err
}

// ForgetSubscriptions takes all subscriptions away and no longer asks for any,
// unless the options of the local cloud say otherwise.
func (r *Remote) ForgetSubscriptions(ctx context.Context) (Subscriptions, error) {
	var out Subscriptions
	err := r.call(ctx, "subscribe", subscribeRequest{Forget: true}, &out)
	return out, err
}

func (e *Emulator) subscribe(q *request) (any, *clierr.Error) {
	var in subscribeRequest
	if json.Unmarshal(q.body, &in) != nil {
		return nil, badControl("subscribe")
	}
	e.mu.Lock()
	memory := e.state.Interfaces
	e.mu.Unlock()
	switch {
	case in.Forget:
		memory.Count(false)
		memory.Count(e.options.StrictSubscriptions)
	case in.OpenID == "" || in.Template == "" || in.Times < 1 || in.Times > maxTimes || !memory.Subscribe(in.OpenID, in.Template, in.Times):
		return nil, clierr.New("emulator/bad-subscription", clierr.Usage, nil)
	}
	if err := e.save(); err != nil {
		return nil, e.unusable(err)
	}
	return subscriptionsOf(memory), nil
}

func subscriptionsOf(m *interfaces.Memory) Subscriptions {
	list, counted := m.Subscriptions()
	return Subscriptions{Counted: counted, List: list}
}
