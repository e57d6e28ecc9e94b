package emulator_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"wxcloud/emulator"
	"wxcloud/internal/clierr"
)

// childVariable makes the test binary a local cloud of its own, to be killed.
const childVariable = "WXCLOUD_TEST_EMULATOR"

// child serves a folder until it is killed or its input ends.
func child(dir string) int {
	e, err := emulator.Open(emulator.Options{Dir: dir, DeployTime: -1, Nodes: 1})
	if err == nil {
		err = e.Listen("127.0.0.1:0")
	}
	if err != nil {
		fmt.Println("failed", err)
		return 1
	}
	fmt.Println("serving")
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
	return 0
}

// startChild runs a local cloud in another process and waits until it serves.
func startChild(t *testing.T, dir string) (kill func()) {
	t.Helper()
	command := exec.CommandContext(t.Context(), os.Args[0])
	command.Env = append(os.Environ(), childVariable+"="+dir)
	input, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	kill = sync.OnceFunc(func() {
		_ = command.Process.Kill()
		_ = input.Close()
		_ = command.Wait()
	})
	t.Cleanup(kill)
	line, err := bufio.NewReader(output).ReadString('\n')
	if err != nil || line != "serving\n" {
		t.Fatalf("the child says %q, %v", line, err)
	}
	return kill
}

func TestAnotherProcessHoldsTheFolder(t *testing.T) {
	dir := t.TempDir()
	kill := startChild(t, dir)
	if _, err := emulator.Open(emulator.Options{Dir: dir}); !clierr.Is(err, "emulator/dir-in-use") {
		t.Errorf("Open: %v", err)
	}
	if err := emulator.ResetFolder(dir); !clierr.Is(err, "emulator/dir-in-use") {
		t.Errorf("ResetFolder: %v", err)
	}
	kill()
	// A killed process holds nothing: no lock file to remove by hand.
	startWith(t, emulator.Options{Dir: dir})
}

// Whatever was answered before a kill -9 is there afterwards, and nothing of it
// is half there.
func TestKilledWhileWriting(t *testing.T) {
	dir := t.TempDir()
	first := startWith(t, emulator.Options{Dir: dir, AppID: appID, DeployTime: -1, Nodes: 1})
	const functions = 60 // so that a snapshot takes a while to write
	for i := range functions {
		first.direct("CreateFunction", object{
			"FunctionName": fmt.Sprintf("fn%d", i), "Description": strings.Repeat("x", 1000),
			"Code": object{"ZipFile": zipOf(t, map[string]string{"index.js": fmt.Sprint(i)})},
		})
	}
	first.close()
	rounds := 8
	if testing.Short() {
		rounds = 3
	}
	var offset time.Duration
	stored := make([]int, functions) // the last list each function's client was told is stored
	random := rand.New(rand.NewPCG(1, 2))
	for round := range rounds {
		kill := startChild(t, dir)
		remote, err := emulator.Attach(dir)
		if err != nil {
			t.Fatal(err)
		}
		tried := append([]int{}, stored...)
		var group sync.WaitGroup
		var clock time.Duration
		group.Go(func() {
			for {
				if _, err := remote.AdvanceClock(t.Context(), time.Second); err != nil {
					return
				}
				clock += time.Second
			}
		})
		for worker := range 4 {
			client := &http.Client{Transport: &http.Transport{}}
			group.Go(func() {
				defer client.CloseIdleConnections()
				for n := 1; ; n++ {
					for i := worker; i < functions; i += 4 {
						tried[i] = round*1_000_000 + n
						if err := storeList(t.Context(), client, remote, fmt.Sprintf("fn%d", i), tried[i]); err != nil {
							return
						}
						stored[i] = tried[i]
					}
				}
			})
		}
		time.Sleep(time.Duration(20+random.IntN(150)) * time.Millisecond)
		kill()
		group.Wait()
		remote.Close()

		c := startWith(t, emulator.Options{Dir: dir, DeployTime: -1, Nodes: 1})
		s, err := c.remote.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		offset += clock
		if s.Offset != offset && s.Offset != offset+time.Second {
			t.Errorf("round %d: the clock is at %s, was told to be at %s", round, s.Offset, offset)
		}
		offset = s.Offset
		for i := range functions {
			f := c.function(fmt.Sprintf("fn%d", i))
			have := 0
			if len(f.Openapi) > 0 {
				if _, err := fmt.Sscanf(f.Openapi[0], "a.b%d", &have); err != nil {
					t.Error(err)
				}
			}
			if have != stored[i] && have != tried[i] {
				t.Errorf("round %d: %s has list %d, stored %d, tried %d", round, f.Name, have, stored[i], tried[i])
			}
			stored[i] = have
		}
		c.close()
		if left, err := filepath.Glob(filepath.Join(dir, ".wxcloud-*.tmp")); err != nil || len(left) > 0 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	}
	if offset == 0 {
		t.Error("no change was ever acknowledged")
	}
}

func storeList(ctx context.Context, client *http.Client, remote *emulator.Remote, function string, n int) error {
	body := fmt.Sprintf(`{"type":1,"env":"local","function_name":%q,"config":"{\"permissions\":{\"openapi\":[\"a.b%d\"]}}"}`, function, n)
	url := remote.URL() + "/tcb/uploadfuncconfig?access_token=" + remote.Credentials().AuthorizerToken
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		return err
	}
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text := make([]byte, 64)
	n, _ = response.Body.Read(text)
	if !strings.Contains(string(text[:n]), `"errcode":0`) {
		return errors.New(string(text[:n]))
	}
	return nil
}
