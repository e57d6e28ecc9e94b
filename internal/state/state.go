// Package state remembers what was deployed: .wxcloud/state.json for this
// checkout (never committed) and wxcloud.lock for everyone (committed, which
// permission list was applied where). It alone reads and writes these files,
// and .wxcloud/environment, the environment this checkout works with,
// and knows nothing of how a deploy works or of the cloud.
package state

import (
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"wxcloud/internal/atomicfile"
	"wxcloud/internal/clierr"
)

// Where the two files are, relative to the project.
const (
	Folder    = ".wxcloud"
	StateFile = ".wxcloud/state.json"
	LockFile  = "wxcloud.lock"
)

// Local is the id of the local cloud's environment. It is this machine's alone
// and never enters the committed file.
const Local = "local"

// lockPatience is how long a change waits for other processes; each of theirs
// takes milliseconds.
const lockPatience = 20 * time.Second

// Function is what is known of one function in one environment.
type Function struct {
	// CodeDigest is the digest of the package the cloud had, and CodeSHA256 the
	// hash of its archive, when the function was Active with the ModTime
	// RemoteModTime. An empty RemoteModTime means that no such moment was seen.
	CodeDigest    string    `json:"codeDigest,omitempty"`
	CodeSHA256    string    `json:"codeSHA256,omitempty"`
	RemoteModTime string    `json:"remoteModTime,omitempty"`
	DeployedAt    time.Time `json:"deployedAt,omitzero"`
	// Handler and InstallDependency are the function's at that moment.
	Handler           string `json:"handler,omitempty"`
	InstallDependency bool   `json:"installDependency,omitempty"`
	// Settings is the Fingerprint of the wanted settings that the function was
	// then seen to have; "" if it had others.
	Settings string `json:"settings,omitempty"`
	// Sending is a change that was begun and whose end was not seen.
	Sending *Sending `json:"sending,omitempty"`

	// Openapi is the permission list last accepted; nil means that none is
	// known to have been applied. Added and Removed are what that change changed.
	Openapi           []string  `json:"openapi"`
	OpenapiAcceptedAt time.Time `json:"openapiAcceptedAt,omitzero"`
	OpenapiAdded      []string  `json:"openapiAdded,omitempty"`
	OpenapiRemoved    []string  `json:"openapiRemoved,omitempty"`
	Writer            string    `json:"writer,omitempty"`   // third-party, devtools, by-hand
	Evidence          string    `json:"evidence,omitempty"` // of that change: accepted, read-back, stated, verified
	// OpenapiUnproven are the names on the list that no wait has verified: a change
	// is verified for what it changed, which need not be all of the list.
	OpenapiUnproven []string `json:"openapiUnproven,omitempty"`

	// Wait is the timeline of an interrupted wait for that change, in the form
	// perm gives it. It stays on this machine.
	Wait json.RawMessage `json:"wait,omitempty"`
}

// Verified is the Evidence of a change that a wait has verified.
const Verified = "verified"

// SetOpenapi puts the list of an accepted change in the place of the one before.
// What was never verified before is not verified by being sent again.
func (f *Function) SetOpenapi(list []string, at time.Time) {
	var unproven []string
	for _, name := range list {
		if !slices.Contains(f.Openapi, name) || slices.Contains(f.OpenapiUnproven, name) {
			unproven = append(unproven, name)
		}
	}
	f.Openapi, f.OpenapiAcceptedAt, f.OpenapiUnproven = append([]string{}, list...), at, unproven
}

// Proved records that a wait has verified these names: the last change is
// verified when nothing is left of what it added.
func (f *Function) Proved(names []string) {
	f.OpenapiUnproven = slices.DeleteFunc(slices.Clone(f.OpenapiUnproven), func(name string) bool { return slices.Contains(names, name) })
	if !slices.ContainsFunc(f.OpenapiAdded, func(name string) bool { return slices.Contains(f.OpenapiUnproven, name) }) {
		f.Evidence = Verified
	}
}

// OpenapiEvidence is what can be said of the whole list.
func (f *Function) OpenapiEvidence() string {
	if f.Evidence == Verified && len(f.OpenapiUnproven) > 0 {
		return "accepted"
	}
	return f.Evidence
}

