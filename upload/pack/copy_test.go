package pack

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wxcloud/internal/clierr"
)

func TestCopies(t *testing.T) {
	shared := folder(t, map[string]string{"db.js": "db", "util/date.js": "date", "util/config.json": "{}", "notes.md": "n", ".env": "SECRET", ".wxcloudignore": "*.md\n"}).Dir
	fn := folder(t, map[string]string{"index.js": "x", "shared/own.js": "own", "lib/db.js": "db"})
	at := func(from, to string) Options {
		return Options{Copies: []Copy{{From: filepath.Join(shared, from), To: to}}}
	}
	for _, tt := range []struct {
		name string
		o    Options
		want string // the files, or the error's id
	}{
		{"a folder beside other files", at("", "shared"), "index.js lib/db.js shared/db.js shared/own.js shared/util/config.json shared/util/date.js"},
		{"as the function's config.json", at("db.js", "./config.json"), "pack/copy-place"},
		{"the same file twice", at("", "lib"), "index.js lib/db.js lib/util/config.json lib/util/date.js shared/own.js"},
		{"merged", at("util", "."), "date.js index.js lib/db.js shared/own.js"},
		{"one file", at("db.js", "a/b/c.js"), "a/b/c.js index.js lib/db.js shared/own.js"},
		{"into an ignored folder", Options{Copies: []Copy{{From: shared, To: "gen"}}, Ignore: []string{"gen/", "date.js"}}, "gen/db.js gen/util/config.json index.js lib/db.js shared/own.js"},
		{"other contents", at("util/date.js", "lib/db.js"), "pack/copy-conflict"},
		{"a file where a folder is", at("db.js", "lib"), "pack/copy-conflict"},
		{"out of the function", at("", "../x"), "pack/copy-place"},
		{"absolute", at("", "/x"), "pack/copy-place"},
		{"a file as the root", at("db.js", "."), "pack/copy-place"},
		{"missing", at("gone", "x"), "pack/copy-missing"},
		{"a secret", Options{Copies: []Copy{{From: filepath.Join(shared, ".env"), To: "e/.env"}}}, "pack/secret"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, err := Build(fn, tt.o)
			if err != nil {
				if !clierr.Is(err, clierr.ID(tt.want)) {
					t.Fatalf("got %v, want %s", err, tt.want)
				}
				return
			}
			if got := strings.Join(names(p), " "); got != tt.want {
				t.Errorf("packed %q, want %q", got, tt.want)
			}
		})
	}
	p, err := Scan(fn, at("", "shared"))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(p.Ignored, Ignored{Path: "shared/notes.md", Pattern: "*.md", List: "shared/.wxcloudignore", Line: 1}) {
		t.Errorf("left out: %+v", p.Ignored)
	}
}

func TestLinksOfCopiesStayInThem(t *testing.T) {
	shared := folder(t, map[string]string{"a.js": "a"}).Dir
	if err := os.Symlink("a.js", filepath.Join(shared, "b.js")); err != nil {
		t.Skip(err)
	}
	fn := folder(t, map[string]string{"index.js": "x"})
	o := Options{Copies: []Copy{{From: shared, To: "lib/shared"}}}
	p, err := Build(fn, o)
	if err != nil || p.Files[2].Path != "lib/shared/b.js" || p.Files[2].Link != "a.js" {
		t.Fatalf("%v, %v", names(p), err)
	}
	// In the function this would be ../index.js; where the file comes from it is another one.
	if err := os.Symlink("../../index.js", filepath.Join(shared, "c.js")); err != nil {
		t.Fatal(err)
	}
	if _, err := Build(fn, o); !clierr.Is(err, "pack/link-outside") {
		t.Errorf("got %v", err)
	}
}
