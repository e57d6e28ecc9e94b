package interfaces

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Message is what a user would have received.
type Message struct {
	At       time.Time `json:"at"` // on the local cloud's clock
	API      string    `json:"api"`
	Function string    `json:"function"`
	OpenID   string    `json:"openId"`
	Kind     string    `json:"kind"` // "subscribe", or the msgtype of a customer service message
	Template string    `json:"templateId,omitempty"`
	Page     string    `json:"page,omitempty"`
	// Text is what it says, in one line for each part: "thing1: coffee".
	Text string `json:"text"`
}

// maxText is how much of a text is kept, in bytes; maxName of an id or a page.
const (
	maxText = 2000
	maxName = 256
)

func (c *call) message(kind, text string) *Message {
	return &Message{
		At: c.Now, API: c.API, OpenID: clip(c.args.text("touser"), maxName), Kind: clip(kind, maxName), Text: clip(text, maxText),
	}
}

// clip shortens a text to at most size bytes, at the end of a character.
func clip(s string, size int) string {
	if len(s) <= size {
		return s
	}
	s = s[:size-len("…")]
	for len(s) > 0 && !utf8.RuneStart(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	if last, n := utf8.DecodeLastRuneInString(s); last == utf8.RuneError && n > 0 {
		s = s[:len(s)-n]
	}
	return s + "…"
}

func subscribeMessage(c *call) *Message {
	data, _ := c.args.at("data").(map[string]any)
	var lines []string
	for _, keyword := range slices.Sorted(maps.Keys(data)) {
		value, _ := data[keyword].(map[string]any)
		lines = append(lines, keyword+": "+plain(value["value"]))
	}
	m := c.message("subscribe", strings.Join(lines, "\n"))
	m.Template, m.Page = clip(c.args.text("template_id"), maxName), clip(c.args.text("page"), maxName)
	return m
}

// checkSubscribe looks at the keywords: all that documentation says of them is
// what their names allow, and 47003 if they do not fit.
func checkSubscribe(c *call) *refusal {
	data, _ := c.args.at("data").(map[string]any)
	for _, keyword := range slices.Sorted(maps.Keys(data)) {
		entry, _ := data[keyword].(map[string]any)
		value, given := entry["value"]
		if !given || value == nil {
			return refusing(c.info, 47003, "data."+clip(keyword, maxName)+" has no value")
		}
		if text := plain(value); !keywordFits(keyword, text) {
			r := refusing(c.info, 47003, "data."+clip(keyword, maxName)+".value does not fit what its keyword allows")
			r.message = "argument invalid! data." + keyword + ".value invalid"
			return r
		}
	}
	return nil
}

func sendSubscribe(c *call) (any, *refusal) {
	openid, template := c.args.text("touser"), c.args.text("template_id")
	if !c.memory.takeSubscription(openid, template) {
		return nil, refusing(c.info, 43101, "touser has no subscription to template_id left")
	}
	c.sent = subscribeMessage(c)
	return success{}, nil
}

func customerMessage(c *call) *Message {
	kind := c.args.text("msgtype")
	m := c.message(kind, customerText(c.args, kind))
	m.Page = clip(c.args.text("miniprogrampage", "pagepath"), maxName)
	return m
}

// customerText is what a customer service message says, by its type.
func customerText(a arguments, kind string) string {
	switch kind {
	case "text":
		return a.text("text", "content")
	case "link":
		return strings.TrimSpace(a.text("link", "title") + " " + a.text("link", "url"))
	case "miniprogrampage":
		return strings.TrimSpace(a.text("miniprogrampage", "title") + " " + a.text("miniprogrampage", "pagepath"))
	case "msgmenu":
		lines := []string{a.text("msgmenu", "head_content")}
		list, _ := a.at("msgmenu", "list").([]any)
		for _, item := range list {
			o, _ := item.(map[string]any)
			lines = append(lines, plain(o["id"])+": "+plain(o["content"]))
		}
		return strings.Trim(strings.Join(append(lines, a.text("msgmenu", "tail_content")), "\n"), "\n")
	default:
		return a.text(kind, "media_id")
	}
}

// checkCustomer looks for the part of the message that its type promises.
func checkCustomer(c *call) *refusal {
	kind := c.args.text("msgtype")
	switch kind {
	case "text", "image", "voice", "video", "music", "news", "mpnews", "mpnewsarticle", "msgmenu", "wxcard", "miniprogrampage", "link":
	default:
		r := refusing(c.info, 40008, "msgtype is none of the documented ones")
		r.source = Synthetic // the code is general, not the interface's
		return r
	}
	if _, ok := c.args.at(kind).(map[string]any); !ok {
		r := refusing(c.info, 47001, kind+" is missing, which msgtype "+kind+" needs")
		r.source = Synthetic
		return r
	}
	return nil
}

func sendCustomer(c *call) (any, *refusal) {
	if r := c.memory.takeReply(c); r != nil {
		return nil, r
	}
	c.sent = customerMessage(c)
	return success{}, nil
}

// plain is a value as a person reads it.
func plain(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case nil:
		return ""
	default:
		data, err := json.Marshal(v)
		if err != nil {
			return ""
		}
		return string(data)
	}
}

// checkTemplate bounds what documentation bounds: two to five keywords, and a
// description of at most fifteen characters.
func checkTemplate(c *call) *refusal {
	list, _ := find(c.args, "kidList")
	if kids, _ := list.([]any); len(kids) < 2 || len(kids) > 5 {
		return refusing(c.info, 200020, "kidList holds 2 to 5 keywords")
	}
	if n := utf8.RuneCountInString(c.args.text("sceneDesc")); n > 15 {
		return refusing(c.info, 200021, "sceneDesc has more than 15 characters")
	}
	return nil
}

// addTemplate makes up a template id as long as WeChat's are.
func addTemplate(c *call) (any, *refusal) {
	return struct {
		success
		ID string `json:"priTmplId"`
	}{ID: c.made("template", 43)}, nil
}
