// Package state remembers what was deployed: .wxcloud/state.json for this
// checkout (never committed) and wxcloud.lock for everyone (committed, which
// permission list was applied where). It alone reads and writes the two files
// and knows nothing of how a deploy works or of the cloud.
package state

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/gofrs/flock"

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
	// CodeDigest is the digest of the package last accepted by the cloud, and
	// RemoteModTime the cloud's ModTime once it was Active. An empty
	// RemoteModTime means that the end of the last upload was not seen.
	CodeDigest    string    `json:"codeDigest,omitempty"`
	RemoteModTime string    `json:"remoteModTime,omitempty"`
	DeployedAt    time.Time `json:"deployedAt,omitzero"`

	// Openapi is the permission list last accepted; nil means that none is
	// known to have been applied. Added and Removed are what that change changed.
	Openapi           []string  `json:"openapi"`
	OpenapiAcceptedAt time.Time `json:"openapiAcceptedAt,omitzero"`
	OpenapiAdded      []string  `json:"openapiAdded,omitempty"`
	OpenapiRemoved    []string  `json:"openapiRemoved,omitempty"`
	Writer            string    `json:"writer,omitempty"`   // third-party, devtools, by-hand
	Evidence          string    `json:"evidence,omitempty"` // accepted, read-back, stated, verified

	// Wait is the timeline of an interrupted wait for that change, in the form
	// perm gives it. It stays on this machine.
	Wait json.RawMessage `json:"wait,omitempty"`
}

// Store is the memory of one project. It is safe for concurrent use, also by
// several processes: every change is made under a file lock on fresh contents.
type Store struct {
	dir string
}

// Open checks that both files of the project can be read. Missing files are
// fine; damaged ones are an error with the place.
func Open(projectDir string) (*Store, error) {
	s := &Store{dir: projectDir}
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

// Update changes what is known of one function and writes both files before
// it returns. change is called once, on what is on disk at that moment.
func (s *Store) Update(ctx context.Context, env, name string, change func(*Function)) error {
	if err := s.prepare(); err != nil {
		return err
	}
	guard := flock.New(filepath.Join(s.dir, Folder, "state.lock"))
	defer func() { _ = guard.Close() }()
	waiting, cancel := context.WithTimeout(ctx, lockPatience)
	defer cancel()
	if _, err := guard.TryLockContext(waiting, 5*time.Millisecond); err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return cause
		}
		if waiting.Err() != nil {
			return clierr.New("state/locked", clierr.Local, clierr.Args{"file": Folder + "/state.lock"})
		}
		return s.cannotWrite(StateFile, err)
	}
	b, err := s.read()
	if err != nil {
		return err
	}
	f, _ := b.function(env, name)
	change(&f)
	return s.write(b, env, name, f)
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

func (s *Store) write(b both, env, name string, f Function) error {
	if b.state.Environments == nil {
		b.state.Environments = map[string]map[string]Function{}
	}
	if b.state.Environments[env] == nil {
		b.state.Environments[env] = map[string]Function{}
	}
	b.state.Environments[env][name] = f
	b.state.Version = version
	if err := s.save(StateFile, b.state); err != nil {
		return err
	}
	if env == Local || f.Openapi == nil {
		return nil
	}
	applied := Applied{f.Openapi, f.OpenapiAcceptedAt.UTC().Truncate(time.Second), f.Writer, f.Evidence}
	if old, ok := b.lock.Environments[env][name]; ok && old.equal(applied) {
		return nil // the committed file does not change for nothing
	}
	if b.lock.Environments == nil {
		b.lock.Environments = map[string]map[string]Applied{}
	}
	if b.lock.Environments[env] == nil {
		b.lock.Environments[env] = map[string]Applied{}
	}
	b.lock.Environments[env][name] = applied
	b.lock.Version = version
	return s.save(LockFile, b.lock)
}

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
