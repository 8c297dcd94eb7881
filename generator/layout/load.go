package layout

import (
	"fmt"
	"html/template"
	"maps"
	"path"
	"slices"
	"strings"
	texttemplate "text/template"
	"text/template/parse"

	"minutebook/generator/diag"
	"minutebook/generator/source"
	"minutebook/generator/words"
)

// Load makes a theme of a tree of layouts, in the words of a language. It always
// returns one: a layout with
// a fault is left out of it, and the list has every fault with its place. Each
// layout is filled with samples of its page's values, so that a misspelt field
// is found here and not on the one page that has it.
func Load(tree *source.Tree, w *words.Words) (*Theme, diag.List) {
	l := &loader{tree: tree, words: w, functions: wordFunctions(w), faults: collection{}}
	sum, spoken := tree.Sum(), w.Sum()
	t := &Theme{pages: map[string]*page{}, sum: source.SumOf(append(sum[:], spoken[:]...))}
	l.assets(t)
	l.pages(t)
	return t, l.faults.list()
}

type loader struct {
	tree      *source.Tree
	words     *words.Words
	functions template.FuncMap
	faults    collection
}

func (l *loader) report(path, format string, args ...any) {
	l.faults[Fault{Path: path, Message: fmt.Sprintf(format, args...)}] = true
}

// pages parses everything, and then tries every layout whose parts are whole.
func (l *loader) pages(t *Theme) {
	frame, whole := l.frame()
	for _, f := range l.tree.Files() {
		name, ok := layoutName(f.Path)
		if !ok {
			continue
		}
		parts := l.parse(f, name)
		if parts == nil || !whole || !l.insideDefine(f, parts) {
			continue
		}
		written := frame.written.with(parts.written)
		p := l.newPage(f, frame.compact.with(parts.compact), written)
		if l.try(name, p, written) {
			p.program = compile(p.compact, typeOf(name), l.words)
			t.pages[name] = p
		}
	}
	for _, name := range append(slices.Sorted(maps.Keys(pageTypes)), fallback) {
		if l.tree.File(name+".html") == nil {
			l.report(name+".html", "this layout is missing")
		}
	}
}

// layoutName is the name of the layout that a file is, if it is one.
func layoutName(file string) (string, bool) {
	name, html := strings.CutSuffix(file, ".html")
	return name, html && file != "base.html" && !strings.Contains(file, "/")
}

// frame parses what all layouts share: base.html and the partials.
func (l *loader) frame() (both forms, whole bool) {
	both, whole = forms{written: &fileSet{}, compact: &fileSet{}}, true
	add := func(f *source.File, name string) {
		parts := l.parse(f, name)
		if parts == nil {
			whole = false
			return
		}
		both = forms{both.written.with(parts.written), both.compact.with(parts.compact)}
	}
	base := l.tree.File("base.html")
	if base == nil {
		l.report("base.html", "the frame of all pages is missing")
		whole = false
	} else {
		add(base, "base")
	}
	for _, f := range l.tree.Files() {
		if path.Dir(f.Path) == "partials" && path.Ext(f.Path) == ".html" {
			add(f, strings.TrimSuffix(path.Base(f.Path), ".html"))
		}
	}
	return both, whole
}

// forms are templates in their two forms.
type forms struct{ written, compact *fileSet }

// A fileSet is parsed templates by name. It never changes: html/template
// rewrites trees when it escapes them, so each use takes copies.
type fileSet struct {
	trees map[string]*parse.Tree
}

// with is s and what upper has, which wins. An empty definition does not
// replace another, as within one set of Go's templates.
func (s *fileSet) with(upper *fileSet) *fileSet {
	trees := maps.Clone(s.trees)
	if trees == nil {
		trees = map[string]*parse.Tree{}
	}
	for name, tree := range upper.trees {
		if trees[name] == nil || !parse.IsEmptyTree(tree.Root) {
			trees[name] = tree
		}
	}
	return &fileSet{trees}
}

// template is the set ready to be filled, from its frame.
func (s *fileSet) template(functions template.FuncMap) *template.Template {
	set := template.New("base").Funcs(functions)
	for _, name := range slices.Sorted(maps.Keys(s.trees)) {
		// Fails only after the set was filled.
		template.Must(set.AddParseTree(name, s.trees[name].Copy()))
	}
	return set.Lookup("base")
}

// parse reads a file whose own text is the template "name"; nil after a fault.
func (l *loader) parse(f *source.File, name string) *forms {
	written, err := l.parseText(f.Path, name, string(f.Data))
	if err != nil {
		l.faults[faultOf(err, f, l.tree)] = true
		return nil
	}
	text, err := compactHTML(withWords(f.Data, l.words))
	if err != nil {
		l.report(f.Path, "this is not HTML that can be read: %v", err)
		return nil
	}
	compact, err := l.parseText(f.Path, name, text)
	if err != nil {
		l.report(f.Path, "white space cannot be taken out: %v", err)
		return nil
	}
	return &forms{written, compact}
}

// parseText parses under the path, which errors then name, and files the
// result under name. The end of a file's last line is not part of it: a partial
// stands within a line.
func (l *loader) parseText(path, name, text string) (*fileSet, error) {
	set, err := texttemplate.New(path).Funcs(texttemplate.FuncMap(l.functions)).Parse(strings.TrimRight(text, " \t\r\n"))
	if err != nil {
		return nil, err
	}
	s := &fileSet{trees: map[string]*parse.Tree{}}
	for _, t := range set.Templates() {
		if t.Name() == path {
			s.trees[name] = t.Tree
		} else {
			s.trees[t.Name()] = t.Tree
		}
	}
	if s.trees[name] == nil && set.Tree != nil {
		s.trees[name] = set.Tree
	}
	return s, nil
}

// insideDefine reports whether a layout has nothing outside of its definitions,
// where it would never be shown.
func (l *loader) insideDefine(f *source.File, parts *forms) bool {
	name, _ := layoutName(f.Path)
	own := parts.written.trees[name]
	if own == nil || parse.IsEmptyTree(own.Root) {
		return true
	}
	fault := Fault{
		Path:    f.Path,
		Message: "text outside of a definition is not shown",
		Hint:    `write {{define "main"}} before it and {{end}} behind it`,
	}
	for _, n := range own.Root.Nodes {
		if !parse.IsEmptyTree(n) {
			at := int(n.Position())
			for at < len(f.Data) && strings.ContainsRune(" \t\r\n", rune(f.Data[at])) {
				at++
			}
			fault.Position = f.Position(at)
			break
		}
	}
	l.faults[fault] = true
	return false
}
