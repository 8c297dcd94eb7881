package site

import (
	"slices"
	"strings"

	"minutebook/generator/config"
)

// A Topic is a tag that documents have, with the document that describes it
// when there is one.
type Topic struct {
	Name    string // as first written, or the describing document's title
	URL     string
	About   *Record   // the document that describes it; may be nil
	Records []*Record // that have the tag, in the order of their paths
}

// topicKey folds a tag: letter case and the kind of space do not matter.
func topicKey(tag string) string { return config.NormalKey(tag) }

// addTopics makes a topic of each tag and of each document of the kind topic.
func (l *linker) addTopics() {
	byKey := map[string]*Topic{}
	if k := l.in.Config.Kind("topic"); k != nil {
		for _, r := range l.OfKind(k) {
			t := &Topic{Name: r.Title, URL: r.URL, About: r}
			byKey[topicKey(r.ID)] = t
			l.Topics = append(l.Topics, t)
		}
	}
	for _, r := range l.Records {
		for _, item := range r.Items("tags") {
			tag := strings.TrimPrefix(item.Text, "#")
			t := byKey[topicKey(tag)]
			if t == nil {
				t = &Topic{Name: tag}
				byKey[topicKey(tag)] = t
				l.Topics = append(l.Topics, t)
			}
			if !slices.Contains(r.Topics, t) {
				r.Topics = append(r.Topics, t)
				t.Records = append(t.Records, r)
			}
		}
	}
	slices.SortStableFunc(l.Topics, func(a, b *Topic) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	for _, t := range l.Topics {
		if t.URL == "" {
			t.URL, _ = l.addresses.claim("topics/"+slugOr(t.Name, "topic")+".html", "the topic "+t.Name)
		}
	}
}
