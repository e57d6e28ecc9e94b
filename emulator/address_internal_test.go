package emulator

import "testing"

func TestPlainAddress(t *testing.T) {
	for _, url := range []string{"http://127.0.0.1:9420", "http://127.0.0.2:1", "http://[::1]:65535"} {
		if !(address{URL: url}).plain() {
			t.Errorf("%s was refused", url)
		}
	}
	for _, url := range []string{
		"", "http://", "127.0.0.1:9420", "https://127.0.0.1:9420", "HTTP://127.0.0.1:9420", "http://http://127.0.0.1:9420",
		"http://127.0.0.1", "http://127.0.0.1:", "http://127.0.0.1:0", "http://127.0.0.1:09420", "http://127.0.0.1:65536", "http://127.0.0.1:http",
		"http://localhost:9420", "http://127.0.0.1.example.com:9420", "http://example.com:80", "http://2130706433:9420", "http://127.1:9420",
		"http://192.168.1.1:80", "http://169.254.169.254:80", "http://0.0.0.0:9420", "http://[::]:9420", "http://[fe80::1]:80", "http://[::1%lo]:80",
		"http://127.0.0.1:9420/", "http://127.0.0.1:9420/x", "http://127.0.0.1:9420?x", "http://127.0.0.1:9420#x",
		"http://u@127.0.0.1:9420", "http://127.0.0.1:9420@example.com:80", "http://127.0.0.1:9420 ", " http://127.0.0.1:9420", "http://127.0.0.1:9420\n",
	} {
		if (address{URL: url}).plain() {
			t.Errorf("%q was taken", url)
		}
	}
}
