package generator

import (
	"context"
	"strings"

	"minutebook/generator/change"
	"minutebook/generator/config"
	"minutebook/generator/source"
)

// Diff builds the site of before and that of after, and says what is different.
// What both have in common is read and filled once. After is told of the site
// before, so that rules which look at a change have their say.
//
// Histories are left out: git's newest days would be wrong for the site before.
func (b *Builder) Diff(ctx context.Context, before, after Inputs) (change.Change, error) {
	before.History, after.History = nil, nil
	before.Safe = after.Untrusted
	was, err := b.Build(ctx, before)
	if err != nil {
		return change.Change{}, err
	}
	after.Before = was.Site
	now, err := b.Build(ctx, after)
	if err != nil {
		return change.Change{}, err
	}
	c := change.Compare(was.Site, now.Site)
	c.AddProblems(was.Problems, now.Problems)
	for _, name := range []string{config.FileName, config.PeopleFile} {
		if !sameFile(before.Content.File(name), after.Content.File(name)) {
			c.Settings = append(c.Settings, name)
		}
	}
	c.Pages = differentPages(was, now)
	return c, nil
}

func sameFile(a, b *source.File) bool {
	return a == b || a != nil && b != nil && a.Sum == b.Sum
}

// differentPages are the pages that look different. The files for programs are
// made from the same model and differ with every change. The stylesheet's name
// is the same in both where both are built with the same layouts.
func differentPages(was, now *Result) change.Paths {
	if was.Snapshot == nil || now.Snapshot == nil { // the layouts cannot be used, which is among the problems
		return change.Paths{}
	}
	d := now.Snapshot.Since(was.Snapshot, func(path string) bool { return strings.HasSuffix(path, ".html") })
	return change.Paths{Added: d.Added, Changed: d.Changed, Removed: d.Removed}
}
