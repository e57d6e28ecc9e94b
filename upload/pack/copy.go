package pack

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"wxcloud/config"
	"wxcloud/internal/clierr"
)

// copy adds a file or a folder from elsewhere. That it is named explicitly
// counts more than any list; what lies in it goes by the lists again.
func (w *walker) copy(c Copy) error {
	to := path.Clean(c.To)
	args := clierr.Args{"from": c.From, "to": c.To}
	if c.To == "" || !fs.ValidPath(to) || to == config.FunctionFile {
		return clierr.New("pack/copy-place", clierr.Local, args)
	}
	info, err := os.Stat(c.From)
	if err != nil {
		return clierr.New("pack/copy-missing", clierr.Local, args).Because(withoutPath(err))
	}
	if !info.IsDir() {
		if to == "." {
			return clierr.New("pack/copy-place", clierr.Local, args)
		}
		return w.file(tree{source: c.From, name: to, copied: true}, to, info.Mode().Type())
	}
	if to == "." {
		to = ""
	}
	return w.folder(tree{source: filepath.Clean(c.From), name: to, copied: true}, to, nil)
}

// join removes what is there twice with the same contents, a function that
// still holds an older copy of a shared file is an error. files are sorted.
func join(files []Entry) ([]Entry, error) {
	kept := files[:0]
	folders := map[string]string{}
	for _, f := range files {
		if len(kept) > 0 && kept[len(kept)-1].Path == f.Path {
			before := kept[len(kept)-1]
			if before.hash != f.hash || before.Mode != f.Mode {
				return nil, conflict(f.Path, before.source, f.source)
			}
			continue
		}
		kept = append(kept, f)
		for at, c := range f.Path {
			if c == '/' {
				folders[f.Path[:at]] = f.source
			}
		}
	}
	for _, f := range kept {
		if other := folders[f.Path]; other != "" {
			return nil, conflict(f.Path, f.source, other)
		}
	}
	return kept, nil
}

func conflict(name, a, b string) error {
	return clierr.New("pack/copy-conflict", clierr.Local, clierr.Args{
		"file": name, "first": strings.ReplaceAll(a, `\`, "/"), "second": strings.ReplaceAll(b, `\`, "/"),
	})
}
