package pack

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"wxcloud/config"
	"wxcloud/internal/clierr"
)

// folder makes a function of the files; a name ending in "*" is executable.
func folder(t testing.TB, files map[string]string) config.Function {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		mode := fs.FileMode(0o640)
		if strings.HasSuffix(name, "*") {
			name, mode = strings.TrimSuffix(name, "*"), 0o750
		}
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
	}
	return config.Function{Name: "hello", Dir: dir}
}

func zipOf(p *Package) []byte {
	data, _ := io.ReadAll(p.Archive().Reader())
	return data
}

func names(p *Package) []string {
	var out []string
	for _, f := range p.Files {
		out = append(out, f.Path)
	}
	return out
}

// pemKey is made up: the right shape, no key.
var pemKey = "-----BEGIN RSA PRIVATE KEY-----\n" + strings.Repeat("QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU2Nzg5YWJjZGVmZ2hpamts\n", 4) + "-----END RSA PRIVATE KEY-----\n"

func TestWhatIsPacked(t *testing.T) {
	fn := folder(t, map[string]string{
		"index.js": "a", "config.json": "{}", "package.json": "{}", "lib/数据.js": "b", "lib/node_modules/x/i.js": "x",
		"node_modules/m/index.js": "m", ".git/HEAD": "h", ".env": "SECRET=1", ".env.production": "S", "private.wx0.key": pemKey,
		"cert.pem": pemKey, ".DS_Store": "", ".wxcloud-ABCDEFG.tmp": "{}", "lib/.wxcloud-HIJKLMN.tmp": "{}", ".wxcloud/state.json": "{}", "notes.md": "n", "docs/a.md": "d", ".wxcloudignore": "*.md\n!notes.md\n",
	})
	remote, err := Build(fn, Options{RemoteInstall: true})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"config.json", "index.js", "lib/数据.js", "notes.md", "package.json"}
	if diff := cmp.Diff(want, names(remote)); diff != "" {
		t.Errorf("packed (-want +got):\n%s", diff)
	}
	var ignored []string
	for _, i := range remote.Ignored {
		ignored = append(ignored, i.Path+" "+i.Pattern)
	}
	wantIgnored := []string{
		".DS_Store .DS_Store", ".env .env", ".env.production .env.*", ".git/ .git", ".wxcloud/ .wxcloud/", ".wxcloud-ABCDEFG.tmp .wxcloud-*.tmp", ".wxcloudignore .wxcloudignore",
		"cert.pem *.pem", "docs/a.md *.md", "lib/.wxcloud-HIJKLMN.tmp .wxcloud-*.tmp", "lib/node_modules/ node_modules/", "node_modules/ node_modules/", "private.wx0.key private.*.key",
	}
	if diff := cmp.Diff(wantIgnored, ignored); diff != "" {
		t.Errorf("left out (-want +got):\n%s", diff)
	}
	local, err := Scan(fn, Options{})
	if err != nil || !local.Has("node_modules/m/index.js") || !local.Has("lib/node_modules/x/i.js") || local.Has("lib") || local.Compressed() {
		t.Errorf("with local modules: %v, %v", names(local), err)
	}
}

func TestTestsAreLeftOut(t *testing.T) {
	fn := folder(t, map[string]string{
		"index.js": "", "index.test.js": "", "lib/a.spec.ts": "", "lib/a.spec.mjs": "", "__tests__/a.js": "", "lib/__tests__/a.js": "", "test/a.js": "",
		"lib/tests/a.js": "", "contest.js": "", "test.js": "", "x.test.json": "", "node_modules/m/a.test.js": "", "node_modules/m/__tests__/a.js": "",
		"kept.test.js": "", IgnoreFile: "!kept.test.js\n",
	})
	p, err := Scan(fn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"contest.js", "index.js", "kept.test.js", "lib/tests/a.js", "node_modules/m/__tests__/a.js", "node_modules/m/a.test.js", "test.js", "test/a.js", "x.test.json",
	}
	if diff := cmp.Diff(want, names(p)); diff != "" {
		t.Errorf("packed (-want +got):\n%s", diff)
	}
}

