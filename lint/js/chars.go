package js

import (
	"unicode"
	"unicode/utf8"
)

// Classes of bytes. A name continues while the class is cIdent or less.
const (
	cIdentStart uint8 = iota
	cDigit
	cHigh // first byte of a character outside ASCII
	cEscape
	cSpace
	cNewline
	cPunct
	cQuote
	cEnd
	cBad
)

// charClass is the class of each byte.
var charClass = [256]uint8{
	0: cEnd, 1: cBad, 2: cBad, 3: cBad, 4: cBad, 5: cBad, 6: cBad, 7: cBad, 8: cBad,
	'\t': cSpace, '\n': cNewline, 11: cSpace, 12: cSpace, '\r': cNewline,
	14: cBad, 15: cBad, 16: cBad, 17: cBad, 18: cBad, 19: cBad, 20: cBad, 21: cBad, 22: cBad,
	23: cBad, 24: cBad, 25: cBad, 26: cBad, 27: cBad, 28: cBad, 29: cBad, 30: cBad, 31: cBad,
	' ': cSpace, '!': cPunct, '"': cQuote, '#': cPunct, '%': cPunct, '&': cPunct, '\'': cQuote,
	'(': cPunct, ')': cPunct, '*': cPunct, '+': cPunct, ',': cPunct, '-': cPunct, '.': cPunct,
	'/': cPunct, '0': cDigit, '1': cDigit, '2': cDigit, '3': cDigit, '4': cDigit, '5': cDigit,
	'6': cDigit, '7': cDigit, '8': cDigit, '9': cDigit, ':': cPunct, ';': cPunct, '<': cPunct,
	'=': cPunct, '>': cPunct, '?': cPunct, '@': cPunct, '[': cPunct, '\\': cEscape, ']': cPunct,
	'^': cPunct, '`': cPunct, '{': cPunct, '|': cPunct, '}': cPunct, '~': cPunct, 127: cBad,
	128: cHigh, 129: cHigh, 130: cHigh, 131: cHigh, 132: cHigh, 133: cHigh, 134: cHigh, 135: cHigh,
	136: cHigh, 137: cHigh, 138: cHigh, 139: cHigh, 140: cHigh, 141: cHigh, 142: cHigh, 143: cHigh,
	144: cHigh, 145: cHigh, 146: cHigh, 147: cHigh, 148: cHigh, 149: cHigh, 150: cHigh, 151: cHigh,
	152: cHigh, 153: cHigh, 154: cHigh, 155: cHigh, 156: cHigh, 157: cHigh, 158: cHigh, 159: cHigh,
	160: cHigh, 161: cHigh, 162: cHigh, 163: cHigh, 164: cHigh, 165: cHigh, 166: cHigh, 167: cHigh,
	168: cHigh, 169: cHigh, 170: cHigh, 171: cHigh, 172: cHigh, 173: cHigh, 174: cHigh, 175: cHigh,
	176: cHigh, 177: cHigh, 178: cHigh, 179: cHigh, 180: cHigh, 181: cHigh, 182: cHigh, 183: cHigh,
	184: cHigh, 185: cHigh, 186: cHigh, 187: cHigh, 188: cHigh, 189: cHigh, 190: cHigh, 191: cHigh,
	192: cHigh, 193: cHigh, 194: cHigh, 195: cHigh, 196: cHigh, 197: cHigh, 198: cHigh, 199: cHigh,
	200: cHigh, 201: cHigh, 202: cHigh, 203: cHigh, 204: cHigh, 205: cHigh, 206: cHigh, 207: cHigh,
	208: cHigh, 209: cHigh, 210: cHigh, 211: cHigh, 212: cHigh, 213: cHigh, 214: cHigh, 215: cHigh,
	216: cHigh, 217: cHigh, 218: cHigh, 219: cHigh, 220: cHigh, 221: cHigh, 222: cHigh, 223: cHigh,
	224: cHigh, 225: cHigh, 226: cHigh, 227: cHigh, 228: cHigh, 229: cHigh, 230: cHigh, 231: cHigh,
	232: cHigh, 233: cHigh, 234: cHigh, 235: cHigh, 236: cHigh, 237: cHigh, 238: cHigh, 239: cHigh,
	240: cHigh, 241: cHigh, 242: cHigh, 243: cHigh, 244: cHigh, 245: cHigh, 246: cHigh, 247: cHigh,
	248: cHigh, 249: cHigh, 250: cHigh, 251: cHigh, 252: cHigh, 253: cHigh, 254: cHigh, 255: cHigh,
}

// highKind says what a character outside ASCII is: cSpace, cNewline, cIdentStart,
// cDigit (only inside a name) or cBad.
func highKind(r rune) uint8 {
	switch {
	case r == 0xA0 || r == 0xFEFF || r == 0x1680 || r >= 0x2000 && r <= 0x200A || r == 0x202F || r == 0x205F || r == 0x3000:
		return cSpace
	case r == 0x2028 || r == 0x2029:
		return cNewline
	case r >= 0x4E00 && r <= 0x9FFF || unicode.IsLetter(r) || unicode.Is(unicode.Nl, r) || unicode.Is(unicode.Other_ID_Start, r):
		return cIdentStart
	case r == 0x200C || r == 0x200D || unicode.In(r, unicode.Mn, unicode.Mc, unicode.Nd, unicode.Pc, unicode.Other_ID_Continue):
		return cDigit
	default:
		return cBad
	}
}

func decode(b []byte) (rune, int) {
	if b[0] < utf8.RuneSelf {
		return rune(b[0]), 1
	}
	return utf8.DecodeRune(b)
}

// hex is the value of a hexadecimal digit, or -1.
func hex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	default:
		return -1
	}
}
