package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"minutebook/generator/intake"
	"minutebook/generator/source"
)

const someone = "From: Chair <chair@example.org>\nSubject: x\nDate: Tue, 20 Mar 2018 14:00:00 +0000\nMessage-ID: <x@example.org>\n"

// Input that is made to cost much ends in a message that says why, or in a
// document; see the limits of the readers.
func TestLimits(t *testing.T) {
	o := settings(t, source.NewTree())
	for _, test := range []struct {
		name, reader, input string
		want                string // in a remark; "" for a document
	}{
		{"a header of many lines", "mail", someone + "X: y\n" + strings.Repeat(" z\n", 100_000) + "\nx", "more than 256 KiB"},
		{"a header of many fields", "mail", someone + strings.Repeat("X: y\n", 2000) + "\nx", "more than 1000 fields"},
		{"one field without end", "mail", someone + "X: " + strings.Repeat("y", 1<<20), "more than 256 KiB"},
		{"many addresses", "mail", "From: " + strings.Repeat("a@example.org, ", 10_000) + "\nSubject: x\n\nx", ""},
		{"a long subject", "mail", "Subject: " + strings.Repeat("=?utf-8?q?x?= ", 10_000) + "\n\nx", ""},
		{"parts in parts", "mail", someone + nested(100), "more than 20 deep"},
		{"many parts", "mail", someone + "Content-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\nx\n", 5000), "more than 500 parts"},
		{"a long text", "mail", someone + "\n" + strings.Repeat("word ", 200_000), "more than 512 KiB"},
		{"an endless line", "mail", someone + "\n" + strings.Repeat("x", 400_000), ""},
		{"deep quotations", "mail", someone + "\n" + strings.Repeat(strings.Repeat(">", 500)+" x\n", 500) + "own\n", ""},
		{"deep lists", "mail", someone + "\n" + deepList(300), ""},
		{"deep HTML", "mail", someone + "Content-Type: text/html\n\n" + strings.Repeat("<div><ul><li>", 20_000) + "x", ""},
		{"open HTML", "mail", someone + "Content-Type: text/html\n\n" + strings.Repeat("<b><i><a href=x><p>", 10_000) + "x", ""},
		{"signatures upon signatures", "mail", someone + "\nx\n" + strings.Repeat("-- \n", 100_000), ""},
		{"flowed lines", "mail", someone + "Content-Type: text/plain; format=flowed\n\n" + strings.Repeat("a \n", 100_000), ""},
		{"many marks", "mail", someone + "\n" + strings.Repeat("**_[](", 50_000), "emphasis marks"},
		{"nothing but controls", "mail", someone + "\n" + strings.Repeat("\x00\x1b\u202e", 10_000), "has no text"},
		{"a mailbox of many", "mail", strings.Repeat("From x Tue Mar 20 14:00:00 2018\nMessage-ID: <a@example.org>\n\n\n", 3000), "more than 2000 messages"},
		{"a mailbox of nothing", "mail", strings.Repeat("From x Tue Mar 20 14:00:00 2018\n\n", 3000), "no message that can be read"},
		{"a long log", "irc", strings.Repeat("[10:00] <a> #info x\n", 200_000), "more than 100000 lines"},
		{"many notes", "irc", strings.Repeat("[10:00] <a> #info x\n", 6000), "more than 5000 lines"},
		{"many corrections", "irc", "[10:00] <a> scribe+\n" + strings.Repeat("[10:00] <a> x\n[10:01] <a> s/x/xx/G\n", 1500), ""},
		{"many people", "irc", people(20_000), ""},
		{"long minutes", "meetbot", "Meeting summary\n---------------\n" + strings.Repeat("* x  (a, 10:00)\n", 10_000), "more than 5000 lines"},
		{"minutes in one item", "meetbot", "Meeting summary\n---------------\n* x\n" + strings.Repeat("  y\n", 100_000), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			drafts, remarks := readers[test.reader]([]intake.Input{{Name: "in-2018-03-20.txt", Data: []byte(test.input)}}, o)
			told := fmt.Sprint(remarks)
			if test.want == "" && len(drafts) == 0 || !strings.Contains(told, test.want) {
				t.Errorf("%d documents and %s, want %q", len(drafts), told[:min(len(told), 500)], test.want)
			}
			for _, d := range drafts[:min(len(drafts), 1)] {
				checkDraft(t, o, d)
			}
		})
	}
}

func nested(depth int) string {
	var b strings.Builder
	for i := range depth {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	return b.String() + "\nx"
}

func deepList(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat(" ", i*2) + "- x\n")
	}
	return b.String()
}

func people(n int) string {
	var b strings.Builder
	b.WriteString("[10:00] <a> #startmeeting x\n")
	for i := range n {
		fmt.Fprintf(&b, "[10:00] <n%d> hello\n", i)
	}
	return b.String()
}
