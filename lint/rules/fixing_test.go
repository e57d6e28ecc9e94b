package rules

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/config"
	"wxcloud/lint"
)

// linted is a function on disk, read and fixed with all the rules.
type linted struct {
	found []string // before: "severity rule api"
	files map[string]string
	left  []string // after --fix
}

func lintFiles(t *testing.T, files map[string]string) linted {
	t.Helper()
	root := t.TempDir()
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
	fixed, err := lint.Fix(t.Context(), p.Functions, All(), lint.Options{Root: root})
	if err != nil {
		t.Fatal(err)
	}
	out := linted{found: short(fixed.Found), files: map[string]string{}, left: short(fixed.Left)}
	for _, c := range fixed.Changes {
		out.files[strings.TrimPrefix(c.File, "notify/")] = string(c.After)
	}
	return out
}

func short(r lint.Report) []string {
	var list []string
	for _, d := range r.Diagnostics {
		list = append(list, strings.TrimSpace(fmt.Sprint(d.Severity, " ", d.Rule, " ", d.API)))
	}
	return list
}

const sdkHead = "const cloud = require('wx-server-sdk')\ncloud.init()\n"

// declaring is a config.json on one line.
func declaring(names ...string) string {
	for i := range names {
		names[i] = `"` + names[i] + `"`
	}
	return `{"permissions": {"openapi": [` + strings.Join(names, ", ") + `]}}` + "\n"
}