// Sending is a change on its way. It is on record before the change is sent, so
// that a run cut short at any moment does not look like somebody else's change.
type Sending struct {
	Before string `json:"before"` // the ModTime before it; "" for a new function
	// CodeDigest and CodeSHA256 are of the code sent; "" when only settings were.
	CodeDigest string    `json:"codeDigest,omitempty"`
	CodeSHA256 string    `json:"codeSHA256,omitempty"`
	At         time.Time `json:"at"`
}

// Store is the memory of one project. It is safe for concurrent use, also by
// several processes: every change is made under a file lock on fresh contents.
type Store struct {
	dir     string
	mu      sync.Mutex
	queue   []*edit       // changes that wait to be written
	writing chan struct{} // held by whoever writes
}

// Open checks that both files of the project can be read. Missing files are
// fine; damaged ones are an error with the place.
func Open(projectDir string) (*Store, error) {
	s := &Store{dir: projectDir, writing: make(chan struct{}, 1)}
	if _, err := s.read(); err != nil {
		return nil, err
	}
	return s, nil
}

// Function returns what is known of a function, and whether anything is.
func (s *Store) Function(env, name string) (Function, bool, error) {
	b, err := s.read()
	if err != nil {
		return Function{}, false, err
	}
	f, ok := b.function(env, name)
	return f, ok, nil
}

// Functions returns what is known of all functions of an environment, by name.
func (s *Store) Functions(env string) (map[string]Function, error) {
	b, err := s.read()
	if err != nil {
		return nil, err
	}
	all := map[string]Function{}
	for name := range b.state.Environments[env] {
		all[name], _ = b.function(env, name)
	}
	for name := range b.lock.Environments[env] {
		all[name], _ = b.function(env, name)
	}
	return all, nil
}

// Environments returns the ids of the environments anything is known of, sorted.
func (s *Store) Environments() ([]string, error) {
	b, err := s.read()
	if err != nil {
		return nil, err
	}
	ids := slices.Collect(maps.Keys(b.state.Environments))
	ids = slices.AppendSeq(ids, maps.Keys(b.lock.Environments))
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// both are the contents of the two files.
type both struct {
	state stateFile
	lock  lockFile
}

// function joins the two files. Whichever saw the later permission change has
// the list: another checkout may have applied one, and a committed file may
// have been put back by a checkout of an older revision.
func (b both) function(env, name string) (Function, bool) {
	f, known := b.state.Environments[env][name]
	applied, recorded := b.lock.Environments[env][name]
	if recorded && (f.Openapi == nil || applied.AppliedAt.After(f.OpenapiAcceptedAt)) {
		if !slices.Equal(f.Openapi, applied.Openapi) || !applied.AppliedAt.Equal(f.OpenapiAcceptedAt) {
			f.OpenapiAdded, f.OpenapiRemoved = nil, nil
		}
		f.Openapi, f.OpenapiAcceptedAt = append([]string{}, applied.Openapi...), applied.AppliedAt
		f.Writer, f.Evidence = applied.Writer, applied.Evidence
		if f.OpenapiUnproven = nil; f.Evidence != Verified {
			f.OpenapiUnproven = slices.Clone(applied.Openapi)
		}
	}
	return f, known || recorded
}

func (s *Store) read() (both, error) {
	var b both
	if err := s.load(StateFile, &b.state); err != nil {
		return both{}, err
	}
	if err := s.load(LockFile, &b.lock); err != nil {
		return both{}, err
	}
	return b, nil
}

// Prepare makes the folder .wxcloud of a project and keeps all of it out of git,
// for whatever else is kept there, such as the keys of a local cloud.
func Prepare(projectDir string) error { return (&Store{dir: projectDir}).prepare() }

// prepare makes the folder and keeps all of it out of git.
func (s *Store) prepare() error {
	folder := filepath.Join(s.dir, Folder)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return s.cannotWrite(Folder, err)
	}
	err := atomicfile.Create(filepath.Join(folder, ".gitignore"), []byte("*\n"), 0o644)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return s.cannotWrite(Folder+"/.gitignore", err)
	}
	return nil
}

func (s *Store) cannotWrite(file string, cause error) error {
	return clierr.New("state/cannot-write", clierr.Local, clierr.Args{"file": file}).Because(cause)
}
