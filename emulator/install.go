package emulator

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"wxcloud/emulator/signature"
	"wxcloud/internal/clierr"
	"wxcloud/internal/processgroup"
)

// pinnedSDK is a package.json with its lockfile for the one dependency nearly
// every cloud function has. The lockfile names no registry host, so npm uses
// the one the user has set.
//
//go:embed sdk/package.json sdk/package-lock.json
var pinnedSDK embed.FS

// PinnedSDK is the version of wx-server-sdk installed for "latest".
const PinnedSDK = "4.0.2"

// manifest is what is read of a package.json.
type manifest struct {
	Dependencies map[string]string `json:"dependencies"`
}

// installPackages makes the packages a function declares resolvable from its
// folder: from the cache, or with npm into the cache. Install scripts do not run.
// It returns project.sdk.
func (e *Emulator) installPackages(ctx context.Context, folder string) (string, error) {
	project, err := projectOf(filepath.Join(folder, "code"))
	if err != nil || project == nil {
		return "", err
	}
	installed, err := e.cached(ctx, *project)
	if err != nil {
		return "", err
	}
	link := filepath.Join(folder, "node_modules")
	if _, err := os.Lstat(link); err == nil {
		return project.sdk, nil
	}
	err = linkFolder(filepath.Join(installed, "node_modules"), link)
	if errors.Is(err, fs.ErrExist) {
		err = nil
	}
	return project.sdk, err
}

// project is what npm is given.
type project struct {
	manifest, lock []byte
	command        string // "ci" with a lock, else "install"
	sdk            string // what PinnedSDK stands for, as FunctionStatus.SDK tells it
}

func (p project) key() string {
	return signature.Hash(append(append([]byte("1 "+p.command+"\n"), p.manifest...), p.lock...))[:40]
}

