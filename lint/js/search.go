package js

import (
	"bytes"
	"io/fs"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	"wxcloud/internal/rawfile"
)

// searchDepth is how deep the folders of a package are followed, which also ends
// links that lead back.
const searchDepth = 12

// searchBatch is how many files one goroutine takes at once.
const searchBatch = 24

// holdsOpenapi reports whether b holds the word openapi. The second letter is the
// rarest of the first ones in code, so that it is what is looked for.
func holdsOpenapi(b []byte) bool {
	for at := 1; at < len(b); {
		i := bytes.IndexByte(b[at:], 'p')
		if i < 0 {
			return false
		}
		at += i + 1
		if b[at-2] == 'o' && len(b)-at >= len("enapi") && string(b[at:at+len("enapi")]) == "enapi" {
			return true
		}
	}
	return false
}

// wordSearch looks for the word in the source files below a folder, on all
// processors, without reading more than it must.
type wordSearch struct {
	found atomic.Bool

	mu    sync.Mutex
	more  sync.Cond
	tasks []searchTask
	busy  int
}

// searchTask is a folder to list, or some files in it.
type searchTask struct {
	dir   string
	depth int
	files []rawfile.Entry // nil: not listed yet
}

// searchIn reports whether a source file below dir holds the word.
func searchIn(dir string, readers []rawfile.Reader) bool {
	s := &wordSearch{tasks: []searchTask{{dir: dir}}}
	s.more.L = &s.mu
	var workers sync.WaitGroup
	for i := range readers {
		workers.Go(func() { s.work(&readers[i]) })
	}
	workers.Wait()
	return s.found.Load()
}

func newSearchReaders() []rawfile.Reader { return make([]rawfile.Reader, runtime.GOMAXPROCS(0)) }

// work does tasks until there are none and nobody is at work who could add some.
func (s *wordSearch) work(r *rawfile.Reader) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		for len(s.tasks) == 0 && s.busy > 0 && !s.found.Load() {
			s.more.Wait()
		}
		if len(s.tasks) == 0 || s.found.Load() {
			return
		}
		task := s.tasks[len(s.tasks)-1]
		s.tasks = s.tasks[:len(s.tasks)-1]
		s.busy++
		s.mu.Unlock()
		made := s.do(task, r)
		s.mu.Lock()
		s.busy--
		s.tasks = append(s.tasks, made...)
		if len(made) > 0 || s.busy == 0 || s.found.Load() {
			s.more.Broadcast()
		}
	}
}

// do does one task and returns those that follow from it.
func (s *wordSearch) do(task searchTask, r *rawfile.Reader) (made []searchTask) {
	files := task.files
	if files == nil {
		entries, err := r.List(task.dir)
		if err != nil {
			return nil
		}
		for i := range entries {
			switch e := &entries[i]; {
			case isSource(e.Name()) && !e.IsDir():
				files = append(files, *e)
			case (e.IsDir() || e.Type()&fs.ModeSymlink != 0) && e.Name() != "node_modules" && task.depth < searchDepth:
				made = append(made, searchTask{dir: filepath.Join(task.dir, e.Name()), depth: task.depth + 1})
			}
		}
		for len(files) > searchBatch {
			made = append(made, searchTask{dir: task.dir, files: files[:searchBatch]})
			files = files[searchBatch:]
		}
	}
	for i := range files {
		if s.found.Load() {
			return nil
		}
		if hit, err := r.Scan(filepath.Join(task.dir, files[i].Name()), len("openapi")-1, holdsOpenapi); err == nil && hit {
			s.found.Store(true)
			return nil
		}
	}
	return made
}
