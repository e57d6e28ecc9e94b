package cmd

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"wxcloud/internal/clierr"
)

// machineLimit is how long a program may take to say its version.
const machineLimit = 5 * time.Second

// doctorMachine looks at what else is installed here.
func (a *app) doctorMachine(ctx context.Context, p patient) []finding {
	found := []finding{a.doctorNode(ctx)}
	if p.project != nil {
		if f, ok := a.doctorSDK(p); ok {
			found = append(found, f)
		}
	}
	found = append(found, a.doctorPath()...)
	return append(found, a.doctorProxy()...)
}

// doctorNode looks for Node, which only the local cloud needs.
func (a *app) doctorNode(ctx context.Context) finding {
	ctx, cancel := context.WithTimeout(ctx, machineLimit)
	defer cancel()
	program := orElse(a.getenv("WXCLOUD_NODE"), "node")
	out, err := exec.CommandContext(ctx, program, "--version").Output()
	version := strings.TrimSpace(string(out))
	if err != nil || version == "" {
		return finding{level: levelWarning, id: "cmd/doctor-no-node", args: clierr.Args{"program": program}, advice: "cmd/doctor-advice-node"}
	}
	return finding{level: levelOK, id: "cmd/doctor-node", args: clierr.Args{"version": version}}
}

// doctorSDK says which versions of the SDK functions ask for. Whether a version
// has what the code calls is what lint judges.
func (a *app) doctorSDK(p patient) (finding, bool) {
	const sdk = "wx-server-sdk"
	users := map[string]int{}
	for _, f := range p.project.Functions {
		for _, d := range f.Package.Dependencies {
			if d.Name == sdk {
				users[d.Version]++
			}
		}
	}
	var parts []string
	for version, n := range users {
		parts = append(parts, version+" ("+decimal(n)+")")
	}
	slices.Sort(parts)
	switch len(parts) {
	case 0:
		return finding{}, false
	case 1:
		return finding{level: levelOK, id: "cmd/doctor-sdk", args: clierr.Args{"versions": parts[0]}}, true
	default:
		return finding{level: levelWarning, id: "cmd/doctor-sdk-mixed", args: clierr.Args{"versions": some(parts)}, advice: "cmd/doctor-advice-sdk"}, true
	}
}

// doctorPath finds other programs by the name of this one: @wxcloud/cli of
// WeChat CloudRun installs a wxcloud too.
func (a *app) doctorPath() []finding {
	self, err := os.Executable()
	if err != nil {
		return nil
	}
	mine, err := os.Stat(self)
	if err != nil {
		return nil
	}
	names := []string{"wxcloud"}
	if runtime.GOOS == "windows" {
		names = []string{"wxcloud.exe", "wxcloud.cmd", "wxcloud.bat", "wxcloud.ps1"}
	}
	var found []finding
	first, seen := true, map[string]bool{}
	for _, dir := range filepath.SplitList(a.getenv("PATH")) {
		for _, name := range names {
			file := filepath.Join(dir, name)
			info, err := os.Stat(file)
			if err != nil || info.IsDir() || runtime.GOOS != "windows" && info.Mode()&0o111 == 0 || seen[file] {
				continue
			}
			seen[file] = true
			if !os.SameFile(info, mine) {
				f := finding{level: levelWarning, id: "cmd/doctor-other-later", args: clierr.Args{"path": file, "self": self}}
				if first {
					f.id, f.advice, f.adviceArgs = "cmd/doctor-other-first", "cmd/doctor-advice-path", clierr.Args{"folder": filepath.Dir(self)}
				}
				if ofNPM(file) {
					f.advice, f.fix = "cmd/doctor-advice-npm", "npm uninstall -g @wxcloud/cli"
				}
				found = append(found, f)
			}
			first = false
		}
	}
	if len(found) == 0 {
		return []finding{{level: levelOK, id: "cmd/doctor-only", args: clierr.Args{"path": self}}}
	}
	return found
}

// ofNPM reports whether a program is the command of @wxcloud/cli: a link into
// that package, or a small script that starts it.
func ofNPM(file string) bool {
	if real, err := filepath.EvalSymlinks(file); err == nil && strings.Contains(filepath.ToSlash(real), "@wxcloud/cli") {
		return true
	}
	info, err := os.Stat(file)
	if err != nil || info.Size() > 64<<10 {
		return false
	}
	data, err := os.ReadFile(file)
	return err == nil && strings.Contains(strings.ReplaceAll(string(data), `\`, "/"), "@wxcloud/cli")
}

// doctorProxy says through what requests go. A password in its address is not shown.
func (a *app) doctorProxy() []finding {
	for _, name := range []string{"HTTPS_PROXY", "https_proxy"} {
		value := a.getenv(name)
		if value == "" {
			continue
		}
		address := value
		if !strings.Contains(address, "://") {
			address = "http://" + address // as Go's own client takes it
		}
		u, err := url.Parse(address)
		if err != nil || u.Hostname() == "" {
			return []finding{{level: levelProblem, id: "cmd/doctor-proxy-wrong", args: clierr.Args{"name": name}}}
		}
		return []finding{{level: levelOK, id: "cmd/doctor-proxy", args: clierr.Args{"name": name, "host": u.Host, "except": orElse(orElse(a.getenv("NO_PROXY"), a.getenv("no_proxy")), "-")}}}
	}
	if value := orElse(a.getenv("HTTP_PROXY"), a.getenv("http_proxy")); value != "" {
		return []finding{{level: levelWarning, id: "cmd/doctor-proxy-http"}}
	}
	return []finding{{level: levelOK, id: "cmd/doctor-no-proxy"}}
}
