// Package inspect reports on a repository that nobody has described yet: what its
// documents look like, what was understood of them and what was not, and which
// minutebook.yaml would help.
//
// It reads every file twice: as the build does, by the rules and settings that
// hold (package site has the result), and bare, for whatever looks like a key, a
// day or a list of people (document.SurveyOf). The difference of the two is what
// stands in the way. From it a [Mapping] is proposed; that is then tried, by the
// same build, and what would make anything worse is taken out again. So a
// proposal never loses what was found without it.
package inspect

import (
	"context"
	"slices"

	"minutebook/generator"
	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/diag"
	"minutebook/generator/document"
	"minutebook/generator/site"
	"minutebook/generator/source"
)

// Schema is the version of what a [Report] is as JSON. Within one version members
// are added; none is renamed, taken away or given another meaning.
const Schema = 1

// Inputs are what a report is made of.
type Inputs struct {
	Build      generator.Inputs
	Name       string    // of the repository, for the title where no document has one
	Title      string    // of the document that introduces the repository; "" when none does
	Repository string    // its address, https; "" when git does not tell
	Branch     string    // its main branch; "" when git does not tell
	Since      date.Date // the day from which what is left open may be late; zero: the day of the build
}

// A Report is what was found. Lists begin with what is most frequent.
type Report struct {
	Schema     int    `json:"schema"`
	Folder     string `json:"folder"`     // of the documents, as the caller calls it
	Configured bool   `json:"configured"` // a minutebook.yaml is there, and was gone by
	Files      int    `json:"files"`      // of any sort
	Documents  int    `json:"documents"`  // Markdown

	Forms    []Count  `json:"forms"`    // of the head of a document
	Sources  []Count  `json:"sources"`  // where documents state fields
	Kinds    []Kind   `json:"kinds"`    // and why
	Keys     []Key    `json:"keys"`     // of metadata
	Statuses []Status `json:"statuses"` // words that documents state

	Figures   Figures    `json:"figures"`
	Obstacles []Obstacle `json:"obstacles"` // problems by their code, errors first

	Proposal *Proposal `json:"proposal,omitempty"` // none where a minutebook.yaml is there
}

// A Count is how many documents have something.
type Count struct {
	What      string `json:"what"`
	Documents int    `json:"documents"`
}

// A Kind is how many documents are of a kind, and why.
type Kind struct {
	Kind      string  `json:"kind"`
	Documents int     `json:"documents"`
	Because   []Count `json:"because"`
}

// A Key is a key of metadata. Field is what it is read as; where that is "",
// Perhaps is the field that it may mean, if any can be guessed. Ignored keys are
// known to mean nothing.
type Key struct {
	Key       string `json:"key"` // as it is compared: start-date
	Source    string `json:"source"`
	Kind      string `json:"kind"` // of the documents, or that they look like
	Documents int    `json:"documents"`
	Field     string `json:"field,omitempty"`
	Perhaps   string `json:"perhaps,omitempty"`
	Ignored   bool   `json:"ignored,omitempty"`
	Example   string `json:"example,omitempty"` // one of its values
}

// A Status is a word that documents state as their status.
type Status struct {
	Word      string `json:"word"`
	Kind      string `json:"kind"`
	Documents int    `json:"documents"`
	Status    string `json:"status,omitempty"`  // that it is read as
	Perhaps   string `json:"perhaps,omitempty"` // that it may mean, where it is none
}

// An Obstacle is a sort of problem.
type Obstacle struct {
	Code      string   `json:"code"`
	Severity  string   `json:"severity"`
	Problems  int      `json:"problems"`
	Documents int      `json:"documents"`
	Cause     string   `json:"cause"`    // in a sentence
	Examples  []string `json:"examples"` // path:line:col: message
}

// A Proposal is a minutebook.yaml that would help.
type Proposal struct {
	YAML    string    `json:"yaml"`
	Because []Because `json:"because"` // each setting, in the order of the file
	Figures Figures   `json:"figures"` // with it
}

// A Because says why a setting is proposed.
type Because struct {
	Setting string `json:"setting"` // kinds.proposal.include
	Why     string `json:"why"`
}

