package rules

import (
	"strings"

	"wxcloud/lint"
)

// unusedDirective is about the comments that disable findings.
type unusedDirective struct{}

// Info describes the rule.
func (unusedDirective) Info() lint.Info {
	return lint.Info{
		ID:       "unused-directive",
		Severity: lint.Warning,
		Title: lint.Words{
			En: "a comment that disables a rule does nothing",
			Zh: "用来忽略规则的注释没有起作用",
		},
		What: lint.Words{
			En: "A comment such as `// wxcloud-disable-next-line undeclared-api REASON` where that rule finds nothing; one that names no rule, or a rule that does not exist; " +
				"a comment that begins with `wxcloud-disable` or `wxcloud-enable` and is none of `wxcloud-disable-next-line`, `wxcloud-disable-line`, `wxcloud-disable` and `wxcloud-enable`; " +
				"and an entry of `lint.ignore` in wxcloud.json that matches no finding. " +
				"Where lint could not read everything, unused comments are not reported.",
			Zh: "像 `// wxcloud-disable-next-line undeclared-api 原因` 这样的注释，但该规则在那里并没有发现问题；注释没有写规则名，或写了不存在的规则；" +
				"以 `wxcloud-disable` 或 `wxcloud-enable` 开头，却不是 `wxcloud-disable-next-line`、`wxcloud-disable-line`、`wxcloud-disable`、`wxcloud-enable` 之一；" +
				"以及 wxcloud.json 的 `lint.ignore` 里没有匹配到任何问题的条目。如果 lint 没能读到全部内容，则不报告未起作用的注释。",
		},
		Why: lint.Words{
			En: "It may once have hidden something that has been put right since; left in place, it hides the next mistake of that kind. One with a slip in it hides nothing at all.",
			Zh: "它要忽略的问题可能早已改正，留着只会掩盖以后同类的错误；如果写错了，则根本没有忽略任何问题。",
		},
		Remedy: lint.Words{
			En: "Delete it, or correct the name. A comment is for the line it stands on or the one below it, and the reason stands behind the rule.",
			Zh: "删除它，或改正其中的名称。注释只对所在行或下一行有效，原因写在规则名后面。",
		},
		Bad: []lint.File{
			{Name: "index.js", Text: strings.Replace(sendCode, "  return", "  // wxcloud-disable-next-line undeclared-api to be declared later\n  return", 1)},
			{Name: "config.json", Text: sendConfig},
		},
		Good: []lint.File{{Name: "index.js", Text: sendCode}, {Name: "config.json", Text: sendConfig}},
	}
}

// Check finds nothing: what is unused is known when all rules have looked.
func (unusedDirective) Check(lint.Facts, func(lint.Diagnostic)) {}

// Explain has the words for what lint found out. Where there is no directive it
// is about an entry of lint.ignore.
func (unusedDirective) Explain(p lint.DirectiveProblem) (message, help lint.Words) {
	switch p.Kind {
	case lint.DirectiveUnknownRule:
		message = lint.Words{En: "there is no rule named {rule}", Zh: "没有名为 {rule} 的规则"}
		help = lint.Words{En: "a finding shows its rule in square brackets", Zh: "规则名见每条结果末尾的方括号"}
	case lint.DirectiveNoRule:
		message = lint.Words{En: "this comment does not say which rule it disables", Zh: "注释没有写明要忽略哪条规则"}
		help = lint.Words{En: "write {directive} RULE REASON", Zh: "请写成 {directive} 规则名 原因"}
	case lint.DirectiveUnknown:
		message = lint.Words{En: "there is no directive named {directive}", Zh: "没有 {directive} 这种注释指令"}
		help = lint.Words{
			En: "there are {directives}", Zh: "可用的有 {directives}",
		}.With("directives", strings.Join(lint.DirectiveNames(), ", "))
	default:
		message = lint.Words{En: "{rule} finds nothing here that would have to be disabled", Zh: "{rule} 在这里没有发现问题，不需要忽略"}
		help = lint.Words{En: "delete the comment", Zh: "请删除这条注释"}
		if p.Directive == "" {
			message = lint.Words{En: "this entry for {rule} matches no finding", Zh: "这一条没有匹配到 {rule} 的任何问题"}
			help = lint.Words{En: "delete the entry", Zh: "请删除这一条"}
		}
	}
	if p.Nearest != "" {
		help = lint.Words{En: "perhaps you mean {nearest}", Zh: "也许是想写 {nearest}"}
	}
	values := []string{"rule", p.Rule, "directive", p.Directive, "nearest", p.Nearest}
	return message.With(values...), help.With(values...)
}
