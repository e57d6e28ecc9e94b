package main

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"time"

	"wxcloud/emulator"
	"wxcloud/emulator/faults"
)

const (
	appID = "wx0123456789abcdef"
	envID = "bench-1a2b3c"
)

// cloud is a local cloud that stands for a real one, whose deploys take no time.
type cloud struct {
	server *emulator.Emulator
	remote *emulator.Remote
	ca     string

	mu       sync.Mutex
	requests int
	actions  map[string]int
}

func (b *bench) open(ctx context.Context, name string, seed uint64) (*cloud, error) {
	c := &cloud{actions: map[string]int{}}
	dir := filepath.Join(b.dir, name, "cloud")
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	var err error
	c.server, err = emulator.Open(emulator.Options{Dir: dir, AppID: appID, EnvID: envID, DeployTime: -1, Seed: seed, Observe: c.observe})
	if err != nil {
		return nil, err
	}
	if err := c.server.Listen("127.0.0.1:0"); err != nil {
		return nil, err
	}
	if c.remote, err = emulator.Attach(dir); err != nil {
		return nil, err
	}
	s, err := c.remote.Status(ctx)
	c.ca = s.CAPath
	return c, err
}

func (c *cloud) close() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	c.remote.Close()
	_ = c.server.Close(ctx)
}

func (c *cloud) observe(x emulator.Exchange) {
	if len(x.Path) > 5 && x.Path[:6] == "/_ctl/" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests++
	c.actions[x.Action]++
}

// count forgets the requests so far and returns how many there were.
func (c *cloud) count() (int, map[string]int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n, actions := c.requests, c.actions
	c.requests, c.actions = 0, map[string]int{}
	return n, actions
}

// latency holds every answer up, as the way to the cloud does; 0 does not.
func (c *cloud) latency(ctx context.Context, d time.Duration) error {
	if err := c.remote.ClearFaults(ctx); err != nil || d == 0 {
		return err
	}
	_, err := c.remote.AddFaults(ctx, faults.Rule{On: "*", Do: faults.Effect{Kind: faults.Latency, Hold: d}})
	return err
}

// functions are the functions of the cloud by name.
func (c *cloud) functions(ctx context.Context) (map[string]emulator.FunctionStatus, error) {
	s, err := c.remote.Status(ctx)
	if err != nil {
		return nil, err
	}
	all := map[string]emulator.FunctionStatus{}
	for _, f := range s.Functions {
		all[f.Name] = f
	}
	return all, nil
}
