package emit

import "testing"

// What came in for an event is Markdown: by topic, with how it stands, at how
// many events it was heard, and where it was said; nothing in a text means more
// than it says.
func TestIncomingText(t *testing.T) {
	files := map[string]string{
		"events/a.md":     "---\ntitle: Day A\nstart: 2018-02-01\nfeeds-into: m\n---\n- **Feedback F1** (topic: Überblick): no map\n",
		"events/b.md":     "---\ntitle: Day B\nstart: 2018-02-02\nfeeds-into: m\n---\n- **Feedback F1** (topic: Überblick): the map is old\n",
		"events/m.md":     "---\ntitle: Meetup\nstart: 2018-03-01\nfeeds-into: forum\n---\n- **Topic T1:** A map (from: [A F1](a.md#f1), [B F1](b.md#f1), topic: Überblick)\n",
		"events/forum.md": "---\ntitle: Forum [2018]\nstart: 2018-05-21\n---\n",
		"meetings/x.md":   "---\ntitle: Call\nstart: 2018-03-20\n---\n- **Feedback** (to: forum): what is `__init__` & a < b?\n- **Feedback F2** (to: forum, topic: überblick): signs.\n",
	}
	want := "# Incoming: Forum \\[2018\\]\n\n## Überblick (heard at 3 places)\n\n" +
		"- A map (Waiting; heard at 2 events; Meetup T1)\n- signs (Waiting; Call F2)\n\n" +
		"## Without a topic\n\n- what is \\_\\_init\\_\\_ & a \\< b? (Waiting; Call)\n"
	b := link(t, files)
	if got := b.incomingText(b.Site.Record("events/forum.md")); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := b.eventLedgers(b.Site.Record("events/forum.md"))[0].Title; got != "Incoming: Überblick" {
		t.Errorf("the heading is %q", got)
	}
	files["minutebook.yaml"] = "base-url: https://example.org/book/\n"
	b = link(t, files)
	want = "# Incoming: Forum \\[2018\\]\n\n## Überblick (heard at 3 places)\n\n" +
		"- A map (Waiting; heard at 2 events; [Meetup T1](https://example.org/book/events/m.html#t1))\n- signs (Waiting; [Call F2](https://example.org/book/meetings/x.html#f2))\n\n" +
		"## Without a topic\n\n- what is \\_\\_init\\_\\_ & a \\< b? (Waiting; [Call](https://example.org/book/meetings/x.html#mb-feedback-1))\n"
	if got := b.incomingText(b.Site.Record("events/forum.md")); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := b.incomingText(b.Site.Record("events/a.md")); got != "" {
		t.Errorf("nothing came in for Day A, and it says %q", got)
	}
}
