package change

import (
	"fmt"
	"strings"

	"minutebook/generator/date"
)

// A quoter makes what a document says safe where it is shown.
type quoter func(string) string

// day is a date in words.
func day(d date.Date) string { return fmt.Sprintf("%d %s %d", d.Day(), d.Month(), d.Year()) }

// days says how a day moved.
func days(list []date.Date) string {
	switch from, to := list[0], list[1]; {
	case from.IsZero():
		return "now " + day(to)
	case to.IsZero():
		return day(from) + " → none"
	default:
		return day(from) + " → " + day(to)
	}
}

// sentence says a fact, without the words for its kind.
func (f *Fact) sentence(quote quoter) string {
	switch f.Kind {
	case Status:
		return f.fromTo(quote) + f.due(", decision due ")
	case Decided:
		text := f.fromTo(quote)
		if f.Text != "" {
			text += ": " + quote(f.Text)
		}
		return text + f.due(", on ") + f.in(quote)
	case Superseded:
		return "by " + quote(f.Document)
	case Deadline:
		if f.Item != "" {
			return quote(f.Field) + " " + days(f.Days) + ": " + f.note(quote)
		}
		return quote(f.Field) + " " + days(f.Days)
	case Rewritten:
		if f.Field == "" {
			return "it is decided already; see whether what was agreed still stands"
		}
		return quote(f.Field) + ": " + f.fromTo(quote)
	case MeetingCancelled:
		if f.From == "" {
			return "it will not take place"
		}
		return "was to take place on " + quote(f.From)
	case Fields:
		return quote(f.Field)
	case Body:
		return "more than what is told here"
	case MeetingMoved, MeetingSet, Title:
		return f.fromTo(quote)
	case MinutedReworded, Reworded:
		return f.id(quote) + f.fromTo(quote)
	}
	return f.note(quote) + f.noteEnd(quote)
}

// fromTo is what something was and is.
func (f *Fact) fromTo(quote quoter) string {
	switch {
	case f.From == "":
		return quote(f.To)
	case f.To == "":
		return quote(f.From) + " → not stated"
	}
	return quote(f.From) + " → " + quote(f.To)
}

func (f *Fact) due(words string) string {
	switch {
	case f.Due.IsZero():
		return ""
	case f.Overdue:
		return words + day(f.Due) + ", which is over"
	}
	return words + day(f.Due)
}

// in says in which document something is written, when that is another one.
func (f *Fact) in(quote quoter) string {
	if f.Document == "" {
		return ""
	}
	return ", as " + quote(f.Document) + " says"
}

func (f *Fact) id(quote quoter) string {
	if f.ID == "" {
		return ""
	}
	return quote(f.ID) + ": "
}

// note is a note with whom it is for.
func (f *Fact) note(quote quoter) string {
	text := f.id(quote) + quote(f.Text)
	if f.Kind == ActionReassigned {
		return text + " (" + people(quote, f.Earlier) + " → " + people(quote, f.Owners) + ")"
	}
	if len(f.Owners) == 0 {
		return text
	}
	word := ""
	switch f.Kind {
	case AnswerGiven, QuestionAnswered:
		word = "by "
	}
	return text + " (" + word + people(quote, f.Owners) + ")"
}

// noteEnd is what there is to say of a note behind its text.
func (f *Fact) noteEnd(quote quoter) string {
	text := ""
	switch {
	case f.To == "":
	case f.Kind == FeedbackGiven:
		text = " → " + quote(f.To)
	default:
		text = ", " + quote(f.To)
	}
	if len(f.Days) == 2 {
		text += ", due " + days(f.Days)
	}
	return text + f.due(", due ") + f.in(quote)
}

func people(quote quoter, names []string) string {
	if len(names) == 0 {
		return "nobody yet"
	}
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = quote(name)
	}
	return strings.Join(quoted, ", ")
}

// stateWords say what became of a document's file.
var stateWords = map[State]string{
	Added: "new", Renamed: "renamed", Removed: "removed", Changed: "changed", Affected: "the file is the same",
}

// count is a number with a word.
func count(n int, word string) string {
	switch {
	case n == 1 || word == "feedback":
	case strings.HasSuffix(word, "s"):
		word += "es"
	default:
		word += "s"
	}
	return fmt.Sprintf("%d %s", n, word)
}

// summary is a change in one sentence.
func (c *Change) summary() string {
	if c.Empty() {
		return "nothing is different for readers"
	}
	var parts []string
	for _, t := range c.tallies() {
		parts = append(parts, count(t.n, t.group))
	}
	files := map[State]int{}
	for _, d := range c.Documents {
		files[d.State]++
	}
	for _, s := range []State{Added, Renamed, Removed, Changed} {
		if n := files[s]; n > 0 {
			parts = append(parts, count(n, "document")+" "+stateWords[s])
		}
	}
	if n := len(c.Problems.Added); n > 0 {
		parts = append(parts, count(n, "problem")+" added")
	}
	if n := len(c.Problems.Mended); n > 0 {
		parts = append(parts, count(n, "problem")+" mended")
	}
	if n := c.Pages.Len(); n > 0 {
		parts = append(parts, count(n, "page")+" different")
	}
	if n := c.Files.Len(); n > 0 {
		parts = append(parts, count(n, "attachment"))
	}
	if len(c.Settings) > 0 {
		parts = append(parts, "the settings")
	}
	if len(parts) == 0 {
		return "details are different"
	}
	return strings.Join(parts, ", ")
}
