package config

import (
	"cmp"
	"path/filepath"
	"slices"
	"strconv"

	"wxcloud/internal/clierr"
)

// Settings are the contents of wxcloud.json. Path is "" when there is none.
type Settings struct {
	Path        string
	AppID, Root string
	// Source is where the functions of a project that is built have their
	// sources, relative to the file, with {function} for the name; or "".
	Source       string
	Exclude      []string // names or globs of functions that are not deployed
	Copy         []Copy   // folders and files that several functions share
	Environments []Environment
	Defaults     FunctionSettings
	Functions    map[string]FunctionSettings
	Lint         LintSettings
	// Problems are places in the file that are not as they should be. They do not
	// keep the rest from being used; Wrong tells whether one should.
	Problems []Problem

	// For checkSettings: every place that names functions, and that of Source.
	named    []namedFunction
	sourceAt Range
}

// namedFunction is the name of a function, or a pattern of names, in wxcloud.json.
type namedFunction struct {
	Name string
	Range
	pattern bool
}

// Environment is a cloud environment the project names. Environments are in the
// order of the file.
type Environment struct {
	Name, ID  string
	Protected bool
	Defaults  FunctionSettings            // of every function there
	Functions map[string]FunctionSettings // of one function there
}

// settingsReader collects what wxcloud.json says. Anything it does not
// understand becomes a Problem and is left out.
type settingsReader struct {
	file     jsonFile
	settings Settings
}

// readSettings reads the wxcloud.json in dir, if there is one, and returns the
// root it names apart, with its place. docs/wxcloud.json.md has every key.
func readSettings(dir string) (Settings, named, error) {
	file, exists, err := readJSON(filepath.Join(dir, SettingsFile))
	if err != nil || !exists {
		return Settings{}, named{}, err
	}
	settings := parseSettings(file)
	root := named{text: settings.Root, file: SettingsFile}
	if m, ok := file.member(file.root, "root"); ok {
		root.at = file.position(m.value)
	}
	return settings, root, nil
}

func parseSettings(file jsonFile) Settings {
	r := settingsReader{file: file, settings: Settings{Path: file.path}}
	r.knownKeys(file.root, settingsKeys[:])
	s := &r.settings
	r.text(file.root, "$schema") // for editors
	s.AppID = r.text(file.root, "appid")
	s.Root = r.text(file.root, "root")
	s.Source = r.source()
	s.Exclude = r.patterns(file.root, "exclude")
	s.Copy = r.copies(file.root, copyKeys[:])
	s.Environments = r.environments()
	if m, ok := r.object(file.root, "defaults"); ok {
		s.Defaults = r.function("defaults", m, defaultsKeys[:])
	}
	s.Functions = r.functions(file.root, functionKeys[:])
	s.Lint = r.lint()
	s.sortProblems()
	return r.settings
}

// sortProblems puts the problems in the order of the file.
func (s *Settings) sortProblems() {
	slices.SortStableFunc(s.Problems, func(a, b Problem) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column)) })
}

// Function is what the settings say of a function in an environment, which is
// given by name or by id: the environment's own words over those of
// functions.NAME, these over the environment's defaults and the general ones.
// Variables are merged one by one, Ignore and Keep add up, the rest is replaced.
func (s Settings) Function(name, env string) FunctionSettings {
	var there Environment
	for _, e := range s.Environments {
		if env != "" && (e.Name == env || e.ID == env) {
			there = e
			break
		}
	}
	return s.Defaults.overlaid(there.Defaults).overlaid(s.Functions[name]).overlaid(there.Functions[name])
}

// Wrong is the first Problem that makes it unsafe to change anything in the cloud
// by these settings, as an error, or nil.
func (s Settings) Wrong() error {
	var first *clierr.Error
	more := 0
	for _, p := range s.Problems {
		switch {
		case p.Warning:
		case first == nil:
			first = clierr.New(p.ID, clierr.Local, p.Args).In(clierr.Position{File: s.Path, Line: p.Line, Column: p.Column})
		default:
			more++
		}
	}
	if first == nil {
		return nil
	}
	if more > 0 {
		return first.Hint("config/hint-more-wrong", clierr.Args{"count": strconv.Itoa(more)})
	}
	return first
}
