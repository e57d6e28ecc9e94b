package emulator

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"wxcloud/catalog"
	"wxcloud/emulator/interfaces"
	"wxcloud/internal/clierr"
)

// replyFolder holds what a project wants interfaces to answer: NAME.json each.
// Files are read when they are asked for, so that a change counts at once.
type replyFolder struct {
	dir string // "" for none

	mu    sync.Mutex
	files map[string]*replyFile // by interface
}

// replyFile is where a list of replies has got to.
type replyFile struct {
	data    []byte
	replies []interfaces.Reply
	given   int
}

const replySuffix = ".json"

// next returns what the project wants the interface to answer this time, nil if
// it does not care.
func (f *replyFolder) next(api string) (*interfaces.Reply, error) {
	if f.dir == "" || strings.ContainsAny(api, `/\:`) {
		return nil, nil //nolint:nilnil // no reply is no error
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	path := filepath.Join(f.dir, api+replySuffix)
	data, err := readBounded(path, interfaces.MaxReplies+1)
	if err != nil {
		delete(f.files, api)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil //nolint:nilnil // no reply is no error
		}
		return nil, err
	}
	file := f.files[api]
	if file == nil || !bytes.Equal(file.data, data) {
		replies, err := interfaces.ParseReplies(path, data)
		if err != nil {
			return nil, err
		}
		file = &replyFile{data: data, replies: replies}
		if f.files == nil {
			f.files = map[string]*replyFile{}
		}
		f.files[api] = file
	}
	r := file.replies[file.given%len(file.replies)]
	file.given++
	if r.File != "" {
		if r.Body, err = readBounded(filepath.Join(f.dir, r.File), maxReplyFile); err != nil {
			return nil, clierr.New("emulator/reply-file", clierr.Local, clierr.Args{"file": r.File}).Because(err).In(clierr.Position{File: path})
		}
	}
	return &r, nil
}

// maxReplyFile bounds the file an answer is made of.
const maxReplyFile = 10 << 20

// readBounded reads a file that is no larger than it may be.
func readBounded(path string, limit int64) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New(path + " is no file")
	}
	return io.ReadAll(io.LimitReader(file, limit))
}

// names are the interfaces the folder has replies for. The error is the first
// file that cannot be used: with a misspelt name it would never be.
func (f *replyFolder) names(known func(api string) bool) ([]string, error) {
	if f.dir == "" {
		return nil, nil
	}
	entries, err := os.ReadDir(f.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, clierr.New("emulator/replies-unreadable", clierr.Local, clierr.Args{"dir": f.dir}).Because(err)
	}
	var names []string
	for _, entry := range entries {
		api, isReply := strings.CutSuffix(entry.Name(), replySuffix)
		if !isReply || entry.IsDir() || strings.HasPrefix(api, ".") {
			continue
		}
		path := filepath.Join(f.dir, entry.Name())
		if !known(api) {
			failed := clierr.New("emulator/reply-name", clierr.Local, clierr.Args{"api": api}).In(clierr.Position{File: path})
			if near := catalog.Resolve(api).Suggestions; len(near) > 0 {
				failed = failed.Hint("emulator/hint-reply-name", clierr.Args{"file": near[0] + replySuffix})
			}
			return nil, failed
		}
		data, err := readBounded(path, interfaces.MaxReplies+1)
		if err != nil {
			return nil, clierr.New("emulator/replies-unreadable", clierr.Local, clierr.Args{"dir": f.dir}).Because(err)
		}
		replies, err := interfaces.ParseReplies(path, data)
		if err != nil {
			return nil, err
		}
		for _, r := range replies {
			if r.File == "" {
				continue
			}
			if _, err := os.Stat(filepath.Join(f.dir, r.File)); err != nil {
				return nil, clierr.New("emulator/reply-file", clierr.Local, clierr.Args{"file": r.File}).Because(err).In(clierr.Position{File: path})
			}
		}
		names = append(names, api)
	}
	slices.Sort(names)
	return names, nil
}

// Replies are the answers the project lays down for interfaces.
func (e *Emulator) Replies() ReplyStatus {
	names, err := e.replies.names(e.options.Known)
	s := ReplyStatus{Dir: e.replies.dir, Names: append([]string{}, names...)}
	if err != nil {
		s.Problem = problemOf(err)
	}
	return s
}
