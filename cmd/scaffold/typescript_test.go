package scaffold

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/cmd/text"
)

var update = flag.Bool("update", false, "compile the TypeScript templates anew")

// TestCompiledIsWhatTheCompilerMakes type-checks every TypeScript function
// against the types of the real wx-server-sdk and compiles it with the compiler,
// the settings and the command its own package.json names. The index.js that is
// written beside index.ts must come out, byte for byte.
func TestCompiledIsWhatTheCompilerMakes(t *testing.T) {
	if testing.Short() {
		t.Skip("installs TypeScript from npm")
	}
	modules := installTypeScript(t)
	if *update {
		for _, template := range Templates() {
			compileTemplate(t, modules, template)
		}
	}
	// One run of the compiler for all of them: each index.ts is a module of its
	// own, and the settings are those that are written beside it.
	dir := below(t, modules)
	want := map[string]string{}
	sources := []string{}
	for i, p := range everyFunction() {
		if !p.TypeScript {
			continue
		}
		rendered := mustFunction(t, p)
		folder := fmt.Sprintf("%s-%s-%d", p.Template, p.Lang, i)
		writeFiles(t, filepath.Join(dir, folder), map[string]string{"index.ts": rendered["index.ts"]})
		writeFiles(t, dir, map[string]string{"function.json": rendered["tsconfig.json"]})
		want[folder] = rendered["index.js"]
		sources = append(sources, folder+"/index.ts")
	}
	settings, err := json.Marshal(map[string]any{"extends": "./function.json", "files": sources})
	if err != nil {
		t.Fatal(err)
	}
	writeFiles(t, dir, map[string]string{"tsconfig.json": string(settings)})
	if out, err := tsc(t, modules, dir); err != nil {
		t.Fatalf("tsc: %v\n%s", err, out)
	}
	for folder, ours := range want {
		compiled, err := os.ReadFile(filepath.Join(dir, folder, "index.js"))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(compiled), ours); diff != "" {
			t.Errorf("%s: index.js is not what index.ts compiles to (-tsc +ours); go test ./cmd/scaffold -run Compiled -update\n%s", folder, diff)
		}
	}
}

// compileTemplate compiles a template itself, with its words left standing, so
// that the outcome is a template again.
func compileTemplate(t *testing.T, modules string, template Template) {
	t.Helper()
	source, err := read(template.Name + "/index.tmpl")
	if err != nil {
		t.Fatal(err)
	}
	r, err := newRenderer(template, Params{Template: template.Name, TypeScript: true, TemplateID: "<% .TemplateID %>"})
	if err != nil {
		t.Fatal(err)
	}
	r.shared.Funcs(map[string]any{
		"t":    func(en, zh string) string { return `<% t "` + en + `" "` + zh + `" %>` },
		"data": func() string { return "compiledData" },
	})
	page, err := r.shared.New("page").Parse(source)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := page.Execute(&b, r.data); err != nil {
		t.Fatal(err)
	}
	config, err := read("parts/tsconfig.json")
	if err != nil {
		t.Fatal(err)
	}
	dir := below(t, modules)
	writeFiles(t, dir, map[string]string{"index.ts": b.String(), "tsconfig.json": config})
	_, _ = tsc(t, modules, dir) // complains about the name compiledData and compiles all the same
	compiled, err := os.ReadFile(filepath.Join(dir, "index.js"))
	if err != nil {
		t.Fatal(err)
	}
	result := strings.Replace(string(compiled), "= compiledData", "= <% compiledData %>", 1)
	if err := os.WriteFile(filepath.Join("templates", template.Name, "compiled.tmpl"), []byte(result), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Logf("%s compiled; the embedded files are read at the next build, so run the test once more", template.Name)
}

func tsc(t *testing.T, modules, dir string) ([]byte, error) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "node", filepath.Join(modules, "node_modules", "typescript", "bin", "tsc"))
	command.Dir = dir
	return command.CombinedOutput()
}

// below makes a folder from which the installed modules are found.
func below(t *testing.T, modules string) string {
	t.Helper()
	dir, err := os.MkdirTemp(modules, "fn-") //nolint:usetesting // t.TempDir is elsewhere
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func writeFiles(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, data := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		err := os.MkdirAll(filepath.Dir(path), 0o700)
		if err == nil {
			err = os.WriteFile(path, []byte(data), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// installTypeScript installs the pinned compiler and SDK once per machine, into
// a folder of the user's cache named after the lockfile.
func installTypeScript(t *testing.T) string {
	t.Helper()
	requireNode(t)
	lock, err := os.ReadFile(filepath.Join("testdata", "typescript", "package-lock.json"))
	if err != nil {
		t.Fatal(err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(lock)
	dir := filepath.Join(cache, "wxcloud", "test-typescript-"+hex.EncodeToString(sum[:6]))
	if _, err := os.Stat(filepath.Join(dir, "node_modules", ".package-lock.json")); err == nil {
		return dir
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"package.json", "package-lock.json"} {
		data, err := os.ReadFile(filepath.Join("testdata", "typescript", name))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	command := exec.CommandContext(t.Context(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	command.Dir = dir
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
	return dir
}

// everyFunction is each template in each language, with and without what the
// user would answer.
func everyFunction() []Params {
	var all []Params
	for _, template := range Templates() {
		for _, lang := range []text.Lang{text.English, text.Chinese} {
			for _, ts := range []bool{false, true} {
				p := Params{Template: template.Name, Name: "hello", Lang: lang, TypeScript: ts}
				all = append(all, p)
				if template.Message {
					p.TemplateID = "Vt5rBLvVE2Lw4Uv2oMEW_8SeOFbFVWYsBZrT1ZmFBRo"
					p.Fields = []string{"thing1", "time2", "thing1", "phrase3"}
					all = append(all, p)
				}
			}
		}
	}
	return all
}

func mustFunction(t *testing.T, p Params) map[string]string {
	t.Helper()
	rendered, err := Function(p)
	if err != nil {
		t.Fatal(err)
	}
	return byPath(rendered)
}

func byPath(rendered []File) map[string]string {
	m := map[string]string{}
	for _, f := range rendered {
		m[f.Path] = string(f.Data)
	}
	return m
}

func requireNode(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("Node.js is needed in CI")
		}
		t.Skip("Node.js is not installed")
	}
}
