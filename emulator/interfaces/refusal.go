package interfaces

import (
	"slices"
	"strings"

	"wxcloud/catalog"
	"wxcloud/internal/wxcode"
)

// refusal is an answer with a code.
type refusal struct {
	code    int
	message string
	source  Source
	reason  string
}

// refusing makes a refusal with a code that is documented for the interface.
func refusing(i catalog.Interface, code int, reason string) *refusal {
	return &refusal{code: code, message: messageOf(i, code), source: Documented, reason: reason}
}

// messageOf is the server's own text of a code: the interface's, or the general one.
func messageOf(i catalog.Interface, code int) string {
	if i.Params != nil {
		for _, e := range i.Params.Errors {
			if e.Code == code && e.Message != "" {
				return e.Message
			}
		}
	}
	if m := ownMessage(code); m != "" {
		return m
	}
	if c, ok := wxcode.Lookup(code); ok {
		return c.Name
	}
	return "invalid args"
}

// ownMessage are texts the catalog does not have: it keeps plain ASCII only, and
// these are described in Chinese where they are documented at all.
func ownMessage(code int) string {
	switch code {
	case 40004:
		return "invalid media type"
	case 40007:
		return "invalid media_id"
	case 40008:
		return "invalid message type"
	case 41005:
		return "media data missing"
	case 45015:
		return "response out of time limit or subscription is canceled"
	case 45047:
		return "out of response count limit"
	case 200014:
		return "invalid tid"
	case 200020:
		return "invalid kidList"
	case 200021:
		return "invalid sceneDesc"
	default:
		return ""
	}
}

// retired is what an interface that is offline answers.
func retired(api string) *refusal {
	if strings.HasPrefix(api, "templateMessage.") {
		return &refusal{45103, "This API has been unsupported", Reported, api + " is offline"}
	}
	return &refusal{45109, "API has been withdrawn", Reported, api + " is offline"}
}

// fieldCodes are the codes that interfaces document for particular fields; an
// interface without a name is any that lists the code among its own.
var fieldCodes = [...]struct {
	api, field string
	code       int
}{
	{"subscribeMessage.send", "touser", 40003},
	{"subscribeMessage.send", "template_id", 40037},
	{"subscribeMessage.send", "data", 47003},
	// Older official text of the interface names it, the current one does not.
	{"customerServiceMessage.send", "touser", 40003},
	{"wxacode.getUnlimited", "scene", 40169},
	{"", "touser", 40003},
	{"", "openid", 40003},
	{"", "open_id", 40003},
	{"", "template_id", 40037},
	{"", "type", 40004},
	{"", "media_type", 40004},
	{"", "scene", 40129},
	{"", "page", 41030},
	{"", "path", 40159},
	{"", "path", 40165},
	{"", "query", 40212},
	{"", "env_version", 85402},
	{"", "expire_time", 85401},
	{"", "expire_interval", 85401},
	{"", "code", 40029},
	{"", "img_url", 101000},
	{"", "img", 101000},
	{"", "tid", 200014},
	{"", "kidList", 200020},
	{"", "sceneDesc", 200021},
	{"", "activity_id", 47501},
	{"", "target_state", 47502},
	{"", "pages", 40219},
}

// ownCode reports whether some interface has a code for the field: those say that
// it is invalid, so they also say so of an empty one.
func ownCode(field string) bool {
	for _, c := range fieldCodes {
		if c.field == field {
			return true
		}
	}
	return false
}

// documents reports whether an interface lists a code among its own.
func documents(i catalog.Interface, code int) bool {
	return i.Params != nil && slices.ContainsFunc(i.Params.Errors, func(e catalog.ErrorCode) bool { return e.Code == code })
}

// argumentCodes are the general words for a bad argument, the most telling first.
var argumentCodes = [...]int{47003, 40097, 47001}

// fieldRefusal finds the code for a field that is missing or of the wrong type:
// the one the interface documents for the field, else the one it documents for
// bad arguments. Where it documents none the general 47001 is a guess.
func fieldRefusal(i catalog.Interface, f catalog.Field, what fault) *refusal {
	reason := f.Name + " is missing"
	if what == wrongType {
		reason = f.Name + " is not of type " + f.Type
	}
	for _, c := range fieldCodes {
		named := c.api == i.Name || c.api != "" && slices.Contains(i.SameAs, c.api)
		if c.field == f.Name && (named || c.api == "" && documents(i, c.code)) {
			return refusing(i, c.code, reason)
		}
	}
	for _, code := range argumentCodes {
		if documents(i, code) {
			return refusing(i, code, reason)
		}
	}
	r := refusing(i, 47001, reason)
	r.source = Synthetic
	return r
}
