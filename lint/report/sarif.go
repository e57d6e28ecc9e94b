package report

import (
	"io"
	"strings"

	"wxcloud/internal/sanitize"
	"wxcloud/lint"
)

// SARIF writes a SARIF 2.1.0 log with one run, for code scanning services and
// editors. Files are named by URIs relative to %SRCROOT%, the folder the command
// was run in. The log of an unchanged tree in the same folder is the same.
type SARIF struct{ Version string }

// srcRoot is the name every SARIF reader knows for the top of the sources.
const srcRoot = "%SRCROOT%"

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool struct {
		Driver sarifDriver `json:"driver"`
	} `json:"tool"`
	Invocations []sarifInvocation        `json:"invocations"`
	Bases       map[string]sarifArtifact `json:"originalUriBaseIds"`
	ColumnKind  string                   `json:"columnKind"`
	Results     []sarifResult            `json:"results"`
}

type sarifDriver struct {
	Name    string      `json:"name"`
	Version string      `json:"version,omitempty"`
	Rules   []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID      string       `json:"id"`
	Short   sarifMessage `json:"shortDescription"`
	Full    sarifMessage `json:"fullDescription"`
	Help    sarifMessage `json:"help"`
	Default struct {
		Level string `json:"level"`
	} `json:"defaultConfiguration"`
}

type sarifMessage struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type sarifInvocation struct {
	Successful bool `json:"executionSuccessful"`
	ExitCode   int  `json:"exitCode"`
}

type sarifArtifact struct {
	URI         string        `json:"uri,omitempty"`
	BaseID      string        `json:"uriBaseId,omitempty"`
	Description *sarifMessage `json:"description,omitempty"`
}

type sarifResult struct {
	Rule         string             `json:"ruleId"`
	RuleIndex    *int               `json:"ruleIndex,omitempty"`
	Level        string             `json:"level"`
	Message      sarifMessage       `json:"message"`
	Locations    []sarifLocation    `json:"locations"`
	Fingerprints map[string]string  `json:"partialFingerprints"`
	Suppressions []sarifSuppression `json:"suppressions"` // [] says: none, and that was looked into
	Fixes        []sarifFix         `json:"fixes,omitempty"`
}

type sarifLocation struct {
	Physical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	} `json:"physicalLocation"`
	Logical []sarifLogical `json:"logicalLocations"`
}

// sarifLogical is the cloud function. SARIF's own kind "function" means one of a
// program; kinds of one's own are allowed.
type sarifLogical struct {
	Name string `json:"name"`
	Kind string `json:"kind"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn,omitempty"`
	EndLine     int `json:"endLine,omitempty"`
	EndColumn   int `json:"endColumn,omitempty"`
}

type sarifSuppression struct {
	Kind          string `json:"kind"`
	Justification string `json:"justification,omitempty"`
}

type sarifFix struct {
	Description sarifMessage  `json:"description"`
	Changes     []sarifChange `json:"artifactChanges"`
}

type sarifChange struct {
	Artifact     sarifArtifact      `json:"artifactLocation"`
	Replacements []sarifReplacement `json:"replacements"`
}

type sarifReplacement struct {
	Deleted  sarifRegion `json:"deletedRegion"`
	Inserted struct {
		Text string `json:"text"`
	} `json:"insertedContent"`
}

// Format writes the log.
func (f SARIF) Format(w io.Writer, r lint.Report) error {
	s := sarif{paths: pathsOf(r), source: r.Sources(), rules: make(map[string]int, len(r.Rules))}
	run := sarifRun{
		Invocations: []sarifInvocation{{Successful: true, ExitCode: int(r.ExitCode())}},
		Bases:       map[string]sarifArtifact{srcRoot: s.base()},
		ColumnKind:  "utf16CodeUnits",
		Results:     make([]sarifResult, 0, len(r.Diagnostics)+len(r.Suppressed)),
	}
	run.Tool.Driver = sarifDriver{Name: "wxcloud", Version: f.Version, Rules: make([]sarifRule, 0, len(r.Rules))}
	for i := range r.Rules {
		s.rules[r.Rules[i].ID] = i
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(&r.Rules[i]))
	}

	all := append([]lint.Diagnostic{}, r.Diagnostics...)
	for i := range r.Suppressed {
		all = append(all, r.Suppressed[i].Diagnostic)
	}
	prints := r.Fingerprints(all)
	for i := range all {
		result := s.result(&all[i], prints[i])
		if n := i - len(r.Diagnostics); n >= 0 {
			result.Suppressions = append(result.Suppressions, suppression(&r.Suppressed[n]))
		}
		run.Results = append(run.Results, result)
	}
	return writeJSON(w, sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	})
}

