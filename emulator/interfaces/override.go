package interfaces

import (
	"bytes"
	"encoding/json"
	"errors"
	"path"
	"strings"
	"unicode/utf8"

	"wxcloud/internal/clierr"
	"wxcloud/internal/jsonedit"
)

// Reply is an answer a project lays down for an interface.
type Reply struct {
	Body        []byte
	ContentType string
	Code        int
	// File names the file, beside the one this stands in, whose bytes are the
	// answer; Body is then to be read from it.
	File string
	// Unchecked says that the documented fields are not to be looked at.
	Unchecked bool
}

// The members of a reply that are not part of the answer.
const (
	fileMember      = "$file"
	uncheckedMember = "$unchecked"
)

// MaxReplies is how long a file of replies may be, in bytes.
const MaxReplies = 1 << 20

// ParseReplies reads the replies to one interface: an answer as it would come over
// HTTPS ({"items": []}, {"errcode": 45009, "errmsg": "..."}), or a list of them to
// be given in turn. {"$file": "code.png"} answers with the bytes of a file and
// "$unchecked": true leaves the fields of the call unexamined. Errors carry line
// and column; name is the file they name.
func ParseReplies(name string, data []byte) ([]Reply, error) {
	p := replyParser{name: name, data: data}
	if len(data) > MaxReplies {
		return nil, p.fail(0, "emulator/reply-too-long", nil)
	}
	if !utf8.Valid(data) {
		return nil, p.fail(0, "emulator/reply-syntax", errors.New("not UTF-8"))
	}
	if err := p.syntax(); err != nil {
		return nil, err
	}
	p.d = json.NewDecoder(bytes.NewReader(data))
	return p.file()
}

type replyParser struct {
	name string
	data []byte
	d    *json.Decoder
}

// next is the offset of the token to come.
func (p *replyParser) next() int {
	at := int(p.d.InputOffset())
	for at < len(p.data) && strings.IndexByte(" \t\r\n,:", p.data[at]) >= 0 {
		at++
	}
	return at
}

func (p *replyParser) fail(offset int, id clierr.ID, cause error) error {
	at := jsonedit.Position(p.data, min(offset, len(p.data)))
	at.File = p.name
	return clierr.New(id, clierr.Local, nil).Because(cause).In(at)
}

// syntax refuses what is no JSON. All that is read after it is.
func (p *replyParser) syntax() error {
	var v any
	err := json.Unmarshal(p.data, &v)
	var syntax *json.SyntaxError
	if !errors.As(err, &syntax) {
		return nil
	}
	offset := max(0, int(syntax.Offset)-1)
	if strings.HasPrefix(syntax.Error(), "unexpected end") {
		offset = len(p.data)
	}
	return p.fail(offset, "emulator/reply-syntax", err)
}

// token reads one token; start is where it begins.
func (p *replyParser) token() (t json.Token, start int, err error) {
	start = p.next()
	if t, err = p.d.Token(); err != nil {
		err = p.fail(start, "emulator/reply-syntax", err)
	}
	return t, start, err
}

func (p *replyParser) file() ([]Reply, error) {
	t, start, err := p.token()
	if err != nil {
		return nil, err
	}
	switch t {
	case json.Delim('{'):
		r, err := p.reply(start)
		return []Reply{r}, err
	case json.Delim('['):
		return p.list(start)
	default:
		return nil, p.fail(start, "emulator/reply-form", nil)
	}
}

func (p *replyParser) list(start int) ([]Reply, error) {
	var replies []Reply
	for p.d.More() {
		t, at, err := p.token()
		if err != nil {
			return nil, err
		}
		if t != json.Delim('{') {
			return nil, p.fail(at, "emulator/reply-form", nil)
		}
		r, err := p.reply(at)
		if err != nil {
			return nil, err
		}
		replies = append(replies, r)
	}
	if _, _, err := p.token(); err != nil {
		return nil, err
	}
	if len(replies) == 0 {
		return nil, p.fail(start, "emulator/reply-form", nil)
	}
	return replies, nil
}

