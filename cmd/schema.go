package cmd

import (
	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/docs"
	"wxcloud/internal/clierr"
)

func (a *app) newSchema() *cobra.Command {
	c := a.command("schema", text.SchemaShort, text.SchemaLong, clierr.OK)
	c.Example = "  wxcloud schema > wxcloud.schema.json"
	c.Args = a.noArguments
	c.RunE = func(*cobra.Command, []string) error { // with --json too: it is JSON as it is
		a.told = true
		_, err := a.io.Out.Write([]byte(docs.SettingsSchema()))
		return err
	}
	return c
}
