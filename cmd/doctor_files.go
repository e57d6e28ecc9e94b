package cmd

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
)

// doctorFiles looks at what git keeps and what it should not.
func (a *app) doctorFiles(ctx context.Context, p patient) []finding {
	if p.project == nil {
		return nil
	}
	inside, err := git(ctx, p.project.Dir, nil, "rev-parse", "--is-inside-work-tree")
	if err != nil || strings.TrimSpace(inside) != "true" {
		found := a.keyFiles(p)
		return append(found, finding{level: levelUnchecked, id: "cmd/doctor-no-git"})
	}
	found := a.keyFiles(p)
	secrets := a.doctorSecrets(ctx, p)
	found = append(found, secrets...)
	if len(secrets) == 0 {
		found = append(found, finding{level: levelOK, id: "cmd/doctor-no-secret"})
	}
	return append(found, a.doctorIgnored(ctx, p)...)
}

// git runs git in a folder; input, if any, is its standard input.
func git(ctx context.Context, dir string, input []string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, gitLimit)
	defer cancel()
	c := exec.CommandContext(ctx, "git", args...)
	c.Dir = dir
	if input != nil {
		c.Stdin = strings.NewReader(strings.Join(input, "\x00") + "\x00")
	}
	out, err := c.Output()
	return string(out), err
}

// secretPatterns are the files nobody else may have. The keys of a local cloud
// open nothing.
func secretPatterns() []string {
	return []string{"*private.*.key", ".env", "*/.env", ".wxcloudconfig", "*/.wxcloudconfig", ":!.wxcloud/*", ":!*/.wxcloud/*"}
}

// doctorSecrets finds keys that git has, and those it would take next time.
func (a *app) doctorSecrets(ctx context.Context, p patient) []finding {
	var found []finding
	list := func(args ...string) []string {
		out, err := git(ctx, p.project.Dir, nil, slices.Concat([]string{"ls-files", "-z"}, args, []string{"--"}, secretPatterns())...)
		if err != nil {
			return nil
		}
		return slices.DeleteFunc(strings.Split(out, "\x00"), func(s string) bool { return s == "" })
	}
	for _, file := range list("--cached") {
		found = append(found, finding{
			level: levelProblem, id: "cmd/doctor-secret-tracked", at: clierr.Position{File: filepath.Join(p.project.Dir, filepath.FromSlash(file))},
			fix: "git rm --cached " + shellQuote(a.relative(filepath.Join(p.project.Dir, filepath.FromSlash(file)))), advice: "cmd/doctor-advice-secret",
		})
	}
	for _, file := range list("--others", "--exclude-standard") {
		found = append(found, finding{
			level: levelProblem, id: "cmd/doctor-secret-not-ignored", at: clierr.Position{File: filepath.Join(p.project.Dir, filepath.FromSlash(file))},
			fix: "echo " + shellQuote(ignoreRule(file)) + " >> " + shellQuote(a.relative(filepath.Join(p.project.Dir, ".gitignore"))),
		})
	}
	return found
}

func ignoreRule(file string) string {
	if name := filepath.Base(file); !strings.HasPrefix(name, "private.") {
		return name
	}
	return "private.*.key"
}

// doctorIgnored finds files that others need and git leaves out.
func (a *app) doctorIgnored(ctx context.Context, p patient) []finding {
	needed := []string{}
	for _, f := range p.project.Functions {
		if f.Config.Exists {
			needed = append(needed, f.Config.Path)
		}
	}
	lock := filepath.Join(p.project.Dir, state.LockFile)
	if _, err := os.Stat(lock); err == nil {
		needed = append(needed, lock)
	}
	if len(needed) == 0 {
		return nil
	}
	if _, _, generated := config.GeneratedBy(p.project.Root); generated {
		return nil // a build's output is rightly ignored
	}
	// It ends with 1 when nothing is ignored.
	out, err := git(ctx, p.project.Dir, needed, "check-ignore", "-z", "--stdin")
	if err != nil || out == "" {
		return []finding{{level: levelOK, id: "cmd/doctor-committed", args: clierr.Args{"count": decimal(len(needed))}}}
	}
	var found []finding
	for file := range strings.SplitSeq(strings.TrimSuffix(out, "\x00"), "\x00") {
		found = append(found, finding{
			level: levelWarning, id: "cmd/doctor-ignored", at: clierr.Position{File: file},
			fix: "git add -f " + shellQuote(a.relative(file)),
		})
	}
	return found
}

// keyFiles looks at the files of upload keys beside the project: whose they are
// and who can read them.
func (a *app) keyFiles(p patient) []finding {
	files, err := filepath.Glob(filepath.Join(p.project.Dir, "private.*.key"))
	if err != nil {
		return nil
	}
	var found []finding
	for _, file := range files {
		name := filepath.Base(file)
		if name != "private."+p.project.AppID+".key" && p.project.AppID != "" {
			found = append(found, finding{level: levelWarning, id: "cmd/doctor-key-other", args: clierr.Args{"appid": p.project.AppID}, at: clierr.Position{File: file}})
		}
		if info, err := os.Stat(file); err == nil && runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
			found = append(found, finding{level: levelWarning, id: "cmd/doctor-key-readable", at: clierr.Position{File: file}, fix: "chmod 600 " + shellQuote(a.relative(file))})
		}
	}
	return found
}
