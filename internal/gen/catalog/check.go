package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// docHost is the only site the catalog links to: links from elsewhere rot and
// cannot be vouched for.
const docHost = "https://developers.weixin.qq.com/"

// checker collects every contradiction, so that one run shows them all.
type checker struct{ problems []error }

func (c *checker) failf(format string, args ...any) {
	c.problems = append(c.problems, fmt.Errorf(format, args...))
}

// check returns what is wrong with the source.
func check(s source) []error {
	c := &checker{}
	c.accountNotes(s.AccountNotes)
	c.interfaces(s.Interfaces)
	c.fields(s)
	c.notCallable(s)
	return c.problems
}

func (c *checker) accountNotes(notes map[string]words) {
	for account, note := range notes {
		c.oneOf("account_notes", "account", account, "miniprogram", "officialAccount", "any")
		c.texts("account_notes", note.En, note.Zh)
		c.note("account_notes", note.En, note.Zh)
	}
}

func (c *checker) interfaces(all []interfaceSource) {
	byName := map[string]interfaceSource{}
	folded := map[string]string{}
	for i, x := range all {
		if i > 0 && all[i-1].Name >= x.Name {
			c.failf("%s: out of order, must come before %s", x.Name, all[i-1].Name)
		}
		if other, taken := folded[strings.ToLower(x.Name)]; taken {
			c.failf("%s: same name as %s but for case", x.Name, other)
		}
		folded[strings.ToLower(x.Name)] = x.Name
		byName[x.Name] = x
	}
	for _, x := range all {
		c.identity(x)
		c.lifecycle(x, byName)
		for _, alias := range slices.Concat(x.Aliases, x.SuggestedAliases) {
			c.texts(x.Name, alias)
			if strings.Contains(alias, ",") {
				c.failf("%s: alias %q holds a comma", x.Name, alias)
			}
			if other, taken := folded[strings.ToLower(alias)]; taken {
				c.failf("%s: alias %s is already the name or an alias of %s", x.Name, alias, other)
			}
			folded[strings.ToLower(alias)] = x.Name
		}
	}
}

// identity checks what an interface is.
func (c *checker) identity(x interfaceSource) {
	segments := strings.Split(x.Name, ".")
	if len(segments) < 2 || len(segments) > 4 {
		c.failf("%s: a name has two to four segments", x.Name)
	}
	for _, segment := range segments {
		if !isIdentifier(segment) {
			c.failf("%s: segment %q is not an identifier", x.Name, segment)
		}
	}
	c.texts(x.Name, x.TitleZh, x.TitleEn, x.DocName, x.Path, x.DocURL, x.MinSDK, x.Note, x.NoteZh, x.Keywords)
	if !hasHan(x.TitleZh) && x.TitleZh == x.TitleEn || x.TitleZh == "" || x.TitleEn == "" {
		c.failf("%s: title missing in one language", x.Name)
	}
	if hasHan(x.TitleEn) {
		c.failf("%s: English title holds Chinese", x.Name)
	}
	c.oneOf(x.Name, "method", x.Method, "", "GET", "POST")
	if !strings.HasPrefix(x.Path, "/") || strings.ContainsAny(x.Path, " ?#") {
		c.failf("%s: path %q", x.Name, x.Path)
	}
	for _, url := range []string{x.DocURL, x.NoticeURL} {
		if url != "" && !strings.HasPrefix(url, docHost) {
			c.failf("%s: link %q does not point to %s", x.Name, url, docHost)
		}
	}
	if strings.Count(x.MinSDK, ".") != 2 {
		c.failf("%s: min_sdk %q", x.Name, x.MinSDK)
	}
	c.oneOf(x.Name, "account", x.Account, "miniprogram", "officialAccount", "any")
	c.oneOf(x.Name, "platform", x.Platform, "miniprogram", "minigame", "both")
	c.oneOf(x.Name, "confidence", x.Confidence, "high", "medium")
	if x.Popularity < 0 {
		c.failf("%s: popularity below zero", x.Name)
	}
	c.note(x.Name, x.Note, x.NoteZh)
}

