package document

import (
	"bytes"
	"regexp"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/date"
	"minutebook/generator/frontmatter"
	"minutebook/generator/source"
)

// This file reads what a file states without knowing of which kind it is: for a
// report on documents that nobody has described yet.

// A Form is how the head of a file is written.
type Form string

// The forms of a head.
const (
	YAMLForm     Form = "front matter in YAML"
	BrokenForm   Form = "front matter that is not YAML"
	TOMLForm     Form = "front matter in TOML"
	NoFrontForm  Form = "no front matter"
	mostSigns         = 200 // of one file
	mostKeyWords      = 4
	mostValue         = 300 // bytes of a value that are kept
)

// A Sign is a key with a value that a file states. Which field it is, if any, is
// a question of the file's kind.
type Sign struct {
	From  config.Origin
	Key   string
	Value string
}

// A Survey is what a file shows of itself.
type Survey struct {
	Form     Form
	Signs    []Sign
	Headings []string // of level 2 and below, plain
	Title    string   // its first heading of level 1; may be empty
	Head     string   // the lines above the first section, without code and comments
	Attends  bool     // it lists who was there
	Actions  int      // marks of actions: open and ticked boxes, and words such as TODO
}

// SurveyOf reads one file.
func SurveyOf(f *source.File) Survey {
	block, problems := frontmatter.Split(f)
	s := surveyor{Survey: Survey{Form: NoFrontForm}}
	if block.Present {
		m, more := frontmatter.Decode(f, block.YAML)
		s.Form = YAMLForm
		if problems = append(problems, more...); problems.Has("front-matter-syntax") {
			s.Form = BrokenForm
		}
		for _, e := range m.Entries {
			s.sign(config.FromFrontMatter, e.Key, textOf(e.Value))
		}
	} else if bytes.HasPrefix(bytes.TrimPrefix(f.Data, []byte("\ufeff")), []byte("+++")) {
		s.Form = TOMLForm
	}
	s.body(f, block.Body)
	return s.Survey
}

// textOf is a value on one line.
func textOf(v frontmatter.Value) string {
	if v.Kind == frontmatter.Scalar {
		return v.Text
	}
	return strings.Join(strings.Fields(v.Raw), " ")
}

// A surveyor walks over the lines of one file.
type surveyor struct {
	Survey
	above    bool // no section has begun
	begun    bool // something other than a heading was read
	code     []Sign
	section  string // heading whose first line is still to come
	attended bool   // the heading or line before says who was there, and nobody is listed so far
	listing  bool   // the section is a list of persons
	acting   bool   // the section is a list of actions
	head     strings.Builder
}

func (s *surveyor) body(f *source.File, body source.Span) {
	lines := lineReader{data: f.Data, at: body.Start, end: body.End}
	s.above = true
	for {
		line, ok := lines.next()
		if !ok {
			break
		}
		if line.code {
			s.codeLine(line)
			continue
		}
		s.endCode()
		if len(bytes.TrimSpace(line.text)) == 0 {
			continue
		}
		if level, span := headingOf(line.text); level > 0 {
			s.heading(level, string(line.text[span.Start:span.End]))
			continue
		}
		s.line(line)
	}
	s.endCode()
	s.Head = s.head.String()
}

// codeLine collects the keys of a block of code that a file begins with.
func (s *surveyor) codeLine(line textLine) {
	if s.begun || !s.above {
		return
	}
	if key, value, ok := cutKey(line.text); ok && len(s.code) < mostSigns {
		s.code = append(s.code, Sign{config.FromCode, string(line.text[key.Start:key.End]), string(line.text[value.Start:value.End])})
	}
}

func (s *surveyor) endCode() {
	if len(s.code) > 1 {
		for _, one := range s.code {
			s.sign(one.From, one.Key, one.Value)
		}
		s.begun = true
	}
	s.code = nil
}

// present are the words of headings and lines that say who was at a meeting, and
// acts those of lists of actions. They are written here once more, and wider
// than those that notes are read by: what is missed is to be seen.
var (
	present = regexp.MustCompile(`(?i)\b(?:present|attend(?:ees?|ance|ing|ed)|participants?|roll ?call|who (?:was|is) (?:there|here))\b`)
	acts    = regexp.MustCompile(`(?i)^(?:(?:new|required|open) )?(?:actions?(?: items?| points?| required)?|things to do|next steps|next actions|to-?dos?|to do|tasks)$`)
	marks   = regexp.MustCompile(`^(?:[-*+] |\d+[.)] )\s*\[[ xX]\] |(?i)^(?:[-*+] )?\W{0,3}(?:actions?(?: items?| points?)?|todos?|ais?)\b[^:]{0,30}:`)
	nobody  = regexp.MustCompile(`(?i)^\W*(?:none|n/a|tbd|no one|nobody|no)\W*$`)
)

func (s *surveyor) heading(level int, text string) {
	s.section, s.attended, s.listing, s.acting = "", false, false, false
	plain := strings.Trim(text, " *_:.`")
	if level == 1 {
		if s.Title == "" {
			s.Title = plainText(text)
		}
		if s.above {
			s.head.WriteString(text + "\n")
		}
	} else {
		s.above = s.above && isHead(text)
		s.Headings = append(s.Headings, plain)
	}
	if len(plain) < longestKey && present.MatchString(plain) {
		s.attended, s.listing = true, true
	}
	s.acting = acts.MatchString(plain)
	if key, value, ok := cutKey([]byte(text)); ok && level > 1 && value.End > value.Start {
		s.sign(config.FromHeadings, text[key.Start:key.End], text[value.Start:value.End])
	} else if level > 1 {
		s.section = strings.Trim(plain, "0123456789. ")
	}
}

