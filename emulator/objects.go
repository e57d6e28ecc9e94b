package emulator

import (
	"encoding/xml"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"wxcloud/emulator/signature"
	"wxcloud/internal/cron"
)

// Bounds of the object storage, which holds code on its way to a function.
const (
	maxObjects   = 32
	maxObject    = 256 << 20
	maxParts     = 1000
	maxUploads   = 64
	maxStored    = 512 << 20 // of all objects, and of all parts, together
	cosGrantLife = 30 * time.Minute
)

// objects is the object storage that code too large for a request goes through:
// one bucket, in memory, the oldest objects dropped.
type objects struct {
	mu      sync.Mutex
	grants  map[string]grant // by the text of the Authorization
	uploads map[string]*multipartUpload
	stored  map[string][]byte
	order   []string // keys of stored, oldest first
	parts   int      // bytes of all uploads' parts
}

// grant lets whoever shows it write one object.
type grant struct {
	key   string
	until time.Time
}

type multipartUpload struct {
	key   string
	parts map[int][]byte
	size  int
}

// allow makes the Authorization with which one object may be written. What the
// real one covers is not documented; clients only hand it on.
func (o *objects) allow(s secret, key string, now time.Time) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.grants == nil || len(o.grants) >= maxUploads {
		o.grants = map[string]grant{}
	}
	until := now.Add(cosGrantLife)
	times := strconv.FormatInt(now.Unix(), 10) + ";" + strconv.FormatInt(until.Unix(), 10)
	text := "q-sign-algorithm=sha1&q-ak=" + s.id + "&q-sign-time=" + times + "&q-key-time=" + times +
		"&q-header-list=&q-url-param-list=&q-signature=" + signature.Hash([]byte(s.key + key + times))[:40]
	o.grants[text] = grant{key: key, until: until}
	return text
}

func (o *objects) allowed(authorization, key string, now time.Time) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	g, ok := o.grants[authorization]
	return ok && g.key == key && now.Before(g.until)
}

func (o *objects) put(key string, data []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.stored == nil {
		o.stored = map[string][]byte{}
	}
	if _, again := o.stored[key]; !again {
		o.order = append(o.order, key)
	}
	o.stored[key] = data
	total := 0
	for _, data := range o.stored {
		total += len(data)
	}
	for len(o.order) > maxObjects || total > maxStored {
		total -= len(o.stored[o.order[0]])
		delete(o.stored, o.order[0])
		o.order = o.order[1:]
	}
}

func (o *objects) get(key string) ([]byte, bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	data, ok := o.stored[key]
	return data, ok
}

func (o *objects) begin(key string) (id string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.uploads == nil || len(o.uploads) >= maxUploads {
		o.uploads, o.parts = map[string]*multipartUpload{}, 0
	}
	id = randomHex(16)
	o.uploads[id] = &multipartUpload{key: key, parts: map[int][]byte{}}
	return id
}

// part keeps one part, and reports whether the upload is known and has room.
func (o *objects) part(id, key string, number int, data []byte) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	u, ok := o.uploads[id]
	if !ok || u.key != key || number < 1 || number > maxParts {
		return false
	}
	more := len(data) - len(u.parts[number])
	if u.size+more > maxObject || o.parts+more > maxStored {
		return false
	}
	u.size, o.parts = u.size+more, o.parts+more
	u.parts[number] = data
	return true
}

// finish puts the named parts together.
func (o *objects) finish(id, key string, numbers []int) bool {
	o.mu.Lock()
	u, ok := o.uploads[id]
	var whole []byte
	if ok = ok && u.key == key && len(numbers) > 0; ok {
		last := 0
		for _, n := range numbers {
			part, there := u.parts[n]
			if ok = there && n > last; !ok {
				break // a part named twice would make more of it than was sent
			}
			last = n
			whole = append(whole, part...)
		}
		delete(o.uploads, id)
		o.parts -= u.size
	}
	o.mu.Unlock()
	if ok {
		o.put(key, whole)
	}
	return ok
}

