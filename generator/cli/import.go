package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/intake"
	"minutebook/generator/source"
)

// An importing is one run of the command import.
type importing struct {
	sources
	kind, day, zone, to string
	thread, dryRun      bool
	read                func([]intake.Input, intake.Options) ([]intake.Draft, []intake.Remark)
}

const importLong = `Import makes documents of what a community already has: messages of its mailing
list, minutes of MeetBot, logs of its chat. It writes new files only, for a person
to read before they are committed: nothing is ever overwritten, and what was
imported before is not imported again.

Mail addresses are left out. Names follow people.yaml: who is there is written by
the handle, and who is hidden is not named.`

func importCommand(env *Env) *cobra.Command {
	c := &cobra.Command{
		Use:   "import",
		Short: "Make documents of mail, of MeetBot's minutes and of chat logs",
		Long:  importLong,
		Example: `  minutebook import mail pitch.eml
  minutebook import mail --thread --kind page operators-2018-March.mbox
  minutebook import meetbot ops-meetup.2018-03-20-14.00.txt
  minutebook import irc --timezone Europe/Berlin 2018-03-20.log`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return wrongUse("say what to import: mail, meetbot or irc, and the files")
		},
	}
	c.AddCommand(importMail(env), importLog(env, "meetbot", "Make meeting notes of the minutes that MeetBot wrote as text", intake.Meetbot),
		importLog(env, "irc", "Make meeting notes of the log of a chat", intake.IRC))
	return c
}

func importMail(env *Env) *cobra.Command {
	i := importing{sources: sources{env: env}, read: intake.Mail}
	c := i.command("mail", "Make draft proposals or pages of messages and mailboxes", `Each message (.eml) or each message of a mailbox (mbox) becomes a draft proposal,
or a page that keeps the discussion (--kind page). With --thread the messages of a
thread become one document: of a proposal the first is its text. Quotations that
nothing answers and signatures are left out.`)
	c.Flags().StringVar(&i.kind, "kind", "proposal", "kind of document that mail becomes: proposal, page or a kind of your own")
	c.Flags().BoolVar(&i.thread, "thread", false, "join the messages of a thread in one document")
	return c
}

func importLog(env *Env, name, short string, read func([]intake.Input, intake.Options) ([]intake.Draft, []intake.Remark)) *cobra.Command {
	i := importing{sources: sources{env: env}, read: read, kind: "meeting"}
	c := i.command(name, short, `Topics become headings; actions, agreed decisions, information, ideas, links and
who was there become notes. The day and the zone come from the file, its name or
the flags.`)
	c.Flags().StringVar(&i.day, "date", "", "day of the meeting where the file does not say it, like 2018-03-20")
	c.Flags().StringVar(&i.zone, "timezone", "", "zone of times that name none, like Europe/Berlin (default: that of the site)")
	return c
}

// command is one of the commands below import, with the flags that all have.
func (i *importing) command(name, short, long string) *cobra.Command {
	c := &cobra.Command{
		Use: name + " FILE…", Short: short, Long: long,
		RunE: func(c *cobra.Command, args []string) error { return i.run(c.Context(), args) },
	}
	f := c.Flags()
	f.StringVar(&i.content, "content", "content", "folder of the documents")
	f.StringVar(&i.to, "output", "", "file to write, or - to print; for what becomes one document (default: by the kind's convention)")
	f.BoolVar(&i.dryRun, "dry-run", false, "say what would be written, and write nothing")
	return c
}

func (i *importing) run(ctx context.Context, names []string) error {
	if len(names) == 0 {
		return wrongUse("say which files to import")
	}
	o, err := i.options(ctx)
	if err != nil {
		return err
	}
	inputs, err := i.inputFiles(names)
	if err != nil {
		return err
	}
	drafts, remarks := i.read(inputs, o)
	severe := false
	for _, r := range remarks {
		fmt.Fprintln(i.env.Stderr, r)
		severe = severe || r.Severe
	}
	if err := i.write(drafts); err != nil {
		return err
	}
	if severe {
		return refused()
	}
	return nil
}

