package markdown

import (
	"bytes"
	"slices"
	"strings"
)

// This file reads reviews: lines that begin with links to items, and say what
// became of those.
//
//	review = [ label ] links [ SP "(" fields ")" ] [ ":" ] [ result [ dates ] ] text
//	links  = a link to an item, and more of them with "," or "and" between
//	dates  = date | [ "now " ] "due " date
//
// A review makes no item of its own kind: "[A2](…#a2): done" is about A2, though
// it begins with an id.

// about reads a line that begins with a link to an item. In a review of actions
// every such list item is a review; elsewhere it has a box or says a result. One
// that would be an item of its own by how the link calls the other ("[Action
// A2](…#a2)", or anything in a section) is a review too, but for the link of an
// item to itself.
func (w *itemReader) about(h *head, end int, section SectionKind, first bool) bool {
	t := &w.passage
	link, found := t.linkAt(h.start)
	r := *h
	if !found || !w.links(&r, h.start, end) {
		return false
	}
	in := ItemKind("")
	if first {
		in = sectionItems[section]
	}
	switch anchor := anchorOf(link.destination); {
	case in == Review, w.reports(r.text, end):
	case link.destination[0] == '#' && !w.ids.used[anchor] && w.calls(link, anchor):
		return false // here is its home
	case in == Action && !tickable(anchor):
		return false // an action that follows from the other item
	case h.box != nil:
	case !w.calls(link, anchor) || in == "" && t.boldAt(h.start) < 0 && !w.labelAt(h.start, end):
		return false
	}
	r.kind = Review
	*h = r
	return true
}

func (w *itemReader) labelAt(at, end int) bool {
	kind, _ := lookUp(labels, &w.passage, at, end)
	return kind != ""
}

// calls reports whether the text of a link is what an item is called: a label, an
// id, or words that end with the id that is its anchor ("2018-03-13 A2").
func (w *itemReader) calls(l textLink, anchor string) bool {
	t := &w.passage
	text := span{l.text.start, t.back(l.text.start, l.text.end, " :")}
	kind, label := lookUp(labels, t, text.start, text.end)
	if kind == "" {
		label = text.start
	}
	rest := string(t.text[t.skip(label, text.end, " "):text.end])
	if isItemID(rest) || rest == "" && kind != "" {
		return true
	}
	return strings.EqualFold(rest[strings.LastIndexByte(rest, ' ')+1:], anchor)
}

// mostTargets bounds the items that one line may be about.
const mostTargets = 50

// links reads links to items from an offset on.
func (w *itemReader) links(h *head, at, end int) bool {
	t := &w.passage
	for n := 0; n < mostTargets; n++ {
		l, ok := t.linkAt(at)
		if !ok || l.text.end > end || anchorOf(l.destination) == "" {
			break
		}
		if n == 0 {
			h.targets.start = l.start
		}
		h.targets.end, h.text = l.end, l.text.end
		at = t.skip(l.text.end, end, " ,&")
		if bytes.HasPrefix(t.text[at:end], []byte("and ")) {
			at = t.skip(at+4, end, " ")
		}
	}
	return h.targets.end > 0
}

// anchorOf is the anchor in a destination, in lower case, where it looks like that
// of an item; else empty.
func anchorOf(destination []byte) string {
	const longest = 64 // bytes of an anchor
	i := bytes.LastIndexByte(destination, '#')
	if i < 0 || len(destination)-i > longest {
		return ""
	}
	anchor := strings.ToLower(string(destination[i+1:]))
	if isItemID(anchor) || numberedKind(anchor) != "" {
		return anchor
	}
	return ""
}

// numberedKind is the kind in an anchor of ours: mb-action-3.
func numberedKind(anchor string) ItemKind {
	kind, ours := strings.CutPrefix(anchor, ownID)
	i := strings.LastIndexByte(kind, '-')
	if !ours || i <= 0 || strings.Trim(kind[i+1:], "0123456789") != "" {
		return ""
	}
	return ItemKind(kind[:i])
}

