package catalog

import (
	_ "embed" // the generated tables
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:generate go run -C .. ./internal/gen/catalog

// The generated tables. Strings, so that decoding shares their memory.
var (
	//go:embed interfaces_gen.tsv
	interfacesTable string
	//go:embed fields_gen.tsv
	fieldsTable string
	//go:embed not_callable_gen.tsv
	notCallableTable string
)

// tables is the decoded catalog.
type tables struct {
	interfaces  []Interface // sorted by Name
	byUse       []int       // indexes of interfaces, most widely used and alive first
	notCallable []NotCallable
}

// loaded holds the catalog once it was asked for. A sync.Once and not a
// package-level sync.OnceValue, whose closure would have to be made at start-up.
var loaded struct {
	once sync.Once
	tables
}

func load() *tables {
	loaded.once.Do(func() { loaded.tables = decode() })
	return &loaded.tables
}

// decode reads the tables. They are part of the program and checked where they
// are generated, so a fault in them is a fault of the build and panics.
func decode() tables {
	t := tables{interfaces: decodeInterfaces(), notCallable: decodeNotCallable()}
	attachParams(t.interfaces)
	joinTwins(t.interfaces)
	t.byUse = make([]int, len(t.interfaces))
	for i := range t.byUse {
		t.byUse[i] = i
	}
	slices.SortStableFunc(t.byUse, func(a, b int) int { return t.interfaces[b].weight() - t.interfaces[a].weight() })
	return t
}

// weight ranks what a name that fits several interfaces most likely means: what
// is alive before what is not, then what is used most, then what a mini program
// calls before what needs an Official Account.
func (i *Interface) weight() int {
	w := 2 * i.Popularity
	if i.Account != OfficialAccount && i.Category != "officialAccount" && !strings.HasPrefix(i.Category, "officialAccount.") {
		w++
	}
	switch i.Status {
	case Removed:
		w -= 2_000_000
	case Deprecated:
		w -= 1_000_000
	}
	return w
}

func decodeInterfaces() []Interface {
	interfaces := make([]Interface, 0, strings.Count(interfacesTable, "\n"))
	accountNotes := map[Account][2]string{}
	for cells := range rows(interfacesTable) {
		if account, isNote := strings.CutPrefix(cells[0], "*"); isNote {
			accountNotes[Account(account)] = [2]string{cells[1], cells[2]}
			continue
		}
		i := Interface{
			Name: cells[0], Category: cells[0][:strings.LastIndexByte(cells[0], '.')],
			TitleZh: cells[1], TitleEn: cells[2], DocName: cells[3],
			Method: cells[4], Path: cells[5], DocURL: cells[6], MinSDK: cells[7],
			Account: Account(cells[8]), Platform: Platform(cells[9]),
			Status: Status(cells[10]), ReplacedBy: list(cells[11]), RetiredOn: cells[12], NoticeURL: cells[13], Inferred: cells[14] != "",
			Note: cells[15], NoteZh: cells[16], Confidence: Confidence(cells[17]), SideEffects: cells[18] != "",
			Aliases: list(cells[19]), SuggestedAliases: list(cells[20]), keywords: cells[21], Popularity: number(cells[22]),
		}
		if note, ok := accountNotes[i.Account]; ok {
			i.Note = strings.TrimSpace(strings.ReplaceAll(note[0], "{name}", i.Name) + " " + i.Note)
			i.NoteZh = strings.ReplaceAll(note[1], "{name}", i.Name) + i.NoteZh
		}
		interfaces = append(interfaces, i)
	}
	return interfaces
}

// attachParams gives each interface its own fields. Both tables are sorted by
// name, so one walk does.
func attachParams(interfaces []Interface) {
	params := make([]Params, strings.Count(fieldsTable, "\n="))
	var current *Params
	at, next := 0, 0
	for cells := range rows(fieldsTable) {
		kind, first := cells[0][0], cells[0][1:]
		switch kind {
		case '=':
			for interfaces[at].Name != first {
				at++
			}
			current = &params[next]
			next++
			interfaces[at].Params = current
		case '>':
			current.Request = append(current.Request, Field{Name: first, Type: cells[1], Required: cells[2] != ""})
		case '<':
			current.Response = append(current.Response, Field{Name: first, Type: cells[1]})
		case '!':
			current.Errors = append(current.Errors, ErrorCode{Code: number(first), Message: cells[1]})
		}
	}
}

// joinTwins finds the names of one HTTP interface. Where only one of them is
// documented the others borrow its fields: it is the same server behind them.
func joinTwins(interfaces []Interface) {
	type address struct{ method, path string }
	groups := make(map[address][]int, len(interfaces))
	for i := range interfaces {
		if interfaces[i].Method != "" {
			key := address{interfaces[i].Method, interfaces[i].Path}
			groups[key] = append(groups[key], i)
		}
	}
	for _, group := range groups {
		if len(group) < 2 {
			continue
		}
		var documented *Interface
		for _, i := range group {
			for _, j := range group {
				if i != j {
					interfaces[i].SameAs = append(interfaces[i].SameAs, interfaces[j].Name)
				}
			}
			if documented == nil && interfaces[i].Params != nil {
				documented = &interfaces[i]
			}
		}
		if documented == nil {
			continue
		}
		for _, i := range group {
			if interfaces[i].Params == nil {
				borrowed := *documented.Params
				borrowed.From = documented.Name
				interfaces[i].Params = &borrowed
			}
		}
	}
}

func decodeNotCallable() []NotCallable {
	all := make([]NotCallable, 0, strings.Count(notCallableTable, "\n"))
	for cells := range rows(notCallableTable) {
		all = append(all, NotCallable{Method: cells[0], Path: cells[1], TitleZh: cells[2], DocName: cells[3], OldNames: list(cells[4])})
	}
	return all
}

// rows yields the cells of each line after the first, which names the columns.
// The slice is used again for the next line.
func rows(table string) func(yield func([]string) bool) {
	return func(yield func([]string) bool) {
		_, table, _ = strings.Cut(table, "\n")
		var cells []string
		for line := range strings.Lines(table) {
			cells = cells[:0]
			line = strings.TrimSuffix(line, "\n")
			for more := true; more; {
				var cell string
				cell, line, more = strings.Cut(line, "\t")
				cells = append(cells, cell)
			}
			if !yield(cells) {
				return
			}
		}
	}
}

func list(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, ",")
}

func number(cell string) int {
	if cell == "" {
		return 0
	}
	n, err := strconv.Atoi(cell)
	if err != nil {
		panic("catalog: generated table: " + err.Error())
	}
	return n
}