// options reads the flags, and what the content folder has already.
func (i *importing) options(ctx context.Context) (o intake.Options, err error) {
	if i.day != "" {
		if o.Day, err = date.Parse(i.day); err != nil {
			return o, wrongUse("--date %q is not a date; write it like 2018-03-20", i.day)
		}
	}
	if i.zone != "" {
		if _, err := date.LoadZone(i.zone); err != nil {
			return o, wrongUse("--timezone %s", withHint(err))
		}
		o.Zone = i.zone
	}
	if !exists(i.path(i.content)) {
		return o, wrongUse("there is no folder %s; give the folder of your documents with --content", i.content)
	}
	if o.Content, err = i.sources.read(ctx, i.content, nil); err != nil {
		return o, err
	}
	var problems diag.List
	o.Config, problems = config.Load(o.Content)
	var more diag.List
	o.People, more = config.LoadPeople(o.Content)
	if list := append(problems, more...); list.Has("configuration") || list.Has("unsafe-configuration") {
		return o, &exitError{code: Problems, err: errors.New("nothing is imported while the settings or people.yaml cannot be read; minutebook check tells why")}
	}
	if o.Kind = o.Config.Kind(i.kindName()); o.Kind == nil {
		return o, wrongUse("--kind %q is not a kind of document", i.kind)
	}
	if rel, err := filepath.Rel(i.path(i.content), i.path(i.to)); err == nil && i.to != "" && i.to != "-" && filepath.IsLocal(rel) {
		o.Path = filepath.ToSlash(rel)
	}
	if i.to == "-" { // what is there already does not matter to who only reads
		o.Content = nil
	}
	o.Thread = i.thread
	return o, nil
}

// withHint is what package date says of a value, with the way out.
func withHint(err error) string {
	var e *date.Error
	if errors.As(err, &e) && e.Hint != "" {
		return e.Error() + "; " + e.Hint
	}
	return err.Error()
}

func (i *importing) kindName() string {
	if i.kind == "discussion" {
		return "page"
	}
	return i.kind
}

// inputFiles reads the files to import. Whatever path they have, the user gave it.
func (i *importing) inputFiles(names []string) ([]intake.Input, error) {
	var inputs []intake.Input
	for _, name := range names {
		data, err := readUpTo(i.path(name), intake.MostBytes)
		var p *fs.PathError
		switch {
		case errors.As(err, &p) && errors.Is(err, fs.ErrNotExist):
			return nil, wrongUse("there is no file %s", name)
		case errors.As(err, &p):
			return nil, world(fmt.Errorf("cannot read %s: %w", name, p.Err))
		case err != nil:
			return nil, wrongUse("%s %w", name, err)
		}
		inputs = append(inputs, intake.Input{Name: filepath.ToSlash(name), Data: data})
	}
	return inputs, nil
}

// readUpTo reads a file that has at most some bytes.
func readUpTo(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, errors.New("is a folder; give the files in it")
	}
	data, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(data)) > most {
		return nil, fmt.Errorf("has more than %d MiB; divide it", most>>20)
	}
	return data, err
}

// write writes new documents, and says of each what became of it.
func (i *importing) write(drafts []intake.Draft) error {
	fresh := slices.DeleteFunc(slices.Clone(drafts), func(d intake.Draft) bool { return d.Text == nil })
	if i.to != "" && len(fresh) > 1 {
		return wrongUse("--output names one file, and this becomes %d documents; use --thread, or leave --output out", len(fresh))
	}
	for _, d := range drafts {
		if err := i.writeOne(d); err != nil {
			return err
		}
	}
	return nil
}

func (i *importing) writeOne(d intake.Draft) error {
	shown := path.Join(i.shown(i.content), d.Path)
	if d.Text == nil {
		return i.tell("%s has this already; nothing to do", shown)
	}
	if i.to == "-" {
		_, err := i.env.Stdout.Write(d.Text)
		return world(err)
	}
	file := filepath.Join(i.path(i.content), filepath.FromSlash(d.Path))
	if i.to != "" {
		shown, file = i.to, i.path(i.to)
	}
	if fileExists(file) {
		return i.existing(shown, file, d)
	}
	if i.dryRun {
		return i.tell("%s would be written", shown)
	}
	if err := i.create(file, d); err != nil {
		return world(fmt.Errorf("cannot write %s: %w", shown, cause(err)))
	}
	return i.tell("%s is written; read it before you commit it", shown)
}

// existing looks at a file that is where one was to be written.
func (i *importing) existing(shown, file string, d intake.Draft) error {
	if data, err := readRegular(file, source.HardLimit); err == nil && intake.Has(data, d.IDs) {
		return i.tell("%s has this already; nothing to do", shown)
	}
	return wrongUse("%s is there already, and nothing is overwritten; give another file with --output", shown)
}

// create writes a document. Of a path in the content folder every part stays in
// it, whatever links lie there.
func (i *importing) create(file string, d intake.Draft) error {
	if i.to != "" {
		return writeNew(file, d.Text)
	}
	root, err := os.OpenRoot(i.path(i.content))
	if err != nil {
		return err
	}
	defer root.Close()
	if err := root.MkdirAll(filepath.FromSlash(path.Dir(d.Path)), 0o755); err != nil {
		return err
	}
	f, err := root.OpenFile(filepath.FromSlash(d.Path), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(d.Text)
	return errors.Join(err, f.Close())
}

func (i *importing) tell(format string, args ...any) error {
	_, err := fmt.Fprintln(i.env.Stdout, diag.Printable(strings.TrimSpace(fmt.Sprintf(format, args...))))
	return world(err)
}
