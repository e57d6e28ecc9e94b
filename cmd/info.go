package cmd

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ui"
	"wxcloud/wxapi"
)

// functionInfo is the JSON document of info. Variables are named, never shown:
// their values may be secrets, and vars list --show is there for them.
type functionInfo struct {
	Schema            string        `json:"schema"`
	Environment       string        `json:"environment"`
	Function          string        `json:"function"`
	Status            string        `json:"status"`
	Reasons           []string      `json:"reasons"`
	Runtime           string        `json:"runtime"`
	Handler           string        `json:"handler,omitempty"`
	MemoryMB          int           `json:"memoryMB,omitempty"`
	TimeoutSeconds    int           `json:"timeoutSeconds,omitempty"`
	InstallDependency *bool         `json:"installDependency,omitempty"`
	CodeSize          int64         `json:"codeSize,omitempty"`
	CodeSHA256        string        `json:"codeSHA256,omitempty"`
	Created           string        `json:"created,omitempty"`
	Modified          string        `json:"modified"`
	Variables         []string      `json:"variables"`
	Triggers          []infoTrigger `json:"triggers"`
	Permissions       *[]string     `json:"permissions,omitempty"` // absent where no credential can read them
}

type infoTrigger struct {
	Name string `json:"name"`
	Cron string `json:"config"`
}

func (a *app) newInfo() *cobra.Command {
	var flags credentialFlags
	c := a.command("info [FUNCTION]", text.InfoFunctionShort, text.InfoFunctionLong, clierr.OK, clierr.Auth, clierr.Usage, clierr.NotFound, clierr.Cloud, clierr.Local, clierr.OtherCredential)
	c.Example = "  wxcloud info notify --local\n  wxcloud info notify --env prod --json"
	flags.register(a, c)
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, args []string) error {
		name, err := a.onlyName(c, args)
		if err != nil {
			return err
		}
		return a.info(c.Context(), name, flags)
	}
	return c
}

func (a *app) info(ctx context.Context, name string, flags credentialFlags) error {
	return a.onCloud(ctx, flags, func(_ *config.Project, c *connection) error {
		f, err := c.functions.GetFunction(ctx, name)
		if err != nil {
			return err
		}
		told := a.describeFunction(f)
		told.Environment = c.env.ID
		// The hash and the list are extras: a credential that cannot read them
		// still tells the rest.
		if at, err := c.functions.Address(ctx, name); err == nil {
			told.CodeSHA256 = at.SHA256
		} else if cause := context.Cause(ctx); cause != nil {
			return cause
		}
		if c.permissions != nil {
			if list, err := c.permissions.Get(ctx, c.env.ID, name); err == nil {
				told.Permissions = &list
			} else if cause := context.Cause(ctx); cause != nil {
				return cause
			}
		}
		if a.flags.json {
			return a.printJSON(told)
		}
		a.tellPartial(f)
		return a.printFunction(told)
	})
}

// tellPartial says when settings may be there that the credential cannot see.
func (a *app) tellPartial(f wxapi.Function) {
	if f.Partial {
		a.say(text.PartialSettings)
	}
}

func (a *app) describeFunction(f wxapi.Function) functionInfo {
	told := functionInfo{
		Schema: "wxcloud.info/1", Function: f.Name, Status: f.Status, Reasons: []string{}, Runtime: f.Runtime, Handler: f.Handler,
		MemoryMB: f.MemoryMB, TimeoutSeconds: f.TimeoutSeconds, CodeSize: f.CodeSize,
		Created: f.AddTime, Modified: f.ModTime, Variables: []string{}, Triggers: []infoTrigger{},
	}
	if install := bool(f.InstallDependency); !f.Partial {
		told.InstallDependency = &install
	}
	for _, r := range f.StatusReasons {
		told.Reasons = append(told.Reasons, strings.TrimSpace(r.Code+" "+r.Message))
	}
	if len(told.Reasons) == 0 && f.StatusDesc != "" {
		told.Reasons = append(told.Reasons, f.StatusDesc)
	}
	for _, v := range f.Environment.Variables {
		told.Variables = append(told.Variables, v.Key)
	}
	slices.Sort(told.Variables)
	for _, t := range f.Triggers {
		told.Triggers = append(told.Triggers, infoTrigger{t.Name, t.Cron()})
	}
	return told
}

func (a *app) printFunction(f functionInfo) error {
	theme := a.io.OutTheme()
	table := ui.NewTable(theme)
	row := func(name text.Sentence, value string, style func(string) string) {
		if value != "" && value != "0" {
			table.Cells(ui.Cell{Text: a.t(name), Style: theme.Bold}, ui.Cell{Text: value, Style: style})
		}
	}
	number := func(n int, unit string) string {
		if n == 0 {
			return ""
		}
		return strconv.Itoa(n) + " " + unit
	}
	row(text.HeadFunction, f.Function, nil)
	row(text.InfoEnvironment, f.Environment, nil)
	row(text.HeadStatus, f.Status, statusStyle(theme, f.Status))
	for _, reason := range f.Reasons {
		row(text.InfoReason, reason, theme.Red)
	}
	row(text.HeadRuntime, f.Runtime, nil)
	row(text.InfoHandler, f.Handler, nil)
	row(text.InfoMemory, number(f.MemoryMB, "MB"), nil)
	row(text.InfoTimeout, number(f.TimeoutSeconds, "s"), nil)
	if f.InstallDependency != nil {
		row(text.InfoInstall, a.t(map[bool]text.Sentence{true: text.WordYes, false: text.WordNo}[*f.InstallDependency]), nil)
	}
	row(text.InfoCodeSize, strconv.FormatInt(f.CodeSize, 10), nil)
	row(text.InfoHash, f.CodeSHA256, nil)
	row(text.InfoCreated, f.Created, nil)
	row(text.HeadModified, f.Modified, nil)
	row(text.InfoVariables, orElse(strings.Join(f.Variables, ", "), "-"), nil)
	for _, t := range f.Triggers {
		row(text.InfoTrigger, t.Name+"  "+t.Cron, nil)
	}
	if f.Permissions == nil {
		row(text.InfoPermissions, a.t(text.InfoPermissionsUnread), theme.Dim)
	} else {
		row(text.InfoPermissions, orElse(strings.Join(*f.Permissions, ", "), "-"), nil)
	}
	return table.Write(a.io.Out, a.io.OutWidth())
}
