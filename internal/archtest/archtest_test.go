// Package archtest holds the plan of the house as a test: which room may import
// which, what must never be linked into it, and who owns each third-party library.
package archtest_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

type pkg struct {
	ImportPath string
	Imports    []string
	Deps       []string
}

// room states what one part of the tree may import directly from this module
// ("leaves" are the small packages under internal) and what must not be reachable.
type room struct {
	path  string // package path inside the module; covers its sub-packages
	may   []string
	never []string
}

var rooms = []room{
	{path: "lint", may: []string{"lint", "catalog", "config"}, never: []string{"net/http", "wxcloud/wxapi", "wxcloud/upload", "wxcloud/perm"}},
	{path: "perm", may: []string{"catalog", "config"}, never: []string{"wxcloud/upload", "wxcloud/wxapi", "wxcloud/emulator"}},
	{path: "upload", may: []string{"upload", "config", "wxapi"}, never: []string{"wxcloud/lint", "wxcloud/perm", "wxcloud/emulator"}},
	{path: "wxapi", may: nil, never: []string{"wxcloud/config", "wxcloud/lint", "wxcloud/upload", "wxcloud/perm", "wxcloud/emulator"}},
	// The emulator decodes with its own structs, so that a mistake in wxapi
	// cannot cancel itself out.
	{path: "emulator", may: []string{"emulator", "catalog"}, never: []string{"wxcloud/wxapi", "wxcloud/upload", "wxcloud/perm", "wxcloud/lint"}},
	{path: "devtools", may: []string{"config"}, never: []string{"net/http", "wxcloud/lint", "wxcloud/upload", "wxcloud/perm", "wxcloud/wxapi", "wxcloud/emulator"}},
	{path: "config", may: nil, never: []string{"net/http", "wxcloud/wxapi", "wxcloud/lint", "wxcloud/upload", "wxcloud/perm"}},
	{path: "catalog", may: nil, never: []string{"net/http", "wxcloud/config", "wxcloud/wxapi"}},
	{path: "docs", may: nil, never: []string{"net/http"}},
	{path: "cmd/text", may: nil, never: []string{"net/http"}},
	{path: "cmd/scaffold", may: []string{"cmd/text", "config"}, never: []string{"net/http"}},
}

// unbound may import anything: the command line, what starts it, and what is
// linked into nothing.
var unbound = []string{"wxcloud", "cmd", "bench", "internal/archtest"}

// leafExceptions are the leaves that use another leaf.
var leafExceptions = map[string][]string{
	"internal/state": {"internal/atomicfile"},
}

// owners name the only package that may import a third-party library.
var owners = map[string][]string{
	"github.com/spf13/cobra":           {"wxcloud/cmd"},
	"github.com/AlecAivazis/survey/v2": {"wxcloud/internal/prompt"},
	"github.com/fatih/color":           {"wxcloud/internal/ui"},
	"github.com/mattn/go-colorable":    {"wxcloud/internal/ui"},
	"github.com/mattn/go-isatty":       {"wxcloud/internal/ui"},
	"github.com/mattn/go-runewidth":    {"wxcloud/internal/ui"},
	"golang.org/x/term":                {"wxcloud/internal/ui"},
	"github.com/spf13/pflag":           {"wxcloud/cmd"},
	"golang.org/x/text":                {"wxcloud/devtools"},
	"golang.org/x/sync":                {"wxcloud/upload"},
	"golang.org/x/sys":                 {"wxcloud/internal/ui", "wxcloud/internal/atomicfile", "wxcloud/emulator", "wxcloud/internal/processgroup", "wxcloud/wxapi"},
	"github.com/tidwall/gjson":         {"wxcloud/config", "wxcloud/wxapi", "wxcloud/internal/jsonedit"},
	"github.com/gofrs/flock":           {"wxcloud/internal/state", "wxcloud/emulator"},
	"github.com/cenkalti/backoff/v5":   {"wxcloud/wxapi"},
}

