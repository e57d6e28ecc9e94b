package atomicfile

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestRenameIsTriedAgain(t *testing.T) {
	busy, broken := errors.New("in use"), errors.New("broken")
	tests := []struct {
		name     string
		fails    time.Duration // how long it fails
		err      error
		want     error
		min, max time.Duration
	}{
		{"at once", 0, busy, nil, 0, 0},
		{"in use for a moment", 300 * time.Millisecond, busy, nil, 300 * time.Millisecond, 300*time.Millisecond + renamePause},
		{"in use for good", time.Hour, busy, busy, renamePatience, renamePatience + renamePause},
		{"fails for another reason", time.Hour, broken, broken, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				err := patiently(func() error {
					if time.Since(start) < tt.fails {
						return tt.err
					}
					return nil
				}, func(err error) bool { return errors.Is(err, busy) })
				if took := time.Since(start); !errors.Is(err, tt.want) || took < tt.min || took > tt.max {
					t.Errorf("%v after %v", err, took)
				}
			})
		})
	}
}
