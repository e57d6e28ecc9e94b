package pack

import (
	"bytes"
	"encoding/base64"
	"path"
	"slices"
	"strings"

	"wxcloud/internal/clierr"
	"wxcloud/internal/ignore"
)

// secretNames are names that hold credentials. Most are left out by default;
// this stops those that .wxcloudignore took back, in whatever case they are
// written: some file systems do not tell .Env from .env.
const secretNames = `.env
.env.*
!.env.example
!.env.sample
!.env.template
private.*.key
id_rsa
id_dsa
id_ecdsa
id_ed25519
*.p12
*.pfx
*.jks
*.keystore
.npmrc
.wxcloudconfig
`

// guard refuses a file that would carry a secret into the cloud.
func (p *Package) guard(name string, data []byte, secret ignore.List) error {
	// What npm installed is published anyway, and packages about cryptography
	// are full of example keys.
	published := strings.HasPrefix(name, "node_modules/") || strings.Contains(name, "/node_modules/")
	if published || slices.Contains(p.options.AllowSecrets, name) {
		return nil
	}
	what := ""
	if hit, by := secret.Match(strings.ToLower(name), false); hit {
		what = by.Text
	} else if privateKey(data) {
		what = "BEGIN PRIVATE KEY"
	}
	if what == "" {
		return nil
	}
	args := clierr.Args{"file": name, "name": path.Base(name), "pattern": what, "list": IgnoreFile}
	return clierr.New("pack/secret", clierr.Local, args).Hint("pack/hint-ignore", args).Hint("pack/hint-allow-secret", args)
}

// privateKey reports whether data holds a private key: as PEM, as PEM in UTF-16
// (what a redirection in PowerShell writes), or as PEM that is base64 as a whole
// (how keys travel in variables).
func privateKey(data []byte) bool {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		data = bytes.ReplaceAll(data, []byte{0}, nil)
	}
	return pemText(data) || encodedKey(data)
}

// encodedKey looks for base64 that starts with what "-----BEGIN" is in it.
func encodedKey(data []byte) bool {
	const opening = "LS0tLS1CRUdJTi"
	for {
		at := bytes.Index(data, []byte(opening))
		if at < 0 {
			return false
		}
		if pemText(decoded(data[at:])) {
			return true
		}
		data = data[at+len(opening):]
	}
}

// decoded is the start of the base64 text that data begins with, in either
// alphabet and with line breaks, as far as it goes.
func decoded(data []byte) []byte {
	var text []byte
	for i := 0; i < len(data) && len(text) < 4096; i++ {
		c := data[i]
		switch {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '+', c == '/':
			text = append(text, c)
		case c == '-':
			text = append(text, '+')
		case c == '_':
			text = append(text, '/')
		case c == '\\' && i+1 < len(data) && (data[i+1] == 'n' || data[i+1] == 'r'):
			i++
		case c != ' ' && c != '\t' && c != '\r' && c != '\n':
			data = nil // the end
		}
	}
	raw := make([]byte, base64.RawStdEncoding.DecodedLen(len(text)))
	n, _ := base64.RawStdEncoding.Decode(raw, text) // what was decoded before an odd end will do
	return raw[:n]
}

// pemText reports whether data holds a private key in PEM: the opening line and
// then key material, also when it stands in source code as a string with \n in
// it or in quoted pieces. The opening line alone, as in code that builds or
// looks for keys, is none.
func pemText(data []byte) bool {
	const opening, kind = "-----BEGIN ", "PRIVATE KEY-----"
	for {
		at := bytes.Index(data, []byte(opening))
		if at < 0 {
			return false
		}
		data = data[at+len(opening):]
		end := bytes.Index(data[:min(len(data), 40)], []byte(kind))
		if end >= 0 && keyMaterial(data[end+len(kind):]) {
			return true
		}
	}
}

// keyMaterial reports whether the text starts with 40 characters of base64,
// what source code puts between its lines aside.
func keyMaterial(text []byte) bool {
	count := 0
	for i := 0; i < len(text) && i < 4096; i++ {
		switch c := text[i]; {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '/', c == '=':
			if count++; count >= 40 {
				return true
			}
		case c == '\\' && i+1 < len(text) && (text[i+1] == 'n' || text[i+1] == 'r'):
			i++
		case strings.IndexByte(" \t\r\n\"'`+,\\[]", c) >= 0:
		case c == ':': // "Proc-Type: 4,ENCRYPTED" above the material
		case c == '-': // as in "DEK-Info: AES-128-CBC"
			if bytes.HasPrefix(text[i:], []byte("-----")) {
				return false
			}
		default:
			return false
		}
	}
	return false
}
