package generator

import (
	"context"
	"errors"
	"slices"
	"time"

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
	lacks    string          // why no earlier status is known; "" when they are
}

// StatusesUnknown says, for people, why git could not tell the last build or
// check which statuses documents had before; "" when it could, or was not asked.
func (b *Builder) StatusesUnknown() string { return b.pasts.lacks }

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
	lacks, err := b.statuses(ctx, h, settings, known, staged)
	if err != nil {
		return nil, err
	}
	b.pasts = pasts{h, settings.Sum, known, asked, lacks}
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

// statuses reads when the statuses of documents changed. Where contents are not
// there, as in a partial clone, none are known, and it says why.
func (b *Builder) statuses(ctx context.Context, h *history.History, settings *config.Config, known map[string]site.Past, paths []string) (lacks string, err error) {
	var one line
	end := func() {
		if len(one.versions) > 0 {
			past := known[one.versions[0].Path]
			past.Statuses = one.statusChanges(settings.Zone)
			known[one.versions[0].Path] = past
		}
	}
	for v, err := range h.Versions(ctx, paths...) {
		if errors.Is(err, history.ErrUnknown) {
			for _, p := range paths {
				past := known[p]
				past.Statuses = nil
				known[p] = past
			}
			return err.Error(), nil
		}
		if err != nil {
			return "", err
		}
		if len(one.versions) == 0 || one.versions[0].Path != v.Path {
			end()
			one = line{said: map[string]string{}}
		}
		if _, read := one.said[v.Content]; !read {
			one.said[v.Content] = b.parser.Status(v.File).Text
		}
		v.File = nil // there may be many
		one.versions = append(one.versions, v)
	}
	end()
	return "", nil
}

// A line is what git has of one document.
type line struct {
	versions []history.Version // the newest first
	said     map[string]string // the status in each content
}

// statusChanges are the days on which the status became another one. Whoever
// changed the text on one branch while the status changed on another has not set
// it back. A merge sets one where branches had different ones, and it has not
// what came last.
func (l *line) statusChanges(zone *time.Location) (changes []site.StatusChange) {
	now := ""
	for _, v := range slices.Backward(l.versions) {
		status := l.said[v.Content]
		hadBefore := func(status string) bool {
			return slices.ContainsFunc(v.Before, func(content string) bool { return l.said[content] == status })
		}
		switch {
		case status == "", status == now:
			continue
		case v.Merge && !hadBefore(now), !v.Merge && now != "" && hadBefore(status):
			continue
		}
		now = status
		changes = append(changes, site.StatusChange{Day: date.Of(v.Commit.Time.In(zone)), Status: status})
	}
	return changes
}
