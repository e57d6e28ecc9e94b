package cmd_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestSettingsPageShowsWhatHappens runs the transcript of the page about
// wxcloud.json in a project that has the page's example.
func TestSettingsPageShowsWhatHappens(t *testing.T) {
	example := regexp.MustCompile("(?s)<!-- example -->\n```json\n(.*?)```")
	examples := map[string]bool{}
	for _, page := range []struct{ file, lang string }{{"wxcloud.json.md", "en"}, {"wxcloud.json.zh-CN.md", "zh-CN"}} {
		data, err := os.ReadFile(filepath.Join("..", "docs", page.file))
		if err != nil {
			t.Fatal(err)
		}
		found := example.FindStringSubmatch(string(data))
		all := transcripts(string(data))
		if found == nil || len(all) != 1 {
			t.Fatalf("%s: no example, or %d transcripts", page.file, len(all))
		}
		examples[found[1]] = true
		dir := t.TempDir()
		for name, text := range map[string]string{
			"project.config.json":               `{"appid": "wx0123456789abcdef", "cloudfunctionRoot": "cloudfunctions/"}`,
			"wxcloud.json":                      found[1],
			"shared/common/index.js":            "exports.common = true\n",
			"cloudfunctions/order/index.js":     "exports.main = async () => require('./lib/common')\n",
			"cloudfunctions/order/notes.md":     "",
			"cloudfunctions/pay/index.js":       "exports.main = async () => 1\n",
			"cloudfunctions/old-order/index.js": "exports.main = async () => 1\n",
		} {
			path := filepath.Join(dir, filepath.FromSlash(name))
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		t.Run(page.lang, func(t *testing.T) {
			r := runner{t: t, lang: page.lang, dir: dir}
			for _, block := range commands(all[0].lines) {
				r.compare(block[1:], r.run(strings.Fields(strings.TrimPrefix(block[0], "$ wxcloud "))...))
			}
			for _, line := range r.run("lint") { // the example is right in every place
				if strings.Contains(line, "wxcloud.json:") {
					t.Errorf("the example is faulty: %s", line)
				}
			}
		})
	}
	if len(examples) != 1 {
		t.Error("the examples of the two pages differ")
	}
}
