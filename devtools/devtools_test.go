package devtools

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wxcloud/internal/clierr"
)

func notify(t *testing.T) Deployment {
	return Deployment{
		AppID: "wx0123456789abcdef", Env: "prod-1a2b3c", Function: "notify", Install: true, Openapi: []string{"a.b", "c.d"},
		Package: packed(t, "config.json", `{"permissions": {"openapi": ["c.d", "a.b"]}}`, "index.js", "exports.main = 1", "lib/a.js", "A", "lib/b.js", "-> a.js", "again", "-> lib"),
	}
}

const deployed = "0\n" + `- preparing
✔ IDE server has started, listening on http://127.0.0.1:39721
- deploy cloudfunctions
√ [notify] cloudfunction notify exists in the cloud, will update it
┌─────────┬─────────┬────────────┬───────────┐
│ (index) │ success │ filesCount │ packSize  │
├─────────┼─────────┼────────────┼───────────┤
│ notify  │ true    │ 18         │ '42.8 KB' │
└─────────┴─────────┴────────────┴───────────┘
√ deploy cloudfunctions
`

const signatureRow = "0\n" + `× deploy cloudfunctions
┌──────────────┬─────────┬───────────────────────────────────────────────┐
│ name         │ success │ error                                         │
├──────────────┼─────────┼───────────────────────────────────────────────┤
│ notify       │ false   │ getCloudAPISignedHeader failed: {"ret":41002} │
└──────────────┴─────────┴───────────────────────────────────────────────┘
`

const serviceOff = "255\n" + `[error] 工具的服务端口已关闭。要使用命令行调用工具，请在下方输入 y 以确认开启，或手动打开工具 -> 设置 -> 安全设置，将服务端口开启。
详细信息: https://developers.weixin.qq.com/miniprogram/dev/devtools/cli.html
`

const serviceAsks = "hang\n" + `[error] IDE service port disabled. To use CLI Call, please enter y to confirm enabling CLI capability, or manually open IDE -> Settings -> Security Settings, and set Service Port On.
? Enable IDE Service (y/N) `

// The tools get the folder as it was packed, links as what they point to, beside a
// project of its own, and nothing is left of it.
func TestDeployStagesThePackage(t *testing.T) {
	tools, calls := devtools(t, loggedIn, deployed)
	got, err := tools.Deploy(t.Context(), notify(t))
	if err != nil || got != (Uploaded{18, "42.8 KB"}) {
		t.Fatalf("%+v %v", got, err)
	}
	all := calls()
	if len(all) != 2 {
		t.Fatalf("%+v", all)
	}
	args := all[1].Args
	dir := args[slices.Index(args, "--paths")+1]
	want := []string{"cloud", "functions", "deploy", "--env", "prod-1a2b3c", "--paths", dir, "--appid", "wx0123456789abcdef", "--remote-npm-install", "--lang", "zh"}
	if diff := cmp.Diff(want, args); diff != "" {
		t.Error(diff)
	}
	if filepath.Base(dir) != "notify" {
		t.Errorf("the folder is %s, and its name is the function's", dir)
	}
	files := all[1].Files
	project := files["../../project.config.json"]
	delete(files, "../../project.config.json")
	wantFiles := map[string]string{
		"config.json": `{"permissions": {"openapi": ["c.d", "a.b"]}}`, "index.js": "exports.main = 1", "lib/a.js": "A", "lib/b.js": "A", "again/a.js": "A",
	}
	if diff := cmp.Diff(wantFiles, files); diff != "" {
		t.Error(diff)
	}
	if !strings.Contains(project, `"appid": "wx0123456789abcdef"`) || !strings.Contains(project, `"cloudfunctionRoot": "cloudfunctions/"`) {
		t.Error(project)
	}
	if _, err := os.Stat(filepath.Join(dir, "..", "..")); !os.IsNotExist(err) {
		t.Errorf("the stage is still there: %v", err)
	}
}

