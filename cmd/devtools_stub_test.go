package cmd_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"wxcloud/wxapi"
)

// devtoolsStub stands in for the command line of WeChat DevTools: it prints what
// developers published of it, and does to the cloud behind $ENDPOINT what an upload
// from DevTools does, code and permissions at once. $STUB names the form of failure.
// Like the real one it ends with 0 whatever happens.
func devtoolsStub() {
	args := os.Args[1:]
	mode := os.Getenv("STUB")
	fmt.Println("- initialize\n\n✔ IDE server has started, listening on http://127.0.0.1:39721")
	record(args)
	switch {
	case mode == "port-off":
		fmt.Println("[error] IDE service port disabled. To use CLI Call, please enter y to confirm enabling CLI capability, or manually open IDE -> Settings -> Security Settings, and set Service Port On.")
		return
	case slices.Contains(args, "islogin"):
		fmt.Printf("{\"login\":%v}\n", mode != "logged-out")
		return
	}
	dir := valueOf(args, "--paths")
	name := filepath.Base(dir)
	record("files", filesIn(dir))
	row := "│ " + name + " │ true │ 18 │ '42.8 KB' │"
	switch mode {
	case "signature":
		fmt.Printf("× deploy cloudfunctions\n┌──┐\n│ name │ success │ error │\n├──┤\n│ %s │ false │ getCloudAPISignedHeader failed: {\"ret\":41002} │\n└──┘\n", name)
		return
	case "garbage":
		fmt.Println("<html>")
		return
	case "":
		if err := upload(dir, name, valueOf(args, "--env")); err != nil {
			row = "│ " + name + " │ false │ '" + err.Error() + "' │"
		}
	}
	fmt.Printf("┌──┐\n│ (index) │ success │ filesCount │ packSize │\n├──┤\n%s\n└──┘\n√ deploy cloudfunctions\n", row)
}

// record adds a line to what the stories look at.
func record(what ...any) {
	if log, err := os.OpenFile(os.Getenv("STUB_LOG"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600); err == nil {
		_, _ = fmt.Fprintln(log, what...)
		_ = log.Close()
	}
}

func filesIn(dir string) (names []string) {
	_ = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			name, _ := filepath.Rel(dir, path)
			names = append(names, filepath.ToSlash(name))
		}
		return err
	})
	return names
}

func valueOf(args []string, flag string) string {
	if at := slices.Index(args, flag); at >= 0 && at+1 < len(args) {
		return args[at+1]
	}
	return ""
}

// upload does what DevTools does with a folder: its own zip of it, and the list in
// its config.json.
func upload(dir, name, env string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	var who struct{ AppID, AuthorizerToken, UploadKeyPath string }
	data, err := os.ReadFile(os.Getenv("STUB_CREDENTIALS"))
	if err == nil {
		err = json.Unmarshal(data, &who)
	}
	if err != nil {
		return err
	}
	endpoints, err := wxapi.Local(os.Getenv("ENDPOINT"))
	if err != nil {
		return err
	}
	pem, err := os.ReadFile(who.UploadKeyPath)
	if err != nil {
		return err
	}
	key, err := wxapi.ParseUploadKey(pem, "key")
	if err != nil {
		return err
	}
	client := wxapi.NewClient(wxapi.ClientOptions{})
	cloud := wxapi.NewCloud(wxapi.NewUploadKey(client, endpoints, who.AppID, key, wxapi.UploadKeyOptions{}), who.AppID)
	envs, err := cloud.DescribeEnvs(ctx)
	if err != nil {
		return err
	}
	var config struct {
		Permissions struct{ Openapi []string }
	}
	data, err = os.ReadFile(filepath.Join(dir, "config.json"))
	if err == nil {
		err = json.Unmarshal(data, &config)
	}
	if err != nil {
		return err
	}
	var zipped bytes.Buffer
	w := zip.NewWriter(&zipped)
	if err := w.SetComment("another zip than wxcloud's"); err != nil {
		return err
	}
	if err := w.AddFS(os.DirFS(dir).(fs.StatFS)); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	functions := cloud.Functions(envs[0])
	code := wxapi.Code{Name: name, Handler: "index.main", InstallDependency: slices.Contains(os.Args, "--remote-npm-install"), Zip: wxapi.Bytes(zipped.Bytes())}
	for err = functions.UpdateFunctionCode(ctx, code); wxapi.IsBusy(err) && ctx.Err() == nil; err = functions.UpdateFunctionCode(ctx, code) {
		time.Sleep(50 * time.Millisecond) // the last change is not over
	}
	if err != nil {
		return err
	}
	return wxapi.NewPermissions(client, endpoints, wxapi.FixedToken(who.AuthorizerToken), wxapi.RetryOptions{}).Set(ctx, env, name, config.Permissions.Openapi)
}
