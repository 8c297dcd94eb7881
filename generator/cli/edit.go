package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/pflag"

	"minutebook/generator"
	"minutebook/generator/diag"
	"minutebook/generator/edit"
	"minutebook/generator/site"
)

// An editing is one run of a command that edits documents.
type editing struct {
	sources
	dryRun bool

	editor  *edit.Editor
	builder generator.Builder // reads once what does not change
	in      generator.Inputs
	before  diag.List
	answers *bufio.Reader // of whoever is asked
}

func (e *editing) flags(f *pflag.FlagSet) {
	e.sources.flags(f)
	f.BoolVarP(&e.dryRun, "dry-run", "n", false, "show what would change, and write nothing")
}

// open reads and links the documents.
func (e *editing) open(ctx context.Context) (err error) {
	if e.in, err = e.inputs(); err != nil {
		return err
	}
	e.in.History = nil // nothing that is edited depends on it
	if e.in.Content, err = e.read(ctx, e.content, e.excludeOutput()); err != nil {
		return err
	}
	s, problems, err := e.builder.Check(ctx, e.in)
	if err != nil {
		return buildError(err)
	}
	if err := usable(e.env.Stderr, problems, "changed"); err != nil {
		return err
	}
	e.before = problems
	e.editor = edit.New(s, e.in.Content, e.builder.Parser())
	e.editor.Folder = e.in.ContentName
	return nil
}

// record finds the one document that an argument means: a path, or an id. Of
// several with the id, that of a kind is meant where one is wanted.
func (e *editing) record(arg string, kind ...string) (*site.Record, error) {
	s := e.editor.Site
	if p, ok := e.contentPath(arg); ok {
		if r := s.Record(p); r != nil {
			return r, nil
		}
	}
	found := s.Find(filepath.ToSlash(arg))
	if len(found) > 1 && len(kind) > 0 {
		found = slices.DeleteFunc(found, func(r *site.Record) bool { return !slices.Contains(kind, r.Kind.Name) })
	}
	if len(found) == 1 {
		return found[0], nil
	}
	var names []string
	for _, r := range found {
		names = append(names, e.named(r.File.Path))
	}
	if len(found) > 1 {
		return nil, wrongUse("%q may be %s; give the path", arg, strings.Join(names, " or "))
	}
	for _, r := range s.Records {
		names = append(names, r.ID, e.named(r.File.Path))
	}
	if near := diag.Nearest(filepath.ToSlash(arg), names); near != "" {
		return nil, wrongUse("there is no document %q; did you mean %s?", arg, near)
	}
	return nil, wrongUse("there is no document %q in %s", arg, e.content)
}

// records finds what several arguments mean.
func (e *editing) records(args []string) ([]*site.Record, error) {
	var list []*site.Record
	for _, arg := range args {
		r, err := e.record(arg)
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, nil
}

// contentPath is a path that the user gave, from the content folder; false when
// it is not in it.
func (e *editing) contentPath(arg string) (string, bool) {
	rel, err := filepath.Rel(e.path(e.content), e.path(filepath.FromSlash(arg)))
	if err != nil || !filepath.IsLocal(rel) || rel == "." {
		return "", false
	}
	return filepath.ToSlash(rel), true
}

// named is how messages call a file of the content folder.
func (e *editing) named(p string) string { return path.Join(e.in.ContentName, p) }

// failed is how a command ends whose edit was refused or could not be made.
func failed(err error) error {
	var needs *edit.NeedsError
	var refusal *edit.Refusal
	var changed *edit.ChangedError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &needs):
		return &exitError{code: Usage, err: err}
	case errors.As(err, &refusal), errors.As(err, &changed):
		return &exitError{code: Problems, err: err}
	}
	return world(err)
}

// finish writes what was edited unless told not to, shows it, and says what check
// now says of it. What was left undone goes with that.
func (e *editing) finish(ctx context.Context, left diag.List) error {
	for i := range left {
		left[i].Path = e.named(left[i].Path)
	}
	changes := e.editor.Changes()
	if len(changes) == 0 {
		fmt.Fprintln(e.env.Stderr, "nothing is to change")
		return world(diag.Text(e.env.Stderr, left))
	}
	after := e.in
	after.Content = e.editor.Tree()
	_, problems, err := e.builder.Check(ctx, after)
	if err != nil {
		return buildError(err)
	}
	if err := e.collides(problems); err != nil {
		return err
	}
	if err := e.write(changes); err != nil {
		return err
	}
	if err := e.show(changes); err != nil {
		return world(err)
	}
	return world(e.tell(changes, problems, left))
}

