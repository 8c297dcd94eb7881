package cli

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"minutebook/generator/config"
	"minutebook/generator/edit"
	"minutebook/generator/frontmatter"
	"minutebook/generator/parallel"
	"minutebook/generator/source"
)

// This file tells a shell what may come next. It reads the content folder once,
// looks at no body, and offers nothing where something is wrong: what is wrong
// is told when the command runs.

// quickly is what completion reads of a content folder.
func (s *sources) quickly() (*source.Tree, *config.Config) {
	tree, err := s.read(context.Background(), s.content, s.excludeOutput())
	if err != nil {
		tree = source.NewTree()
	}
	settings, _ := config.Load(tree)
	return tree, settings
}

// completeDocument offers documents for the first argument.
func (s *sources) completeDocument(c *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveDefault // a new path
	}
	return s.completeDocuments(c, args, begun)
}

// completeDocuments offers documents: by their ids, or by their paths once what
// is typed looks like one.
func (s *sources) completeDocuments(_ *cobra.Command, _ []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	tree, settings := s.quickly()
	prefix := s.shown(s.content) + "/"
	byPath := strings.Contains(begun, "/") || begun != "" && strings.HasPrefix(prefix, begun)
	var list []cobra.Completion
	for _, d := range fronts(tree) {
		f, front := d.file, d.front
		words := []string{prefix + f.Path}
		if !byPath && !source.IsIndex(f.Path) {
			words = ids(f, front)
		}
		for _, word := range words {
			if strings.HasPrefix(word, begun) {
				list = append(list, cobra.CompletionWithDesc(word, settings.KindOf(f.Path).Label+": "+oneLine(titleOf(f, front))))
			}
		}
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}

// A fronted is a document with its front matter.
type fronted struct {
	file  *source.File
	front *frontmatter.Mapping
}

// fronts are the documents of a tree.
func fronts(tree *source.Tree) []fronted {
	var all []fronted
	for _, f := range tree.Files() {
		if source.IsMarkdown(f.Path) {
			all = append(all, fronted{file: f})
		}
	}
	parallel.Each(context.Background(), len(all), func(i int) error {
		all[i].front = frontOf(all[i].file)
		return nil
	})
	return all
}

// frontOf is what a front matter says under the keys that completion needs; empty
// when there is none. The rest is not read: there may be thousands of documents,
// and somebody waits.
func frontOf(f *source.File) *frontmatter.Mapping {
	block, _ := frontmatter.Split(f)
	if !block.Present {
		return &frontmatter.Mapping{}
	}
	few := source.File{Path: f.Path, Data: entriesOf(f.Data[block.YAML.Start:block.YAML.End], "id:", "title:", "status:", "series:")}
	m, _ := frontmatter.Decode(&few, source.Span{End: len(few.Data)})
	return m
}

// entriesOf are the lines of a YAML mapping that begin with a key, and those that
// go on with its value: they are indented, empty, or items of a list.
func entriesOf(yaml []byte, keys ...string) []byte {
	var few []byte
	wanted := false
	for line := range bytes.Lines(yaml) {
		if line[0] > ' ' && line[0] != '-' && line[0] != '#' {
			wanted = slices.ContainsFunc(keys, func(key string) bool { return bytes.HasPrefix(line, []byte(key)) })
		}
		if wanted {
			few = append(few, line...)
		}
	}
	return few
}

// ids are what a document may be called by.
func ids(f *source.File, front *frontmatter.Mapping) []string {
	base := f.Path[strings.LastIndexByte(f.Path, '/')+1:]
	words := []string{base[:strings.LastIndexByte(base, '.')]}
	if e, ok := front.Lookup("id"); ok && e.Value.Text != "" {
		words = append(words, oneLine(e.Value.Text))
	}
	return words
}

func titleOf(f *source.File, front *frontmatter.Mapping) string {
	if e, ok := front.Lookup("title"); ok && e.Value.Text != "" {
		return e.Value.Text
	}
	for line := range bytes.Lines(f.Data) {
		if title, ok := bytes.CutPrefix(line, []byte("# ")); ok {
			return string(title)
		}
	}
	return f.Path
}

// oneLine is a text without what a shell's list of completions is divided by.
func oneLine(text string) string { return strings.Join(strings.Fields(printableLine(text)), " ") }

// completeStatus offers documents, and then the statuses that the one that was
// given may have next.
func (s *sources) completeStatus(c *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	switch len(args) {
	case 0:
		return s.completeDocuments(c, args, begun)
	case 1:
	default:
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	tree, settings := s.quickly()
	var list []cobra.Completion
	for _, d := range fronts(tree) {
		f, front := d.file, d.front
		if f.Path != args[0] && s.shown(s.content)+"/"+f.Path != args[0] && !slices.Contains(ids(f, front), args[0]) {
			continue
		}
		k := settings.KindOf(f.Path)
		said, _ := front.Lookup("status")
		for _, to := range edit.Moves(k, k.Status(said.Value.Text)) {
			list = append(list, cobra.CompletionWithDesc(to.Name, oneLine(to.Label)))
		}
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}

// completeKind offers kinds for the first argument.
func (s *sources) completeKind(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	_, settings := s.quickly()
	var list []cobra.Completion
	for _, k := range settings.Kinds {
		list = append(list, cobra.CompletionWithDesc(k.Name, oneLine(k.Label)))
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}

// completePeople offers those of people.yaml who are shown by name.
func (s *sources) completePeople(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	tree, _ := s.quickly()
	people, _ := config.LoadPeople(tree)
	var list []cobra.Completion
	for _, handle := range people.Handles() {
		list = append(list, cobra.CompletionWithDesc(handle, oneLine(people.Find(handle).Name)))
	}
	return list, cobra.ShellCompDirectiveNoFileComp
}

// completeSeries offers the series that documents name.
func (s *sources) completeSeries(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	tree, _ := s.quickly()
	var list []cobra.Completion
	for _, d := range fronts(tree) {
		if e, ok := d.front.Lookup("series"); ok && e.Value.Text != "" && !slices.Contains(list, oneLine(e.Value.Text)) {
			list = append(list, oneLine(e.Value.Text))
		}
	}
	slices.Sort(list)
	return list, cobra.ShellCompDirectiveNoFileComp
}
