package cmd

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/sanitize"
	"wxcloud/wxapi"
)

type pullOptions struct {
	credentials credentialFlags
	force       bool
	dryRun      bool
}

// pulledCode is the JSON document of pull.
type pulledCode struct {
	Schema      string         `json:"schema"`
	Environment string         `json:"environment"`
	Function    string         `json:"function"`
	Dir         string         `json:"dir"`
	DryRun      bool           `json:"dryRun"`
	Written     []string       `json:"written"` // or would be
	Unchanged   int            `json:"unchanged"`
	Skipped     []skippedFile  `json:"skipped"`
	Settings    pulledSettings `json:"settings"`
}

type skippedFile struct {
	File   string `json:"file"`
	Reason string `json:"reason"` // installed, copied, link
}

// pulledSettings are the function's in the cloud. Variables are named only.
type pulledSettings struct {
	Runtime        string        `json:"runtime"`
	MemoryMB       int           `json:"memoryMB,omitempty"`
	TimeoutSeconds int           `json:"timeoutSeconds,omitempty"`
	Variables      []string      `json:"variables"`
	Triggers       []infoTrigger `json:"triggers"`
}

func (a *app) newPull() *cobra.Command {
	var o pullOptions
	c := a.command("pull FUNCTION", text.PullShort, text.PullLong,
		clierr.OK, clierr.Auth, clierr.Usage, clierr.NotFound, clierr.Cloud, clierr.Local, clierr.OtherCredential)
	c.Example = "  wxcloud pull notify --env prod --dry-run\n  wxcloud pull notify --env prod"
	c.Flags().BoolVar(&o.force, "force", false, a.t(text.FlagPullForce))
	c.Flags().BoolVar(&o.dryRun, "dry-run", false, a.t(text.FlagPullDryRun))
	o.credentials.register(a, c)
	c.ValidArgsFunction = a.completeFunctions
	c.RunE = func(c *cobra.Command, args []string) error {
		name, err := a.onlyName(c, args)
		if err != nil {
			return err
		}
		return a.pull(c.Context(), name, o)
	}
	return c
}

func (a *app) pull(ctx context.Context, name string, o pullOptions) error {
	return a.onCloud(ctx, o.credentials, func(p *config.Project, c *connection) error {
		dir, f := filepath.Join(p.Root, name), config.Function{Name: name}
		if at := slices.IndexFunc(p.Functions, func(f config.Function) bool { return f.Name == name }); at >= 0 {
			f = p.Functions[at]
			dir = f.Dir
		} else if p.Root == "" {
			return clierr.New("cmd/pull-nowhere", clierr.Local, clierr.Args{"function": name})
		}
		if err := refuseGenerated(ctx, filepath.Join(dir, "index.js")); err != nil && f.Dir != "" {
			return err
		}
		remote, err := c.functions.GetFunction(ctx, name)
		if err != nil {
			return err
		}
		there, _, err := cloudCode(ctx, c.functions, name)
		if err != nil {
			return err
		}
		told := pulledCode{
			Schema: "wxcloud.pull/1", Environment: c.env.ID, Function: name, Dir: a.relative(dir), DryRun: o.dryRun,
			Written: []string{}, Skipped: []skippedFile{}, Settings: a.settingsOf(remote),
		}
		write, err := planPull(dir, f, there, &told)
		if err != nil {
			return err
		}
		if !o.force {
			if err := a.unsaved(ctx, dir, write); err != nil {
				return err
			}
		}
		if !o.dryRun {
			if err := writeCode(dir, there, told.Written); err != nil {
				return clierr.New("cmd/pull-unwritable", clierr.Local, clierr.Args{"dir": a.relative(dir)}).Because(err)
			}
		}
		if a.flags.json {
			return a.printJSON(told)
		}
		a.printPulled(c.env, told)
		return nil
	})
}

func (a *app) settingsOf(f wxapi.Function) pulledSettings {
	info := a.describeFunction(f)
	return pulledSettings{info.Runtime, info.MemoryMB, info.TimeoutSeconds, info.Variables, info.Triggers}
}

// planPull sorts the cloud's files into those to write and those to leave. What
// comes back are the files that exist and would be overwritten.
func planPull(dir string, f config.Function, there codeFiles, told *pulledCode) (overwrite []string, err error) {
	for _, name := range slices.Sorted(maps.Keys(there)) {
		file := there[name]
		reason := ""
		switch {
		case installed(name):
			reason = "installed" // npm's, not the author's
		case copiedIn(f, name):
			reason = "copied" // its source is elsewhere in the project
		case !file.Mode.IsRegular():
			reason = "link"
		}
		if reason != "" {
			told.Skipped = append(told.Skipped, skippedFile{name, reason})
			continue
		}
		now, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		switch {
		case err == nil && bytes.Equal(now, file.Data):
			told.Unchanged++
			continue
		case err == nil:
			overwrite = append(overwrite, name)
		case !errors.Is(err, fs.ErrNotExist):
			return nil, clierr.New("cmd/pull-unwritable", clierr.Local, clierr.Args{"dir": told.Dir}).Because(err)
		}
		told.Written = append(told.Written, name)
	}
	return overwrite, nil
}

