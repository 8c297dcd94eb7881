package inspect

import (
	"path"
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/document"
	"minutebook/generator/source"
)

// usual are the folders of a repository that documents are usually in, with other
// things beside them.
var usual = []string{"content", "docs", "doc", "documentation"}

// Folder is the folder of a repository's documents: where a minutebook.yaml is,
// else the usual folder that has all that look like proposals, decisions or
// minutes, else the top, which is ".".
func Folder(repository *source.Tree) string {
	for _, dir := range append([]string{"."}, usual...) {
		if repository.File(path.Join(dir, config.FileName)) != nil {
			return dir
		}
	}
	settings, _ := config.Load(source.NewTree())
	in := counter{}
	for _, f := range repository.Files() {
		if !source.IsMarkdown(f.Path) || vendoredIn(f.Path) != "" || document.IsTemplate(f.Path) {
			continue
		}
		if settings.KindOf(f.Path) != settings.Page() || looksLike(settings.Page(), f.Path, document.SurveyOf(f)) != "" {
			top, _, _ := strings.Cut(strings.ToLower(f.Path), "/")
			in[top]++
		}
	}
	for _, dir := range usual {
		if len(in) == 1 && in[dir] > 0 {
			return actual(repository, dir)
		}
	}
	return "."
}

// actual is the name of a folder as it is written.
func actual(repository *source.Tree, dir string) string {
	for _, f := range repository.Files() {
		if top, _, _ := strings.Cut(f.Path, "/"); strings.EqualFold(top, dir) {
			return top
		}
	}
	return dir
}

// TitleOf is the title of a repository by its README; "" when that has none.
func TitleOf(repository *source.Tree) string {
	for _, f := range repository.Files() {
		if !strings.Contains(f.Path, "/") && source.IsIndex(f.Path) {
			return document.SurveyOf(f).Title
		}
	}
	return ""
}
