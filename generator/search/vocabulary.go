package search

// A vocabulary numbers words in the order in which they are first seen. It is a
// hash table with open addresses: half of the time of an index goes into finding
// words, and a map of Go takes twice as long for words as short as these.
type vocabulary struct {
	slots []slot // as many as a power of two, at most half of them taken
	words []string
}

// A slot is a word's place in a vocabulary.
type slot struct {
	hash   uint32
	number uint32 // of the word, from 1; 0: the slot is free
}

// number is the number of a word, and whether it is new.
func (v *vocabulary) number(word []byte) (n int, fresh bool) {
	if 2*len(v.words) >= len(v.slots) {
		v.grow()
	}
	h := hashOf(word)
	mask := uint32(len(v.slots) - 1)
	at := h & mask
	for ; v.slots[at].number != 0; at = (at + 1) & mask {
		if s := v.slots[at]; s.hash == h && v.words[s.number-1] == string(word) {
			return int(s.number - 1), false
		}
	}
	v.words = append(v.words, string(word))
	v.slots[at] = slot{h, uint32(len(v.words))}
	return len(v.words) - 1, true
}

// hashOf is FNV-1a with its upper bits mixed into the lower ones, which the
// table goes by.
func hashOf(word []byte) uint32 {
	h := uint32(2166136261)
	for _, c := range word {
		h = (h ^ uint32(c)) * 16777619
	}
	return h ^ h>>15
}

func (v *vocabulary) grow() {
	old := v.slots
	v.slots = make([]slot, max(1024, 2*len(old)))
	mask := uint32(len(v.slots) - 1)
	for _, s := range old {
		if s.number == 0 {
			continue
		}
		at := s.hash & mask
		for v.slots[at].number != 0 {
			at = (at + 1) & mask
		}
		v.slots[at] = s
	}
}
