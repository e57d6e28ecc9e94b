package cmd

import (
	"context"
	"os/exec"
	"runtime"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/catalog"
	"wxcloud/cmd/text"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ui"
)

type infoOptions struct{ open bool }

func (a *app) newPermInfo() *cobra.Command {
	var o infoOptions
	c := a.command("info NAME [--open]", text.PermInfoShort, text.PermInfoLong, clierr.OK, clierr.Usage, clierr.NotFound)
	c.Example = "  wxcloud perm info subscribeMessage.send\n  wxcloud perm info /wxa/getwxacodeunlimit --open"
	c.Flags().BoolVar(&o.open, "open", false, a.t(text.FlagOpen))
	c.ValidArgsFunction = completeInterfaces
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) != 1 {
			return clierr.New("cmd/one-interface", clierr.Usage, nil).Hint("cmd/hint-search", nil)
		}
		return a.permInfo(c.Context(), args[0], o)
	}
	return c
}

// interfaceInfo is the JSON document of perm info. Fields are spelt as over
// HTTPS; a cloud call may spell them in camelCase.
type interfaceInfo struct {
	Schema     string      `json:"schema,omitempty"`
	Name       string      `json:"name"`
	TitleZh    string      `json:"titleZh"`
	TitleEn    string      `json:"titleEn"`
	Status     string      `json:"status"`
	RetiredOn  string      `json:"retiredOn,omitempty"`
	Inferred   bool        `json:"inferred,omitempty"`
	ReplacedBy []string    `json:"replacedBy"`
	Note       string      `json:"note,omitempty"`
	NoteZh     string      `json:"noteZh,omitempty"`
	Account    string      `json:"account"`
	MinSDK     string      `json:"minSdk"`
	Confidence string      `json:"confidence"`
	HTTPS      httpsCall   `json:"https"`
	DocURL     string      `json:"docUrl,omitempty"`
	Documented bool        `json:"fieldsDocumented"`
	Request    []infoField `json:"request"`
	Response   []infoField `json:"response"`
	Errors     []infoError `json:"errors"`
	Example    string      `json:"example,omitempty"`
	DeclaredBy []string    `json:"declaredBy"`
	CalledBy   []string    `json:"calledBy"`
}

type httpsCall struct {
	Method string `json:"method,omitempty"`
	Path   string `json:"path,omitempty"`
}

type infoField struct {
	Name     string `json:"name"`
	Type     string `json:"type"`
	Required bool   `json:"required"`
}

type infoError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

func (a *app) permInfo(ctx context.Context, typed string, o infoOptions) error {
	r := catalog.Resolve(typed)
	switch {
	case r.Kind == catalog.KindNotCallable:
		return notCallable(typed, r.NotCallable)
	case !r.Known():
		err := clierr.New("cmd/unknown-interface", clierr.NotFound, clierr.Args{"name": typed})
		if len(r.Suggestions) > 0 {
			return err.Hint("cmd/hint-did-you-mean", clierr.Args{"name": strings.Join(r.Suggestions, ", ")})
		}
		return err.Hint("cmd/hint-search", nil)
	}
	i := r.Interface
	if r.Kind != catalog.Exact {
		a.say(text.InfoResolved, "typed", typed, "name", i.Name)
	}
	if o.open {
		return a.openDocumentation(ctx, i)
	}
	info := describeInterface(i)
	info.DeclaredBy, info.CalledBy = a.usersOf(ctx, i.Name)
	if a.flags.json {
		return a.printJSON(info)
	}
	return a.printInfo(i, info)
}

func describeInterface(i catalog.Interface) interfaceInfo {
	info := interfaceInfo{
		Schema: "wxcloud.perm.info/1", Name: i.Name, TitleZh: i.TitleZh, TitleEn: i.TitleEn, Status: string(i.Status),
		RetiredOn: i.RetiredOn, Inferred: i.Inferred, ReplacedBy: append([]string{}, i.ReplacedBy...), Note: i.Note, NoteZh: i.NoteZh,
		Account: string(i.Account), MinSDK: i.MinSDK, Confidence: string(i.Confidence), HTTPS: httpsCall{i.Method, i.Path},
		DocURL: i.DocURL, Documented: i.Params != nil, Request: []infoField{}, Response: []infoField{}, Errors: []infoError{},
	}
	info.Example, _ = catalog.Example(i.Name)
	if i.Params == nil {
		return info
	}
	for _, f := range i.Params.Request {
		info.Request = append(info.Request, infoField{f.Name, f.Type, f.Required})
	}
	for _, f := range i.Params.Response {
		info.Response = append(info.Response, infoField{Name: f.Name, Type: f.Type})
	}
	for _, e := range i.Params.Errors {
		info.Errors = append(info.Errors, infoError{e.Code, e.Message})
	}
	return info
}

// usersOf lists the functions of the project, if one stands in one, that
// declare the interface and those that call it.
func (a *app) usersOf(ctx context.Context, name string) (declaredBy, calledBy []string) {
	declaredBy, calledBy = []string{}, []string{}
	p, err := a.project()
	if err != nil {
		return declaredBy, calledBy
	}
	for _, f := range p.Functions {
		if f.Declares(name) {
			declaredBy = append(declaredBy, f.Name)
		}
	}
	r, err := a.analyze(ctx, p.Functions, a.projectRoot(p))
	if err != nil {
		return declaredBy, calledBy
	}
	for _, f := range r.Functions {
		for _, call := range f.Calls {
			if call.API == name {
				calledBy = append(calledBy, f.Name)
				break
			}
		}
	}
	return declaredBy, calledBy
}

