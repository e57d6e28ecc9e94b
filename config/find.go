package config

import (
	"os"
	"path/filepath"

	"wxcloud/internal/clierr"
)

const (
	maxListed = 5 // projects an error names
	maxLevels = 3 // folders looked beside when there is no repository to bound the look
)

// Find reads the project the folder o.Start belongs to. The nearest folder above
// with a project.config.json or wxcloud.json is it; a cloudbaserc.json alone
// makes one too, because CloudBase users may have nothing else.
func Find(o Options) (*Project, error) {
	start, err := filepath.Abs(o.Start)
	if err != nil {
		return nil, unreadable(o.Start, err)
	}
	dir := above(start)
	if dir == "" && o.Root != "" {
		dir = o.Root
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(start, dir)
		}
		dir = filepath.Clean(dir)
	}
	if dir == "" {
		if dir, err = beside(start); err != nil {
			return nil, err
		}
	}
	return open(dir, o, start)
}

// open reads the project whose files are in dir.
func open(dir string, o Options, start string) (*Project, error) {
	p, err := locate(dir, o, start)
	if err != nil || !isFolder(p.Root) { // missing only with AllowMissingRoot
		return p, err
	}
	p.Functions, p.Skipped, err = readFunctions(p.Root)
	if err != nil {
		return nil, err
	}
	p.noteMisplaced()
	p.applySettings()
	p.checkSettings()
	return p, nil
}

// locate is open without the functions.
func locate(dir string, o Options, start string) (*Project, error) {
	settings, settingsRoot, err := readSettings(dir)
	if err != nil {
		return nil, err
	}
	files, err := readProjectFiles(dir)
	if err != nil {
		return nil, err
	}
	p := &Project{Dir: dir, AppID: o.AppID, ExtAppID: files.extAppID, Settings: settings}
	for _, appID := range []string{settings.AppID, files.appID} {
		if p.AppID == "" {
			p.AppID = appID
		}
	}
	if err := p.findRoot(o, start, settingsRoot, files.root); err != nil {
		return nil, err
	}
	return p, nil
}

// above is the nearest folder from start upwards with a project file, or "".
func above(start string) string {
	fallback := ""
	for dir := start; ; dir = filepath.Dir(dir) {
		switch {
		case isFile(dir, ProjectFile) || isFile(dir, SettingsFile):
			return dir
		case fallback == "" && isFile(dir, CloudbaseFile):
			fallback = dir
		}
		if filepath.Dir(dir) == dir {
			return fallback
		}
	}
}

// beside finds the project that keeps its files in a folder of their own and
// reaches the functions with "../": one whose root start is in, else the only one
// in the repository.
func beside(start string) (string, error) {
	top := repository(start)
	var found []string
	dir := start
	for level := 0; ; level++ {
		for _, project := range projectsIn(dir) {
			if p, err := locate(project, Options{}, project); err == nil && contains(p.Root, start) {
				return project, nil
			}
			if top != "" || level == 0 { // elsewhere, what lies about is no business of ours
				found = append(found, project)
			}
		}
		if dir == top || top == "" && level == maxLevels || filepath.Dir(dir) == dir {
			break
		}
		dir = filepath.Dir(dir)
	}
	if top != "" && len(found) == 1 {
		return found[0], nil
	}
	e := clierr.New("config/no-project", clierr.Local, clierr.Args{"folder": start})
	for _, project := range found[:min(len(found), maxListed)] {
		e = e.Hint("config/hint-go-to", clierr.Args{"folder": project})
	}
	if len(found) == 0 {
		e = e.Hint("config/hint-init", nil).Hint("config/hint-root", nil)
	}
	return "", e
}

// repository is the folder from start upwards that holds .git, or "".
func repository(start string) string {
	for dir := start; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil {
			return dir
		}
		if filepath.Dir(dir) == dir {
			return ""
		}
	}
}

// projectsIn lists the child folders with a project.config.json.
func projectsIn(dir string) []string {
	children, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var projects []string
	for _, child := range children {
		project := filepath.Join(dir, child.Name())
		if outerReason(dir, child) == "" && isFile(project, ProjectFile) {
			projects = append(projects, project)
		}
	}
	return projects
}
