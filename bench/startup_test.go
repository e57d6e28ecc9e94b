// Package bench measures wxcloud against yardsticks that run in the same minute
// on the same machine, and prints the ratio. It asserts nothing: machines differ.
package bench

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

const onlyPrints = `package main

import "fmt"

func main() { fmt.Println("wxcloud") }
`

// BenchmarkStartup compares `wxcloud version` with a Go program that only
// prints: the whole process, start to exit, the two in turn so that a busy
// moment hits both. Read the ratio, not the milliseconds.
func BenchmarkStartup(b *testing.B) {
	dir := b.TempDir()
	ours := filepath.Join(dir, "wxcloud.exe")
	yardstick := filepath.Join(dir, "prints.exe")
	source := filepath.Join(dir, "prints.go")
	if err := os.WriteFile(source, []byte(onlyPrints), 0o600); err != nil {
		b.Fatal(err)
	}
	build(b, "..", "-o", ours, ".")
	build(b, "..", "-o", yardstick, source)

	const rounds = 101
	var oursTook, yardstickTook []time.Duration
	for b.Loop() {
		for range rounds {
			oursTook = append(oursTook, run(b, ours, "version"))
			yardstickTook = append(yardstickTook, run(b, yardstick))
		}
	}
	a, y := median(oursTook), median(yardstickTook)
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(a.Microseconds())/1000, "ms/wxcloud")
	b.ReportMetric(float64(y.Microseconds())/1000, "ms/yardstick")
	b.ReportMetric(float64(a)/float64(y), "ratio")
}

func build(b *testing.B, dir string, args ...string) {
	b.Helper()
	command := exec.CommandContext(context.Background(), "go", append([]string{"build", "-trimpath", "-ldflags=-s -w"}, args...)...)
	command.Dir = dir
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		b.Fatalf("go build: %v\n%s", err, out)
	}
}

func run(b *testing.B, path string, args ...string) time.Duration {
	b.Helper()
	command := exec.CommandContext(context.Background(), path, args...)
	started := time.Now()
	if err := command.Run(); err != nil {
		b.Fatal(err)
	}
	return time.Since(started)
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}