// lifecycle checks whether and how an interface ended.
func (c *checker) lifecycle(x interfaceSource, byName map[string]interfaceSource) {
	c.oneOf(x.Name, "status", x.Status, "active", "deprecated", "removed")
	active := x.Status == "active"
	if active && (len(x.ReplacedBy) > 0 || x.RetiredOn != "" || x.NoticeURL != "" || x.Inferred) {
		c.failf("%s: active, yet it says how it ended", x.Name)
	}
	if !active && x.Note == "" {
		c.failf("%s: %s without a note", x.Name, x.Status)
	}
	if !active && (x.RetiredOn == "") != x.Inferred {
		c.failf("%s: %s needs either a date or to be marked as inferred", x.Name, x.Status)
	}
	if x.RetiredOn != "" {
		if _, err := time.Parse(time.DateOnly, x.RetiredOn); err != nil {
			c.failf("%s: retired_on: %w", x.Name, err)
		}
		if !strings.Contains(x.Note, x.RetiredOn) || !strings.Contains(x.NoteZh, x.RetiredOn) {
			c.failf("%s: the note does not say %s", x.Name, x.RetiredOn)
		}
	}
	if x.Inferred && (!strings.Contains(x.Note, "inference") || !strings.Contains(x.NoteZh, "推断")) {
		c.failf("%s: the note does not say that this is an inference", x.Name)
	}
	for _, name := range x.ReplacedBy {
		if other, known := byName[name]; !known || other.Status != "active" {
			c.failf("%s: replacement %s is not an active interface", x.Name, name)
		}
		if !strings.Contains(x.Note, name) || !strings.Contains(x.NoteZh, name) {
			c.failf("%s: the note does not name its replacement %s", x.Name, name)
		}
	}
}

// note checks that a note is told in both languages and names no source.
func (c *checker) note(name, en, zh string) {
	if (en == "") != (zh == "") {
		c.failf("%s: note in one language only", name)
	}
	if en != "" && (hasHan(en) || !hasHan(zh)) {
		c.failf("%s: note in the wrong language", name)
	}
	for _, word := range []string{"github", "mirror", "repositor", "undated copy"} {
		if strings.Contains(strings.ToLower(en+zh), word) {
			c.failf("%s: note says %q, which means nothing to a user", name, word)
		}
	}
}

func (c *checker) fields(s source) {
	names := map[string]bool{}
	for _, x := range s.Interfaces {
		names[x.Name] = true
	}
	for i, f := range s.Fields {
		if i > 0 && s.Fields[i-1].Name >= f.Name {
			c.failf("fields of %s: out of order or twice", f.Name)
		}
		if !names[f.Name] {
			c.failf("fields of %s: no such interface", f.Name)
		}
		c.tree(f.Name+" request", f.Request)
		c.tree(f.Name+" response", f.Response)
		codes := map[int]bool{}
		for _, e := range f.Errors {
			if codes[e.Code] || e.Code == 0 {
				c.failf("fields of %s: error code %d twice or zero", f.Name, e.Code)
			}
			codes[e.Code] = true
			c.texts(f.Name, e.Message)
		}
	}
}

// tree checks that no field stands twice and that each field's parent is there.
func (c *checker) tree(where string, fields []fieldSource) {
	names := map[string]bool{}
	for _, f := range fields {
		if names[f.Name] {
			c.failf("%s: field %s twice", where, f.Name)
		}
		names[f.Name] = true
		for segment := range strings.SplitSeq(f.Name, ".") {
			if !isIdentifier(strings.TrimPrefix(strings.TrimSuffix(segment, "[]"), "@")) {
				c.failf("%s: field %q", where, f.Name)
			}
		}
		c.oneOf(where, f.Name, f.Type, "", "string", "number", "boolean", "object", "array", "objarray", "numarray", "buffer", "formdata", "timestamp")
	}
	for _, f := range fields {
		if cut := strings.LastIndexByte(f.Name, '.'); cut >= 0 && !names[strings.TrimSuffix(f.Name[:cut], "[]")] {
			c.failf("%s: field %s has no parent", where, f.Name)
		}
	}
}

func (c *checker) notCallable(s source) {
	taken := map[string]bool{}
	for _, x := range s.Interfaces {
		taken[strings.ToLower(x.Method+" "+x.Path)] = true
		taken[strings.ToLower(x.Name)] = true
	}
	for i, n := range s.NotCallable {
		if i > 0 && (s.NotCallable[i-1].Path > n.Path) {
			c.failf("%s: out of order", n.Path)
		}
		c.oneOf(n.Path, "method", n.Method, "GET", "POST")
		c.texts(n.Path, n.TitleZh, n.DocName)
		if !strings.HasPrefix(n.Path, "/") || !hasHan(n.TitleZh) {
			c.failf("%s %s: path or title", n.Method, n.Path)
		}
		for _, key := range append([]string{n.Method + " " + n.Path}, n.OldNames...) {
			if taken[strings.ToLower(key)] {
				c.failf("%s: %s is callable or stands twice", n.Path, key)
			}
			taken[strings.ToLower(key)] = true
		}
	}
}

func (c *checker) oneOf(where, what, value string, allowed ...string) {
	if !slices.Contains(allowed, value) {
		c.failf("%s: %s is %q, want one of %q", where, what, value, allowed)
	}
}

// texts checks that cells fit into a tab-separated line.
func (c *checker) texts(where string, texts ...string) {
	for _, text := range texts {
		if strings.TrimSpace(text) != text || strings.ContainsFunc(text, unicode.IsControl) {
			c.failf("%s: %q has space around it or a control character in it", where, text)
		}
	}
}

func isIdentifier(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	})
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
