package rules

import (
	"path"
	"slices"
	"strings"

	"wxcloud/config"
	"wxcloud/lint"
	"wxcloud/lint/js"
)

// missingModule finds requests that lead nowhere once the function is deployed.
type missingModule struct{}

// Info describes the rule.
func (missingModule) Info() lint.Info {
	return lint.Info{
		ID:       "missing-module",
		Severity: lint.Warning,
		Title: lint.Words{
			En: "a file or package the code loads is not there",
			Zh: "代码加载的文件或依赖包不存在",
		},
		What: lint.Words{
			En: "A relative `require` or `import` that leads to no file, also one that only differs from a file's name in upper and lower case; " +
				"and a package that neither stands in the `dependencies` of the function's own package.json nor lies in its node_modules. " +
				"What is loaded in a `try` block, or only under a condition about the environment such as `process.env.LOCAL`, may be absent and is passed over. Packages are not looked for where the function has no package.json. wx-server-sdk is the business of `sdk-version`.",
			Zh: "相对路径的 `require` 或 `import` 找不到文件（包括只差大小写的情况）；" +
				"或者加载的依赖包既不在该函数自己的 package.json 的 `dependencies` 里，也不在它的 node_modules 里。" +
				"写在 `try` 里，或以运行环境为条件（例如 `process.env.LOCAL`）的加载允许不存在，不作检查。没有 package.json 的函数不检查依赖包。wx-server-sdk 由 `sdk-version` 检查。",
		},
		Why: lint.Words{
			En: "Node.js throws `Cannot find module` and the function does not start. " +
				"Windows and macOS find `./Common` where the file is `common.js`; the cloud runs Linux and does not. " +
				"Each function is installed by itself: a package of another function, or of the project, is not there.",
			Zh: "Node.js 会抛出 `Cannot find module`，函数无法启动。" +
				"文件名是 `common.js` 时，写 `./Common` 在 Windows 和 macOS 上能加载，云端是 Linux，加载不到。" +
				"每个函数单独安装依赖，用不到其他函数或项目根目录的依赖包。",
		},
		Remedy: lint.Words{
			En: "Correct the path, add the file, or add the package in the function's folder with `npm install NAME`.",
			Zh: "改正路径、补上文件，或者在函数目录里执行 `npm install 包名`。",
		},
		Bad: []lint.File{
			{Name: "index.js", Text: "const axios = require('axios')\nconst { format } = require('./Date')\n\nexports.main = async () => format((await axios.get('https://example.com')).data)\n"},
			{Name: "date.js", Text: dateCode},
			{Name: "package.json", Text: "{\n  \"dependencies\": {}\n}\n"},
		},
		Good: []lint.File{
			{Name: "index.js", Text: "const axios = require('axios')\nconst { format } = require('./date')\n\nexports.main = async () => format((await axios.get('https://example.com')).data)\n"},
			{Name: "date.js", Text: dateCode},
			{Name: "package.json", Text: "{\n  \"dependencies\": {\n    \"axios\": \"^1.7.0\"\n  }\n}\n"},
		},
	}
}

const dateCode = "exports.format = (text) => new Date(text).toISOString()\n"

// Check looks at the requests that reached nothing.
func (missingModule) Check(fn lint.Facts, report func(lint.Diagnostic)) {
	for i := range fn.Code.Missing {
		if m := &fn.Code.Missing[i]; !m.Optional && !m.Guarded {
			report(missingFile(fn, m))
		}
	}
	// Without a package.json the function gets its packages in a way lint cannot see.
	if pack := fn.Function.Package; !pack.Exists || !dependenciesKnown(pack) {
		return
	}
	var told []string
	for i := range fn.Code.Packages {
		p := &fn.Code.Packages[i]
		if p.Found || p.Optional || p.Guarded || slices.Contains(told, p.Name) || !installable(fn, p) ||
			installed(fn.Function.Package, p) || oneOfSeveral(fn, p) {
			continue
		}
		told = append(told, p.Name)
		report(missingPackage(fn, p))
	}
}

