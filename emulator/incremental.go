package emulator

import (
	"encoding/base64"
	"os"

	"wxcloud/emulator/codezip"
)

// updateIncremental changes some files of a function's code: AddFiles is a zip
// in base64 (inferred from the one client that sends it), DeleteFiles are paths.
func (e *Emulator) updateIncremental(q *request, body []byte) (map[string]any, *cloudError) {
	var in struct {
		AddFiles    string
		DeleteFiles []string
	}
	f, failure := e.decodeFunction(q, body)
	if failure == nil {
		failure = decode(body, &in)
	}
	if failure != nil {
		return nil, failure
	}
	e.mu.Lock()
	found, ok := e.find(f.FunctionName)
	var base code
	if ok {
		base = found.latest()
	}
	e.mu.Unlock()
	if !ok {
		return nil, notFound(f.FunctionName)
	}
	old, err := os.ReadFile(e.zipPath(base.SHA))
	if err != nil {
		return nil, internal(err)
	}
	var added []byte
	if in.AddFiles != "" {
		if added, err = base64.StdEncoding.DecodeString(in.AddFiles); err != nil {
			return nil, &cloudError{"InvalidParameterValue.ZipFileBase64BinasciiError", err.Error()}
		}
	}
	merged, err := codezip.Merge(old, added, in.DeleteFiles)
	if err != nil {
		return nil, &cloudError{"InvalidParameterValue.ZipFile", err.Error()}
	}
	return nil, e.replaceCode(q, f, merged, base.Install)
}
