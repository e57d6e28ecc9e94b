// Package wxcode is the table of the numbers and names with which WeChat, the
// cloud-development service and Tencent Cloud refuse a request: what kind of
// refusal each one is, how sure that is, and where it is documented. It knows no
// sentences (cmd/text explains the codes) and sends nothing.
package wxcode

// Class is the kind of a refusal, by what has to change before it goes away.
type Class string

// The classes.
const (
	Permission  Class = "permission"  // the function's cloud-call list
	Credential  Class = "credential"  // token, secret or upload key is not accepted
	Allowlist   Class = "allow-list"  // the caller's IP address is not on a list
	Account     Class = "account"     // the account lacks a capability or a grant
	Environment Class = "environment" // cloud environment absent, not ready or not authorised
	Function    Class = "function"    // the cloud function is absent, busy or failed
	Argument    Class = "argument"    // the request itself is wrong
	Limit       Class = "limit"       // rate, quota, size or money
	Service     Class = "service"     // the other side failed or did not answer
	OpenData    Class = "open-data"   // cloudID and user data
	Database    Class = "database"
	Storage     Class = "storage"
	Content     Class = "content" // content safety or the user's own decision
	Retired     Class = "retired" // the interface no longer exists
)

// Certainty says how well a meaning is founded.
type Certainty string

// The certainties.
const (
	Documented Certainty = "documented" // official documentation or the official client's source
	Reported   Certainty = "reported"   // told by other users, not by the platform
	Inferred   Certainty = "inferred"   // our reading of neighbouring facts
)

// Code is one numbered refusal.
type Code struct {
	Number    int
	Class     Class
	Name      string // the words the service or the SDK itself uses for it
	Certainty Certainty
	DocURL    string // "" where no page is known
}

// Named is one refusal that Tencent Cloud names instead of numbering.
type Named struct {
	Name      string
	Class     Class
	Certainty Certainty
	DocURL    string
}

// Lookup returns the code with exactly this number. -604101 and 604101 are
// different numbers; Find is for text in which the sign was lost.
func Lookup(n int) (Code, bool) {
	for i := range codes {
		if codes[i].Number == n {
			return codes[i], true
		}
	}
	return Code{}, false
}

// LookupName returns the entry of a Tencent Cloud error code. Where only the
// family is known ("InvalidParameterValue" for
// "InvalidParameterValue.SomethingNew") the family is returned; Named.Name tells.
func LookupName(name string) (Named, bool) {
	for {
		for i := range named {
			if named[i].Name == name {
				return named[i], true
			}
		}
		cut := lastDot(name)
		if cut < 0 {
			return Named{}, false
		}
		name = name[:cut]
	}
}

func lastDot(s string) int {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == '.' {
			return i
		}
	}
	return -1
}

// All returns a copy of the table of numbers, in the order of the sections of
// the documentation it comes from.
func All() []Code { return append([]Code(nil), codes[:]...) }

// AllNamed returns a copy of the table of names.
func AllNamed() []Named { return append([]Named(nil), named[:]...) }
