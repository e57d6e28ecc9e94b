package rules

import (
	"path"
	"slices"
	"strings"

	"wxcloud/catalog"
	"wxcloud/config"
	"wxcloud/lint"
)

// sdkVersion looks at how a function comes by wx-server-sdk.
type sdkVersion struct{}

// sdkName is the package that has cloud.openapi.
const sdkName = "wx-server-sdk"

// Info describes the rule.
func (sdkVersion) Info() lint.Info {
	withSDK := func(version string) lint.File {
		text := "{\n  \"name\": \"notify\",\n  \"main\": \"index.js\",\n  \"dependencies\": {\n    " + version + "\n  }\n}\n"
		return lint.File{Name: "package.json", Text: text}
	}
	return lint.Info{
		ID:       "sdk-version",
		Severity: lint.Warning,
		Title: lint.Words{
			En: "wx-server-sdk is missing, too old, or not pinned",
			Zh: "wx-server-sdk 缺失、版本过低或没有锁定版本",
		},
		What: lint.Words{
			En: "A function whose code requires wx-server-sdk although its package.json does not list it and its node_modules does not hold it; " +
				"a version in package.json, or pinned by package-lock.json, that is older than an interface the code calls (both warnings); " +
				"`latest` or `*` without a package-lock.json that pins a version, in a function that makes cloud calls (a notice). " +
				"A range such as `~2.6.3` counts as too old when its newest version is. A function without a package.json is left alone.",
			Zh: "代码加载了 wx-server-sdk，package.json 却没有列出它，node_modules 里也没有（警告）；" +
				"package.json 写明或 package-lock.json 锁定的版本低于所调用接口的要求（警告）；" +
				"发起云调用的函数写成 `latest` 或 `*`，又没有 package-lock.json 锁定版本（提示）。" +
				"像 `~2.6.3` 这样的范围，只有其中最新的版本仍然过低时才算过低。没有 package.json 的函数不检查。",
		},
		Why: lint.Words{
			En: "Without the package the function ends at its first line with “Cannot find module”. A version that is too old does not have the interface. " +
				"With `latest` every installation may bring another version, so a deploy can change what the function does though its code did not change.",
			Zh: "缺少这个包，函数第一行就会报 “Cannot find module”。版本过低则没有相应的接口。" +
				"写 `latest` 时每次安装都可能得到不同的版本，代码没变，重新部署后行为却可能变了。",
		},
		Remedy: lint.Words{
			En: "Run `npm install wx-server-sdk` in the function's folder, or write a version you have tested.",
			Zh: "在函数目录里执行 `npm install wx-server-sdk`，或写上你测试过的版本。",
		},
		Bad:  []lint.File{{Name: "index.js", Text: sendCode}, {Name: "config.json", Text: sendConfig}, withSDK(`"tcb-router": "^1.1.2"`)},
		Good: []lint.File{{Name: "index.js", Text: sendCode}, {Name: "config.json", Text: sendConfig}, withSDK(`"wx-server-sdk": "~2.6.3"`)},
	}
}

// Check compares package.json with what the code requires and calls.
func (sdkVersion) Check(fn lint.Facts, report func(lint.Diagnostic)) {
	p := fn.Function.Package
	if !fn.Code.UsesSDK || !p.Exists || !dependenciesKnown(p) {
		return
	}
	at := slices.IndexFunc(p.Dependencies, func(d config.Dependency) bool { return d.Name == sdkName })
	switch {
	case at >= 0:
		checkVersion(fn, p.Dependencies[at], report)
	case !named(p.Others, sdkName):
		checkMissingSDK(fn, report)
	}
}

// checkMissingSDK reports the first request that leads nowhere. What a file
// outside the folder requests is found, or not, from where that file ends up.
func checkMissingSDK(fn lint.Facts, report func(lint.Diagnostic)) {
	message := lint.Words{
		En: "{sdk} is required here, but {file} does not list it",
		Zh: "这里加载了 {sdk}，但 {file} 没有列出这个依赖",
	}
	if named(fn.Function.Package.Development, sdkName) {
		message = lint.Words{
			En: "{sdk} is only in the devDependencies of {file}, which a deployed function does not have",
			Zh: "{sdk} 只在 {file} 的 devDependencies 里，部署后的函数没有它",
		}
	}
	for _, wanted := range fn.Code.Packages {
		if wanted.Name != sdkName || wanted.Found || wanted.Optional || fn.Code.IsOutside(wanted.File) {
			continue
		}
		report(lint.Diagnostic{
			Place:   fn.InCode(wanted.Span),
			Message: message.With("sdk", sdkName, "file", packageFile(fn)),
			Help: lint.Words{
				En: "in the function's folder: npm install {sdk}",
				Zh: "请在函数目录里执行：npm install {sdk}",
			}.With("sdk", sdkName),
		})
		return
	}
}

