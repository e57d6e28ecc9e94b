package wxapi

import (
	"crypto/rsa"
	"encoding/json"
	"os"
	"testing"
	"time"
)

// vectors were made with fake keys by the reference signers of both channels.
type vectors struct {
	CI struct {
		Message   string `json:"message"`
		Signature string `json:"signature_base64"`
	} `json:"ci_signature"`
	TC3 struct {
		ID            string `json:"secret_id"`
		Key           string `json:"secret_key"`
		Timestamp     int64  `json:"timestamp"`
		Service       string `json:"service"`
		Host          string `json:"host"`
		Body          string `json:"body"`
		Hash          string `json:"body_sha256"`
		Authorization string `json:"authorization"`
	} `json:"tc3"`
}

func readVectors(t *testing.T) vectors {
	t.Helper()
	raw, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func testKey(t testing.TB) *rsa.PrivateKey {
	t.Helper()
	raw, err := os.ReadFile("testdata/throwaway_rsa_pkcs1.pem")
	if err != nil {
		t.Fatal(err)
	}
	key, err := ParseUploadKey(raw, "testdata")
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestUploadKeySignatureVector(t *testing.T) {
	v := readVectors(t)
	if want := `{"appid":"wx0000000000000000","rand_str":"abcdefgh12345678"}`; v.CI.Message != want {
		t.Fatalf("the vector signs %s", v.CI.Message)
	}
	got, err := signRandom(testKey(t), "wx0000000000000000", "abcdefgh12345678")
	if err != nil || got != v.CI.Signature {
		t.Errorf("signature %s, %v; want %s", got, err, v.CI.Signature)
	}
}

// TestSignatureEscapesNothing: the text is compared byte for byte, and Go
// would write < and & as escapes.
func TestSignatureEscapesNothing(t *testing.T) {
	got, err := marshal(struct {
		Rand string `json:"rand_str"`
	}{"a<b>&c"})
	if err != nil || string(got) != `{"rand_str":"a<b>&c"}` {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestTC3Vector(t *testing.T) {
	v := readVectors(t).TC3
	if got := hexSHA256([]byte(v.Body)); got != v.Hash {
		t.Errorf("hash %s, want %s", got, v.Hash)
	}
	got := tc3(SecretPair{ID: v.ID, Key: v.Key}, v.Service, v.Host, time.Unix(v.Timestamp, 0), v.Hash)
	if got != v.Authorization {
		t.Errorf("got  %s\nwant %s", got, v.Authorization)
	}
}
