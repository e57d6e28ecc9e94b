package emulator

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"wxcloud/internal/clierr"
)

// A state folder may come with somebody's repository. Nothing in it may lead out
// of it: files are written and old code is deleted in there.

// claimFolder makes the folder, refuses one that leads elsewhere, and closes it
// to other users of this machine.
func claimFolder(dir string) error {
	unusable := func(err error) error {
		return clierr.New("emulator/dir-unusable", clierr.Local, clierr.Args{"dir": dir}).Because(err)
	}
	suspects := []string{dir}
	if parent := filepath.Dir(dir); filepath.Base(parent) == ".wxcloud" {
		suspects = append(suspects, parent) // it is the project's as well
	}
	for _, name := range []string{"runner.js", "tmp"} {
		suspects = append(suspects, filepath.Join(dir, "home", name))
	}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return unusable(err)
	}
	for _, entry := range entries {
		suspects = append(suspects, filepath.Join(dir, entry.Name()))
	}
	for _, path := range suspects {
		if info, err := os.Lstat(path); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return clierr.New("emulator/dir-link", clierr.Local, clierr.Args{"path": path})
		}
	}
	for _, path := range []string{dir, filepath.Join(dir, zipsFolder), filepath.Join(dir, functionsFolder), filepath.Join(dir, "home")} {
		if err := os.MkdirAll(path, 0o700); err != nil {
			return unusable(err)
		}
		if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o077 != 0 {
			_ = os.Chmod(path, 0o700) // on a file system without modes there is nothing to close
		}
	}
	return nil
}

const (
	zipsFolder      = "zips"
	functionsFolder = "functions"
)

// sweep removes code no function needs. It touches only what a local cloud makes:
// names it would not give are somebody else's. A link under such a name leads
// out and is removed whoever wants it.
func (e *Emulator) sweep(wanted map[string]bool) {
	own := regexp.MustCompile(`^([0-9a-f]{64}(\.zip|-npm)?|partial-.*|\.wxcloud-[A-Z0-9]+\.tmp)$`)
	for _, folder := range []string{zipsFolder, functionsFolder} {
		entries, err := os.ReadDir(filepath.Join(e.options.Dir, folder))
		if err != nil {
			continue
		}
		for _, entry := range entries {
			if own.MatchString(entry.Name()) && (!wanted[entry.Name()] || entry.Type()&fs.ModeSymlink != 0) {
				// What cannot be removed now can be at the next start.
				_ = os.RemoveAll(filepath.Join(e.options.Dir, folder, entry.Name()))
			}
		}
	}
}

// needed names the code the functions of the state have.
func (e *Emulator) needed() map[string]bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	wanted := map[string]bool{}
	for _, f := range e.state.Functions {
		all := []code{f.Current, f.latest()}
		for _, v := range f.Versions {
			all = append(all, v.Code)
		}
		for _, c := range all {
			wanted[filepath.Base(e.zipPath(c.SHA))] = true
			wanted[filepath.Base(e.codeFolder(c))] = true
		}
	}
	return wanted
}

// Replaced code stays as long as a call of it may run, and is looked for now and
// then: people who save at each key would fill the disk otherwise.
const (
	replacedLife = maxTimeout*time.Second + time.Minute
	sweepEvery   = 64 // uploads
)

// sweepReplaced removes code that no function has had for a while.
func (e *Emulator) sweepReplaced(now time.Time) {
	e.files.Lock()
	defer e.files.Unlock()
	if e.uploads++; e.uploads%sweepEvery != 0 {
		return
	}
	wanted := e.needed()
	seen := map[string]time.Time{}
	for _, folder := range []string{zipsFolder, functionsFolder} {
		entries, err := os.ReadDir(filepath.Join(e.options.Dir, folder))
		if err != nil {
			continue
		}
		for _, entry := range entries {
			name := entry.Name()
			if wanted[name] {
				continue
			}
			if first, ok := e.replaced[name]; !ok {
				seen[name] = now
			} else if now.Sub(first) < replacedLife {
				seen[name] = first
			}
			if _, kept := seen[name]; kept {
				wanted[name] = true
			}
		}
	}
	e.replaced = seen
	e.sweep(wanted)
}

// removeLeftWrites removes what a write that was killed left behind.
func removeLeftWrites(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), ".wxcloud-") && strings.HasSuffix(entry.Name(), ".tmp") && entry.Type().IsRegular() {
			_ = os.Remove(filepath.Join(dir, entry.Name()))
		}
	}
}

// ResetFolder empties the state folder of a local cloud that does not run, also
// when its state cannot be read. Credentials stay.
func ResetFolder(dir string) error {
	o, err := Options{Dir: dir}.withDefaults()
	if err != nil {
		return err
	}
	lock, err := lockFolder(o.Dir)
	if err != nil {
		return err
	}
	err = os.Remove(filepath.Join(o.Dir, stateFile))
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err != nil {
		err = clierr.New("emulator/dir-unusable", clierr.Local, clierr.Args{"dir": dir}).Because(err)
	} else {
		_ = os.Remove(filepath.Join(o.Dir, logsFile))
		(&Emulator{options: o}).sweep(nil)
	}
	return errors.Join(err, lock.Unlock())
}
