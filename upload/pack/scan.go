package pack

import (
	"crypto/sha256"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/ignore"
	"wxcloud/internal/rawfile"
)

// Scan reads the function's folder: what would be packed and its digest, and
// that nothing secret is among it. It does not compress, which is most of the
// work and not needed for a function that did not change.
func Scan(fn config.Function, o Options) (*Package, error) {
	p, err := scan(fn, o)
	if e, ok := errors.AsType[*clierr.Error](err); ok && e.At.IsZero() {
		return nil, e.In(clierr.Position{File: fn.Dir}) // of many functions, this one
	}
	return p, err
}

func scan(fn config.Function, o Options) (*Package, error) {
	p := &Package{dir: fn.Dir, options: o}
	files, err := p.walk()
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, clierr.New("pack/empty", clierr.Local, clierr.Args{"dir": fn.Dir})
	}
	if p.Files, err = p.read(files); err != nil {
		return nil, err
	}
	slices.SortStableFunc(p.Files, func(a, b Entry) int { return strings.Compare(a.Path, b.Path) })
	if len(o.Copies) > 0 {
		if p.Files, err = join(p.Files); err != nil {
			return nil, err
		}
	}
	p.Digest = digest(p.Files)
	return p, nil
}

// read hashes and checks all files.
func (p *Package) read(files []found) ([]Entry, error) {
	entries := make([]Entry, len(files))
	err := parallel(len(files), min(runtime.GOMAXPROCS(0), len(files)/8+1), func() func(int) error {
		s := newScanner(p.options)
		return func(i int) (err error) {
			entries[i], err = s.scan(files[i])
			return err
		}
	})
	return entries, err
}

// scanner reads one file after another.
type scanner struct {
	guard  guard
	window []byte // what was read last, behind the end of what came before
}

// overlap is how much of the text before is looked at again with each block:
// more than the longest key that is looked for.
const overlap = 8 << 10

func newScanner(o Options) *scanner {
	return &scanner{
		guard:  guard{names: ignore.Parse(secretNames), allowed: o.AllowSecrets},
		window: make([]byte, overlap+blockSize),
	}
}

func (s *scanner) scan(f found) (Entry, error) {
	if f.link != "" {
		return Entry{
			Path: f.name, Mode: fs.ModeSymlink | 0o777, Size: int64(len(f.link)), Link: f.link,
			hash: sha256.Sum256([]byte(f.link)), crc: crc32.ChecksumIEEE([]byte(f.link)), source: f.source,
		}, nil
	}
	file, err := rawfile.Open(f.source)
	if err != nil {
		return Entry{}, cannotRead(f.source, err)
	}
	defer file.Close()
	executable, err := file.Executable()
	if err != nil {
		return Entry{}, cannotRead(f.source, err)
	}
	e := Entry{Path: f.name, Mode: mode(executable), source: f.source}
	search, err := s.guard.begin(f.name)
	if err != nil {
		return Entry{}, err
	}
	sum, kept := sha256.New(), 0
	for {
		n, err := io.ReadFull(file, s.window[kept:kept+blockSize])
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return Entry{}, cannotRead(f.source, err)
		}
		sum.Write(s.window[kept : kept+n])
		e.crc = crc32.Update(e.crc, crc32.IEEETable, s.window[kept:kept+n])
		e.Size += int64(n)
		if search != nil {
			if err := search.look(s.window[:kept+n], kept); err != nil {
				return Entry{}, err
			}
		}
		if last {
			sum.Sum(e.hash[:0])
			return e, nil
		}
		kept = copy(s.window, s.window[max(0, kept+n-overlap):kept+n])
	}
}

// mode reduces a file's mode to what the archive keeps, so that it does not
// depend on the umask of the machine. Windows has no executable files and always
// gives 0644.
func mode(executable bool) fs.FileMode {
	if executable {
		return 0o755
	}
	return 0o644
}

func cannotRead(file string, cause error) error {
	return clierr.New("pack/cannot-read", clierr.Local, clierr.Args{"file": filepath.ToSlash(file)}).Because(withoutPath(cause))
}

// withoutPath is the cause of an error about a file, which is named already.
func withoutPath(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	return err
}
