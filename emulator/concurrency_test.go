package emulator_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"
)

func TestCloseCutsRunningFunctions(t *testing.T) {
	needNode(t)
	c := start(t)
	c.deploy("hello", map[string]string{"index.js": `exports.main = () => new Promise(() => {})`}, false)
	ended := make(chan error, 1)
	go func() {
		r, err := c.remote.CallAsUser(context.Background(), "hello", "oUser", nil)
		if err == nil && r.ErrCode == 0 {
			err = errors.New("the call succeeded")
		} else {
			err = nil
		}
		ended <- err
	}()
	for {
		s, err := c.remote.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if s.Processes > 0 {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	began := time.Now()
	if err := c.e.Close(ctx); err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("closing took %s", took)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// Everything at once, for the race detector and for what is left at the end.
func TestManyThingsAtOnce(t *testing.T) {
	needNode(t)
	c := start(t)
	files := func(n int) map[string]string {
		return map[string]string{"index.js": fmt.Sprintf("exports.main = () => %d", n)}
	}
	for i := range 4 {
		c.deploy(fmt.Sprintf("fn%d", i), files(0), false)
	}
	var group sync.WaitGroup
	for i := range 4 {
		name := fmt.Sprintf("fn%d", i)
		group.Go(func() {
			for n := range 5 {
				zipFile := zipOf(t, files(n+1))
				if r := c.direct("UpdateFunctionCode", object{"FunctionName": name, "ZipFile": zipFile}); errorCode(r) != "" {
					t.Errorf("%v", r)
				}
				c.permit(name, fmt.Sprintf("a.b%d", n))
			}
		})
		group.Go(func() {
			for range 5 {
				if r := c.call(name, "oUser", object{}); r.ErrCode != 0 {
					t.Errorf("%+v", r)
				}
			}
		})
		group.Go(func() {
			for range 10 {
				c.function(name)
				c.stableToken()
			}
		})
	}
	group.Wait()
	for i := range 4 {
		name := fmt.Sprintf("fn%d", i)
		if r := c.call(name, "oUser", object{}); string(r.Result) != "5" {
			t.Errorf("%s: %s %s", name, r.Result, r.ErrMsg)
		}
		if f := c.function(name); len(f.Openapi) != 1 || f.Openapi[0] != "a.b4" {
			t.Errorf("%+v", f)
		}
	}
}
