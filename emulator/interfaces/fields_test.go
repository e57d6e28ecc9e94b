package interfaces_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"wxcloud/catalog"
	"wxcloud/emulator/interfaces"
)

type object = map[string]any

// bytesOf stands for a file among the values of a call.
type bytesOf string

var now = time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC)

// ask makes a call as it comes over the wire: JSON text, or a file.
func ask(t testing.TB, m *interfaces.Memory, api string, fields object) interfaces.Answer {
	t.Helper()
	return interfaces.Respond(request(t, api, fields), m)
}

func request(t testing.TB, api string, fields object) interfaces.Request {
	t.Helper()
	q := interfaces.Request{API: api, AppID: "wx0123456789abcdef", Now: now, ID: "60ae120f371d58727941a05b"}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if data, ok := fields[name].(bytesOf); ok {
			q.Fields = append(q.Fields, interfaces.Field{Name: name, FileName: name + ".png", Value: []byte(data)})
			continue
		}
		value, err := json.Marshal(fields[name])
		if err != nil {
			t.Fatal(err)
		}
		q.Fields = append(q.Fields, interfaces.Field{Name: name, Value: value})
	}
	return q
}

// known are values that make a call right where any of the type would not.
var known = map[string]any{
	"customerServiceMessage.send msgtype":         "text",
	"customerServiceMessage.uploadTempMedia type": "image",
	"subscribeMessage.addTemplate kidList":        []any{1, 2},
	"security.mediaCheckAsync media_type":         2,
	"security.mediaCheckAsync scene":              1,
	"security.msgSecCheck version":                2,
	"security.msgSecCheck scene":                  1,
	"subscribeMessage.send data":                  object{"thing1": object{"value": "x"}},
	"wxacode.get env_version":                     "trial",
	"wxacode.getUnlimited env_version":            "trial",
	"urlscheme.generate jump_wxa.env_version":     "trial",
	"urllink.generate env_version":                "trial",
	"urlscheme.generate expire_time":              now.Add(time.Hour).Unix(),
	"urllink.generate expire_time":                now.Add(time.Hour).Unix(),
}

// literal is a call with every documented field.
func literal(i catalog.Interface) object {
	canonical := i.Name
	for name := range interfaces.Answered {
		if slices.Contains(i.SameAs, name) {
			canonical = name
		}
	}
	return below(i.Params.Request, canonical, "")
}

func below(fields []catalog.Field, api, path string) object {
	o := object{}
	for _, f := range fields {
		name, ok := strings.CutPrefix(f.Name, path)
		if !ok || strings.ContainsAny(name, ".[") {
			continue
		}
		if v, ok := known[api+" "+f.Name]; ok {
			o[name] = v
			continue
		}
		o[name] = value(fields, api, f)
	}
	return o
}

func value(fields []catalog.Field, api string, f catalog.Field) any {
	switch f.Type {
	case "number":
		return 1
	case "boolean":
		return true
	case "object":
		return below(fields, api, f.Name+".")
	case "objarray":
		return []any{below(fields, api, f.Name+"[].")}
	case "array":
		return []any{"x"}
	case "numarray":
		return []any{1}
	case "formdata":
		return bytesOf("PNG")
	default:
		return "x"
	}
}

// without is a copy of a call that lacks one field, however deep.
func without(v any, path string) any {
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = without(v[i], path)
		}
		return out
	case object:
		first, rest, deep := strings.Cut(path, ".")
		out := maps.Clone(v)
		if !deep {
			delete(out, first)
			return out
		}
		first = strings.TrimSuffix(first, "[]")
		if inner, ok := out[first]; ok {
			out[first] = without(inner, rest)
		}
		return out
	}
	return v
}

// with is a copy of a call whose field has another value, however deep.
func with(v any, path string, value any) any {
	switch v := v.(type) {
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = with(v[i], path, value)
		}
		return out
	case object:
		first, rest, deep := strings.Cut(path, ".")
		out := maps.Clone(v)
		if !deep {
			out[first] = value
			return out
		}
		first = strings.TrimSuffix(first, "[]")
		out[first] = with(out[first], rest, value)
		return out
	}
	return v
}

