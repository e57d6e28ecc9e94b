package main

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"wxcloud/cmd/text"
	"wxcloud/internal/wxcode"
)

// The words of the page that are not those of a code.
var (
	edited = text.Sentence{
		En: "<!-- Made by go run ./internal/gen/errors from cmd/text; edit it there. -->",
		Zh: "<!-- 由 go run ./internal/gen/errors 根据 cmd/text 生成，请修改那里。 -->",
	}
	title = text.Sentence{En: "# Error codes", Zh: "# 错误码"}
	other = text.Sentence{En: "[中文](errors.zh-CN.md)", Zh: "[English](errors.md)"}
	intro = text.Sentence{
		En: "What `wxcloud explain CODE` says of each code. Inside a project it says more: which of the causes it is, with the files and records that show it,\nand the one command to run next. Paste a log to have its codes found:",
		Zh: "`wxcloud explain 错误码` 对每个错误码的解释。在项目里运行时还会更进一步：结合文件和记录指出究竟是哪个原因，\n并给出下一步该运行的命令。也可以直接把日志交给它：",
	}
	names     = text.Sentence{En: "`NAME` stands for the interface, `FN` for the function, `ENV` for the environment.", Zh: "`NAME` 代表接口名，`FN` 代表云函数名。"}
	causes    = text.Sentence{En: "Likely causes, the likeliest first:", Zh: "可能的原因，按可能性排列："}
	next      = text.Sentence{En: "What to do:", Zh: "怎么办："}
	namedHead = text.Sentence{En: "Named errors of Tencent Cloud", Zh: "腾讯云的具名错误"}
)

// group is a section of the page: the codes that go away by the same kind of change.
type group struct {
	class wxcode.Class
	title text.Sentence
}

func groups() []group {
	return []group{
		{wxcode.Permission, text.Sentence{En: "Cloud-call permissions", Zh: "云调用权限"}},
		{wxcode.Credential, text.Sentence{En: "Keys, secrets and tokens", Zh: "密钥、AppSecret 与 token"}},
		{wxcode.Allowlist, text.Sentence{En: "IP allow-lists", Zh: "IP 白名单"}},
		{wxcode.Account, text.Sentence{En: "The account and what it may do", Zh: "账号与授权"}},
		{wxcode.Environment, text.Sentence{En: "Environments", Zh: "环境"}},
		{wxcode.Function, text.Sentence{En: "Functions", Zh: "云函数"}},
		{wxcode.Argument, text.Sentence{En: "The request itself", Zh: "请求参数"}},
		{wxcode.Limit, text.Sentence{En: "Limits", Zh: "配额与限制"}},
		{wxcode.Retired, text.Sentence{En: "Withdrawn interfaces", Zh: "已下线的接口"}},
		{wxcode.Content, text.Sentence{En: "Content and the user's decision", Zh: "内容安全与用户选择"}},
		{wxcode.OpenData, text.Sentence{En: "Open data (cloudID)", Zh: "开放数据（cloudID）"}},
		{wxcode.Database, text.Sentence{En: "Database", Zh: "数据库"}},
		{wxcode.Storage, text.Sentence{En: "Storage", Zh: "存储"}},
		{wxcode.Service, text.Sentence{En: "The other side failed", Zh: "服务端故障"}},
	}
}

// page is the whole page in one language.
func page(lang text.Lang) ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s\n%s\n\n%s\n\n%s\n\n```console\n$ wxcloud explain - < function.log\n```\n\n%s\n",
		edited.In(lang), title.In(lang), other.In(lang), intro.In(lang), names.In(lang))
	for _, g := range groups() {
		fmt.Fprintf(&b, "\n## %s\n", g.title.In(lang))
		for _, c := range wxcode.All() {
			if c.Class != g.class {
				continue
			}
			words, ok := text.Code(c.Number)
			if !ok {
				return nil, fmt.Errorf("%d has no words", c.Number)
			}
			entry(&b, lang, strconv.Itoa(c.Number), c.Name, c.Certainty, c.DocURL, words)
		}
	}
	fmt.Fprintf(&b, "\n## %s\n", namedHead.In(lang))
	for _, n := range wxcode.AllNamed() {
		words, ok := text.NamedCode(n.Name)
		if !ok {
			return nil, fmt.Errorf("%s has no words", n.Name)
		}
		entry(&b, lang, n.Name, "", n.Certainty, n.DocURL, words)
	}
	return b.Bytes(), nil
}

// entry writes one code.
func entry(b *bytes.Buffer, lang text.Lang, code, name string, certainty wxcode.Certainty, url string, words text.CodeText) {
	say := func(s text.Sentence) string { return markdown(s.In(lang, "api", "NAME", "function", "FN")) }
	fmt.Fprintf(b, "\n### %s\n\n", code)
	if name != "" {
		fmt.Fprintf(b, "`%s`\n\n", name)
	}
	fmt.Fprintf(b, "**%s**\n\n%s\n", say(words.Title), say(words.Meaning))
	list(b, causes.In(lang), "1. ", words.Causes, say)
	list(b, next.In(lang), "- ", words.Next, say)
	if url == "" {
		url = text.NotDocumented.In(lang)
	}
	fmt.Fprintf(b, "\n*%s*\n", text.Certainty(string(certainty)).In(lang, "url", url))
}

func list(b *bytes.Buffer, head, mark string, items []text.Sentence, say func(text.Sentence) string) {
	if len(items) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s\n\n", head)
	for _, item := range items {
		fmt.Fprintf(b, "%s%s\n", mark, say(item))
	}
}

// markdown keeps what a sentence holds from being read as markup.
func markdown(s string) string {
	return strings.NewReplacer("<", "&lt;", "*", "\\*", "_", "\\_").Replace(s)
}