// copiedIn reports whether a file of the package is put there by a copy of
// wxcloud.json.
func copiedIn(f config.Function, name string) bool {
	for _, c := range f.Copies {
		if c.To == "." {
			if _, err := os.Lstat(filepath.Join(c.From, filepath.FromSlash(name))); err == nil {
				return true
			}
		} else if name == c.To || strings.HasPrefix(name, c.To+"/") {
			return true
		}
	}
	return false
}

// unsaved refuses to overwrite what nobody could bring back: files whose
// present contents are not committed, and all of them outside a repository.
func (a *app) unsaved(ctx context.Context, dir string, overwrite []string) error {
	if len(overwrite) == 0 {
		return nil
	}
	lost := slices.Clone(overwrite)
	if saved, ok := committed(ctx, dir); ok {
		lost = slices.DeleteFunc(lost, func(name string) bool { return saved[name] })
	}
	if len(lost) == 0 {
		return nil
	}
	shown := lost[:min(5, len(lost))]
	list := strings.Join(shown, ", ")
	if len(lost) > len(shown) {
		list += ", …"
	}
	return clierr.New("cmd/pull-over", clierr.Local, clierr.Args{"dir": a.relative(dir), "files": list, "count": strconv.Itoa(len(lost))}).
		Hint("cmd/hint-pull-commit", nil)
}

// committed are the files below dir, by slash path, that git has as they are. ok
// is false without git or outside a repository.
func committed(ctx context.Context, dir string) (saved map[string]bool, ok bool) {
	list := func(args ...string) ([]string, bool) {
		command := exec.CommandContext(ctx, "git", append([]string{"-c", "core.quotePath=false"}, args...)...)
		command.Dir = dir
		out, err := command.Output()
		return strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00"), err == nil
	}
	tracked, ok := list("ls-files", "-z", "--cached")
	if !ok {
		return nil, false
	}
	// Against HEAD: what is only staged is in no commit yet.
	changed, ok := list("diff", "-z", "--name-only", "--relative", "HEAD")
	if !ok {
		return nil, false
	}
	saved = map[string]bool{}
	for _, name := range tracked {
		saved[name] = !slices.Contains(changed, name)
	}
	return saved, true
}

// writeCode writes files into a function's folder, each whole or not at all.
// No link in the folder leads a write out of it.
func writeCode(dir string, files codeFiles, names []string) (err error) {
	if len(names) == 0 {
		return nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	for _, name := range names {
		path := filepath.FromSlash(name)
		if parent := filepath.Dir(path); parent != "." {
			if err := root.MkdirAll(parent, 0o755); err != nil {
				return err
			}
		}
		mode := fs.FileMode(0o644)
		if files[name].Mode&0o100 != 0 {
			mode = 0o755
		}
		temporary := path + ".wxcloud-pull"
		if err := root.WriteFile(temporary, files[name].Data, mode); err != nil {
			return errors.Join(err, root.Remove(temporary))
		}
		if err := root.Rename(temporary, path); err != nil {
			return errors.Join(err, root.Remove(temporary))
		}
	}
	return nil
}

func (a *app) printPulled(env environment, told pulledCode) {
	for _, name := range told.Written {
		a.printf("%s\n", sanitize.Line(told.Dir+"/"+name))
	}
	said := text.Pulled
	if told.DryRun {
		said = text.PullWould
	}
	a.say(said, "function", told.Function, "env", env.Name, "count", strconv.Itoa(len(told.Written)), "unchanged", strconv.Itoa(told.Unchanged))
	counts := map[string]int{}
	for _, s := range told.Skipped {
		counts[s.Reason]++
	}
	for _, one := range [...]struct {
		reason string
		said   text.Sentence
	}{{"installed", text.PullInstalled}, {"copied", text.PullCopied}, {"link", text.PullLinks}} {
		if n := counts[one.reason]; n > 0 {
			a.say(one.said, "count", strconv.Itoa(n))
		}
	}
	s := told.Settings
	triggers := make([]string, len(s.Triggers))
	for i, t := range s.Triggers {
		triggers[i] = t.Name + " (" + t.Cron + ")"
	}
	a.say(text.PullSettings, "runtime", orElse(s.Runtime, "-"), "memory", strconv.Itoa(s.MemoryMB), "timeout", strconv.Itoa(s.TimeoutSeconds),
		"variables", orElse(strings.Join(s.Variables, ", "), "-"), "triggers", orElse(strings.Join(triggers, ", "), "-"))
}
