package wxapi

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
)

// Archive is a zip that can be read more than once, each time from its
// beginning and each time the same bytes: once to sign a request, once or more
// to send it. A reader that is an io.Closer is closed after use.
type Archive interface {
	Size() int64 // bytes
	Reader() io.Reader
}

// Bytes is an archive that lies in memory.
func Bytes(b []byte) Archive { return held(b) }

type held []byte

func (h held) Size() int64       { return int64(len(h)) }
func (h held) Reader() io.Reader { return bytes.NewReader(h) }

// zipMember is how the archive's place shows in an encoded body. Inside a JSON
// text a quote always follows a backslash, so that these bytes can only be the
// member itself.
const zipMember = `"ZipFile":""`

// carrier is a body whose one empty ZipFile stands for an archive.
type carrier interface {
	carries() (zip Archive, progress func(sent int64))
}

// payload is the body of a request: JSON in which an archive, if there is one,
// is written as base64 while it is read. It can be read any number of times.
type payload struct {
	before, after []byte
	zip           Archive // nil: before is all
	progress      func(sent int64)
	// secrets are members that must not come back in an error.
	secrets []string
}

// encode makes the payload of a body.
func encode(body any) (payload, error) {
	text, err := marshal(body)
	if err != nil {
		return payload{}, err
	}
	p := payload{before: text}
	c, ok := body.(carrier)
	if !ok {
		return p, nil
	}
	zip, progress := c.carries()
	at := bytes.Index(text, []byte(zipMember))
	if zip == nil || at < 0 {
		return p, nil
	}
	at += len(zipMember) - 1
	return payload{before: text[:at], after: text[at:], zip: zip, progress: progress}, nil
}

// size is the exact number of bytes of the body.
func (p payload) size() int64 {
	n := int64(len(p.before) + len(p.after))
	if p.zip != nil {
		n += (p.zip.Size() + 2) / 3 * 4
	}
	return n
}

// open returns a new reader of the body. progress, if set, is told how many
// bytes of the archive were read so far.
func (p payload) open(progress func(sent int64)) io.ReadCloser {
	if p.zip == nil {
		return io.NopCloser(bytes.NewReader(p.before))
	}
	e := &base64Reader{from: p.zip.Reader(), left: p.zip.Size(), progress: progress}
	return struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(p.before), e, bytes.NewReader(p.after)), e}
}

// hash is the SHA-256 of the body, as lower-case hex.
func (p payload) hash() (string, error) {
	r, h := p.open(nil), sha256.New()
	n, err := io.Copy(h, r)
	if err = errors.Join(err, r.Close()); err != nil {
		return "", err
	}
	if n != p.size() {
		return "", errArchiveSize
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

var errArchiveSize = errors.New("the archive is not of the size it says")

// base64Reader encodes what it reads, so that the text is never held whole.
type base64Reader struct {
	from     io.Reader
	left     int64 // bytes the archive still owes
	sent     int64
	progress func(sent int64)
	raw      [24 << 10]byte // a multiple of 3: only the last piece is padded
	text     [32 << 10]byte
	rest     []byte // of text, not yet handed out
}

// Read fills b with base64 text.
func (e *base64Reader) Read(b []byte) (int, error) {
	if len(e.rest) == 0 {
		if err := e.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(b, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

func (e *base64Reader) fill() error {
	if e.left == 0 {
		// One byte too many would shift everything behind it.
		if n, _ := e.from.Read(e.raw[:1]); n > 0 {
			return errArchiveSize
		}
		return io.EOF
	}
	n, err := io.ReadFull(e.from, e.raw[:min(e.left, int64(len(e.raw)))])
	if n == 0 || int64(n) < min(e.left, int64(len(e.raw))) {
		if err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			err = errArchiveSize
		}
		return err
	}
	e.left, e.sent = e.left-int64(n), e.sent+int64(n)
	base64.StdEncoding.Encode(e.text[:], e.raw[:n])
	e.rest = e.text[:base64.StdEncoding.EncodedLen(n)]
	if e.progress != nil {
		e.progress(e.sent)
	}
	return nil
}

// Close closes the archive's reader, if it can be.
func (e *base64Reader) Close() error {
	if c, ok := e.from.(io.Closer); ok {
		return c.Close()
	}
	return nil
}
