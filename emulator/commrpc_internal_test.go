package emulator

import (
	"encoding/base64"
	"encoding/hex"
	"testing"

	"wxcloud/emulator/interfaces"
)

// Recorded from the real wx-server-sdk 4.0.2.
const (
	recordedSend     = "CAAStwEKKAoGdG91c2VyEh4ib1RFU1RvcGVuaWQwMDAwMDAwMDAwMDAwMDAwMSIKDwoEcGFnZRIHImluZGV4IgoqCgRkYXRhEiJ7ImtleXdvcmQxIjp7InZhbHVlIjoiMzM5MjA4NDk5In19ChQKC3RlbXBsYXRlX2lkEgUidHBsIgoTCgdmb3JtX2lkEggiRk9STUlEIgojChBlbXBoYXNpc19rZXl3b3JkEg8ia2V5d29yZDEuREFUQSI="
	recordedFile     = "CAASGQoXCgNpbWcSB1BOR0RBVEEiB2ltZy5wbmc="
	recordedOpenData = "CAIiIQoXQXBpR2V0T3BlbkRhdGFCeUNsb3VkSWQSBhIEY2lkMQ=="
)

func recorded(t testing.TB, text string) []byte {
	t.Helper()
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestDecodeRecordedCalls(t *testing.T) {
	m, err := decodeCommAPIData(recorded(t, recordedSend))
	if err != nil || m.apiType != apiOpen || len(m.pairs) != 6 || textOf(m.pairs, "touser") != `"oTESTopenid00000000000000001"` || textOf(m.pairs, "template_id") != `"tpl"` {
		t.Errorf("%+v %v", m, err)
	}
	m, err = decodeCommAPIData(recorded(t, recordedFile))
	if err != nil || len(m.pairs) != 1 || m.pairs[0].FileName != "img.png" || string(m.pairs[0].Value) != "PNGDATA" {
		t.Errorf("%+v %v", m, err)
	}
	m, err = decodeCommAPIData(recorded(t, recordedOpenData))
	if err != nil || m.apiType != apiSvrkit || m.svrkitName != "ApiGetOpenDataByCloudId" {
		t.Errorf("%+v %v", m, err)
	}
	if ids, err := decodeCloudIDs(m.svrkitData); err != nil || len(ids) != 1 || ids[0] != "cid1" {
		t.Errorf("%v %v", ids, err)
	}
}

// These bytes are what the real SDK understands.
func TestEncodeAnswers(t *testing.T) {
	for want, answer := range map[string]commAnswer{
		"18bb90dbffffffffffff01": {errorCode: codeNoPermission},
		"18bc90dbffffffffffff01": {errorCode: codeUnknownAPI},
		"0a027b7d1220" + hex.EncodeToString([]byte(interfaces.JSONType)) + "20c801": {data: []byte("{}"), contentType: interfaces.JSONType},
	} {
		if got := hex.EncodeToString(answer.encode()); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	if got := hex.EncodeToString(encodeOpenData([]string{"cid1"}, [][]byte{[]byte("{}")})); got != "0a0a0a046369643112027b7d" {
		t.Errorf("open data %s", got)
	}
}

func textOf(pairs []pair, key string) string {
	for _, p := range pairs {
		if p.Key == key {
			return string(p.Value)
		}
	}
	return ""
}

func FuzzDecodeCommAPIData(f *testing.F) {
	for _, text := range []string{recordedSend, recordedFile, recordedOpenData} {
		f.Add(recorded(f, text))
	}
	f.Add([]byte{0x12, 0xff, 0xff, 0xff, 0xff, 0x0f})
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := decodeCommAPIData(data)
		if err == nil && len(m.pairs) > len(data) {
			t.Errorf("%d arguments out of %d bytes", len(m.pairs), len(data))
		}
		_, _ = decodeCloudIDs(data)
	})
}