// objectStorage answers the bucket's host: a plain upload, or one in parts.
func (e *Emulator) objectStorage(q *request) {
	key := strings.TrimPrefix(q.URL.Path, "/")
	q.x.Action = "cos " + q.Method
	query := q.URL.Query()
	switch {
	case !e.objects.allowed(q.Header.Get("Authorization"), q.keyOf(key, query.Get("prefix")), time.Now()):
		q.storageError(http.StatusForbidden, "AccessDenied", "this Authorization was not given for this object")
	case q.Method == http.MethodGet && query.Has("uploads"):
		q.xml(struct {
			XMLName     xml.Name `xml:"ListMultipartUploadsResult"`
			IsTruncated bool
		}{})
	case q.Method == http.MethodPost && query.Has("uploads"):
		q.xml(struct {
			XMLName       xml.Name `xml:"InitiateMultipartUploadResult"`
			Key, UploadId string
		}{Key: key, UploadId: e.objects.begin(key)})
	case q.Method == http.MethodPut && query.Get("uploadId") != "":
		number, err := strconv.Atoi(query.Get("partNumber"))
		if err != nil || !e.objects.part(query.Get("uploadId"), key, number, q.body) {
			q.storageError(http.StatusNotFound, "NoSuchUpload", "no such upload, or it is too large")
			return
		}
		q.w.Header().Set("ETag", `"`+signature.Hash(q.body)[:32]+`"`)
	case q.Method == http.MethodPut:
		e.objects.put(key, q.body)
		q.w.Header().Set("ETag", `"`+signature.Hash(q.body)[:32]+`"`)
	case q.Method == http.MethodPost && query.Get("uploadId") != "":
		e.completeUpload(q, key, query.Get("uploadId"))
	default:
		q.storageError(http.StatusNotImplemented, "NotImplemented", "the local cloud stores code on its way, nothing else")
	}
}

// keyOf is the object a request is about; a listing names it as its prefix.
func (q *request) keyOf(key, prefix string) string {
	if key == "" {
		return prefix
	}
	return key
}

func (e *Emulator) completeUpload(q *request, key, id string) {
	var in struct {
		Parts []struct{ PartNumber int } `xml:"Part"`
	}
	var numbers []int
	err := xml.Unmarshal(q.body, &in)
	for _, p := range in.Parts {
		numbers = append(numbers, p.PartNumber)
	}
	if err != nil || !e.objects.finish(id, key, numbers) {
		q.storageError(http.StatusBadRequest, "InvalidPart", "the parts do not make an object")
		return
	}
	q.xml(struct {
		XMLName             xml.Name `xml:"CompleteMultipartUploadResult"`
		Location, Key, ETag string
	}{Location: q.Host + "/" + key, Key: key, ETag: id})
}

func (q *request) xml(v any) {
	data, err := xml.Marshal(v)
	if err != nil { // cannot happen with the types given here
		q.refuse(http.StatusInternalServerError, err.Error())
		return
	}
	q.bytes("application/xml", data)
}

func (q *request) storageError(status int, code, message string) {
	q.x.Status, q.x.Verdict = status, code
	q.w.Header().Set("Content-Type", "application/xml")
	q.w.WriteHeader(status)
	data, _ := xml.Marshal(struct {
		XMLName       xml.Name `xml:"Error"`
		Code, Message string
	}{Code: code, Message: message})
	_, _ = q.w.Write(data) // the client has gone: nobody is left to tell
}

// getTempCosInfo says where code may be put and with what.
func (e *Emulator) getTempCosInfo(_ *request, body []byte) (map[string]any, *cloudError) {
	var in struct{ ObjectPath string }
	if failure := decode(body, &in); failure != nil {
		return nil, failure
	}
	if in.ObjectPath == "" {
		return nil, &cloudError{"InvalidParameterValue.TempCosObjectName", "ObjectPath is empty"}
	}
	now := time.Now()
	date := now.In(cron.Beijing).Format(time.DateOnly)
	return map[string]any{"Date": date, "Sign": e.objects.allow(e.owner, date+"/"+strings.TrimPrefix(in.ObjectPath, "/"), now)}, nil
}

// describeAccount names the Tencent account behind the mini program.
func (e *Emulator) describeAccount(*request, []byte) (map[string]any, *cloudError) {
	return map[string]any{"AppId": e.credentials.AppID, "CloudAppId": tencentAppID, "Uin": "100000000001"}, nil
}
