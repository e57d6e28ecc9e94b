package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// project is a mini program with cloud functions.
type project struct {
	dir         string
	names       []string
	permissions bool // its functions declare some, and there is a credential for them
}

func (p project) root() string                { return filepath.Join(p.dir, "cloudfunctions") }
func (p project) function(name string) string { return filepath.Join(p.root(), name) }

func (b *bench) project(story string, functions int, permissions bool) (project, error) {
	p := project{dir: filepath.Join(b.dir, story, "project"), permissions: permissions}
	for i := range functions {
		p.names = append(p.names, fmt.Sprintf("function%03d", i))
	}
	err := write(p.dir, "project.config.json", `{"appid":"`+appID+`","miniprogramRoot":"miniprogram/","cloudfunctionRoot":"cloudfunctions/"}`)
	if err == nil {
		err = write(p.dir, "miniprogram/app.json", `{"pages":["index"]}`)
	}
	if err != nil {
		return p, err
	}
	return p, p.change(0)
}

// change gives every function new code, and other permissions where it has any.
func (p project) change(version int) error {
	for i, name := range p.names {
		if err := p.changeOne(i, name, version); err != nil {
			return err
		}
	}
	return nil
}

// interfaces are what functions with permissions call by turns.
var interfaces = [...]string{"security.msgSecCheck", "subscribeMessage.send", "wxacode.getUnlimited"}

func (p project) changeOne(i int, name string, version int) error {
	folder := p.function(name)
	call, config := "", "{}"
	if p.permissions {
		api := interfaces[(i+version)%len(interfaces)]
		call = "  await cloud.openapi." + api + "({})\n"
		config = fmt.Sprintf("{\n  \"permissions\": {\n    \"openapi\": [\n      %q\n    ]\n  }\n}\n", api)
	}
	code := fmt.Sprintf("const cloud = require('wx-server-sdk')\ncloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })\n\n"+
		"exports.main = async (event, context) => {\n%s  return { name: %q, version: %d, at: Date.now(), sum: (event.a || 0) + (event.b || 0) }\n}\n", call, name, version)
	if err := write(folder, "index.js", code); err != nil {
		return err
	}
	if err := write(folder, "config.json", config); err != nil {
		return err
	}
	return write(folder, "package.json", fmt.Sprintf("{\n  \"name\": %q,\n  \"version\": \"1.0.%d\",\n  \"main\": \"index.js\"\n}\n", name, version))
}

func write(dir, name, text string) error {
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(text), 0o600)
}

// declared are the permissions that a function's config.json names.
func (p project) declared(name string) []string {
	var config struct {
		Permissions struct{ Openapi []string }
	}
	data, err := os.ReadFile(filepath.Join(p.function(name), "config.json"))
	if err == nil {
		err = json.Unmarshal(data, &config)
	}
	if err != nil {
		return []string{err.Error()}
	}
	return config.Permissions.Openapi
}
