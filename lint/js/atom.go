package js

import "encoding/binary"

// atoms gives every distinct name a small number, so that names are compared and
// looked up as integers. The table outlives files: names recur.
type atoms struct {
	bytes []byte // all texts, one after the other, padded so that 8-byte loads stay inside
	offs  []int32
	slots []slot // open addressing; atom 0 is empty
	hash  []uint32
	top   []int32  // see innermost
	texts []string // of those that were asked for, "" where none was
}

// slot holds the hash beside the atom, so that most look-ups touch one line of
// the cache before they compare texts.
type slot struct {
	hash uint32
	atom int32
}

// maxAtoms is where a table is given up and begun anew, to bound its memory.
const maxAtoms = 1 << 18

func newAtoms() *atoms {
	t := &atoms{}
	t.reset()
	return t
}

func (t *atoms) reset() {
	t.bytes = append(t.bytes[:0], make([]byte, 8)...)
	t.offs = append(t.offs[:0], 0, 0)
	t.hash = append(t.hash[:0], 0)
	clear(t.texts)
	t.slots = make([]slot, 4096)
	for _, name := range atomNames[1:] {
		t.intern(name)
	}
}

// innermost is scratch for a binder: a number for each atom, all of them 0, which
// they are again when it is done. One for all files stays in the cache.
func (t *atoms) innermost() []int32 {
	if n := len(t.hash); len(t.top) < n {
		t.top = make([]int32, n+n/2)
	}
	return t.top
}

// text is the name of an atom.
func (t *atoms) text(a int32) string {
	if int(a) >= len(t.texts) {
		t.texts = append(t.texts, make([]string, len(t.hash)-len(t.texts))...)
	}
	if t.texts[a] == "" {
		t.texts[a] = string(t.bytes[t.offs[a]:t.offs[a+1]])
	}
	return t.texts[a]
}

func (t *atoms) intern(s string) int32 {
	var pad [40]byte
	if len(s) <= 32 {
		copy(pad[:], s)
		return t.find(pad[:], 0, len(s))
	}
	b := make([]byte, len(s)+8)
	copy(b, s)
	return t.find(b, 0, len(s))
}

const hashFactor = 0x9E3779B97F4A7C15

// find returns the atom of src[start:end]. At least 8 bytes must follow end.
func (t *atoms) find(src []byte, start, end int) int32 {
	n := end - start
	h := uint64(n) * hashFactor
	i := start
	for ; i+8 <= end; i += 8 {
		h = (h ^ binary.LittleEndian.Uint64(src[i:])) * hashFactor
		h ^= h >> 29
	}
	if rest := uint(end - i); rest > 0 {
		h = (h ^ binary.LittleEndian.Uint64(src[i:])&(1<<(rest*8)-1)) * hashFactor
	}
	h ^= h >> 32
	key := uint32(h)
	mask := uint32(len(t.slots) - 1)
	for p := key & mask; ; p = (p + 1) & mask {
		at := t.slots[p]
		if at.atom == 0 {
			return t.add(src[start:end], key, p)
		}
		if at.hash == key && t.is(at.atom, src, start, n) {
			return at.atom
		}
	}
}

// is reports whether atom a is the n bytes of src from start. Names are short:
// words of 8 bytes compare faster than a call does.
func (t *atoms) is(a int32, src []byte, start, n int) bool {
	o := int(t.offs[a])
	if int(t.offs[a+1])-o != n {
		return false
	}
	x, y := t.bytes[o:], src[start:]
	i := 0
	for ; i+8 <= n; i += 8 {
		if binary.LittleEndian.Uint64(x[i:]) != binary.LittleEndian.Uint64(y[i:]) {
			return false
		}
	}
	rest := uint(n - i)
	return rest == 0 || (binary.LittleEndian.Uint64(x[i:])^binary.LittleEndian.Uint64(y[i:]))&(1<<(rest*8)-1) == 0
}

func (t *atoms) add(text []byte, key, at uint32) int32 {
	a := int32(len(t.hash))
	end := int(t.offs[a])
	if a == 1 {
		end = 0
	}
	t.bytes = append(append(t.bytes[:end], text...), 0, 0, 0, 0, 0, 0, 0, 0)
	t.offs = append(t.offs[:a+1], int32(end+len(text)))
	t.offs[a] = int32(end)
	t.hash = append(t.hash, key)
	t.slots[at] = slot{key, a}
	if len(t.hash)*2 > len(t.slots) {
		t.grow()
	}
	return a
}

func (t *atoms) grow() {
	t.slots = make([]slot, len(t.slots)*4)
	mask := uint32(len(t.slots) - 1)
	for a := 1; a < len(t.hash); a++ {
		p := t.hash[a] & mask
		for t.slots[p].atom != 0 {
			p = (p + 1) & mask
		}
		t.slots[p] = slot{t.hash[a], int32(a)}
	}
}
