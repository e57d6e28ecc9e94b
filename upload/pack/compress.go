package pack

import (
	"cmp"
	"compress/flate"
	"errors"
	"hash/crc32"
	"io"
	"runtime"
	"slices"
	"strings"

	"wxcloud/internal/clierr"
	"wxcloud/internal/rawfile"
)

const (
	// blockSize is how much of a file is in memory at once, and how much is
	// given to the compressor at once: a fixed amount, so that its output does
	// not depend on how the system reads.
	blockSize = 64 << 10
	// pieceSize is how much compressed data is kept in one piece.
	pieceSize = 256 << 10
)

// Compress makes the archive. Files that changed since Scan are refused, so
// that the digest always tells what was sent.
//
// Files are compressed one by one, on all cores, and none is in memory as a
// whole. The same entries give the same archive on every machine: sorted, no
// times, Unix modes, forward slashes, no folders.
func (p *Package) Compress() error {
	if size := p.unpacked(); size > maxBytes {
		return clierr.New("pack/too-large", clierr.Local, clierr.Args{
			"size": megabytes(size), "limit": megabytes(maxBytes), "largest": p.largest(),
		}).Hint("pack/hint-smaller", clierr.Args{"list": IgnoreFile})
	}
	order := make([]int, len(p.Files))
	for i := range order {
		order[i] = i
	}
	// The largest first, so that no core is left with one at the end.
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.Files[b].Size, p.Files[a].Size) })
	parts := make([]part, len(p.Files))
	err := parallel(len(order), workers(p.Files), func() func(int) error {
		c := newCompressor()
		return func(i int) (err error) {
			parts[order[i]], err = c.compress(p.Files[order[i]])
			return err
		}
	})
	if err != nil {
		return err
	}
	var size int64
	for i, part := range parts {
		p.Files[i].Packed = part.size
		size += part.size + int64(localSize+centralSize+2*len(part.entry.Path))
	}
	if err := p.limit(size + endSize); err != nil {
		return err
	}
	p.archive = assemble(parts)
	return nil
}

// workers is on how many cores to compress: a second one is of no use to the
// usual function of three small files.
func workers(files []Entry) int {
	var total int64
	for _, f := range files {
		total += f.Size
	}
	return max(1, min(runtime.GOMAXPROCS(0), len(files), int(total>>17)+1))
}

// compressor compresses one file after another.
type compressor struct {
	deflate *flate.Writer
	block   []byte
	piece   []byte   // being filled
	full    [][]byte // of this file
}

func newCompressor() *compressor {
	c := &compressor{block: make([]byte, blockSize), piece: make([]byte, 0, pieceSize)}
	c.deflate, _ = flate.NewWriter(c, flate.DefaultCompression) // fails only at a level that does not exist
	return c
}

// Write takes compressed data.
func (c *compressor) Write(data []byte) (int, error) {
	for rest := data; len(rest) > 0; {
		n := min(len(rest), cap(c.piece)-len(c.piece))
		c.piece = append(c.piece, rest[:n]...)
		rest = rest[n:]
		if len(c.piece) == cap(c.piece) {
			c.full = append(c.full, c.piece)
			c.piece = make([]byte, 0, pieceSize)
		}
	}
	return len(data), nil
}

func (c *compressor) compress(f Entry) (part, error) {
	from := io.Reader(strings.NewReader(f.Link))
	if f.Link == "" {
		file, err := rawfile.Open(f.source)
		if err != nil {
			return part{}, cannotRead(f.source, err)
		}
		defer file.Close()
		from = file
	}
	c.full, c.piece = nil, c.piece[:0]
	c.deflate.Reset(c)
	out, crc, size := part{entry: f}, uint32(0), int64(0)
	for {
		n, err := io.ReadFull(from, c.block)
		crc = crc32.Update(crc, crc32.IEEETable, c.block[:n])
		size += int64(n)
		if _, err := c.deflate.Write(c.block[:n]); err != nil {
			return part{}, err
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
		if err != nil {
			return part{}, cannotRead(f.source, err)
		}
	}
	if crc != f.crc || size != f.Size {
		return part{}, clierr.New("pack/changed", clierr.Local, clierr.Args{"file": f.Path})
	}
	if err := c.deflate.Close(); err != nil {
		return part{}, err
	}
	out.data = append(c.full, slices.Clone(c.piece))
	for _, piece := range out.data {
		out.size += int64(len(piece))
	}
	return out, nil
}
