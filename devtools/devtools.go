// Package devtools uploads functions through an installed WeChat DevTools, the one
// program that applies a function's cloud-call permissions for an ordinary owner:
// every upload from it takes the list of that folder's config.json along. It drives
// the documented command line of DevTools and reads what that prints. It knows
// nothing of upload keys, plans or other commands, and never touches the login of
// DevTools.
//
// Sources: developers.weixin.qq.com/miniprogram/dev/devtools/cli.html for commands
// and options; what is printed is not documented and taken from what developers
// published of it.
package devtools

import (
	"context"
	"io"
	"regexp"
	"strings"
	"sync"
	"time"

	"wxcloud/internal/clierr"
)

// Tools is one installed WeChat DevTools. It does one thing at a time, as DevTools
// wants it.
type Tools struct {
	// Program is its command line: cli, or cli.bat on Windows.
	Program string
	// Lang is the language it is asked to speak, "en" or "zh".
	Lang string
	// Timeout bounds one upload; 0 is DefaultTimeout.
	Timeout time.Duration
	// Pause is before the second attempt, and doubles from then on; 0 is DefaultPause.
	Pause time.Duration

	turn  sync.Mutex
	ready bool
}

// DefaultTimeout is how long an upload may take. DevTools needs a minute to start,
// and installs dependencies in the cloud before it returns.
const DefaultTimeout = 10 * time.Minute

// DefaultPause is before the second attempt.
const DefaultPause = 5 * time.Second

// How often an upload is tried. The first one often comes to nothing while DevTools
// starts; a function that is in another change may be so for a minute.
const (
	silentAttempts = 2
	busyAttempts   = 5
)

// Archive is a function's package as a zip.
type Archive interface {
	Size() int64
	Reader() io.Reader
}

// Deployment is one function to upload.
type Deployment struct {
	AppID    string
	ExtAppID string // of the app developed for, when AppID is a third-party platform's
	Env      string
	Function string
	Package  Archive
	// Openapi is the list the upload is to apply. A config.json in the package has
	// to declare just these; one is made where there is none.
	Openapi []string
	// Install lets the cloud run npm install.
	Install bool
}

// Uploaded is what DevTools says of an upload it carried out.
type Uploaded struct {
	Files int    // as it counts them, 0 if it does not say
	Size  string // as it writes it: "134.0 KB"
}

// Ready makes sure that DevTools runs, lets itself be driven and is logged in. The
// first call may start it, which takes a minute. Errors: devtools/port-off,
// devtools/not-logged-in, devtools/cannot-run.
func (t *Tools) Ready(ctx context.Context) error {
	t.turn.Lock()
	defer t.turn.Unlock()
	return t.check(ctx)
}

func (t *Tools) check(ctx context.Context) error {
	if t.ready {
		return nil
	}
	out, err := t.run(ctx, "islogin")
	if err != nil {
		return err
	}
	// Older ones do not have the command; then the upload itself will tell.
	switch out.trouble() {
	case portOff:
		return unusable("devtools/port-off", "devtools/hint-port", out)
	case loggedOut:
		return unusable("devtools/not-logged-in", "devtools/hint-login", out)
	}
	t.ready = true
	return nil
}

// Deploy uploads a function with its permissions. When it returns nil, DevTools has
// printed that this function succeeded; its exit status counts for nothing, because
// it is 0 after failures too. Errors besides those of Ready: devtools/signature,
// devtools/refused, devtools/no-answer, devtools/timeout, devtools/stage.
func (t *Tools) Deploy(ctx context.Context, d Deployment) (Uploaded, error) {
	t.turn.Lock()
	defer t.turn.Unlock()
	if err := t.check(ctx); err != nil {
		return Uploaded{}, err
	}
	stage, err := newStage(d)
	if err != nil {
		return Uploaded{}, err
	}
	defer stage.remove()
	args := []string{"cloud", "functions", "deploy", "--env", d.Env, "--paths", stage.function, "--appid", d.AppID}
	if d.ExtAppID != "" {
		args = append(args, "--ext-appid", d.ExtAppID)
	}
	if d.Install {
		args = append(args, "--remote-npm-install")
	}
	for attempt := 1; ; attempt++ {
		out, err := t.run(ctx, args...)
		if err != nil {
			return Uploaded{}, err
		}
		row, found := out.row(d.Function)
		if found && row.success {
			return Uploaded{row.files, row.size}, nil
		}
		most, failed := t.judge(d, out, row, found)
		if attempt >= most {
			return Uploaded{}, failed
		}
		if err := t.pause(ctx, attempt); err != nil {
			return Uploaded{}, err
		}
	}
}

// judge makes an error of an upload that did not succeed, and says how many attempts
// make sense with it.
func (t *Tools) judge(d Deployment, out output, row row, found bool) (attempts int, failed *clierr.Error) {
	args := clierr.Args{"function": d.Function, "said": out.said()}
	if row.problem != "" {
		args["said"] = row.problem
	}
	switch out.trouble() {
	case portOff:
		t.ready = false
		return 1, unusable("devtools/port-off", "devtools/hint-port", out)
	case loggedOut:
		t.ready = false
		return 1, unusable("devtools/not-logged-in", "devtools/hint-login", out)
	case signature:
		return 1, clierr.New("devtools/signature", clierr.OtherCredential, args).Hint("devtools/hint-signature", nil)
	case busy:
		return busyAttempts, clierr.New("devtools/refused", clierr.Cloud, args)
	}
	if found {
		return 1, clierr.New("devtools/refused", clierr.Cloud, args)
	}
	return silentAttempts, clierr.New("devtools/no-answer", clierr.Cloud, args)
}

// unusable is an error of a DevTools that has to be set right by its owner first;
// what it printed is part of it.
func unusable(id clierr.ID, hint clierr.ID, out output) *clierr.Error {
	return clierr.New(id, clierr.OtherCredential, clierr.Args{"said": out.said()}).Hint(hint, nil)
}

func (t *Tools) pause(ctx context.Context, attempt int) error {
	pause := t.Pause
	if pause == 0 {
		pause = DefaultPause
	}
	pause <<= attempt - 1
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(pause):
		return nil
	}
}

// plain are the arguments that mean the same to every shell: on Windows cli.bat
// hands them to one.
var plain = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[-\w:./\\ ~+@\p{Han}]+$`) })

// unsafeArgument is the first argument a command interpreter might take for
// something else.
func unsafeArgument(args []string) (bad string, found bool) {
	for _, a := range args {
		if !plain().MatchString(a) || strings.HasPrefix(a, "@") {
			return a, true
		}
	}
	return "", false
}
