package cmd

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"wxcloud/catalog"
	"wxcloud/cmd/text"
	"wxcloud/config"
	"wxcloud/internal/clierr"
	"wxcloud/internal/wxcode"
	"wxcloud/lint"
	"wxcloud/lint/rules"
	"wxcloud/perm"
)

// incident is what flags and a log say about the case.
type incident struct {
	api, function string
	at            time.Time
	origin        string // what started the function
	noTicket      bool   // the log says that the ticket is missing
	address       string // the IP address the log says was refused
}

// explainer explains codes of one case.
type explainer struct {
	*app
	given  incident
	lang   text.Lang
	around *surroundings // nil outside of a project
}

// explained is one explanation in the JSON document.
type explained struct {
	Code        int    `json:"code,omitempty"`
	Name        string `json:"name,omitempty"`
	Class       string `json:"class,omitempty"`
	Certainty   string `json:"certainty,omitempty"`
	Function    string `json:"function,omitempty"`
	API         string `json:"api,omitempty"`
	Environment string `json:"environment,omitempty"`
	Address     string `json:"address,omitempty"`
	Title       string `json:"title"`
	Meaning     string `json:"meaning"`
	// Message is what the interface's own documentation says of the code, and
	// Interfaces those that document it, where none is named.
	Message    string    `json:"message,omitempty"`
	Interfaces []codeUse `json:"interfaces,omitempty"`
	// Here are the causes as this project shows them; Causes are those of the code in general.
	Here     []causeHere `json:"here,omitempty"`
	Excluded []seenHere  `json:"excluded,omitempty"`
	Causes   []string    `json:"causes"`
	// Run is the one command to run next, Now what helps at once.
	Run    string   `json:"run,omitempty"`
	Now    []relief `json:"now,omitempty"`
	Next   []string `json:"next"`
	DocURL string   `json:"docUrl,omitempty"`
	// About is the interface, as perm info has it, where its name was asked for.
	About *interfaceInfo `json:"about,omitempty"`
}

type codeUse struct {
	Interface string `json:"interface"`
	Message   string `json:"message,omitempty"`
}

// causeHere is one cause with what supports it.
type causeHere struct {
	ID         clierr.ID       `json:"id"`
	Likelihood perm.Likelihood `json:"likelihood"`
	Text       string          `json:"text"`
	Function   string          `json:"function,omitempty"`
	API        string          `json:"api,omitempty"`
	Since      time.Time       `json:"since,omitzero"`
	Until      time.Time       `json:"until,omitzero"`
	Evidence   []seenHere      `json:"evidence"`
	Run        string          `json:"run,omitempty"`
}

type seenHere struct {
	ID    clierr.ID `json:"id"`
	Text  string    `json:"text"`
	File  string    `json:"file,omitempty"`
	Line  int       `json:"line,omitempty"`
	Since time.Time `json:"since,omitzero"`
}

// relief is something that works while the cause lasts.
type relief struct {
	Text     string `json:"text"`
	Function string `json:"function,omitempty"`
	Commit   string `json:"commit,omitempty"`
	Run      string `json:"run,omitempty"`
}

// look reads the project around and checks what flags name.
func (x *explainer) look(ctx context.Context) error {
	var err error
	if x.around, err = x.surroundings(ctx); err != nil {
		return err
	}
	if r := catalog.Resolve(x.given.api); r.Known() && r.Kind != catalog.Typo {
		x.given.api = r.Interface.Name
	}
	if x.given.function != "" && x.around != nil {
		functions, err := functionNamed(x.around.project, []string{x.given.function})
		if err != nil {
			return err
		}
		if len(functions) > 1 {
			return clierr.New("cmd/one-function", clierr.Usage, clierr.Args{"functions": strings.Join(functionNames(functions), ", ")})
		}
		x.given.function = functions[0].Name
	} else if x.around != nil && x.given.function == "" {
		if f, ok := standingIn(x.around.project, x.dir); ok {
			x.given.function = f.Name
		}
	}
	return nil
}

// word explains a code written as a number (the sign may be missing), a named
// error of the cloud, a lint rule or an interface.
func (x *explainer) word(ctx context.Context, word string) (explained, bool) {
	if n, err := strconv.Atoi(word); err == nil {
		if e, ok := x.code(ctx, n, x.given); ok {
			return e, true
		}
		return x.code(ctx, -n, x.given)
	}
	if named, ok := wxcode.LookupName(word); ok {
		if words, ok := text.NamedCode(named.Name); ok {
			e := x.fill(words, x.given)
			e.Name, e.Class, e.Certainty, e.DocURL = named.Name, string(named.Class), string(named.Certainty), named.DocURL
			return e, true
		}
	}
	if rule, ok := rules.Lookup(word); ok {
		info, lang := rule.Info(), lint.Lang(x.lang)
		return explained{
			Name: info.ID, Class: "rule", Certainty: string(wxcode.Documented), Title: info.Title.In(lang),
			Meaning: info.What.In(lang), Causes: []string{info.Why.In(lang)}, Next: []string{info.Remedy.In(lang)},
		}, true
	}
	if r := catalog.Resolve(word); r.Known() && r.Kind != catalog.Typo {
		info := describeInterface(r.Interface)
		info.Schema = "" // it is a part of this document
		info.DeclaredBy, info.CalledBy = x.usersOf(ctx, info.Name)
		run := "wxcloud perm info " + info.Name + " --json"
		return explained{
			Name: info.Name, Class: "interface", Title: info.TitleEn, Meaning: info.Note, Causes: []string{},
			Next: []string{run}, Run: run, DocURL: info.DocURL, About: &info,
		}, true
	}
	return explained{}, false
}

