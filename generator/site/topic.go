package site

import (
	"slices"
	"strings"
	"unique"

	"minutebook/generator/config"
	"minutebook/generator/markdown"
)

// A Topic is a tag that documents have, with the document that describes it
// when there is one.
type Topic struct {
	Name    string // as first written, or the describing document's title
	URL     string
	FeedURL string
	About   *Record   // the document that describes it; may be nil
	Records []*Record // that have the tag, in the order of their paths
	Notes   []*Note   // feedback that names it, in the order of the records
}

// topicKey folds a tag: letter case and the kind of space do not matter.
func topicKey(tag string) string { return config.NormalKey(tag) }

// topic is the topic that a word means; it is made on first use.
func (l *linker) topic(word string) *Topic {
	key := topicKey(word)
	t := l.topicByKey[key]
	if t == nil {
		t = &Topic{Name: word}
		l.topicByKey[key] = t
		l.Topics = append(l.Topics, t)
	}
	return t
}

// addTopics makes a topic of each tag, of each document of the kind topic, and
// of each word that feedback has for its own.
func (l *linker) addTopics() {
	byKey := l.topicByKey
	if k := l.in.Config.Kind("topic"); k != nil {
		for _, r := range l.OfKind(k) {
			t := &Topic{Name: r.Title, URL: r.URL, About: r}
			byKey[topicKey(r.ID)] = t
			l.Topics = append(l.Topics, t)
		}
	}
	byTag := map[unique.Handle[string]]*Topic{} // the same tags come again and again
	for _, r := range l.Records {
		tags := l.facts[r.number].Tags
		if len(tags) == 0 {
			continue
		}
		r.Topics = l.pieces.topics.take(len(tags))[:0]
		for _, tag := range tags {
			t := byTag[tag]
			if t == nil {
				t = l.topic(tag.Value())
				byTag[tag] = t
			}
			if !slices.Contains(r.Topics, t) {
				r.Topics = append(r.Topics, t)
				t.Records = append(t.Records, r)
			}
		}
	}
	for _, n := range slices.Concat(l.byNote[markdown.Feedback], l.byNote[markdown.Topic]) {
		if n.Item.Topic != "" {
			l.topic(n.Item.Topic)
		}
	}
	slices.SortStableFunc(l.Topics, func(a, b *Topic) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	for _, t := range l.Topics {
		if t.URL == "" {
			t.URL, _ = l.addresses.claim("topics/"+slugOr(t.Name, "topic")+".html", "the topic "+t.Name)
		}
	}
}
