package main

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"wxcloud/bench/filetree"
)

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}

func round(d time.Duration) time.Duration { return d.Round(time.Millisecond) }

// small changes the code of many small functions and deploys them.
func (b *bench) small(ctx context.Context) error {
	count := b.options.functions
	if count == 0 {
		count = 50
	}
	c, err := b.open(ctx, "small", b.seed)
	if err != nil {
		return err
	}
	defer c.close()
	p, err := b.project("small", count, false)
	if err != nil {
		return err
	}
	if _, err := b.deployed(ctx, c, p); err != nil { // miniprogram-ci cannot create functions
		return err
	}
	version := 0
	for _, latency := range []time.Duration{100 * time.Millisecond, 0} {
		if err := c.latency(ctx, latency); err != nil {
			return err
		}
		var times []time.Duration
		requests := 0
		for range b.repeat {
			version++
			if err := p.change(version); err != nil {
				return err
			}
			c.count()
			r, err := b.deployed(ctx, c, p)
			if err != nil {
				return err
			}
			requests, _ = c.count()
			times = append(times, r.took)
			if err := c.settled(ctx, b, p); err != nil {
				return err
			}
		}
		ours := median(times)
		fmt.Printf("small: %d functions, %s per answer: wxcloud %s (%d requests)\n", count, latency, round(ours), requests)
		if b.ci == "" {
			continue
		}
		version++
		if err := p.change(version); err != nil {
			return err
		}
		uploads, whole, err := b.uploadWithAPI(ctx, c, p, p.names)
		if err != nil {
			return err
		}
		fmt.Printf("small: miniprogram-ci's Node API, one process: %s (%s with the start of Node), %.1f times as long\n", round(uploads), round(whole), uploads.Seconds()/ours.Seconds())
		var cli time.Duration
		for _, name := range p.names {
			if b.apiOnly {
				break
			}
			took, err := b.uploadWithCLI(ctx, c, p, name)
			if err != nil {
				return err
			}
			cli += took
		}
		if !b.apiOnly {
			fmt.Printf("small: miniprogram-ci's command, %d times: %s, %.1f times as long\n", count, round(cli), cli.Seconds()/ours.Seconds())
		}
		// The record no longer fits what miniprogram-ci has left there.
		if err := c.latency(ctx, 0); err != nil {
			return err
		}
		if _, err := b.deployed(ctx, c, p, "--force"); err != nil {
			return err
		}
	}
	return nil
}

// idleRun deploys functions of which none changed.
func (b *bench) idleRun(ctx context.Context) error {
	c, err := b.open(ctx, "idle", b.seed)
	if err != nil {
		return err
	}
	defer c.close()
	p, err := b.project("idle", b.idle, false)
	if err != nil {
		return err
	}
	if _, err := b.deployed(ctx, c, p); err != nil {
		return err
	}
	var took [2]time.Duration
	const held = 200 * time.Millisecond
	for i, latency := range []time.Duration{0, held} {
		if err := c.latency(ctx, latency); err != nil {
			return err
		}
		var times []time.Duration
		for range b.repeat {
			c.count()
			r, err := b.deployed(ctx, c, p)
			if err != nil {
				return err
			}
			times = append(times, r.took)
		}
		took[i] = median(times)
	}
	requests, actions := c.count()
	fmt.Printf("idle: %d functions, none changed: %d requests, %.1f of them one after another; %s, with %s per answer %s\n",
		b.idle, requests, (took[1]-took[0]).Seconds()/held.Seconds(), round(took[0]), held, round(took[1]))
	fmt.Printf("idle: requests by action: %v\n", actions)
	return nil
}

// large deploys one function of 5,000 files and 30 MB.
func (b *bench) large(ctx context.Context) error {
	c, err := b.open(ctx, "large", b.seed)
	if err != nil {
		return err
	}
	defer c.close()
	p, err := b.project("large", 1, false)
	if err != nil {
		return err
	}
	if _, err := b.deployed(ctx, c, p); err != nil {
		return err
	}
	name := p.names[0]
	if err := filetree.Write(filepath.Join(p.function(name), "node_modules"), 5000, 30_000_000, b.seed); err != nil {
		return err
	}
	var ours, theirs, api, processor []time.Duration
	for version := range b.repeat {
		if err := p.change(version + 1); err != nil {
			return err
		}
		r, err := b.deployed(ctx, c, p)
		if err != nil {
			return err
		}
		ours, processor = append(ours, r.took), append(processor, r.processor)
		if err := c.settled(ctx, b, p); err != nil {
			return err
		}
		if b.ci == "" {
			continue
		}
		took, err := b.uploadWithCLI(ctx, c, p, name)
		if err != nil {
			return err
		}
		theirs = append(theirs, took)
		if took, _, err = b.uploadWithAPI(ctx, c, p, p.names); err != nil {
			return err
		}
		api = append(api, took)
		if _, err := b.deployed(ctx, c, p, "--force"); err != nil { // the record fits again
			return err
		}
	}
	all, err := c.functions(ctx)
	if err != nil {
		return err
	}
	us := median(ours)
	fmt.Printf("large: 5,000 files, 30 MB, zip of %.1f MB: wxcloud %s, of processor time %s\n", float64(all[name].CodeSize)/1e6, round(us), round(median(processor)))
	if b.ci != "" {
		them, alone := median(theirs), median(api)
		fmt.Printf("large: miniprogram-ci's command %s, %.1f times as long; its Node API without the start of Node %s, %.1f times\n",
			round(them), them.Seconds()/us.Seconds(), round(alone), alone.Seconds()/us.Seconds())
	}
	return nil
}
