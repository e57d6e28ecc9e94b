package lint_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"wxcloud/config"
	"wxcloud/lint"
	"wxcloud/lint/rules"
)

// Whoever interrupts a run does not wait for a file system that does not answer,
// and nothing is left once it does.
func TestAnalyzeReturnsWhenInterrupted(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"a", "b", "c"} {
		write(t, root+"/"+name+"/index.js", sendCode)
	}
	p, err := config.LoadFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		answer := make(chan struct{})
		read := func(string) ([]byte, error) {
			<-answer
			return []byte(sendCode), nil
		}
		go func() {
			synctest.Wait()
			cancel()
		}()
		r, err := lint.Analyze(ctx, p.Functions, rules.All(), lint.Options{Root: root, ReadFile: read})
		if !errors.Is(err, context.Canceled) || len(r.Functions) > 0 {
			t.Errorf("error %v and %d functions", err, len(r.Functions))
		}
		close(answer) // the test ends when no goroutine is left
	})
}
