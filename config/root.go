package config

import (
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"wxcloud/internal/clierr"
)

// conventions are the folders looked for where nothing names the root, the most
// usual first. The generic names only count when functions are in them.
var conventions = [...]struct {
	path    string
	generic bool
}{
	{"cloudfunctions", false},
	{"cloud/functions", false},
	{"cloud-functions", false},
	{"cloudfunction", false},
	{"src/cloudfunctions", false},
	{"../cloudfunctions", false},
	{"functions", true},
	{"cloud", true},
}

// findRoot decides where the functions are. start is what --root counts from.
func (p *Project) findRoot(o Options, start string, candidates ...named) error {
	if o.Root != "" {
		root := o.Root
		if !filepath.IsAbs(root) {
			root = filepath.Join(start, root)
		}
		p.Root, p.RootFrom = filepath.Clean(root), "--root"
		return p.checkRoot(o, clierr.Position{})
	}
	for _, candidate := range candidates {
		if candidate.text == "" {
			continue
		}
		root, err := candidate.folder(p.Dir)
		if err != nil {
			return err
		}
		p.Root, p.RootFrom = root, candidate.file
		return p.checkRoot(o, candidate.at)
	}
	p.Guessed = true
	for _, convention := range conventions {
		root := filepath.Join(p.Dir, filepath.FromSlash(convention.path))
		if isFolder(root) && (!convention.generic || holdsFunctions(root)) {
			p.Root, p.RootFrom = root, convention.path
			return nil
		}
	}
	if o.AllowMissingRoot {
		p.Root, p.RootFrom = filepath.Join(p.Dir, conventions[0].path), conventions[0].path
		return nil
	}
	return clierr.New("config/root-unknown", clierr.Local, clierr.Args{"folder": p.Dir}).
		Hint("config/hint-name-root", nil)
}

// folder is the absolute folder a file's value means.
func (n named) folder(dir string) (string, error) {
	refuse := func(id clierr.ID) (string, error) {
		return "", clierr.New(id, clierr.Local, clierr.Args{"root": n.text}).In(n.at)
	}
	if strings.ContainsFunc(n.text, unicode.IsControl) {
		return refuse("config/root-odd")
	}
	// A drive letter is absolute on every system: the file travels between them.
	hasDrive := len(n.text) > 1 && n.text[1] == ':'
	if root := slashed(n.text); hasDrive || root[0] == filepath.Separator || filepath.IsAbs(root) {
		return refuse("config/root-absolute")
	}
	return filepath.Join(dir, slashed(n.text)), nil
}

// checkRoot refuses a root that cannot be meant or is not there.
func (p *Project) checkRoot(o Options, at clierr.Position) error {
	args := clierr.Args{"root": p.Root, "source": p.RootFrom}
	home, err := os.UserHomeDir()
	if filepath.Dir(p.Root) == p.Root || err == nil && filepath.Clean(home) == p.Root {
		return clierr.New("config/root-too-wide", clierr.Local, args).In(at)
	}
	info, err := os.Stat(p.Root)
	switch {
	case err == nil && info.IsDir():
		return nil
	case err == nil:
		return clierr.New("config/root-not-a-folder", clierr.Local, args).In(at)
	case !os.IsNotExist(err):
		return unreadable(p.Root, err)
	case o.AllowMissingRoot:
		return nil
	default:
		return clierr.New("config/root-missing", clierr.Local, args).In(at).Hint("config/hint-make-root", args)
	}
}

// holdsFunctions reports whether a child folder has a function's files.
func holdsFunctions(root string) bool {
	children, err := os.ReadDir(root)
	if err != nil {
		return false
	}
	for _, child := range children {
		if outerReason(root, child) == "" && looksLikeFunction(filepath.Join(root, child.Name())) {
			return true
		}
	}
	return false
}

// standsBesideFunctions reports whether a config.json in dir is beside functions
// rather than a function's own, which may have its code in a folder. One child
// with files that only functions have decides, or two that could be started, or
// the project.
func standsBesideFunctions(dir string) bool {
	if project := above(dir); project != "" {
		if p, err := locate(project, Options{}, project); err == nil && p.Root == dir {
			return true
		}
	}
	children, err := os.ReadDir(dir)
	if err != nil {
		return false
	}
	startable := 0
	for _, child := range children {
		if outerReason(dir, child) != "" || child.Name() == "src" || buildFolder(child.Name()) {
			continue
		}
		path := filepath.Join(dir, child.Name())
		if isFile(path, FunctionFile) || isFile(path, "package.json") {
			return true
		}
		if entry(unlisted(path), "") != "" {
			startable++
		}
	}
	return startable > 1
}

// looksLikeFunction reports whether a folder has a file that makes it a function.
func looksLikeFunction(dir string) bool {
	return isFile(dir, FunctionFile) || isFile(dir, "package.json") || entry(unlisted(dir), "") != ""
}