func (a *app) printInfo(i catalog.Interface, info interfaceInfo) error {
	theme := a.io.OutTheme()
	unknown := a.t(text.NotDocumented)
	a.printf("%s  %s\n", theme.Bold(i.Name), a.title(i))
	for _, w := range retirement(i) {
		a.printf("%s %s\n", theme.Warning(), w.say(a.lang))
	}
	note := i.Note
	if a.lang == text.Chinese {
		note = i.NoteZh
	}
	if note != "" {
		a.printf("%s\n", note)
	}
	a.printf("\n")
	https := unknown
	if i.Path != "" {
		https = strings.TrimSpace(i.Method + " https://api.weixin.qq.com" + i.Path)
	}
	facts := ui.NewTable(theme)
	for _, row := range [][2]string{
		{a.t(text.InfoCloudCall), "cloud.openapi." + i.Name + "({ ... })"},
		{a.t(text.InfoHTTPS), https},
		{a.t(text.InfoStatus), a.t(statusWord(i.Status))},
		{a.t(text.InfoAccount), a.t(accountWord(i.Account))},
		{a.t(text.InfoSDK), "wx-server-sdk >= " + i.MinSDK},
		{a.t(text.InfoDocs), orElse(i.DocURL, unknown)},
		{a.t(text.InfoDeclaredBy), orElse(strings.Join(info.DeclaredBy, ", "), "-")},
		{a.t(text.InfoCalledBy), orElse(strings.Join(info.CalledBy, ", "), "-")},
	} {
		facts.Row(row[0], row[1])
	}
	if err := facts.Write(a.io.Out, a.io.OutWidth()); err != nil {
		return err
	}
	if err := a.printFields(i, info); err != nil {
		return err
	}
	a.printf("\n%s\n", theme.Bold(a.t(text.InfoExample)))
	if info.Example == "" {
		a.printf("  %s\n", unknown)
	}
	for line := range strings.Lines(info.Example) {
		a.printf("  %s", line)
	}
	return nil
}

// printFields shows request fields as the HTTPS call and the cloud call spell
// them, side by side.
func (a *app) printFields(i catalog.Interface, info interfaceInfo) error {
	theme := a.io.OutTheme()
	section := func(title text.Sentence, empty bool) bool {
		a.printf("\n%s\n", theme.Bold(a.t(title)))
		switch {
		case !info.Documented, empty && i.Method == "GET":
			// Documentation of GET interfaces often leaves out the query.
			a.printf("  %s\n", a.t(text.NotDocumented))
		case empty:
			a.printf("  %s\n", a.t(text.InfoNone))
		default:
			return true
		}
		return false
	}
	if section(text.InfoRequest, len(info.Request) == 0) {
		table := ui.NewTable(theme, "  "+a.t(text.HeadHTTPSField), a.t(text.HeadCallField), a.t(text.HeadType), a.t(text.HeadRequired))
		for _, f := range info.Request {
			required := ""
			if f.Required {
				required = a.t(text.InfoRequired)
			}
			table.Row("  "+f.Name, camelCase(f.Name), orElse(f.Type, "?"), required)
		}
		if err := table.Write(a.io.Out, a.io.OutWidth()); err != nil {
			return err
		}
	}
	if section(text.InfoResponse, len(info.Response) == 0) {
		table := ui.NewTable(theme, "  "+a.t(text.HeadHTTPSField), a.t(text.HeadCallField), a.t(text.HeadType))
		for _, f := range info.Response {
			table.Row("  "+f.Name, camelCase(f.Name), orElse(f.Type, "?"))
		}
		if err := table.Write(a.io.Out, a.io.OutWidth()); err != nil {
			return err
		}
	}
	if section(text.InfoErrors, len(info.Errors) == 0) {
		table := ui.NewTable(theme)
		for _, e := range info.Errors {
			table.Row("  "+strconv.Itoa(e.Code), e.Message)
		}
		if err := table.Write(a.io.Out, a.io.OutWidth()); err != nil {
			return err
		}
	}
	if i.Params != nil && i.Params.From != "" {
		a.print(text.InfoFieldsFrom, "name", i.Params.From)
	}
	return nil
}

// camelCase spells a field as a cloud call does: the SDK turns page_path into
// pagePath, in every part of a nested name.
func camelCase(name string) string {
	var b strings.Builder
	upper := false
	for _, r := range name {
		switch {
		case r == '_':
			upper = b.Len() > 0
			continue
		case upper && r >= 'a' && r <= 'z':
			r -= 'a' - 'A'
		}
		upper = false
		b.WriteRune(r)
	}
	return b.String()
}

func accountWord(account catalog.Account) text.Sentence {
	switch account {
	case catalog.OfficialAccount:
		return text.AccountOfficial
	case catalog.AnyAccount:
		return text.AccountAny
	default:
		return text.AccountMiniProgram
	}
}

// openDocumentation hands the link to the system's browser and prints it, so
// that it is of use where there is none.
func (a *app) openDocumentation(ctx context.Context, i catalog.Interface) error {
	if i.DocURL == "" {
		return clierr.New("cmd/no-documentation", clierr.NotFound, clierr.Args{"name": i.Name})
	}
	if a.flags.json {
		err := a.printJSON(struct {
			Schema string `json:"schema"`
			DocURL string `json:"docUrl"`
		}{"wxcloud.perm.open/1", i.DocURL})
		if err != nil {
			return err
		}
	} else {
		a.printf("%s\n", i.DocURL)
	}
	name, args := browser(runtime.GOOS)
	if err := exec.CommandContext(ctx, name, append(args, i.DocURL)...).Start(); err != nil {
		a.say(text.NoBrowser)
	}
	return nil
}

func browser(goos string) (name string, args []string) {
	switch goos {
	case "windows":
		return "rundll32", []string{"url.dll,FileProtocolHandler"}
	case "darwin":
		return "open", nil
	default:
		return "xdg-open", nil
	}
}