// wrong is a value of another type than the field's, nil where any would do.
func wrong(kind string) any {
	switch kind {
	case "string":
		return object{"a": 1}
	case "number", "boolean", "object", "objarray", "array", "numarray", "formdata":
		return "no such"
	default:
		return nil
	}
}

// Every interface with documented fields accepts a call with all of them, and
// refuses one that lacks a required field or has one of another type.
func TestFieldsOfAllInterfaces(t *testing.T) {
	var looked, lacking, mistyped int
	for i := range catalog.All() {
		if i.Params == nil || len(i.Params.Request) == 0 || i.Status == catalog.Removed {
			continue
		}
		looked++
		full := literal(i)
		if a := ask(t, new(interfaces.Memory), i.Name, full); a.Code != 0 {
			t.Errorf("%s: a full call is refused: %d %s", i.Name, a.Code, a.Reason)
			continue
		}
		doubts := catalog.DoubtsOf(i.Name)
		for _, f := range i.Params.Request {
			if f.Required && !doubts.MayLack(f.Name, func(name string) bool { return name != f.Name && full[name] != nil }) {
				lacking++
				a := ask(t, new(interfaces.Memory), i.Name, without(full, f.Name).(object))
				refusedFor(t, i, f, a, "missing")
			}
			if v := wrong(f.Type); v != nil {
				mistyped++
				a := ask(t, new(interfaces.Memory), i.Name, with(full, f.Name, v).(object))
				refusedFor(t, i, f, a, "of another type")
			}
		}
	}
	if looked < 128 || lacking < 275 || mistyped < 683 {
		t.Errorf("looked at %d interfaces, %d missing fields, %d wrong types", looked, lacking, mistyped)
	}
}

func refusedFor(t *testing.T, i catalog.Interface, f catalog.Field, a interfaces.Answer, what string) {
	t.Helper()
	var body struct {
		ErrCode int
		ErrMsg  string
	}
	if err := json.Unmarshal(a.Body, &body); err != nil || body.ErrCode != a.Code || body.ErrMsg == "" {
		t.Errorf("%s: %s", i.Name, a.Body)
	}
	if a.Code == 0 || !strings.HasPrefix(a.Reason, f.Name+" ") {
		t.Errorf("%s: %s is %s, and the answer is %d %q", i.Name, f.Name, what, a.Code, a.Reason)
		return
	}
	// A code that is called documented is one the interface lists, or one of the
	// few from older official text.
	listed := slices.ContainsFunc(i.Params.Errors, func(e catalog.ErrorCode) bool { return e.Code == a.Code })
	older := f.Name == "touser" && a.Code == 40003
	if a.Source == interfaces.Documented && !listed && !older {
		t.Errorf("%s: %d for %s is not documented", i.Name, a.Code, f.Name)
	}
	if a.Source == interfaces.Synthetic && a.Code != 47001 {
		t.Errorf("%s: %d for %s is made up", i.Name, a.Code, f.Name)
	}
}

