package pack

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"strings"
	"testing"
)

// other is an archive another program made; "name*" is executable, "name@" a link.
func other(t *testing.T, files map[string]string) *bytes.Reader {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range files {
		mode := fs.FileMode(0o600)
		switch {
		case strings.HasSuffix(name, "*"):
			name, mode = strings.TrimSuffix(name, "*"), 0o700
		case strings.HasSuffix(name, "@"):
			name, mode = strings.TrimSuffix(name, "@"), fs.ModeSymlink|0o777
		}
		h := &zip.FileHeader{Name: name, Method: zip.Store}
		h.SetMode(mode)
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = f.Write([]byte(text))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return bytes.NewReader(b.Bytes())
}

func TestSameAs(t *testing.T) {
	fn := folder(t, map[string]string{
		"index.js": "exports.main = 1", "lib/a.js": "a", "run.sh*": "#!/bin/sh", ".wxcloudignore": "notes/\n*.md\n", "notes/x.txt": "x", "README.md": "r",
		"node_modules/p/index.js": "p",
	})
	p, err := Scan(fn, Options{RemoteInstall: true})
	if err != nil {
		t.Fatal(err)
	}
	base := map[string]string{"index.js": "exports.main = 1", "lib/a.js": "a", "run.sh*": "#!/bin/sh"}
	for name, c := range map[string]struct {
		change map[string]string // "" takes a file away
		want   bool
	}{
		"the same":               {nil, true},
		"folders of its own":     {map[string]string{"lib/": " "}, true},
		"what is left out here":  {map[string]string{"README.md": "r", "notes/x.txt": "other", ".wxcloudignore": "z"}, true},
		"installed packages":     {map[string]string{"node_modules/p/index.js": "installed", "package-lock.json": "{}"}, true},
		"one more file":          {map[string]string{"extra.js": "e"}, false},
		"settings":               {map[string]string{".env": "A=1"}, false},
		"one less":               {map[string]string{"lib/a.js": ""}, false},
		"other contents":         {map[string]string{"lib/a.js": "b"}, false},
		"a link":                 {map[string]string{"lib/a.js": "", "lib/a.js@": "a"}, false},
		"not executable":         {map[string]string{"run.sh*": "", "run.sh": "#!/bin/sh"}, false},
		"backslashes in names":   {map[string]string{"lib/a.js": "", `lib\a.js`: "a"}, false},
		"a name that leads out":  {map[string]string{"../README.md": "r"}, false},
		"another notes, by name": {map[string]string{"notesx.txt": "r"}, false},
	} {
		files := map[string]string{}
		for k, v := range base {
			files[k] = v
		}
		for k, v := range c.change {
			if files[k] = v; v == "" {
				delete(files, k)
			}
		}
		archive := other(t, files)
		if got := p.SameAs(archive, archive.Size()); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if p.SameAs(strings.NewReader("no zip"), 6) {
		t.Error("what is no zip is the same")
	}
	own, err := Build(fn, Options{RemoteInstall: true})
	if err != nil {
		t.Fatal(err)
	}
	if data := zipOf(own); !p.SameAs(bytes.NewReader(data), int64(len(data))) {
		t.Error("its own archive is another")
	}
}
