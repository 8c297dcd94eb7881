package markdown

import (
	"bytes"
	"strings"

	"minutebook/generator/source"
)

// itemLinks are the parts of the file whose references belong to an item. They
// have no indexes before rendering.
type itemLinks struct {
	own, targets, from, upstream source.Span
}

// A namedItem is an action that begins with what may be names: "Lee: book it".
// Whether they are shows when all attendees are known.
type namedItem struct {
	item  int
	names []Person
	text  string // of the item without them
}

// item completes an item, whose text ends at an offset. It reports false when
// there is nothing in it, or only that there is none.
func (w *itemReader) item(h head, end int) (Item, itemLinks, bool) {
	p := &w.passage
	it := Item{Kind: h.kind, ID: h.id, Conditional: h.conditional}
	if h.box != nil {
		it.Task, it.Done = true, h.box.IsChecked
	}
	if it.Kind == Answer || h.answers {
		it.ID, it.Answers = "", h.id
	}
	links := itemLinks{own: w.ownSpan(h, end), targets: h.targets.file(w.base)}
	w.apply(&it, &links, h.fields)
	text := span{w.passage.skipDash(h.text, end), end}
	switch {
	case h.answers:
		text = w.answered(&it, &links, text)
	case it.Kind == Review:
		text = w.reviewed(&it, &links, text)
	default:
		text = w.ended(&it, h, text)
		text = w.withoutAside(w.fieldsAround(&it, &links, text))
	}
	it.Text = p.string(w.renderer, text)
	if it.Kind == Question && it.ID == "" && isAddress(it.Text) {
		return it, links, false // "Issue: https://…" names one, and asks nothing
	}
	if empty := it.ID == "" && it.ResultWord == "" && h.targets.end == 0; empty && saysNothing(it.Text) && (it.Kind != Answer || it.Text == "") {
		w.doc.NoDecisions = w.doc.NoDecisions || it.Kind == Decision && it.Text != ""
		return it, links, false
	}
	w.nameLater(it, text)
	return it, links, true
}

// isAddress reports whether a text is nothing but a web address.
func isAddress(text string) bool {
	return strings.Contains(text, "://") && !strings.ContainsAny(text, " \t")
}

// file is a span in the body as one in the file; none stays none.
func (s span) file(base int) source.Span {
	if s.end == 0 {
		return source.Span{}
	}
	return source.Span{Start: s.start, End: s.end}.Shift(base)
}

// ownSpan is where an item stands in the file, without what is nested in it.
func (w *itemReader) ownSpan(h head, end int) source.Span {
	p := &w.passage
	last := p.hardEnd
	if end < len(p.text) {
		last = p.offset(end, 0)
	}
	first := w.firstLine(h).Start - w.base
	return source.Span{Start: min(first, last), End: last}.Shift(w.base)
}

// fieldsAround reads the fields at the end of a text, and names at its start,
// and returns the text without them.
func (w *itemReader) fieldsAround(it *Item, links *itemLinks, text span) span {
	end, fields := w.endFields(text.start, text.end)
	w.apply(it, links, fields)
	text.end = end
	if it.Kind != Action && it.Kind != Offer {
		return text
	}
	p := &w.passage
	at := p.names(text.start, text.end, func(name span) {
		it.Owners = append(it.Owners, w.person(name))
	})
	if at == text.start || it.Kind == Offer {
		return text // "@bo can take notes" needs its subject
	}
	text.start, _ = p.colon(at, text.end)
	text.start = p.skip(text.start, text.end, " ")
	if bytes.HasPrefix(p.text[text.start:text.end], []byte("to ")) {
		text.start += len("to ")
	}
	return text
}

// withoutAside is a text without a link to a file in parentheses at its end, such
// as "([record](…))": it says nothing to those who are told the item elsewhere.
func (w *itemReader) withoutAside(text span) span {
	p := &w.passage
	end := p.back(text.start, text.end, " .")
	open := bytes.LastIndexByte(p.text[text.start:end], '(')
	if open <= 0 || p.text[end-1] != ')' {
		return text
	}
	if l, link := p.linkAt(text.start + open + 1); !link || l.text.end != end-1 || isAddress(string(l.destination)) {
		return text
	}
	return span{text.start, p.back(text.start, text.start+open, " ")}
}

func (w *itemReader) person(name span) Person {
	return Person{Name: w.passage.string(w.renderer, name), Span: w.passage.source(w.renderer, name)}
}

func (w *itemReader) written(value span) Written {
	return Written{Text: w.passage.string(w.renderer, value), Span: w.passage.source(w.renderer, value)}
}

// apply puts fields into an item.
func (w *itemReader) apply(it *Item, links *itemLinks, fields []field) {
	p := &w.passage
	for _, f := range fields {
		value := p.string(w.renderer, f.value)
		switch f.key {
		case ownerField:
			it.Owners = w.persons(it.Owners, f.value)
		case nobodyField:
			it.Nobody = true
		case dueField:
			it.Due = w.written(f.value)
		case doneField:
			it.DoneOn = w.written(f.value)
		case onField:
			it.On = w.written(f.value)
		case answerField:
			it.AnswerBy = w.written(f.value)
		case toField:
			it.To = value
		case fromField:
			links.from = p.linked(f.value).file(w.base)
		case topicField:
			it.Topic = value
		case askedField:
			it.AskedBy = w.persons(it.AskedBy, f.value)
		case upstreamField:
			it.Upstream, links.upstream = value, p.linked(f.value).file(w.base)
		}
	}
}

