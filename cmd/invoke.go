package cmd

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/sanitize"
	"wxcloud/perm"
)

// testUser is the OPENID the local cloud's own mini program user has.
const testUser = "oLocalTestUser"

type invokeOptions struct {
	data   string
	asUser string
}

// invocation is the JSON document of invoke.
type invocation struct {
	Schema   string          `json:"schema"`
	Function string          `json:"function"`
	ErrCode  int             `json:"errCode"`
	ErrMsg   string          `json:"errMsg"`
	Result   json.RawMessage `json:"result"`
	Log      string          `json:"log,omitempty"`
}

func (a *app) newInvoke() *cobra.Command {
	var o invokeOptions
	var credentials credentialFlags
	c := a.command("invoke [FUNCTION] [-d EVENT]", text.InvokeShort, text.InvokeLong, clierr.OK, clierr.Failed, clierr.Auth, clierr.Usage, clierr.NotFound, clierr.Cloud, clierr.Local)
	c.Example = "  wxcloud invoke notify --local --as-user\n  wxcloud invoke notify -d '{\"orderId\":1}'\n  wxcloud invoke notify -d @event.json"
	c.Flags().StringVarP(&o.data, "data", "d", "", a.t(text.FlagData))
	registerAsUser(a, c, &o.asUser)
	c.Flags().StringVar(&credentials.tokenCommand, "token-command", "", a.t(text.FlagTokenCommand))
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) > 1 {
			return a.noArguments(c, args[1:])
		}
		return a.invoke(c.Context(), args, o, credentials)
	}
	return c
}

// registerAsUser adds --as-user, whose value may be left out.
func registerAsUser(a *app, c *cobra.Command, openid *string) {
	c.Flags().StringVar(openid, "as-user", "", a.t(text.FlagAsUser))
	c.Flags().Lookup("as-user").NoOptDefVal = testUser
}

func (a *app) invoke(ctx context.Context, names []string, o invokeOptions, credentials credentialFlags) (err error) {
	p, err := a.project()
	if err != nil {
		return err
	}
	functions, err := a.chooseFunctions(p, names, false)
	if err != nil {
		return err
	}
	if len(functions) != 1 {
		return clierr.New("cmd/one-function", clierr.Usage, clierr.Args{"functions": strings.Join(functionNames(functions), ", ")})
	}
	event, err := a.event(ctx, o.data)
	if err != nil {
		return err
	}
	c, err := a.connect(ctx, p, credentials, connectPlanes{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	call, err := c.caller(o.asUser)
	if err != nil {
		return err
	}
	answer, log, err := call(ctx, functions[0].Name, event)
	if err != nil {
		return err
	}
	return a.printInvocation(functions[0], answer, log)
}

// caller chooses how functions are invoked: as the cloud's invocation API does,
// or, on the local cloud, as a mini program's user.
func (c *connection) caller(asUser string) (func(context.Context, string, []byte) (perm.Answer, string, error), error) {
	if asUser != "" {
		if c.local == nil {
			return nil, clierr.New("cmd/as-user-local-only", clierr.Usage, nil)
		}
		return func(ctx context.Context, function string, event []byte) (perm.Answer, string, error) {
			r, err := c.local.CallAsUser(ctx, function, asUser, event)
			return perm.Answer{Result: r.Result, ErrCode: r.ErrCode, ErrMsg: r.ErrMsg}, r.Log, err
		}, nil
	}
	if c.invoker == nil {
		return nil, clierr.New("cmd/cannot-invoke", clierr.Auth, nil).Hint("cmd/hint-app-secret", nil)
	}
	return func(ctx context.Context, function string, event []byte) (perm.Answer, string, error) {
		r, err := c.invoker.Invoke(ctx, function, event)
		return perm.Answer{Result: r.Data, ErrCode: r.ErrCode, ErrMsg: r.ErrMsg}, "", err
	}, nil
}

func (a *app) printInvocation(f config.Function, answer perm.Answer, log string) error {
	if answer.ErrCode != 0 {
		a.exit = clierr.Failed
	}
	result := answer.Result
	if len(result) == 0 {
		result = []byte("null")
	} else if !json.Valid(result) {
		result, _ = json.Marshal(string(result))
	}
	if a.flags.json {
		return a.printJSON(invocation{"wxcloud.invoke/1", f.Name, answer.ErrCode, answer.ErrMsg, result, log})
	}
	theme := a.io.ErrTheme()
	for line := range strings.Lines(log) {
		_, _ = fmt.Fprintln(a.io.Err, theme.Dim("| "+sanitize.Line(strings.TrimRight(line, "\n"))))
	}
	if answer.ErrCode != 0 {
		a.printf("%s\n", sanitize.Line(answer.ErrMsg))
		_, _ = fmt.Fprintf(a.io.Err, "%s%s\n", theme.Red(a.t(text.ErrorWord)), a.t(text.InvokeFailed, "function", f.Name, "code", fmt.Sprint(answer.ErrCode)))
	} else {
		a.printf("%s\n", sanitize.Line(string(result)))
	}
	if strings.Contains(string(result)+answer.ErrMsg, "-604101") {
		_, _ = fmt.Fprintf(a.io.Err, "%swxcloud explain -604101\n", theme.Cyan(a.t(text.HintWord)))
	}
	return nil
}

// event reads what a function is invoked with: JSON, @file, or - for stdin.
func (a *app) event(ctx context.Context, given string) ([]byte, error) {
	data := []byte(given)
	var err error
	source := "--data"
	switch {
	case given == "":
		return []byte("{}"), nil
	case given == "-":
		source = "stdin"
		data, err = a.readInput(ctx)
	case strings.HasPrefix(given, "@"):
		source = given[1:]
		data, err = os.ReadFile(a.absolute(given[1:]))
	}
	if err != nil {
		return nil, clierr.New("cmd/event-unreadable", clierr.Local, clierr.Args{"source": source}).Because(err)
	}
	var object map[string]any
	if err := json.Unmarshal(data, &object); err != nil {
		return nil, clierr.New("cmd/event-not-object", clierr.Usage, clierr.Args{"source": source}).Because(err)
	}
	return data, nil
}
