package emit

import (
	"fmt"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/layout"
	"minutebook/generator/site"
)

// This file draws what replaced what: a box for each document, from left to
// right as one replaced the other, and an arrow from each to the one that took
// its place. The list beside it says the same, for those who do not see it.

// Measures of the drawing, in CSS pixels.
const (
	boxWidth, boxHeight = 176, 66
	boxAcross, boxDown  = boxWidth + 34, boxHeight + 22
	lineHeight          = 17
	lineUnits           = 22 // narrow characters that a line has room for
)

// Bounds of the drawing and of the list. More is not read at a glance; each
// document says itself what replaced it.
const (
	mostBoxes  = 30
	mostChains = 60
)

// replaced is the picture of what documents of a kind replaced; nil when none
// did.
func (b *Builder) replaced(pageURL string, k *config.Kind) *layout.Replaced {
	chains := b.Site.Chains(k)
	if len(chains) == 0 {
		return nil
	}
	p := &layout.Replaced{More: max(0, len(chains)-mostChains)}
	var d drawing
	for i, chain := range chains {
		if i < mostChains {
			p.Chains = append(p.Chains, b.chainInWords(pageURL, chain))
		}
		switch drawn := len(d.places) + len(chain); {
		case drawn <= mostBoxes:
			d.add(b, chain)
		case i == 0:
			d.add(b, chain[len(chain)-mostBoxes:])
		}
	}
	p.Width, p.Height, p.Boxes, p.Arrows = d.width, d.height, d.boxes, d.arrows
	return p
}

func (b *Builder) chainInWords(pageURL string, chain site.Chain) []layout.Replacement {
	var list []layout.Replacement
	for _, r := range chain {
		_, day := r.Record.Dated()
		one := layout.Replacement{Doc: b.doc(pageURL, r.Record), When: b.day(day)}
		for _, old := range r.Replaces {
			one.Replaces = append(one.Replaces, layout.Link{Text: nameOf(old), Href: href(pageURL, old.URL)})
		}
		list = append(list, one)
	}
	return list
}

// A drawing is what was drawn so far.
type drawing struct {
	width, height int
	boxes         []layout.Box
	arrows        []layout.Arrow
	places        map[*site.Record]place
	taken         map[place]bool
	rows          int
}

// A place is a field of the drawing.
type place struct{ column, row int }

// add draws a chain below those that are there.
func (d *drawing) add(b *Builder, chain site.Chain) {
	if d.places == nil {
		d.places, d.taken = map[*site.Record]place{}, map[place]bool{}
	}
	top, first := d.rows, chain[0].Step
	for _, r := range chain {
		first = min(first, r.Step)
	}
	for _, r := range chain {
		at := d.free(r, r.Step-first, top)
		d.places[r.Record] = at
		d.rows = max(d.rows, at.row+1)
		d.boxes = append(d.boxes, b.box(r.Record, at))
		d.width, d.height = max(d.width, at.column*boxAcross+boxWidth+2), d.rows*boxDown
	}
	for _, r := range chain {
		for _, old := range r.Replaces {
			if from, drawn := d.places[old]; drawn {
				d.arrows = append(d.arrows, layout.Arrow{Path: arrow(from, d.places[r.Record]), Open: old.Successor == nil})
			}
		}
	}
}

// free takes a field in a column: right of the last that the record replaced, or
// the first below where something stands in between.
func (d *drawing) free(r site.Replacement, column, top int) place {
	at, last := place{column, top}, -1
	for _, old := range r.Replaces {
		if p, drawn := d.places[old]; drawn && p.column < column && p.column > last {
			at.row, last = p.row, p.column
		}
	}
	from := column
	if last >= 0 {
		from = last + 1
	}
	for ; ; at.row++ {
		free := true
		for c := from; c <= column; c++ {
			free = free && !d.taken[place{c, at.row}]
		}
		if free {
			break
		}
	}
	for c := from; c <= column; c++ {
		d.taken[place{c, at.row}] = true
	}
	return at
}

// arrow is the path of an arrow between two boxes: from the right side of the
// one to the left side of the other, and below both where it leads back or others
// stand between them.
func arrow(from, to place) string {
	if to.column <= from.column || to.column > from.column+1 && to.row == from.row {
		x1, y1 := from.column*boxAcross+boxWidth/2, from.row*boxDown+boxHeight+1
		x2, y2 := to.column*boxAcross+boxWidth/2, to.row*boxDown+boxHeight+1
		return fmt.Sprintf("M%d %dC%d %d %d %d %d %dm-4 7 4-7 4 7", x1, y1, x1, y1+24, x2, y2+24, x2, y2)
	}
	x1, y1 := from.column*boxAcross+boxWidth+1, from.row*boxDown+boxHeight/2+1
	x2, y2 := to.column*boxAcross+1, to.row*boxDown+boxHeight/2+1
	return fmt.Sprintf("M%d %dC%d %d %d %d %d %dm-7-4 7 4-7 4", x1, y1, x1+20, y1, x2-20, y2, x2, y2)
}

// box is a document in the drawing: its name, and its id and day, on three lines
// at most.
func (b *Builder) box(r *site.Record, at place) layout.Box {
	box := layout.Box{X: at.column*boxAcross + 1, Y: at.row*boxDown + 1, Width: boxWidth, Height: boxHeight, Tone: "plain"}
	if s := b.status(r); s != nil {
		box.Tone = s.Tone
	}
	notes := fitted(r.Text("id"), lineUnits, 1)
	if _, day := r.Dated(); !day.IsZero() {
		notes = append(notes, b.day(day).Short)
	}
	if all := strings.Join(notes, " · "); all != "" && len(fitted(all, lineUnits, 2)) == 1 {
		notes = []string{all}
	}
	lines := append(fitted(r.Title, lineUnits, max(1, 3-len(notes))), notes...)
	y := box.Y + (boxHeight-lineHeight*len(lines))/2 + 13
	for i, text := range lines {
		box.Lines = append(box.Lines, layout.BoxLine{X: box.X + boxWidth/2, Y: y + i*lineHeight, Text: text})
	}
	return box
}

// fitted is a text on lines of so many narrow characters, cut at words where it
// can be.
func fitted(text string, units, most int) []string {
	var lines []string
	for text != "" {
		end, space, width := 0, -1, 0
		for i, c := range text {
			if c == ' ' {
				space = i
			}
			if width++; c >= 0x1100 { // of East Asia: as wide as two
				width++
			}
			if width > units {
				break
			}
			end = i + len(string(c))
		}
		if end == len(text) {
			return append(lines, text)
		}
		if space > 0 {
			end = space
		}
		if len(lines) == most-1 {
			return append(lines, strings.TrimSpace(text[:end])+"…")
		}
		lines = append(lines, text[:end])
		text = strings.TrimSpace(text[end:])
	}
	return lines
}
