package codezip_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"wxcloud/emulator/codezip"
)

type entry struct {
	name, text string
	mode       fs.FileMode
}

func build(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if e.mode != 0 {
			h.SetMode(e.mode)
		}
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(e.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestUnpack(t *testing.T) {
	a, err := codezip.Open(build(t, entry{name: "index.js", text: "1"}, entry{name: "lib/", mode: fs.ModeDir | 0o755}, entry{name: "lib/a.js", text: "2"}, entry{name: "run.sh", text: "3", mode: 0o755}))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := a.Unpack(dir); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"index.js": "1", "lib/a.js": "2", "run.sh": "3"} {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != want {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
	if data, err := a.File("lib/a.js", 10); err != nil || string(data) != "2" {
		t.Errorf("File: %q %v", data, err)
	}
	if _, err := a.File("lib/a.js", 0); err == nil {
		t.Error("File read more than the limit")
	}
	if _, err := a.File("none", 10); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("File: %v", err)
	}
}

func TestHostileZipsAreRefused(t *testing.T) {
	for _, tt := range []struct {
		name    string
		entries []entry
	}{
		{"parent", []entry{{name: "../evil.js", text: "x"}}},
		{"parent inside", []entry{{name: "a/../../evil.js", text: "x"}}},
		{"absolute", []entry{{name: "/etc/evil", text: "x"}}},
		{"windows path", []entry{{name: `..\evil.js`, text: "x"}}},
		{"drive", []entry{{name: `C:evil.js`, text: "x"}}},
		{"link", []entry{{name: "link", text: "/etc", mode: fs.ModeSymlink | 0o777}}},
		{"link up", []entry{{name: "a/link", text: "../../x", mode: fs.ModeSymlink | 0o777}}},
		{"link up later", []entry{{name: "d", text: ".", mode: fs.ModeSymlink | 0o777}, {name: "e", text: "d/..", mode: fs.ModeSymlink | 0o777}}},
		{"link in a link", []entry{{name: "d", text: ".", mode: fs.ModeSymlink | 0o777}, {name: "d/e", text: "../x", mode: fs.ModeSymlink | 0o777}}},
		{"file in a link", []entry{{name: "d", text: "a", mode: fs.ModeSymlink | 0o777}, {name: "d/e", text: "x"}}},
		{"link twice", []entry{{name: "d", text: "a", mode: fs.ModeSymlink | 0o777}, {name: "d", text: "b", mode: fs.ModeSymlink | 0o777}}},
		{"device", []entry{{name: "dev", mode: fs.ModeDevice | 0o666}}},
		{"the folder itself", []entry{{name: ".", text: "x"}}},
		{"twice", []entry{{name: "a", text: "1"}, {name: "a", text: "2"}}},
		{"file as a folder", []entry{{name: "a", text: "1"}, {name: "a/b", text: "2"}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			parent := t.TempDir()
			dir := filepath.Join(parent, "in")
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			a, err := codezip.Open(build(t, tt.entries...))
			if err == nil {
				err = a.Unpack(dir)
			}
			if err == nil {
				t.Error("accepted")
			}
			if outside, _ := os.ReadDir(parent); len(outside) != 1 {
				t.Errorf("written outside: %v", outside)
			}
		})
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(build(f, entry{name: "index.js", text: "exports.main = 1"}))
	f.Add(build(f, entry{name: "../x", text: "1"}, entry{name: "a/b", text: "2"}))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := codezip.Open(data)
		if err != nil {
			return
		}
		parent := t.TempDir()
		dir := filepath.Join(parent, "in")
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		_ = a.Unpack(dir)
		if outside, err := os.ReadDir(parent); err != nil || len(outside) != 1 {
			t.Errorf("written outside: %v %v", outside, err)
		}
	})
}

// Names that would cost more to make than to send, and bombs.
func TestCostlyZipsAreRefused(t *testing.T) {
	deep := strings.Repeat("a/", 61) + "x"
	var wide []entry
	for i := range 1700 { // each with thirty folders of its own
		wide = append(wide, entry{name: fmt.Sprintf("%d/%sx", i, strings.Repeat("a/", 30))})
	}
	bomb := func() []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		f, err := w.Create("zeros")
		if err != nil {
			t.Fatal(err)
		}
		zeros := make([]byte, 1<<20)
		for range codezip.MaxBytes>>20 + 1 {
			if _, err := f.Write(zeros); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}()
	for name, data := range map[string][]byte{
		"deep": build(t, entry{name: deep}), "long": build(t, entry{name: strings.Repeat("x", 1001)}), "wide": build(t, wide...), "bomb": bomb,
	} {
		if _, err := codezip.Open(data); err == nil {
			t.Errorf("%s: accepted %d bytes", name, len(data))
		}
		if _, err := codezip.Merge(build(t), data, nil); err == nil {
			t.Errorf("%s: merged", name)
		}
	}
}

func FuzzMerge(f *testing.F) {
	good := build(f, entry{name: "index.js", text: "1"}, entry{name: "lib/a.js", text: "2"})
	f.Add(good, build(f, entry{name: "index.js", text: "3"}), "lib/")
	f.Add(good, []byte("PK\x05\x06"), "../x")
	f.Fuzz(func(t *testing.T, base, added []byte, removed string) {
		merged, err := codezip.Merge(base, added, []string{removed})
		if err != nil {
			return
		}
		if _, err := codezip.Open(merged); err != nil && len(merged) < 1<<20 {
			t.Errorf("what was merged cannot be opened: %v", err)
		}
	})
}

func TestLinksInsideAreKept(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need rights on Windows")
	}
	dir := t.TempDir()
	a, err := codezip.Open(build(t,
		entry{name: "node_modules/a", text: ".store/a@1", mode: fs.ModeSymlink | 0o777}, entry{name: "node_modules/.store/a@1/index.js", text: "a"},
		entry{name: "lib/main.js", text: "../index.js", mode: fs.ModeSymlink | 0o777}, entry{name: "index.js", text: "main"}))
	if err == nil {
		err = a.Unpack(dir)
	}
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"node_modules/a/index.js": "a", "lib/main.js": "main"} {
		if got, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name))); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}
