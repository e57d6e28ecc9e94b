package cmd

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/emulator"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ui"
)

type demoOptions struct {
	cacheTTL time.Duration
	realTime bool
	dir      string
}

// The demo's function, what it calls, and a template id that is plainly made up.
const (
	demoFunction = "notify"
	demoAPI      = "subscribeMessage.send"
	demoTemplate = "DEMO-TEMPLATE-ID-FROM-THE-CONSOLE"
)

// oldestNode is the oldest major version of Node this is tested with.
const oldestNode = 20

// maxWarmUps bounds the invocations until every gateway node was asked. With
// three nodes chosen by chance six are usual; sixty miss one less often than
// once in a billion runs.
const maxWarmUps = 60

func (a *app) newDemo() *cobra.Command {
	var o demoOptions
	c := a.command("demo", text.DemoShort, text.DemoLong, clierr.OK, clierr.Failed, clierr.Usage, clierr.Cloud, clierr.Local, clierr.Interrupted)
	c.Example = "  wxcloud demo\n  wxcloud demo --cache-ttl 1m\n  wxcloud demo --real-time"
	c.Flags().DurationVar(&o.cacheTTL, "cache-ttl", 20*time.Second, a.t(text.FlagDemoTTL))
	c.Flags().BoolVar(&o.realTime, "real-time", false, a.t(text.FlagRealTime))
	c.Flags().StringVar(&o.dir, "dir", "", a.t(text.FlagDemoDir))
	c.Args = a.noArguments
	c.RunE = func(c *cobra.Command, _ []string) error {
		if o.realTime {
			o.cacheTTL = emulator.DefaultCacheTTL
		}
		if o.cacheTTL < 5*time.Second {
			return clierr.New("cmd/demo-ttl", clierr.Usage, nil)
		}
		return a.demo(c.Context(), o)
	}
	return c
}

// demo runs the commands a user would type, in this process, against a local
// cloud of its own. Everything it prints really happened; a step that does not
// end as announced ends the demo.
type demo struct {
	app   *app
	dir   string
	cloud *emulator.Emulator
	steps []demoStep
}

// demoStep is one command of the demo in its JSON document.
type demoStep struct {
	Command string `json:"command"`
	Exit    int    `json:"exit"`
	Output  string `json:"output"`
}

func (a *app) demo(ctx context.Context, o demoOptions) (err error) {
	if err := a.needsNode(ctx); err != nil {
		return err
	}
	dir, err := a.demoDir(o.dir)
	if err != nil {
		return err
	}
	d := &demo{app: a, dir: dir}
	d.say(text.DemoIntro, "dir", dir)
	if err := d.start(o.cacheTTL); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeEmulator(d.cloud)) }()
	if o.realTime {
		d.say(text.DemoRealTime)
	} else {
		d.say(text.DemoShortened, "ttl", o.cacheTTL.String())
	}
	if err := d.story(ctx); err != nil {
		return err
	}
	if a.flags.json {
		return a.printJSON(struct {
			Schema   string     `json:"schema"`
			Project  string     `json:"project"`
			CacheTTL string     `json:"cacheTtl"`
			Steps    []demoStep `json:"steps"`
		}{"wxcloud.demo/1", dir, o.cacheTTL.String(), d.steps})
	}
	return nil
}

// needsNode fails before anything is made: without Node nothing can be shown.
func (a *app) needsNode(ctx context.Context) error {
	node := orElse(a.getenv("WXCLOUD_NODE"), "node")
	for _, program := range []string{node, "npm"} {
		if _, err := exec.LookPath(program); err != nil {
			return clierr.New("cmd/demo-needs", clierr.Local, clierr.Args{"program": program}).Hint("cmd/hint-node", nil)
		}
	}
	out, err := exec.CommandContext(ctx, node, "--version").Output()
	if err != nil {
		return clierr.New("cmd/demo-needs", clierr.Local, clierr.Args{"program": node}).Because(err).Hint("cmd/hint-node", nil)
	}
	version := strings.TrimSpace(string(out))
	major, _, _ := strings.Cut(strings.TrimPrefix(version, "v"), ".")
	if n, err := strconv.Atoi(major); err != nil || n < oldestNode {
		return clierr.New("cmd/old-node", clierr.Local, clierr.Args{"program": node, "version": version}).Hint("cmd/hint-node", nil)
	}
	return nil
}

func (a *app) demoDir(given string) (string, error) {
	if given == "" {
		return os.MkdirTemp("", "wxcloud-demo-")
	}
	dir := a.absolute(given)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	if len(entries) > 0 {
		return "", clierr.New("cmd/demo-dir", clierr.Local, clierr.Args{"dir": given})
	}
	return dir, nil
}

// start serves the demo's local cloud where the commands look for one.
func (d *demo) start(cacheTTL time.Duration) error {
	options := d.app.emulatorOptions(localDir(&config.Project{Dir: d.dir}), "")
	options.CacheTTL = cacheTTL
	e, err := emulator.Open(options)
	if err != nil {
		return err
	}
	if err := e.Listen("127.0.0.1:0"); err != nil {
		return errors.Join(err, closeEmulator(e))
	}
	d.cloud = e
	return nil
}

// story is the whole job, from nothing to a call that works.
func (d *demo) story(ctx context.Context) error {
	if err := d.make(ctx); err != nil {
		return err
	}
	if err := d.fail(ctx); err != nil {
		return err
	}
	return d.mend(ctx)
}

// make scaffolds a function, forgets its permission, and lets lint find that.
func (d *demo) make(ctx context.Context) error {
	d.head(text.DemoStepInit)
	if _, err := d.run(ctx, clierr.OK, "init", demoFunction, "--template", "cloud-call", "--template-id", demoTemplate, "--field", "thing1", "--yes"); err != nil {
		return err
	}
	d.say(text.DemoForget, "api", demoAPI)
	if _, err := d.run(ctx, clierr.OK, "perm", "rm", demoAPI); err != nil {
		return err
	}
	d.head(text.DemoStepLint)
	_, err := d.run(ctx, clierr.Failed, "lint")
	return err
}

