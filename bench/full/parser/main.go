// Command parser compares the parser of lint/js with others, file by file, and
// prints every difference that known.txt does not explain. It knows nothing of
// the parser but what js.Tree tells.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sort"
	"strings"

	"wxcloud/lint/js"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "tell" {
		tell(os.Args[2:])
		return
	}
	if err := prepare(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	k, err := readKnown("known.txt")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	ok := true
	for _, run := range []struct {
		name string
		run  func(*suite) error
	}{
		{"acorn", compareAcorn},
		{"mutants", compareMutants},
		{"typescript", compareTypeScript},
		{"tsmutants", compareTSMutants},
		{"esbuild", compareEsbuild},
		{"test262", compareTest262},
	} {
		if len(os.Args) > 1 && os.Args[1] != run.name {
			continue
		}
		s := &suite{name: run.name, known: k, out: os.Stdout}
		if err := run.run(s); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		ok = s.finish() && ok
	}
	if !ok {
		os.Exit(1)
	}
}

// prepare installs the packages and asks the other parsers, once. What they said
// is kept in out; remove it to ask again.
func prepare() error {
	if _, err := os.Stat("node_modules/.package-lock.json"); err != nil {
		if err := node("", "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"); err != nil {
			return err
		}
	}
	if err := os.MkdirAll("out", 0o750); err != nil {
		return err
	}
	for name, args := range map[string][]string{
		"acorn": {"node", "acorn.js"}, "mutants": {"node", "acorn.js", "mutants"}, "typescript": {"node", "typescript.js"},
		"tsmutants": {"node", "typescript.js", "mutants"},
	} {
		out := "out/" + name + ".jsonl"
		if _, err := os.Stat(out); err == nil {
			continue
		}
		fmt.Println("asks", name)
		if err := node(out+".part", args...); err != nil {
			return err
		}
		if err := os.Rename(out+".part", out); err != nil {
			return err
		}
	}
	return nil
}

// node runs a command of Node.js, with its output in a file if one is named.
func node(out string, args ...string) error {
	c := exec.CommandContext(context.Background(), args[0], args[1:]...)
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	if out != "" {
		f, err := os.Create(out)
		if err != nil {
			return err
		}
		defer f.Close()
		c.Stdout = f
	}
	return c.Run()
}

// tell prints what the parser says of single files.
func tell(names []string) {
	var t js.Tree
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			fmt.Println(err)
			continue
		}
		t.Read(name, src)
		for _, e := range t.Errors() {
			fmt.Printf("%s:%d:%d %s %v\n", name, e.Line, e.Column, e.ID, e.Args)
		}
	}
}

// suite collects the differences from one other program.
type suite struct {
	name    string
	known   map[string]string
	out     io.Writer
	files   int
	same    int
	told    int
	unknown int
	notes   []string
}

// differ notes a difference in a file.
func (s *suite) differ(file, what string) {
	if reason, ok := s.known[s.name+" "+file]; ok {
		s.told++
		fmt.Fprintf(s.out, "%s: %s\n\tknown: %s\n\t%s\n", s.name, file, reason, what)
		return
	}
	s.unknown++
	fmt.Fprintf(s.out, "%s: %s\n\tDIFFERS: %s\n", s.name, file, what)
}

func (s *suite) finish() bool {
	fmt.Fprintf(s.out, "%s: %d files, %d the same, %d known differences, %d others\n", s.name, s.files, s.same, s.told, s.unknown)
	for _, n := range s.notes {
		fmt.Fprintf(s.out, "\t%s\n", n)
	}
	return s.unknown == 0
}

// readKnown reads the differences with a known reason: lines of a suite, a file,
// and the reason behind a tab. Lines that begin with # are comments.
func readKnown(name string) (map[string]string, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for line := range bytes.Lines(data) {
		text := strings.TrimRight(string(line), "\n")
		if text == "" || text[0] == '#' {
			continue
		}
		key, reason, ok := strings.Cut(text, "\t")
		if !ok {
			return nil, fmt.Errorf("%s: no tab in %q", name, text)
		}
		out[key] = reason
	}
	return out, nil
}

// answer is one line of an oracle: the error, or how many nodes of each kind there
// are with the sums of their starts and ends, and the free names with the sums of their places.
type answer struct {
	File   string
	Error  string
	JSX    bool `json:"jsx"`
	Counts map[string][3]int
	Free   map[string][2]int
}

func answers(name string, each func(answer, []byte) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(make([]byte, 1<<20), 1<<26)
	for lines.Scan() {
		var a answer
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			return err
		}
		src, err := os.ReadFile(a.File)
		if err != nil {
			return err
		}
		if err := each(a, src); err != nil {
			return err
		}
	}
	return lines.Err()
}

// verdict compares accepting and refusing, and says what is wrong in ours.
func verdict(t *js.Tree, ok bool, other string) string {
	if ok == (other == "") {
		return ""
	}
	if ok {
		return "accepted here, there: " + other
	}
	var b strings.Builder
	b.WriteString("refused here:")
	for _, e := range t.Errors() {
		fmt.Fprintf(&b, " %d:%d %s %v", e.Line, e.Column, e.ID, e.Args)
	}
	return b.String()
}

func count(t *js.Tree, name func(js.TreeNode) string) map[string][3]int {
	out := map[string][3]int{}
	t.Walk(func(n js.TreeNode) bool {
		if k := name(n); k != "" {
			c := out[k]
			c[0]++
			c[1] += n.Start
			c[2] += n.End
			out[k] = c
		}
		return true
	})
	return out
}

// compareCounts says what differs in the kinds that want has, or that are in both.
func compareCounts(got, want map[string][3]int) string {
	kinds := map[string]bool{}
	for k := range want {
		kinds[k] = true
	}
	for k := range got {
		kinds[k] = true
	}
	var out []string
	for k := range kinds {
		if got[k] != want[k] {
			out = append(out, fmt.Sprintf("%s: %v here, %v there", k, got[k], want[k]))
		}
	}
	sort.Strings(out)
	return strings.Join(out, "; ")
}
