package emit

import (
	"fmt"
	"strings"

	"minutebook/generator/site"
)

// incomingText is what was sent to an event, by topic, as Markdown that can be
// taken over into notes or mail: how each piece stands, and where it was said.
// That is a link where the site knows its address.
func (b *Builder) incomingText(event *site.Record) string {
	if len(event.Incoming) == 0 {
		return ""
	}
	var t strings.Builder
	fmt.Fprintf(&t, "# %s\n", b.T("Incoming: {topic}", markdownText(event.Title)))
	for _, topic := range b.topicsOf(event.Incoming) {
		fmt.Fprintf(&t, "\n## %s", markdownText(topic.title))
		if topic.heard != "" {
			fmt.Fprintf(&t, " (%s)", topic.heard)
		}
		t.WriteString("\n\n")
		for _, n := range topic.notes[:min(len(topic.notes), mostNotes)] {
			b.incomingLine(&t, n)
		}
		if rest := len(topic.notes) - mostNotes; rest > 0 {
			fmt.Fprintf(&t, "- %s\n", b.N(rest, "and {n} more", "and {n} more"))
		}
	}
	return t.String()
}

func (b *Builder) incomingLine(t *strings.Builder, n *site.Note) {
	fmt.Fprintf(t, "- %s (", markdownText(strings.TrimRight(n.Text, ".")))
	if s := b.noteStatus(n); s != nil {
		fmt.Fprintf(t, "%s; ", s.Word)
	}
	if result := b.resultText(n); result != "" {
		fmt.Fprintf(t, "%s; ", markdownText(result))
	}
	if len(n.Home) > 1 {
		fmt.Fprintf(t, "%s; ", b.heardFrom(n.Home))
	}
	from := markdownText(strings.TrimSpace(n.Record.Title + " " + n.Item.ID))
	if address := b.Site.Address(n.Record.URL, n.Anchor); address != "" {
		from = fmt.Sprintf("[%s](%s)", from, address)
	}
	fmt.Fprintf(t, "%s)\n", from)
}

// markdownText is plain text as Markdown: on one line, with a backslash before
// what would mean something.
func markdownText(text string) string {
	return markdownMarks.Replace(strings.Join(strings.Fields(text), " "))
}

var markdownMarks = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "#", `\#`, "~", `\~`, "|", `\|`,
)
