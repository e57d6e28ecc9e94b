package emulator

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"wxcloud/emulator/calllog"
	"wxcloud/internal/atomicfile"
)

// logsFile holds the latest invocations between two runs. It is written when the
// local cloud stops and not with every invocation: what a kill loses are logs.
const logsFile = "logs.json"

// restoreLogs reads what the last run left. A file that cannot be read costs old
// logs and nothing else.
func (e *Emulator) restoreLogs() {
	data, err := os.ReadFile(filepath.Join(e.options.Dir, logsFile))
	var kept []calllog.Entry
	if err == nil && json.Unmarshal(data, &kept) == nil {
		e.calls.Restore(kept)
	}
}

func (e *Emulator) keepLogs() error {
	path := filepath.Join(e.options.Dir, logsFile)
	kept := e.calls.Kept()
	if len(kept) == 0 {
		if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return nil
	}
	data, err := json.Marshal(kept)
	if err != nil {
		return err
	}
	return atomicfile.Write(path, data, 0o600)
}
