package devtools

import (
	"os"
	"path/filepath"
	"runtime"

	"wxcloud/internal/clierr"
)

// Find returns the program of the installed DevTools, "" if there is none in the
// places it installs itself to. getenv is the environment.
func Find(getenv func(string) string) string {
	return firstFile(places(runtime.GOOS, getenv))
}

// places are where DevTools installs itself, by the default of its installers.
func places(goos string, getenv func(string) string) []string {
	switch goos {
	case "darwin":
		app := filepath.Join("wechatwebdevtools.app", "Contents", "MacOS", "cli")
		return []string{filepath.Join("/Applications", app), filepath.Join(getenv("HOME"), "Applications", app)}
	case "windows":
		// The folder is called the same in every language; people put it on other
		// drives as well.
		const folder, program = "微信web开发者工具", "cli.bat"
		var all []string
		for _, name := range []string{"ProgramFiles(x86)", "ProgramFiles", "ProgramW6432"} {
			if root := getenv(name); root != "" {
				all = append(all, filepath.Join(root, "Tencent", folder, program))
			}
		}
		for _, drive := range []string{"D:", "E:", "F:"} {
			all = append(all, filepath.Join(drive+`\`, "Program Files (x86)", "Tencent", folder, program),
				filepath.Join(drive+`\`, "Tencent", folder, program), filepath.Join(drive+`\`, folder, program))
		}
		return all
	default: // there is none by WeChat itself
		return nil
	}
}

func firstFile(paths []string) string {
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path
		}
	}
	return ""
}

// At returns the program at a path the user names: the command line itself, the
// application, or the folder it is installed in.
func At(path string) (string, error) {
	found := firstFile([]string{
		path,
		filepath.Join(path, "Contents", "MacOS", "cli"),
		filepath.Join(path, "cli.bat"),
		filepath.Join(path, "cli"),
	})
	if found == "" {
		return "", clierr.New("devtools/not-there", clierr.Local, clierr.Args{"path": path})
	}
	return found, nil
}
