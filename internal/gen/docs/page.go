package main

import (
	"bytes"
	"fmt"
	"path"
	"strings"

	"wxcloud/lint"
)

// The words around a rule's own.
var (
	headWhat    = lint.Words{En: "What it finds", Zh: "检查什么"}
	headWhy     = lint.Words{En: "Why it matters", Zh: "为什么重要"}
	headExample = lint.Words{En: "Example", Zh: "示例"}
	headRemedy  = lint.Words{En: "What to do", Zh: "怎么办"}
	sayPrinted  = lint.Words{En: "`wxcloud lint` prints:", Zh: "`wxcloud lint` 的输出："}
	sayGood     = lint.Words{En: "Put right:", Zh: "改正后："}
	sayEdit     = lint.Words{
		En: "<!-- Made by go run ./internal/gen/docs from lint/rules; edit it there. -->",
		Zh: "<!-- 由 go run ./internal/gen/docs 根据 lint/rules 生成，请修改那里。 -->",
	}
	indexTitle = lint.Words{En: "Lint rules", Zh: "检查规则"}
	indexBody  = lint.Words{
		En: "What `wxcloud lint` looks for. Errors make it exit with 1; warnings and notices alone do not.",
		Zh: "`wxcloud lint` 检查的内容。有错误时退出码为 1，只有警告和提示时为 0。",
	}
	indexHead = lint.Words{En: "| rule | severity | finds |", Zh: "| 规则 | 级别 | 发现的问题 |"}
	otherLang = lint.Words{En: "简体中文", Zh: "English"}
)

var severities = map[lint.Severity]lint.Words{
	lint.Error:   {En: "error", Zh: "错误"},
	lint.Warning: {En: "warning", Zh: "警告"},
	lint.Notice:  {En: "notice", Zh: "提示"},
}

// pageName is the file of a page: the Chinese one stands beside the English one.
func pageName(id string, lang lint.Lang) string {
	if lang == lint.Chinese {
		return id + ".zh-CN.md"
	}
	return id + ".md"
}

func other(lang lint.Lang) lint.Lang {
	if lang == lint.Chinese {
		return lint.English
	}
	return lint.Chinese
}

// rulePage is the page of one rule; printed is what lint says of its bad example.
func rulePage(info lint.Info, lang lint.Lang, printed string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n\n# %s\n\n", sayEdit.In(lang), info.ID)
	fmt.Fprintf(&b, "**%s** · %s · [%s](%s)\n\n",
		severities[info.Severity].In(lang), info.Title.In(lang), otherLang.In(lang), pageName(info.ID, other(lang)))
	fmt.Fprintf(&b, "## %s\n\n%s\n\n", headWhat.In(lang), info.What.In(lang))
	fmt.Fprintf(&b, "## %s\n\n%s\n\n", headWhy.In(lang), info.Why.In(lang))
	fmt.Fprintf(&b, "## %s\n\n", headExample.In(lang))
	for _, f := range info.Bad {
		showFile(&b, f)
	}
	fmt.Fprintf(&b, "%s\n\n```text\n%s```\n\n", sayPrinted.In(lang), printed)
	fmt.Fprintf(&b, "%s\n\n", sayGood.In(lang))
	for _, f := range info.Good {
		if !holds(info.Bad, f) {
			showFile(&b, f)
		}
	}
	fmt.Fprintf(&b, "## %s\n\n%s\n", headRemedy.In(lang), info.Remedy.In(lang))
	return b.Bytes()
}

func holds(files []lint.File, file lint.File) bool {
	for _, f := range files {
		if f == file {
			return true
		}
	}
	return false
}

func showFile(b *bytes.Buffer, f lint.File) {
	language := strings.TrimPrefix(path.Ext(f.Name), ".")
	fmt.Fprintf(b, "`%s`\n\n```%s\n%s```\n\n", f.Name, language, f.Text)
}

// indexPage lists the rules.
func indexPage(all []lint.Rule, lang lint.Lang) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n\n# %s\n\n", sayEdit.In(lang), indexTitle.In(lang))
	fmt.Fprintf(&b, "[%s](%s)\n\n%s\n\n", otherLang.In(lang), pageName("README", other(lang)), indexBody.In(lang))
	fmt.Fprintf(&b, "%s\n|---|---|---|\n", indexHead.In(lang))
	for _, rule := range all {
		info := rule.Info()
		fmt.Fprintf(&b, "| [%s](%s) | %s | %s |\n",
			info.ID, pageName(info.ID, lang), severities[info.Severity].In(lang), info.Title.In(lang))
	}
	return b.Bytes()
}
