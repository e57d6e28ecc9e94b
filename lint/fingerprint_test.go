package lint

import (
	"slices"
	"strings"
	"testing"
)

func TestFingerprints(t *testing.T) {
	at := func(line, column int) Diagnostic {
		return Diagnostic{
			Rule: "undeclared-api", Function: "f", API: "a.b", Message: Words{En: "called"},
			Place: Place{File: "f/index.js", Line: line, Column: column, EndLine: line, EndColumn: column + 8},
		}
	}
	prints := func(text string, list ...Diagnostic) []string {
		return reading(map[string]string{"f/index.js": text}).Fingerprints(list)
	}
	before := prints("a.b(1)\na.b(1)\na.b(2)\n", at(1, 1), at(2, 1), at(3, 1))
	if len(slices.Compact(slices.Sorted(slices.Values(before)))) != 3 {
		t.Errorf("fingerprints are not unique: %q", before)
	}

	moved := at(7, 3)
	moved.Message = Words{En: "is called"}
	if after := prints("\n\n\n\n\n\n\t\ta.b(2)\n", moved); after[0] != before[2] {
		t.Error("a finding that moved is another finding")
	}

	for what, change := range map[string]func(*Diagnostic){
		"rule":     func(d *Diagnostic) { d.Rule = "other" },
		"function": func(d *Diagnostic) { d.Function = "g" },
		"api":      func(d *Diagnostic) { d.API = "a.c" },
		"file":     func(d *Diagnostic) { d.File = "f/other.js" },
		"line":     func(d *Diagnostic) { d.Line = 3 },
	} {
		other := at(1, 1)
		change(&other)
		if prints("a.b(1)\na.b(1)\na.b(2)\n", other)[0] == before[0] {
			t.Errorf("another %s makes no difference", what)
		}
	}

	// In minified code everything is on one line, which any change changes.
	filler := strings.Repeat("提;", 200)
	one := prints(filler+"a.b.c(1)", at(1, 401))
	two := prints("x;"+filler+"a.b.c(1)", at(1, 403))
	if one[0] != two[0] {
		t.Error("minified: a change elsewhere on the line is another finding")
	}
}
