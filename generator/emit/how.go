package emit

import (
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/layout"
	"minutebook/generator/site"
)

// how makes the page that explains the statuses, from the data of the kinds.
func how(b *Builder) []Job {
	if len(b.stagedKinds()) == 0 {
		return nil
	}
	return []Job{page(site.HowURL, "how", func() any {
		p := layout.HowPage{
			Frame:  b.frame("how", site.HowURL, b.T("How decisions are made"), site.HowURL),
			Crumbs: b.crumbs(site.HowURL, b.T("How decisions are made")), Heading: b.T("How decisions are made"),
			Lede: b.T("What the marks beside a document mean, and what comes next."),
		}
		for _, k := range b.stagedKinds() {
			p.Kinds = append(p.Kinds, b.kindOfHow(k))
		}
		return p
	})}
}

// stagedKinds are the kinds that have documents and a lifecycle.
func (b *Builder) stagedKinds() []*config.Kind {
	var list []*config.Kind
	for _, k := range b.Site.Config.Kinds {
		if len(k.Statuses) > 0 && len(b.Site.OfKind(k)) > 0 {
			list = append(list, k)
		}
	}
	return list
}

func (b *Builder) kindOfHow(k *config.Kind) layout.KindOfHow {
	h := layout.KindOfHow{ID: "mb-kind-" + k.Name, Title: layout.Link{Text: b.Site.Label(k.Plural)}}
	if u := site.Index(k); u != "" {
		h.Title.Href = href(site.HowURL, u)
	}
	for _, s := range k.Statuses {
		row := layout.StatusOfHow{Status: layout.Status{Word: b.Site.Label(s.Label), Tone: s.Tone}, Name: s.Name, Means: b.means(s), Needs: strings.Join(s.Needs, b.T(", "))}
		for _, name := range s.Moves {
			if next := k.Status(name); next != nil {
				row.Moves = append(row.Moves, layout.Status{Word: b.Site.Label(next.Label), Tone: next.Tone})
			}
		}
		h.Statuses = append(h.Statuses, row)
	}
	return h
}

// means says in a sentence what a status is about. A kind's own sentence wins
// over what follows from the phase.
func (b *Builder) means(s *config.Status) string {
	if s.Means != "" {
		return b.Site.Label(s.Means)
	}
	switch s.Phase {
	case config.DraftPhase:
		return b.T("It is being written and not put to anybody yet.")
	case config.OpenPhase:
		return b.T("It is open: what you say counts.")
	case config.DecidedPhase:
		return b.T("It is settled.")
	}
	return b.T("It is no longer pursued, or no longer what holds.")
}
