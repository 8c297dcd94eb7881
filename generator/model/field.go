package model

import (
	"strconv"
	"strings"
	"time"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/document"
	"minutebook/generator/site"
)

// A Field is what a front matter says for one field, or the kind's default. The
// type of the field, which its kind tells, says which member has the value; a
// value that cannot be read as the type is in Unread instead.
type Field struct {
	Text    string        `json:"text,omitempty"`    // text, word, zone
	Date    string        `json:"date,omitempty"`    // date
	Time    *Time         `json:"time,omitempty"`    // time
	Minutes int           `json:"minutes,omitempty"` // duration
	Number  *int          `json:"number,omitempty"`  // number
	Flag    *bool         `json:"flag,omitempty"`    // flag
	People  []NamedPerson `json:"people,omitempty"`  // people
	Links   []Address     `json:"links,omitempty"`   // url, links
	Items   []string      `json:"items,omitempty"`   // paths
	Unread  string        `json:"unread,omitempty"`  // as written
}

// A Time is a wall time, or a day alone.
type Time struct {
	Local string `json:"local"`          // 2018-03-20T14:00, or 2018-03-20
	Zone  string `json:"zone,omitempty"` // IANA name of the zone whose clocks show it; none for a day alone
	UTC   string `json:"utc,omitempty"`  // the instant; of a time that comes twice, the first
}

// An Address is an address of another site.
type Address struct {
	Label string `json:"label,omitempty"`
	URL   string `json:"url"`
}

// inFields reports whether a field is among the fields of a record. Those that
// every record has are its members, and references are its relations.
func inFields(f *config.Field) bool {
	switch f.Type {
	case config.StatusWord, config.References, config.Tags:
		return false
	}
	switch f.Name {
	case "title", "kind", "id", "summary":
		return false
	}
	return true
}

func (m Model) fields(r *site.Record) map[string]Field {
	if len(r.Values) == 0 {
		return nil
	}
	fields := make(map[string]Field, len(r.Values))
	for i := range r.Values {
		v := &r.Values[i]
		if !inFields(v.Field) {
			continue
		}
		if f, said := m.field(r, v); said {
			fields[v.Field.Name] = f
		}
	}
	return fields
}

// field is the value of a field; said is false for what the model leaves out.
func (m Model) field(r *site.Record, v *document.Value) (f Field, said bool) {
	one := v.Items[0]
	switch v.Field.Type {
	case config.People:
		f.People = named(r.People.Of(v.Field.Name))
		return f, len(f.People) > 0
	case config.URL, config.Links:
		f.Links = m.addresses(v.Items)
		return f, len(f.Links) > 0
	case config.Paths:
		f.Items = mapped(v.Items, func(i document.Item) string { return i.Text })
	default:
		if !f.read(v.Field.Type, one, r) {
			f.Unread = one.Text
		}
	}
	return f, true
}

// read sets the member for a value of one item; false when the item is none of
// the type, which its document's problems tell.
func (f *Field) read(t config.Type, item document.Item, r *site.Record) bool {
	switch t {
	case config.Date:
		f.Date = item.Day().String()
		return f.Date != ""
	case config.Time:
		f.Time = timeOf(item.Wall, r)
		return f.Time != nil
	case config.Duration:
		f.Minutes = item.N
		return f.Minutes > 0
	case config.Number:
		return f.readNumber(item)
	case config.Flag:
		return f.readFlag(item)
	}
	f.Text = item.Text
	return true
}

func timeOf(w date.Wall, r *site.Record) *Time {
	switch {
	case w.IsZero():
		return nil
	case !w.HasTime:
		return &Time{Local: w.String()}
	}
	instant, _ := w.In(r.Zone)
	return &Time{Local: w.String(), Zone: r.ZoneName, UTC: instant.UTC().Format(time.RFC3339)}
}

func (m Model) addresses(items []document.Item) []Address {
	var list []Address
	for _, item := range items {
		if m.outside(item.Text) {
			list = append(list, Address{item.Label, item.Text})
		}
	}
	return list
}

func (f *Field) readNumber(item document.Item) bool {
	n, err := strconv.Atoi(item.Text)
	if err == nil {
		f.Number = &n
	}
	return err == nil
}

func (f *Field) readFlag(item document.Item) bool {
	switch word := strings.ToLower(item.Text); word {
	case "true", "yes", "false", "no":
		f.Flag = new(word == "true" || word == "yes")
		return true
	}
	return false
}
