// Command errors writes docs/errors.md and its Chinese twin: every code that
// wxcloud can explain, in the words of `wxcloud explain`. It knows no code by
// number; run it from the repository root with: go run ./internal/gen/errors
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"wxcloud/cmd/text"
)

func main() {
	if err := run("docs"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(dir string) error {
	for name, lang := range languages() {
		page, err := page(lang)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, name), page, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func languages() map[string]text.Lang {
	return map[string]text.Lang{"errors.md": text.English, "errors.zh-CN.md": text.Chinese}
}
