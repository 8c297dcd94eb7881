// Package begin makes the files that a repository needs to be published by
// Minutebook: its settings, a first page, and workflows. It makes texts, and knows
// nothing of what is there already.
package begin

import (
	"embed"
	"path"
	"strings"

	"minutebook/generator/config"
)

//go:embed files
var files embed.FS

// Action is the folder of the action in a repository that has one.
const Action = ".github/actions/minutebook"

// Baseline is the file, at the top of a repository, of the problems that it had
// when it began, for a check of everything.
const Baseline = ".minutebook-baseline.txt"

// A Plan says what is to begin.
type Plan struct {
	Content   string // folder of the documents, from the top of the repository
	Settings  string // text of minutebook.yaml; "" for none
	FirstPage string // title of the page that introduces the site; "" for no page
	Workflows bool   // the repository's host runs them
	Branch    string // that is published; "" is main
	Action    string // that the workflows use: ./.github/actions/minutebook, or OWNER/NAME/PATH@COMMIT
}

// A File is one that is to be written.
type File struct {
	Path string // from the top of the repository
	Data []byte
	What string // what it is, in a few words
}

// Files are the files of a plan, the settings first.
func Files(p Plan) []File {
	var list []File
	add := func(name, text, what string) { list = append(list, File{name, []byte(text), what}) }
	if p.Settings != "" {
		add(path.Join(p.Content, config.FileName), p.Settings, "the settings of the site")
	}
	if p.FirstPage != "" {
		add(path.Join(p.Content, "index.md"), firstPage(p.FirstPage), "the page that introduces the site")
	}
	if p.Workflows {
		add(".github/workflows/minutebook-check.yml", p.workflow("check"), "checks each pull request")
		add(".github/workflows/minutebook-publish.yml", p.workflow("publish"), "publishes the site to Pages")
	}
	return list
}

func firstPage(title string) string {
	return "# " + title + "\n\nWhat is proposed, what was decided, and the minutes of our meetings.\n\n" +
		"Everything here is a file that can be changed in a pull request. To propose\nsomething, add a file to the others.\n"
}

// Incomplete reports whether an action still lacks its owner or its revision.
func Incomplete(action string) bool {
	return strings.HasPrefix(action, "OWNER/") || strings.HasSuffix(action, "@COMMIT")
}

// workflow is a workflow with the blanks filled in.
func (p Plan) workflow(name string) string {
	text, err := files.ReadFile("files/" + name + ".yml")
	if err != nil {
		panic("begin: " + err.Error()) // it is embedded
	}
	uses := "uses: " + p.Action
	if Incomplete(p.Action) {
		uses = "# OWNER is whose Minutebook you use, and COMMIT one of its revisions.\n        " + uses
	}
	branch := p.Branch
	if branch == "" {
		branch = "main"
	}
	return strings.NewReplacer("{{ACTION}}", uses, "{{CONTENT}}", quoted(p.Content), "{{BRANCH}}", quoted(branch)).Replace(string(text))
}

// quoted is a text as YAML. An expression of a workflow in it would be replaced.
func quoted(s string) string {
	if s != "." && !strings.ContainsFunc(s, func(r rune) bool {
		return !('a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9' || strings.ContainsRune("-./_", r))
	}) {
		return s
	}
	return "'" + strings.ReplaceAll(strings.ReplaceAll(s, "'", "''"), "${{", "${ {") + "'"
}