// projectOf reads a function's package.json; nil when it declares nothing.
func projectOf(dir string) (*project, error) {
	data, err := os.ReadFile(filepath.Join(dir, "package.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil //nolint:nilnil // no package.json, nothing to install
	}
	if err != nil {
		return nil, err
	}
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, errors.New("package.json: " + err.Error())
	}
	if len(m.Dependencies) == 0 {
		return nil, nil //nolint:nilnil // nothing to install
	}
	lock, err := os.ReadFile(filepath.Join(dir, "package-lock.json"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if asked := m.Dependencies["wx-server-sdk"]; lock == nil && len(m.Dependencies) == 1 && acceptsPinned(asked) {
		return pinnedProject(strings.TrimSpace(asked))
	}
	if lock != nil {
		// The lock speaks of all the manifest says.
		return &project{manifest: data, lock: lock, command: "ci"}, nil
	}
	// Only the dependencies: names, scripts and versions of the function itself
	// would give the same packages another place in the cache.
	reduced, err := json.Marshal(map[string]any{"private": true, "dependencies": m.Dependencies})
	return &project{manifest: reduced, command: "install"}, err
}

func pinnedProject(asked string) (*project, error) {
	p := project{command: "ci"}
	if asked != PinnedSDK {
		p.sdk = "wx-server-sdk " + asked + " -> " + PinnedSDK + " (pinned)"
	}
	var err error
	if p.manifest, err = pinnedSDK.ReadFile("sdk/package.json"); err != nil {
		return nil, err
	}
	p.lock, err = pinnedSDK.ReadFile("sdk/package-lock.json")
	return &p, err
}

// acceptsPinned reports whether a version range of the simple kinds people
// write for the SDK (latest, *, 4, ^4.0.1, ~4.0.0, >=0.4.0) admits PinnedSDK.
func acceptsPinned(r string) bool {
	r = strings.TrimSpace(r)
	if r == "latest" || r == "*" || r == "x" {
		return true
	}
	operator := ""
	for _, o := range []string{"^", "~", ">=", "="} {
		if rest, ok := strings.CutPrefix(r, o); ok {
			operator, r = o, strings.TrimSpace(rest)
			break
		}
	}
	want, open, ok := parseVersion(strings.TrimPrefix(r, "v"))
	if !ok {
		return false
	}
	have, _, _ := parseVersion(PinnedSDK)
	notOlder := want[0] < have[0] || want[0] == have[0] && (want[1] < have[1] || want[1] == have[1] && want[2] <= have[2])
	switch operator {
	case ">=":
		return notOlder
	case "^":
		return notOlder && want[0] == have[0]
	case "~":
		return notOlder && want[0] == have[0] && (open == 1 || want[1] == have[1])
	default: // exact, or open at the end as "4" and "4.0.x" are
		return want[0] == have[0] && (open <= 1 || want[1] == have[1]) && (open <= 2 || want[2] == have[2])
	}
}

// parseVersion reads "4", "4.0", "4.x", "4.0.2"; fixed is how many parts are given.
func parseVersion(s string) (parts [3]int, fixed int, ok bool) {
	fields := strings.Split(s, ".")
	if len(fields) > 3 {
		return parts, 0, false
	}
	for i, f := range fields {
		if f == "x" || f == "*" {
			return parts, fixed, fixed > 0
		}
		n, err := strconv.Atoi(f)
		if err != nil || n < 0 {
			return parts, 0, false
		}
		parts[i] = n
		fixed++
	}
	return parts, fixed, true
}

// cached returns the folder of an installed project, installing it once however
// many processes ask.
func (e *Emulator) cached(ctx context.Context, p project) (string, error) {
	folder := filepath.Join(e.options.CacheDir, p.key())
	if _, err := os.Stat(folder); err == nil {
		return folder, nil
	}
	if err := os.MkdirAll(e.options.CacheDir, 0o755); err != nil {
		return "", err
	}
	lock := flock.New(folder + ".lock")
	if _, err := lock.TryLockContext(ctx, 100*time.Millisecond); err != nil {
		return "", err
	}
	defer lock.Unlock() //nolint:errcheck // it ends with the process at the latest
	if _, err := os.Stat(folder); err == nil {
		return folder, nil
	}
	removeLeftovers(e.options.CacheDir, time.Now())
	partial, err := os.MkdirTemp(e.options.CacheDir, partialPrefix)
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(partial)
	if err := e.npm(ctx, partial, p); err != nil {
		return "", err
	}
	// A project whose packages are all optional for another system has none.
	if err := os.MkdirAll(filepath.Join(partial, "node_modules"), 0o755); err != nil {
		return "", err
	}
	return folder, os.Rename(partial, folder)
}

// partialPrefix starts the name of a folder npm is at work in.
const partialPrefix = "partial-"

// leftoverAge is far more than an installation takes.
const leftoverAge = 24 * time.Hour

// removeLeftovers removes what installations that were killed left in the cache.
func removeLeftovers(cache string, now time.Time) {
	entries, err := os.ReadDir(cache)
	if err != nil {
		return
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err == nil && entry.IsDir() && strings.HasPrefix(entry.Name(), partialPrefix) && now.Sub(info.ModTime()) > leftoverAge {
			// What cannot be removed now can be at the next installation.
			_ = os.RemoveAll(filepath.Join(cache, entry.Name()))
		}
	}
}

func (e *Emulator) npm(ctx context.Context, dir string, p project) error {
	program, err := exec.LookPath(e.options.NPM)
	if err != nil {
		return clierr.New("emulator/no-npm", clierr.Local, clierr.Args{"npm": e.options.NPM}).Because(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "package.json"), p.manifest, 0o600); err != nil {
		return err
	}
	if p.lock != nil {
		if err := os.WriteFile(filepath.Join(dir, "package-lock.json"), p.lock, 0o600); err != nil {
			return err
		}
	}
	output, err := e.runNPM(ctx, program, dir, p.command)
	if err != nil && p.command == "ci" && strings.Contains(output, "npm error code EUSAGE") {
		// The lock is not that of the manifest: npm ci refuses what npm install
		// mends. Which of them the platform runs is not documented.
		output, err = e.runNPM(ctx, program, dir, "install")
	}
	if err != nil {
		return clierr.New("emulator/install-failed", clierr.Cloud, clierr.Args{"reason": npmReason(output, err)}).
			Hint("emulator/hint-registry", nil)
	}
	return nil
}

func (e *Emulator) runNPM(ctx context.Context, program, dir, what string) (string, error) {
	command := exec.CommandContext(ctx, program, what, "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund")
	command.Dir = dir
	processgroup.Own(command)
	command.Cancel = func() error { processgroup.Kill(command); return nil }
	command.WaitDelay = 5 * time.Second
	var output bytes.Buffer
	command.Stdout, command.Stderr = &output, &output
	err := command.Run()
	return output.String(), err
}

// npmReason keeps the lines in which npm says what went wrong.
func npmReason(output string, err error) string {
	var lines []string
	for line := range strings.Lines(output) {
		text, ok := strings.CutPrefix(strings.TrimSpace(line), "npm error ")
		if ok && !strings.HasPrefix(text, "A complete log") && !strings.HasPrefix(text, "/") {
			lines = append(lines, strings.TrimSpace(text))
		}
	}
	if len(lines) == 0 {
		return err.Error()
	}
	return strings.Join(lines[:min(len(lines), 4)], "; ")
}

// installReason is a failed installation as a function's status tells it.
func installReason(err error) string {
	var ce *clierr.Error
	if errors.As(err, &ce) {
		switch ce.ID {
		case "emulator/install-failed":
			return "npm: " + ce.Args["reason"]
		case "emulator/no-npm":
			return "npm was not found: " + ce.Args["npm"]
		}
	}
	return err.Error()
}
