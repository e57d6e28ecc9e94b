package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/internal/wxcode"
)

// What is committed is what explain says today.
func TestPagesAreUpToDate(t *testing.T) {
	for name, lang := range languages() {
		made, err := page(lang)
		if err != nil {
			t.Fatal(err)
		}
		committed, err := os.ReadFile(filepath.Join("../../../docs", name))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(committed), string(made)); diff != "" {
			t.Errorf("%s is out of date; run: go run ./internal/gen/errors (-committed +made)\n%s", name, diff)
		}
	}
}

func TestEveryCodeHasAPlaceOnThePage(t *testing.T) {
	for _, lang := range languages() {
		made, err := page(lang)
		if err != nil {
			t.Fatal(err)
		}
		var heads []string
		for _, c := range wxcode.All() {
			heads = append(heads, strconv.Itoa(c.Number))
		}
		for _, n := range wxcode.AllNamed() {
			heads = append(heads, n.Name)
		}
		for _, head := range heads {
			if n := bytes.Count(made, []byte("\n### "+head+"\n")); n != 1 {
				t.Errorf("%s: %s stands there %d times", lang, head, n)
			}
		}
	}
}

func TestRunWritesBothPages(t *testing.T) {
	dir := t.TempDir()
	if err := run(dir); err != nil {
		t.Fatal(err)
	}
	for name := range languages() {
		if data, err := os.ReadFile(filepath.Join(dir, name)); err != nil || len(data) < 10000 {
			t.Errorf("%s: %d bytes, %v", name, len(data), err)
		}
	}
}
