package cmd

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/emulator"
	"wxcloud/internal/clierr"
	"wxcloud/internal/sanitize"
)

func (a *app) newEmulatorFire() *cobra.Command {
	c := a.command("fire FUNCTION [TRIGGER]", text.EmulatorFireShort, text.EmulatorFireLong, clierr.OK, clierr.Failed, clierr.Usage, clierr.NotFound, clierr.Cloud, clierr.Local)
	c.Example = "  wxcloud emulator fire nightly\n  wxcloud emulator fire nightly cleanup --json"
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) < 1 || len(args) > 2 {
			return clierr.New("cmd/needs-function", clierr.Usage, nil)
		}
		remote, err := a.runningLocal()
		if err != nil {
			return err
		}
		defer remote.Close()
		r, err := remote.Fire(c.Context(), args[0], strings.Join(args[1:], ""))
		if err != nil {
			return err
		}
		if a.flags.json {
			return a.printCallJSON("wxcloud.emulator.fire/1", args[0], r)
		}
		a.printCall(args[0], r)
		return nil
	}
	return c
}

// callDocument is the JSON form of one invocation on the local cloud.
type callDocument struct {
	Schema   string `json:"schema"`
	Function string `json:"function"`
	emulator.CallResult
}

func (a *app) printCallJSON(schema, function string, r emulator.CallResult) error {
	if r.ErrCode != 0 {
		a.exit = clierr.Failed
	}
	return a.printJSON(callDocument{schema, function, r})
}

// printCall shows what a function wrote and how it ended.
func (a *app) printCall(function string, r emulator.CallResult) {
	a.printFunctionLog(r.Log)
	if r.ErrCode == 0 {
		a.printf("%s\n", sanitize.Line(string(orNull(r.Result))))
		return
	}
	a.exit = clierr.Failed
	a.printf("%s\n", sanitize.Line(r.ErrMsg))
	_, _ = fmt.Fprintf(a.io.Err, "%s%s\n", a.io.ErrTheme().Red(a.t(text.ErrorWord)), a.t(text.InvokeFailed, "function", function, "code", strconv.Itoa(r.ErrCode)))
}

// printFunctionLog shows what a function wrote, set off from what is said of it.
func (a *app) printFunctionLog(log string) {
	theme := a.io.ErrTheme()
	for line := range strings.Lines(log) {
		_, _ = fmt.Fprintln(a.io.Err, theme.Dim("| "+sanitize.Line(strings.TrimRight(line, "\n"))))
	}
}

func orNull(result json.RawMessage) json.RawMessage {
	if len(result) == 0 {
		return json.RawMessage("null")
	}
	return result
}
