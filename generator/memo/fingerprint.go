package memo

import (
	"encoding/binary"
	"hash/maphash"
	"math"
	"reflect"
)

var seed = maphash.MakeSeed()

// Fingerprint identifies a value made of plain data: structs, pointers, slices,
// arrays, strings, numbers and booleans, in any nesting without cycles. Equal
// values have equal fingerprints; different ones differ but for a chance of one
// in 2⁶⁴. Fingerprints are of use within one process only. It panics on maps,
// channels and functions, which have no order or no value.
func Fingerprint(v any) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	add(&h, reflect.ValueOf(v))
	return h.Sum64()
}

func add(h *maphash.Hash, v reflect.Value) {
	switch v.Kind() {
	case reflect.Invalid:
		h.WriteByte(0)
	case reflect.String:
		number(h, uint64(v.Len()))
		h.WriteString(v.String())
	case reflect.Bool:
		if v.Bool() {
			h.WriteByte(1)
		} else {
			h.WriteByte(0)
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		number(h, uint64(v.Int()))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		number(h, v.Uint())
	case reflect.Float32, reflect.Float64:
		number(h, math.Float64bits(v.Float()))
	case reflect.Struct:
		for i := range v.NumField() {
			add(h, v.Field(i))
		}
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			h.WriteByte(0)
			return
		}
		h.WriteByte(1)
		add(h, v.Elem())
	case reflect.Slice, reflect.Array:
		number(h, uint64(v.Len()))
		for i := range v.Len() {
			add(h, v.Index(i))
		}
	default:
		panic("memo: a " + v.Kind().String() + " has no fingerprint")
	}
}

func number(h *maphash.Hash, n uint64) {
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], n)
	h.Write(b[:])
}
