package pack

import (
	"encoding/binary"
	"io"
	"math"
)

// Archive is a finished zip. It is held once, in pieces, and can be read any
// number of times, by several readers at once.
type Archive struct {
	pieces [][]byte
	size   int64
}

// Size is the length of the zip in bytes.
func (a *Archive) Size() int64 { return a.size }

// Reader reads the zip from its start.
func (a *Archive) Reader() io.Reader { return &reader{rest: a.pieces} }

func (a *Archive) add(pieces ...[]byte) {
	for _, p := range pieces {
		if len(p) > 0 {
			a.pieces = append(a.pieces, p)
			a.size += int64(len(p))
		}
	}
}

// reader is one reading of an archive: what is left of it, and how much of its
// first piece was read.
type reader struct {
	rest [][]byte
	read int
}

func (r *reader) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) && len(r.rest) > 0 {
		took := copy(p[n:], r.rest[0][r.read:])
		n += took
		r.advance(took)
	}
	if n == 0 && len(p) > 0 {
		return 0, io.EOF
	}
	return n, nil
}

// WriteTo lets io.Copy do without a buffer.
func (r *reader) WriteTo(w io.Writer) (total int64, err error) {
	for len(r.rest) > 0 && err == nil {
		var n int
		n, err = w.Write(r.rest[0][r.read:])
		total += int64(n)
		r.advance(n)
	}
	return total, err
}

func (r *reader) advance(n int) {
	if r.read += n; r.read == len(r.rest[0]) {
		r.rest, r.read = r.rest[1:], 0
	}
}

// What a package needs of the zip format (APPNOTE 4.3 and 4.4).
const (
	localSignature   = 0x04034b50
	centralSignature = 0x02014b50
	endSignature     = 0x06054b50
	localSize        = 30 // without the name
	centralSize      = 46 // without the name
	endSize          = 22
	version20        = 20 // deflate and folders
	creatorUnix      = 3 << 8
	flagUTF8         = 1 << 11
	methodDeflate    = 8
	// dosDate is the first day the format can name. Files carry the time of
	// the checkout, which must make no difference.
	dosDate = 1<<5 | 1
	// maxEntries and maxBytes are what a zip holds without zip64, an extension
	// that not every reader knows.
	maxEntries = math.MaxUint16 - 1
	maxBytes   = math.MaxUint32 - 1
)

// part is one compressed file.
type part struct {
	entry Entry
	data  [][]byte // deflated
	size  int64    // of data
}

// assemble joins the parts to a zip. Sizes are known before the data, so the
// local headers hold them and any reader can unpack the archive as a stream.
func assemble(parts []part) *Archive {
	a := &Archive{pieces: make([][]byte, 0, 2*len(parts)+1)}
	var directory []byte
	for _, p := range parts {
		offset := a.size
		a.add(append(p.fields(binary.LittleEndian.AppendUint32(nil, localSignature)), p.entry.Path...))
		a.add(p.data...)
		directory = binary.LittleEndian.AppendUint32(directory, centralSignature)
		directory = binary.LittleEndian.AppendUint16(directory, creatorUnix|version20)
		directory = p.fields(directory)
		directory = append(directory, 0, 0, 0, 0, 0, 0) // comment, disk, internal attributes
		directory = binary.LittleEndian.AppendUint32(directory, p.entry.unixMode()<<16)
		directory = binary.LittleEndian.AppendUint32(directory, uint32(offset))
		directory = append(directory, p.entry.Path...)
	}
	start := a.size
	count := uint16(len(parts))
	end := binary.LittleEndian.AppendUint32(nil, endSignature)
	end = append(end, 0, 0, 0, 0) // disks
	end = binary.LittleEndian.AppendUint16(end, count)
	end = binary.LittleEndian.AppendUint16(end, count)
	end = binary.LittleEndian.AppendUint32(end, uint32(len(directory)))
	end = binary.LittleEndian.AppendUint32(end, uint32(start))
	end = append(end, 0, 0) // comment
	a.add(directory, end)
	return a
}

// fields are what local and central header have in common.
func (p part) fields(b []byte) []byte {
	flags := uint16(0)
	for i := range len(p.entry.Path) {
		// "~" is another character in some of the encodings that readers
		// guess without the flag.
		if p.entry.Path[i] >= '~' {
			flags = flagUTF8
		}
	}
	b = binary.LittleEndian.AppendUint16(b, version20)
	b = binary.LittleEndian.AppendUint16(b, flags)
	b = binary.LittleEndian.AppendUint16(b, methodDeflate)
	b = append(b, 0, 0) // time
	b = binary.LittleEndian.AppendUint16(b, dosDate)
	b = binary.LittleEndian.AppendUint32(b, p.entry.crc)
	b = binary.LittleEndian.AppendUint32(b, uint32(p.size))
	b = binary.LittleEndian.AppendUint32(b, uint32(p.entry.Size))
	b = binary.LittleEndian.AppendUint16(b, uint16(len(p.entry.Path)&math.MaxUint16))
	return append(b, 0, 0) // extra
}
