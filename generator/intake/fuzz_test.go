package intake_test

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"minutebook/generator/intake"
	"minutebook/generator/source"
)

// hiding is a content folder with somebody whom nothing may name.
const hiding = "people:\n  chair: {name: Chair, aliases: [the_chair]}\n  qx: {name: Quiet Person, aliases: [quietly], public: hidden}\n  fa: {name: First Attendee, public: initials}\n"

// fuzz runs a reader on what comes: nothing ends the program, and what holds of
// every import (see checkDrafts) holds; nobody is named who is hidden.
func fuzz(f *testing.F, name string) {
	files, err := filepath.Glob("testdata/" + name + "/*.txtar")
	if err != nil || len(files) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for i, one := range archive.Files {
			if strings.HasPrefix(one.Name, "in/") {
				f.Add([]byte(unescape.Replace(string(one.Data))), i%2 == 0)
			}
		}
	}
	for _, seed := range seeds[name] {
		f.Add([]byte(seed), true)
		f.Add([]byte(seed), false)
	}
	o := settings(f, source.NewTree(source.NewFile("people.yaml", []byte(hiding))))
	f.Fuzz(func(t *testing.T, data []byte, thread bool) {
		o := o
		if o.Thread = thread; thread {
			o.Kind = o.Config.Page()
		}
		inputs := []intake.Input{{Name: "in-2018-03-20.txt", Data: data}}
		drafts, remarks := readers[name](inputs, o)
		if len(drafts) == 0 && len(remarks) == 0 {
			t.Error("nothing comes of it, and nothing is said")
		}
		checkDrafts(t, readers[name], inputs, o, drafts)
		for _, d := range drafts {
			low := strings.ToLower(d.Path + "\n" + string(d.Text))
			for _, hidden := range []string{"quiet person", "quietly", "@qx", "first attendee"} {
				if i := strings.Index(low, hidden); i >= 0 && whole(low, i, i+len(hidden)) {
					t.Errorf("%s names %q:\n%s", d.Path, hidden, d.Text)
				}
			}
		}
	})
}

// whole reports whether a part of an ASCII text stands apart from other words.
func whole(s string, start, end int) bool {
	return (start == 0 || !isWord(s[start-1])) && (end == len(s) || !isWord(s[end]))
}

func isWord(c byte) bool { return c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' }

func FuzzMail(f *testing.F)    { fuzz(f, "mail") }
func FuzzMeetbot(f *testing.F) { fuzz(f, "meetbot") }
func FuzzIRC(f *testing.F)     { fuzz(f, "irc") }

var seeds = map[string][]string{
	"mail": {
		"Subject: quiet person\nFrom: qx@example.org\n\nquietly, Quiet\n Person and\nQuiet Person\n",
		"Subject: x\nContent-Type: text/html\n\n<p>a<b>@exam</b>ple.org Quiet<br>Person <i>First</i> Attendee <ul><li><b>Action A1</b>: x<li><b>Action A1</b>: y",
		"Subject: a\n\nAction A1: x\n\nAction A1: y\n\n- A1: z\n\n- [ ] a\n",
		"From x Tue Mar 20 14:00:00 2018\nSubject: a\nContent-Length: 99999999\n\nx\n\nFrom y Tue Mar 20 14:00:00 2018\n\n",
		"Subject: =?utf-8?B?w?= =?utf-8?B?5Y=?=\nDate: \n\n>>>>>>>>>> deep\n> - a\n>     code\n",
	},
	"meetbot": {"Meeting summary\n---------------\n* a\n  * ACTION: qx, quietly to x  (qx, 1:2)\n"},
	"irc": {
		"[10:00] <qx> #startmeeting Quiet Person\n[10:01] <qx> #action qx to x\n[10:02] <chair> #topic Attendance\n",
		"10:00 <a> scribe+\n10:01 <a> Topic: quietly\n10:02 <a> Present: quietly said so\n10:03 <a> s/quietly/Quiet Person/G\n",
		"10:00 <a> scribe+\n10:01 <a> Quiet\n10:02 <a> … Person\n10:03 <a> ACTION: A1: x - due 2018-99-99\n",
	},
}
