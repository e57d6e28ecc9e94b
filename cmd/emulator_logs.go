package cmd

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/emulator"
	"wxcloud/emulator/calllog"
	"wxcloud/internal/clierr"
	"wxcloud/internal/sanitize"
)

func (a *app) newEmulatorLogs() *cobra.Command {
	var follow bool
	var last int
	c := a.command("logs [FUNCTION]", text.EmulatorLogsShort, text.EmulatorLogsLong, clierr.OK, clierr.Usage, clierr.NotFound, clierr.Cloud, clierr.Local, clierr.Interrupted)
	c.Example = "  wxcloud emulator logs\n  wxcloud emulator logs notify --follow\n  wxcloud emulator logs --last 3 --json"
	c.Flags().BoolVar(&follow, "follow", false, a.t(text.FlagFollow))
	c.Flags().IntVar(&last, "last", 20, a.t(text.FlagLast))
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) > 1 {
			return a.noArguments(c, args[1:])
		}
		if last < 0 {
			return clierr.New("cmd/bad-last", clierr.Usage, clierr.Args{"value": strconv.Itoa(last)})
		}
		remote, err := a.runningLocal()
		if err != nil {
			return err
		}
		defer remote.Close()
		return a.logs(c.Context(), remote, strings.Join(args, ""), last, follow)
	}
	return c
}

// logsDocument is the JSON form; with --follow there is one for each batch.
type logsDocument struct {
	Schema      string          `json:"schema"`
	Invocations []calllog.Entry `json:"invocations"`
}

func (a *app) logs(ctx context.Context, remote *emulator.Remote, function string, last int, follow bool) error {
	list, after, err := remote.Logs(ctx, function, 0, false)
	if err != nil {
		return err
	}
	list = list[max(0, len(list)-last):]
	if len(list) == 0 && function != "" && !follow { // one that is followed may be yet to come
		s, err := remote.Status(ctx)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(s.Functions, func(f emulator.FunctionStatus) bool { return f.Name == function }) {
			return clierr.New("emulator/function-not-found", clierr.NotFound, clierr.Args{"function": function})
		}
	}
	if len(list) == 0 && !follow && !a.flags.json {
		a.print(text.LogsEmpty, "function", orElse(function, "FUNCTION"))
		return nil
	}
	for {
		if len(list) > 0 || !follow {
			if err := a.printLogs(list); err != nil {
				return err
			}
		}
		if !follow {
			return nil
		}
		if list, after, err = remote.Logs(ctx, function, after, true); err != nil {
			// Ctrl-C, or the local cloud was stopped: that is how following ends.
			if ctx.Err() != nil || clierr.Is(err, "emulator/control-failed") {
				return nil //nolint:nilerr // it is no failure
			}
			return err
		}
	}
}

func (a *app) printLogs(list []calllog.Entry) error {
	if a.flags.json {
		return a.printJSON(logsDocument{"wxcloud.emulator.logs/1", list})
	}
	theme := a.io.OutTheme()
	for _, e := range list {
		how := a.t(text.LogWarm)
		if e.Cold {
			how = a.t(text.LogCold)
		}
		origin := e.Origin
		if e.Trigger != "" {
			origin += " " + e.Trigger
		}
		a.print(text.LogHead, "time", e.Time.Format(time.TimeOnly), "function", e.Function, "origin", origin,
			"duration", e.Duration.Round(time.Millisecond).String(), "memory", strconv.FormatInt(e.Memory>>20, 10), "start", how, "request", e.RequestID)
		for line := range strings.Lines(e.Log) {
			a.printf("%s\n", theme.Dim("  | "+sanitize.Line(strings.TrimRight(line, "\n"))))
		}
		if e.ErrCode != 0 {
			a.printf("  %s\n", theme.Red(sanitize.Line(strconv.Itoa(e.ErrCode)+" "+e.ErrMsg)))
		}
	}
	return nil
}
