package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"minutebook/generator/diag"
	"minutebook/generator/preview"
	"minutebook/generator/source"
)

// defaultPort is where the preview is when nobody says anything; the next free
// one when it is taken.
const defaultPort = 8080

// defaultEditor opens a place in Visual Studio Code, and in all editors that
// registered themselves for its addresses.
const defaultEditor = "vscode://file{path}:{line}:{column}"

// A serving is one run of the command serve.
type serving struct {
	rebuilding
	host string
	port int
	open bool

	server    preview.Server
	last      preview.State
	listeners []net.Listener
	started   bool // the first result was shown
}

func serveCommand(env *Env) *cobra.Command {
	s := &serving{rebuilding: rebuilding{sources: &sources{env: env}}}
	c := &cobra.Command{
		Use:   "serve",
		Short: "Show the site while you write",
		Long: `Serve builds the site in memory and shows it on this machine. It builds again when
a document, a layout or the configuration is saved, and open pages change at
once, where you are reading. What is wrong is told at the bottom of the page.
Nothing is written to the disk.`,
		Example: `  minutebook serve
  minutebook serve --content docs --port 0 --open`,
		Args: exactly(0, "serve wants no argument; give the folder of the documents with --content"),
		RunE: func(c *cobra.Command, _ []string) error {
			return s.run(c.Context(), !c.Flags().Changed("port"))
		},
	}
	f := c.Flags()
	s.flags(f)
	s.layoutsFlag(f)
	pollFlag(f, &s.poll)
	f.StringVar(&s.baseURL, "base-url", "", "address that the site will have, for links that must be absolute")
	f.StringVar(&s.host, "host", "localhost", "name or address to be reached at; others than this machine's show the site to the network")
	f.IntVar(&s.port, "port", defaultPort, "port to be reached at; 0 for any free one")
	f.BoolVar(&s.open, "open", false, "open the site in the browser")
	f.StringVar(&s.server.Editor, "editor", defaultEditor, "address that opens a file in your editor; none for no links")
	return c
}

// run serves until ctx ends. When anyPort is set, a port that is taken makes it
// take the next.
func (s *serving) run(ctx context.Context, anyPort bool) error {
	if err := s.check(); err != nil {
		return err
	}
	var err error
	if s.listeners, err = preview.Listen(s.host, s.port, anyPort); err != nil {
		return listenError(s.host, err)
	}
	if preview.Beyond(s.host) {
		s.server.Host = s.host
		fmt.Fprintf(s.env.Stderr, "minutebook: everybody who reaches %s can read this site, drafts included\n", s.host)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if err := preview.Serve(ctx, &s.server, s.listeners); err != nil {
			cancel(world(err))
		}
	}()
	s.done, s.builder.OnDemand = s.show, true
	err = s.rebuilding.run(ctx)
	cancel(nil)
	<-ended
	if cause := context.Cause(ctx); errors.Is(err, context.Canceled) && !errors.Is(cause, context.Canceled) {
		return cause
	}
	return err
}

// check checks the flags.
func (s *serving) check() error {
	if _, err := s.inputs(); err != nil {
		return err
	}
	if !exists(s.path(s.layouts)) && s.layouts != defaultLayouts {
		return wrongUse("there is no folder %s for --layouts", s.layouts)
	}
	if s.port < 0 || s.port > 65535 {
		return wrongUse("--port %d is not a port; give a number from 1 to 65535, or 0 for any free one", s.port)
	}
	if s.server.Editor == "none" {
		s.server.Editor = ""
	}
	if s.server.Editor != "" {
		if err := preview.CheckEditor(s.server.Editor); err != nil {
			return wrongUse("--editor %v", err)
		}
	}
	return nil
}

func listenError(host string, err error) error {
	var taken *preview.TakenError
	if errors.As(err, &taken) {
		return wrongUse("%v", err)
	}
	return wrongUse("cannot listen on %s: %v", host, err)
}

