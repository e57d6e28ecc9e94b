package cmd

import (
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/emulator/interfaces"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ui"
)

func (a *app) newEmulatorSent() *cobra.Command {
	c := a.command("sent", text.EmulatorSentShort, text.EmulatorSentLong, clierr.OK, clierr.Usage, clierr.Cloud, clierr.Local)
	c.Args = a.noArguments
	c.RunE = func(c *cobra.Command, _ []string) error {
		s, err := a.runningStatus(c.Context())
		if err != nil {
			return err
		}
		if a.flags.json {
			return a.printJSON(struct {
				Schema string               `json:"schema"`
				Sent   []interfaces.Message `json:"sent"`
			}{"wxcloud.emulator.sent/1", s.Sent})
		}
		return a.printSent(s.Sent)
	}
	return c
}

func (a *app) printSent(sent []interfaces.Message) error {
	if len(sent) == 0 {
		a.print(text.EmulatorSentNone)
		return nil
	}
	table := ui.NewTable(a.io.OutTheme(), a.t(text.HeadSentAt), a.t(text.HeadFunction), a.t(text.HeadSentTo), a.t(text.HeadSentKind), a.t(text.HeadSentText))
	for _, m := range sent {
		said := []string{strings.ReplaceAll(m.Text, "\n", "; ")}
		for _, more := range []string{m.Template, m.Page} {
			if more != "" {
				said = append(said, more)
			}
		}
		table.Row(m.At.Local().Format(time.DateTime), m.Function, m.OpenID, m.Kind, strings.Join(said, "  "))
	}
	return table.Write(a.io.Out, a.io.OutWidth())
}