// checkVersion judges the version that will be installed: the one the lock file
// pins, else the newest that package.json allows. Lock files are long; one is
// read only if it can make a difference.
func checkVersion(fn lint.Facts, d config.Dependency, report func(lint.Diagnostic)) {
	place := lint.Place{File: packageFile(fn), Line: d.At.Line, Column: d.At.Column, EndLine: d.At.Line, EndColumn: d.At.EndColumn}
	api, needed := mostDemanding(fn)
	least, _, _ := parseVersion(needed)
	if lowest, ok := lowerLimit(d.Version); ok && lowest.compare(least) >= 0 {
		return
	}
	pinned := pinnedSDK(fn)
	if pinned == "" && unpinned(d.Version) {
		if len(fn.Code.Calls)+len(fn.Code.Dynamic) == 0 {
			return // a third of all functions say latest; where nothing is called it matters little
		}
		report(lint.Diagnostic{
			Severity: lint.Notice, Place: place,
			Message: lint.Words{
				En: `{sdk} is "{version}": every installation may bring another version`,
				Zh: `{sdk} 的版本写成了 "{version}"：每次安装都可能得到不同的版本`,
			}.With("sdk", sdkName, "version", d.Version),
			Help: lint.Words{
				En: "write the version you have tested, or keep package-lock.json beside it",
				Zh: "写上你测试过的版本，或把 package-lock.json 一并保留",
			},
		})
		return
	}
	allowed := pinned
	if pinned == "" {
		allowed = d.Version
	}
	highest, ok := upperLimit(allowed)
	if !ok || api == "" || highest.allows(least) {
		return
	}
	message := lint.Words{
		En: "{api} needs {sdk} {needed} or newer; {file} allows {version}",
		Zh: "{api} 需要 {needed} 或更高版本的 {sdk}，{file} 只允许 {version}",
	}
	if pinned != "" {
		message = lint.Words{
			En: "{api} needs {sdk} {needed} or newer; the lock file beside {file} pins {version}",
			Zh: "{api} 需要 {needed} 或更高版本的 {sdk}，{file} 旁的锁定文件固定在 {version}",
		}
	}
	report(lint.Diagnostic{
		API: api, Place: place,
		Message: message.With("api", api, "sdk", sdkName, "needed", needed, "file", place.File, "version", allowed),
		Help: lint.Words{
			En: "in the function's folder: npm install {sdk}@^{needed}",
			Zh: "请在函数目录里执行：npm install {sdk}@^{needed}",
		}.With("sdk", sdkName, "needed", needed),
	})
}

// unpinned reports a version that means whatever is newest.
func unpinned(version string) bool {
	switch strings.TrimSpace(version) {
	case "", "*", "x", "X", "latest":
		return true
	}
	return false
}

// pinnedSDK is the version that a lock file beside package.json pins, or "".
// npm-shrinkwrap.json goes before package-lock.json, as with npm.
func pinnedSDK(fn lint.Facts) string {
	if !fn.Function.Package.Locked {
		return ""
	}
	for _, file := range []string{"npm-shrinkwrap.json", "package-lock.json"} {
		if text, err := fn.Source(file); err == nil {
			return config.LockedVersion(text, sdkName)
		}
	}
	return ""
}

// mostDemanding is the called interface that needs the newest SDK.
func mostDemanding(fn lint.Facts) (api, needed string) {
	var most version
	for i := range fn.Code.Calls {
		known, _ := catalog.Lookup(fn.Code.Calls[i].API)
		if v, parts, ok := parseVersion(known.MinSDK); ok && parts > 0 && v.compare(most) > 0 {
			api, needed, most = known.Name, known.MinSDK, v
		}
	}
	return api, needed
}

func packageFile(fn lint.Facts) string { return path.Join(fn.Dir, "package.json") }