func TestSecretsAreRefused(t *testing.T) {
	quoted := `const k = "` + strings.ReplaceAll(pemKey, "\n", `\n`) + `"`
	pieces := "const k = '-----BEGIN PRIVATE KEY-----\\n' +\n  'QUJDREVGR0hJSktMTU5PUFFSU1RV' +\n  'VldYWVowMTIzNDU2Nzg5YWJjZGVm'"
	utf16 := func(order binary.AppendByteOrder) string {
		text := order.AppendUint16(nil, 0xfeff)
		for _, c := range []byte(pemKey) {
			text = order.AppendUint16(text, uint16(c))
		}
		return string(text)
	}
	blob := base64.StdEncoding.EncodeToString([]byte(pemKey))
	lines := ""
	for rest := blob; rest != ""; {
		n := min(76, len(rest))
		lines, rest = lines+rest[:n]+"\r\n", rest[n:]
	}
	certificate := base64.StdEncoding.EncodeToString([]byte(strings.ReplaceAll(pemKey, "RSA PRIVATE KEY", "CERTIFICATE")))
	encrypted := strings.Replace(pemKey, "KEY-----\n", "KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0011\n\n", 1)
	tests := []struct {
		name   string
		files  map[string]string
		secret string // "" means packed
	}{
		{"key under another name", map[string]string{"lib/data.txt": pemKey}, "lib/data.txt"},
		{"key in source code", map[string]string{"keys.js": quoted}, "keys.js"},
		{"key in pieces", map[string]string{"keys.js": pieces}, "keys.js"},
		{"encrypted key", map[string]string{"k.txt": encrypted}, "k.txt"},
		{"Windows newlines", map[string]string{"k.txt": strings.ReplaceAll(pemKey, "\n", "\r\n")}, "k.txt"},
		{"taken back by name", map[string]string{".env": "A=1", IgnoreFile: "!.env\n"}, ".env"},
		{"taken back by pattern", map[string]string{"apiclient_key.pem": pemKey, IgnoreFile: "!*.pem\n"}, "apiclient_key.pem"},
		{"ssh key", map[string]string{"id_rsa": "x"}, "id_rsa"},
		{"key store", map[string]string{"certs/apiclient_cert.p12": "x"}, "certs/apiclient_cert.p12"},
		{"another case", map[string]string{".Env": "A=1"}, ".Env"},
		{"another case, by pattern", map[string]string{"conf/Private.wx0.KEY": "x"}, "conf/Private.wx0.KEY"},
		{"UTF-16, little end first", map[string]string{"k.txt": utf16(binary.LittleEndian)}, "k.txt"},
		{"UTF-16, big end first", map[string]string{"k.txt": utf16(binary.BigEndian)}, "k.txt"},
		{"base64", map[string]string{"k.js": `module.exports = "` + blob + `"`}, "k.js"},
		{"base64 in lines", map[string]string{"k.txt": "KEY: |\n" + lines}, "k.txt"},
		{"base64 for URLs, after a certificate", map[string]string{"k.txt": certificate + "\n" + base64.RawURLEncoding.EncodeToString([]byte(pemKey))}, "k.txt"},
		{"a certificate in base64", map[string]string{"ca.txt": certificate}, ""},
		{"code that looks for base64 keys", map[string]string{"k.js": `if (s.startsWith("LS0tLS1CRUdJTi")) decode(s)`}, ""},
		{"code that looks for keys", map[string]string{"keys.js": `if (s.startsWith("-----BEGIN PRIVATE KEY-----")) return s.replace(/-----END PRIVATE KEY-----/, "")`}, ""},
		{"code that builds keys", map[string]string{"keys.js": "'-----BEGIN RSA PRIVATE KEY-----\\n' + body + '\\n-----END RSA PRIVATE KEY-----'"}, ""},
		{"a certificate", map[string]string{"ca.crt": strings.ReplaceAll(pemKey, "RSA PRIVATE KEY", "CERTIFICATE")}, ""},
		{"a template", map[string]string{".env.example": "A=", IgnoreFile: "!.env.example\n"}, ""},
		{"an example in a package", map[string]string{"node_modules/rsa/test.js": quoted}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.files["index.js"] = "x"
			fn := folder(t, tt.files)
			_, err := Build(fn, Options{})
			e, ok := errors.AsType[*clierr.Error](err)
			if tt.secret == "" {
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if !ok || !strings.HasPrefix(string(e.ID), "pack/secret") || e.Args["file"] != tt.secret || e.Args["pattern"] == "" || e.Exit != clierr.Local {
				t.Fatalf("got %v", err)
			}
			if strings.Contains(err.Error(), "QUJDREVG") {
				t.Errorf("the error quotes the secret: %v", err)
			}
			p, err := Build(fn, Options{AllowSecrets: []string{tt.secret}})
			if err != nil || !p.Has(tt.secret) {
				t.Errorf("allowed by name: %v", err)
			}
		})
	}
}

