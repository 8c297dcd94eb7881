package check

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// illegalTransitions compares the statuses of a change with the moves that the
// kind allows. Other moves are possible, because a slip must be mendable. A kind
// that names no moves, such as meetings, leaves them free.
func illegalTransitions(r *Report) {
	if r.Before == nil {
		return
	}
	was := map[*site.Record]*site.Record{} // of what was moved
	for old, now := range r.moves() {
		was[now] = old
	}
	for _, record := range r.Site.Records {
		if old := cmp.Or(r.earlier(record), was[record]); old != nil {
			illegalTransition(r, record, old)
		}
	}
}

func illegalTransition(r *Report, record, old *site.Record) {
	if old.Kind.Name != record.Kind.Name || !slices.ContainsFunc(record.Kind.Statuses, hasMoves) {
		return
	}
	from, to := old.Status.Known, record.Status.Known
	if from == nil || to == nil || from.Name == to.Name || slices.Contains(from.Moves, to.Name) {
		return
	}
	d := r.atField(record, "status", "status went from %s to %s", from.Name, to.Name)
	if len(from.Moves) > 0 {
		hint(d, "what is %s can become %s", from.Name, strings.Join(from.Moves, ", "))
		return
	}
	hint(d, "what is %s stays so: write a new %s", from.Name, strings.ToLower(record.Kind.Label))
	if record.Kind.Field("supersedes") != nil {
		d.Hint += ", with supersedes"
	}
}

func hasMoves(s *config.Status) bool { return len(s.Moves) > 0 }

// earlier is a record as it was before a change: of the same file, else of the
// file at one of its old addresses; nil when there is none.
func (r *Report) earlier(record *site.Record) *site.Record {
	if old := r.Before.Record(record.File.Path); old != nil {
		return old
	}
	for _, item := range record.Items("aliases") {
		alias := strings.TrimPrefix(item.Text, "/")
		if page, ok := strings.CutSuffix(alias, ".html"); ok {
			alias = page + ".md"
		}
		if old := r.Before.Record(alias); old != nil {
			return old
		}
	}
	return nil
}

// moves are what became of records whose files are no longer there.
func (r *Report) moves() map[*site.Record]*site.Record {
	if r.moved == nil {
		r.moved = site.Moved(r.Before, r.Site)
	}
	return r.moved
}

// urlRemoved finds addresses that were published and lead nowhere now: links and
// bookmarks to them break.
func urlRemoved(r *Report) {
	if r.Before == nil {
		return
	}
	kept := map[string]bool{}
	lost := func(url string) bool {
		return !kept[url] && r.Site.FolderURL(path.Dir(url)) != url // a folder's page is made without its file
	}
	for _, record := range r.Site.Records {
		kept[record.URL] = true
	}
	for _, redirect := range r.Site.Redirects {
		kept[redirect.URL] = true
	}
	for _, a := range r.Site.Attachments {
		kept[a.URL] = true
	}
	for _, old := range r.Before.Records {
		if lost(old.URL) {
			r.removed(old, old.File.Path)
		}
	}
	for _, redirect := range r.Before.Redirects {
		if lost(redirect.URL) {
			r.removed(redirect.To, redirect.URL)
		}
	}
	r.lostAttachments(kept)
}

// lostAttachments reports the attachments that are gone. Nobody knows who links
// to one from elsewhere. The alias of a document keeps an address as that of a
// folder, which servers lead to.
func (r *Report) lostAttachments(kept map[string]bool) {
	now := map[source.Sum]*site.Attachment{}
	for _, a := range r.Site.Attachments {
		now[a.File.Sum] = a
	}
	for _, old := range r.Before.Attachments {
		if kept[old.URL] || kept[old.URL+"/"+site.HomeURL] {
			continue
		}
		d := r.in(old.File, source.Span{}, old.URL, "%s was published, and its address leads nowhere now", old.URL)
		if a := now[old.File.Sum]; a != nil {
			hint(d, "it is %s now; keep it where it was, or add aliases: [%s] to the document that shows it", a.File.Path, old.URL)
		} else {
			hint(d, "keep the file, or add aliases: [%s] to the document that readers should see instead", old.URL)
		}
	}
}

// removed reports an address that is gone, at the file that has taken the place
// of the old one when there is such a file.
func (r *Report) removed(old *site.Record, address string) {
	if now := r.movedTo(old); now != nil {
		hint(r.at(now, source.Span{}, address, "%s was published, and its address leads nowhere now", address),
			"add to the front matter: aliases: [%s]", address)
		return
	}
	hint(r.at(old, source.Span{}, address, "%s was published, and its address leads nowhere now", address),
		"add aliases: [%s] to the file that replaces it, or keep it and set a status that says it is over", address)
}

// movedTo is the record that an earlier one most likely became, nil when it is
// gone.
func (r *Report) movedTo(old *site.Record) *site.Record {
	if now := r.Site.Record(old.File.Path); now != nil {
		return now
	}
	return r.moves()[old]
}
