package devtools

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// stubVariable makes this test binary stand in for the command line of DevTools. It
// names the folder that says what to print and takes down what was asked.
const stubVariable = "WXCLOUD_TEST_DEVTOOLS"

func TestMain(m *testing.M) {
	if folder := os.Getenv(stubVariable); folder != "" {
		os.Exit(stub(folder))
	}
	os.Exit(m.Run())
}

// call is one command the stub was given, and what lay in the folder it was to upload.
type call struct {
	Args  []string
	Files map[string]string
}

// stub prints the n-th answer laid down for islogin or for deploy, and the last one
// from then on.
func stub(folder string) int {
	c := call{Args: os.Args[1:], Files: map[string]string{}}
	kind := "deploy"
	if slices.Contains(c.Args, "islogin") {
		kind = "islogin"
	}
	if at := slices.Index(c.Args, "--paths"); at >= 0 {
		dir := c.Args[at+1]
		_ = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				data, _ := os.ReadFile(path)
				name, _ := filepath.Rel(dir, path)
				c.Files[filepath.ToSlash(name)] = string(data)
			}
			return err
		})
		c.Files["../../project.config.json"] = string(must(os.ReadFile(filepath.Join(dir, "..", "..", "project.config.json"))))
	}
	log, _ := os.OpenFile(filepath.Join(folder, "calls"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	_ = json.NewEncoder(log).Encode(c)
	_ = log.Close()
	for n := 1; ; n++ {
		turn := filepath.Join(folder, kind+"."+strconv.Itoa(n))
		if _, err := os.Stat(filepath.Join(folder, kind+"."+strconv.Itoa(n+1))); err == nil {
			if os.Rename(turn, turn+".used") == nil {
				answer, _ := os.ReadFile(turn + ".used")
				return print(answer)
			}
			continue
		}
		answer, _ := os.ReadFile(turn)
		return print(answer)
	}
}

// print writes an answer. Its first line is the exit status; "hang" never ends.
func print(answer []byte) int {
	status, text, _ := bytes.Cut(answer, []byte("\n"))
	_, _ = os.Stdout.Write(text)
	if string(status) == "hang" {
		time.Sleep(time.Minute)
	}
	code, _ := strconv.Atoi(string(status))
	return code
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

const loggedIn = "0\n- initialize\n\n✔ IDE server has started, listening on http://127.0.0.1:39721\n{\"login\":true}\n"

// devtools is a Tools whose stub gives these answers to uploads, one after the other.
func devtools(t *testing.T, islogin string, deploys ...string) (tools *Tools, calls func() []call) {
	t.Helper()
	folder := t.TempDir()
	t.Setenv(stubVariable, folder)
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("islogin.1", islogin)
	for i, d := range deploys {
		write("deploy."+strconv.Itoa(i+1), d)
	}
	program := must(os.Executable())
	return &Tools{Program: program, Lang: "zh", Timeout: 30 * time.Second, Pause: time.Millisecond}, func() []call {
		t.Helper()
		var all []call
		data, _ := os.ReadFile(filepath.Join(folder, "calls"))
		for line := range strings.Lines(string(data)) {
			var c call
			if err := json.Unmarshal([]byte(line), &c); err != nil {
				t.Fatal(err)
			}
			all = append(all, c)
		}
		return all
	}
}

type archive []byte

func (a archive) Size() int64       { return int64(len(a)) }
func (a archive) Reader() io.Reader { return bytes.NewReader(a) }

// packed makes a package; a text that begins with "-> " is a link.
func packed(t *testing.T, files ...string) archive {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		header := &zip.FileHeader{Name: files[i], Method: zip.Deflate}
		header.SetMode(0o644)
		text, link := strings.CutPrefix(files[i+1], "-> ")
		if link {
			header.SetMode(fs.ModeSymlink | 0o777)
		}
		f, err := w.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = fmt.Fprint(f, text)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gbk(t *testing.T, text string) string {
	t.Helper()
	encoded, err := simplifiedchinese.GBK.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}
