package js

import (
	"path/filepath"
	"slices"
	"strings"
)

// Copy is a file, or a folder with all in it, that stands in the function's folder
// only once the function is packed.
type Copy struct {
	From string // absolute
	To   string // slash path relative to Input.Dir, "." for all of a folder
}

// copy notes what a copy brings into a folder. The function's own and what an
// earlier copy brought stay.
func (f *folder) copy(name string, file, dir bool, from string) {
	if f.files[name] || f.dirs[name] {
		return
	}
	f.add(name, file, dir)
	if from != "" {
		if f.copied == nil {
			f.copied = map[string]string{}
		}
		f.copied[name] = from
	}
}

// addCopies adds to a folder what copies put there: their contents, themselves, or
// the folders above them. A config.json is never copied over the function's.
func (a *Analyzer) addCopies(f *folder, dir string) {
	for _, c := range a.in.Copies {
		at := filepath.Join(a.in.Dir, filepath.FromSlash(c.To))
		switch {
		case within(dir, at):
			from := filepath.Join(c.From, strings.TrimPrefix(dir, at))
			entries, err := a.readDir(from)
			if err != nil {
				continue
			}
			for _, e := range entries {
				if dir == a.in.Dir && e.Name() == "config.json" {
					continue
				}
				link := !e.IsDir() && !e.Type().IsRegular()
				f.copy(e.Name(), !e.IsDir(), e.IsDir() || link, filepath.Join(from, e.Name()))
			}
		case within(at, dir):
			rest := strings.TrimPrefix(strings.TrimPrefix(at, dir), string(filepath.Separator))
			name, _, below := strings.Cut(rest, string(filepath.Separator))
			if below {
				f.copy(name, false, true, "")
				continue
			}
			_, err := a.readDir(c.From)
			f.copy(name, err != nil, err == nil, c.From)
		}
	}
	slices.Sort(f.names)
}

// onDisk is where a path of the function's folder really is.
func (a *Analyzer) onDisk(name string) string {
	if len(a.in.Copies) == 0 || !within(name, a.in.Dir) {
		return name
	}
	if from := a.folder(filepath.Dir(name)).copied[filepath.Base(name)]; from != "" {
		return from
	}
	return name
}
