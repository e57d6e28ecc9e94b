package report

import (
	"io"

	"wxcloud/internal/sanitize"
	"wxcloud/lint"
)

// GitLab writes a GitLab Code Quality report: a list of findings with the fields
// GitLab documents, named from the folder the command was run in, which in a
// pipeline is the top of the repository. GitLab tells old findings from new ones
// by the fingerprints, so these do not depend on line numbers.
type GitLab struct{}

type codeQuality struct {
	Description string `json:"description"`
	Check       string `json:"check_name"`
	Fingerprint string `json:"fingerprint"`
	Severity    string `json:"severity"` // info, minor, major, critical or blocker
	Location    struct {
		Path  string `json:"path"`
		Lines struct {
			Begin int `json:"begin"`
		} `json:"lines"`
	} `json:"location"`
}

// Format writes the list.
func (GitLab) Format(w io.Writer, r lint.Report) error {
	names := pathsOf(r)
	prints := r.Fingerprints(r.Diagnostics)
	list := make([]codeQuality, len(r.Diagnostics))
	for i := range r.Diagnostics {
		d := &r.Diagnostics[i]
		list[i] = codeQuality{
			Description: sanitize.Line(d.Message.En), Check: d.Rule,
			Fingerprint: prints[i], Severity: gitlabSeverity(d.Severity),
		}
		list[i].Location.Path = names.name(d.File)
		list[i].Location.Lines.Begin = max(1, d.Line) // GitLab knows no findings without a line
	}
	return writeJSON(w, list)
}

func gitlabSeverity(s lint.Severity) string {
	switch s {
	case lint.Error:
		return "critical"
	case lint.Warning:
		return "minor"
	default:
		return "info"
	}
}
