package text

// lintErrors are the errors of lint itself. What a rule says belongs to the rule.
var lintErrors = []entry{
	{"lint/not-a-baseline", Sentence{
		"this is not a baseline file (schema {schema}), so it is left alone",
		"这不是基线文件（schema {schema}），没有改动它",
	}},
}
