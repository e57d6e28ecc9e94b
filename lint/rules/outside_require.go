package rules

import (
	"path"

	"wxcloud/lint"
)

// outsideRequire finds requests that leave the function's folder.
type outsideRequire struct{}

// Info describes the rule.
func (outsideRequire) Info() lint.Info {
	return lint.Info{
		ID:       "outside-require",
		Severity: lint.Warning,
		Title: lint.Words{
			En: "the code loads a file outside the function's folder",
			Zh: "代码加载了函数目录之外的文件",
		},
		What: lint.Words{
			En: "A `require` or `import` in the function's folder that reaches a file outside of it, such as `require('../common/db')`. " +
				"Calls in that file count for this function.",
			Zh: "函数目录里的 `require` 或 `import` 加载了目录之外的文件，例如 `require('../common/db')`。" +
				"那个文件里的云调用算作本函数的调用。",
		},
		Why: lint.Words{
			En: "Only the function's own folder is uploaded. The file is on your computer and not in the cloud, " +
				"so what works in local debugging fails there with `Cannot find module`.",
			Zh: "上传的只有函数自己的目录。这个文件在你的电脑上，云端却没有，因此本地调试正常，到云端就会报 `Cannot find module`。",
		},
		Remedy: lint.Words{
			En: "Name what functions share under `copy` in wxcloud.json, and require it at the place where the copy lands: " +
				"each deploy copies it into the package, and lint follows it. Or copy the file into the function's folder yourself, or publish it as an npm package.",
			Zh: "在 wxcloud.json 的 `copy` 里写明多个函数共用的目录或文件，代码按复制后的位置 require：" +
				"每次部署都会把它复制进代码包，检查也会跟进去。也可以自己把文件复制到函数目录里，或者发布成 npm 包。",
		},
		Bad: []lint.File{
			{Name: "index.js", Text: "const { format } = require('../common/date')\n\nexports.main = async () => format('2026-01-01')\n"},
			{Name: "../common/date.js", Text: dateCode},
		},
		Good: []lint.File{
			{Name: "index.js", Text: "const { format } = require('./common/date')\n\nexports.main = async () => format('2026-01-01')\n"},
			{Name: "common/date.js", Text: dateCode},
		},
	}
}

// Check reports where the folder is left, once for each request: what is loaded
// from there on follows from it. TypeScript may be bundled before it is uploaded.
func (outsideRequire) Check(fn lint.Facts, report func(lint.Diagnostic)) {
	last := lint.Place{}
	for i := range fn.Code.Requests {
		r := &fn.Code.Requests[i]
		at := fn.InCode(r.Span)
		if !fn.Code.IsOutside(r.File) || fn.Code.IsOutside(r.Span.File) || typeScript(r.Span.File) || at == last {
			continue
		}
		last = at
		report(lint.Diagnostic{
			Place: at,
			Message: lint.Words{
				En: "{file} is outside the function's folder, so it is not uploaded with it",
				Zh: "{file} 在函数目录之外，不会随函数一起上传",
			}.With("file", path.Join(fn.Dir, r.File)),
			Help: lint.Words{
				En: "copy it into the function's folder, or have it copied at each deploy: \"copy\" in wxcloud.json",
				Zh: "请把它复制到函数目录里，或在 wxcloud.json 里用 copy 让每次部署自动复制",
			},
		})
	}
}
