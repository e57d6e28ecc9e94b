package pack

import (
	"bytes"
	"encoding/base64"
	"path"
	"slices"
	"strconv"
	"strings"

	"wxcloud/internal/clierr"
	"wxcloud/internal/ignore"
)

var newline = []byte{'\n'}

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

// guard refuses files that would carry a secret into the cloud.
type guard struct {
	names   ignore.List
	allowed []string
}

// begin judges a file by its name. The search that it returns judges the
// contents; it is nil where there is nothing to look for.
func (g guard) begin(name string) (*search, error) {
	// What npm installed is published anyway, and packages about cryptography
	// are full of example keys.
	if published(name) || slices.Contains(g.allowed, name) {
		return nil, nil //nolint:nilnil // a nil search is one that looks for nothing
	}
	if hit, by := g.names.Match(strings.ToLower(name), false); hit {
		return nil, secret(name, by.Text, 0)
	}
	return &search{name: name}, nil
}

// published reports whether a file came with a package of npm.
func published(name string) bool {
	return strings.HasPrefix(name, "node_modules/") || strings.Contains(name, "/node_modules/")
}

func secret(name, pattern string, line int) error {
	args := clierr.Args{"file": name, "name": path.Base(name), "pattern": pattern, "list": IgnoreFile}
	id := clierr.ID("pack/secret")
	if line > 0 {
		args["line"], id = strconv.Itoa(line), "pack/secret-line"
	}
	return clierr.New(id, clierr.Local, args).Hint("pack/hint-ignore", args).Hint("pack/hint-allow-secret", args)
}

// search goes through the contents of one file.
type search struct {
	name  string
	lines int // newlines read so far
	begun bool
	utf16 bool // what a redirection in PowerShell writes
}

// look judges a window, of which the first bytes, as many as kept says, were
// in the window before.
func (s *search) look(window []byte, kept int) error {
	if !s.begun {
		s.utf16 = bytes.HasPrefix(window, []byte{0xff, 0xfe}) || bytes.HasPrefix(window, []byte{0xfe, 0xff})
		s.begun = true
	}
	s.lines += bytes.Count(window[kept:], newline)
	if s.utf16 {
		window = bytes.ReplaceAll(window, []byte{0}, nil)
	}
	if at := privateKey(window); at >= 0 {
		return secret(s.name, "BEGIN PRIVATE KEY", 1+s.lines-bytes.Count(window[at:], newline))
	}
	return nil
}

// privateKey is where in data a private key begins, -1 if there is none: as PEM,
// or as PEM that is base64 as a whole (how keys travel in variables).
func privateKey(data []byte) int {
	if at := pemText(data); at >= 0 {
		return at
	}
	return encodedKey(data)
}

// encodedKey looks for base64 that starts with what "-----BEGIN" is in it.
func encodedKey(data []byte) int {
	const opening = "LS0tLS1CRUdJTi"
	for from := 0; ; {
		at := bytes.Index(data[from:], []byte(opening))
		if at < 0 {
			return -1
		}
		if pemText(decoded(data[from+at:])) >= 0 {
			return from + at
		}
		from += at + len(opening)
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

// pemText is where in data a private key in PEM begins: the opening line and
// then key material, also when it stands in source code as a string with \n in
// it or in quoted pieces. The opening line alone, as in code that builds or
// looks for keys, is none.
func pemText(data []byte) int {
	const opening, kind = "-----BEGIN ", "PRIVATE KEY-----"
	for from := 0; ; {
		at := bytes.Index(data[from:], []byte(opening))
		if at < 0 {
			return -1
		}
		rest := data[from+at+len(opening):]
		end := bytes.Index(rest[:min(len(rest), 40)], []byte(kind))
		if end >= 0 && keyMaterial(rest[end+len(kind):]) {
			return from + at
		}
		from += at + len(opening)
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
