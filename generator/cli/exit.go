package cli

import (
	"strings"

	"github.com/spf13/cobra"
)

// An ending says for the help of a command when it ends with OK, and when with
// Problems; empty where it never does.
type ending struct {
	ok, problems string
	lasting      bool // it goes on until a signal ends it
}

// unusable is how commands end that only read.
const unusable = "the configuration cannot be used"

// imported is how commands end that make documents of what is there already.
var imported = ending{ok: "the files are written, or were before", problems: "something cannot be read, or " + unusable}

// endings are those of all commands, by what is typed after the program's name.
var endings = map[string]ending{
	"serve":          {lasting: true},
	"build":          {ok: "the site is published", problems: "nothing is published, because of what the content or the layouts hold"},
	"check":          {ok: "there is no error, and with --strict no warning", problems: "there is one"},
	"diff":           {ok: "the change is told, whatever it is", problems: "a document takes too long to read"},
	"list":           {ok: "the list is printed, also when it is empty", problems: unusable},
	"digest":         {ok: "the text is printed", problems: unusable},
	"new":            {ok: "the file is written", problems: "nothing is written, because of what the content holds"},
	"status":         {ok: "the status is written, or is there already", problems: "nothing is written: the lifecycle does not have the move"},
	"supersede":      {ok: "it is written, or is there already", problems: "nothing is written, because of what the documents say"},
	"close":          {ok: "it is written, or is there already, whatever the notes lack", problems: "nothing is written, because of what the document says"},
	"rename":         {ok: "the file is moved", problems: "nothing is moved: something is in the way"},
	"fmt":            {ok: "the files are as they should be", problems: "with --check: some are not"},
	"init":           {ok: "the files are written, or were before"},
	"inspect":        {ok: "the report is printed, whatever it says"},
	"explain":        {ok: "it is explained"},
	"schema":         {ok: "the schema is written", problems: unusable},
	"import mail":    imported,
	"import meetbot": imported,
	"import irc":     imported,
	"layouts list":   {ok: "the layouts are listed"},
	"layouts copy":   {ok: "the layouts are copied"},
	"version":        {ok: "the version is printed"},
}

// exitCodes is the annotation that the help of a command prints.
const exitCodes = "exit codes"

// tellEndings makes the help of all commands tell their exit codes.
func tellEndings(root *cobra.Command) {
	root.SetUsageTemplate(root.UsageTemplate() + "{{with index .Annotations \"" + exitCodes + "\"}}\nExit codes:\n{{.}}{{end}}")
	for _, c := range root.Commands() {
		for _, c := range append(c.Commands(), c) {
			name := strings.TrimPrefix(c.CommandPath(), root.Name()+" ")
			if e, known := endings[name]; known {
				c.Annotations = map[string]string{exitCodes: e.String()}
			}
		}
	}
}

func (e ending) String() string {
	var b strings.Builder
	if e.ok != "" {
		b.WriteString("  0  " + e.ok + "\n")
	}
	if e.problems != "" {
		b.WriteString("  1  " + e.problems + "\n")
	}
	b.WriteString("  2  wrong use: a flag, an argument, a folder that cannot be it\n")
	b.WriteString("  3  the world failed: a disk, a permission\n")
	if e.lasting {
		b.WriteString("  130, 143  a signal ended it\n")
	}
	return b.String()
}
