// Package js reads the JavaScript or TypeScript of one cloud function and says
// which open interfaces of the cloud its code calls, and where. It knows nothing
// of config.json, of the catalog of interfaces, or of what is allowed.
package js

import (
	"io/fs"
	"path/filepath"

	"wxcloud/internal/rawfile"
)

// Analyze reads a function with an Analyzer of its own. Whoever reads many
// functions keeps one Analyzer per goroutine instead.
func Analyze(in Input) Result { return NewAnalyzer().Analyze(in) }

// Analyzer reads functions one after the other and reuses its memory. It is not
// safe for use by several goroutines at once.
type Analyzer struct {
	in       Input
	atoms    *atoms
	sources  []*source
	scratch  parser
	reader   rawfile.Reader
	readers  []rawfile.Reader // of searchIn
	tables   tables
	folders  map[string]*folder
	packages map[string]bool

	manifests map[string]*manifest // per file

	thorough bool // compute the values of plain programs too; tests compare the two
	plain    bool // the last program with calls was one
}

// NewAnalyzer returns an Analyzer.
func NewAnalyzer() *Analyzer { return &Analyzer{atoms: newAtoms()} }

// maxKept is how many buffers of files, and of how many nodes each, are kept for
// the next function.
const (
	maxKept      = 8
	maxKeptNodes = 1 << 14
)

// Analyze reads one function.
func (a *Analyzer) Analyze(in Input) Result {
	in.Dir = filepath.Clean(in.Dir)
	a.in = in
	a.folders = map[string]*folder{}
	a.packages = map[string]bool{}
	a.manifests = map[string]*manifest{}
	if len(a.atoms.hash) > maxAtoms {
		a.atoms.reset()
	}
	var r Result
	p := newProgram(a, &r)
	var entries []int32
	for _, f := range a.entries() {
		if i := p.load(f); i >= 0 {
			entries = append(entries, i)
		}
	}
	if a.plain = false; p.scan() {
		if a.plain = p.tellPlain(entries); !a.plain {
			p.run(entries)
		}
	}
	for _, s := range p.files {
		r.Initialised = r.Initialised || s.callsInit()
	}
	p.finish()
	a.tables = p.kept()
	a.trim()
	return r
}

// callsInit reports whether a file calls something named init. Whoever says that
// the SDK is not initialised must be sure of it, and the SDK goes ways that values
// are not followed on.
func (s *source) callsInit() bool {
	for i := range s.parser.nodes {
		switch n := &s.parser.nodes[i]; n.kind {
		case nCall:
			if c := &s.parser.nodes[n.a]; c.kind == nDot && c.b == aInit || c.kind == nIdent && c.a == aInit {
				return true
			}
		case nDot: // init.call
			if o := &s.parser.nodes[n.a]; o.kind == nDot && o.b == aInit {
				return true
			}
		}
	}
	return false
}

// entries are the absolute paths of the files to begin with.
func (a *Analyzer) entries() []string {
	if e := a.in.Entry; e != "" {
		p := filepath.Join(a.in.Dir, filepath.FromSlash(e))
		if js := compiledName(p); isTypeScript(p) && a.isFile(js) {
			return []string{js}
		}
		return []string{p}
	}
	var out []string
	f := a.folder(a.in.Dir)
	for _, name := range f.names {
		if !f.files[name] || !isSource(name) {
			continue
		}
		if isTypeScript(name) && f.files[compiledName(name)] {
			continue
		}
		out = append(out, filepath.Join(a.in.Dir, name))
	}
	return out
}

// source returns the buffers for the n-th file, emptied.
func (a *Analyzer) source(n int) *source {
	if n == len(a.sources) {
		a.sources = append(a.sources, &source{})
	}
	s := a.sources[n]
	*s = source{parser: s.parser, binder: s.binder, lines: s.lines[:0], loaded: s.loaded[:0], wanted: s.wanted[:0]}
	s.parser.atoms = a.atoms
	return s
}

// trim lets go of buffers that an unusual function made large.
func (a *Analyzer) trim() {
	if len(a.sources) > maxKept {
		a.sources = a.sources[:maxKept:maxKept]
	}
	for i, s := range a.sources {
		if cap(s.parser.nodes) > maxKeptNodes {
			a.sources[i] = &source{}
		}
	}
	a.reader.Trim()
	a.in = Input{}
}

// stopped reports whether nobody waits for the result any more.
func (a *Analyzer) stopped() bool {
	select {
	case <-a.in.Stop:
		return true
	default:
		return false
	}
}

func (a *Analyzer) relative(abs string) string {
	rel, err := filepath.Rel(a.in.Dir, abs)
	if err != nil {
		return filepath.ToSlash(abs)
	}
	return filepath.ToSlash(rel)
}

// readFile reads a file. It is good until the next call.
func (a *Analyzer) readFile(name string) ([]byte, error) {
	name = a.onDisk(name)
	if a.in.ReadFile != nil {
		return a.in.ReadFile(name)
	}
	return a.reader.Read(name, 0)
}

func (a *Analyzer) readDir(name string) ([]fs.DirEntry, error) {
	if a.in.ReadDir != nil {
		return a.in.ReadDir(name)
	}
	entries, err := a.reader.List(name)
	list := make([]fs.DirEntry, len(entries))
	for i := range entries {
		list[i] = &entries[i]
	}
	return list, err
}
