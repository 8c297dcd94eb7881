package document

// Places tell where the value of a field is, by a hash of the field's name: 0
// when there is none, else the number of the value, counted from 1, or crowded.
//
// The rules of a site ask every document for dozens of fields, most of which it
// does not have. Looking through values that lie all over the memory cost more
// than all that the rules do with them.
type places struct {
	noted bool // false: values are still being read, and have to be looked through
	at    [slots]uint8
}

const slots = 64

// crowded is the place of several values: they have to be looked through.
const crowded = 255

// note notes where values are.
func (p *places) note(values Values) {
	p.noted = true
	for i := range values {
		at := &p.at[slotOf(values[i].Field.Name)]
		if *at != 0 || i+1 >= crowded {
			*at = crowded
			continue
		}
		*at = uint8(i + 1)
	}
}

// slotOf hashes a name by its length and three of its letters, which is enough
// for names of fields.
func slotOf(name string) uint32 {
	if name == "" {
		return 0
	}
	n := len(name)
	h := uint32(n)
	for _, c := range [...]byte{name[0], name[n/2], name[n-1]} {
		h = h*31 + uint32(c)
	}
	return h * 0x9E3779B1 >> 26 // Fibonacci hashing; 26 bits less are 64 slots
}

// find is the value of a field, nil when there is none.
func (d *Document) find(field string) *Value {
	if !d.places.noted {
		return d.Values.find(field)
	}
	switch at := d.places.at[slotOf(field)]; at {
	case 0:
		return nil
	case crowded:
		return d.Values.find(field)
	default:
		if v := &d.Values[at-1]; v.Field.Name == field {
			return v
		}
		return nil
	}
}