// reply reads an object whose brace has been read.
func (p *replyParser) reply(start int) (Reply, error) {
	r := Reply{ContentType: JSONType}
	body := map[string]json.RawMessage{}
	for p.d.More() {
		t, at, err := p.token()
		if err != nil {
			return r, err
		}
		name, _ := t.(string) // the decoder lets nothing else be a key
		valueAt := p.next()
		var raw json.RawMessage
		if err := p.d.Decode(&raw); err != nil {
			return r, p.fail(valueAt, "emulator/reply-syntax", err)
		}
		if err := p.duplicates(raw, valueAt); err != nil {
			return r, err
		}
		if _, twice := body[name]; twice {
			return r, p.fail(at, "emulator/reply-twice", nil)
		}
		body[name] = raw
		if !r.member(name, raw) {
			return r, p.fail(valueAt, "emulator/reply-member", errors.New(name))
		}
	}
	if _, _, err := p.token(); err != nil {
		return r, err
	}
	_, unchecked := body[uncheckedMember]
	delete(body, uncheckedMember)
	if r.File != "" {
		if len(body) > 1 {
			return r, p.fail(start, "emulator/reply-member", errors.New(fileMember))
		}
		return r, nil
	}
	if unchecked && len(body) == 0 {
		return r, p.fail(start, "emulator/reply-form", nil)
	}
	r.Body = bodyOf(body)
	return r, nil
}

// duplicates refuses a name that stands twice in one object: one of its values
// would be lost without a word.
func (p *replyParser) duplicates(raw json.RawMessage, offset int) error {
	inner := replyParser{name: p.name, data: raw, d: json.NewDecoder(bytes.NewReader(raw))}
	var open []map[string]bool // nil for a list
	key := false
	for {
		at := inner.next()
		t, err := inner.d.Token()
		if err != nil {
			return nil //nolint:nilerr // the end; what is wrong within was found when it was read
		}
		switch t := t.(type) {
		case json.Delim:
			switch t {
			case '{':
				open = append(open, map[string]bool{})
			case '[':
				open = append(open, nil)
			default:
				open = open[:len(open)-1]
			}
			key = len(open) > 0 && open[len(open)-1] != nil
		case string:
			if key {
				names := open[len(open)-1]
				if names[t] {
					return p.fail(offset+at, "emulator/reply-twice", nil)
				}
				names[t], key = true, false
				continue
			}
			key = len(open) > 0 && open[len(open)-1] != nil
		default:
			key = len(open) > 0 && open[len(open)-1] != nil
		}
	}
}

// member takes a member that means something to us, and reports whether its value
// can be meant.
func (r *Reply) member(name string, raw json.RawMessage) bool {
	switch name {
	case "errcode":
		return json.Unmarshal(raw, &r.Code) == nil && string(raw) != "null"
	case "errmsg":
		var s string
		return json.Unmarshal(raw, &s) == nil && string(raw) != "null"
	case uncheckedMember:
		r.Unchecked = true
		return string(raw) == "true"
	case fileMember:
		if json.Unmarshal(raw, &r.File) != nil || !plainName(r.File) {
			return false
		}
		r.ContentType = pictureType(path.Ext(r.File))
		return r.ContentType != ""
	default:
		// errCode is what the SDK makes of errcode; laid down here it would be lost.
		return !strings.HasPrefix(name, "$") && !strings.EqualFold(name, "errcode") && !strings.EqualFold(name, "errmsg")
	}
}

// plainName reports whether a file lies right beside the one that names it.
func plainName(name string) bool {
	return name != "" && name != "." && name != ".." && !strings.ContainsAny(name, `/\:`) && !strings.ContainsRune(name, 0)
}

// pictureType is the content type of a file, "" for one no interface answers with.
func pictureType(extension string) string {
	switch strings.ToLower(extension) {
	case ".png":
		return "image/png"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".gif":
		return "image/gif"
	default:
		return ""
	}
}

// bodyOf writes an answer with the two members every answer has.
func bodyOf(body map[string]json.RawMessage) []byte {
	if _, ok := body["errcode"]; !ok {
		body["errcode"] = json.RawMessage("0")
	}
	if _, ok := body["errmsg"]; !ok {
		body["errmsg"] = json.RawMessage(`"ok"`)
		if code := string(body["errcode"]); code != "0" {
			body["errmsg"] = json.RawMessage(`"laid down by the project"`)
		}
	}
	data, _ := json.Marshal(body) //nolint:errchkjson // every value was read from JSON
	return data
}
