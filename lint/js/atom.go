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

// slot holds the hash and the first bytes beside the atom, so that most look-ups
// touch one line of the cache and compare no texts.
type slot struct {
	head uint64 // the first 8 bytes; a shorter name ends in zeros, which no name holds
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

// find returns the atom of src[start:end], which holds no zero byte. At least 8
// bytes must follow end.
func (t *atoms) find(src []byte, start, end int) int32 {
	n := end - start
	if n < 8 {
		return t.findShort(src, start, n)
	}
	head := binary.LittleEndian.Uint64(src[start:])
	h := (uint64(n)*hashFactor ^ head) * hashFactor
	h ^= h >> 29
	i := start + 8
	for ; i+8 <= end; i += 8 {
		h = (h ^ binary.LittleEndian.Uint64(src[i:])) * hashFactor
		h ^= h >> 29
	}
	if rest := uint(end - i); rest > 0 {
		h = (h ^ binary.LittleEndian.Uint64(src[i:])&(1<<(rest*8)-1)) * hashFactor
	}
	h ^= h >> 32
	key := uint32(h)
	slots := t.slots
	mask := uint32(len(slots) - 1)
	for p := key & mask; ; p = (p + 1) & mask {
		at := &slots[p]
		if at.atom == 0 {
			return t.add(src[start:end], slot{head, key, 0}, p)
		}
		if at.head == head && at.hash == key && t.is(at.atom, src, start, n) {
			return at.atom
		}
	}
}

// findShort is find for names of less than 8 bytes: their heads are all of them.
func (t *atoms) findShort(src []byte, start, n int) int32 {
	head := binary.LittleEndian.Uint64(src[start:]) & (1<<(uint(n)*8) - 1)
	h := head * hashFactor
	key := uint32(h ^ h>>32)
	slots := t.slots
	mask := uint32(len(slots) - 1)
	for p := key & mask; ; p = (p + 1) & mask {
		at := &slots[p]
		if at.head == head && at.atom != 0 {
			return at.atom
		}
		if at.atom == 0 {
			return t.add(src[start:start+n], slot{head, key, 0}, p)
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

func (t *atoms) add(text []byte, s slot, at uint32) int32 {
	a := int32(len(t.hash))
	end := int(t.offs[a])
	if a == 1 {
		end = 0
	}
	t.bytes = append(append(t.bytes[:end], text...), 0, 0, 0, 0, 0, 0, 0, 0)
	t.offs = append(t.offs[:a+1], int32(end+len(text)))
	t.offs[a] = int32(end)
	t.hash = append(t.hash, s.hash)
	s.atom = a
	t.slots[at] = s
	if len(t.hash)*2 > len(t.slots) {
		t.grow()
	}
	return a
}

func (t *atoms) grow() {
	old := t.slots
	t.slots = make([]slot, len(old)*4)
	mask := uint32(len(t.slots) - 1)
	for i := range old {
		if old[i].atom == 0 {
			continue
		}
		p := old[i].hash & mask
		for t.slots[p].atom != 0 {
			p = (p + 1) & mask
		}
		t.slots[p] = old[i]
	}
}