// collides refuses an edit after which two documents want one address.
func (e *editing) collides(problems diag.List) error {
	for _, p := range problems.Since(e.before) {
		if p.Code == "colliding-output" || p.Code == "hidden-person-named" {
			return &exitError{code: Problems, err: fmt.Errorf("nothing was changed: %s: %s", p.Path, p.Message)}
		}
	}
	return nil
}

// show prints the differences, and the names of files that only move.
func (e *editing) show(changes []edit.Change) error {
	var out bytes.Buffer
	for _, c := range changes {
		if c.Old != "" && c.Old != c.Path {
			fmt.Fprintf(&out, "%s\n", e.coloured("1", "rename "+diag.Printable(e.named(c.Old))+" => "+diag.Printable(e.named(c.Path))))
		}
		e.writeDiff(&out, edit.Diff(c, e.named))
	}
	to := e.env.Stdout
	if e.colours() {
		to = e.env.bare.Stdout
	}
	_, err := to.Write(out.Bytes())
	return err
}

// writeDiff prints a difference line by line, as what a terminal or a runner
// does not obey.
func (e *editing) writeDiff(out io.Writer, text []byte) {
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\r\n")
		shown := line
		if line != "" {
			shown = line[:1] + strings.ReplaceAll(printableLine(line[1:]), "\n", " ")
		}
		switch {
		case strings.HasPrefix(line, "+++ "), strings.HasPrefix(line, "--- "):
			shown = e.coloured("1", shown)
		case strings.HasPrefix(line, "@@"):
			shown = e.coloured("36", shown)
		case strings.HasPrefix(line, "+"):
			shown = e.coloured("32", shown)
		case strings.HasPrefix(line, "-"):
			shown = e.coloured("31", shown)
		}
		fmt.Fprintln(out, shown)
	}
}

// printableLine is a line of a file without what would be obeyed; tabs stay.
func printableLine(line string) string {
	parts := strings.Split(line, "\t")
	for i, part := range parts {
		parts[i] = diag.Printable(part)
	}
	return strings.Join(parts, "\t")
}

// colours reports whether somebody looks, and NO_COLOR is not set
// (https://no-color.org).
func (e *editing) colours() bool { return e.env.Colours && e.env.Getenv("NO_COLOR") == "" }

// coloured is a text in a colour of the terminal (ECMA-48, section 8.3.117),
// where there are colours.
func (e *editing) coloured(code, text string) string {
	if !e.colours() {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

func (e *editing) write(changes []edit.Change) error {
	if e.dryRun {
		return nil
	}
	root, err := os.OpenRoot(e.path(e.content))
	if err != nil {
		return world(err)
	}
	defer root.Close()
	err = edit.Write(root, changes)
	var changed *edit.ChangedError
	if err != nil && !errors.As(err, &changed) {
		err = fmt.Errorf("cannot write in %s: %w", e.content, err)
	}
	return failed(err)
}

// tell says what was written, and what check says of it: all of the files that
// were touched, and what is new elsewhere.
func (e *editing) tell(changes []edit.Change, problems, left diag.List) error {
	touched := map[string]bool{}
	for _, c := range changes {
		touched[e.named(c.Path)] = true
	}
	fresh := map[string]bool{}
	for _, p := range problems.Since(e.before) {
		fresh[p.Key()] = true
	}
	problems = slices.DeleteFunc(slices.Clone(problems), func(p diag.Diagnostic) bool { return !touched[p.Path] && !fresh[p.Key()] })
	what := count(len(changes), "file", "files") + " written"
	if e.dryRun {
		what = "nothing was written (--dry-run)"
	}
	fmt.Fprintf(e.env.Stderr, "%s; check says: %s\n", what, problemCount(problems))
	return diag.Text(e.env.Stderr, append(left, problems...))
}

// ask asks for a value on the terminal. An empty answer is the default.
func (e *editing) ask(question, fallback string) (string, error) {
	if e.answers == nil {
		e.answers = bufio.NewReader(e.env.Stdin)
	}
	if fallback != "" {
		question += " [" + diag.Printable(fallback) + "]"
	}
	fmt.Fprintf(e.env.Stderr, "%s: ", question)
	line, err := e.answers.ReadString('\n')
	if err != nil && line == "" {
		return "", wrongUse("nothing was changed: no answer")
	}
	if line = strings.TrimSpace(line); line == "" {
		return fallback, nil
	}
	return line, text(line)
}

// text refuses what cannot stand in a document.
func text(words ...string) error {
	for _, w := range words {
		if !utf8.ValidString(w) || strings.ContainsRune(w, 0) {
			return wrongUse("%q is not text in UTF-8", w)
		}
	}
	return nil
}
