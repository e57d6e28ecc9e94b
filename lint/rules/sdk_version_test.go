package rules

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/config"
	"wxcloud/lint"
)

func TestUpperLimit(t *testing.T) {
	for _, c := range []struct {
		spec             string
		allowed, refused string // versions at the edge
		unknown          bool
	}{
		{spec: "2.6.3", allowed: "2.6.3", refused: "2.6.4"},
		{spec: "=2.6.3", allowed: "2.6.3", refused: "2.6.4"},
		{spec: "v2.6.3", allowed: "2.6.3", refused: "2.6.4"},
		{spec: "2.6.3-beta.1", allowed: "2.6.3", refused: "2.6.4"},
		{spec: "2.6", allowed: "2.6.99", refused: "2.7.0"},
		{spec: "2.6.x", allowed: "2.6.99", refused: "2.7.0"},
		{spec: "2.x", allowed: "2.99.0", refused: "3.0.0"},
		{spec: "2", allowed: "2.99.0", refused: "3.0.0"},
		{spec: "~2.6.3", allowed: "2.6.99", refused: "2.7.0"},
		{spec: "~2.2", allowed: "2.2.9", refused: "2.3.0"},
		{spec: "~2", allowed: "2.99.0", refused: "3.0.0"},
		{spec: "^2.0.4", allowed: "2.99.0", refused: "3.0.0"},
		{spec: "^0.4.3", allowed: "0.4.9", refused: "0.5.0"},
		{spec: "^0.0.24", allowed: "0.0.24", refused: "0.0.25"},
		{spec: "^0.0", allowed: "0.0.99", refused: "0.1.0"},
		{spec: "^0", allowed: "0.99.0", refused: "1.0.0"},
		{spec: "<2.3.0", allowed: "2.2.9", refused: "2.3.0"},
		{spec: "<=2.3", allowed: "2.3.9", refused: "2.4.0"},
		{spec: ">=1.0.0 <2.3.0", allowed: "2.2.9", refused: "2.3.0"},
		{spec: ">= 1.0.0 < 2.3.0", allowed: "2.2.9", refused: "2.3.0"},
		{spec: "1.0.0 - 2.2", allowed: "2.2.9", refused: "2.3.0"},
		{spec: "~1.8.3 || ~2.6.3", allowed: "2.6.9", refused: "2.7.0"},
		{spec: "~2.6.3 || ~1.8.3", allowed: "2.6.9", refused: "2.7.0"},
		{spec: ">=2.0.0", allowed: "99.0.0"},
		{spec: ">2 || 1", allowed: "99.0.0"},
		{spec: "1 || *", allowed: "99.0.0"},
		{spec: "latest", allowed: "99.0.0"},
		{spec: "*", allowed: "99.0.0"},
		{spec: "", allowed: "99.0.0"},
		{spec: "next", unknown: true},
		{spec: "file:../sdk", unknown: true},
		{spec: "git+https://example.com/a.git#v1.0.0", unknown: true},
		{spec: "npm:wx-server-sdk@2", unknown: true},
		{spec: "workspace:*", unknown: true},
		{spec: "1.2.3.4", unknown: true},
		{spec: "-1", allowed: "99.0.0"}, // no number at all
		{spec: ">", unknown: true},
	} {
		limit, ok := upperLimit(c.spec)
		if ok == c.unknown {
			t.Errorf("%q: ok %v", c.spec, ok)
			continue
		}
		for text, want := range map[string]bool{c.allowed: true, c.refused: false} {
			if v, parts, _ := parseVersion(text); parts == 3 && ok && limit.allows(v) != want {
				t.Errorf("%q allows %s: %v", c.spec, text, !want)
			}
		}
	}
}

func TestLowerLimit(t *testing.T) {
	for spec, want := range map[string]string{
		"~2.6.3": "2.6.3", "^2": "2.0.0", ">=2.3": "2.3.0", ">= 2.3": "2.3.0", "2.6.x": "2.6.0", "=1.8.3": "1.8.3",
		"latest": "", "*": "", "": "", ">2.3.0": "", "<2": "", "1 || 2": "", "1 - 2": "", ">=1 <2": "", "file:../2": "",
	} {
		v, ok := lowerLimit(spec)
		if got := fmt.Sprintf("%d.%d.%d", v[0], v[1], v[2]); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %s, %v; want %q", spec, got, ok, want)
		}
	}
}

func FuzzUpperLimit(f *testing.F) {
	for _, seed := range []string{"~2.6.3", "^0.0", ">=1 <2 || 3 - 4", "latest", "x.1", "~>", "99999999999999999999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, spec string) {
		if l, ok := upperLimit(spec); ok && !l.none && l.allows(l.version) {
			t.Errorf("%q: the limit is within", spec)
		}
	})
}

