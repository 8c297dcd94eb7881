package site

// An arena cuts small slices from large ones: a site has tens of thousands of
// them, which begin and end with it. The zero arena is ready.
type arena[T any] struct{ free []T }

// pieces are what nearly every record or note has a little of.
type pieces struct {
	fields   arena[FieldPersons]
	named    arena[Named]
	persons  arena[*Person]
	topics   arena[*Topic]
	targets  arena[Target]
	referred arena[referred]
	ties     arena[Ties]
	notes    arena[*Note]
	records  arena[*Record]
}

// add appends a value to a list, which mostly has no other.
func (a *arena[T]) add(list []T, value T) []T {
	if list == nil {
		list = a.take(1)[:0]
	}
	return append(list, value)
}

// take is a slice of n zero values, which nothing can be appended to in place.
func (a *arena[T]) take(n int) []T {
	const piece = 1024 // values
	if n > len(a.free) {
		a.free = make([]T, max(n, piece))
	}
	taken := a.free[:n:n]
	a.free = a.free[n:]
	return taken
}
