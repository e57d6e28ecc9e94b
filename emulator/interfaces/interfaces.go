// Package interfaces is what WeChat's interfaces answer once a cloud call is
// permitted: fields in, answer out. It knows the documented fields, the answers
// of the interfaces used most and what a project laid down in their place; it
// does not know who may call, how a call travels, or where anything is kept.
package interfaces

import (
	"encoding/json"
	"time"

	"wxcloud/catalog"
)

// JSONType is the content type WeChat's answers carry.
const JSONType = "application/json; encoding=utf-8"

// Source says what an answer rests on.
type Source uint8

// The sources. An answer is documented if its form and its code are; what stands
// in it is made up in any case.
const (
	Synthetic  Source = iota // no document says so
	Documented               // official documentation, current or older
	Reported                 // developers report it; no document says so
	Project                  // a file of the project
)

// Field is one argument of a cloud call as it comes over the wire: its name and
// its value as JSON text, or a file's bytes under a file name.
type Field struct {
	Name, FileName string
	Value          []byte
}

// Request is one cloud call.
type Request struct {
	API    string
	AppID  string
	Fields []Field
	Now    time.Time // on the local cloud's clock
	// ID is 24 hexadecimal digits that no other request has; what is made up in
	// the answer is made from it.
	ID string
	// Reply is what the project wants answered, if anything.
	Reply *Reply
}

// Answer is what the function gets.
type Answer struct {
	Body        []byte
	ContentType string
	Code        int // the errcode in Body
	Source      Source
	// Reason says what a refusal is about, by the names of fields and never by what
	// they hold: "touser is missing". WeChat does not tell a function; the transcript does.
	Reason string
	// Sent is the message a user would have received.
	Sent *Message
}

// handler answers a call whose fields are in order. A nil refusal is a success.
type handler func(*call) (body any, r *refusal)

// call is a request with its fields read.
type call struct {
	Request
	args   arguments
	memory *Memory
	info   catalog.Interface
	sent   *Message
	image  []byte // the answer, where it is a picture and no JSON
}

// Respond answers a permitted call. m remembers what one call does for the next.
func Respond(q Request, m *Memory) Answer {
	info, known := catalog.Lookup(q.API)
	c := call{Request: q, args: readArguments(q.Fields), memory: m, info: info}
	if !known {
		c.info.Name = q.API
	}
	d := entryOf(&c.info)
	if r := c.refuse(d); r != nil {
		return c.refused(r)
	}
	if q.Reply != nil {
		return c.replied(d)
	}
	if d == nil {
		return c.succeeded(success{}, Synthetic)
	}
	body, r := d.answer(&c)
	if r != nil {
		return c.refused(r)
	}
	return c.succeeded(body, d.source)
}

// refuse looks at the call before anything is done for it. A reply that is to be
// given unchecked, or that stands for a retired interface, is not held up.
func (c *call) refuse(d *entry) *refusal {
	if c.Reply != nil && c.Reply.Unchecked {
		return nil
	}
	if c.info.Status == catalog.Removed {
		if c.Reply != nil {
			return nil
		}
		return retired(c.API)
	}
	if r := checkFields(c.info, c.args); r != nil {
		return r
	}
	if d != nil && d.check != nil {
		return d.check(c)
	}
	return nil
}

// replied gives the project's answer. What a message interface would have sent is
// recorded all the same.
func (c *call) replied(d *entry) Answer {
	a := Answer{Body: c.Reply.Body, ContentType: c.Reply.ContentType, Code: c.Reply.Code, Source: Project}
	if d != nil && d.message != nil && a.Code == 0 {
		a.Sent = d.message(c)
	}
	return a
}

func (c *call) succeeded(body any, source Source) Answer {
	if c.image != nil {
		return Answer{Body: c.image, ContentType: "image/png", Source: source}
	}
	data, _ := json.Marshal(body) //nolint:errchkjson // the bodies of this package always encode
	return Answer{Body: data, ContentType: JSONType, Source: source, Sent: c.sent}
}

func (c *call) refused(r *refusal) Answer {
	data, _ := json.Marshal(status{r.code, r.message + " rid: " + c.trace()}) //nolint:errchkjson // always encodes
	return Answer{Body: data, ContentType: JSONType, Code: r.code, Source: r.source, Reason: r.reason}
}

// trace is the id in the form WeChat writes its own: three groups of eight.
func (c *call) trace() string {
	id := (c.ID + "000000000000000000000000")[:24]
	return id[:8] + "-" + id[8:16] + "-" + id[16:]
}

// status is the part all answers have.
type status struct {
	ErrCode int    `json:"errcode"`
	ErrMsg  string `json:"errmsg"`
}

// success begins every answer that is none of an error.
type success struct {
	ErrCode int  `json:"errcode"`
	ErrMsg  okay `json:"errmsg"`
}

type okay struct{}

func (okay) MarshalText() ([]byte, error) { return []byte("ok"), nil }
