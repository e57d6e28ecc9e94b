package config

import (
	"bytes"
	"path/filepath"
)

// frameworks are the build tools whose output people open in WeChat DevTools,
// known by a package their project depends on.
var frameworks = [...]struct{ dependency, tool string }{
	{`"@dcloudio/`, "uni-app"},
	{`"@tarojs/`, "Taro"},
	{`"@mpxjs/`, "Mpx"},
	{`"wepy`, "WePY"},
	{`"mpvue`, "mpvue"},
}

// GeneratedBy tells whether dir lies in the output of a build tool, where an edit
// would be lost with the next build. sourceHint is the folder of the same
// functions in the sources, or the project's folder when they are not in a usual
// place. It goes by folder names and package.json, and never fails.
func GeneratedBy(dir string) (tool, sourceHint string, ok bool) {
	for output := filepath.Clean(dir); ; output = filepath.Dir(output) {
		project := filepath.Dir(output)
		if project == output {
			return "", "", false
		}
		switch filepath.Base(output) {
		case "unpackage": // HBuilderX builds here and nothing else does
			return "uni-app", sources(project), true
		case "dist", "build":
			if tool := framework(project); tool != "" {
				return tool, sources(project), true
			}
		}
	}
}

// framework names the build tool of the project in dir, or is "".
func framework(dir string) string {
	text, exists, err := readText(filepath.Join(dir, "package.json"))
	if err == nil && exists {
		for _, f := range frameworks {
			if bytes.Contains(text, []byte(f.dependency)) {
				return f.tool
			}
		}
	}
	// An HBuilderX project has no package.json, but these two.
	if isFile(dir, "manifest.json") && isFile(dir, "pages.json") {
		return "uni-app"
	}
	return ""
}

// sources is the conventional folder of functions in dir, or dir.
func sources(dir string) string {
	for _, convention := range conventions {
		folder := filepath.Join(dir, filepath.FromSlash(convention.path))
		if !convention.generic && isFolder(folder) {
			return folder
		}
	}
	return dir
}