func TestNamesAreFixed(t *testing.T) {
	for _, c := range []struct {
		name, code, config string
		fixed, fixedConfig string // "" for unchanged
		left               []string
	}{
		{
			name:        "prefix in config.json",
			code:        "await cloud.openapi.wxacode.get({ path: 'p' })",
			config:      declaring("openapi.wxacode.get"),
			fixedConfig: declaring("wxacode.get"),
		},
		{
			name:        "the right name is there already",
			code:        "await cloud.openapi.wxacode.get({ path: 'p' })",
			config:      declaring("openapi.wxacode.get", "wxacode.get"),
			fixedConfig: declaring("wxacode.get"),
		},
		{
			name:        "the wrong name twice",
			code:        "await cloud.openapi.wxacode.get({ path: 'p' })",
			config:      declaring("openapi.wxacode.get", "openapi.wxacode.get"),
			fixedConfig: declaring("wxacode.get"),
		},
		{
			name:        "a right name twice",
			code:        "await cloud.openapi.wxacode.get({ path: 'p' })",
			config:      declaring("wxacode.get", "wxacode.get", "wxacode.get"),
			fixedConfig: declaring("wxacode.get"),
		},
		{
			name:        "other APIs",
			code:        "await cloud.openapi.wxacode.get({ path: 'p' })",
			config:      declaring("cloud.getWXContext", "wxacode.get", "cloudPay.refund", "wx.requestPayment"),
			fixedConfig: declaring("wxacode.get"),
		},
		{
			name:   "other APIs that could be something else",
			code:   "await cloud.openapi.wxacode.get({ path: 'p' })",
			config: declaring("wxacode.get", "storage.uploadFile", "cloud.getVoIPSign"),
			left: []string{
				"warning unused-permission storage.uploadFile", "warning wrong-name storage.uploadFile",
				"warning unused-permission cloud.getVoIPSign", "warning wrong-name cloud.getVoIPSign",
			},
		},
		{
			name:   "two interfaces fit",
			code:   "await cloud.openapi.pluginManager.getPluginList({ action: 'list' })",
			config: declaring("pluginManager.getPluginList", "/wxa/plugin"),
			left:   []string{"warning unused-permission /wxa/plugin", "warning wrong-name /wxa/plugin"},
		},
		{
			name:   "the name of an interface that is offline is not worth having",
			code:   "await cloud.openapi.wxacode.get({ path: 'p' })",
			config: declaring("wxacode.get", "openapi.templateMessage.send"),
			left:   []string{"warning unused-permission openapi.templateMessage.send", "warning wrong-name openapi.templateMessage.send"},
		},
		{
			name:        "case in the code, declared that way",
			code:        "await cloud.openapi.subscribemessage.send(event)",
			config:      declaring("subscribemessage.send"),
			fixed:       "await cloud.openapi.subscribeMessage.send(event)",
			fixedConfig: declaring("subscribeMessage.send"),
		},
		{
			name:        "case in the code, declared nowhere",
			code:        "await cloud.openapi.subscribemessage.send(event)",
			config:      declaring(),
			fixed:       "await cloud.openapi.subscribeMessage.send(event)",
			fixedConfig: declaring("subscribeMessage.send"),
		},
		{
			name:   "quoted, optional, with a line between",
			code:   "await cloud.openapi?.['subscribemessage']\n  .Send(event)",
			config: declaring("subscribeMessage.send"),
			fixed:  "await cloud.openapi?.['subscribeMessage']\n  .send(event)",
		},
		{
			name:   "the prefix twice",
			code:   "await cloud.openapi.openapi.wxacode.get({ path: 'p' })",
			config: declaring("wxacode.get"),
			fixed:  "await cloud.openapi.wxacode.get({ path: 'p' })",
		},
		{
			name:   "the name of the documentation page",
			code:   "await cloud.openapi.wxacode.getUnlimitedQRCode({ scene: 's' })",
			config: declaring("wxacode.getUnlimited"),
			fixed:  "await cloud.openapi.wxacode.getUnlimited({ scene: 's' })",
		},
		{
			name:   "a category kept in a variable, which is right",
			code:   "const { wxacode } = cloud.openapi; await wxacode.getunlimited({ scene: 's' })",
			config: declaring("wxacode.getUnlimited"),
			fixed:  "const { wxacode } = cloud.openapi; await wxacode.getUnlimited({ scene: 's' })",
		},
		{
			name:   "a category kept in a variable, which is wrong",
			code:   "const { wxaCode } = cloud.openapi; await wxaCode.getUnlimited({ scene: 's' })",
			config: declaring("wxaCode.getUnlimited"),
			left:   []string{"warning wrong-name wxaCode.getUnlimited", "warning wrong-name wxaCode.getUnlimited"},
		},
		{
			name:   "longer, with more than dots between",
			code:   "await cloud.openapi.openapi['wxacode'].get({ path: 'p' })",
			config: declaring("wxacode.get"),
			left: []string{
				"warning unused-permission wxacode.get", "error undeclared-api openapi.wxacode.get", "warning wrong-name openapi.wxacode.get",
			},
		},
		{
			name:   "an older interface took other parameters",
			code:   "await cloud.openapi.cloudbase.decryptPhoneNumber(event)",
			config: declaring("cloudbase.decryptPhoneNumber"),
			left:   []string{"warning wrong-name cloudbase.decryptPhoneNumber", "warning wrong-name cloudbase.decryptPhoneNumber"},
		},
		{
			name:   "nothing else is fixed",
			code:   "await cloud.openapi.auth.code2Session({}); await cloud.openapi.brand.newThing({})",
			config: declaring("auth.code2Session", "brand.newThing", "security.msgSecChek"),
			left: []string{
				"warning not-cloud-callable auth.code2Session", "warning unknown-api brand.newThing",
				"warning unknown-api security.msgSecChek", "warning unused-permission security.msgSecChek",
				"warning not-cloud-callable auth.code2Session", "warning unknown-api brand.newThing",
			},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			wrap := func(code string) string { return sdkHead + "exports.main = async (event) => {\n" + code + "\n}\n" }
			got := lintFiles(t, map[string]string{"index.js": wrap(c.code), "config.json": c.config, "package.json": `{"dependencies": {"wx-server-sdk": "~2.6.3"}}`})
			want := map[string]string{}
			if c.fixed != "" {
				want["index.js"] = wrap(c.fixed)
			}
			if c.fixedConfig != "" {
				want["config.json"] = c.fixedConfig
			}
			if diff := cmp.Diff(want, got.files); diff != "" {
				t.Errorf("files (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.left, got.left); diff != "" {
				t.Errorf("findings left (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDuplicates(t *testing.T) {
	for _, c := range []struct {
		declared, want []string
	}{
		{[]string{"a.b", "c.d"}, nil},
		{[]string{"a.b", "A.b"}, nil},
		{[]string{"a.b", "c.d", "a.b", "a.b"}, []string{"warning fns/notify/config.json:3 a.b", "warning fns/notify/config.json:4 a.b"}},
		{[]string{" a.b", " a.b"}, nil}, // config-invalid shows the blanks
	} {
		if diff := cmp.Diff(c.want, check(duplicatePermission{}, facts{declared: c.declared}.build())); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.declared, diff)
		}
	}
	got := lintFiles(t, map[string]string{
		"index.js":    sdkHead + "exports.main = async () => cloud.openapi.wxacode.get({ path: 'p' })\n",
		"config.json": declaring("wxacode.get", "wxacode.get"),
	})
	if diff := cmp.Diff([]string{"warning duplicate-permission wxacode.get"}, got.found); diff != "" {
		t.Errorf("one finding, not two (-want +got):\n%s", diff)
	}
}