// tickable reports whether a tick says something of the item with an anchor: it
// is an action or a question.
func tickable(anchor string) bool {
	kind := numberedKind(anchor)
	if kind == "" {
		kind = letters[anchor[0]]
	}
	return kind == Action || kind == Question
}

// report reads what follows the links of a review: fields, where they come first,
// and a word for a result. after is where the rest begins.
func (w *itemReader) report(at, end int) (after int, fields []field, word string) {
	if after, word = w.result(at, end); word != "" {
		return after, nil, word
	}
	text, fields := w.headFields(at, end, Review)
	if len(fields) == 0 {
		return at, nil, ""
	}
	if after, word = w.result(text, end); word == "" {
		after = text
	}
	return after, fields, word
}

// reports reports whether a result stands at an offset, or behind fields there.
func (w *itemReader) reports(at, end int) bool {
	_, fields, word := w.report(at, end)
	return word != "" || slices.ContainsFunc(fields, func(f field) bool { return f.key == doneField })
}

// result reads a word of results at an offset, and returns what follows it.
func (w *itemReader) result(at, end int) (after int, word string) {
	p := &w.passage
	at = p.skip(at, end, " :,;-–—()")
	for _, r := range results {
		next := at + len(r.words)
		if next > end || !bytes.EqualFold(p.text[at:next], []byte(r.words)) {
			continue
		}
		if next < end && isLetterOrDigit(p.text[next]) {
			continue
		}
		return next, r.word
	}
	return at, ""
}

// reviewed reads what a review says, and returns the text when it says none of
// the words that are known. A day on which it was done says that it is done.
func (w *itemReader) reviewed(it *Item, links *itemLinks, text span) span {
	p := &w.passage
	at, fields, word := w.report(text.start, text.end)
	w.apply(it, links, fields)
	end, fields := w.endFields(at, text.end)
	w.apply(it, links, fields)
	text.end = end
	if word == "" && it.DoneOn.Text != "" {
		word = "done"
	}
	if word != "" {
		at, fields = w.headFields(at, text.end, it.Kind)
		w.apply(it, links, fields)
	}
	it.ResultWord, it.Dropped = word, word == "dropped"
	at = w.newDates(it, at, text.end)
	if word == "" {
		at = p.skipDash(p.skip(at, text.end, " :,;"), text.end)
		return span{at, text.end}
	}
	it.Result = w.tail(at, text.end)
	return span{p.skip(at, text.end, " "), p.skip(at, text.end, " ")}
}

// answered reads an answer to a question that stands elsewhere.
func (w *itemReader) answered(it *Item, links *itemLinks, text span) span {
	p := &w.passage
	at, fields := w.headFields(text.start, text.end, Answer)
	w.apply(it, links, fields)
	end, fields := w.endFields(at, text.end)
	w.apply(it, links, fields)
	return span{p.skipDash(p.skip(at, end, " :,;"), end), end}
}

// newDates reads the dates that follow a result: "still open, now due
// 2018-04-03", "done 2018-03-20: …".
func (w *itemReader) newDates(it *Item, at, end int) int {
	p := &w.passage
	start := p.skip(at, end, " ,;:-")
	if day := min(end, start+len("2018-03-20")); it.ResultWord == "done" && isDay(string(p.text[start:day])) {
		it.DoneOn = w.written(span{start, day})
		return day
	}
	start = p.skipWord(start, end, "now ")
	due := p.skipWord(start, end, "due ")
	stop := min(p.comma(due, end), end)
	if day := min(end, due+len("2018-03-20")); isDay(string(p.text[due:day])) {
		stop = day
	}
	if due == start || !likeDate(p.text[due:stop], true) {
		return at
	}
	it.Due = w.written(span{due, p.back(due, stop, " .)")})
	return stop
}
