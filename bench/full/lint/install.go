package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"
)

// pinned names oxlint and the packages of the node_modules tree.
//
//go:embed npm/package.json npm/package-lock.json
var pinned embed.FS

// install returns the node_modules folder with the pinned packages, made once
// in the user's cache folder.
func install(ctx context.Context) (string, error) {
	npm, err := tool("npm", "npm")
	if npm == "" || err != nil {
		return "", err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	hash := fnv.New64a()
	files := map[string][]byte{}
	for _, name := range []string{"package.json", "package-lock.json"} {
		text, err := pinned.ReadFile("npm/" + name)
		if err != nil {
			return "", err
		}
		files[name] = text
		_, _ = hash.Write(text)
	}
	dir := filepath.Join(cache, "wxcloud", "npm", fmt.Sprintf("bench-lint-%016x", hash.Sum64()))
	done := filepath.Join(dir, "installed")
	if _, err := os.Stat(done); err != nil {
		if err := os.MkdirAll(dir, 0o750); err != nil {
			return "", err
		}
		for name, text := range files {
			if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
				return "", err
			}
		}
		fmt.Println("installs oxlint and some packages into", dir)
		// Not "npm ci": it wants every optional package, of every platform.
		arguments := []string{npm, "install", "--no-save", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"}
		if _, _, err := once(ctx, command{dir: dir, args: arguments}); err != nil {
			return "", err
		}
		if err := os.WriteFile(done, nil, 0o600); err != nil {
			return "", err
		}
	}
	return filepath.Join(dir, "node_modules"), nil
}

// installed lists the packages of a node_modules folder that others can load.
func installed(modules string) ([]string, error) {
	folders, err := filepath.Glob(filepath.Join(modules, "*"))
	if err != nil {
		return nil, err
	}
	scoped, err := filepath.Glob(filepath.Join(modules, "@*", "*"))
	if err != nil {
		return nil, err
	}
	var names []string
	for _, folder := range append(folders, scoped...) {
		name, _ := filepath.Rel(modules, folder)
		if name = filepath.ToSlash(name); name[0] != '@' || strings.Contains(name, "/") {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil, errors.New("no packages in " + modules)
	}
	return names, nil
}
