// Command pack measures upload/pack against the compressor alone: the time to
// pack a function beside that of deflating the same bytes from memory on all
// cores, and the most memory beside the size of the archive.
package main

import (
	"bufio"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"wxcloud/bench/filetree"
	"wxcloud/config"
	"wxcloud/upload/pack"
)

func main() {
	repeat := flag.Int("repeat", 9, "runs of which the median counts")
	child := flag.String("child", "", "pack this folder and print the most memory that took (the benchmark calls itself)")
	flag.Parse()
	var err error
	if *child != "" {
		err = packOnce(*child)
	} else {
		err = run(context.Background(), *repeat)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, repeat int) error {
	dir, err := os.MkdirTemp("", "wxcloud-bench-pack-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Printf("%s, %s/%s, %d cores\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	many, small := filepath.Join(dir, "many"), filepath.Join(dir, "small")
	if err := filetree.Write(many, 5000, 30_000_000, 1); err != nil {
		return err
	}
	if err := filetree.Write(small, 1, 1000, 1); err != nil {
		return err
	}
	if err := times(many, repeat); err != nil {
		return err
	}
	return memory(ctx, many, small)
}

// spent is what something took.
type spent struct{ wall, processor time.Duration }

func measure(do func() error) (spent, error) {
	runtime.GC()
	began, before := time.Now(), processor()
	err := do()
	return spent{time.Since(began), processor() - before}, err
}

// times compares packing with deflating, in turns. On a busy machine the ratio
// of processor time is the one to keep.
func times(dir string, repeat int) error {
	contents, err := read(dir)
	if err != nil {
		return err
	}
	var packing, bare, scanning, walls, processors []time.Duration
	for range repeat {
		var scanned time.Duration
		p, err := measure(func() error {
			began := time.Now()
			p, err := pack.Scan(config.Function{Name: "many", Dir: dir}, pack.Options{})
			scanned = time.Since(began)
			if err != nil {
				return err
			}
			return p.Compress()
		})
		if err != nil {
			return err
		}
		d, err := measure(func() error { return deflate(contents) })
		if err != nil {
			return err
		}
		packing, bare, scanning = append(packing, p.wall), append(bare, d.wall), append(scanning, scanned)
		walls = append(walls, p.wall*1000/d.wall)
		processors = append(processors, p.processor*1000/max(d.processor, 1))
	}
	ratio := func(permille []time.Duration) string {
		slices.Sort(permille)
		return fmt.Sprintf("%.2f (%.2f to %.2f)", float64(permille[repeat/2])/1000, float64(permille[0])/1000, float64(permille[repeat-1])/1000)
	}
	fmt.Printf("5,000 files, 30 MB: packed in %s (of which reading, hashing and the secret guard %s), deflated from memory in %s\n",
		median(packing), median(scanning), median(bare))
	fmt.Printf("ratio, median of %d pairs: processor time %s, time %s\n", repeat, ratio(processors), ratio(walls))
	return nil
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2].Round(time.Millisecond)
}

func read(dir string) ([][]byte, error) {
	var contents [][]byte
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		contents = append(contents, data)
		return err
	})
	return contents, err
}

// deflate compresses every file by itself on all cores, and keeps the results
// as an archive would.
func deflate(contents [][]byte) error {
	out := make([][]byte, len(contents))
	errs := make(chan error, runtime.GOMAXPROCS(0))
	tasks := make(chan int, len(contents))
	for i := range contents {
		tasks <- i
	}
	close(tasks)
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			var buffer bytes.Buffer
			w, err := flate.NewWriter(&buffer, flate.DefaultCompression)
			for i := range tasks {
				if err != nil {
					break
				}
				buffer.Reset()
				w.Reset(&buffer)
				if _, err = w.Write(contents[i]); err == nil {
					err = w.Close()
				}
				out[i] = bytes.Clone(buffer.Bytes())
			}
			errs <- err
		})
	}
	group.Wait()
	close(errs)
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// memory compares what a process needs at most with what one needs that packs
// next to nothing.
func memory(ctx context.Context, many, small string) error {
	if runtime.GOOS != "linux" {
		fmt.Println("most memory is left out: it is read from /proc")
		return nil
	}
	var ratios []float64
	var peaks, bases []int64
	var zip int64
	for range 5 {
		base, _, err := most(ctx, small)
		if err != nil {
			return err
		}
		peak, size, err := most(ctx, many)
		if err != nil {
			return err
		}
		zip, peaks, bases = size, append(peaks, peak), append(bases, base)
		ratios = append(ratios, float64(peak-base)/float64(size))
	}
	slices.Sort(ratios)
	slices.Sort(peaks)
	slices.Sort(bases)
	fmt.Printf("most memory: %.1f MB, next to nothing packed %.1f MB, archive %.1f MB: ratio %.2f (median of 5; %.2f to %.2f)\n",
		float64(peaks[2])/1e6, float64(bases[2])/1e6, float64(zip)/1e6, ratios[2], ratios[0], ratios[4])
	return nil
}

// most runs this program to pack a folder.
func most(ctx context.Context, dir string) (peak, size int64, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, 0, err
	}
	out, err := exec.CommandContext(ctx, self, "-child", dir).Output()
	if err != nil {
		return 0, 0, err
	}
	if _, err := fmt.Sscan(string(out), &peak, &size); err != nil {
		return 0, 0, err
	}
	return peak, size, nil
}

// packOnce packs a folder, reads the archive as an upload does, and prints the
// most memory this process ever had.
func packOnce(dir string) error {
	p, err := pack.Build(config.Function{Name: "child", Dir: dir}, pack.Options{})
	if err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, p.Archive().Reader()); err != nil {
		return err
	}
	file, err := os.Open("/proc/self/status")
	if err != nil {
		return err
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if kilobytes, ok := strings.CutPrefix(lines.Text(), "VmHWM:"); ok {
			n, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(kilobytes, "kB")), 10, 64)
			if err != nil {
				return err
			}
			fmt.Println(n<<10, p.Size())
			return nil
		}
	}
	return errors.New("no VmHWM")
}