// code explains a number in the light of a case.
func (x *explainer) code(ctx context.Context, n int, in incident) (explained, bool) {
	known, ok := wxcode.Lookup(n)
	words, worded := text.Code(n)
	var e explained
	switch {
	case ok && worded:
		e = x.fill(words, in)
		e.Code, e.Name, e.Class, e.Certainty, e.DocURL = n, known.Name, string(known.Class), string(known.Certainty), known.DocURL
	default:
		uses := catalog.Code(n)
		if len(uses) == 0 {
			return explained{}, false
		}
		e = x.ofInterface(n, uses, in)
	}
	x.documented(&e, in)
	if in.address != "" && (n == -10008 || n == 40164) {
		e.Address = in.address
	}
	x.here(ctx, &e, in)
	if known.Class == wxcode.Credential || known.Class == wxcode.Allowlist {
		// Nothing on disk tells more; the cloud does.
		e.Run = x.checkCommand()
	}
	return e, true
}

// checkCommand asks the cloud what it says to the credentials now.
func (x *explainer) checkCommand() string {
	if x.around == nil {
		return "wxcloud auth check"
	}
	return x.commandLine("auth check", x.around.env)
}

// ofInterface explains a code that only interfaces document.
func (x *explainer) ofInterface(n int, uses []catalog.CodeUse, in incident) explained {
	e := explained{
		Code: n, Class: "interface", Certainty: string(wxcode.Documented), Causes: []string{},
		Title: text.InterfaceCode.In(x.lang), Meaning: text.InterfaceCodeMeaning.In(x.lang),
		Next: []string{text.InterfaceCodeNext.In(x.lang, "api", orElse(in.api, uses[0].Interface))},
	}
	e.Run = "wxcloud perm info " + orElse(in.api, uses[0].Interface)
	if i, ok := catalog.Lookup(orElse(in.api, uses[0].Interface)); ok {
		e.DocURL = i.DocURL
	}
	return e
}

// maxUses is how many interfaces are named that document a code.
const maxUses = 8

// documented adds what the interface's own documentation says of the code. The
// codes of the gateway and the token are before every interface.
func (x *explainer) documented(e *explained, in incident) {
	if in.api != "" {
		if i, ok := catalog.Lookup(in.api); ok {
			if message, ok := i.Error(e.Code); ok {
				e.API, e.Message = i.Name, orElse(message, text.InterfaceCodeWordless.In(x.lang))
				return
			}
		}
	}
	if e.Class != "interface" {
		return
	}
	for _, use := range catalog.Code(e.Code) {
		if len(e.Interfaces) < maxUses {
			e.Interfaces = append(e.Interfaces, codeUse{use.Interface, use.Message})
		}
	}
}

// log explains every code and named error found in a log, the most telling first.
func (x *explainer) log(ctx context.Context, log string) []explained {
	in := x.incident(log)
	var found []explained
	known := map[int]bool{} // a log repeats itself
	codes := wxcode.FindAlso(log, func(n int) bool {
		documented, looked := known[n]
		if !looked {
			documented = len(catalog.Code(n)) > 0
			known[n] = documented
		}
		return documented
	})
	for _, n := range wxcode.Telling(codes) {
		mine := in
		if at, ok := wxcode.Time(log, n); ok && mine.at.IsZero() {
			mine.at = at
		}
		if e, ok := x.code(ctx, n, mine); ok {
			found = append(found, e)
		}
	}
	for _, name := range wxcode.FindNames(log) {
		if e, ok := x.word(ctx, name); ok {
			found = append(found, e)
		}
	}
	return found
}

// incident reads from a log what the flags do not say.
func (x *explainer) incident(log string) incident {
	in := x.given
	if named := wxcode.FindInterfaces(log); in.api == "" && len(named) > 0 && (len(named) == 1 || in.function == "") {
		if len(named) == 1 {
			in.api = named[0]
		}
	}
	in.noTicket, in.origin = wxcode.NoTicket(log), wxcode.Origin(log)
	if addr, ok := wxcode.Address(log); ok {
		in.address = addr.String()
	}
	if x.around == nil || x.given.function != "" {
		return in
	}
	name, sure := wxcode.FindFunction(log, functionNames(x.around.project.Functions))
	at := slices.IndexFunc(x.around.facts.Functions, func(f perm.FunctionFacts) bool { return f.Name == name })
	if at >= 0 && (sure || makesCall(x.around.facts.Functions[at], in.api)) {
		in.function = name
	}
	return in
}

// makesCall reports whether a function makes a cloud call, of the interface if
// one is named: a mere word of a log is then taken for its name.
func makesCall(f perm.FunctionFacts, api string) bool {
	if api == "" {
		return len(f.Calls)+len(f.Dynamic) > 0
	}
	return slices.ContainsFunc(f.Calls, func(m perm.Mention) bool { return m.Name == api })
}

// fill puts what is known of the case into the words; what is not known stays
// a word to replace, as in usage lines.
func (x *explainer) fill(words text.CodeText, in incident) explained {
	say := func(s text.Sentence) string {
		return s.In(x.lang, "api", orElse(in.api, "NAME"), "function", orElse(in.function, "FN"))
	}
	e := explained{Title: say(words.Title), Meaning: say(words.Meaning), Causes: []string{}, Next: []string{}, Function: in.function, API: in.api}
	for _, s := range words.Causes {
		e.Causes = append(e.Causes, say(s))
	}
	for _, s := range words.Next {
		e.Next = append(e.Next, say(s))
	}
	return e
}

// function is a function of the project.
func (s *surroundings) function(name string) (config.Function, bool) {
	at := slices.IndexFunc(s.project.Functions, func(f config.Function) bool { return f.Name == name })
	if at < 0 {
		return config.Function{}, false
	}
	return s.project.Functions[at], true
}
