package config_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/config"
)

func TestExcludeSourceAndCopies(t *testing.T) {
	dir := tree(t, map[string]string{
		"wxcloud.json": `{
  "root": "dist/cloudfunctions",
  "source": "src/cloud/{function}",
  "exclude": ["old-*", "gone"],
  "copy": [
    { "from": "src/shared", "functions": ["send"] },
    { "from": "src/nowhere" },
    { "from": "dist" }
  ],
  "functions": { "sned": {}, "old-one": {} }
}`,
		"dist/cloudfunctions/send/index.js":    "",
		"dist/cloudfunctions/send/config.json": `{"permissions": {"openapi": ["a.b"]}}`,
		"dist/cloudfunctions/pay/index.js":     "",
		"dist/cloudfunctions/pay/config.json":  `{"permissions": {"openapi": ["p.q"]}}`,
		"dist/cloudfunctions/plain/index.js":   "",
		"dist/cloudfunctions/old-one/index.js": "",
		"src/cloud/send/config.json":           `{"permissions": {"openapi": ["c.d"]}}`,
		"src/cloud/plain/index.ts":             "",
		"src/shared/x.js":                      "",
	})
	p, err := config.Find(config.Options{Start: dir})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range p.Functions {
		path, err := filepath.Rel(dir, f.Config.Path)
		if err != nil {
			t.Fatal(err)
		}
		line := fmt.Sprintf("%s %s %v", f.Name, filepath.ToSlash(path), f.Config.Exists)
		for _, d := range f.Config.Openapi {
			line += " " + d.Name
		}
		for _, c := range f.Copies {
			line += " <" + filepath.Base(c.From)
		}
		for _, problem := range f.Config.Problems {
			line += " !" + string(problem.ID)
		}
		got = append(got, line)
	}
	want := []string{
		"pay dist/cloudfunctions/pay/config.json true p.q <nowhere <dist",
		"plain src/cloud/plain/config.json false <nowhere <dist",
		"send src/cloud/send/config.json true c.d <shared <nowhere <dist !config/build-differs",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("functions (-want +got):\n%s", diff)
	}
	if len(p.Skipped) != 1 || p.Skipped[0].Name != "old-one" || p.Skipped[0].Reason != config.SkipExcluded {
		t.Errorf("skipped %+v", p.Skipped)
	}
	var problems []string
	for _, problem := range p.Settings.Problems {
		problems = append(problems, fmt.Sprintf("%d:%d %s", problem.Line, problem.Column, problem.ID))
	}
	wantProblems := "4:24 config/no-such-function, 7:5 config/copy-missing, 8:5 config/copy-around, 10:18 config/no-such-function-near"
	if strings.Join(problems, ", ") != wantProblems {
		t.Errorf("problems %v", problems)
	}

	// What the source declares is edited at the source.
	for _, f := range p.Functions {
		if f.Name != "plain" {
			continue
		}
		edit, err := config.AddOpenapi(f, p.Functions, []string{"x.y"})
		if err != nil || !edit.Created || edit.Path != filepath.Join(dir, "src", "cloud", "plain", "config.json") {
			t.Errorf("edit %+v, error %v", edit, err)
		}
	}

	// Whoever names an excluded function means it; its neighbours stay out.
	one, err := config.LoadFolder(filepath.Join(dir, "dist", "cloudfunctions", "old-one"))
	if err != nil || len(one.Functions) != 1 {
		t.Errorf("%+v, error %v", one, err)
	}
	part, err := config.LoadFolder(filepath.Join(dir, "dist", "cloudfunctions"))
	if err != nil || len(part.Functions) != 3 || len(part.Functions[2].Copies) != 3 {
		t.Errorf("%+v, error %v", part, err)
	}
}

// A pattern that leads nowhere would leave the built files to be edited.
func TestSourceThatLeadsNowhere(t *testing.T) {
	dir := tree(t, map[string]string{
		"wxcloud.json":              `{ "source": "src/{function}/cloud" }`,
		"cloudfunctions/f/index.js": "", "src/f/config.json": "{}",
	})
	p, err := config.Find(config.Options{Start: dir})
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Settings.Problems; len(got) != 1 || got[0].ID != "config/source-nowhere" || got[0].Line != 1 || got[0].Column != 13 || p.Settings.Wrong() == nil {
		t.Errorf("%+v", got)
	}
}
