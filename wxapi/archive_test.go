package wxapi

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"wxcloud/internal/clierr"
)

// TestPayloadIsTheJSON: whatever the size, the streamed body is byte for byte
// what encoding the whole would give, its size is known before, and a second
// reading is the same.
func TestPayloadIsTheJSON(t *testing.T) {
	for _, size := range []int{0, 1, 2, 3, 4, 24<<10 - 1, 24 << 10, 24<<10 + 1, 100_000} {
		data := bytes.Repeat([]byte{0xfb, 1, 2, 250}, size/4+1)[:size]
		var told int64
		p, err := encode(newCode{
			target: target{`a"ZipFile":""`, "e"}, Handler: `"ZipFile":""`, zip: Bytes(data), progress: func(n int64) { told = n },
		})
		if err != nil {
			t.Fatal(err)
		}
		want, err := marshal(newCode{target: target{`a"ZipFile":""`, "e"}, Handler: `"ZipFile":""`, ZipFile: base64.StdEncoding.EncodeToString(data)})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			got, err := io.ReadAll(p.open(p.progress))
			if err != nil || !bytes.Equal(got, want) {
				t.Fatalf("%d bytes: %d instead of %d bytes of JSON, %v", size, len(got), len(want), err)
			}
		}
		hash, err := p.hash()
		if err != nil || hash != hexSHA256(want) || p.size() != int64(len(want)) || told != int64(size) {
			t.Errorf("%d bytes: hash %s, size %d, told %d, %v", size, hash, p.size(), told, err)
		}
	}
}

// lying says another size than it has.
type lying struct {
	Archive
	size int64
}

func (l lying) Size() int64 { return l.size }

func TestArchiveOfAnotherSize(t *testing.T) {
	d := newDouble(t)
	for _, size := range []int64{0, 99, 101, 24 << 10, 30 << 10} {
		err := environment(t, d.uploadKey()).UpdateFunctionCode(t.Context(), Code{Name: "f", Zip: lying{Bytes(make([]byte, 100)), size}})
		if !clierr.Is(err, "wxapi/archive") || d.seen["UpdateFunctionCode"] != 0 {
			t.Errorf("%d instead of 100: %v", size, err)
		}
	}
}

// TestCodeIsStreamed: sending 16 MB over a socket allocates a small part of
// it, both inside a request and through object storage.
func TestCodeIsStreamed(t *testing.T) {
	d := newDouble(t)
	var length, read int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" && r.Method == http.MethodPost {
			d.ServeHTTP(w, r)
			return
		}
		if r.Header.Get("X-TC-Action") == "GetTempCosInfo" {
			answerJSON(w, `{"Response":{"Date":"2026-11-22","Sign":"q-sign","RequestId":"r"}}`)
			return
		}
		if length > 0 && r.ContentLength < 1000 {
			answerJSON(w, `{"Response":{"RequestId":"r"}}`) // the code went to object storage before
			return
		}
		length = r.ContentLength
		read, _ = io.Copy(io.Discard, r.Body)
		answerJSON(w, `{"Response":{"RequestId":"r"}}`)
	}))
	defer server.Close()
	endpoints, err := Local(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	code := Code{Name: "f", Handler: DefaultHandler, Zip: Bytes(make([]byte, 16<<20))}
	for name, transport := range map[string]Transport{
		"upload key":  NewUploadKey(server.Client(), endpoints, testAppID, testKey(t), UploadKeyOptions{}),
		"tencent key": NewTencentKeys(server.Client(), endpoints, SecretPair{ID: "AKIDfake", Key: "fake"}),
	} {
		var env Env
		if err := json.Unmarshal([]byte(`{"EnvId":"`+testEnv+`","Storages":[{"Bucket":"6c6f-x-1250000000"}]}`), &env); err != nil {
			t.Fatal(err)
		}
		length = 0
		f := NewCloud(transport, testAppID).Functions(env)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := f.UpdateFunctionCode(t.Context(), code)
		runtime.ReadMemStats(&after)
		if err != nil || length < 16<<20 || read != length {
			t.Errorf("%s: %d of %d bytes, %v", name, read, length, err)
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > 2<<20 {
			t.Errorf("%s: %d KB allocated", name, used>>10)
		}
	}
}

func TestTriggersLogsAndCode(t *testing.T) {
	d := newDouble(t)
	f := environment(t, d.uploadKey())
	ctx := t.Context()
	if err := f.SetTriggers(ctx, "hello", []Trigger{{Name: "daily", Desc: "0 0 2 * * * *"}}); err != nil {
		t.Fatal(err)
	}
	want := `{"FunctionName":"hello","Namespace":"` + testEnv + `","Triggers":"[{\"TriggerName\":\"daily\",\"Type\":\"timer\",\"TriggerDesc\":\"0 0 2 * * * *\"}]","Count":1} @ap-shanghai`
	if diff := cmp.Diff(want, d.postdata["BatchCreateTrigger"]); diff != "" {
		t.Error(diff)
	}
	if err := f.DeleteTrigger(ctx, "hello", "daily"); !IsUnsupported(err) {
		t.Errorf("DeleteTrigger with the upload key: %v", err)
	}
	if _, err := f.Logs(ctx, LogQuery{Function: `a" OR "b`, RequestID: `\`}); err != nil {
		t.Fatal(err)
	}
	var log struct{ EnvId, QueryString, StartTime string }
	sent, _, _ := strings.Cut(d.postdata["SearchClsLog"], " @")
	if err := json.Unmarshal([]byte(sent), &log); err != nil || log.EnvId != testEnv || log.QueryString != `function_name:"a\" OR \"b" AND request_id:"\\"` {
		t.Errorf("SearchClsLog %+v, %v", log, err)
	}
	if _, err := f.Address(ctx, "hello"); !clierr.Is(err, "wxapi/bad-answer") {
		t.Errorf("an address without Url: %v", err)
	}
	if err := f.Download(ctx, Address{URL: "http://example.com/secret-link"}, io.Discard); !clierr.Is(err, "wxapi/insecure") || strings.Contains(err.Error(), "secret-link") {
		t.Errorf("download over plain http: %v", err)
	}
}
