package cmd

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
)

// version is a variable only because the linker can set nothing else; it is set by the release build with -ldflags "-X wxcloud/cmd.version=v1.2.3".
var version = ""

func (a *app) newVersion() *cobra.Command {
	c := a.command("version", text.VersionShort, text.Sentence{}, clierr.OK)
	c.Args = a.noArguments
	c.RunE = func(*cobra.Command, []string) error {
		v := currentVersion()
		if a.flags.json {
			return a.printJSON(struct {
				Schema   string `json:"schema"`
				Version  string `json:"version"`
				Go       string `json:"go"`
				Platform string `json:"platform"`
			}{"wxcloud.version/1", v, runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH})
		}
		a.printf("wxcloud %s (%s, %s/%s)\n", v, runtime.Version(), runtime.GOOS, runtime.GOARCH)
		return nil
	}
	return c
}

// currentVersion is the released version, else the one the module proxy or the
// checkout gave the build, else "dev".
func currentVersion() string {
	if version != "" {
		return version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "dev"
	}
	return info.Main.Version
}
