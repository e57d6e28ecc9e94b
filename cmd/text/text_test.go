package text

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
)

var placeholder = regexp.MustCompile(`\{[a-zA-Z]+\}`)

// TestEverySentenceHasBothLanguages reads the source, so that a sentence cannot
// escape the check by not being in some list.
func TestEverySentenceHasBothLanguages(t *testing.T) {
	found := 0
	for _, file := range parseDir(t, ".") {
		ast.Inspect(file.tree, func(n ast.Node) bool {
			literal, ok := n.(*ast.CompositeLit)
			if !ok || !isSentence(literal) {
				return true
			}
			en, zh := fields(literal)
			if en == "" && zh == "" {
				return true
			}
			found++
			at := file.set.Position(literal.Pos())
			if en == "" || zh == "" {
				t.Errorf("%s: a language is missing: en=%q zh=%q", at, en, zh)
			}
			if a, b := set(en), set(zh); !slices.Equal(a, b) {
				t.Errorf("%s: placeholders differ: en %v, zh %v", at, a, b)
			}
			if len(placeholder.ReplaceAllString(en, "")) > 16 && !strings.ContainsFunc(zh, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				t.Errorf("%s: the Chinese sentence has no Chinese in it: %q", at, zh)
			}
			return true
		})
	}
	if found < 100 {
		t.Fatalf("only %d sentences found: the test no longer sees them", found)
	}
}

// TestEveryErrorHasASentence looks for every id of the form "room/what" that any
// package raises, and for every sentence that no package raises.
func TestEveryErrorHasASentence(t *testing.T) {
	raised := map[string]string{}
	id := regexp.MustCompile(`^(catalog|config|lint|js|perm|upload|pack|wxapi|emulator|devtools|scaffold|jsonedit|atomicfile|state|ignore|prompt|ui|cmd)/[a-z0-9-]+$`)
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); name == "testdata" || name == "node_modules" || (strings.HasPrefix(name, ".") && name != ".." && name != ".") || path == filepath.Join("..", "..", "cmd", "text") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		set := token.NewFileSet()
		tree, err := parser.ParseFile(set, path, nil, 0)
		if err != nil {
			return err
		}
		imports := map[ast.Node]bool{}
		for _, spec := range tree.Imports {
			imports[spec.Path] = true
		}
		ast.Inspect(tree, func(n ast.Node) bool {
			if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING && !imports[literal] {
				if value, err := strconv.Unquote(literal.Value); err == nil && id.MatchString(value) {
					raised[value] = set.Position(literal.Pos()).String()
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(raised) < 20 {
		t.Fatalf("only %d ids found: the test no longer sees them", len(raised))
	}
	said := map[string]bool{}
	for _, room := range rooms() {
		for _, e := range room {
			if said[string(e.id)] {
				t.Errorf("%s has two sentences", e.id)
			}
			said[string(e.id)] = true
			if !isRaised(raised, string(e.id)) {
				t.Errorf("%s has a sentence but nothing raises it", e.id)
			}
		}
	}
	for id, at := range raised {
		if !said[id] && !strings.HasSuffix(id, "-") {
			t.Errorf("%s: %s has no sentence", at, id)
		}
	}
}

// isRaised also accepts an id put together from a literal that ends in a dash.
func isRaised(raised map[string]string, id string) bool {
	if raised[id] != "" {
		return true
	}
	for literal := range raised {
		if strings.HasSuffix(literal, "-") && strings.HasPrefix(id, literal) {
			return true
		}
	}
	return false
}

func TestInFillsAndCleans(t *testing.T) {
	s := Sentence{En: "{a} and {b}", Zh: "{b}和{a}"}
	if got, want := s.In(Chinese, "a", "1", "b", "x\x1b[0m"), `x\x1b[0m和1`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := s.In(English, "a", "x\n::error::pwned", "b", "y\r\n\tz"), "x ::error::pwned and y  z"; got != want {
		t.Errorf("a value began a line: got %q, want %q", got, want)
	}
	if got := s.In(English, "a", "1"); got != "1 and {b}" {
		t.Errorf("a missing argument must stay visible, got %q", got)
	}
}

func TestParse(t *testing.T) {
	for name, want := range map[string]Lang{
		"zh": Chinese, "zh_CN.UTF-8": Chinese, "zh-CN": Chinese, "zh.UTF-8": Chinese, "中文": Chinese,
		"en": English, "en_US.UTF-8": English, "en-GB": English, "fr": "", "C.UTF-8": "", "": "", "zhu": "",
	} {
		if got, ok := Parse(name); got != want || ok != (want != "") {
			t.Errorf("Parse(%q) = %q, %v", name, got, ok)
		}
	}
}

type sourceFile struct {
	set  *token.FileSet
	tree *ast.File
}

func parseDir(t *testing.T, dir string) []sourceFile {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var files []sourceFile
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		set := token.NewFileSet()
		tree, err := parser.ParseFile(set, filepath.Join(dir, e.Name()), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, sourceFile{set, tree})
	}
	return files
}

// isSentence recognises Sentence{...} and the elided {...} inside []Sentence or
// a struct field: two strings, or the keys En and Zh.
func isSentence(literal *ast.CompositeLit) bool {
	if name, ok := literal.Type.(*ast.Ident); ok {
		return name.Name == "Sentence"
	}
	if literal.Type != nil || len(literal.Elts) != 2 {
		return false
	}
	for _, e := range literal.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			key, ok := pair.Key.(*ast.Ident)
			if !ok || (key.Name != "En" && key.Name != "Zh") {
				return false
			}
			e = pair.Value
		}
		if !isText(e) {
			return false
		}
	}
	return true
}

func fields(literal *ast.CompositeLit) (en, zh string) {
	for i, e := range literal.Elts {
		field := i
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok && key.Name == "Zh" {
				field = 1
			}
			e = pair.Value
		}
		if field == 0 {
			en = value(e)
		} else {
			zh = value(e)
		}
	}
	return en, zh
}

func isText(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.BasicLit:
		return e.Kind == token.STRING
	case *ast.BinaryExpr:
		return isText(e.X) && isText(e.Y)
	default:
		return false
	}
}

func value(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		s, _ := strconv.Unquote(e.Value)
		return s
	case *ast.BinaryExpr:
		return value(e.X) + value(e.Y)
	default:
		return ""
	}
}

func set(s string) []string {
	found := placeholder.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}
