//go:build unix

package prompt_test

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/google/go-cmp/cmp"

	"wxcloud/internal/clierr"
	"wxcloud/internal/prompt"
)

// terminal is a person at a pseudo-terminal: it answers the questions for the
// cursor's position that survey asks the terminal, waits until nothing more is
// written, and only then types, because keys that come earlier are lost.
type terminal struct {
	master, tty *os.File
	mu          sync.Mutex
	seen        bytes.Buffer
	last        time.Time
}

func (c *terminal) Interactive() bool         { return true }
func (c *terminal) Files() (in, err *os.File) { return c.tty, c.tty }
func (c *terminal) PromptColor() bool         { return false }

func newTerminal(t *testing.T, columns uint16) *terminal {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Skipf("no pseudo-terminal here: %v", err)
	}
	t.Cleanup(func() { _ = tty.Close(); _ = master.Close() })
	if err := pty.Setsize(master, &pty.Winsize{Rows: 24, Cols: columns}); err != nil {
		t.Fatal(err)
	}
	c := &terminal{master: master, tty: tty, last: time.Now()}
	go c.watch()
	return c
}

func (c *terminal) watch() {
	const question, answer = "\x1b[6n", "\x1b[1;1R"
	buffer := make([]byte, 4096)
	for {
		n, err := c.master.Read(buffer)
		if err != nil {
			return
		}
		for range strings.Count(string(buffer[:n]), question) {
			if _, err := c.master.WriteString(answer); err != nil {
				return
			}
		}
		c.mu.Lock()
		c.seen.Write(buffer[:n])
		c.last = time.Now()
		c.mu.Unlock()
	}
}

// screen is everything written so far.
func (c *terminal) screen() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.seen.String()
}

// types waits for the question, then for 150 ms of quiet, before each key.
func (c *terminal) types(question string, keys []string) {
	for _, key := range keys {
		for {
			c.mu.Lock()
			quiet := time.Since(c.last) > 150*time.Millisecond && strings.Contains(c.seen.String(), question)
			c.mu.Unlock()
			if quiet {
				break
			}
			time.Sleep(10 * time.Millisecond)
		}
		_, _ = c.master.WriteString(key)
		time.Sleep(20 * time.Millisecond)
	}
}

const (
	enter = "\r"
	down  = "\x1b[B"
	ctrlC = "\x03"
	ctrlD = "\x04"
)

func options() []prompt.Option {
	return []prompt.Option{{Label: "云调用", Note: "发送一条订阅消息"}, {Label: "open-data"}, {Label: "plain\x1b[31m"}}
}