// sarif is what the parts of a log share.
type sarif struct {
	paths  paths
	source *lint.Sources
	rules  map[string]int
}

func (s *sarif) base() sarifArtifact {
	return sarifArtifact{URI: s.paths.baseURI(), Description: &sarifMessage{Text: "The folder the command was run in."}}
}

func (s *sarif) artifact(file string) sarifArtifact {
	uri := s.paths.uri(file)
	if strings.HasPrefix(uri, "file:") { // an absolute one has no base
		return sarifArtifact{URI: uri}
	}
	return sarifArtifact{URI: uri, BaseID: srcRoot}
}

func sarifRuleOf(info *lint.Info) sarifRule {
	help := strings.Join([]string{info.What.En, info.Why.En, info.Remedy.En}, "\n\n")
	rule := sarifRule{
		ID:    info.ID,
		Short: sarifMessage{Text: info.Title.En},
		Full:  sarifMessage{Text: info.What.En},
		// A service shows the Markdown where it can. The pages are Markdown, and
		// read well without being rendered.
		Help: sarifMessage{Text: help, Markdown: help},
	}
	rule.Default.Level = level(info.Severity)
	return rule
}

func (s *sarif) result(d *lint.Diagnostic, print string) sarifResult {
	message := d.Message.En
	if !d.Help.IsZero() {
		message += "\n" + d.Help.En
	}
	result := sarifResult{
		Rule: d.Rule, Level: level(d.Severity), Message: plain(message),
		Locations:    []sarifLocation{{Logical: []sarifLogical{{Name: d.Function, Kind: "cloudFunction"}}}},
		Fingerprints: map[string]string{"wxcloudFinding/v1": print},
		Suppressions: []sarifSuppression{},
	}
	if i, ok := s.rules[d.Rule]; ok {
		result.RuleIndex = &i
	}
	at := &result.Locations[0].Physical
	at.Artifact = s.artifact(d.File)
	if d.Line > 0 {
		at.Region = &sarifRegion{d.Line, d.Column, d.EndLine, d.EndColumn}
	}
	if fix, ok := s.fix(d.Fix); ok {
		result.Fixes = []sarifFix{fix}
	}
	return result
}

// fix is a repair with lines and columns, which is what editors apply. A repair
// of a file that has changed meanwhile is left out.
func (s *sarif) fix(repair *lint.Repair) (sarifFix, bool) {
	if repair == nil || len(repair.Edits) == 0 {
		return sarifFix{}, false
	}
	change := sarifChange{Artifact: s.artifact(repair.File)}
	for _, e := range repair.Edits {
		line, column, ok := s.source.Position(repair.File, e.Start)
		endLine, endColumn, endOK := s.source.Position(repair.File, e.End)
		if !ok || !endOK {
			return sarifFix{}, false
		}
		r := sarifReplacement{Deleted: sarifRegion{line, column, endLine, endColumn}}
		r.Inserted.Text = e.Text
		change.Replacements = append(change.Replacements, r)
	}
	return sarifFix{Description: plain(repair.Description.En), Changes: []sarifChange{change}}, true
}

func suppression(found *lint.Suppressed) sarifSuppression {
	kind := "inSource"
	if found.External {
		kind = "external"
	}
	return sarifSuppression{Kind: kind, Justification: sanitize.Line(found.Reason)}
}

// plain is a message that shows as it is: "[text](target)" would be a link, and
// names come from files of unknown origin.
func plain(text string) sarifMessage {
	return sarifMessage{Text: strings.ReplaceAll(sanitize.Block(text), "](", "] (")}
}

func level(s lint.Severity) string {
	if s == lint.Notice {
		return "note"
	}
	return string(s)
}
