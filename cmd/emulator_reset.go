package cmd

import (
	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/emulator"
	"wxcloud/internal/clierr"
)

func (a *app) newEmulatorReset() *cobra.Command {
	c := a.command("reset", text.EmulatorResetShort, text.EmulatorResetLong, clierr.OK, clierr.Usage, clierr.Cloud, clierr.Local, clierr.Interrupted)
	c.Example = "  wxcloud emulator reset\n  wxcloud emulator reset --yes"
	c.Args = a.noArguments
	c.RunE = func(c *cobra.Command, _ []string) error {
		p, err := a.projectWithoutRoot()
		if err != nil {
			return err
		}
		dir := localDir(p)
		yes, err := a.confirm(a.t(text.AskReset, "dir", a.relative(dir)), false)
		if err != nil {
			return err
		}
		if yes {
			if err := a.resetLocal(c, dir); err != nil {
				return err
			}
		}
		if a.flags.json {
			return a.printJSON(struct {
				Schema string `json:"schema"`
				Reset  bool   `json:"reset"`
			}{"wxcloud.emulator.reset/1", yes})
		}
		a.print(map[bool]text.Sentence{true: text.EmulatorResetDone, false: text.EmulatorResetLeft}[yes])
		return nil
	}
	return c
}

// resetLocal empties the local cloud that runs, or the folder of one that does
// not, also when its state cannot be read.
func (a *app) resetLocal(c *cobra.Command, dir string) error {
	remote, err := emulator.Attach(dir)
	if clierr.Is(err, "emulator/not-running") {
		return emulator.ResetFolder(dir)
	}
	if err != nil {
		return err
	}
	defer remote.Close()
	return remote.Reset(c.Context())
}
