package cmd

import (
	"os"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/emulator"
	"wxcloud/emulator/interfaces"
	"wxcloud/internal/clierr"
)

// interfacesFolder is the folder of answers a project lays down. One that was
// named must be there; a misspelt one would never be read.
func (a *app) interfacesFolder(p *config.Project, given string) (string, error) {
	if given == "" {
		return interfacesDir(p, ""), nil
	}
	dir := a.absolute(given)
	if _, err := os.ReadDir(dir); err != nil {
		return "", clierr.New("emulator/replies-unreadable", clierr.Local, clierr.Args{"dir": given}).Because(err)
	}
	return dir, nil
}

func (a *app) newEmulatorSubscribe() *cobra.Command {
	var times int
	var forget bool
	c := a.command("subscribe OPENID TEMPLATE_ID", text.EmulatorSubscribeShort, text.EmulatorSubscribeLong, clierr.OK, clierr.Usage, clierr.Cloud, clierr.Local)
	c.Example = "  wxcloud emulator subscribe oUser TEMPLATE_ID --times 3\n  wxcloud emulator subscribe --forget"
	c.Flags().IntVar(&times, "times", 1, a.t(text.FlagSubscribeTimes))
	c.Flags().BoolVar(&forget, "forget", false, a.t(text.FlagSubscribeForget))
	c.Args = cobra.ArbitraryArgs
	c.RunE = func(c *cobra.Command, args []string) error {
		if forget && len(args) > 0 || !forget && len(args) != 2 {
			return clierr.New("emulator/bad-subscription", clierr.Usage, nil)
		}
		remote, err := a.runningLocal()
		if err != nil {
			return err
		}
		defer remote.Close()
		var out emulator.Subscriptions
		if forget {
			out, err = remote.ForgetSubscriptions(c.Context())
		} else {
			out, err = remote.Subscribe(c.Context(), args[0], args[1], times)
		}
		if err != nil {
			return err
		}
		if a.flags.json {
			return a.printJSON(struct {
				Schema string `json:"schema"`
				emulator.Subscriptions
			}{"wxcloud.emulator.subscriptions/1", out})
		}
		if forget {
			a.print(text.EmulatorForgotten)
			return nil
		}
		at := slices.IndexFunc(out.List, func(s interfaces.Subscription) bool { return s.OpenID == args[0] && s.Template == args[1] })
		if at >= 0 {
			a.print(text.EmulatorSubscribed, "openid", args[0], "template", args[1], "left", strconv.Itoa(out.List[at].Left))
		}
		return nil
	}
	return c
}
