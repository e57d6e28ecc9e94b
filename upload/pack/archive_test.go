package pack

import (
	"archive/zip"
	"bytes"
	"io"
	"math/rand/v2"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"wxcloud/wxapi"
)

var _ wxapi.Archive = (*Archive)(nil)

// mixed is a function with files of many sizes around those that matter.
func mixed() map[string]string {
	files := map[string]string{"empty.txt": "", "云/数.js": "x"}
	random := rand.New(rand.NewPCG(1, 2))
	for i, size := range []int{1, blockSize - 1, blockSize, blockSize + 1, 5*blockSize + 3, pieceSize, 2<<20 + 17} {
		noise := make([]byte, size)
		for at := range noise {
			noise[at] = byte(random.IntN(256))
		}
		files["noise"+strconv.Itoa(i)] = string(noise)
		files["text"+strconv.Itoa(i)] = strings.Repeat("exports.main = 1\n", size/17+1)[:size]
	}
	return files
}

func TestArchiveHoldsTheFiles(t *testing.T) {
	files := mixed()
	p, err := Build(folder(t, files), Options{})
	if err != nil {
		t.Fatal(err)
	}
	data := zipOf(p)
	if err := iotest.TestReader(p.Archive().Reader(), data); err != nil {
		t.Errorf("as a stream: %v", err)
	}
	var copied bytes.Buffer
	if _, err := io.Copy(&copied, p.Archive().Reader()); err != nil || !bytes.Equal(copied.Bytes(), data) || int64(len(data)) != p.Size() {
		t.Errorf("copied %d bytes of %d, size %d: %v", copied.Len(), len(data), p.Size(), err)
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r.File {
		from, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(from) // checks the CRC
		if err != nil || string(text) != files[f.Name] {
			t.Errorf("%s: %d bytes of %d, %v", f.Name, len(text), len(files[f.Name]), err)
		}
		if y := f.Modified.Year(); y != 1980 {
			t.Errorf("%s is of %d", f.Name, y)
		}
		delete(files, f.Name)
	}
	if len(files) > 0 {
		t.Errorf("missing: %d files", len(files))
	}
}

func TestArchiveIsTheSameOnAnyNumberOfCores(t *testing.T) {
	fn := folder(t, mixed())
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	one, err := Build(fn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	runtime.GOMAXPROCS(7)
	for range 3 {
		seven, err := Build(fn, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(zipOf(one), zipOf(seven)) {
			t.Fatal("one core and seven gave two archives")
		}
	}
}

func TestReleasedArchiveCanBeMadeAgain(t *testing.T) {
	p, err := Build(folder(t, map[string]string{"index.js": "x"}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	before := zipOf(p)
	p.Release()
	if p.Compressed() || p.Size() != 0 {
		t.Error("still there")
	}
	if err := p.Compress(); err != nil || !bytes.Equal(zipOf(p), before) {
		t.Errorf("made again: %v", err)
	}
}
