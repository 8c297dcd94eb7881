package intake

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"minutebook/generator/config"
	"minutebook/generator/plain"
	names "minutebook/generator/privacy"
	"minutebook/generator/site"
)

// A privacy keeps out of documents what must not be in them: mail addresses, and
// the names of persons whom people.yaml hides. Persons who are shown by initials
// are named by their handle, which the site shows as it should.
type privacy struct {
	people *config.Directory
	names  names.Names // of persons who are not named
}

func newPrivacy(people *config.Directory) *privacy {
	p := &privacy{people: people}
	for who, one := range people.List {
		if one.Public == config.Named {
			continue
		}
		for _, name := range append([]string{one.Name, one.Handle}, one.Aliases...) {
			if one.Public == config.Hidden || fold(name) != fold(one.Handle) {
				p.names.Add(name, who)
			}
		}
	}
	return p
}

// fold is a name as names are compared.
func fold(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.Join(strings.Fields(name), " "), "@"))
}

// leftOut takes the place of a mail address.
const leftOut = "(address left out)"

// Mail addresses (RFC 5322, section 3.4.1) and the ways in which archives and
// people write them. They err on the side of finding too many.
var (
	local     = `(?:"[^"\n]{1,64}"|[\p{L}\p{N}\p{M}\p{Cf}._%+'-]+)`
	domain    = `(?:[\p{L}\p{N}\p{M}\p{Cf}._-]*\.[\p{L}\p{N}\p{M}\p{Cf}_-]+|\[[0-9A-Fa-f.:]+\])`
	plainly   = `(?i:mailto:)?` + local + `(?:@|＠|﹫|%40)` + domain
	disguised = local + `(?i:\s*(?:\(at\)|\[at\]|\{at\}|<at>)\s*)[\p{L}\p{N}._-]+(?i:(?:\s*(?:\(dot\)|\[dot\]|\{dot\}|\.)\s*)[\p{L}\p{N}_-]+)+`
	archived  = `[\p{L}\p{N}]+[\p{L}\p{N}._+-]* at (?:[\p{L}\p{N}_-]+\.)+[\p{L}]{2,}`

	enclosed = lazily(`[ \t]*[<(](?:` + plainly + `|` + disguised + `|(?i:mailto:)?` + archived + `)[)>]`)
	written  = lazily(plainly + `|` + disguised + `|[\p{L}\p{N}]+[._+][\p{L}\p{N}._+-]* at (?:[\p{L}\p{N}_-]+\.)+[\p{L}]{2,}`)
)

// redact is a text without mail addresses and without the names of persons who
// are not to be named.
func (p *privacy) redact(s string) string {
	if strings.ContainsAny(s, "@＠﹫%") || strings.Contains(strings.ToLower(s), "at") {
		s = enclosed().ReplaceAllStringFunc(s, func(found string) string {
			if strings.Trim(found, " \t") == found { // it begins a line, or stands for a name
				return leftOut
			}
			return ""
		})
		s = written().ReplaceAllString(s, leftOut)
	}
	return p.unnamed(s)
}

// unnamed is s without the names of persons who are not to be named, wherever
// they stand as whole words. Of a name that goes over lines these stay, with what
// stands between its words.
func (p *privacy) unnamed(s string) string {
	var b strings.Builder
	at := 0
	for _, m := range p.names.Find(s) {
		b.WriteString(s[at:m.Start] + p.instead(m.Who))
		if i := strings.IndexByte(s[m.Start:m.End], '\n'); i >= 0 {
			start := len(strings.TrimRightFunc(s[:m.Start+i], func(c rune) bool { return !wordy(c) }))
			b.WriteString(strings.Map(unworded, s[start:m.End]))
		}
		at = m.End
	}
	b.WriteString(s[at:])
	return b.String()
}

func wordy(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// unworded drops letters and digits.
func unworded(r rune) rune {
	if wordy(r) {
		return -1
	}
	return r
}

// instead is what stands for the name of a person who is not to be named.
func (p *privacy) instead(who int) string {
	if one := p.people.List[who]; one.Public == config.Initials {
		return "@" + one.Handle
	}
	return site.ParticipantName
}

// A person is somebody as a document names them.
type person struct {
	shown  string // "@handle" of people.yaml, or a name; "" for one who is hidden
	known  *config.Person
	hidden bool
}

// find looks somebody up as they are written. In chats names carry marks: of
// rights (@anna, +anna), of a server (@anna:example.org), of being away
// (anna_, anna|away).
func (p *privacy) find(name string) *config.Person {
	name = strings.TrimSpace(name)
	if one := p.people.Find(name); one != nil {
		return one
	}
	name = strings.TrimLeft(name, "@+%&~")
	if i := strings.IndexByte(name, ':'); i > 0 {
		name = name[:i]
	}
	for _, cut := range []string{name, strings.TrimRight(name, "_`^-"), before(name, "|"), before(name, "["), before(name, "_")} {
		if cut != "" {
			if one := p.people.Find(cut); one != nil {
				return one
			}
		}
	}
	return nil
}

func before(s, mark string) string {
	s, _, _ = strings.Cut(s, mark)
	return s
}

// lastFirst is a name as directories have it: "Example, Anna".
var lastFirst = lazily(`^\s*"?([^\s,"]+), ?([^\s,"]+)"?\s*$`)

// person is somebody whom an input names, by the first of some names that
// people.yaml has, else by the first name.
func (p *privacy) person(names ...string) person {
	for _, name := range names {
		one := p.find(name)
		if m := lastFirst().FindStringSubmatch(name); one == nil && m != nil {
			one = p.find(m[2] + " " + m[1])
		}
		switch {
		case one == nil:
		case one.Public == config.Hidden:
			return person{hidden: true, known: one}
		default:
			return person{shown: "@" + one.Handle, known: one}
		}
	}
	for _, name := range names {
		if name = p.name(name); name != "" {
			return person{shown: name}
		}
	}
	return person{}
}

// name is the name of somebody whom people.yaml does not have, as written, with
// nothing in it that a list of people would take for something else.
func (p *privacy) name(name string) string {
	name = plain.Line(tidy(name))
	name = strings.TrimPrefix(name, "@")
	if i := strings.IndexByte(name, ':'); i > 0 && !strings.Contains(name, " ") {
		name = name[:i]
	}
	if p.redact(name) != name {
		return ""
	}
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune("@<>()[]{},;:\"\\*`#!?=/|", r) {
			return ' '
		}
		return r
	}, name)
	return clip(strings.Trim(strings.Join(strings.Fields(name), " "), "'’-–—_. "), 60)
}

// title is a person as a heading has them: by name where everybody may know it.
func (o person) title() string {
	if o.known != nil && o.known.Public == config.Named {
		return o.known.Name
	}
	return o.or()
}

// or is the name of a person, or what the site calls one who is hidden or who
// has no name.
func (o person) or() string {
	if o.shown == "" {
		return site.ParticipantName
	}
	return o.shown
}