func TestRoomsImportOnlyWhatThePlanAllows(t *testing.T) {
	packages := list(t)
	for _, p := range packages {
		name := strings.TrimPrefix(p.ImportPath, "wxcloud/")
		r, ok := roomOf(name)
		switch {
		case ok:
			checkRoom(t, r, p)
		case isLeaf(name):
			checkLeaf(t, name, p)
		case !slices.Contains(unbound, name) && !strings.HasPrefix(name, "internal/gen/") && !strings.HasPrefix(name, "bench/"):
			t.Errorf("%s is no room of the plan", p.ImportPath)
		}
	}
}

func TestThirdPartyLibrariesHaveOneOwner(t *testing.T) {
	for _, p := range list(t) {
		if strings.Contains(p.ImportPath, "/internal/gen/") {
			continue // generators are linked into nothing
		}
		for _, imported := range p.Imports {
			if thirdParty(imported) && !owned(imported) {
				t.Errorf("%s imports %s, which has no owner in the plan", p.ImportPath, imported)
			}
			for library, allowed := range owners {
				if within(imported, library) && !slices.Contains(allowed, p.ImportPath) {
					t.Errorf("%s imports %s, which belongs to %s", p.ImportPath, imported, strings.Join(allowed, ", "))
				}
			}
		}
	}
}

func TestEveryRoomExists(t *testing.T) {
	packages := list(t)
	for _, r := range rooms {
		if !slices.ContainsFunc(packages, func(p pkg) bool { return within(p.ImportPath, "wxcloud/"+r.path) }) {
			t.Errorf("the plan has a room %q, the tree does not", r.path)
		}
	}
}

// thirdParty reports whether an import comes from another module: its first
// part is a domain.
func thirdParty(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return strings.Contains(first, ".")
}

func owned(imported string) bool {
	for library := range owners {
		if within(imported, library) {
			return true
		}
	}
	return false
}

func checkRoom(t *testing.T, r room, p pkg) {
	t.Helper()
	for _, imported := range p.Imports {
		name, inside := strings.CutPrefix(imported, "wxcloud/")
		if !inside || isLeaf(name) {
			continue
		}
		if !slices.ContainsFunc(r.may, func(m string) bool { return within(name, m) }) {
			t.Errorf("%s imports %s, which the plan does not allow for %s", p.ImportPath, imported, r.path)
		}
	}
	for _, forbidden := range append([]string{"github.com/spf13/cobra"}, r.never...) {
		if slices.ContainsFunc(p.Deps, func(d string) bool { return within(d, forbidden) }) {
			t.Errorf("%s reaches %s", p.ImportPath, forbidden)
		}
	}
}

func checkLeaf(t *testing.T, name string, p pkg) {
	t.Helper()
	for _, imported := range p.Imports {
		inner, inside := strings.CutPrefix(imported, "wxcloud/")
		if !inside || inner == "internal/clierr" || inner == "internal/sanitize" || slices.Contains(leafExceptions[name], inner) {
			continue
		}
		t.Errorf("%s imports %s: a leaf stands alone", p.ImportPath, imported)
	}
	if slices.Contains(p.Deps, "net/http") {
		t.Errorf("%s reaches net/http: a leaf never talks to anybody", p.ImportPath)
	}
}

func roomOf(name string) (room, bool) {
	for _, r := range rooms {
		if within(name, r.path) {
			return r, true
		}
	}
	return room{}, false
}

func isLeaf(name string) bool {
	return strings.HasPrefix(name, "internal/") && !strings.HasPrefix(name, "internal/gen") && name != "internal/archtest"
}

func within(path, parent string) bool { return path == parent || strings.HasPrefix(path, parent+"/") }

func list(t *testing.T) []pkg {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports,Deps", "wxcloud/...")
	command.Dir = "../.."
	var stderr strings.Builder
	command.Stderr = &stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	var packages []pkg
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p pkg
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
	if len(packages) < 10 {
		t.Fatalf("go list found only %d packages", len(packages))
	}
	return packages
}
