package catalog

import (
	"math/bits"
	"slices"
	"strings"
	"unicode"
)

// Match is an interface a search found. Score ranks matches of one search; it
// means nothing across searches.
type Match struct {
	Interface Interface
	Score     int
}

// maxTerms is how many words of a search count.
const maxTerms = 16

// Search returns the interfaces that text describes, best first, at most limit
// of them (all when limit is not positive). Text may be Chinese, English, part
// of a name, an HTTP path, or the name of a documentation page; every word of it
// must be found. Among equally good matches what is alive and widely used leads.
func Search(text string, limit int) []Match {
	q := newQuery(text)
	t := load()
	var matches []Match
	for _, at := range t.byUse {
		i := &t.interfaces[at]
		score := q.score(record{
			name: i.Name, docName: i.DocName, path: i.Path,
			titles: []string{i.TitleZh, i.TitleEn}, keywords: i.keywords,
			others: append(slices.Clone(i.Aliases), i.SuggestedAliases...),
		})
		if score == 0 {
			continue
		}
		// Use breaks near ties and no more: ten times as many users are worth
		// about as much as a word found in the title and not in the name.
		score += 3 * bits.Len(uint(i.Popularity))
		switch i.Status {
		case Removed:
			score -= 40
		case Deprecated:
			score -= 20
		}
		matches = append(matches, Match{Interface: *i, Score: max(score, 1)})
	}
	slices.SortStableFunc(matches, func(a, b Match) int { return b.Score - a.Score })
	if limit > 0 && len(matches) > limit {
		matches = matches[:limit]
	}
	return matches
}

// SearchNotCallable is Search among the interfaces that have no cloud call.
func SearchNotCallable(text string, limit int) []NotCallable {
	q := newQuery(text)
	type match struct {
		NotCallable
		score int
	}
	var matches []match
	for _, n := range load().notCallable {
		if score := q.score(record{name: n.Name(), docName: n.DocName, path: n.Path, titles: []string{n.TitleZh}, others: n.OldNames}); score > 0 {
			matches = append(matches, match{n, score})
		}
	}
	slices.SortStableFunc(matches, func(a, b match) int { return b.score - a.score })
	var found []NotCallable
	for _, m := range matches {
		if limit > 0 && len(found) == limit {
			break
		}
		found = append(found, m.NotCallable)
	}
	return found
}

// record is what of an interface is searched.
type record struct {
	name, docName, path string
	titles              []string
	keywords            string
	others              []string
}

// query is a search text made ready: folded, and cut into terms.
type query struct {
	whole string
	terms []string
}

func newQuery(text string) query {
	if len(text) > maxInput {
		text = strings.ToValidUTF8(text[:maxInput], "")
	}
	whole := strings.Join(strings.Fields(fold(text)), " ")
	if strings.Contains(whole, "openapi") {
		whole = trimCall(whole)
	}
	// A slash between words is no path: 绑定/解绑.
	if path, isURL := httpPath(whole); len(path) > 1 && (isURL || whole[0] == '/' || strings.Contains(whole, " /")) {
		return query{whole: path, terms: []string{path}}
	}
	terms := words(whole)
	return query{whole: whole, terms: terms[:min(len(terms), maxTerms)]}
}

// The worth of a term by where it is found. Sums over terms are compared, so a
// word of a name or a title outweighs any number of loose hits.
const (
	worthWhole    = 200 // the whole text is the name, or the documentation name
	worthTitleAll = 60  // a title or keyword is, or holds, the whole text
	worthCovered  = 10  // ... and nothing else, less where it holds more
	worthWord     = 50  // a whole word of the name
	worthTitle    = 45
	worthKeyword  = 35
	worthPart     = 30 // part of a name, of its path or of another spelling
	worthLoose    = 20 // Chinese that shares most of its pairs of characters
)

// score is the worth of r to the query; 0 when a term is not in it, or when
// there is none.
func (q query) score(r record) int {
	if len(q.terms) == 0 {
		return 0
	}
	name := strings.ToLower(r.name)
	docName := strings.ToLower(r.docName)
	path := strings.ToLower(r.path)
	others := strings.ToLower(strings.Join(r.others, " "))
	var titles []string
	for _, title := range r.titles {
		titles = append(titles, fold(title))
	}
	keywords := fold(r.keywords)
	nameWords := words(splitCamel(r.name + " " + r.docName))

	total := 0
	for _, term := range q.terms {
		var worth int
		switch {
		case slices.Contains(nameWords, term):
			worth = worthWord
		case contains(titles, term):
			worth = worthTitle
		case strings.Contains(keywords, term):
			worth = worthKeyword
		case strings.Contains(name, term), strings.Contains(docName, term), strings.Contains(path, term), strings.Contains(others, term):
			worth = worthPart
		case isHan(term) && pairsShared(term, strings.Join(titles, "\n")+"\n"+keywords):
			worth = worthLoose
		default:
			return 0
		}
		total += worth
	}
	// The mean, so that a long text does not drown what follows.
	total /= len(q.terms)
	switch {
	case q.whole == name, q.whole == docName, q.whole == path:
		total += worthWhole
	case contains(titles, q.whole):
		total += worthTitleAll + covered(titles, q.whole)
	case strings.Contains(" "+keywords+" ", " "+q.whole+" "),
		strings.Join(nameWords[:min(len(q.terms), len(nameWords))], " ") == q.whole:
		total += worthTitleAll
	}
	return total
}

func contains(titles []string, text string) bool {
	return slices.ContainsFunc(titles, func(title string) bool { return strings.Contains(title, text) })
}

// covered is worthCovered for a title that is just text, and less for a longer one.
func covered(titles []string, text string) int {
	best := 0
	for _, title := range titles {
		if strings.Contains(title, text) {
			best = max(best, worthCovered*len(text)/len(title))
		}
	}
	return best
}

// pairsShared reports whether at least two thirds of the neighbouring pairs of
// characters of term are in text: 发订阅消息 is meant to find 发送订阅消息.
func pairsShared(term, text string) bool {
	runes := []rune(term)
	shared := 0
	for i := range len(runes) - 1 {
		if strings.Contains(text, string(runes[i:i+2])) {
			shared++
		}
	}
	return shared > 0 && 3*shared >= 2*(len(runes)-1)
}

// words cuts folded text where letters end and where Chinese begins or ends.
func words(text string) []string {
	var all []string
	start, han := -1, false
	flush := func(end int) {
		if start >= 0 && !slices.Contains(all, text[start:end]) {
			all = append(all, text[start:end])
		}
		start = -1
	}
	for at, r := range text {
		isWord := unicode.IsLetter(r) || unicode.IsDigit(r)
		if !isWord || start >= 0 && han != unicode.Is(unicode.Han, r) {
			flush(at)
		}
		if isWord && start < 0 {
			start, han = at, unicode.Is(unicode.Han, r)
		}
	}
	flush(len(text))
	return all
}

// splitCamel puts spaces into getUnlimitedQRCode, and folds it: get unlimited
// qrcode.
func splitCamel(name string) string {
	var b strings.Builder
	lower := false
	for _, r := range name {
		if lower && unicode.IsUpper(r) {
			b.WriteByte(' ')
		}
		lower = unicode.IsLower(r)
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// fold makes letters small and full-width forms, which a Chinese input method
// leaves behind, plain.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case r == '\u3000':
			r = ' '
		}
		return unicode.ToLower(r)
	}, text)
}

func isHan(term string) bool {
	for _, r := range term {
		return unicode.Is(unicode.Han, r)
	}
	return false
}
