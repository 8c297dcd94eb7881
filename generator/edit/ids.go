package edit

import (
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"minutebook/generator/diag"
	"minutebook/generator/document"
	"minutebook/generator/markdown"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// idLetters are the kinds of notes that get ids, with the letter that theirs
// begin with. Answers and reviews are told by what they are about.
var idLetters = map[markdown.ItemKind]byte{
	markdown.Action: 'A', markdown.Decision: 'D', markdown.Question: 'Q', markdown.Feedback: 'F', markdown.Topic: 'T',
}

// AssignIDs gives ids to the notes of a document that have none, counted on from
// those that are there, and mends the links that lead to these notes by their
// number on the page. Notes that cannot be given one are listed.
func (e *Editor) AssignIDs(p string) (left diag.List, err error) {
	r := e.Site.Record(p)
	if r == nil || r.Kind.Open {
		return nil, nil
	}
	before := e.document(p)
	a := assigner{Editor: e, path: p, before: before, ids: newIDs(before)}
	if len(a.ids) == 0 {
		return nil, nil
	}
	after := a.assign()
	for _, i := range a.missing(after) {
		at := diag.At(before.File, before.Body.Items[i].Span, "duplicate-item-id", "this %s has no id, and none can be written there", before.Body.Items[i].Kind)
		at.Severity = diag.Info // nothing is wrong with it
		left.Add(at.WithHint("write it as - **Action A1** (@anna): …"))
	}
	for _, other := range e.Site.Records {
		left = append(left, e.moveAnchors(other, r, before, after)...)
	}
	return left, nil
}

// newIDs are the ids of the items that have none and get one, by index.
func newIDs(d *document.Document) map[int]string {
	last := map[byte]int{}
	for _, it := range d.Body.Items {
		if len(it.ID) < 2 {
			continue
		}
		if n, err := strconv.Atoi(it.ID[1:]); err == nil {
			letter := it.ID[0] &^ 0x20
			last[letter] = max(last[letter], n)
		}
	}
	ids := map[int]string{}
	for i, it := range d.Body.Items {
		letter := idLetters[it.Kind]
		if letter == 0 || it.ID != "" {
			continue
		}
		for taken := true; taken; {
			last[letter]++
			ids[i] = fmt.Sprintf("%c%d", letter, last[letter])
			_, taken = d.Body.Anchors[strings.ToLower(ids[i])]
		}
	}
	return ids
}

// An assigner writes ids into one document.
type assigner struct {
	*Editor
	path   string
	before *document.Document
	ids    map[int]string
}

// assign writes the ids. There are several ways to write one, by how the item
// begins; which is right shows when the result is read.
func (a *assigner) assign() *document.Document {
	way := map[int]int{}
	for {
		var splices []splice
		for i, id := range a.ids {
			if ways := waysToWrite(a.before, i, id); way[i] < len(ways) {
				splices = append(splices, ways[way[i]])
			}
		}
		after, data := a.with(splices)
		wrong, certain := a.wrong(after)
		switch {
		case !certain:
			return a.oneByOne()
		case len(wrong) == 0:
			a.put(a.path, data)
			return after
		}
		for _, i := range wrong {
			way[i]++
		}
	}
}

func (a *assigner) with(splices []splice) (*document.Document, []byte) {
	data := apply(a.before.File.Data, splices...)
	return a.parser.Parse(source.NewFile(a.path, data)), data
}

// oneByOne writes the ids where one of them would change what others are, and
// leaves that one out.
func (a *assigner) oneByOne() *document.Document {
	var kept []splice
	after, data := a.before, a.before.File.Data
	for _, i := range slices.Sorted(maps.Keys(a.ids)) {
		for _, way := range waysToWrite(a.before, i, a.ids[i]) {
			d, text := a.with(append(slices.Clone(kept), way))
			if wrong, certain := a.wrong(d); certain && !slices.Contains(wrong, i) && d.Body.Items[i].ID != "" {
				after, data, kept = d, text, append(kept, way)
				break
			}
		}
	}
	a.put(a.path, data)
	return after
}

// wrong are the items with new ids that do not read as they should. It is not
// certain which those are when other items are no longer what they were.
func (a *assigner) wrong(after *document.Document) (wrong []int, certain bool) {
	if len(after.Body.Items) != len(a.before.Body.Items) {
		return nil, false
	}
	for i := range after.Body.Items {
		was, is := a.before.Body.Items[i], after.Body.Items[i]
		id := a.ids[i]
		switch {
		case id == "" && (was.ID != is.ID || !sameItem(was, is)):
			return nil, false
		case is.ID != "" && is.ID != id && id != "", !sameItem(was, is), is.ID == "" && id != "" && a.changes(after, i):
			wrong = append(wrong, i)
		}
	}
	return wrong, true
}

// changes reports whether the line of an item has something written into it.
func (a *assigner) changes(after *document.Document, i int) bool {
	was, is := a.before.Body.Items[i].Span, after.Body.Items[i].Span
	return string(a.before.File.Data[was.Start:was.End]) != string(after.File.Data[is.Start:is.End])
}

// missing are the items that got no id.
func (a *assigner) missing(after *document.Document) (list []int) {
	for i := range a.ids {
		if after.Body.Items[i].ID == "" {
			list = append(list, i)
		}
	}
	slices.Sort(list)
	return list
}

// sameItem reports whether two readings of an item say the same, but for its id
// and its place.
func sameItem(a, b markdown.Item) bool {
	named := func(a, b []markdown.Person) bool {
		return slices.EqualFunc(a, b, func(a, b markdown.Person) bool { return a.Name == b.Name })
	}
	return a.Kind == b.Kind && a.Text == b.Text && a.Task == b.Task && a.Done == b.Done && a.Dropped == b.Dropped && a.Nobody == b.Nobody &&
		a.Conditional == b.Conditional && a.Parent == b.Parent && a.Heading == b.Heading && named(a.Owners, b.Owners) &&
		named(a.AskedBy, b.AskedBy) && a.Due.Text == b.Due.Text && a.DoneOn.Text == b.DoneOn.Text && a.AnswerBy.Text == b.AnswerBy.Text &&
		a.To == b.To && a.Topic == b.Topic && a.Upstream == b.Upstream && a.ResultWord == b.ResultWord && a.Result == b.Result &&
		slices.Equal(a.References, b.References)
}

// itemStart is what stands before the text of an item on its line: quotes, the
// mark of the list, a box, what strikes it through.
var itemStart = regexp.MustCompile(`^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?(?:\[[ xX]\][ \t]+)?(?:~~)?`)

// firstWords are the one or two words that a label may be.
var firstWords = regexp.MustCompile(`^((?:\*\*|__|\*|_)?)(\pL[\pL-]*)(?:( )(\pL[\pL-]*))?`)

// waysToWrite are the ways to put an id into an item, the likeliest first:
// behind its label, which may be two words, or in front of a text without one.
func waysToWrite(d *document.Document, index int, id string) []splice {
	span := d.Body.Items[index].Span
	line := string(d.File.Data[span.Start:span.End])
	start := len(itemStart.FindString(line))
	at := func(offset int, text string) splice {
		return splice{source.Span{Start: span.Start + offset, End: span.Start + offset}, text}
	}
	var ways []splice
	if m := firstWords.FindStringSubmatchIndex(line[start:]); m != nil {
		if m[8] >= 0 {
			ways = append(ways, at(start+m[9], " "+id))
		}
		ways = append(ways, at(start+m[5], " "+id))
	}
	return append(ways, at(start, "**"+id+":** "), at(start, "**"+id+"** "))
}

// moveAnchors mends the links of a document that lead to notes which have ids
// now.
func (e *Editor) moveAnchors(from, target *site.Record, before, after *document.Document) (left diag.List) {
	became := map[string]string{}
	for i := range before.Body.Items {
		if was, is := before.Body.Items[i].Anchor, after.Body.Items[i].Anchor; was != is && was != "" {
			became[was] = is
		}
	}
	wanted := map[int]rewrite{}
	for i, t := range from.Targets {
		if is := became[t.Fragment]; t.Record == target && is != "" && t.Kind == site.Internal {
			wanted[i] = func(raw string) string {
				at, _, _ := strings.Cut(raw, "#")
				return at + "#" + is
			}
		}
	}
	for _, i := range e.relink(from.File.Path, wanted) {
		ref := from.Body.References[i]
		at := diag.At(from.File, ref.Span, "broken-anchor", "%q leads to a note that has an id now", ref.Destination)
		left.Add(at.WithHint("write %s#%s", path.Base(target.File.Path), became[from.Targets[i].Fragment]))
	}
	return left
}
