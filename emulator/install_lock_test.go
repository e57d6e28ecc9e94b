package emulator_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"wxcloud/emulator"
)

// registry serves two versions of one package as the npm registry does.
func registry(t *testing.T) (url string, integrity map[string]string) {
	t.Helper()
	tarballs, integrity := map[string][]byte{}, map[string]string{}
	for _, version := range []string{"1.0.0", "1.1.0"} {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		w := tar.NewWriter(z)
		for name, text := range map[string]string{
			"package/package.json": `{"name":"wxcloud-test-locked","version":"` + version + `","main":"m.js"}`, "package/m.js": "module.exports = '" + version + "'",
		} {
			if err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(text))}); err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write([]byte(text)); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		tarballs[version] = b.Bytes()
		sum := sha512.Sum512(b.Bytes())
		integrity[version] = "sha512-" + base64.StdEncoding.EncodeToString(sum[:])
	}
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if version, ok := strings.CutPrefix(r.URL.Path, "/t/"); ok {
			_, _ = w.Write(tarballs[strings.TrimSuffix(version, ".tgz")])
			return
		}
		versions := object{}
		for version := range tarballs {
			versions[version] = object{"name": "wxcloud-test-locked", "version": version, "main": "m.js", "dist": object{
				"tarball": server.URL + "/t/" + version + ".tgz", "integrity": integrity[version],
			}}
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(encode(t, object{"name": "wxcloud-test-locked", "dist-tags": object{"latest": "1.1.0"}, "versions": versions}))
	}))
	t.Cleanup(server.Close)
	return server.URL, integrity
}

// What a function's lock pins is installed; without a lock, the newest; a lock
// that is not the manifest's is mended as npm install does.
func TestPackageLockIsFollowed(t *testing.T) {
	needNode(t, "npm")
	url, integrity := registry(t)
	t.Setenv("npm_config_registry", url)
	t.Setenv("npm_config_cache", t.TempDir())
	cache := t.TempDir()
	c := start(t, func(o *emulator.Options) { o.CacheDir = cache })
	manifest := `{"name":"f","version":"1.0.0","dependencies":{"wxcloud-test-locked":"^1.0.0"}}`
	lock := fmt.Sprintf(`{"name":"f","version":"1.0.0","lockfileVersion":3,"requires":true,"packages":{
  "":{"name":"f","version":"1.0.0","dependencies":{"wxcloud-test-locked":"^1.0.0"}},
  "node_modules/wxcloud-test-locked":{"version":"1.0.0","resolved":"%s/t/1.0.0.tgz","integrity":"%s"}}}`, url, integrity["1.0.0"])
	for name, tt := range map[string]struct{ lock, want string }{
		"locked": {lock, "1.0.0"}, "free": {"", "1.1.0"},
		"stale": {`{"name":"f","lockfileVersion":3,"requires":true,"packages":{"":{"name":"f"}}}`, "1.1.0"},
	} {
		files := map[string]string{"index.js": `exports.main = () => require('wxcloud-test-locked')`, "package.json": manifest}
		if tt.lock != "" {
			files["package-lock.json"] = tt.lock
		}
		c.deploy(name, files, true)
		if r := c.call(name, "o", object{}); string(r.Result) != `"`+tt.want+`"` {
			t.Errorf("%s: %+v, want %s", name, r, tt.want)
		}
	}
}
