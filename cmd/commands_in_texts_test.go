package cmd

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"wxcloud/cmd/scaffold"
	"wxcloud/cmd/text"
	"wxcloud/internal/ui"
)

// TestCommandsInTextsExist reads every command that a sentence, a rule page, a
// template or a page of the documentation tells people to type, and checks that
// the command and its flags are there.
func TestCommandsInTextsExist(t *testing.T) {
	typed := regexp.MustCompile(`wxcloud(?: [A-Za-z0-9*'"@{}<>|._/=:+-]+)+`)
	streams, _, _ := ui.Test("", ui.Kind{})
	found := 0
	for place, content := range advice(t) {
		for _, line := range typed.FindAllString(content, -1) {
			a := newApp(Process{Streams: streams, Getenv: func(string) string { return "" }})
			words := strings.Fields(line)[1:]
			if !isVerb(a, words[0]) {
				continue // "wxcloud reads what ..." in prose
			}
			found++
			command, rest, err := a.newRoot().Find(words)
			if err != nil {
				t.Errorf("%s: %q: %v", place, line, err)
				continue
			}
			if command.HasSubCommands() && len(rest) > 0 && !strings.HasPrefix(rest[0], "-") && isWord(rest[0]) && command.Name() == "perm" {
				t.Errorf("%s: %q names no command of %s", place, line, command.CommandPath())
			}
			for _, word := range rest {
				if name, ok := strings.CutPrefix(word, "-"); ok && word != "-->" && !flagExists(command, name) {
					t.Errorf("%s: %q: %s has no flag %s", place, line, command.CommandPath(), word)
				}
			}
		}
	}
	if found < 60 {
		t.Fatalf("only %d commands found: the test no longer sees them", found)
	}
}

func isVerb(a *app, word string) bool {
	return slices.ContainsFunc(a.commands(), func(c topCommand) bool { return c.name == word })
}

// isWord reports whether a word is written out, and neither a placeholder nor a list.
func isWord(word string) bool { return regexp.MustCompile(`^[a-z]+$`).MatchString(word) }

func flagExists(c *cobra.Command, name string) bool {
	name = strings.Trim(name, "'\".:,")
	if _, err := strconv.Atoi(strings.TrimLeft(name, "-")); err == nil {
		return true // explain -604101
	}
	long, isLong := strings.CutPrefix(name, "-")
	if isLong {
		long, _, _ = strings.Cut(long, "=")
		return c.Flags().Lookup(long) != nil || c.Root().PersistentFlags().Lookup(long) != nil
	}
	if name == "" {
		return true // "-" is standard input
	}
	return c.Flags().ShorthandLookup(name[:1]) != nil || c.Root().PersistentFlags().ShorthandLookup(name[:1]) != nil
}

// advice is everything that tells people what to type, by where it stands.
func advice(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, pattern := range []string{"../*.md", "../docs/*.md", "../docs/rules/*.md"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			all[file] = string(data)
		}
	}
	sources, err := filepath.Glob("text/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range sources {
		set := token.NewFileSet()
		tree, err := parser.ParseFile(set, file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
				if value, err := strconv.Unquote(literal.Value); err == nil {
					all[set.Position(literal.Pos()).String()] = value
				}
			}
			return true
		})
	}
	for _, template := range scaffold.Templates() {
		for _, lang := range []text.Lang{text.English, text.Chinese} {
			for _, typescript := range []bool{false, true} {
				files, err := scaffold.Function(scaffold.Params{Template: template.Name, Name: "notify", Lang: lang, TypeScript: typescript})
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range files {
					all[template.Name+"/"+string(lang)+"/"+f.Path] = string(f.Data)
				}
			}
		}
	}
	return all
}
