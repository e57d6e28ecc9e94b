package pack

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ignore"
)

// found is a file to pack, not yet read.
type found struct {
	name   string // in the package
	source string // on disk
	link   string // where it points, if it is a symbolic link
}

// walker goes through folders and decides what is packed.
type walker struct {
	p        *Package
	defaults ignore.List // wxcloud's
	tests    ignore.List // wxcloud's too, not for packages
	settings ignore.List // the project's, which has the last word
	found    []found
}

// tree is one folder that is packed as a whole: the function, or a copy.
type tree struct {
	source string // on disk
	name   string // in the package, "" for its root
	copied bool
}

// level is the list of one folder and where that folder is in the package.
type level struct {
	name string
	list ignore.List
}

// walk fills Ignored and returns what is left.
func (p *Package) walk() ([]found, error) {
	w := walker{p: p, defaults: ignore.Parse(defaults), tests: ignore.Parse(testDefaults), settings: ignore.Parse(strings.Join(p.options.Ignore, "\n"))}
	if p.options.RemoteInstall {
		w.defaults.Append(remoteDefaults)
	}
	function := tree{source: p.dir}
	if err := w.folder(function, "", nil); err != nil {
		return nil, err
	}
	for _, c := range p.options.Copies {
		if err := w.copy(c); err != nil {
			return nil, err
		}
	}
	return w.found, nil
}

// folder adds what lies in a folder, given by its path in the package.
func (w *walker) folder(t tree, name string, levels []level) error {
	source := t.path(name)
	entries, err := os.ReadDir(source)
	if err != nil {
		return cannotRead(source, err)
	}
	if slices.ContainsFunc(entries, func(d fs.DirEntry) bool { return d.Name() == IgnoreFile && !d.IsDir() }) {
		text, err := os.ReadFile(filepath.Join(source, IgnoreFile))
		if err != nil {
			return cannotRead(filepath.Join(source, IgnoreFile), err)
		}
		levels = append(slices.Clip(levels), level{name, ignore.Parse(string(text))})
	}
	for _, d := range entries {
		child := path.Join(name, d.Name())
		if t.copied && child == config.FunctionFile {
			// What a function may do is never decided by what several share.
			w.p.Ignored = append(w.p.Ignored, Ignored{Path: child, Pattern: config.FunctionFile})
			continue
		}
		if ignored := w.ignored(child, d.IsDir(), levels); ignored != nil {
			w.p.Ignored = append(w.p.Ignored, *ignored)
			continue
		}
		if d.IsDir() {
			err = w.folder(t, child, levels)
		} else {
			err = w.file(t, child, d.Type())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// path is where a path of the package is on disk.
func (t tree) path(name string) string {
	return filepath.Join(t.source, filepath.FromSlash(strings.TrimPrefix(strings.TrimPrefix(name, t.name), "/")))
}

// ignored decides on one path below folders that are packed: the project's
// settings before the list of the nearest folder before ours. A file allowed
// by name is packed whatever ours says.
func (w *walker) ignored(name string, folder bool, levels []level) *Ignored {
	shown := name
	if folder {
		shown += "/"
	}
	if out, by := w.settings.Match(name, folder); by != nil {
		if out {
			return &Ignored{Path: shown, Pattern: by.Text, List: "wxcloud.json"}
		}
		return nil
	}
	for _, l := range slices.Backward(levels) {
		relative := strings.TrimPrefix(strings.TrimPrefix(name, l.name), "/")
		if out, by := l.list.Match(relative, folder); by != nil {
			if out {
				return &Ignored{Path: shown, Pattern: by.Text, List: path.Join(l.name, IgnoreFile), Line: by.Line}
			}
			return nil
		}
	}
	if out, by := w.tests.Match(name, folder); out && !published(name) {
		return &Ignored{Path: shown, Pattern: by.Text}
	}
	if out, by := w.defaults.Match(name, folder); out && !slices.Contains(w.p.options.AllowSecrets, name) {
		return &Ignored{Path: shown, Pattern: by.Text}
	}
	return nil
}

// file adds a file or a symbolic link.
func (w *walker) file(t tree, name string, kind fs.FileMode) error {
	if why := badName(name); why != "" {
		return clierr.New(why, clierr.Local, clierr.Args{"file": name})
	}
	f := found{name: name, source: t.path(name)}
	switch {
	case kind&fs.ModeSymlink != 0:
		target, err := t.link(name)
		if err != nil {
			return err
		}
		f.link = target
	case !kind.IsRegular():
		return clierr.New("pack/not-a-file", clierr.Local, clierr.Args{"file": name}).
			Hint("pack/hint-ignore", clierr.Args{"file": name, "list": IgnoreFile})
	}
	w.found = append(w.found, f)
	return nil
}

// link reads a symbolic link. Its target has to lie in the same tree: any other
// would be dead in the cloud, or would carry a foreign file there.
func (t tree) link(name string) (string, error) {
	target, err := os.Readlink(t.path(name))
	if err != nil {
		return "", cannotRead(t.path(name), err)
	}
	target = filepath.ToSlash(target)
	inside := strings.TrimPrefix(strings.TrimPrefix(name, t.name), "/")
	if path.IsAbs(target) || filepath.IsAbs(filepath.FromSlash(target)) || !fs.ValidPath(path.Join(path.Dir(inside), target)) {
		return "", clierr.New("pack/link-outside", clierr.Local, clierr.Args{"file": name, "target": target}).
			Hint("pack/hint-ignore", clierr.Args{"file": name, "list": IgnoreFile})
	}
	return target, nil
}

// maxName is the longest path a zip can hold.
const maxName = 1<<16 - 1

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
	case !fs.ValidPath(name), len(name) > maxName:
		return "pack/name-path"
	}
	return ""
}
