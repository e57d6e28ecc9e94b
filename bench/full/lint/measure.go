package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"
)

// command is a whole process to measure.
type command struct {
	name string
	dir  string
	args []string
	// findings says that the exit status 1 is an answer, as linters give it.
	findings bool
}

// run is what one run of a command took. Peak is in bytes, 0 where the system
// does not tell.
type run struct {
	wall, cpu time.Duration
	peak      int64
}

// once runs a command.
func once(ctx context.Context, c command) (run, []byte, error) {
	e := exec.CommandContext(ctx, c.args[0], c.args[1:]...)
	var out, problems bytes.Buffer
	e.Dir, e.Stdout, e.Stderr = c.dir, &out, &problems
	started := time.Now()
	err := e.Run()
	r := run{wall: time.Since(started)}
	var exit *exec.ExitError
	if c.findings && errors.As(err, &exit) && exit.ExitCode() == 1 {
		err = nil
	}
	if err != nil {
		return r, nil, fmt.Errorf("%s: %w\n%s", strings.Join(c.args, " "), err, problems.Bytes())
	}
	r.cpu = e.ProcessState.UserTime() + e.ProcessState.SystemTime()
	r.peak = peak(e.ProcessState)
	return r, out.Bytes(), nil
}

// comparison holds the runs of several commands, made in turn so that a busy
// moment of the machine hits all of them.
type comparison struct {
	commands []command
	runs     [][]run
}

// compare runs each command once to warm up and then rounds times.
func compare(ctx context.Context, rounds int, commands ...command) (comparison, error) {
	c := comparison{commands, make([][]run, len(commands))}
	for round := range rounds + 1 {
		for i, one := range commands {
			r, _, err := once(ctx, one)
			if err != nil {
				return c, err
			}
			if round > 0 {
				c.runs[i] = append(c.runs[i], r)
			}
		}
	}
	return c, nil
}

// print writes a line for each command and, against all but the first, how
// the first compares: the median of the ratios of the pairs.
func (c comparison) print() {
	fmt.Printf("  %-34s %9s %9s %9s %9s\n", "", "wall min", "median", "cpu med.", "peak MB")
	for i, one := range c.commands {
		wall := each(c.runs[i], func(r run) float64 { return float64(r.wall) / 1e6 })
		cpu := each(c.runs[i], func(r run) float64 { return float64(r.cpu) / 1e6 })
		memory := each(c.runs[i], func(r run) float64 { return float64(r.peak) / 1e6 })
		fmt.Printf("  %-34s %6.1f ms %6.1f ms %6.1f ms %9.1f\n", one.name, wall[0], middle(wall), middle(cpu), memory[len(memory)-1])
	}
	for i := 1; i < len(c.commands); i++ {
		if c.commands[i].args[0] == c.commands[0].args[0] {
			continue // the same program with other flags
		}
		var wall, cpu []float64
		for k := range c.runs[i] {
			wall = append(wall, float64(c.runs[0][k].wall)/float64(c.runs[i][k].wall))
			cpu = append(cpu, float64(c.runs[0][k].cpu)/float64(max(1, c.runs[i][k].cpu)))
		}
		slices.Sort(wall)
		slices.Sort(cpu)
		fmt.Printf("  %s / %s: wall min %.2f, median %.2f; cpu median %.2f\n", c.commands[0].name, c.commands[i].name, wall[0], middle(wall), middle(cpu))
	}
}

func each(runs []run, figure func(run) float64) []float64 {
	list := make([]float64, len(runs))
	for i, r := range runs {
		list[i] = figure(r)
	}
	slices.Sort(list)
	return list
}

func middle(sorted []float64) float64 { return sorted[len(sorted)/2] }

// tool finds a program, or says how to get it. In CI nothing may be left out.
func tool(name, debian string) (string, error) {
	path, err := exec.LookPath(name)
	if err == nil {
		return path, nil
	}
	fmt.Printf("left out: %s is not installed (Debian package %s)\n", name, debian)
	if os.Getenv("CI") == "true" {
		return "", errors.New("CI=true, and nothing may be left out")
	}
	return "", nil
}
