package cmd

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/internal/sanitize"
	"wxcloud/perm"
	"wxcloud/wxapi"
)

// testUser is the OPENID the local cloud's own mini program user has.
const testUser = "oLocalTestUser"

type invokeOptions struct {
	data        string
	asUser      string
	via         string
	credentials credentialFlags
}

// The two planes that --plane names.
const (
	planeWeChat = "wechat" // the invocation API: a cloud-call ticket, five seconds at most
	planeSCF    = "scf"    // past WeChat: no ticket, with the log
)

// invocation is the JSON document of invoke.
type invocation struct {
	Schema    string          `json:"schema"`
	Function  string          `json:"function"`
	Plane     string          `json:"plane"` // wechat, scf, or user for --as-user
	ErrCode   int             `json:"errCode"`
	ErrMsg    string          `json:"errMsg"`
	Result    json.RawMessage `json:"result"`
	Log       string          `json:"log,omitempty"`
	RequestID string          `json:"requestId,omitempty"`
	Millis    float64         `json:"durationMs,omitempty"`
	Memory    int64           `json:"memoryBytes,omitempty"`
}

func (a *app) newInvoke() *cobra.Command {
	var o invokeOptions
	c := a.command("invoke [FUNCTION] [-d EVENT]", text.InvokeShort, text.InvokeLong,
		clierr.OK, clierr.Failed, clierr.Auth, clierr.Usage, clierr.NotFound, clierr.Cloud, clierr.Local, clierr.OtherCredential)
	c.Example = "  wxcloud invoke notify --local --as-user\n  wxcloud invoke notify -d '{\"orderId\":1}'\n  wxcloud invoke notify -d @event.json\n  wxcloud invoke notify --plane scf"
	c.Flags().StringVarP(&o.data, "data", "d", "", a.t(text.FlagData))
	registerAsUser(a, c, &o.asUser)
	c.Flags().StringVar(&o.via, "plane", planeWeChat, a.t(text.FlagPlane))
	_ = c.RegisterFlagCompletionFunc("plane", cobra.FixedCompletions([]string{planeWeChat, planeSCF}, cobra.ShellCompDirectiveNoFileComp))
	o.credentials.register(a, c)
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) > 1 {
			return a.noArguments(c, args[1:])
		}
		return a.invoke(c.Context(), args, o)
	}
	return c
}

// registerAsUser adds --as-user, whose value may be left out.
func registerAsUser(a *app, c *cobra.Command, openid *string) {
	c.Flags().StringVar(openid, "as-user", "", a.t(text.FlagAsUser))
	c.Flags().Lookup("as-user").NoOptDefVal = testUser
}

func (a *app) invoke(ctx context.Context, names []string, o invokeOptions) (err error) {
	if o.via != planeWeChat && o.via != planeSCF {
		return clierr.New("cmd/bad-plane", clierr.Usage, clierr.Args{"given": o.via})
	}
	if o.via == planeSCF && o.asUser != "" {
		return clierr.New("cmd/plane-and-user", clierr.Usage, nil)
	}
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
	event, err := a.event(ctx, "--data", o.data)
	if err != nil {
		return err
	}
	c, err := a.connect(ctx, p, o.credentials, connectPlanes{code: o.via == planeSCF})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	told := invocation{Schema: "wxcloud.invoke/1", Function: functions[0].Name, Plane: o.via}
	if o.asUser != "" {
		told.Plane = "user"
	}
	if o.via == planeSCF {
		err = c.invokeSCF(ctx, &told, event)
	} else {
		err = c.invokeWeChat(ctx, &told, o.asUser, event)
	}
	if wxapi.IsUncertain(err) {
		// It is not sent again: a function that ran twice may have charged twice.
		return clierr.New("cmd/may-have-run", clierr.Cloud, clierr.Args{"function": told.Function}).Because(err)
	}
	if err != nil {
		return err
	}
	return a.printInvocation(told)
}

// invokeWeChat runs a function through the invocation API, or as a user of the
// local cloud's mini program.
func (c *connection) invokeWeChat(ctx context.Context, told *invocation, asUser string, event []byte) error {
	call, err := c.caller(asUser)
	if err != nil {
		return err
	}
	answer, log, err := call(ctx, told.Function, event)
	told.Result, told.ErrCode, told.ErrMsg, told.Log = answer.Result, answer.ErrCode, answer.ErrMsg, log
	return err
}

// invokeSCF runs a function past WeChat.
func (c *connection) invokeSCF(ctx context.Context, told *invocation, event []byte) error {
	run, err := c.functions.Invoke(ctx, told.Function, event)
	if err != nil {
		return err
	}
	told.Result, told.ErrMsg, told.Log = []byte(run.Result), run.Error, run.Log
	told.RequestID, told.Millis, told.Memory = run.RequestID, run.Duration, run.MemUsage
	if run.Failed != 0 {
		told.ErrCode = run.Failed
	}
	return nil
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

func (a *app) printInvocation(told invocation) error {
	if told.ErrCode != 0 {
		a.exit = clierr.Failed
	}
	if len(told.Result) == 0 {
		told.Result = []byte("null")
	} else if !json.Valid(told.Result) {
		told.Result, _ = json.Marshal(string(told.Result))
	}
	if a.flags.json {
		return a.printJSON(told)
	}
	theme := a.io.ErrTheme()
	for line := range strings.Lines(told.Log) {
		_, _ = fmt.Fprintln(a.io.Err, theme.Dim("| "+sanitize.Line(strings.TrimRight(line, "\n"))))
	}
	if told.ErrCode != 0 {
		a.printf("%s\n", sanitize.Line(told.ErrMsg))
		_, _ = fmt.Fprintf(a.io.Err, "%s%s\n", theme.Red(a.t(text.ErrorWord)), a.t(text.InvokeFailed, "function", told.Function, "code", strconv.Itoa(told.ErrCode)))
	} else {
		a.printf("%s\n", sanitize.Line(string(told.Result)))
	}
	if told.RequestID != "" {
		a.say(text.InvokeFacts, "id", told.RequestID, "time", strconv.FormatFloat(told.Millis, 'f', 0, 64), "memory", strconv.FormatInt(told.Memory>>20, 10))
	}
	if strings.Contains(string(told.Result)+told.ErrMsg, "-604101") {
		_, _ = fmt.Fprintf(a.io.Err, "%swxcloud explain -604101\n", theme.Cyan(a.t(text.HintWord)))
	}
	return nil
}

// event reads what a function is invoked with: JSON, @file, or - for stdin.
func (a *app) event(ctx context.Context, flag, given string) ([]byte, error) {
	data := []byte(given)
	var err error
	source := flag
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
	if object == nil {
		return nil, clierr.New("cmd/event-not-object", clierr.Usage, clierr.Args{"source": source})
	}
	return data, nil
}
