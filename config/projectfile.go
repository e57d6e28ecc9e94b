package config

import (
	"path/filepath"
	"strings"

	"github.com/tidwall/gjson"

	"wxcloud/internal/clierr"
)

// named is a value a file gives for a setting, with its place.
type named struct {
	text string
	file string // relative to the project's folder
	at   clierr.Position
}

// projectFiles is what the project files of others say: WeChat DevTools' two,
// ext.json and CloudBase CLI's.
type projectFiles struct {
	appID, extAppID string
	root            named
}

// readProjectFiles reads them in order of precedence, the private file first.
func readProjectFiles(dir string) (projectFiles, error) {
	var p projectFiles
	miniprogram := ""
	for _, name := range []string{PrivateProjectFile, ProjectFile} {
		file, exists, err := readJSON(filepath.Join(dir, name))
		if err != nil {
			return p, err
		}
		if !exists {
			continue
		}
		if err := p.merge(file, name, &miniprogram); err != nil {
			return p, err
		}
	}
	if err := p.readExt(dir, miniprogram); err != nil {
		return p, err
	}
	return p, p.readCloudbase(dir)
}

// merge takes from one of DevTools' files what is not known yet.
func (p *projectFiles) merge(file jsonFile, name string, miniprogram *string) error {
	appID, _, err := file.text("appid")
	if err != nil {
		return err
	}
	root, value, err := file.text("cloudfunctionRoot")
	if err != nil {
		return err
	}
	folder, _, err := file.text("miniprogramRoot")
	if err != nil {
		return err
	}
	if p.appID == "" {
		p.appID = appID
	}
	if p.root.text == "" && root != "" {
		p.root = named{text: root, file: name, at: file.position(value)}
	}
	if *miniprogram == "" {
		*miniprogram = folder
	}
	return nil
}

// readExt reads ext.json, which lies beside app.json. Its AppID counts only
// while it is switched on.
func (p *projectFiles) readExt(dir, miniprogram string) error {
	for _, folder := range []string{dir, filepath.Join(dir, slashed(miniprogram))} {
		file, exists, err := readJSON(filepath.Join(folder, "ext.json"))
		if err != nil {
			return err
		}
		if !exists {
			continue
		}
		if enabled, ok := file.member(file.root, "extEnable"); !ok || enabled.value.Type != gjson.True {
			return nil
		}
		p.extAppID, _, err = file.text("extAppid")
		return err
	}
	return nil
}

// readCloudbase takes the root from cloudbaserc.json where nothing else names
// it. A "{{…}}" in it is filled in by CloudBase CLI from places unknown here.
func (p *projectFiles) readCloudbase(dir string) error {
	if p.root.text != "" {
		return nil
	}
	file, exists, err := readJSON(filepath.Join(dir, CloudbaseFile))
	if err != nil || !exists {
		return err
	}
	root, value, err := file.text("functionRoot")
	if err != nil {
		return err
	}
	if root != "" && !strings.Contains(root, "{{") {
		p.root = named{text: root, file: CloudbaseFile, at: file.position(value)}
	}
	return nil
}

// slashed is a path from a project file in this system's form. The files are
// shared between systems, so a backslash means a separator everywhere.
func slashed(path string) string {
	return filepath.FromSlash(strings.ReplaceAll(path, `\`, "/"))
}
