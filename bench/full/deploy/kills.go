package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"time"
)

// killed ends deploys with kill -9 at random moments. Each time one further
// deploy has to end well and leave what the project says.
func (b *bench) killed(ctx context.Context) error {
	const functions = 6
	c, err := b.open(ctx, "kills", b.seed)
	if err != nil {
		return err
	}
	defer c.close()
	p, err := b.project("kills", functions, true)
	if err != nil {
		return err
	}
	if _, err := b.deployed(ctx, c, p); err != nil {
		return err
	}
	if err := c.latency(ctx, 3*time.Millisecond); err != nil {
		return err
	}
	var longest time.Duration
	for version := 1; version <= 3; version++ {
		if err := p.change(version); err != nil {
			return err
		}
		r, err := b.deployed(ctx, c, p)
		if err != nil {
			return err
		}
		longest = max(longest, r.took)
	}
	random := rand.New(rand.NewPCG(b.seed, 2))
	began, early, late := time.Now(), 0, 0
	for i := range b.kills {
		if i%10 == 9 { // now and then functions that are to be created
			if err := c.remote.Reset(ctx); err != nil {
				return err
			}
			if err := c.latency(ctx, 3*time.Millisecond); err != nil {
				return err
			}
		}
		if err := p.change(i + 4); err != nil {
			return err
		}
		moment := time.Duration(random.Int64N(int64(longest)))
		c.count()
		done, err := b.kill(ctx, c, p, moment)
		if err != nil {
			return err
		}
		switch requests, _ := c.count(); {
		case requests == 0:
			early++
		case done:
			late++
		}
		if _, err := b.deployed(ctx, c, p); err != nil {
			return fmt.Errorf("after kill %d, at %s: %w", i+1, round(moment), err)
		}
		if err := c.settled(ctx, b, p); err != nil {
			return fmt.Errorf("after kill %d, at %s: %w", i+1, round(moment), err)
		}
		if i%50 == 49 {
			fmt.Printf("kills: %d of %d, %s\n", i+1, b.kills, time.Since(began).Round(time.Second))
		}
	}
	fmt.Printf("kills: %d kill -9s within %s of the start (%d before the first request, %d after the end), each followed by one deploy that ended well\n",
		b.kills, round(longest), early, late)
	return nil
}

// kill starts a deploy and ends it at a moment. It reports whether the deploy
// was over before.
func (b *bench) kill(ctx context.Context, c *cloud, p project, moment time.Duration) (bool, error) {
	command := exec.CommandContext(ctx, b.program, "deploy", "--create", "--yes", "--no-wait", "--allow-unapplied-permissions")
	command.Dir, command.Env = p.dir, b.environment(c, p.permissions)
	if err := command.Start(); err != nil {
		return false, err
	}
	over := make(chan struct{})
	go func() {
		_ = command.Wait() // how it ended is of no account
		close(over)
	}()
	select {
	case <-over:
		return true, nil
	case <-time.After(moment):
	}
	if err := command.Process.Kill(); err != nil {
		return true, nil //nolint:nilerr // it ended by itself a moment ago
	}
	<-over
	return false, nil
}
