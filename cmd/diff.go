package cmd

import (
	"bytes"
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/diff"
	"wxcloud/internal/sanitize"
)

type diffOptions struct {
	credentials credentialFlags
	nameOnly    bool
	localNpm    bool
	exitCode    bool
}

// differing is one file that is not the same in the cloud and on disk.
type differing struct {
	File  string `json:"file"`
	State string `json:"state"` // changed, only-disk, only-cloud

	cloud, disk []byte
}

func (a *app) newDiff() *cobra.Command {
	var o diffOptions
	c := a.command("diff [FUNCTION]", text.CodeDiffShort, text.CodeDiffLong,
		clierr.OK, clierr.Auth, clierr.Usage, clierr.NotFound, clierr.Cloud, clierr.Local, clierr.Pending, clierr.OtherCredential)
	c.Example = "  wxcloud diff notify --local\n  wxcloud diff notify --env prod --name-only\n  wxcloud diff notify --env prod --exit-code"
	c.Flags().BoolVar(&o.nameOnly, "name-only", false, a.t(text.FlagNameOnly))
	c.Flags().BoolVar(&o.localNpm, "local-npm", false, a.t(text.FlagLocalNpm))
	c.Flags().BoolVar(&o.exitCode, "exit-code", false, a.t(text.FlagCodeDiffExit))
	o.credentials.register(a, c)
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := a.atMostOne(c, args); err != nil {
			return err
		}
		return a.diff(c.Context(), args, o)
	}
	return c
}

func (a *app) diff(ctx context.Context, args []string, o diffOptions) error {
	project, err := a.project()
	if err != nil {
		return err
	}
	functions, err := a.chooseFunctions(project, args, false)
	if err != nil {
		return err
	}
	if len(functions) != 1 {
		return clierr.New("cmd/one-function", clierr.Usage, clierr.Args{"functions": strconv.Itoa(len(functions))})
	}
	f := functions[0]
	return a.onCloud(ctx, o.credentials, func(p *config.Project, c *connection) error {
		there, from, err := cloudCode(ctx, c.functions, f.Name)
		if err != nil {
			return err
		}
		here, err := diskCode(p, f, c.env, o.localNpm)
		if err != nil {
			return err
		}
		files := codeChanges(there, here)
		if len(files) > 0 && o.exitCode {
			a.exit = clierr.Pending
		}
		if a.flags.json {
			return a.printJSON(struct {
				Schema      string      `json:"schema"`
				Environment string      `json:"environment"`
				Function    string      `json:"function"`
				CodeSHA256  string      `json:"codeSHA256,omitempty"`
				Files       []differing `json:"files"`
			}{"wxcloud.diff/1", c.env.ID, f.Name, from.SHA256, files})
		}
		if len(files) == 0 {
			a.say(text.CodeDiffSame, "function", f.Name, "env", c.env.Name)
			return nil
		}
		a.printDiff(f, files, o)
		a.say(text.CodeDiffCount, "function", f.Name, "env", c.env.Name, "count", strconv.Itoa(len(files)))
		return nil
	})
}

// codeChanges lists what a deploy would change. Files that npm put into one of the
// two and that the other leaves to the cloud are no difference.
func codeChanges(there, here codeFiles) []differing {
	modules := false
	for name := range here {
		modules = modules || installed(name)
	}
	files := []differing{}
	names := maps.Clone(there)
	maps.Copy(names, here)
	for name := range names {
		cloud, inCloud := there[name]
		disk, onDisk := here[name]
		switch {
		case installed(name) && !modules:
			continue
		case !onDisk:
			files = append(files, differing{name, "only-cloud", cloud.Data, nil})
		case !inCloud:
			files = append(files, differing{name, "only-disk", nil, disk.Data})
		case !bytes.Equal(cloud.Data, disk.Data):
			files = append(files, differing{name, "changed", cloud.Data, disk.Data})
		}
	}
	slices.SortFunc(files, func(x, y differing) int { return cmp.Compare(x.File, y.File) })
	return files
}

func (a *app) printDiff(f config.Function, files []differing, o diffOptions) {
	for _, d := range files {
		switch {
		case o.nameOnly:
			mark := map[string]string{"changed": "M", "only-disk": "A", "only-cloud": "D"}[d.State]
			a.printf("%s  %s\n", mark, sanitize.Line(d.File))
		case !isText(d.cloud) || !isText(d.disk):
			a.print(text.CodeDiffBinary, "file", d.File)
		default:
			before, after := d.cloud, d.disk
			switch d.State {
			case "only-disk":
				before = nil
			case "only-cloud":
				before, after = append([]byte{}, d.cloud...), []byte{}
			}
			// The code came from the network: it cannot steer a terminal.
			a.printf("%s", a.painted([]byte(sanitize.Block(string(diff.Unified(f.Name+"/"+d.File, before, after))))))
		}
	}
}