// persons adds those whom a field names to a list.
func (w *itemReader) persons(list []Person, value span) []Person {
	named := w.passage.names(value.start, value.end, func(name span) { list = append(list, w.person(name)) })
	if named == value.start {
		list = append(list, w.person(value))
	}
	return list
}

// ended reads how an item ended that stands here: struck through, with the
// reason behind, or with the reason alone.
func (w *itemReader) ended(it *Item, h head, text span) span {
	p := &w.passage
	struck := max(p.struckAt(h.start), p.struckAt(h.text))
	if struck > text.start && struck <= text.end {
		rest := span{p.skip(struck, text.end, " ()"), text.end}
		after, word := w.result(rest.start, rest.end)
		labelled := h.start < h.text && p.struckAt(h.start) > h.text
		if word != "" || rest.start == rest.end || labelled {
			it.Dropped, it.ResultWord = true, word
			it.Result = w.tail(after, rest.end)
			return span{text.start, struck}
		}
	}
	if it.Kind == Action {
		return w.dropped(it, text)
	}
	return w.deferred(it, text)
}

// tail is a text between offsets without what sets it off.
func (w *itemReader) tail(start, end int) string {
	p := &w.passage
	start = p.skip(start, end, " :,;()")
	start = p.skipDash(start, end)
	return p.string(w.renderer, span{start, p.back(start, end, " )")})
}

// dropped reads "dropped: D1", at the start of a text or behind a mark.
func (w *itemReader) dropped(it *Item, text span) span {
	p := &w.passage
	const word = "dropped:"
	i := bytes.LastIndex(bytes.ToLower(p.text[text.start:text.end]), []byte(word))
	if i < 0 {
		return text
	}
	at := text.start + i
	before := p.back(text.start, at, " ")
	if before > text.start && before < at && strings.IndexByte(".;,-)", p.text[before-1]) < 0 && !bytes.HasSuffix(p.text[:before], []byte("–")) {
		return text
	}
	it.Dropped, it.ResultWord = true, "dropped"
	it.Result = w.tail(at+len(word), text.end)
	if before == text.start {
		return span{at, at}
	}
	return span{text.start, p.back(text.start, before, " ,;-")}
}

// deferred reads "deferred to" and a link, at the end of a question.
func (w *itemReader) deferred(it *Item, text span) span {
	p := &w.passage
	const words = "deferred to "
	i := bytes.LastIndex(bytes.ToLower(p.text[text.start:text.end]), []byte(words))
	if i < 0 || it.Kind != Question {
		return text
	}
	at := text.start + i
	if _, link := p.linkAt(at + len(words)); !link {
		return text
	}
	it.ResultWord, it.Result = "deferred", w.tail(at+len(words), text.end)
	end := p.back(text.start, at, " (,;-")
	const filler = len(" This has been")
	if last := lastSentence(string(p.text[text.start:at])); len(last) <= filler && at-len(last) > text.start {
		end = p.back(text.start, at-len(last), " ")
	}
	return span{text.start, end}
}

// skipDash is what follows a dash between spaces at an offset, or the offset.
func (p *passage) skipDash(at, end int) int {
	if dash := p.skip(at, end, "-–—"); dash > at && p.skip(dash, end, " ") > dash {
		return p.skip(dash, end, " ")
	}
	return at
}

// skipWord is what follows a word at an offset, or the offset.
func (p *passage) skipWord(at, end int, word string) int {
	if at+len(word) <= end && bytes.EqualFold(p.text[at:at+len(word)], []byte(word)) {
		return at + len(word)
	}
	return at
}

// namedBefore are what stands between the names that an action begins with and
// what they do: "Lee: book it", "Lee - book it", "Lee and Jo to book it", "Lee will
// book it".
var namedBefore = []string{":", " - ", " – ", " — ", " to ", " will "}

// nameLater takes note of an action without an owner that begins with what may
// be names.
func (w *itemReader) nameLater(it Item, text span) {
	p := &w.passage
	if it.Kind != Action || len(it.Owners) > 0 {
		return
	}
	names, next := p.namesBefore(text, namedBefore...)
	if len(names) == 0 {
		return
	}
	named := namedItem{item: len(w.doc.Items), text: p.string(w.renderer, span{next, text.end})}
	for _, name := range names {
		named.names = append(named.names, w.person(name))
	}
	w.named = append(w.named, named)
}

// namesBefore are what may be names before the first of separators in a text, and
// what follows it.
func (p *passage) namesBefore(text span, separators ...string) (names []span, next int) {
	const longest = 80 // bytes
	if text.start >= text.end {
		return nil, text.start
	}
	end, next := text.end, text.end
	for _, sep := range separators {
		if i := bytes.Index(p.text[text.start:min(text.end, text.start+longest)], []byte(sep)); i > 0 && text.start+i < end {
			end, next = text.start+i, text.start+i+len(sep)
		}
	}
	if end == text.end {
		return nil, text.start
	}
	for at := text.start; at < end; {
		stop, after := p.nextName(at, end)
		at = p.skip(at, stop, " ")
		names = append(names, span{at, p.back(at, stop, " ")})
		at = after
	}
	return names, next
}

// nextName is where the name at an offset ends and the next one begins.
func (p *passage) nextName(at, end int) (stop, next int) {
	stop, next = end, end
	for _, between := range []string{",", "/", "&", " and "} {
		if i := bytes.Index(p.text[at:stop], []byte(between)); i >= 0 {
			stop, next = at+i, at+i+len(between)
		}
	}
	return stop, next
}