// show shows what came of looking at the files, and says it in a line.
func (s *serving) show(_ context.Context, r round) {
	if r.err != nil {
		s.last.Snapshot = nil // the server keeps the one it has
		s.last.Stale = r.err.Error() + ". The pages are as they were before."
		s.server.Show(s.last)
		s.say(diag.Printable(r.err.Error()) + "; the site stays as it was")
		return
	}
	s.last = s.state(r)
	s.server.Show(s.last)
	if r.filling {
		return // the line comes when it is known how many pages there are, and what is wrong with them
	}
	if !s.started {
		s.started = true
		s.welcome(r)
		return
	}
	s.say(changedText(r.changed) + ": " + s.outcome(r))
}

// state is what a build has to show.
func (s *serving) state(r round) preview.State {
	state := preview.State{
		Snapshot: r.result.Snapshot, Filling: r.filling, Withdraw: r.faulty, Base: r.result.Site.Config.BaseURL, Problems: r.result.Problems,
		Source: func(page string) string {
			for _, record := range r.result.Site.Records {
				if record.URL == page {
					return path.Join(r.inputs.ContentName, record.File.Path)
				}
			}
			return ""
		},
		File: r.file,
		Locate: func(p string) string {
			if f := r.file(p); f == nil || r.inputs.Content.File(below(r.inputs.ContentName, p)) != f && r.users.File(below(r.inputs.LayoutsName, p)) != f {
				return "" // a built-in layout is no file
			}
			return s.path(p)
		},
	}
	switch {
	case state.Snapshot == nil:
		state.Stale = "The layouts cannot be used. The pages are as they were before."
	case r.result.Refused():
		state.Stale = "This site would not be published, for what is listed here."
	}
	return state
}

// file is the file that problems name.
func (r round) file(p string) *source.File {
	if f := r.inputs.Content.File(below(r.inputs.ContentName, p)); f != nil {
		return f
	}
	return r.inputs.Layouts.File(below(r.inputs.LayoutsName, p))
}

// below is a path without the folder that stands before it.
func below(folder, p string) string {
	if folder == "." || folder == "" {
		return p
	}
	rest, ok := strings.CutPrefix(p, strings.TrimSuffix(folder, "/")+"/")
	if !ok {
		return ""
	}
	return rest
}

// welcome says where the site is.
func (s *serving) welcome(r round) {
	port := preview.PortOf(s.listeners[0])
	host := s.host
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	address := "http://" + net.JoinHostPort(host, strconv.Itoa(port)) + "/"
	fmt.Fprintf(s.env.Stdout, "%s shows %s; %s\n", address, count(len(r.result.Site.Records), "document", "documents"), s.outcome(r))
	fmt.Fprintln(s.env.Stdout, "It changes when you save. Ctrl-C ends it.")
	if s.open {
		if err := openBrowser(address); err != nil {
			fmt.Fprintf(s.env.Stderr, "minutebook: cannot open a browser (%v); open %s yourself\n", err, address)
		}
	}
}

// outcome is what a build made, in a few words.
func (s *serving) outcome(r round) string {
	text := fmt.Sprintf("%s in %s; %s", count(r.result.Filled, "page", "pages"), shortTime(r.took), problemCount(r.result.Problems))
	if r.result.Snapshot == nil {
		text = fmt.Sprintf("the layouts cannot be used, the site stays as it was; %s", problemCount(r.result.Problems))
	}
	if i := slices.IndexFunc(r.result.Problems, func(d diag.Diagnostic) bool { return d.Severity == diag.Error }); i >= 0 {
		text += ": " + diag.Printable(r.result.Problems[i].String())
	}
	return text
}

// say prints one line.
func (s *serving) say(text string) {
	fmt.Fprintf(s.env.Stdout, "%s %s\n", s.env.Now().Format(time.TimeOnly), text)
}

// changedText names the files that changed.
func changedText(files []string) string {
	switch n := len(files); n {
	case 0:
		return "a new day or commit"
	case 1, 2, 3:
		return diag.Printable(strings.Join(files, ", "))
	default:
		return diag.Printable(fmt.Sprintf("%s and %d other files", files[0], n-1))
	}
}

func shortTime(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%d ms", d.Milliseconds())
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}
