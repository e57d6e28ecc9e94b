package soak

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Figures are what a local cloud was measured to do.
type Figures struct {
	Control1, Control4 float64 // signed requests a second, from one client and from four
	Plain, SDK         Speed   // a function that returns at once, and one that makes a cloud call
	Memory             Memory
	Saves              []Save
}

// Speed is of one function; zero when it was not measured.
type Speed struct {
	Warm1, Warm4 float64       // invocations a second, one and four at a time
	Cold         time.Duration // median of a call that starts Node
}

// Memory is resident, in MB, with fifty functions that were each called once.
type Memory struct {
	Functions, Processes int
	Own, OwnBefore, Node float64
}

// Save is what one acknowledged change costs.
type Save struct {
	Functions    int
	Bytes        int64
	One          time.Duration // median, one change at a time
	Parallel     float64       // changes a second, eight clients at a time
	WithoutWrite time.Duration // median of a control call that changes nothing
}

// Measure opens a local cloud in an empty folder and measures it.
func Measure(ctx context.Context, o Options) (f Figures, err error) {
	o.Workers = 4
	s := &soak{o: o}
	ownBefore, _ := memory()
	if err := s.open(ctx); err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, s.close(ctx)) }()
	w := &worker{s: s}
	if err := s.create(ctx, "plain", map[string]string{"index.js": "exports.main = async () => 1"}, "FALSE"); err != nil {
		return f, err
	}
	get := func() error {
		a, err := s.c.relay(ctx, "GetFunction", object{"FunctionName": "plain"})
		if err == nil && a.code() != "" {
			err = errors.New(a.code())
		}
		return err
	}
	one, err1 := rate(1, 2*time.Second, get)
	four, err4 := rate(4, 2*time.Second, get)
	if err := errors.Join(err1, err4); err != nil {
		return f, err
	}
	f.Control1, f.Control4 = 2*one, 2*four // each asks for a random string first
	if o.Invoke {
		if f.Plain, err = s.speed(ctx, "plain"); err != nil {
			return f, err
		}
	}
	if o.SDK {
		w.sdk = "with-sdk"
		if err := w.makeSDK(ctx); err != nil {
			return f, err
		}
		if f.SDK, err = s.speed(ctx, w.sdk); err != nil {
			return f, err
		}
	}
	for _, n := range []int{1, 50, 200} {
		for i := range n {
			if err := s.create(ctx, fmt.Sprintf("fn%d", i), map[string]string{"index.js": "exports.main = async () => " + strconv.Itoa(i)}, "FALSE"); err != nil {
				return f, err
			}
			if _, err := s.c.permission(ctx, "uploadfuncconfig", fmt.Sprintf("fn%d", i), apis()); err != nil {
				return f, err
			}
		}
		if n == 50 && o.Invoke {
			for i := range n {
				if _, err := s.remote.CallAsUser(ctx, fmt.Sprintf("fn%d", i), "oUser", nil); err != nil {
					return f, err
				}
			}
			status, err := s.remote.Status(ctx)
			if err != nil {
				return f, err
			}
			f.Memory = Memory{Functions: n, Processes: status.Processes, OwnBefore: ownBefore}
			f.Memory.Own, f.Memory.Node = memory()
		}
		save, err := s.save(ctx, n)
		if err != nil {
			return f, err
		}
		f.Saves = append(f.Saves, save)
	}
	return f, nil
}

func (s *soak) create(ctx context.Context, name string, files map[string]string, install string) error {
	zipFile, err := zipOf(files)
	if err != nil {
		return err
	}
	a, err := s.c.direct(ctx, "CreateFunction", object{"FunctionName": name, "Code": object{"ZipFile": zipFile}, "Timeout": 20, "InstallDependency": install})
	if err == nil && a.code() != "" && a.code() != "ResourceInUse.FunctionName" {
		err = errors.New(a.code())
	}
	return err
}

// speed measures invocations of a function.
func (s *soak) speed(ctx context.Context, name string) (Speed, error) {
	call := func() error {
		r, err := s.remote.CallAsUser(ctx, name, "oUser", nil)
		if err == nil && r.ErrCode != 0 {
			err = errors.New(r.ErrMsg)
		}
		return err
	}
	var out Speed
	var cold []time.Duration
	for i := range 7 {
		_, err := s.c.relay(ctx, "UpdateFunctionConfiguration", object{
			"FunctionName": name, "Environment": object{"Variables": []object{{"Key": "N", "Value": strconv.Itoa(i)}}},
		})
		began := time.Now()
		if err = errors.Join(err, call()); err != nil {
			return out, err
		}
		cold = append(cold, time.Since(began))
	}
	slices.Sort(cold)
	out.Cold = cold[len(cold)/2]
	if _, err := rate(4, 2*time.Second, call); err != nil { // four processes are warm then
		return out, err
	}
	var err1, err4 error
	out.Warm1, err1 = rate(1, 2*time.Second, call)
	out.Warm4, err4 = rate(4, 2*time.Second, call)
	return out, errors.Join(err1, err4)
}

// save measures what a change of the state costs.
func (s *soak) save(ctx context.Context, functions int) (Save, error) {
	out := Save{Functions: functions}
	change := func() error { _, err := s.remote.AdvanceClock(ctx, time.Nanosecond); return err }
	nothing := func() error { return s.c.nothing(ctx) }
	var err1, err2, err3 error
	out.One, err1 = median(100, change)
	out.WithoutWrite, err2 = median(100, nothing)
	out.Parallel, err3 = rate(8, time.Second, change)
	info, err := os.Stat(filepath.Join(s.o.Dir, "state.json"))
	if err == nil {
		out.Bytes = info.Size()
	}
	return out, errors.Join(err, err1, err2, err3)
}

func median(n int, f func() error) (time.Duration, error) {
	took := make([]time.Duration, n)
	for i := range took {
		began := time.Now()
		if err := f(); err != nil {
			return 0, err
		}
		took[i] = time.Since(began)
	}
	slices.Sort(took)
	return took[n/2], nil
}

// rate is how often a second f can be done, by several at a time.
func rate(clients int, during time.Duration, f func() error) (float64, error) {
	var count atomic.Int64
	var group sync.WaitGroup
	errs := make([]error, clients)
	began := time.Now()
	for i := range clients {
		group.Go(func() {
			for errs[i] == nil && time.Since(began) < during {
				if errs[i] = f(); errs[i] == nil {
					count.Add(1)
				}
			}
		})
	}
	group.Wait()
	return float64(count.Load()) / time.Since(began).Seconds(), errors.Join(errs...)
}

// memory is the resident memory in MB of this process and of its children; 0
// where the system has no /proc.
func memory() (own, node float64) {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return 0, 0
	}
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		data, err := os.ReadFile("/proc/" + entry.Name() + "/status")
		if err != nil {
			continue
		}
		parent, resident := 0, 0.0
		for line := range strings.Lines(string(data)) {
			fields := strings.Fields(line)
			switch {
			case len(fields) < 2:
			case fields[0] == "PPid:":
				parent, _ = strconv.Atoi(fields[1])
			case fields[0] == "VmRSS:":
				kb, _ := strconv.Atoi(fields[1])
				resident = float64(kb) / 1024
			}
		}
		switch os.Getpid() {
		case pid:
			own = resident
		case parent:
			node += resident
		}
	}
	return own, node
}
