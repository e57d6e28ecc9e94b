// Command emulator works the local cloud hard (package emulator/soak) and prints
// what it does a second. It ends with 1 at the first thing that is not as the
// model says, or that is left over at the end.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"time"

	"wxcloud/emulator/soak"
)

func main() {
	requests := flag.Int("requests", 100_000, "requests of the soak; 0 leaves it out")
	seed := flag.Uint64("seed", 1, "seed of the soak")
	workers := flag.Int("workers", 6, "clients at a time")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, *requests, *seed, *workers)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, requests int, seed uint64, workers int) error {
	dir, err := os.MkdirTemp("", "wxcloud-soak-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Printf("%s, %s, %d cores\n", runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH, runtime.NumCPU())
	o := soak.Options{Dir: dir + "/measure", Invoke: have("node"), Seed: seed}
	o.SDK = o.Invoke && have("npm")
	f, err := soak.Measure(ctx, o)
	if err != nil {
		return err
	}
	fmt.Printf("control plane, signed: %.0f requests/s from one client, %.0f from four\n", f.Control1, f.Control4)
	speed := func(name string, s soak.Speed) {
		if s.Warm1 > 0 {
			fmt.Printf("%s: warm %.0f/s one at a time, %.0f/s four at a time; cold %s (%.1f/s)\n", name, s.Warm1, s.Warm4, s.Cold.Round(time.Millisecond), 1/s.Cold.Seconds())
		}
	}
	speed("function that returns at once", f.Plain)
	speed("function with the real SDK and one cloud call", f.SDK)
	if m := f.Memory; m.Functions > 0 {
		fmt.Printf("memory with %d functions, each called once: local cloud and its clients %.0f MB (%.0f before), %d idle Node processes %.0f MB\n", m.Functions, m.Own, m.OwnBefore, m.Processes, m.Node)
	}
	for _, s := range f.Saves {
		fmt.Printf("a saved change with %3d functions (%3d KB): %s, without saving %s; %.0f/s from eight clients\n",
			s.Functions, s.Bytes>>10, s.One.Round(10*time.Microsecond), s.WithoutWrite.Round(10*time.Microsecond), s.Parallel)
	}
	if requests == 0 {
		return nil
	}
	began := time.Now()
	last := began
	o.Dir, o.Requests, o.Workers, o.Functions = dir+"/soak", requests, workers, 4
	o.Progress = func(round int, n int64) {
		if time.Since(last) > 10*time.Second {
			last = time.Now()
			fmt.Fprintf(os.Stderr, "%6.0fs round %d, %d of %d requests\n", time.Since(began).Seconds(), round, n, requests)
		}
	}
	r, err := soak.Run(ctx, o)
	fmt.Printf("soak, seed %d: %d requests in %s: %d cloud calls, %d invocations, %d with the real SDK, %d deploys, %d permission changes, %d tokens; "+
		"%d answers were a fault's; %d rounds, %d restarts, clock moved by %s\n",
		seed, r.Requests, r.Took.Round(time.Second), r.CloudCalls, r.Invocations, r.SDKCalls, r.Deploys, r.Permissions, r.Tokens, r.Faulted, r.Rounds, r.Restarts, r.Virtual)
	if err == nil {
		fmt.Println("state as the model says, no process, goroutine or file descriptor left over")
	}
	return err
}

func have(program string) bool {
	_, err := exec.LookPath(program)
	if err != nil {
		fmt.Println("left out, for want of", program)
	}
	return err == nil
}
