// Package push makes the messages and events WeChat pushes to a cloud function,
// and judges the answer. It sends nothing and runs no functions.
//
// The forms are those of WeChat's pages on customer service messages, on cloud
// functions that receive pushes (wxcloud/guide/functions/openapi) and on
// subscribe messages. What comes from nowhere but reports is marked.
package push

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"wxcloud/internal/clierr"
)

// The kinds of message.
const (
	Text            = "text"
	Image           = "image"
	MiniProgramPage = "miniprogrampage"
	Event           = "event"
)

// The events whose members are known.
const (
	EnterSession     = "user_enter_tempsession"
	SubscribePopup   = "subscribe_msg_popup_event"
	SubscribeChanged = "subscribe_msg_change_event"
	SubscribeSent    = "subscribe_msg_sent_event"
)

// Message is what a person says about a push; the rest is made up.
type Message struct {
	Type        string   `json:"type"`
	OpenID      string   `json:"openId"`
	Content     string   `json:"content,omitempty"`     // of a text
	MediaID     string   `json:"mediaId,omitempty"`     // of an image
	URL         string   `json:"url,omitempty"`         // of an image, or a page's picture
	Title       string   `json:"title,omitempty"`       // of a page
	Page        string   `json:"page,omitempty"`        // path of a page
	Event       string   `json:"event,omitempty"`       // name of an event
	SessionFrom string   `json:"sessionFrom,omitempty"` // of user_enter_tempsession
	Choices     []Choice `json:"choices,omitempty"`     // of subscribe events
	// Extra are members that replace or join the others, for events of other names.
	Extra map[string]json.RawMessage `json:"extra,omitempty"`
}

// Choice is a template and what became of it.
type Choice struct {
	Template string `json:"templateId"`
	Status   string `json:"status"` // accept or reject; of a message that was sent, its error code
}

// ParseChoice reads TEMPLATE or TEMPLATE=accept.
func ParseChoice(text string) Choice {
	template, status, _ := strings.Cut(text, "=")
	return Choice{template, status}
}

func bad(what string) error {
	return clierr.New("emulator/bad-push", clierr.Usage, clierr.Args{"problem": what})
}

// Build makes the event a function gets, and reports whether documents describe
// its form.
func Build(m Message, appID string, now time.Time) (event json.RawMessage, documented bool, err error) {
	if m.OpenID == "" {
		return nil, false, bad("OPENID")
	}
	members := map[string]any{
		// The documented example has the AppID where servers get the original id.
		"ToUserName": appID, "FromUserName": m.OpenID, "CreateTime": now.Unix(), "MsgType": m.Type,
	}
	documented = len(m.Extra) == 0
	switch m.Type {
	case Text:
		if m.Content == "" {
			return nil, false, bad("content")
		}
		members["Content"] = m.Content
	case Image:
		members["PicUrl"], members["MediaId"] = or(m.URL, "https://mmbiz.qpic.cn/local/0"), or(m.MediaID, madeUp("local_media_"))
	case MiniProgramPage:
		members["Title"], members["AppId"], members["PagePath"] = m.Title, appID, or(m.Page, "pages/index/index")
		members["ThumbUrl"], members["ThumbMediaId"] = or(m.URL, "https://mmbiz.qpic.cn/local/0"), madeUp("local_media_")
	case Event:
		known, err := m.event(members)
		if err != nil {
			return nil, false, err
		}
		documented = documented && known
	default:
		return nil, false, bad("type")
	}
	if m.Type != Event {
		members["MsgId"] = fmt.Sprintf("%016x%016x%d_%d", rand.Uint64(), rand.Uint64(), now.Unix(), now.Unix())
	}
	for name, value := range m.Extra {
		members[name] = value
	}
	event, err = json.Marshal(members)
	return event, documented, err
}

// event adds the members of an event and reports whether its name is known.
func (m Message) event(members map[string]any) (known bool, err error) {
	if m.Event == "" {
		return false, bad("event")
	}
	members["Event"] = m.Event
	switch m.Event {
	case EnterSession:
		members["SessionFrom"] = m.SessionFrom
		return true, nil
	case SubscribePopup, SubscribeChanged, SubscribeSent:
		if len(m.Choices) == 0 {
			return false, bad("template")
		}
		// The documented examples write the time as a text here.
		members["CreateTime"] = fmt.Sprint(members["CreateTime"])
		members["List"] = m.list()
		return true, nil
	}
	return false, nil
}

// list is the List of a subscribe event. One choice is reported to come as an
// object and not as a list of one, against the documented example.
func (m Message) list() any {
	var list []map[string]string
	for _, c := range m.Choices {
		item := map[string]string{"TemplateId": c.Template}
		switch m.Event {
		case SubscribePopup:
			item["SubscribeStatusString"], item["PopupScene"] = or(c.Status, "accept"), "0"
		case SubscribeChanged:
			item["SubscribeStatusString"] = or(c.Status, "reject")
		case SubscribeSent:
			code := or(c.Status, "0")
			item["MsgID"], item["ErrorCode"], item["ErrorStatus"] = fmt.Sprint(rand.Uint64()>>1), code, "success"
			if code != "0" {
				item["ErrorStatus"] = "failed"
			}
		}
		list = append(list, item)
	}
	if len(list) == 1 {
		return list[0]
	}
	return list
}

func or(given, otherwise string) string {
	if given != "" {
		return given
	}
	return otherwise
}

func madeUp(prefix string) string { return fmt.Sprintf("%s%016x", prefix, rand.Uint64()) }

// Verdict is what WeChat makes of a function's answer to a push.
type Verdict string

// The verdicts.
const (
	Accepted  Verdict = "accepted"  // "success" or nothing at all
	Forwarded Verdict = "forwarded" // transfer_customer_service: on to the customer service people
	Refused   Verdict = "refused"   // the user is told that customer service is not available
	Late      Verdict = "late"      // no answer in time: the same, and WeChat pushes again
)

// Patience is how long WeChat waits for an answer (documented).
const Patience = 5 * time.Second

// Judge judges an answer. failed says that the function failed.
func Judge(m Message, result json.RawMessage, failed bool, took time.Duration) Verdict {
	var text string
	var object struct{ MsgType string }
	switch {
	case took > Patience:
		return Late
	case failed:
		return Refused
	case json.Unmarshal(result, &text) == nil && (text == "success" || text == ""): // null too
		return Accepted
	case m.Type != Event && json.Unmarshal(result, &object) == nil && object.MsgType == "transfer_customer_service":
		return Forwarded
	}
	return Refused
}
