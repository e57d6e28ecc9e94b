package cmd

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"wxcloud/internal/ui"
	"wxcloud/wxapi"
)

// logService stores lines to the second and gives them in pages, as the real one does.
type logService struct {
	codePlane
	mu    sync.Mutex
	lines []wxapi.LogLine
	asked int
}

func (s *logService) Logs(_ context.Context, q wxapi.LogQuery) (wxapi.LogPage, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	var found []wxapi.LogLine
	for _, line := range s.lines {
		if !line.At.Before(q.From.Truncate(time.Second)) && !line.At.After(q.To) {
			found = append(found, line)
		}
	}
	if q.Descending {
		slices.Reverse(found)
	}
	from, _ := strconv.Atoi(q.Context)
	to := min(from+q.Limit, len(found))
	if q.Limit == 0 {
		to = min(from+100, len(found))
	}
	return wxapi.LogPage{Lines: found[from:to], Context: strconv.Itoa(to), Done: to == len(found)}, nil
}

func (s *logService) write(at time.Time, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines = append(s.lines, wxapi.LogLine{At: at.Truncate(time.Second), Content: text})
}

func TestLogsNewestInOrder(t *testing.T) {
	s := &logService{}
	start := time.Now().Add(-time.Hour)
	for i := range 300 {
		s.write(start.Add(time.Duration(i)*time.Second), fmt.Sprint(i))
	}
	r := &logReader{functions: s, query: wxapi.LogQuery{From: start.Add(-time.Minute)}}
	lines, err := r.latest(t.Context(), 250)
	if err != nil || len(lines) != 250 || lines[0].Content != "50" || lines[249].Content != "299" || s.asked != 3 {
		t.Errorf("%d lines in %d pages, %v", len(lines), s.asked, err)
	}
}

// TestLogsFollowed: every line is printed once, equal ones of one second as
// often as they were written, whenever they arrive.
func TestLogsFollowed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		streams, out, _ := ui.Test("", ui.Kind{})
		s := &logService{}
		a := newApp(Process{Streams: streams, Getenv: func(string) string { return "" }})
		r := &logReader{app: a, functions: s, query: wxapi.LogQuery{Function: "f", From: time.Now().Add(-time.Hour)}}
		s.write(time.Now(), "old")
		s.write(time.Now(), "twice")
		lines, err := r.latest(t.Context(), 100)
		if err == nil {
			err = r.print(lines)
		}
		if err != nil {
			t.Fatal(err)
		}
		stop := errors.New("enough")
		ctx, cancel := context.WithCancelCause(t.Context())
		go func() {
			s.write(time.Now(), "twice") // late, in a second that was read already
			time.Sleep(5 * time.Second)
			s.write(time.Now(), "new")
			for i := range 250 {
				s.write(time.Now(), fmt.Sprint("burst ", i))
			}
			time.Sleep(9 * time.Second)
			cancel(stop)
		}()
		if err := r.follow(ctx); !errors.Is(err, stop) {
			t.Fatal(err)
		}
		got := map[string]int{}
		for line := range strings.Lines(out.String()) {
			fields := strings.SplitN(strings.TrimSpace(line), "  ", 3)
			got[fields[len(fields)-1]]++
		}
		if diff := cmp.Diff([]int{1, 2, 1, 1, 253}, []int{got["old"], got["twice"], got["new"], got["burst 249"], len(got)}); diff != "" {
			t.Errorf("old, twice, new, burst 249, all (-want +got):\n%s", diff)
		}
	})
}

func TestReadSince(t *testing.T) {
	now := time.Now()
	for given, want := range map[string]time.Duration{"30m": 30 * time.Minute, "2h30m": 150 * time.Minute, "1h": time.Hour} {
		if got, err := readSince(given, now); err != nil || now.Sub(got) != want {
			t.Errorf("%s: %v, %v", given, now.Sub(got), err)
		}
	}
	if got, err := readSince("3d", now); err != nil || !got.Equal(now.AddDate(0, 0, -3)) {
		t.Errorf("3d: %v, %v", got, err)
	}
	for _, bad := range []string{"", "soon", "-1h", "0s", "0d", "-2d", "99999d", now.Add(time.Hour).Format(time.RFC3339)} {
		if got, err := readSince(bad, now); err == nil {
			t.Errorf("%q is %v", bad, got)
		}
	}
}
