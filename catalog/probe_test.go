package catalog

import (
	"slices"
	"testing"
)

func TestProbes(t *testing.T) {
	names := Probes()
	if !slices.IsSorted(names) || len(names) == 0 {
		t.Errorf("%q are not in order", names)
	}
	for _, name := range names {
		p, ok := LookupProbe(name)
		i, known := Lookup(name)
		switch {
		case !ok || !known || i.Status != Active || i.Params == nil:
			t.Errorf("%s is no active interface with documented codes", name)
		case p.Args == "" || p.Why == "" || p.WhyZh == "" || p.DocURL != i.DocURL:
			t.Errorf("%s does not say why it is safe, or names another document", name)
		}
		for _, code := range p.Expect {
			if !slices.ContainsFunc(i.Params.Errors, func(e ErrorCode) bool { return e.Code == code }) {
				t.Errorf("%s expects %d, which its document does not list", name, code)
			}
		}
	}
	if _, ok := LookupProbe("urlscheme.generate"); ok {
		t.Error("an interface that makes something is probed")
	}
}