func TestWithoutConfigFileTheListIsWritten(t *testing.T) {
	tools, calls := devtools(t, loggedIn, deployed)
	d := notify(t)
	d.Package, d.Openapi, d.Install, d.ExtAppID = packed(t, "index.js", "1"), nil, false, "wxfedcba9876543210"
	if _, err := tools.Deploy(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	last := calls()[1]
	if got := last.Files["config.json"]; got != `{"permissions":{"openapi":[]}}` {
		t.Error(got)
	}
	if text := strings.Join(last.Args, " "); strings.Contains(text, "install") || !strings.Contains(text, "--ext-appid wxfedcba9876543210") {
		t.Error(text)
	}
}

func TestAnotherListIsNotSent(t *testing.T) {
	tools, calls := devtools(t, loggedIn, deployed)
	d := notify(t)
	d.Openapi = []string{"a.b"}
	if _, err := tools.Deploy(t.Context(), d); !clierr.Is(err, "devtools/list-differs") {
		t.Fatal(err)
	}
	if n := len(calls()); n != 1 {
		t.Errorf("%d calls", n)
	}
}

// What DevTools prints in its forms, whatever its exit status.
func TestAnswers(t *testing.T) {
	table := func(rows string) string {
		return "0\n┌──┐\n│ (index) │ success │ error │\n├──┤\n" + rows + "\n└──┘\n"
	}
	for name, c := range map[string]struct {
		islogin string
		deploys []string
		want    clierr.ID // "" for success
		exit    clierr.Exit
		said    string
		uploads int
	}{
		"table":              {deploys: []string{deployed}, uploads: 1},
		"exit status lies":   {deploys: []string{strings.Replace(deployed, "0\n", "255\n", 1)}, uploads: 1},
		"carriage returns":   {deploys: []string{"0\n" + strings.ReplaceAll(strings.TrimPrefix(deployed, "0\n"), "\n", "\r\n")}, uploads: 1},
		"gbk":                {deploys: []string{gbk(t, strings.NewReplacer("✔", "√").Replace(deployed))}, uploads: 1},
		"ascii table":        {deploys: []string{"0\n| name | success |\n|------|---------|\n| notify | true |\n"}, uploads: 1},
		"chinese table":      {deploys: []string{gbk(t, "0\n│ 名称 │ 成功 │ 错误 │\n│ notify │ 是 │ │\n")}, uploads: 1},
		"index counts":       {deploys: []string{"0\n│ (index) │ name │ success │\n│ 0 │ 'notify' │ true │\n"}, uploads: 1},
		"json by name":       {deploys: []string{"0\n[1] x {a}\n{\"code\":0,\"result\":{\"notify\":{\"success\":true,\"filesCount\":3,\"packSize\":\"1.0 KB\"}}}\n"}, uploads: 1},
		"json list":          {deploys: []string{"0\n[{\"name\":\"notify\",\"success\":true}]\n"}, uploads: 1},
		"coloured":           {deploys: []string{"0\n\x1b[32m│ name │ success │\x1b[39m\n│ notify │ \x1b[33mtrue\x1b[39m │\n"}, uploads: 1},
		"signature, exit 0":  {deploys: []string{signatureRow}, want: "devtools/signature", exit: clierr.OtherCredential, said: `getCloudAPISignedHeader failed: {"ret":41002}`, uploads: 1},
		"signature, no row":  {deploys: []string{"0\n[error] getCloudAPISignedHeader failed\nret: 41002\nerrmsg: system error\n"}, want: "devtools/signature", exit: clierr.OtherCredential, uploads: 1},
		"refused":            {deploys: []string{table("│ notify │ false │ 'a|b is bad' │")}, want: "devtools/refused", exit: clierr.Cloud, said: "'a|b is bad'", uploads: 1},
		"another's row":      {deploys: []string{strings.ReplaceAll(deployed, "notify  │", "order   │")}, want: "devtools/no-answer", exit: clierr.Cloud, uploads: 2},
		"garbage":            {deploys: []string{"0\n\x00\xff\xfe<html>"}, want: "devtools/no-answer", exit: clierr.Cloud, uploads: 2},
		"nothing":            {deploys: []string{"0\n"}, want: "devtools/no-answer", exit: clierr.Cloud, said: "-", uploads: 2},
		"starts late":        {deploys: []string{"0\n✖ wait IDE port timeout\n", deployed}, uploads: 2},
		"updating, then not": {deploys: []string{table("│ notify │ false │ function is in Updating state │"), deployed}, uploads: 2},
		"updating for ever":  {deploys: []string{table("│ notify │ false │ function is in Updating state │")}, want: "devtools/refused", exit: clierr.Cloud, uploads: 5},
		"logged out":         {islogin: "0\n{\"login\":false}\n", want: "devtools/not-logged-in", exit: clierr.OtherCredential},
		"logged out later":   {deploys: []string{"0\n[error] {\n  code: 10,\n  message: '需要重新登录'\n}\n"}, want: "devtools/not-logged-in", exit: clierr.OtherCredential, uploads: 1},
		"english log-out":    {deploys: []string{"0\n× Please log in first\n"}, want: "devtools/not-logged-in", exit: clierr.OtherCredential, uploads: 1},
		"port off":           {islogin: serviceOff, want: "devtools/port-off", exit: clierr.OtherCredential},
		"port off, asks":     {islogin: serviceAsks, want: "devtools/port-off", exit: clierr.OtherCredential},
		"after an update":    {islogin: "255\ninitialize error: ENOENT: no such file, open '/Users/a/Library/Application Support/微信开发者工具/0a/Default/.cli'\n", want: "devtools/port-off", exit: clierr.OtherCredential},
		"no islogin":         {islogin: "255\nUnknown command: islogin\n", deploys: []string{deployed}, uploads: 1},
	} {
		t.Run(name, func(t *testing.T) {
			if c.islogin == "" {
				c.islogin = loggedIn
			}
			tools, calls := devtools(t, c.islogin, c.deploys...)
			_, err := tools.Deploy(t.Context(), notify(t))
			var e *clierr.Error
			switch {
			case c.want == "" && err != nil:
				t.Fatal(err)
			case c.want != "" && (!errors.As(err, &e) || e.ID != c.want || e.Exit != c.exit):
				t.Fatalf("%v, want %s", err, c.want)
			case c.said != "" && e.Args["said"] != c.said:
				t.Errorf("said %q, want %q", e.Args["said"], c.said)
			}
			uploads := 0
			for _, call := range calls() {
				if slices.Contains(call.Args, "deploy") {
					uploads++
				}
			}
			if uploads != c.uploads {
				t.Errorf("%d uploads, want %d", uploads, c.uploads)
			}
		})
	}
}

func TestNothingIsWaitedForWithoutEnd(t *testing.T) {
	tools, _ := devtools(t, loggedIn, "hang\n- deploy cloudfunctions\n")
	tools.Timeout = 300 * time.Millisecond
	if _, err := tools.Deploy(t.Context(), notify(t)); !clierr.Is(err, "devtools/timeout") {
		t.Errorf("%v", err)
	}
	tools.Timeout = time.Minute
	ctx, stop := context.WithTimeoutCause(t.Context(), 300*time.Millisecond, errors.New("enough"))
	defer stop()
	if _, err := tools.Deploy(ctx, notify(t)); err == nil || err.Error() != "enough" {
		t.Errorf("%v", err)
	}
}

func TestReadyIsAskedOnce(t *testing.T) {
	tools, calls := devtools(t, loggedIn, deployed)
	for range 2 {
		if err := tools.Ready(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(calls()); n != 1 {
		t.Errorf("%d calls", n)
	}
	missing := &Tools{Program: filepath.Join(t.TempDir(), "none")}
	if err := missing.Ready(t.Context()); !clierr.Is(err, "devtools/cannot-run") {
		t.Error(err)
	}
}

func TestAPackageCannotLeaveItsFolder(t *testing.T) {
	for _, files := range [][]string{{"../out.js", "x"}, {"/etc/x", "x"}, {"a/../../x", "x"}} {
		tools, calls := devtools(t, loggedIn, deployed)
		d := notify(t)
		d.Package = packed(t, files...)
		if _, err := tools.Deploy(t.Context(), d); !clierr.Is(err, "devtools/stage") {
			t.Errorf("%v: %v", files, err)
		}
		if n := len(calls()); n != 1 {
			t.Errorf("%v: %d calls", files, n)
		}
	}
}

func TestPlaces(t *testing.T) {
	env := map[string]string{"HOME": "/Users/a", "ProgramFiles(x86)": `C:\Program Files (x86)`, "ProgramFiles": `C:\Program Files`}
	getenv := func(name string) string { return env[name] }
	if got := places("darwin", getenv); got[0] != "/Applications/wechatwebdevtools.app/Contents/MacOS/cli" || len(got) != 2 {
		t.Error(got)
	}
	windows := places("windows", getenv)
	if !strings.Contains(windows[0], "微信web开发者工具") || !strings.HasSuffix(windows[0], "cli.bat") {
		t.Error(windows)
	}
	if got := places("linux", getenv); got != nil {
		t.Error(got)
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "x.app", "Contents", "MacOS", "cli")
	if err := errors.Join(os.MkdirAll(filepath.Dir(program), 0o700), os.WriteFile(program, nil, 0o700)); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{program, filepath.Join(dir, "x.app"), filepath.Dir(program)} {
		if got, err := At(path); got != program || err != nil {
			t.Errorf("%s: %s %v", path, got, err)
		}
	}
	if _, err := At(filepath.Join(dir, "none")); !clierr.Is(err, "devtools/not-there") {
		t.Error(err)
	}
}

func TestUnsafeArguments(t *testing.T) {
	for _, bad := range []string{"a&b", "%PATH%", `a"b`, "a\nb", "^", "@x", "a|b", ""} {
		if got, found := unsafeArgument([]string{"ok", bad}); got != bad || !found {
			t.Errorf("%q passes", bad)
		}
	}
	if got, found := unsafeArgument([]string{"--env", "prod-1a2b3c", `C:\Users\张 三\AppData\Local\Temp\wxcloud-devtools-1\cloudfunctions\notify`}); found {
		t.Errorf("%q is refused", got)
	}
}

func FuzzRow(f *testing.F) {
	for _, seed := range []string{deployed, signatureRow, serviceAsks, `{"notify":{"success":true}}`, "│ name │ success │\n│ notify │"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		out := output{decode(data)}
		out.row("notify")
		if _, ok := out.tableRow("notify"); ok && !strings.Contains(out.text, "notify") {
			t.Errorf("%q succeeds without naming the function", data)
		}
		out.trouble()
		if out.said() == "" {
			t.Error("nothing said")
		}
	})
}
