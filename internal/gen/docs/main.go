// Command docs writes the pages of the lint rules into docs/rules, in English
// and 简体中文. What a page shows was really printed: every example is linted on
// the way. It knows no rule by name; run it from the repository root with:
// go run ./internal/gen/docs
package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"

	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/lint"
	"wxcloud/lint/report"
	"wxcloud/lint/rules"
)

func main() {
	if err := run(context.Background(), filepath.Join("docs", "rules")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run writes all pages into dir and removes those of rules that are gone.
func run(ctx context.Context, dir string) error {
	made, err := pages(ctx)
	if err != nil {
		return err
	}
	old, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil {
		return err
	}
	for _, name := range old {
		if _, kept := made[filepath.Base(name)]; !kept {
			if err := os.Remove(name); err != nil {
				return err
			}
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, page := range made {
		if err := os.WriteFile(filepath.Join(dir, name), page, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// pages makes every page, by file name.
func pages(ctx context.Context) (map[string][]byte, error) {
	made := map[string][]byte{}
	for _, lang := range []lint.Lang{lint.English, lint.Chinese} {
		for _, rule := range rules.All() {
			info := rule.Info()
			printed, err := printed(ctx, info, lang)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", info.ID, err)
			}
			made[pageName(info.ID, lang)] = rulePage(info, lang, printed)
		}
		made[pageName("README", lang)] = indexPage(rules.All(), lang)
	}
	return made, nil
}

// printed is what lint says of the rule's bad example.
func printed(ctx context.Context, info lint.Info, lang lint.Lang) (string, error) {
	r, err := lintExample(ctx, info.Bad)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	err = report.Text{Options: report.Options{Lang: lang}}.Format(&b, r)
	return b.String(), err
}

// lintExample lints the files of an example as the function "notify".
func lintExample(ctx context.Context, files []lint.File) (r lint.Report, err error) {
	root, err := os.MkdirTemp("", "wxcloud-docs-")
	if err != nil {
		return lint.Report{}, err
	}
	defer func() {
		if gone := os.RemoveAll(root); err == nil {
			err = gone
		}
	}()
	for _, f := range files {
		name := filepath.Join(root, "notify", filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return lint.Report{}, err
		}
		if err := os.WriteFile(name, []byte(f.Text), 0o644); err != nil {
			return lint.Report{}, err
		}
	}
	project, err := config.LoadFolder(root)
	if err != nil {
		return lint.Report{}, err
	}
	sources := map[string][]byte{}
	for _, f := range files {
		sources[filepath.Join(root, "notify", filepath.FromSlash(f.Name))] = []byte(f.Text)
	}
	return lint.Analyze(ctx, project.Functions, rules.All(), lint.Options{
		Root: root, Given: ".",
		// The report quotes the files after the folder is gone.
		ReadFile: func(path string) ([]byte, error) {
			if text, ok := sources[path]; ok {
				return text, nil
			}
			return nil, os.ErrNotExist
		},
		Sentence: func(id clierr.ID) (lint.Words, bool) {
			s, ok := text.Lookup(id)
			return lint.Words(s), ok
		},
	})
}
