package emulator

import (
	"os"
	"path/filepath"

	"wxcloud/emulator/codezip"
	"wxcloud/emulator/signature"
	"wxcloud/internal/atomicfile"
)

// A zip lies in zips/<sha>.zip; its files in functions/<sha>/code, and beside
// code a link node_modules when packages were installed for it. The folder of an
// installed version has another name, so that the same zip without remote
// installation finds no packages, as in the cloud.

func (e *Emulator) zipPath(sha string) string {
	return filepath.Join(e.options.Dir, zipsFolder, sha+".zip")
}

func (e *Emulator) codeFolder(c code) string {
	name := c.SHA
	if c.Install {
		name += "-npm"
	}
	return filepath.Join(e.options.Dir, functionsFolder, name)
}

// storeZip keeps the zip and unpacks it, and returns it as a version of code.
func (e *Emulator) storeZip(data []byte, install bool) (code, *codezip.Archive, error) {
	archive, err := codezip.Open(data)
	if err != nil {
		return code{}, nil, err
	}
	c := code{SHA: signature.Hash(data), Size: len(data), Install: install}
	if err := e.unpack(c, archive); err != nil { // a zip that cannot be unpacked is not kept
		return c, nil, err
	}
	if err := os.MkdirAll(filepath.Dir(e.zipPath(c.SHA)), 0o700); err != nil {
		return c, nil, err
	}
	if info, err := os.Lstat(e.zipPath(c.SHA)); err == nil && info.Mode().IsRegular() && info.Size() == int64(len(data)) {
		return c, archive, nil // its name is its contents
	}
	return c, archive, atomicfile.Write(e.zipPath(c.SHA), data, 0o600)
}

// ensureUnpacked unpacks a version whose folder has been removed.
func (e *Emulator) ensureUnpacked(c code) error {
	if _, err := os.Stat(filepath.Join(e.codeFolder(c), "code")); err == nil {
		return nil
	}
	data, err := os.ReadFile(e.zipPath(c.SHA))
	if err != nil {
		return err
	}
	archive, err := codezip.Open(data)
	if err != nil {
		return err
	}
	return e.unpack(c, archive)
}

// unpack writes the files into a folder of their own and gives it its name when
// complete, so that a folder that exists is whole.
func (e *Emulator) unpack(c code, archive *codezip.Archive) error {
	target := e.codeFolder(c)
	if _, err := os.Stat(target); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return err
	}
	partial, err := os.MkdirTemp(filepath.Dir(target), "partial-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(partial)
	if err := os.Mkdir(filepath.Join(partial, "code"), 0o700); err != nil {
		return err
	}
	if err := archive.Unpack(filepath.Join(partial, "code")); err != nil {
		return err
	}
	err = os.Rename(partial, target)
	if _, statErr := os.Stat(target); statErr == nil {
		return nil // ours, or that of another upload of the same bytes
	}
	return err
}

// deploy makes c the function's next code. The caller holds mu, calls afflict,
// and calls startInstall after letting mu go.
func (e *Emulator) deploy(f *function, c code) code {
	now := e.now()
	c.Serial = f.latest().Serial + 1
	f.Pending, f.Failure = &c, ""
	f.Install = c.Install
	f.Installing = c.Install
	f.Modified, f.ReadyAt = now, now.Add(e.options.DeployTime)
	return c
}

// startInstall installs the packages of a version in the background; the
// function stays Creating or Updating meanwhile.
func (e *Emulator) startInstall(key string, c code) {
	if !c.Install {
		return
	}
	e.group.Go(func() {
		var sdk string
		err := e.ensureUnpacked(c)
		if err == nil {
			sdk, err = e.installPackages(e.ctx, e.codeFolder(c))
		}
		if e.ctx.Err() != nil {
			return // closing: the next start resumes it
		}
		// The snapshot is written again after any other change: a failure to
		// write it is not the function's.
		_ = e.change(func() {
			f, ok := e.state.Functions[key]
			if !ok || f.Pending == nil || f.Pending.Serial != c.Serial {
				return
			}
			f.Installing, f.Pending.SDK = false, sdk
			if err != nil {
				f.Failure, f.Pending = installReason(err), nil
			}
			f.settle(e.now())
		})
	})
}

// resumeInstalls goes on with what a restart interrupted, and removes files no
// function needs any more.
func (e *Emulator) resumeInstalls() {
	for key, f := range e.state.Functions {
		if f.Installing && f.Pending != nil {
			e.startInstall(key, *f.Pending)
		}
	}
	e.sweep(e.needed())
}

// maxConfig bounds a config.json.
const maxConfig = 1 << 20