// refusals are calls that are refused, and some that look like them and are not.
var refusals = []struct {
	api    string
	fields object
	code   int
	msg    string
}{
	{"subscribeMessage.send", object{"template_id": "t", "data": object{}}, 40003, "invalid openid"},
	{"subscribeMessage.send", object{"touser": "", "template_id": "t", "data": object{}}, 40003, "invalid openid"},
	{"subscribeMessage.send", object{"touser": nil, "template_id": "t", "data": object{}}, 40003, "invalid openid"},
	{"subscribeMessage.send", object{"touser": "o", "data": object{}}, 40037, "invalid template_id"},
	{"subscribeMessage.send", object{"touser": "o", "templateid": "t", "data": object{}}, 40037, "invalid template_id"},
	{"subscribeMessage.send", object{"touser": "o", "template_id": "t"}, 47003, "argument invalid"},
	{"subscribeMessage.send", object{"touser": "o", "template_id": "t", "data": object{"a": 1}}, 47003, "argument invalid"},
	{"subscribeMessage.send", object{"touser": "o", "template_id": "t", "data": object{"thing1": object{"value": strings.Repeat("长", 21)}}}, 47003, "argument invalid! data.thing1.value invalid"},
	{"subscribeMessage.send", object{"touser": "o", "template_id": "t", "data": object{"thing1": object{"value": strings.Repeat("长", 20)}}}, 0, ""},
	{"subscribeMessage.send", object{"touser": "o", "template_id": "t", "data": object{"number1": object{"value": 12.5}}}, 0, ""},
	{"subscribeMessage.send", object{"touser": "o", "template_id": "t", "data": object{"number1": object{"value": "twelve"}}}, 47003, "argument invalid! data.number1.value invalid"},
	{"subscribeMessage.send", object{"touser": "o", "template_id": "t", "data": object{"phrase3": object{"value": "审核通过"}}}, 0, ""},
	{"subscribeMessage.send", object{"touser": "o", "template_id": "t", "data": object{"phrase3": object{"value": "ok"}}}, 47003, ""},
	{"wxacode.get", object{"path": ""}, 40159, "invalid length for path or the data is not json string"},
	{"wxacode.get", object{}, 40159, ""},
	{"wxacode.get", object{"path": strings.Repeat("p", 1025)}, 40159, ""},
	{"wxacode.get", object{"path": "a?scancode_time=1"}, 85096, "not allow include scancode_time field"},
	{"wxacode.get", object{"path": "a", "width": "wide"}, 40097, "invalid args"},
	{"wxacode.get", object{"path": "a", "line_color": object{"r": "0", "g": "10", "b": "20"}}, 0, ""},
	{"wxacode.get", object{"path": "a", "line_color": object{"r": 0, "g": 10}}, 40097, ""},
	{"wxacode.getUnlimited", object{"scene": "a=1", "env_version": "release_error"}, 40097, "invalid args"},
	{"wxacode.getUnlimited", object{"scene": strings.Repeat("s", 33)}, 40169, ""},
	{"wxacode.getUnlimited", object{"scene": "中文"}, 40129, "invalid scene"},
	{"wxacode.getUnlimited", object{"scene": "a%20"}, 40129, ""},
	{"wxacode.getUnlimited", object{"scene": "a", "page": "/pages/index"}, 41030, "invalid page"},
	{"wxacode.getUnlimited", object{"scene": "a", "page": "pages/index?x=1"}, 41030, ""},
	{"wxacode.getUnlimited", object{"page": "pages/index"}, 40169, ""},
	{"wxacode.getUnlimited", object{"scene": "a", "page": "p/scancode_time"}, 85096, "not allow include scancode_time field"},
	{"wxacode.createQRCode", object{"path": "a?scancode_time=1"}, 85096, "page or path not allow include scancode_time field"},
	{"wxacode.createQRCode", object{"path": "a", "env_version": "beta"}, 0, ""},
	{"security.msgSecCheck", object{}, 47001, "data format error"},
	{"security.msgSecCheck", object{"content": "hello"}, 0, ""},
	{"security.msgSecCheck", object{"content": "hello", "version": 2, "openid": "o"}, 40129, "invalid scene"},
	{"security.msgSecCheck", object{"content": "hello", "version": 2, "openid": "o", "scene": 9}, 40129, ""},
	{"security.msgSecCheck", object{"content": "hello", "version": 2, "scene": 1}, 40003, ""},
	{"security.imgSecCheck", object{}, 41005, "media data missing"},
	{"security.imgSecCheck", object{"media": object{"type": "Buffer", "data": []any{1}}}, 41005, ""},
	{"security.mediaCheckAsync", object{"media_url": "https://example.com/a.png", "media_type": 3}, 40004, "invalid media type"},
	{"customerServiceMessage.send", object{"msgtype": "text", "text": object{"content": "hi"}}, 40003, "invalid openid"},
	{"customerServiceMessage.send", object{"touser": "o", "msgtype": "text"}, 47001, ""},
	{"customerServiceMessage.send", object{"touser": "o", "msgtype": "text", "text": object{}}, 47001, ""},
	{"customerServiceMessage.send", object{"touser": "o", "msgtype": "fax"}, 40008, "invalid message type"},
	{"customerServiceMessage.send", object{"touser": "o", "msgtype": "link", "link": object{"title": "t"}}, 0, ""},
	{"customerServiceMessage.send", object{"touser": "o", "msgtype": "miniprogrampage", "miniprogrampage": object{"title": "t", "pagepath": "p", "thumb_media_id": "m"}}, 0, ""},
	{"customerServiceMessage.uploadTempMedia", object{"type": "fax", "media": bytesOf("x")}, 40004, ""},
	{"customerServiceMessage.uploadTempMedia", object{"type": "image", "media": "x"}, 47001, ""},
	{"subscribeMessage.addTemplate", object{"tid": "401", "kid_list": []any{1, 2}, "scene_desc": "课程"}, 0, ""},
	{"subscribeMessage.addTemplate", object{"tid": "401", "kidList": []any{1}, "sceneDesc": "课程"}, 200020, ""},
	{"subscribeMessage.addTemplate", object{"tid": "401", "kidList": []any{1, 2}, "sceneDesc": strings.Repeat("字", 16)}, 200021, ""},
	{"subscribeMessage.addTemplate", object{"kidList": []any{1, 2}, "sceneDesc": "a"}, 200014, ""},
	{"phonenumber.getPhoneNumber", object{}, 40029, "invalid code"},
	{"phonenumber.getPhoneNumber", object{"code": "the code is a mock one"}, 40029, "invalid code"},
	{"ocr.printedText", object{}, 101000, "invalid image url"},
	{"ocr.printedText", object{"img": bytesOf("")}, 101002, "decode image failed"},
	{"ocr.printedText", object{"img_url": "https://example.com/a.png"}, 0, ""},
	{"ocr.idcard", object{"img_url": "https://example.com/a.png"}, 0, ""},
	{"ocr.idcard", object{}, 101000, ""},
	{"ocr.idcard", object{"img": bytesOf("")}, 101002, ""},
	{"ocr.bankcard", object{"img": bytesOf("")}, 101000, ""},
	{"urlscheme.generate", object{}, 0, ""},
	{"urlscheme.generate", object{"jump_wxa": object{"path": "/p?x=1"}}, 40165, "invalid weapp pagepath"},
	{"urlscheme.generate", object{"jump_wxa": object{"query": "a=1&b=中"}}, 40212, "invalid query"},
	{"urlscheme.generate", object{"jump_wxa": object{"env_version": "beta"}}, 85402, "invalid env_version"},
	{"urlscheme.generate", object{"expire_type": 1, "expire_interval": 31}, 85401, "time limit between 1min and 30days"},
	{"urllink.generate", object{"path": "/p", "expire_time": now.Add(-time.Hour).Unix()}, 85401, ""},
	{"urllink.generate", object{"cloud_base": object{}}, 47001, ""},
	{"templateMessage.send", object{}, 45103, "This API has been unsupported"},
	{"uniformMessage.send", object{}, 45109, "API has been withdrawn"},
}

func TestRefusalsOfFields(t *testing.T) {
	for _, c := range refusals {
		a := ask(t, new(interfaces.Memory), c.api, c.fields)
		name := fmt.Sprintf("%s %.80v", c.api, c.fields)
		if a.Code != c.code {
			t.Errorf("%s: %d %s, want %d", name, a.Code, a.Reason, c.code)
			continue
		}
		if c.code == 0 {
			continue
		}
		var body struct{ ErrMsg string }
		if err := json.Unmarshal(a.Body, &body); err != nil {
			t.Fatal(err)
		}
		if want := c.msg + " rid: 60ae120f-371d5872-7941a05b"; c.msg != "" && body.ErrMsg != want {
			t.Errorf("%s: %q, want %q", name, body.ErrMsg, want)
		}
		if a.Reason == "" {
			t.Errorf("%s: no reason", name)
		}
	}
}
