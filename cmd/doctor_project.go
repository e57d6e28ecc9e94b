package cmd

import (
	"context"
	"encoding/json"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/state"
	"wxcloud/lint"
)

// doctorProject looks at the project as deploy and lint read it.
func (a *app) doctorProject(_ context.Context, p patient) []finding {
	if p.project == nil {
		return nil
	}
	var found []finding
	add := func(f finding) { found = append(found, f) }
	add(finding{level: levelOK, id: "cmd/doctor-project", args: clierr.Args{"root": a.relative(p.project.Root), "count": decimal(len(p.project.Functions))}})
	if len(p.project.Functions) == 0 {
		found[0] = finding{level: levelWarning, id: "cmd/doctor-no-functions", args: clierr.Args{"root": a.relative(p.project.Root)}, fix: "wxcloud init"}
	}
	if err := knownAppID(p.project); err != nil {
		add(finding{level: levelWarning, id: "cmd/doctor-no-appid", advice: "cmd/hint-appid"})
	} else {
		add(finding{level: levelOK, id: "cmd/doctor-appid", args: clierr.Args{"appid": p.project.AppID}})
	}
	if tool, source, ok := config.GeneratedBy(p.project.Root); ok {
		add(finding{level: levelWarning, id: "cmd/doctor-generated", args: clierr.Args{"tool": tool, "root": a.relative(p.project.Root)}, advice: "cmd/hint-generated-source", adviceArgs: clierr.Args{"source": source}})
	}
	for _, problem := range p.project.Settings.Problems {
		add(finding{level: levelWarning, id: problem.ID, args: problem.Args, at: clierr.Position{File: orElse(problem.File, p.project.Settings.Path), Line: problem.Line}})
	}
	add(a.doctorLint(p))
	if _, err := state.Open(p.project.Dir); err != nil {
		add(problemOf(err))
	}
	found = append(found, a.doctorPackOptions(p)...)
	return found
}

// doctorLint names the functions that would fail today.
func (a *app) doctorLint(p patient) finding {
	var failing []string
	errors := 0
	for _, d := range p.report.Diagnostics {
		if d.Severity == lint.Error {
			errors++
			if !slices.Contains(failing, d.Function) {
				failing = append(failing, d.Function)
			}
		}
	}
	if errors == 0 {
		return finding{level: levelOK, id: "cmd/doctor-lint-clean", args: clierr.Args{"calls": decimal(p.report.Summary.Calls)}}
	}
	return finding{level: levelProblem, id: "cmd/doctor-lint", args: clierr.Args{"count": decimal(errors), "functions": some(failing)}, fix: a.commandLine("lint", environment{})}
}

// some names a few of many.
func some(names []string) string {
	const few = 5
	if len(names) <= few {
		return strings.Join(names, ", ")
	}
	return strings.Join(names[:few], ", ") + " +" + decimal(len(names)-few)
}

// packRule is one entry of packOptions.ignore in project.config.json.
type packRule struct {
	Type  string `json:"type"`
	Value string `json:"value"`
}

// doctorPackOptions looks for rules meant for the mini program's package that
// DevTools applies to functions too. A rule that leaves out the whole function
// root is right: functions are no part of that package.
func (a *app) doctorPackOptions(p patient) []finding {
	file := filepath.Join(p.project.Dir, config.ProjectFile)
	data, err := os.ReadFile(file)
	if err != nil {
		return nil // there is none, or what reads it properly has said so
	}
	var document struct {
		PackOptions struct {
			Ignore []packRule `json:"ignore"`
		} `json:"packOptions"`
	}
	if json.Unmarshal(data, &document) != nil {
		return nil
	}
	root, err := filepath.Rel(p.project.Dir, p.project.Root)
	if err != nil {
		return nil
	}
	var found []finding
	for _, rule := range document.PackOptions.Ignore {
		if hit := rule.hits(filepath.ToSlash(root), p.project.Functions); hit != "" {
			line := 1 + strings.Count(string(data[:max(0, strings.Index(string(data), `"`+rule.Value+`"`))]), "\n")
			found = append(found, finding{
				level: levelWarning, id: "cmd/doctor-pack-options", args: clierr.Args{"type": rule.Type, "value": rule.Value, "file": hit},
				at: clierr.Position{File: file, Line: line}, advice: "cmd/doctor-advice-pack-options",
			})
		}
	}
	if len(found) == 0 && len(document.PackOptions.Ignore) > 0 {
		found = append(found, finding{level: levelOK, id: "cmd/doctor-pack-options-harmless"})
	}
	return found
}

// hits returns a file of a function that the rule hides, "" when it hides none
// or the whole root.
func (r packRule) hits(root string, functions []config.Function) string {
	value := strings.Trim(path.Clean(strings.ReplaceAll(r.Value, `\`, "/")), "/")
	if r.Type == "folder" && (value == root || strings.HasPrefix(root+"/", value+"/")) {
		return ""
	}
	for _, f := range functions {
		for _, name := range []string{"node_modules", "config.json", "package.json", f.Entry} {
			if name == "" {
				continue
			}
			if rel := root + "/" + filepath.Base(f.Dir) + "/" + name; r.matches(value, rel, name) {
				return rel
			}
		}
	}
	return ""
}

// matches follows DevTools' documented types; a bare node_modules is reported to
// strip those of functions wherever they lie.
func (r packRule) matches(value, rel, name string) bool {
	switch r.Type {
	case "folder":
		return rel == value || strings.HasPrefix(rel, value+"/") || name == "node_modules" && path.Base(value) == "node_modules" && !strings.Contains(value, "/")
	case "file":
		return rel == value
	case "suffix":
		return name != "node_modules" && strings.HasSuffix(rel, r.Value)
	case "prefix":
		return strings.HasPrefix(path.Base(rel), r.Value) || strings.HasPrefix(rel, value)
	case "glob":
		ok, _ := path.Match(strings.TrimPrefix(value, "**/"), path.Base(rel))
		whole, _ := path.Match(value, rel)
		return whole || ok && strings.HasPrefix(value, "**/")
	case "regexp":
		pattern, err := regexp.Compile(r.Value)
		return err == nil && pattern.MatchString(rel)
	default:
		return false
	}
}
