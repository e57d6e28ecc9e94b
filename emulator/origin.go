package emulator

import (
	"slices"
	"strings"

	"wxcloud/internal/clierr"
)

// Origin is what started an invocation. On it depends whether the invocation
// carries a cloud-call ticket, without which a function can make no cloud call.
type Origin string

// The origins, as Options.Tickets names them.
const (
	FromUser        Origin = "user"         // the mini program
	FromHTTP        Origin = "http"         // tcb/invokecloudfunction
	FromPush        Origin = "push"         // a message WeChat pushes
	FromWeChatTimer Origin = "wechat-timer" // a timer stored with WeChat (uploadfuncconfig type 2, or DevTools)
	FromTimer       Origin = "timer"        // a timer stored with the cloud (BatchCreateTrigger)
	FromFunction    Origin = "function"     // another function
	FromInvoke      Origin = "invoke"       // the cloud action Invoke
)

// Origins lists all origins.
func Origins() []Origin {
	return []Origin{FromUser, FromHTTP, FromPush, FromWeChatTimer, FromTimer, FromFunction, FromInvoke}
}

// DefaultTickets are the origins that carry a ticket according to the documents:
// cloud calls must begin in the mini program or with WeChat's HTTP API; functions
// called by functions, from the console and by timers have none, "except timers
// set with WeChat's developer tools" (docs.cloudbase.net, missing-wxcloudapitoken-error;
// WeChat's page on triggers). The documented example of a pushed message answers
// it with a cloud call.
func DefaultTickets() []Origin { return []Origin{FromUser, FromHTTP, FromPush, FromWeChatTimer} }

// ParseOrigins reads a list such as "user,http,timer"; "" and "none" are none.
func ParseOrigins(text string) ([]Origin, error) {
	list := []Origin{}
	if text == "" || text == "none" {
		return list, nil
	}
	for name := range strings.SplitSeq(text, ",") {
		o := Origin(strings.TrimSpace(name))
		if !slices.Contains(Origins(), o) {
			return nil, clierr.New("emulator/bad-origin", clierr.Usage, clierr.Args{"origin": name, "origins": JoinOrigins(Origins())})
		}
		list = append(list, o)
	}
	return list, nil
}

// JoinOrigins is the text ParseOrigins reads.
func JoinOrigins(list []Origin) string {
	names := make([]string, len(list))
	for i, o := range list {
		names[i] = string(o)
	}
	return strings.Join(names, ",")
}

func (o Origin) timer() bool { return o == FromTimer || o == FromWeChatTimer }

// weChat reports whether WeChat knows of the invocation, so that it carries the
// app's id. A callee keeps its caller's.
func (o Origin) weChat() bool { return o != FromTimer && o != FromInvoke }

// source is SOURCE of getWXContext, where WeChat documents one; a callee's is
// that of its caller and ",scf", which the SDK writes. That a push is of unknown
// source, and what timers outside WeChat are called, is this program's choice.
func (o Origin) source() string {
	switch o {
	case FromUser:
		return "wx_client"
	case FromHTTP:
		return "wx_http"
	case FromWeChatTimer:
		return "wx_trigger"
	case FromPush:
		return "wx_unknown"
	case FromTimer:
		return "timer"
	default:
		return "unknown"
	}
}

// triggerSource is TRIGGER_SRC, which decides where the SDK looks for the ticket.
func (o Origin) triggerSource() string {
	if o.timer() {
		return "timer"
	}
	return "tcb"
}

// ticketVariable is where the SDK looks for the ticket of an invocation.
func (o Origin) ticketVariable() string {
	if o.timer() {
		return "WX_TRIGGER_API_TOKEN_V0"
	}
	return "WX_API_TOKEN"
}