func missingFile(fn lint.Facts, m *js.MissingModule) lint.Diagnostic {
	d := lint.Diagnostic{
		Place:   fn.InCode(m.Span),
		Message: lint.Words{En: "{request} leads to no file", Zh: "{request} 找不到对应的文件"}.With("request", m.Request),
		Help: lint.Words{
			En: "correct the path or add the file; what may be absent is loaded in a try block",
			Zh: "请改正路径或补上文件；允许不存在的文件请放在 try 里加载",
		},
	}
	if m.OtherCase != "" {
		d.Message = lint.Words{
			En: "{request} leads to no file: the cloud tells upper from lower case",
			Zh: "{request} 找不到对应的文件：云端区分大小写",
		}.With("request", m.Request)
		d.Help = lint.Words{En: "write {other}", Zh: "请写成 {other}"}.With("other", m.OtherCase)
	}
	return d
}

func missingPackage(fn lint.Facts, p *js.Package) lint.Diagnostic {
	pack := fn.Function.Package
	d := lint.Diagnostic{
		Place: fn.InCode(p.Span),
		Message: lint.Words{
			En: "{name} is neither in node_modules nor in the dependencies of {package}",
			Zh: "{name} 既不在 node_modules 里，也不在 {package} 的 dependencies 里",
		},
		Help: lint.Words{En: "in the function's folder: npm install {name}", Zh: "请在函数目录里执行：npm install {name}"},
	}
	switch {
	case named(pack.Development, p.Name):
		d.Message = lint.Words{
			En: "{name} is only in the devDependencies of {package}, which a deployed function does not have",
			Zh: "{name} 只在 {package} 的 devDependencies 里，部署后的函数没有它",
		}
	case inOtherCase(pack.Dependencies, p.Name) != "":
		d.Help = lint.Words{En: "the dependency is named {other}", Zh: "依赖包的名字是 {other}"}.With("other", inOtherCase(pack.Dependencies, p.Name))
	}
	values := []string{"name", p.Name, "package", path.Join(fn.Dir, "package.json")}
	d.Message, d.Help = d.Message.With(values...), d.Help.With(values...)
	return d
}

// oneOfSeveral reports whether the request might also be one for another package:
// its name is computed, and not all that it may come to need ever be asked for.
func oneOfSeveral(fn lint.Facts, p *js.Package) bool {
	return slices.ContainsFunc(fn.Code.Packages, func(other js.Package) bool { return other.Span == p.Span && other.Name != p.Name })
}

// dependenciesKnown reports whether package.json, if there is one, could be read.
func dependenciesKnown(p config.Package) bool {
	return !slices.ContainsFunc(p.Problems, func(p config.Problem) bool { return p.Fatal || p.ID == "config/want-object" })
}

// installable reports whether a request is one for a package of npm's that the
// function must have itself. Bundlers and compilers give names of their own a
// meaning, and a file outside the folder has other packages around it. Of what
// TypeScript imports, nothing may be left when it is compiled.
func installable(fn lint.Facts, p *js.Package) bool {
	scope, bare, scoped := strings.Cut(p.Name, "/")
	if !scoped {
		scope, bare = "", p.Name
	}
	return p.Name != "wx-server-sdk" && !fn.Code.IsOutside(p.File) && !typeScript(p.File) &&
		bare != "" && scope != "@" && !strings.ContainsAny(bare[:1], "@~._$#") && !strings.ContainsAny(p.Name, " \\?*{}()[]|<>")
}

func typeScript(file string) bool {
	ext := path.Ext(file)
	return ext == ".ts" || ext == ".tsx" || ext == ".mts" || ext == ".cts"
}

func installed(pack config.Package, p *js.Package) bool {
	return pack.Declares(p.Name) || named(pack.Others, p.Name)
}

func named(list []config.Dependency, name string) bool {
	return slices.ContainsFunc(list, func(d config.Dependency) bool { return d.Name == name })
}

func inOtherCase(list []config.Dependency, name string) string {
	for _, d := range list {
		if strings.EqualFold(d.Name, name) {
			return d.Name
		}
	}
	return ""
}