// fail deploys all the same and shows what users would see.
func (d *demo) fail(ctx context.Context) error {
	d.head(text.DemoStepDeploy)
	if _, err := d.run(ctx, clierr.OK, "deploy", "--local", "--no-lint", "--yes"); err != nil {
		return err
	}
	d.head(text.DemoStepRefused)
	out, err := d.run(ctx, clierr.OK, "invoke", demoFunction, "--local", "--as-user")
	if err != nil {
		return err
	}
	if err := d.expect(out, "-604101"); err != nil {
		return err
	}
	return d.warmUp(ctx)
}

// warmUp invokes until every gateway node has cached the list without the
// permission, so that what follows shows the worst case and not a lucky one.
func (d *demo) warmUp(ctx context.Context) error {
	remote := d.cloud.Remote()
	defer remote.Close()
	for n := range maxWarmUps {
		s, err := remote.Status(ctx)
		if err != nil {
			return err
		}
		for _, f := range s.Functions {
			if f.Name == demoFunction && len(f.Cached) == s.Nodes {
				d.say(text.DemoAllCached, "times", strconv.Itoa(n), "nodes", strconv.Itoa(s.Nodes))
				return nil
			}
		}
		if _, err := remote.CallAsUser(ctx, demoFunction, testUser, []byte("{}")); err != nil {
			return err
		}
	}
	return clierr.New("cmd/demo-unexpected", clierr.Failed, clierr.Args{"want": "cached by every node"})
}

// mend declares the permission, deploys, and waits out the cache.
func (d *demo) mend(ctx context.Context) error {
	d.head(text.DemoStepFix)
	for _, command := range [][]string{{"perm", "add", demoAPI}, {"lint"}, {"deploy", "--local", "--yes"}} {
		if _, err := d.run(ctx, clierr.OK, command...); err != nil {
			return err
		}
	}
	d.head(text.DemoStepStill)
	out, err := d.run(ctx, clierr.OK, "invoke", demoFunction, "--local", "--as-user")
	if err != nil {
		return err
	}
	if err := d.expect(out, "-604101"); err != nil {
		return err
	}
	d.head(text.DemoStepWait)
	if _, err := d.run(ctx, clierr.OK, "perm", "wait", demoFunction, "--local", "--as-user", "--event", "{}"); err != nil {
		return err
	}
	d.head(text.DemoStepWorks)
	if out, err = d.run(ctx, clierr.OK, "invoke", demoFunction, "--local", "--as-user"); err != nil {
		return err
	}
	if err := d.expect(out, `"errCode":0`); err != nil {
		return err
	}
	d.head(text.DemoHonest)
	d.say(text.DemoHonestWriter)
	d.say(text.DemoHonestUploadKey)
	d.say(text.DemoHonestSending)
	d.say(text.DemoEnd, "dir", d.dir)
	return nil
}

// run types one command and returns what it printed on stdout.
func (d *demo) run(ctx context.Context, want clierr.Exit, args ...string) (string, error) {
	line := "wxcloud " + quoteAll(args)
	out := new(bytes.Buffer)
	var streams *ui.Streams
	if d.app.flags.json {
		streams, out, _ = ui.Test("", ui.Kind{})
		streams.Err = out
	} else {
		d.app.printf("\n%s\n", d.app.io.OutTheme().Cyan("$ "+line))
		copied := *d.app.io
		copied.Out = io.MultiWriter(d.app.io.Out, out)
		streams = &copied
	}
	exit := Run(ctx, Process{
		Args: append(append([]string{}, args...), "--lang", string(d.app.lang)), Streams: streams,
		Getenv: d.app.demoEnv, Dir: d.dir, Prompt: d.app.prompt,
	})
	d.steps = append(d.steps, demoStep{line, int(exit), out.String()})
	if exit == clierr.Interrupted || ctx.Err() != nil {
		return "", context.Canceled
	}
	if exit != want {
		err := clierr.New("cmd/demo-failed", exit, clierr.Args{"command": line, "exit": strconv.Itoa(int(exit)), "want": strconv.Itoa(int(want))})
		if exit == clierr.OK {
			err.Exit = clierr.Failed
		}
		return "", err
	}
	return out.String(), nil
}

// demoEnv keeps the user's own environment variables of wxcloud out of the
// demo; everything else stays, npm's settings above all.
func (a *app) demoEnv(name string) string {
	if strings.HasPrefix(name, "WXCLOUD_") && name != "WXCLOUD_NODE" {
		return ""
	}
	return a.getenv(name)
}

func (d *demo) expect(out, want string) error {
	if strings.Contains(strings.ReplaceAll(out, `": `, `":`), want) {
		return nil
	}
	return clierr.New("cmd/demo-unexpected", clierr.Failed, clierr.Args{"want": want})
}

func (d *demo) head(s text.Sentence) {
	if !d.app.flags.json {
		d.app.printf("\n%s\n", d.app.io.OutTheme().Bold("# "+d.app.t(s)))
	}
}

func (d *demo) say(s text.Sentence, pairs ...string) {
	if !d.app.flags.json {
		_, _ = fmt.Fprintf(d.app.io.Out, "%s\n", d.app.t(s, pairs...))
	}
}

// quoteAll writes arguments as they would be typed.
func quoteAll(args []string) string {
	quoted := make([]string, len(args))
	for i, arg := range args {
		quoted[i] = shellQuote(filepath.ToSlash(arg))
	}
	return strings.Join(quoted, " ")
}
