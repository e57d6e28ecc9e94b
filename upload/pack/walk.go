package pack

import (
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wxcloud/internal/clierr"
	"wxcloud/internal/ignore"
)

// IgnoreFile is the function's own list of what not to pack, with the meaning
// of a .gitignore.
const IgnoreFile = ".wxcloudignore"

// defaults are left out unless .wxcloudignore takes them back with "!". The
// first group is of no use in the cloud, the second must not get there.
const defaults = `.git
.svn
.hg
.DS_Store
Thumbs.db
.idea/
.vscode/
.wxcloud/
.wxcloudignore
.wxcloud-*.tmp
npm-debug.log*
.env
.env.*
private.*.key
*.pem
.npmrc
`

// remoteDefaults are added when the cloud installs the dependencies.
const remoteDefaults = "node_modules/\n"

// lists decide what is packed: wxcloud's defaults, the function's own list, and
// the names that hold credentials.
type lists struct{ own, custom, secret ignore.List }

// walk fills Files and Ignored.
func (p *Package) walk() error {
	lists, err := p.lists()
	if err != nil {
		return err
	}
	root := os.DirFS(p.dir)
	return fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return p.cannotRead(name, err)
		}
		if name == "." {
			return nil
		}
		if ignored := p.ignored(name, d.IsDir(), lists); ignored != nil {
			p.Ignored = append(p.Ignored, *ignored)
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return nil
		}
		return p.add(name, d, lists.secret)
	})
}

func (p *Package) lists() (lists, error) {
	l := lists{own: ignore.Parse(defaults), secret: ignore.Parse(secretNames)}
	if p.options.RemoteInstall {
		l.own.Append(remoteDefaults)
	}
	text, err := os.ReadFile(filepath.Join(p.dir, IgnoreFile))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return l, p.cannotRead(IgnoreFile, err)
	}
	l.custom = ignore.Parse(string(text))
	return l, nil
}

// ignored decides on one path below folders that are packed. The user's list
// has the last word over ours, and a file allowed by name is packed whatever
// ours says.
func (p *Package) ignored(name string, folder bool, l lists) *Ignored {
	shown := name
	if folder {
		shown += "/"
	}
	if out, by := l.custom.Match(name, folder); by != nil {
		if out {
			return &Ignored{Path: shown, Pattern: by.Text}
		}
		return nil
	}
	if out, by := l.own.Match(name, folder); out && !slices.Contains(p.options.AllowSecrets, name) {
		return &Ignored{Path: shown, Pattern: by.Text, Default: true}
	}
	return nil
}

// add reads one file, checks it and appends it.
func (p *Package) add(name string, d fs.DirEntry, secret ignore.List) error {
	if why := badName(name); why != "" {
		return clierr.New(why, clierr.Local, clierr.Args{"file": name})
	}
	info, err := d.Info()
	if err != nil {
		return p.cannotRead(name, err)
	}
	switch {
	case info.Mode()&fs.ModeSymlink != 0:
		return p.addLink(name)
	case !info.Mode().IsRegular():
		return clierr.New("pack/not-a-file", clierr.Local, clierr.Args{"file": name}).
			Hint("pack/hint-ignore", clierr.Args{"file": name, "list": IgnoreFile})
	}
	data, err := os.ReadFile(filepath.Join(p.dir, filepath.FromSlash(name)))
	if err != nil {
		return p.cannotRead(name, err)
	}
	if err := p.guard(name, data, secret); err != nil {
		return err
	}
	p.Files = append(p.Files, Entry{Path: name, Mode: mode(info.Mode()), Size: int64(len(data)), hash: sha256.Sum256(data)})
	return nil
}

// addLink keeps a symbolic link whose target lies in the function. Any other
// would be dead in the cloud, or would carry a foreign file there.
func (p *Package) addLink(name string) error {
	target, err := os.Readlink(filepath.Join(p.dir, filepath.FromSlash(name)))
	if err != nil {
		return p.cannotRead(name, err)
	}
	target = filepath.ToSlash(target)
	if path.IsAbs(target) || filepath.IsAbs(filepath.FromSlash(target)) || !fs.ValidPath(path.Join(path.Dir(name), target)) {
		return clierr.New("pack/link-outside", clierr.Local, clierr.Args{"file": name, "target": target}).
			Hint("pack/hint-ignore", clierr.Args{"file": name, "list": IgnoreFile})
	}
	p.Files = append(p.Files, Entry{
		Path: name, Mode: fs.ModeSymlink | 0o777, Size: int64(len(target)), Link: target, hash: sha256.Sum256([]byte(target)),
	})
	return nil
}

// mode reduces a file's mode to what the archive keeps, so that it does not
// depend on the umask of the machine. Windows has no executable files and always
// gives 0644.
func mode(m fs.FileMode) fs.FileMode {
	if m&0o111 != 0 {
		return 0o755
	}
	return 0o644
}

// badName names what is wrong with a path for an archive, or is "". A name that
// is not UTF-8 would clear the archive's UTF-8 flag and arrive garbled; a
// backslash is a folder separator to some readers.
func badName(name string) clierr.ID {
	switch {
	case !utf8.ValidString(name):
		return "pack/name-not-utf8"
	case strings.ContainsRune(name, '\\'):
		return "pack/name-backslash"
	case strings.ContainsFunc(name, unicode.IsControl):
		return "pack/name-control"
	case !fs.ValidPath(name):
		return "pack/name-path"
	}
	return ""
}

func (p *Package) cannotRead(name string, cause error) error {
	if pathError, ok := errors.AsType[*fs.PathError](cause); ok {
		cause = pathError.Err
	}
	return clierr.New("pack/cannot-read", clierr.Local, clierr.Args{"file": path.Join(filepath.ToSlash(p.dir), name)}).Because(cause)
}
