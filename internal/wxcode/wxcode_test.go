package wxcode_test

import (
	"strconv"
	"strings"
	"testing"

	"wxcloud/internal/wxcode"
)

func itoa(n int) string { return strconv.Itoa(n) }

func TestTableIsSound(t *testing.T) {
	classes := map[wxcode.Class]bool{
		wxcode.Permission: true, wxcode.Credential: true, wxcode.Allowlist: true, wxcode.Account: true,
		wxcode.Environment: true, wxcode.Function: true, wxcode.Argument: true, wxcode.Limit: true,
		wxcode.Service: true, wxcode.OpenData: true, wxcode.Database: true, wxcode.Storage: true,
		wxcode.Content: true, wxcode.Retired: true,
	}
	certainties := map[wxcode.Certainty]bool{wxcode.Documented: true, wxcode.Reported: true, wxcode.Inferred: true}
	seen := map[string]bool{}
	check := func(key string, class wxcode.Class, certainty wxcode.Certainty, url string) {
		t.Helper()
		if seen[key] {
			t.Errorf("%s stands twice", key)
		}
		seen[key] = true
		if !classes[class] || !certainties[certainty] {
			t.Errorf("%s: class %q, certainty %q", key, class, certainty)
		}
		if url != "" && !strings.HasPrefix(url, "https://") {
			t.Errorf("%s: %q is not a link", key, url)
		}
	}
	for _, c := range wxcode.All() {
		check(itoa(c.Number), c.Class, c.Certainty, c.DocURL)
		if c.Name == "" || c.Number == 0 {
			t.Errorf("%d has no name", c.Number)
		}
	}
	for _, n := range wxcode.AllNamed() {
		check(n.Name, n.Class, n.Certainty, n.DocURL)
	}
}

// The upload key's allow-list and the API's are two lists on two pages; a
// neighbouring class would send people to the wrong one.
func TestAllowListsAreToldApart(t *testing.T) {
	key, _ := wxcode.Lookup(-10008)
	api, _ := wxcode.Lookup(40164)
	if key.Class != wxcode.Allowlist || api.Class != wxcode.Allowlist || key.DocURL == api.DocURL {
		t.Errorf("%+v and %+v", key, api)
	}
}

func TestLookupNameFallsBackOnTheFamily(t *testing.T) {
	for name, want := range map[string]string{
		"ResourceNotFound.Function":                  "ResourceNotFound.Function",
		"InvalidParameterValue.BrandNew":             "InvalidParameterValue",
		"FailedOperation.A.B":                        "FailedOperation",
		"FailedOperation.FunctionStatusError.Active": "FailedOperation.FunctionStatusError",
		"Nonsense.Function":                          "",
		"":                                           "",
		".":                                          "",
	} {
		got, ok := wxcode.LookupName(name)
		if got.Name != want || ok != (want != "") {
			t.Errorf("LookupName(%q) = %q, %v; want %q", name, got.Name, ok, want)
		}
	}
}

func TestAllReturnsACopy(t *testing.T) {
	wxcode.All()[0].Number = 7
	if _, ok := wxcode.Lookup(7); ok {
		t.Error("the table can be changed from outside")
	}
}
