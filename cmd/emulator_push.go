package cmd

import (
	"encoding/json"
	"strconv"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/emulator"
	"wxcloud/emulator/push"
	"wxcloud/internal/clierr"
	"wxcloud/internal/sanitize"
)

func (a *app) newEmulatorPush() *cobra.Command {
	var m push.Message
	var choices []string
	var extra string
	c := a.command("push FUNCTION", text.EmulatorPushShort, text.EmulatorPushLong, clierr.OK, clierr.Failed, clierr.Usage, clierr.NotFound, clierr.Cloud, clierr.Local)
	c.Example = "  wxcloud emulator push service --type text --content 你好\n" +
		"  wxcloud emulator push service --type image --media MEDIA_ID\n" +
		"  wxcloud emulator push service --type miniprogrampage --title 商品 --page pages/goods/index\n" +
		"  wxcloud emulator push service --type event --event user_enter_tempsession --session-from card\n" +
		"  wxcloud emulator push service --type event --event subscribe_msg_popup_event --template TEMPLATE_ID=reject"
	c.Flags().StringVar(&m.Type, "type", push.Text, a.t(text.FlagPushType))
	c.Flags().StringVar(&m.OpenID, "as-user", testUser, a.t(text.FlagPushUser))
	c.Flags().StringVar(&m.Content, "content", "", a.t(text.FlagPushContent))
	c.Flags().StringVar(&m.MediaID, "media", "", a.t(text.FlagPushMedia))
	c.Flags().StringVar(&m.URL, "picture", "", a.t(text.FlagPushPicture))
	c.Flags().StringVar(&m.Title, "title", "", a.t(text.FlagPushTitle))
	c.Flags().StringVar(&m.Page, "page", "", a.t(text.FlagPushPage))
	c.Flags().StringVar(&m.Event, "event", "", a.t(text.FlagPushEvent))
	c.Flags().StringVar(&m.SessionFrom, "session-from", "", a.t(text.FlagPushSession))
	c.Flags().StringArrayVar(&choices, "template", nil, a.t(text.FlagPushTemplate))
	c.Flags().StringVar(&extra, "members", "", a.t(text.FlagPushMembers))
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) != 1 {
			return clierr.New("cmd/needs-function", clierr.Usage, nil)
		}
		for _, choice := range choices {
			m.Choices = append(m.Choices, push.ParseChoice(choice))
		}
		if extra != "" && json.Unmarshal([]byte(extra), &m.Extra) != nil {
			return clierr.New("cmd/event-not-object", clierr.Usage, clierr.Args{"source": "--members"})
		}
		remote, err := a.runningLocal()
		if err != nil {
			return err
		}
		defer remote.Close()
		p, err := remote.Push(c.Context(), args[0], m)
		if err != nil {
			return err
		}
		return a.printPushed(args[0], p)
	}
	return c
}

// printPushed shows what the function got, what it did, and what WeChat makes of
// its answer.
func (a *app) printPushed(function string, p emulator.Pushed) error {
	if p.Verdict != push.Accepted && p.Verdict != push.Forwarded {
		a.exit = clierr.Failed
	}
	if a.flags.json {
		return a.printJSON(struct {
			Schema   string `json:"schema"`
			Function string `json:"function"`
			emulator.Pushed
		}{"wxcloud.emulator.push/1", function, p})
	}
	a.print(text.PushedEvent, "event", string(p.Event))
	if p.Synthetic {
		a.say(text.PushedSynthetic)
	}
	a.printFunctionLog(p.Log)
	for _, x := range p.Calls {
		a.print(text.PushedCall, "api", x.Action, "verdict", x.Verdict)
	}
	for _, m := range p.Sent {
		a.print(text.PushedReply, "user", m.OpenID, "text", m.Text)
	}
	if p.ErrCode != 0 {
		a.printf("%s\n", sanitize.Line(p.ErrMsg))
	} else {
		a.print(text.PushedAnswer, "answer", string(orNull(p.Result)))
	}
	switch p.Verdict {
	case push.Accepted:
		a.print(text.PushAccepted)
	case push.Forwarded:
		a.print(text.PushForwarded)
	case push.Late:
		a.print(text.PushLate, "seconds", strconv.Itoa(int(push.Patience.Seconds())))
	default:
		a.print(text.PushRefused)
	}
	return nil
}
