package output

import (
	"os"
	"path/filepath"
	"testing"
)

// wantRefused fails unless Check and Publish refuse dir and leave everything in folder as it is.
func wantRefused(t *testing.T, dir, folder string, o Options, reason string) {
	t.Helper()
	before, err := read(folder)
	if err != nil {
		t.Fatal(err)
	}
	refused(t, Check(dir, o), reason)
	_, err = Publish(t.Context(), dir, tree{"a": "1"}.snapshot(), o)
	refused(t, err, reason)
	wantTree(t, folder, before)
}

func TestRefusedPlaces(t *testing.T) {
	root := t.TempDir()
	plant(t, root, tree{"home/me/x": "1", "work/project/content/a.md": "1", "work/project/layouts/": ""})
	project := filepath.Join(root, "work", "project")
	t.Setenv("HOME", filepath.Join(root, "home", "me"))
	t.Chdir(project)
	o := Options{Protected: []string{"content", "layouts", "not there yet"}}
	tests := []struct{ dir, reason string }{
		{"", "no folder is named"},
		{"/", "root of the file system"},
		{filepath.Join(root, "home", "me"), "home folder"},
		{filepath.Join(root, "home"), "home folder"},
		{".", "working folder"},
		{"..", "working folder"},
		{"content/..", "working folder"},
		{"content", "sources are read"},
		{"content/", "sources are read"},
		{filepath.Join(project, "layouts"), "sources are read"},
		{"not there yet", "sources are read"},
		{"content/a.md", "not a folder"},
		{"content/a.md/public", "a file is in the way"},
	}
	for _, test := range tests {
		t.Run(test.dir, func(t *testing.T) { wantRefused(t, test.dir, root, o, test.reason) })
	}
	for _, dir := range []string{"public", "content/public", "new/deep/public"} {
		if err := Check(dir, o); err != nil {
			t.Errorf("%s: %v", dir, err)
		}
	}
}

func TestRefusedFolderAboveSources(t *testing.T) {
	root := t.TempDir()
	plant(t, root, tree{"empty/sub/content/": ""})
	o := Options{Protected: []string{filepath.Join(root, "empty", "sub", "content")}}
	wantRefused(t, filepath.Join(root, "empty"), root, o, "sources are read")
}

func TestRefusedContents(t *testing.T) {
	const version = `{"version":1,"files":[`
	tests := map[string]struct {
		holds  tree
		reason string
	}{
		"not ours":            {tree{"thesis.txt": "1"}, "Minutebook did not make it"},
		"folders":             {tree{"empty/": ""}, "Minutebook did not make it"},
		"git repository":      {tree{".git/HEAD": "ref"}, "git repository"},
		"git worktree":        {tree{".git": "gitdir: x", ".gitignore": "*"}, "git repository"},
		"ours, but git":       {tree{".git": "gitdir: x", manifestName: version + `]}`}, "git repository"},
		"manifest cut off":    {tree{manifestName: version}, "damaged"},
		"manifest empty":      {tree{manifestName: ""}, "damaged"},
		"manifest from later": {tree{manifestName: `{"version":2}`}, "version 2"},
		"manifest leads up":   {tree{manifestName: version + `{"path":"../x"}]}`}, "damaged"},
		"manifest absolute":   {tree{manifestName: version + `{"path":"/x"}]}`}, "damaged"},
		"manifest is link":    {tree{manifestName: "-> /etc/passwd"}, "not a regular file"},
		"manifest of itself":  {tree{manifestName: version + `{"path":".minutebook-lock"}]}`}, "damaged"},
		"journal leads up":    {tree{manifestName: version + `]}`, journalName: version + `{"path":"a/../../x"}]}`}, "damaged"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			plant(t, filepath.Join(root, "out"), test.holds)
			wantRefused(t, filepath.Join(root, "out"), root, Options{}, test.reason)
		})
	}
}

func TestRefusedLinks(t *testing.T) {
	root := t.TempDir()
	plant(t, root, tree{
		"theirs/thesis.txt": "1", "file": "1",
		"to theirs": "-> theirs", "to file": "-> file", "to nothing": "-> nothing", "to root": "-> /", "to itself": "-> .",
	})
	tests := map[string]string{
		"to theirs":         "Minutebook did not make it",
		"to file":           "not a folder",
		"to nothing":        "symbolic link to nothing",
		"to nothing/public": "symbolic link to nothing",
		"to root":           "root of the file system",
		"to itself":         "Minutebook did not make it",
	}
	for name, reason := range tests {
		t.Run(name, func(t *testing.T) { wantRefused(t, filepath.Join(root, name), root, Options{}, reason) })
	}
}

// TestLinkToFolder shows that a link to an output folder stays, and leads to the new site.
func TestLinkToFolder(t *testing.T) {
	bothWays(t, func(t *testing.T, o Options) {
		root := t.TempDir()
		plant(t, root, tree{"www/site/": "", "project/public": "-> ../www/site"})
		dir := filepath.Join(root, "project", "public")
		for _, site := range []tree{{"a": "1"}, {"b": "2"}} {
			publish(t, dir, site, o)
			wantTree(t, filepath.Join(root, "www", "site"), site)
		}
		if _, err := os.Readlink(dir); err != nil {
			t.Error(err)
		}
		wantNothingBeside(t, dir)
	})
}

func TestGitFilesCountAsEmpty(t *testing.T) {
	bothWays(t, func(t *testing.T, o Options) {
		dir := filepath.Join(t.TempDir(), "public")
		git := tree{".gitignore": "*", ".gitkeep": "", ".gitattributes": ""}
		plant(t, dir, git)
		publish(t, dir, tree{"a": "1"}, o)
		wantTree(t, dir, git.with(tree{"a": "1"}))
	})
}
