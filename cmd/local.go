package cmd

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"wxcloud/catalog"
	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/emulator"
	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
)

// localCloud is the local cloud a command talks to: one that already runs for
// this project, or one embedded for the length of the command. Both keep their
// state in the same folder.
type localCloud struct {
	*emulator.Remote
	embedded *emulator.Emulator
}

// closeTimeout is how long requests in flight get when an embedded cloud ends.
const closeTimeout = 5 * time.Second

// localDir is where a project's local cloud keeps its state.
func localDir(p *config.Project) string { return filepath.Join(p.Dir, ".wxcloud", "local") }

// interfacesDir is where a project lays down answers of interfaces, unless a flag
// names another folder. It is the project's own and can be committed.
func interfacesDir(p *config.Project, given string) string {
	if given != "" {
		return given
	}
	return filepath.Join(p.Dir, "wxcloud-interfaces")
}

// lockPatience is how long a command waits for another one that has the local
// cloud embedded, and how often it looks.
const (
	lockPatience = 2 * time.Minute
	lockLook     = 100 * time.Millisecond
)

// openLocal attaches to the project's live local cloud, else embeds one. Only
// one command at a time can have it embedded; the next waits for its turn.
func (a *app) openLocal(ctx context.Context, p *config.Project) (*localCloud, error) {
	told := false
	for deadline := time.Now().Add(lockPatience); ; {
		local, err := a.tryLocal(p)
		if err == nil || !clierr.Is(err, "emulator/dir-in-use") || time.Now().After(deadline) {
			return local, err
		}
		if !told {
			told = true
			a.say(text.LocalBusy)
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-time.After(lockLook):
		}
	}
}

func (a *app) tryLocal(p *config.Project) (*localCloud, error) {
	dir := localDir(p)
	remote, err := emulator.Attach(dir)
	if err == nil {
		return &localCloud{Remote: remote}, nil
	}
	if !clierr.Is(err, "emulator/not-running") {
		return nil, err
	}
	if err := state.Prepare(p.Dir); err != nil {
		return nil, err
	}
	options := a.emulatorOptions(dir, p.AppID)
	options.Interfaces = interfacesDir(p, "")
	options.Private = true // it ends with this command; nobody else may rely on it
	e, err := emulator.Open(options)
	if err != nil {
		return nil, err
	}
	if err := e.Listen("127.0.0.1:0"); err != nil {
		return nil, errors.Join(err, closeEmulator(e))
	}
	return &localCloud{Remote: e.Remote(), embedded: e}, nil
}

// emulatorOptions are what every local cloud of this program is opened with.
func (a *app) emulatorOptions(dir, appID string) emulator.Options {
	return emulator.Options{
		Dir: dir, AppID: localAppID(appID),
		Known: func(api string) bool { _, ok := catalog.Lookup(api); return ok },
		Node:  a.getenv("WXCLOUD_NODE"),
	}
}

// localAppID lets a project without an AppID of its own use the local cloud.
func localAppID(appID string) string {
	if appID == noAppID {
		return ""
	}
	return appID
}

// Close ends an embedded local cloud and leaves one that ran before running.
func (l *localCloud) Close() error {
	l.Remote.Close()
	if l.embedded == nil {
		return nil
	}
	return closeEmulator(l.embedded)
}

// closeEmulator does not use the command's context: it must clean up after
// Ctrl-C too.
func closeEmulator(e *emulator.Emulator) error {
	ctx, cancel := context.WithTimeout(context.Background(), closeTimeout)
	defer cancel()
	return e.Close(ctx)
}
