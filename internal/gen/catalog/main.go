// Command catalog turns the reviewed data in catalog/source into the compact
// tables the catalog package embeds, and refuses data that contradicts itself.
// It knows nothing of how the tables are searched; run it from the repository
// root with: go run ./internal/gen/catalog
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	if err := run("catalog", os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// run regenerates the tables in dir from dir/source.
func run(dir string, out io.Writer) error {
	s, err := readSource(filepath.Join(dir, "source"))
	if err != nil {
		return err
	}
	if problems := check(s); len(problems) > 0 {
		return errors.Join(problems...)
	}
	for _, table := range encode(s) {
		if err := os.WriteFile(filepath.Join(dir, table.file), table.data, 0o644); err != nil {
			return err
		}
		fmt.Fprintf(out, "%s: %d bytes\n", filepath.Join(dir, table.file), len(table.data))
	}
	return nil
}
