package generator

import (
	"context"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/history"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// pasts are what git knows of the files of a content folder, remembered for as
// long as the same history is read under the same settings.
type pasts struct {
	from     *history.History
	settings source.Sum
	byPath   map[string]site.Past
	asked    map[string]bool // documents that git was asked about
}

// past is what git knows of the content's documents, by their paths.
func (b *Builder) past(ctx context.Context, in Inputs, settings *config.Config) (map[string]site.Past, error) {
	if in.History == nil || !settings.History {
		return nil, nil
	}
	h, err := in.History(ctx)
	if err != nil || h == nil || h.Unknown != "" {
		return nil, err
	}
	if b.pasts.from == h && b.pasts.settings == settings.Sum && b.pasts.holdAll(in.Content) {
		return b.pasts.byPath, nil
	}
	known, asked := map[string]site.Past{}, map[string]bool{}
	var staged []string // documents whose status has a past
	for _, f := range in.Content.Files() {
		if !source.IsMarkdown(f.Path) {
			continue
		}
		asked[f.Path] = true
		if past, ok := h.File(f.Path); ok {
			known[f.Path] = site.Past{
				Created: date.Of(past.Created.In(settings.Zone)), Changed: date.Of(past.Changed.In(settings.Zone)), Authors: past.Authors,
			}
			if settings.KindOf(f.Path).Stated {
				staged = append(staged, f.Path)
			}
		}
	}
	if err := b.statuses(ctx, h, settings, known, staged); err != nil {
		return nil, err
	}
	b.pasts = pasts{h, settings.Sum, known, asked}
	return known, nil
}

// holdAll reports whether git was asked about all documents of a content folder.
func (p *pasts) holdAll(content *source.Tree) bool {
	for _, f := range content.Files() {
		if source.IsMarkdown(f.Path) && !p.asked[f.Path] {
			return false
		}
	}
	return true
}

// statuses reads when the statuses of documents changed. Versions come from the
// newest to the oldest.
func (b *Builder) statuses(ctx context.Context, h *history.History, settings *config.Config, known map[string]site.Past, paths []string) error {
	for v, err := range h.Versions(ctx, paths...) {
		if err != nil {
			return err
		}
		said := b.parser.Status(v.File).Text
		past := known[v.Path]
		day := date.Of(v.Commit.Time.In(settings.Zone))
		if n := len(past.Statuses); n > 0 && past.Statuses[0].Status == said {
			past.Statuses[0].Day = day // it said so before already
		} else if said != "" {
			past.Statuses = append([]site.StatusChange{{Day: day, Status: said}}, past.Statuses...)
		}
		known[v.Path] = past
	}
	return nil
}
