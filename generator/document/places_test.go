package document

import (
	"fmt"
	"testing"

	"minutebook/generator/config"
)

// A field is found by its place as it is by looking through the values, however
// many names share a place, and what is not there is not found.
func TestPlacesAreThoseOfValues(t *testing.T) {
	for _, count := range []int{0, 1, 7, 40, 300} {
		d := &Document{}
		for i := range count {
			d.Values = append(d.Values, Value{Field: &config.Field{Name: fmt.Sprintf("field-%d", 2*i)}})
		}
		d.places.note(d.Values)
		for i := range 2*count + 20 {
			name := fmt.Sprintf("field-%d", i)
			if got, want := d.find(name), d.Values.find(name); got != want {
				t.Fatalf("of %d values, %s is at %p, want %p", count, name, got, want)
			}
		}
	}
}
