package lint

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"wxcloud/internal/clierr"
	"wxcloud/internal/jsonedit"
)

// BaselineSchema names the form of a baseline file.
const BaselineSchema = "wxcloud.lint-baseline/1"

// Baseline is a list of findings that were there when lint was introduced, so that
// only new ones are reported. A finding is known again by what it is about and by
// the text of its line, not by the line's number.
type Baseline struct {
	path    string // absolute; the files of the entries are relative to its folder
	entries map[BaselineEntry]int
}

// BaselineEntry is what is recorded of a finding. Alike findings are counted.
type BaselineEntry struct {
	Rule     string `json:"rule"`
	Function string `json:"function,omitempty"`
	API      string `json:"api,omitempty"`
	File     string `json:"file"`
	Line     string `json:"line,omitempty"` // the beginning of the SHA-256 sum of the line's words
}

// Matching says how a baseline fitted a run.
type Matching struct {
	Hidden   int             // findings that it hides
	Obsolete []BaselineEntry // entries that are found less often than recorded, in order
}

// ReadBaseline reads the baseline at path, an absolute one, that reads text.
func ReadBaseline(path string, text []byte) (*Baseline, error) {
	doc, err := jsonedit.Read(text)
	if err != nil {
		return nil, err
	}
	var file struct {
		Schema   string `json:"schema"`
		Findings []struct {
			BaselineEntry
			Count int `json:"count"`
		} `json:"findings"`
	}
	if err := json.Unmarshal(bytes.TrimSpace([]byte(doc.Strict)), &file); err != nil || file.Schema != BaselineSchema {
		return nil, clierr.New("lint/not-a-baseline", clierr.Local, clierr.Args{"schema": BaselineSchema})
	}
	b := &Baseline{path: path, entries: map[BaselineEntry]int{}}
	for _, f := range file.Findings {
		b.entries[f.BaselineEntry] += max(f.Count, 1)
	}
	return b, nil
}

// NewBaseline records the findings of a report made with the options, and those
// that old hides; old may be nil. What old says of what the run did not look at is
// kept.
func NewBaseline(path string, r Report, old *Baseline, o Options) *Baseline {
	b := &Baseline{path: path, entries: map[BaselineEntry]int{}}
	if old != nil && old.path == path {
		maps.Copy(b.entries, old.entries)
		covered := r.covered(b, o)
		maps.DeleteFunc(b.entries, func(e BaselineEntry, _ int) bool { return covered(e) })
	}
	for _, e := range r.baselineEntries(path, r.Diagnostics) {
		b.entries[e]++
	}
	var hidden []Diagnostic
	for i := range r.Suppressed {
		if r.Suppressed[i].InBaseline {
			hidden = append(hidden, r.Suppressed[i].Diagnostic)
		}
	}
	for _, e := range r.baselineEntries(path, hidden) {
		b.entries[e]++
	}
	return b
}

// Len is the number of findings recorded.
func (b *Baseline) Len() int {
	n := 0
	for _, count := range b.entries {
		n += count
	}
	return n
}

// Encode writes the baseline: sorted, an entry to a line, so that two branches
// that record different findings merge.
func (b *Baseline) Encode() ([]byte, error) {
	var out bytes.Buffer
	out.WriteString("{\n  \"schema\": \"" + BaselineSchema + "\",\n  \"findings\": [")
	for i, e := range b.sorted(func(BaselineEntry) bool { return true }) {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString("\n    ")
		encoder := json.NewEncoder(&out)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(struct {
			BaselineEntry
			Count int `json:"count"`
		}{e, b.entries[e]}); err != nil {
			return nil, err
		}
		out.Truncate(out.Len() - 1) // the encoder's newline
	}
	if len(b.entries) > 0 {
		out.WriteString("\n  ")
	}
	out.WriteString("]\n}\n")
	return out.Bytes(), nil
}

// Hide is the report as it would be with the baseline in the place of the one it
// was made with.
func (r Report) Hide(b *Baseline, o Options) Report {
	list := slices.Clone(r.Diagnostics)
	r.Suppressed = slices.DeleteFunc(slices.Clone(r.Suppressed), func(s Suppressed) bool {
		if s.InBaseline {
			list = append(list, s.Diagnostic)
		}
		return s.InBaseline
	})
	slices.SortStableFunc(list, Diagnostic.compare)
	r.Diagnostics, r.Baseline = list, Matching{}
	b.apply(&r, o)
	r.finish()
	return r
}

// apply moves the findings the baseline knows to the suppressed ones.
func (b *Baseline) apply(r *Report, o Options) {
	left := maps.Clone(b.entries)
	entries := r.baselineEntries(b.path, r.Diagnostics)
	var kept []Diagnostic
	for i, e := range entries {
		if left[e] == 0 {
			kept = append(kept, r.Diagnostics[i])
			continue
		}
		left[e]--
		r.Baseline.Hidden++
		r.Suppressed = append(r.Suppressed, Suppressed{Diagnostic: r.Diagnostics[i], External: true, InBaseline: true, Reason: "recorded in the baseline"})
	}
	r.Diagnostics = kept
	covered := r.covered(b, o)
	r.Baseline.Obsolete = b.sorted(func(e BaselineEntry) bool { return left[e] > 0 && o.Levels[e.Rule] != Off && covered(e) })
}

// covered tells which entries of a baseline the run would have found again: those
// of its functions and, if it was about a whole project, those of functions that
// are gone. Other projects may share the file.
func (r Report) covered(b *Baseline, o Options) func(BaselineEntry) bool {
	here := map[string]bool{}
	for i := range r.Functions {
		here[r.Functions[i].Name] = true
	}
	folder := filepath.Dir(b.path)
	return func(e BaselineEntry) bool {
		file := relative(r.base, filepath.Join(folder, filepath.FromSlash(e.File)))
		return here[e.Function] || !o.Partial && filepath.IsLocal(filepath.FromSlash(file))
	}
}

func (b *Baseline) sorted(keep func(BaselineEntry) bool) []BaselineEntry {
	var list []BaselineEntry
	for e := range b.entries {
		if keep(e) {
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b BaselineEntry) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File), cmp.Compare(a.Function, b.Function),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.API, b.API), cmp.Compare(a.Line, b.Line),
		)
	})
	return list
}

// baselineEntries are the findings of a list as the baseline at path records them.
func (r Report) baselineEntries(path string, list []Diagnostic) []BaselineEntry {
	source := r.Sources()
	folder := filepath.Dir(path)
	entries := make([]BaselineEntry, len(list))
	for i := range list {
		d := &list[i]
		entries[i] = BaselineEntry{
			Rule: d.Rule, Function: d.Function, API: d.API,
			File: relative(folder, filepath.Join(r.base, filepath.FromSlash(d.File))),
		}
		// The comma behind an entry of a list comes and goes with its neighbours.
		if gist := strings.TrimSuffix(source.gist(d.Place), ","); gist != "" {
			sum := sha256.Sum256([]byte(gist))
			entries[i].Line = hex.EncodeToString(sum[:6])
		}
	}
	return entries
}
