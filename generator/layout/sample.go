package layout

import "reflect"

// fallback is the layout of documents whose kind has none.
const fallback = "record"

// pageTypes are the layouts whose values are not a document's.
var pageTypes = map[string]reflect.Type{
	"home":      reflect.TypeFor[HomePage](),
	"list":      reflect.TypeFor[ListPage](),
	"brief":     reflect.TypeFor[BriefPage](),
	"feedback":  reflect.TypeFor[FeedbackPage](),
	"calendar":  reflect.TypeFor[CalendarPage](),
	"how":       reflect.TypeFor[HowPage](),
	"search":    reflect.TypeFor[SearchPage](),
	"person":    reflect.TypeFor[PersonPage](),
	"attention": reflect.TypeFor[AttentionPage](),
	"404":       reflect.TypeFor[MissingPage](),
	"redirect":  reflect.TypeFor[RedirectPage](),
}

// ofDocuments reports whether a layout is given a [DocumentPage].
func ofDocuments(name string) bool {
	_, other := pageTypes[name]
	return !other
}

// typeOf is the type of the values that a layout is given.
func typeOf(name string) reflect.Type {
	if t, ok := pageTypes[name]; ok {
		return t
	}
	return reflect.TypeFor[DocumentPage]()
}

// samples are three values of a page type that between them lead a layout
// through most of its branches: all that can be there is there; every list has
// an element, and nothing is known of it; nothing is there at all.
func samples(t reflect.Type) [3]any {
	var all [3]any
	for i, fill := range []filling{full, hollow} {
		v := reflect.New(t).Elem()
		fill.value(v, 6)
		all[i] = v.Interface()
	}
	all[2] = reflect.Zero(t).Interface()
	return all
}

// A filling says what a sample's fields are given.
type filling int

const (
	full   filling = iota // everything
	hollow                // elements of lists, of zero values
)

// value fills v. Types may hold themselves, so it stops some lists down.
func (f filling) value(v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f.value(v.Field(i), depth)
		}
	case reflect.Slice:
		if depth > 0 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			f.value(v.Index(0), depth-1)
		}
	case reflect.Pointer:
		if f == full {
			v.Set(reflect.New(v.Type().Elem()))
			f.value(v.Elem(), depth)
		}
	case reflect.String, reflect.Bool, reflect.Int:
		if f == full {
			v.Set(one(v.Type()))
		}
	}
}

// one is a simple value that counts as there.
func one(t reflect.Type) reflect.Value {
	switch t.Kind() {
	case reflect.Bool:
		return reflect.ValueOf(true)
	case reflect.Int:
		return reflect.ValueOf(1)
	}
	return reflect.ValueOf("x").Convert(t)
}

// nearestField is the field of a type of page.go that is spelt most like name.
func nearestField(typeName, name string) string {
	for _, page := range []string{"home", "list", fallback, "brief", "feedback", "calendar", "how", "search", "person", "attention", "404", "redirect"} {
		if t := typeNamed(typeOf(page), typeName, map[reflect.Type]bool{}); t != nil {
			var names []string
			for _, field := range reflect.VisibleFields(t) {
				names = append(names, field.Name)
			}
			return nearest(name, names)
		}
	}
	return ""
}

// typeNamed finds a type among those that t is made of.
func typeNamed(t reflect.Type, name string, seen map[reflect.Type]bool) reflect.Type {
	if seen[t] {
		return nil
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		return typeNamed(t.Elem(), name, seen)
	case reflect.Struct:
		if t.Name() == name {
			return t
		}
		for i := range t.NumField() {
			if found := typeNamed(t.Field(i).Type, name, seen); found != nil {
				return found
			}
		}
	}
	return nil
}
