package emulator_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"wxcloud/emulator/faults"
)

// cliKey calls as @wxcloud/cli does.
func (c *cloud) cliKey(path, key string, body any) object {
	c.t.Helper()
	header := http.Header{"Content-Type": {"application/json"}, "X-CloudRunCli-Robot": {"7"}, "X-CloudRunCli-Key": {key}}
	status, _, data := c.send(http.MethodPost, "/wxa-dev-qbase/"+path+"?autodev=1&appid="+c.e.Credentials().AppID, header, encode(c.t, body))
	var out object
	if err := json.Unmarshal(data, &out); err != nil {
		c.t.Fatalf("%s: %d %s", path, status, data)
	}
	return out
}

func ret(answer object) float64 { return answer["base_resp"].(object)["ret"].(float64) }

// Known from the source of @wxcloud/cli, never verified live: its key reaches the
// cloud API through the relay and directly.
func TestCLIKey(t *testing.T) {
	c := start(t)
	c.deploy("hello", hello, false)
	key := c.e.Credentials().CLIKey
	if r := c.cliKey("getqbaseinfo", key, object{"appid": c.e.Credentials().AppID}); ret(r) != 0 {
		t.Errorf("log-in: %v", r)
	}
	relayed := c.cliKey("apihttpagent", key, object{
		"postdata": `{"Namespace":"local"}`, "cgi_id": 401, "service": "scf", "action": "ListFunctions", "version": "2018-04-16", "region": "ap-shanghai",
	})
	if content, _ := relayed["content"].(string); ret(relayed) != 0 || !strings.Contains(content, `"FunctionName":"hello"`) || !strings.HasPrefix(content, `{"Response":`) {
		t.Errorf("relayed: %v", relayed)
	}
	body := encode(t, object{"Namespace": "local"})
	sum := sha256.Sum256(body)
	signed := c.cliKey("route/getqcloudapiauth", key, object{
		"action": "ListFunctions", "service": "scf", "version": "2018-04-16", "region": "ap-shanghai", "hashed_postdata": hex.EncodeToString(sum[:]),
	})
	var data struct{ Header string }
	if err := json.Unmarshal([]byte(signed["data"].(string)), &data); err != nil {
		t.Fatal(err)
	}
	header := http.Header{}
	for line := range strings.Lines(data.Header) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		header.Set(name, strings.TrimSpace(value))
	}
	if r := c.directWith(header, body); errorCode(r) != "" || r["TotalCount"] != 1.0 {
		t.Errorf("direct: %v", r)
	}

	for _, wrong := range []string{"", "local-cli-other"} {
		if r := c.cliKey("apihttpagent", wrong, object{"service": "scf", "action": "ListFunctions"}); ret(r) != 41002 || r["content"] != nil {
			t.Errorf("key %q: %v", wrong, r)
		}
	}
	if r := c.cliKey("getfuncconfig", key, object{}); ret(r) != -1 {
		t.Errorf("whether the key may read permissions is not known: %v", r)
	}
	c.lay(faults.Rule{On: "getqbaseinfo"}, "code:-10008")
	if r := c.cliKey("getqbaseinfo", key, object{}); ret(r) != -10008 {
		t.Errorf("a fault: %v", r)
	}
}