func TestAllowedSecretNeedsNoIgnoreRule(t *testing.T) {
	fn := folder(t, map[string]string{"index.js": "x", "apiclient_key.pem": pemKey})
	p, err := Build(fn, Options{AllowSecrets: []string{"apiclient_key.pem"}})
	if err != nil || !p.Has("apiclient_key.pem") {
		t.Errorf("%v, %v", names(p), err)
	}
}

func TestSameBytesEverywhere(t *testing.T) {
	files := map[string]string{"index.js": "exports.main = 1", "run.sh*": "#!/bin/sh", "lib/云.js": strings.Repeat("x", 5000)}
	first, err := Build(folder(t, files), Options{})
	if err != nil {
		t.Fatal(err)
	}
	other := folder(t, files)
	old := time.Date(2001, 2, 3, 4, 5, 6, 0, time.FixedZone("", 8*3600))
	for _, f := range []string{"index.js", "run.sh", "lib/云.js"} {
		path := filepath.Join(other.Dir, filepath.FromSlash(f))
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Join(other.Dir, "index.js"), 0o604); err != nil {
		t.Fatal(err)
	}
	second, err := Build(other, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(zipOf(first), zipOf(second)) || first.Digest != second.Digest {
		t.Error("the same files gave two packages")
	}
	r, err := zip.NewReader(bytes.NewReader(zipOf(first)), first.Size())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range r.File {
		got = append(got, f.Name+" "+f.Mode().String())
		if f.NonUTF8 || len(f.Extra) != 0 || f.CreatorVersion>>8 != 3 {
			t.Errorf("%s: not UTF-8 %v, extra %d bytes, creator %d", f.Name, f.NonUTF8, len(f.Extra), f.CreatorVersion>>8)
		}
	}
	want := []string{"index.js -rw-r--r--", "lib/云.js -rw-r--r--", "run.sh -rwxr-xr-x"}
	if runtime.GOOS != "windows" && !slices.Equal(got, want) {
		t.Errorf("entries %v, want %v", got, want)
	}
}

func TestDigestSeesEveryChange(t *testing.T) {
	base := map[string]string{"index.js": "a", "b.js": "b"}
	seen := map[string]string{}
	for name, files := range map[string]map[string]string{
		"as it is": base, "other contents": {"index.js": "A", "b.js": "b"}, "renamed": {"index.js": "a", "c.js": "b"},
		"one more": {"index.js": "a", "b.js": "b", "c.js": ""}, "swapped": {"index.js": "b", "b.js": "a"}, "executable": {"index.js": "a", "b.js*": "b"},
	} {
		if name == "executable" && runtime.GOOS == "windows" {
			continue
		}
		p, err := Scan(folder(t, files), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if other, twice := seen[p.Digest]; twice {
			t.Errorf("%q and %q have one digest", name, other)
		}
		seen[p.Digest] = name
	}
}

func TestLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need rights on Windows")
	}
	link := func(target, name string) config.Function {
		fn := folder(t, map[string]string{"index.js": "x", "lib/a.js": "a"})
		if err := os.Symlink(target, filepath.Join(fn.Dir, name)); err != nil {
			t.Fatal(err)
		}
		return fn
	}
	p, err := Build(link("../index.js", "lib/main.js"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(zipOf(p)), p.Size())
	if err != nil {
		t.Fatal(err)
	}
	f, err := r.Open("lib/main.js")
	if err != nil {
		t.Fatal(err)
	}
	text, _ := io.ReadAll(f)
	info, _ := f.Stat()
	if string(text) != "../index.js" || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("stored as %v %q", info.Mode(), text)
	}
	for _, target := range []string{"../../elsewhere", "/etc/passwd", "a/../../../x", ".."} {
		fn := link(target, "lib/out")
		_, err := Build(fn, Options{})
		if target == ".." {
			if err != nil {
				t.Errorf("a link to the function itself: %v", err)
			}
			continue
		}
		if !clierr.Is(err, "pack/link-outside") {
			t.Errorf("link to %s: %v", target, err)
		}
		if e, ok := errors.AsType[*clierr.Error](err); !ok || e.At.File != fn.Dir {
			t.Errorf("link to %s: the error does not say of which function: %v", target, err)
		}
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]clierr.ID{
		"a/b.js": "", "云/数.js": "", "sp ace": "", "a\xff": "pack/name-not-utf8", `a\b`: "pack/name-backslash", "a\nb": "pack/name-control",
		"../a": "pack/name-path", "/a": "pack/name-path", "a//b": "pack/name-path", "": "pack/name-path",
	} {
		if got := badName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func TestTooLargeNamesTheLargest(t *testing.T) {
	noise := make([]byte, 60000)
	state := uint32(1)
	for i := range noise {
		state = state*1664525 + 1013904223
		noise[i] = byte(state >> 24)
	}
	fn := folder(t, map[string]string{"index.js": "x", "assets/a.bin": string(noise), "assets/b.bin": string(noise[:30000]), "node_modules/big/x.bin": string(noise[:50000])})
	_, err := Build(fn, Options{MaxBase64: 100_000})
	e, ok := errors.AsType[*clierr.Error](err)
	if !ok || e.ID != "pack/too-large" || !strings.HasPrefix(e.Args["largest"], "assets/ 0.1 MB, node_modules/big/ ") {
		t.Errorf("got %v", err)
	}
	if _, err := Build(fn, Options{MaxBase64: 1 << 20}); err != nil {
		t.Errorf("below the limit: %v", err)
	}
}

func TestFileChangedMeanwhile(t *testing.T) {
	fn := folder(t, map[string]string{"index.js": "x"})
	p, err := Scan(fn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(fn.Dir, "index.js"), []byte("y"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := p.Compress(); !clierr.Is(err, "pack/changed") {
		t.Errorf("got %v", err)
	}
}

func TestNothingToPack(t *testing.T) {
	if _, err := Scan(folder(t, map[string]string{".env": "x"}), Options{}); !clierr.Is(err, "pack/empty") {
		t.Errorf("got %v", err)
	}
	if _, err := Scan(config.Function{Dir: filepath.Join(t.TempDir(), "gone")}, Options{}); !clierr.Is(err, "pack/cannot-read") {
		t.Errorf("got %v", err)
	}
}

// FuzzZipNames: whatever files are called, no entry of an archive leaves the
// folder it is unpacked into, and every archive can be read.
func FuzzZipNames(f *testing.F) {
	for _, s := range []string{"index.js", "a/../b", "/abs", `..\x`, "云.js", "a\xffb", "nul\x00", "C:evil", " ", "…/…"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		dir := t.TempDir()
		path := filepath.Join(dir, "fn", name)
		rel, err := filepath.Rel(filepath.Join(dir, "fn"), path)
		if err != nil || strings.HasPrefix(rel, "..") || os.MkdirAll(filepath.Dir(path), 0o755) != nil || os.WriteFile(path, []byte("x"), 0o600) != nil {
			t.Skip()
		}
		p, err := Build(config.Function{Dir: filepath.Join(dir, "fn")}, Options{})
		if err != nil {
			if e, ok := errors.AsType[*clierr.Error](err); !ok || e.Exit != clierr.Local {
				t.Fatalf("not one of our errors: %v", err)
			}
			return
		}
		r, err := zip.NewReader(bytes.NewReader(zipOf(p)), p.Size())
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range r.File {
			if !fs.ValidPath(e.Name) || strings.Contains(e.Name, `\`) || e.NonUTF8 {
				t.Fatalf("entry %q", e.Name)
			}
		}
	})
}

func FuzzPrivateKey(f *testing.F) {
	f.Add([]byte(pemKey))
	f.Add([]byte("-----BEGIN PRIVATE KEY-----"))
	f.Add([]byte("\xff\xfe-\x00"))
	f.Add([]byte(base64.StdEncoding.EncodeToString([]byte(pemKey))))
	f.Fuzz(func(t *testing.T, data []byte) {
		plain := bytes.ReplaceAll(data, []byte{0}, nil)
		if privateKey(data) >= 0 && !bytes.Contains(plain, []byte("PRIVATE KEY-----")) && !bytes.Contains(plain, []byte("LS0tLS1CRUdJTi")) {
			t.Fatal("a key without its opening line")
		}
		if privateKey(append(data, "\n"+pemKey...)) < 0 {
			t.Fatal("a key is missed behind other text")
		}
	})
}