func (s *surveyor) line(line textLine) {
	text := strings.TrimSpace(string(line.text))
	s.begun = true
	if s.section != "" {
		if at := bulletEnd(line.text); at < len(line.text) {
			s.sign(config.FromSection, s.section, strings.TrimSpace(string(line.text[at:])))
		}
		s.section = ""
	}
	s.notes(line, text)
	if s.above {
		s.headLine(line, text)
	}
}

// headLine reads a line above the first section.
func (s *surveyor) headLine(line textLine, text string) {
	if s.head.Len() < 4<<10 {
		s.head.WriteString(text + "\n")
	}
	if text[0] == '|' {
		if cells := cellsOf(line.text); len(cells) == 2 && !isDelimiter(line.text) {
			key := trimmed(line.text, cells[0], " \t*_:`")
			s.sign(config.FromTable, string(line.text[key.Start:max(key.Start, key.End)]), string(line.text[cells[1].Start:max(cells[1].Start, cells[1].End)]))
		}
		return
	}
	if key, value, ok := cutKey(line.text); ok {
		s.sign(config.FromLines, string(line.text[key.Start:key.End]), string(line.text[value.Start:value.End]))
	}
}

// notes counts what minutes mark.
func (s *surveyor) notes(line textLine, text string) {
	if s.attended && !nobody.MatchString(strings.TrimLeft(text, "-*+ ")) {
		s.Attends, s.attended = true, false
	}
	if key, value, ok := cutKey(line.text); ok && present.Match(line.text[key.Start:key.End]) && len(bytes.Fields(line.text[key.Start:key.End])) <= mostKeyWords {
		if said := string(line.text[value.Start:value.End]); said != "" && !nobody.MatchString(said) {
			s.Attends = true
		}
	}
	item := bulletEnd(line.text) > len(line.text)-len(bytes.TrimLeft(line.text, " \t"))
	if !s.listing && (marks.MatchString(text) || s.acting && item && !nobody.MatchString(strings.TrimLeft(text, "-*+ "))) {
		s.Actions++
	}
}

// sign notes a key with its value, unless it is prose or has no value.
func (s *surveyor) sign(from config.Origin, key, value string) {
	if value = strings.Trim(value, " \t"); key == "" || value == "" || len(s.Signs) == mostSigns || len(key) > longestKey {
		return
	}
	if from != config.FromFrontMatter && len(strings.Fields(config.NormalKey(key))) > mostKeyWords {
		return
	}
	if len(value) > mostValue {
		value = strings.ToValidUTF8(value[:mostValue], "")
	}
	s.Signs = append(s.Signs, Sign{from, strings.ToValidUTF8(key, "\ufffd"), strings.ToValidUTF8(value, "\ufffd")})
}

// Number is the identifier that a file, or the folder that a README stands for,
// is named by: a number at the start of its name, or behind a short code. The
// code has the letters that it is written with; number is "" when there is none.
func Number(p string) (code, number string) {
	name := nameOf(p)
	if day, _ := splitDay(name); !day.IsZero() {
		return "", ""
	}
	m := anyCode.FindStringSubmatch(name)
	if m == nil || len(m[2]) == 4 && m[1] == "" && len(m[3]) > 0 && isDayBehind(m[2], m[3]) {
		return "", ""
	}
	return m[1], m[2]
}

var anyCode = regexp.MustCompile(`^(?:([A-Za-z]{2,12})[-_ ]?)?(\d{1,5})(?:$|([-_. ].*))`)

// isDayBehind reports a year that a month follows: 2018_03_20 is no number.
func isDayBehind(year, rest string) bool {
	return (strings.HasPrefix(year, "19") || strings.HasPrefix(year, "20")) && len(rest) > 2 && isDigit(rest[1])
}

// nameOf is the name of a file without its ending, or of the folder that it
// stands for.
func nameOf(p string) string {
	if source.IsIndex(p) && strings.Contains(p, "/") {
		p = p[:strings.LastIndexByte(p, '/')]
		return p[strings.LastIndexByte(p, '/')+1:]
	}
	return stem(p)
}

// PathDay is the day in the path of a file, by the spellings of a kind; zero when
// there is none.
func PathDay(k *config.Kind, path string) date.Date { return pathDay(&k.Dates, path) }

// IsTemplate reports whether a file is what new documents are copied from:
// its name or that of its folder says so.
func IsTemplate(p string) bool {
	if _, number := Number(p); number != "" && strings.Trim(number, "0") != "" {
		return false
	}
	low := strings.ToLower(p)
	for part := range strings.SplitSeq(low, "/") {
		if part == "template" || part == "templates" {
			return true
		}
	}
	return templateName.MatchString(stem(low)) || source.IsIndex(p) && templateName.MatchString(nameOf(low))
}

var templateName = regexp.MustCompile(`(?:^|[-_. ])template(?:$|[-_. ])`)
