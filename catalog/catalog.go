// Package catalog knows the interfaces a cloud function can reach through
// cloud.openapi: their names, what they do, whether they are still alive, their
// fields and error codes, and which name a mistyped one was meant to be. It
// knows nothing of projects, of code or of the network, and it is not a list of
// what is allowed: WeChat adds interfaces, so an unknown name is not a wrong one.
//
// The data is embedded as text and decoded by the first call; a command that
// asks nothing pays nothing. Values share slices with the catalog: read them,
// do not change them.
package catalog

import (
	"iter"
	"slices"
	"strings"
)

// Account is the kind of account an interface belongs to.
type Account string

// The account types.
const (
	MiniProgram     Account = "miniprogram"
	OfficialAccount Account = "officialAccount" // called as cloud.openapi({ appid })
	AnyAccount      Account = "any"
)

// Platform is the kind of app that may call an interface.
type Platform string

// The platforms. Official Account interfaces carry that of the app that calls them.
const (
	OnMiniProgram Platform = "miniprogram"
	OnMiniGame    Platform = "minigame"
	OnBoth        Platform = "both"
)

// Status says whether an interface still works.
type Status string

// The statuses.
const (
	Active     Status = "active"
	Deprecated Status = "deprecated" // may work, but should not be used in new code
	Removed    Status = "removed"    // offline: every call fails
)

// Confidence says how well an entry is founded.
type Confidence string

// The degrees of confidence. No entry has been tested against the permission check.
const (
	High   Confidence = "high"   // official text and a second source agree
	Medium Confidence = "medium" // one official source only
)

// Interface is one interface of cloud.openapi. An empty text means that it is
// not known here, never that there is none.
type Interface struct {
	Name             string // as declared and called: "subscribeMessage.send"
	Category         string // all before the last dot: "subscribeMessage"
	TitleZh, TitleEn string
	DocName          string // the name its documentation page goes by, where that differs in form: "sendMessage"
	Method, Path     string // the same interface over HTTPS on api.weixin.qq.com
	DocURL           string
	MinSDK           string // the first wx-server-sdk that has it
	Account          Account
	Platform         Platform
	Status           Status
	ReplacedBy       []string // active interfaces to use instead
	RetiredOn        string   // date, as 2006-01-02: offline since (Removed), no longer updated since (Deprecated)
	NoticeURL        string   // the official notice of the retirement
	Inferred         bool     // Deprecated is our inference: it vanished from the documentation without a notice
	Note, NoteZh     string   // what its user should know
	Confidence       Confidence
	SideEffects      bool     // a call changes something or uses up a quota
	Aliases          []string // other spellings seen in the wild
	SuggestedAliases []string // other spellings that seem likely
	SameAs           []string // other names of the same HTTP interface, each valid in its own right
	Popularity       int      // how many public cloud functions were seen to declare it: a ranking, not a rate
	Params           *Params  // nil when its fields are not documented here

	keywords string
}

// Params are the fields and error codes of an interface, spelt as over HTTPS:
// in a cloud call the SDK turns camelCase into snake_case and back. Nested
// fields are spelt "parent.child" and "list[].child".
type Params struct {
	From     string // the interface whose documentation this is, one of SameAs; empty when it is its own
	Request  []Field
	Response []Field
	Errors   []ErrorCode
}

// Field is one field of a request or an answer. Required is for requests.
type Field struct {
	Name     string
	Type     string // as documented: string, number, object, objarray, formdata, ...; empty when not known
	Required bool
}

// ErrorCode is an error code an interface documents, with the server's own text
// or none.
type ErrorCode struct {
	Code    int
	Message string
}

// NotCallable is an interface of api.weixin.qq.com whose documentation says
// that it has no cloud call: cloud.openapi answers -604100 for it.
type NotCallable struct {
	Method, Path string
	TitleZh      string
	DocName      string
	OldNames     []string // dotted names earlier documentation gave it: "auth.code2Session"
}

// Name is what to call the interface in a sentence: its oldest dotted name, its
// documentation name, or its path.
func (n NotCallable) Name() string {
	switch {
	case len(n.OldNames) > 0:
		return n.OldNames[0]
	case n.DocName != "":
		return n.DocName
	default:
		return n.Path
	}
}

// Lookup returns the interface with exactly this name. Case matters, as it does
// to the permission check.
func Lookup(name string) (Interface, bool) {
	all := load().interfaces
	at, found := slices.BinarySearchFunc(all, name, func(i Interface, name string) int { return strings.Compare(i.Name, name) })
	if !found {
		return Interface{}, false
	}
	return all[at], true
}

// All yields every interface in order of its name.
func All() iter.Seq[Interface] { return slices.Values(load().interfaces) }

// Len is the number of interfaces.
func Len() int { return len(load().interfaces) }

// LookupNotCallable returns the interface without a cloud call that once went
// by this dotted name. Case does not matter: no spelling of it works.
func LookupNotCallable(name string) (NotCallable, bool) {
	for _, n := range load().notCallable {
		if containsFold(n.OldNames, name) {
			return n, true
		}
	}
	return NotCallable{}, false
}

// AllNotCallable yields every interface known to have no cloud call.
func AllNotCallable() iter.Seq[NotCallable] { return slices.Values(load().notCallable) }

func containsFold(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}