func TestSDKVersion(t *testing.T) {
	const (
		send = "exports.main = async () => cloud.openapi.subscribeMessage.send(event)\n"
		card = "exports.main = async () => { await cloud.openapi.subscribeMessage.send(event); await cloud.openapi.officialAccount.qrcode.create(event) }\n"
	)
	lock := func(version string) string {
		return `{"lockfileVersion": 3, "packages": {"node_modules/wx-server-sdk": {"version": "` + version + `"}}}`
	}
	manifest := func(text string) string { return `{"dependencies": {` + text + "}}\n" }
	for _, c := range []struct {
		name, code string
		files      map[string]string
		want       []string
	}{
		{"a range that will do", card, map[string]string{"package.json": manifest(`"wx-server-sdk": "~2.6.3"`)}, nil},
		{"the newest of the range will do", card, map[string]string{"package.json": manifest(`"wx-server-sdk": "^2.0.4"`)}, nil},
		{"nothing of the range will do", card, map[string]string{"package.json": manifest(`"wx-server-sdk": "~2.2.0"`)}, []string{
			"warning package.json:1:36 officialAccount.qrcode.create needs wx-server-sdk 2.3.0 or newer; notify/package.json allows ~2.2.0",
		}},
		{"old, but nothing new is called", send, map[string]string{"package.json": manifest(`"wx-server-sdk": "~0.8.1"`)}, nil},
		{"older than cloud calls", send, map[string]string{"package.json": manifest(`"wx-server-sdk": "0.0.24"`)}, []string{
			"warning package.json:1:36 subscribeMessage.send needs wx-server-sdk 0.4.0 or newer; notify/package.json allows 0.0.24",
		}},
		{"the lock file wins over the range", card, map[string]string{"package.json": manifest(`"wx-server-sdk": "^2.0.4"`), "package-lock.json": lock("2.0.4")}, []string{
			"warning package.json:1:36 officialAccount.qrcode.create needs wx-server-sdk 2.3.0 or newer; the lock file beside notify/package.json pins 2.0.4",
		}},
		{"the lock file pins latest", card, map[string]string{"package.json": manifest(`"wx-server-sdk": "latest"`), "package-lock.json": lock("2.6.3")}, nil},
		{"latest, once", card, map[string]string{"package.json": manifest(`"wx-server-sdk": "latest"`)}, []string{
			`notice package.json:1:36 wx-server-sdk is "latest": every installation may bring another version`,
		}},
		{"anything", send, map[string]string{"package.json": manifest(`"wx-server-sdk": "*"`), "package-lock.json": "{}"}, []string{
			`notice package.json:1:36 wx-server-sdk is "*": every installation may bring another version`,
		}},
		{"latest, without a cloud call", "exports.main = () => cloud.database().collection('a').get()\n", map[string]string{"package.json": manifest(`"wx-server-sdk": "latest"`)}, nil},
		{"latest, of an SDK nobody loads", "", map[string]string{"index.js": "exports.main = () => 1\n", "package.json": manifest(`"wx-server-sdk": "latest"`)}, nil},
		{"no range", card, map[string]string{"package.json": manifest(`"wx-server-sdk": "file:../sdk"`)}, nil},

		{"not listed", send, map[string]string{"package.json": manifest(`"tcb-router": "1"`)}, []string{
			"warning index.js:1:15 wx-server-sdk is required here, but notify/package.json does not list it",
		}},
		{"not listed, required twice", send + "require('wx-server-sdk')\n", map[string]string{"package.json": "{}"}, []string{
			"warning index.js:1:15 wx-server-sdk is required here, but notify/package.json does not list it",
		}},
		{"not listed, but there", send, map[string]string{"package.json": "{}", "node_modules/wx-server-sdk/package.json": `{"name": "wx-server-sdk"}`, "node_modules/wx-server-sdk/index.js": ""}, nil},
		{"listed for development only", send, map[string]string{"package.json": `{"devDependencies": {"wx-server-sdk": "latest"}}`}, []string{
			"warning index.js:1:15 wx-server-sdk is only in the devDependencies of notify/package.json, which a deployed function does not have",
		}},
		{"listed as optional", send, map[string]string{"package.json": `{"optionalDependencies": {"wx-server-sdk": "latest"}}`}, nil},
		{"no package.json", send, nil, nil},
		{"a package.json nobody can read", send, map[string]string{"package.json": "{"}, nil},
		{"dependencies nobody can read", send, map[string]string{"package.json": `{"dependencies": []}`}, nil},
		{"required if it is there", "", map[string]string{"index.js": "let cloud; try { cloud = require('wx-server-sdk') } catch (e) {}\nexports.main = () => 1\n", "package.json": "{}"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			root := t.TempDir()
			files := map[string]string{"index.js": sdkHead + c.code}
			for name, text := range c.files {
				files[name] = text
			}
			for name, text := range files {
				path := filepath.Join(root, "notify", filepath.FromSlash(name))
				if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			p, err := config.LoadFolder(root)
			if err != nil {
				t.Fatal(err)
			}
			r, err := lint.Analyze(t.Context(), p.Functions, []lint.Rule{sdkVersion{}}, lint.Options{Root: root})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range r.Diagnostics {
				got = append(got, fmt.Sprintf("%s %s:%d:%d %s", d.Severity, d.File[len("notify/"):], d.Line, d.Column, d.Message.En))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
