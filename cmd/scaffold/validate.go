package scaffold

import (
	"strings"

	"wxcloud/config"
	"wxcloud/internal/clierr"
)

// ValidateName refuses what the cloud does not take as the name of a function.
func ValidateName(name string) error {
	if !config.ValidFunctionName(name) {
		return clierr.New("scaffold/bad-name", clierr.Usage, clierr.Args{"name": name})
	}
	return nil
}

// ValidateTemplateID refuses what cannot be the id of a message template. The
// empty id is allowed: it can be filled in later.
func ValidateTemplateID(id string) error {
	if !only(id, isLetter, isDigit, isDash) {
		return clierr.New("scaffold/bad-template-id", clierr.Usage, clierr.Args{"id": id})
	}
	return nil
}

// ValidateFields refuses keys that no message template has, such as a title or
// the whole "{{thing1.DATA}}". fields are separated by commas or blanks.
func ValidateFields(fields string) error {
	for _, field := range SplitFields(fields) {
		if !letterFirst(field) || !only(field, isLetter, isDigit, isDash) || strings.Contains(field, "-") {
			return clierr.New("scaffold/bad-field", clierr.Usage, clierr.Args{"field": field})
		}
	}
	return nil
}

// SplitFields splits keys typed in one line, also with Chinese commas.
func SplitFields(fields string) []string {
	return strings.FieldsFunc(fields, func(r rune) bool { return strings.ContainsRune(" \t,;，、；", r) })
}

// ValidateAppID refuses what is not the AppID of a mini program: "wx" and 16
// hexadecimal digits. The empty one is allowed: DevTools asks for it.
func ValidateAppID(id string) error {
	digits, ok := strings.CutPrefix(id, "wx")
	if id != "" && (!ok || len(digits) != 16 || !only(digits, isHex)) {
		return clierr.New("scaffold/bad-appid", clierr.Usage, clierr.Args{"appid": id})
	}
	return nil
}

func letterFirst(s string) bool { return s != "" && isLetter(s[0]) }

// only reports whether every byte of s is of one of the kinds.
func only(s string, kinds ...func(byte) bool) bool {
next:
	for i := range len(s) {
		for _, kind := range kinds {
			if kind(s[i]) {
				continue next
			}
		}
		return false
	}
	return true
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isDash(c byte) bool   { return c == '-' || c == '_' }
func isHex(c byte) bool    { return isDigit(c) || 'a' <= c && c <= 'f' }