func TestPromptsOnATerminal(t *testing.T) {
	long := func(s string) error {
		if len([]rune(s)) < 3 {
			return clierr.New("test/short", clierr.Usage, nil)
		}
		return nil
	}
	tests := []struct {
		name string
		keys []string
		ask  func(prompt.Prompter) (any, error)
		want any
		// says must be on the screen at the end.
		says string
	}{
		{"input", []string{"发送消息", enter}, func(p prompt.Prompter) (any, error) {
			return p.Input(prompt.Question{Text: "Name"}, "")
		}, "发送消息", "发送消息"},
		{"input default", []string{enter}, func(p prompt.Prompter) (any, error) {
			return p.Input(prompt.Question{Text: "Name"}, "hello")
		}, "hello", "hello"},
		{"input refused once", []string{"ab", enter, "abc ", enter}, func(p prompt.Prompter) (any, error) {
			return p.Input(prompt.Question{Text: "Name"}, "", long)
		}, "abc", "太短了"},
		{"input help", []string{"?", enter, "abc", enter}, func(p prompt.Prompter) (any, error) {
			return p.Input(prompt.Question{Text: "Name", Help: "字母开头"}, "")
		}, "abc", "字母开头"},
		{"select", []string{down, enter}, func(p prompt.Prompter) (any, error) {
			return p.Select(prompt.Question{Text: "Template"}, options(), 0)
		}, 1, "↑↓ 选择"},
		{"select by typing", []string{"plain", enter}, func(p prompt.Prompter) (any, error) {
			return p.Select(prompt.Question{Text: "Template"}, options(), 0)
		}, 2, "发送一条订阅消息"},
		{"select initial", []string{enter}, func(p prompt.Prompter) (any, error) {
			return p.Select(prompt.Question{Text: "Template"}, options(), 1)
		}, 1, "open-data"},
		{"multiselect", []string{" ", down, down, " ", enter}, func(p prompt.Prompter) (any, error) {
			return p.MultiSelect(prompt.Question{Text: "Names"}, options(), nil)
		}, []int{0, 2}, "空格勾选"},
		{"multiselect initial", []string{enter}, func(p prompt.Prompter) (any, error) {
			return p.MultiSelect(prompt.Question{Text: "Names"}, options(), []int{1})
		}, []int{1}, "open-data"},
		{"multiselect none", []string{enter}, func(p prompt.Prompter) (any, error) {
			return p.MultiSelect(prompt.Question{Text: "Names"}, options(), nil)
		}, []int(nil), "Names"},
		{"confirm", []string{"y", enter}, func(p prompt.Prompter) (any, error) {
			return p.Confirm(prompt.Question{Text: "Sure"}, false)
		}, true, "是"},
		{"confirm default", []string{enter}, func(p prompt.Prompter) (any, error) {
			return p.Confirm(prompt.Question{Text: "Sure"}, true)
		}, true, "(Y/n)"},
		{"confirm refused once", []string{"maybe", enter, "n", enter}, func(p prompt.Prompter) (any, error) {
			return p.Confirm(prompt.Question{Text: "Sure"}, true)
		}, false, "请输入 y 或 n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c := newTerminal(t, 80)
			p := prompt.New(c)
			p.Words = chinese()
			question := map[bool]string{true: "Template", false: ""}[strings.HasPrefix(test.name, "select")]
			go c.types(question, test.keys)
			got, err := test.ask(p)
			if err != nil {
				t.Fatalf("%v\n%q", err, c.screen())
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s\n%q", diff, c.screen())
			}
			if !eventually(func() bool { return strings.Contains(c.screen(), test.says) }) {
				t.Errorf("the screen does not say %q: %q", test.says, c.screen())
			}
			if strings.Contains(c.screen(), "\x1b[31m") {
				t.Errorf("a name coloured the terminal: %q", c.screen())
			}
		})
	}
}

// TestInterruptedOnATerminal: Ctrl-C is a key here, not a signal, and so is the
// end of input, for every kind of question, also on a terminal without a size.
func TestInterruptedOnATerminal(t *testing.T) {
	kinds := map[string]func(prompt.Prompter) error{
		"input": func(p prompt.Prompter) error { _, err := p.Input(prompt.Question{Text: "Q"}, ""); return err },
		"select": func(p prompt.Prompter) error {
			_, err := p.Select(prompt.Question{Text: "Q"}, options(), 0)
			return err
		},
		"multiselect": func(p prompt.Prompter) error {
			_, err := p.MultiSelect(prompt.Question{Text: "Q"}, options(), nil)
			return err
		},
		"confirm": func(p prompt.Prompter) error { _, err := p.Confirm(prompt.Question{Text: "Q"}, true); return err },
	}
	for name, ask := range kinds {
		for _, key := range []string{ctrlC, ctrlD} {
			t.Run(name, func(t *testing.T) {
				c := newTerminal(t, 0)
				go c.types("Q", []string{key})
				err := ask(prompt.New(c))
				var problem *clierr.Error
				if !errors.Is(err, prompt.ErrInterrupted) || !errors.As(err, &problem) || problem.Exit != clierr.Interrupted {
					t.Errorf("err = %v\n%q", err, c.screen())
				}
			})
		}
	}
}

func chinese() prompt.Words {
	return prompt.Words{
		Select: "↑↓ 选择，输入文字筛选", MultiSelect: "空格勾选", Help: "查看说明",
		YesOrNo: "请输入 y 或 n", Yes: "是", No: "否",
		Sentence: func(err error) string {
			if clierr.Is(err, "test/short") {
				return "太短了"
			}
			return err.Error()
		},
	}
}

// eventually allows for what was written last to arrive at the other end.
func eventually(condition func() bool) bool {
	for range 100 {
		if condition() {
			return true
		}
		time.Sleep(10 * time.Millisecond)
	}
	return false
}
