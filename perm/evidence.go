package perm

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

const (
	noPermission = -604101 // of a refused cloud call
	unauthorized = 48001   // of an account that may not use the interface
)

// evidence is what an answer says, interface by interface.
type evidence struct {
	granted, refused []string
	unnamed          bool // a refusal that names no interface
	code             int  // the last code that is not a grant's
}

// gather reads an answer: the envelope, and the returned value as JSON at any
// depth, JSON inside strings included, or else as text.
func gather(apis []string, a Answer) evidence {
	r := reader{apis: apis}
	r.fields(map[string]any{"errCode": float64(a.ErrCode), "errMsg": a.ErrMsg}, "", 0, 0)
	r.text(string(a.Result), 0, "", 0)
	return r.evidence
}

// reader collects evidence. It descends into at most maxNesting JSON texts
// within strings and maxDepth levels of arrays and objects: what lies deeper is
// read as text, in which a refusal still counts and a grant is still named.
type reader struct {
	apis []string
	evidence
}

const (
	maxNesting = 4
	maxDepth   = 100
)

// text reads a string that stands in an object with the given code (0: none)
// and which belongs to the interface about, if that is known.
func (r *reader) text(s string, code int, about string, nesting int) {
	if nesting < maxNesting && looksLikeJSON(s) {
		var v any
		d := json.NewDecoder(strings.NewReader(s))
		if d.Decode(&v) == nil && !d.More() {
			if inner, ok := v.(string); ok {
				r.text(inner, code, about, nesting+1)
			} else {
				r.value(v, about, nesting+1, 0)
			}
			return
		}
	}
	r.message(s, code, about)
}

func looksLikeJSON(s string) bool {
	s = strings.TrimLeft(s, " \t\r\n")
	return s != "" && (s[0] == '{' || s[0] == '[' || s[0] == '"')
}

func (r *reader) value(v any, about string, nesting, depth int) {
	if depth > maxDepth {
		if raw, err := json.Marshal(v); err == nil {
			r.message(string(raw), 0, about)
		}
		return
	}
	switch v := v.(type) {
	case string:
		r.text(v, 0, about, nesting)
	case float64:
		if int(v) == noPermission {
			r.refuse(about)
		}
	case []any:
		for _, item := range v {
			r.value(item, about, nesting, depth+1)
		}
	case map[string]any:
		r.fields(v, about, nesting, depth)
	}
}

// fields reads one object. Its code goes with its messages, and a field or key
// that is the name of an interface says whom a message without a name is about.
func (r *reader) fields(fields map[string]any, about string, nesting, depth int) {
	keys := slices.Sorted(maps.Keys(fields))
	code, failed := 0, false
	var names []string
	for _, key := range keys {
		v := fields[key]
		n := asCode(v)
		// Only errCode is a code for sure ("code" may be the function's own), but
		// no function makes this very number up.
		if isCodeKey(key) && code != noPermission || n == noPermission {
			code = n
		}
		s, ok := v.(string)
		failed = failed || ok && namesFailure(s)
		if ok && r.isName(s) && !slices.Contains(names, bareName(s)) {
			names = append(names, bareName(s))
		}
	}
	switch len(names) {
	case 0:
	case 1:
		about = names[0]
	default:
		about = "" // it could be either
	}
	if code == noPermission && !failed {
		r.refuse(about)
	}
	if code != 0 {
		r.code = code
	}
	for _, key := range keys {
		v, inner := fields[key], about
		if r.isName(key) {
			inner = bareName(key)
		}
		switch {
		case isCodeKey(key) || asCode(v) == noPermission: // read above, together with the messages
		default:
			if s, ok := v.(string); ok {
				r.text(s, code, inner, nesting)
			} else {
				r.value(v, inner, nesting, depth+1)
			}
		}
	}
}

func isCodeKey(key string) bool {
	return strings.EqualFold(key, "errCode") || strings.EqualFold(key, "err_code")
}

func asCode(v any) int {
	switch v := v.(type) {
	case float64:
		return int(v)
	case string:
		n, _ := strconv.Atoi(strings.TrimSpace(v))
		return n
	default:
		return 0
	}
}

func (r *reader) isName(s string) bool { return s != "" && slices.Contains(r.apis, bareName(s)) }

func bareName(s string) string { return strings.TrimPrefix(s, "openapi.") }

func (r *reader) grant(api string) { r.granted = append(r.granted, api) }

// refuse records a refusal of the interface, or of an unknown one if api is "".
func (r *reader) refuse(api string) {
	r.code = noPermission
	if api == "" {
		r.unnamed = true
		return
	}
	r.refused = append(r.refused, api)
}