// An inspection is one run.
type inspection struct {
	in      Inputs
	builder generator.Builder
	surveys map[string]document.Survey // by path
	folders map[string]bool            // that are there; made on first use
}

// Inspect makes the report. The error is of the world, or a document that takes
// too long; whatever is wrong with the content is in the report.
func Inspect(ctx context.Context, in Inputs) (*Report, error) {
	i := &inspection{in: in, surveys: map[string]document.Survey{}}
	for _, f := range in.Build.Content.Files() {
		if source.IsMarkdown(f.Path) {
			i.surveys[f.Path] = document.SurveyOf(f)
		}
	}
	s, problems, err := i.check(ctx, in.Build.Content)
	if err != nil {
		return nil, err
	}
	present := i.measure(s)
	r := &Report{
		Schema: Schema, Folder: in.Build.ContentName, Files: len(in.Build.Content.Files()), Documents: len(s.Records),
		Configured: in.Build.Content.File(config.FileName) != nil,
		Forms:      i.forms(s), Sources: i.sources(s), Kinds: kinds(s), Keys: i.keys(s), Statuses: i.statuses(s),
		Figures: present.figures, Obstacles: obstacles(problems),
	}
	if r.Configured {
		return r, nil
	}
	r.Proposal, err = i.propose(ctx, s, present)
	return r, err
}

// check links the documents under the settings of a tree.
func (i *inspection) check(ctx context.Context, content *source.Tree) (*site.Site, diag.List, error) {
	in := i.in.Build
	in.Content, in.History = content, nil
	return i.builder.Check(ctx, in)
}

// counter counts things, for lists that begin with the most frequent.
type counter map[string]int

func (c counter) list() []Count {
	list := make([]Count, 0, len(c))
	for what, n := range c {
		list = append(list, Count{what, n})
	}
	slices.SortFunc(list, byCount)
	return list
}

func (i *inspection) forms(s *site.Site) []Count {
	c := counter{}
	for _, r := range s.Records {
		c[string(i.surveys[r.File.Path].Form)]++
	}
	return c.list()
}

// sources are where the fields of documents were found, but for plain pages.
func (i *inspection) sources(s *site.Site) []Count {
	c := counter{}
	for _, r := range s.Records {
		seen := map[config.Origin]bool{}
		for n := range r.Values {
			if from := r.Values[n].From; !r.Kind.Open && from != config.FromStatus && !seen[from] {
				seen[from] = true
				c[string(from)]++
			}
		}
	}
	return c.list()
}

func kinds(s *site.Site) []Kind {
	var list []Kind
	for _, k := range s.Config.Kinds {
		all, why := 0, counter{}
		for _, r := range s.Records {
			if r.Kind == k {
				all++
				why[s.KindFrom(r)]++
			}
		}
		if all > 0 {
			list = append(list, Kind{k.Name, all, why.list()})
		}
	}
	slices.SortStableFunc(list, func(a, b Kind) int { return b.Documents - a.Documents })
	return list
}

// mostExamples is how many problems of a sort are shown.
const mostExamples = 3

// obstacles sorts problems by their code.
func obstacles(problems diag.List) []Obstacle {
	byCode := map[string]*Obstacle{}
	where := map[[2]string]bool{}
	var list []*Obstacle
	for _, p := range problems {
		o := byCode[p.Code]
		if o == nil {
			code, _ := diag.Find(p.Code)
			o = &Obstacle{Code: p.Code, Severity: p.Severity.String(), Cause: code.Summary}
			byCode[p.Code] = o
			list = append(list, o)
		}
		o.Problems++
		if !where[[2]string{p.Code, p.Path}] {
			where[[2]string{p.Code, p.Path}] = true
			o.Documents++
			if len(o.Examples) < mostExamples {
				o.Examples = append(o.Examples, p.String())
			}
		}
	}
	slices.SortStableFunc(list, func(a, b *Obstacle) int {
		if (a.Severity == "error") != (b.Severity == "error") {
			if a.Severity == "error" {
				return -1
			}
			return 1
		}
		return b.Problems - a.Problems
	})
	out := make([]Obstacle, len(list))
	for n, o := range list {
		out[n] = *o
	}
	return out
}
