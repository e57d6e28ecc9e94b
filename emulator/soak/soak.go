// Package soak works a local cloud hard: many clients, faults of every kind,
// clock jumps and restarts, and beside it a model of what must be true all the
// while. It decodes with its own structs, and refuses to look inside: what it
// knows it has from the wire.
package soak

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"sync/atomic"
	"time"

	"wxcloud/emulator"
	"wxcloud/emulator/faults"
)

// Options say how hard and how long.
type Options struct {
	Dir      string // state folder
	Requests int    // at least so many are made
	Seed     uint64
	Workers  int // clients at a time
	// Functions is how many each client has.
	Functions int
	// Invoke also runs functions, which needs Node; SDK has one function a client
	// call the interface through the real wx-server-sdk, which needs npm.
	Invoke, SDK bool
	CacheDir    string
	Progress    func(round int, requests int64) // after each round; may be nil
}

// Report is what was done.
type Report struct {
	Requests, Invocations, SDKCalls, CloudCalls, Deploys, Permissions, Tokens int64
	Faulted                                                                   int64 // answers a fault made
	Rounds, Restarts                                                          int
	Virtual                                                                   time.Duration // how far the clock went
	Took                                                                      time.Duration
}

// counts are a Report in the making.
type counts struct {
	requests, invocations, sdk, cloudCalls, deploys, permissions, tokens, faulted atomic.Int64
}

// soak is one run.
type soak struct {
	o      Options
	random *rand.Rand
	counts counts
	e      *emulator.Emulator
	c      *client
	remote *emulator.Remote
	crew   []*worker
	clock  clock
	token  tokenModel
}

// clock is the virtual time in whole minutes; it stands still during a round.
type clock struct{ minute int }

// restartEvery is how many rounds an instance lives.
const restartEvery = 8

// opsPerRound is how many operations a client makes before all of them stop and
// the whole state is compared.
const opsPerRound = 80

// Run works until enough requests were made, and fails at the first thing that is
// not as the model says, or that is left over at the end.
func Run(ctx context.Context, o Options) (Report, error) {
	before, err := footprint()
	if err != nil {
		return Report{}, err
	}
	began := time.Now()
	s := &soak{o: o, random: rand.New(rand.NewPCG(o.Seed, o.Seed))}
	report := Report{}
	if err := s.open(ctx); err != nil {
		return report, err
	}
	for i := range o.Workers {
		s.crew = append(s.crew, newWorker(s, i))
	}
	err = s.begin(ctx)
	for err == nil && s.counts.requests.Load() < int64(o.Requests) {
		report.Rounds++
		if err = s.round(ctx); err != nil {
			err = fmt.Errorf("round %d of seed %d: %w", report.Rounds, o.Seed, err)
			break
		}
		if o.Progress != nil {
			o.Progress(report.Rounds, s.counts.requests.Load())
		}
		if report.Rounds%restartEvery == 2 {
			report.Restarts++
			err = s.restart(ctx)
		}
	}
	err = errors.Join(err, s.close(ctx))
	if err == nil {
		err = before.same()
	}
	n := &s.counts
	report.Requests, report.Invocations, report.SDKCalls, report.CloudCalls = n.requests.Load(), n.invocations.Load(), n.sdk.Load(), n.cloudCalls.Load()
	report.Deploys, report.Permissions, report.Tokens, report.Faulted = n.deploys.Load(), n.permissions.Load(), n.tokens.Load(), n.faulted.Load()
	report.Virtual, report.Took = time.Duration(s.clock.minute)*time.Minute, time.Since(began)
	return report, err
}

func (s *soak) open(ctx context.Context) error {
	e, err := emulator.Open(emulator.Options{
		Dir: s.o.Dir, DeployTime: -1, Nodes: 3, Seed: s.o.Seed, CacheDir: s.o.CacheDir, Processes: 3 * s.o.Workers,
	})
	if err != nil {
		return err
	}
	s.e = e
	if err := e.Listen("127.0.0.1:0"); err != nil {
		return errors.Join(err, e.Close(ctx))
	}
	s.remote = e.Remote()
	s.c, err = newClient(e, &s.counts.requests)
	return err
}

func (s *soak) close(ctx context.Context) error {
	if s.c != nil {
		s.c.close()
	}
	s.remote.Close()
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	return s.e.Close(ctx)
}

// restart ends the local cloud and starts another on its folder.
func (s *soak) restart(ctx context.Context) error {
	if err := s.close(ctx); err != nil {
		return err
	}
	if err := s.open(ctx); err != nil {
		return err
	}
	if err := s.compare(ctx); err != nil {
		return fmt.Errorf("after a restart: %w", err)
	}
	return s.begin(ctx)
}

// begin gives each worker what a running function is given, on this instance.
func (s *soak) begin(ctx context.Context) error {
	for _, w := range s.crew {
		if err := w.begin(ctx); err != nil {
			return err
		}
	}
	return nil
}

// round lays out faults, lets all work at once, takes the faults away, compares,
// and moves the clock.
func (s *soak) round(ctx context.Context) error {
	if _, err := s.remote.AddFaults(ctx, s.weather()...); err != nil {
		return err
	}
	failures := make(chan error, len(s.crew))
	for _, w := range s.crew {
		go func() { failures <- w.work(ctx) }()
	}
	var err error
	for range s.crew {
		err = errors.Join(err, <-failures)
	}
	if err != nil {
		return err
	}
	if err := s.remote.ClearFaults(ctx); err != nil {
		return err
	}
	if err := s.compare(ctx); err != nil {
		return err
	}
	for _, w := range s.crew {
		if err := w.heal(ctx); err != nil {
			return err
		}
	}
	jump := 1 + s.random.IntN(12)
	if _, err := s.remote.AdvanceClock(ctx, time.Duration(jump)*time.Minute); err != nil {
		return err
	}
	s.clock.minute += jump
	return nil
}

// weather is a round's faults: every kind, each seldom.
func (s *soak) weather() []faults.Rule {
	var rules []faults.Rule
	lay := func(do string, after bool) {
		effect, err := faults.ParseEffect(do)
		if err == nil {
			rules = append(rules, faults.Rule{On: "*", Do: effect, After: after, Probability: 0.002 + 0.008*s.random.Float64()})
		}
	}
	for _, do := range []string{"status:503", "status:429", "status:413", "reset", "truncate", "garbage"} {
		lay(do, false)
		lay(do, true)
	}
	for _, do := range []string{"latency:2ms", "code:-1", "code:45009", "code:45011", "code:40001", "code:42001", "code:-10008", "error:LimitExceeded.Frequency"} {
		lay(do, false)
	}
	for _, do := range []string{"stuck", "fail:out of order"} {
		lay(do, false)
	}
	return rules
}

// prints is what a process holds that can leak.
type prints struct{ goroutines, files, children int }

func footprint() (prints, error) {
	p := prints{goroutines: runtime.NumGoroutine()}
	if entries, err := os.ReadDir("/proc/self/fd"); err == nil { // where there is one
		p.files = len(entries)
	}
	var err error
	p.children, err = children()
	return p, err
}

// same waits a little for what is ending to end.
func (p prints) same() error {
	var now prints
	for range 100 {
		var err error
		if now, err = footprint(); err != nil {
			return err
		}
		if now.goroutines <= p.goroutines && now.files <= p.files && now.children <= p.children {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	buffer := make([]byte, 1<<20)
	return fmt.Errorf("left over: %+v, before %+v\n%s", now, p, buffer[:runtime.Stack(buffer, true)])
}
