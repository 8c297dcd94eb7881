package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"minutebook/generator"
	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/document"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// isDocument reports whether what is to be explained is a file, and no code.
func isDocument(asked string) bool {
	return source.IsMarkdown(asked) || strings.ContainsAny(asked, `/\`)
}

// explainFile tells what is known of one document, and from where.
func explainFile(ctx context.Context, s *sources, asked string, out io.Writer) error {
	in, err := s.inputs()
	if err != nil {
		return err
	}
	in.History = nil
	if in.Content, err = s.read(ctx, s.content, s.excludeOutput()); err != nil {
		return err
	}
	builder := generator.Builder{Once: true}
	linked, _, err := builder.Check(ctx, in)
	if err != nil {
		return buildError(err)
	}
	r := s.documentAt(linked, asked)
	if r == nil {
		return s.noDocument(linked, asked)
	}
	w := bufio.NewWriter(out)
	writeExplained(w, linked, r)
	return world(w.Flush())
}

// documentAt is the record of a path that counts from the working directory or
// from the content folder.
func (s *sources) documentAt(linked *site.Site, asked string) *site.Record {
	if rel, err := filepath.Rel(s.path(s.content), s.path(asked)); err == nil && filepath.IsLocal(rel) {
		if r := linked.Record(filepath.ToSlash(rel)); r != nil {
			return r
		}
	}
	return linked.Record(filepath.ToSlash(filepath.Clean(asked)))
}

func (s *sources) noDocument(linked *site.Site, asked string) error {
	if rel, err := filepath.Rel(s.path(s.content), s.path(asked)); err == nil && linked.Config.Excludes(filepath.ToSlash(rel)) {
		return wrongUse("%s is no part of the site: exclude in %s leaves it out", asked, config.FileName)
	}
	if _, err := os.Stat(s.path(asked)); err == nil {
		return wrongUse("%s is no document of %s; give the folder of your documents with --content", asked, s.content)
	}
	return wrongUse("there is no document %s in %s", asked, s.content)
}

func writeExplained(out io.Writer, linked *site.Site, r *site.Record) {
	fmt.Fprintf(out, "%s\n\n", diag.Printable(r.File.Path))
	var columns strings.Builder
	w := tabwriter.NewWriter(&columns, 0, 0, 2, ' ', 0)
	row := func(name, value, from string) {
		fmt.Fprintf(w, "%s\t%s\t%s\n", name, diag.Printable(value), diag.Printable(from))
	}
	row("kind", r.Kind.Name, linked.KindFrom(r))
	row("page", r.URL, "")
	row("title", short(r.Title), placeOf(r, r.TitleFrom, r.In("title"), r.TitleSpan))
	for i := range r.Values {
		v := &r.Values[i]
		if v.Field.Name == "title" || v.Field.Name == "kind" {
			continue
		}
		row(v.Field.Name, valueOf(r, v), placeOf(r, v.From, v.File, v.Span))
	}
	if _, stated := r.Values.Of("id"); !stated {
		row("id", r.ID, "the name of the file")
	}
	if r.Status.Text == "" && len(r.Kind.Statuses) > 0 {
		row("status", "not stated", "")
	}
	if _, day := r.Dated(); day.IsZero() && len(r.Kind.Day) > 0 {
		row("day", "none found", "")
	}
	w.Flush()
	for line := range strings.Lines(columns.String()) {
		fmt.Fprintln(out, strings.TrimRight(line, " \n"))
	}
	c := r.CountLinks()
	fmt.Fprintf(out, "\nlinks: %d of %d to files and parts lead somewhere, %d of %d parts are there, %d of the site's own addresses, %d mentions, %d to other sites\n",
		c.Resolved, c.Relative, c.Found, c.Anchors, c.Self, c.Mentions, c.Outside)
	fmt.Fprintf(out, "notes: %d people, %d items\n", len(r.Attended), len(r.Notes))
}

// valueOf is the value of a field for people, and what was read from it.
func valueOf(r *site.Record, v *document.Value) string {
	texts := make([]string, len(v.Items))
	for i, item := range v.Items {
		texts[i] = item.Text
		if item.Label != "" {
			texts[i] = item.Label + " (" + item.Text + ")"
		}
	}
	text := short(strings.Join(texts, ", "))
	switch one := v.Items[0]; {
	case v.Field.Type == config.StatusWord && r.Status.Known == nil:
		return text + " (no status of the kind)"
	case v.Field.Type == config.StatusWord && r.Status.Known.Name != one.Text:
		return text + " = " + r.Status.Known.Name
	case (v.Field.Type == config.Date || v.Field.Type == config.Time) && one.Day().IsZero():
		return text + " (cannot be read)"
	case !one.Day().IsZero() && one.Wall.String() != one.Text:
		return text + " = " + one.Wall.String()
	}
	return text
}

func placeOf(r *site.Record, from config.Origin, in *source.File, span source.Span) string {
	if span.IsZero() || from == config.FromSidecar && in == nil {
		return string(from)
	}
	name := ""
	if in == nil || in == r.File {
		in = r.File
	} else {
		name = in.Path + ":"
	}
	p := in.Position(span.Start)
	return fmt.Sprintf("%s, %s%d:%d", from, name, p.Line, p.Column)
}

// short is a text at a length that fits into a column, on one line.
func short(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return text
}
