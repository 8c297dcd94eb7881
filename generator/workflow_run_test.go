package generator_test

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"minutebook/generator/diag"
)

// A runner runs the steps of workflows as they stand, in a repository of its
// own, with what a runner of GitHub Actions sets.
type runner struct {
	repository, temp, home string
	path                   string
	summary                string // file
}

func newRunner(t *testing.T) *runner {
	t.Helper()
	for _, name := range []string{"bash", "git", "go"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skip(err)
		}
	}
	r := &runner{repository: t.TempDir(), temp: t.TempDir(), home: t.TempDir(), path: os.Getenv("PATH")}
	r.summary = filepath.Join(r.temp, "summary.md")
	return r
}

// program builds the program and puts it on the path.
func (r *runner) program(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("go", "build", "-C", "..", "-o", dir+string(os.PathSeparator), ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	r.path = dir + string(os.PathListSeparator) + r.path
}

// script runs a script as "shell: bash" does and returns what it prints, for the
// log, and its exit code.
func (r *runner) script(t *testing.T, script string, env map[string]string) (log string, code int) {
	t.Helper()
	file, paths := filepath.Join(r.temp, "step.sh"), filepath.Join(r.temp, "path")
	write(t, file, script)
	write(t, paths, "")
	c := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", file)
	c.Dir = r.repository
	for _, e := range os.Environ() {
		if name, _, _ := strings.Cut(e, "="); !strings.HasPrefix(name, "GITHUB_") && !strings.HasPrefix(name, "GIT_") {
			c.Env = append(c.Env, e)
		}
	}
	c.Env = append(c.Env, "PATH="+r.path, "CI=true", "GITHUB_ACTIONS=true", "GITHUB_WORKSPACE="+r.repository, "GITHUB_STEP_SUMMARY="+r.summary,
		"GITHUB_PATH="+paths, "GITHUB_HEAD_REF="+hostileBranch, "RUNNER_TEMP="+r.temp, "GIT_CONFIG_GLOBAL=/dev/null")
	for name, value := range env {
		c.Env = append(c.Env, name+"="+value)
	}
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	err := c.Run()
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(read(t, paths)) {
		r.path = strings.TrimSpace(line) + string(os.PathListSeparator) + r.path
	}
	return out.String(), code
}

// action runs the steps of our action that run something, but for those that
// are left out by name.
func (r *runner) action(t *testing.T, with, known map[string]string, without string) (log string, code int) {
	t.Helper()
	a := readAction(t)
	values := maps.Clone(known)
	for name, input := range a.Inputs {
		values["inputs."+name] = input.Default
	}
	for name, value := range with {
		if _, ok := a.Inputs[name]; !ok {
			t.Fatalf("the action has no input %s", name)
		}
		values["inputs."+name] = evaluated(t, value, known)
	}
	for _, s := range a.Runs.Steps {
		if s.Run == "" || s.Name == without {
			continue
		}
		env := map[string]string{}
		for name, value := range s.Env {
			env[name] = evaluated(t, value, values)
		}
		if log, code = r.script(t, s.Run, env); code != 0 {
			return log, code
		}
	}
	return log, code
}

var expression = regexp.MustCompile(`\$\{\{\s*(.*?)\s*\}\}`)

// evaluated is a value of a workflow with its expressions replaced.
func evaluated(t *testing.T, text string, values map[string]string) string {
	t.Helper()
	return expression.ReplaceAllStringFunc(text, func(e string) string {
		name := expression.FindStringSubmatch(e)[1]
		value, ok := values[name]
		if !ok {
			t.Fatalf("this test does not know what %s is", name)
		}
		return value
	})
}

// git runs git in the repository and returns what it prints.
func (r *runner) git(t *testing.T, args ...string) string {
	t.Helper()
	c := exec.Command("git", append([]string{"-c", "user.name=anna", "-c", "user.email=anna@example.org"}, args...)...)
	c.Dir = r.repository
	c.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_CONFIG_NOSYSTEM=1")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("git %v: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

func (r *runner) commit(t *testing.T, message string, files map[string]string) string {
	t.Helper()
	for name, text := range files {
		write(t, filepath.Join(r.repository, "content", name), text)
	}
	r.git(t, "add", "-A")
	r.git(t, "commit", "-q", "-m", message)
	return r.git(t, "rev-parse", "HEAD")
}

// What strangers choose: the name of their branch, names of files, messages of
// commits, and what stands in documents.
const (
	hostileBranch = "$(touch${IFS}pwned);`touch${IFS}pwned`\"'|x"
	hostileName   = "$(touch pwned);`touch pwned`\"'|&##[error]x%0A::error::y"
	hostileText   = "##[error]x ::error::y %0A::set-output name=z:: $(touch pwned) `touch pwned` @anna #1 <img src=x onerror=alert(1)> [x](https://example.org)"
)

// A pull request of strangers is told, checked and built, and nothing of it is
// obeyed.
func TestPullRequestWorkflow(t *testing.T) {
	r := newRunner(t)
	r.program(t)
	r.git(t, "init", "-q", "-b", "main")
	base := r.commit(t, "one", map[string]string{
		"minutebook.yaml":   "today: 2018-04-02\n",
		"proposals/fine.md": "---\ntitle: Meet together\nstatus: draft\n---\n",
	})
	r.git(t, "checkout", "-q", "-b", hostileBranch)
	r.commit(t, "::error::x\n\n"+hostileText, map[string]string{
		"minutebook.yaml":                  "today: 2018-04-02\nhtml: unsafe\nlink-schemes: [evil]\nrules: {broken-link: info}\n",
		"proposals/fine.md":                "---\ntitle: Meet together\nstatus: review\ndecide-by: 2018-04-04\nauthors: [team]\ndecision-makers: [team]\n---\n",
		"proposals/" + hostileName + ".md": "---\ntitle: '" + hostileText + "'\nstatus: " + hostileText + "\n---\n\n<script>alert(1)</script>\n\n[" + hostileText + "](gone.md)\n",
		"pages/broken.md":                  "---\n" + hostileText + ": [\n::error::x\n---\n",
		"meetings/2018-03-20-x.md":         "::error::x\n\n- [ ] Action (@anna): " + hostileText + "\n",
	})
	w := readWorkflow(t, "check.yml")
	var log string
	code, ran := 0, 0
	for _, s := range w.Jobs["documents"].Steps {
		if s.Uses == ownAction {
			log, code = r.action(t, s.With, map[string]string{"github.event.pull_request.base.sha": base, "github.action_path": "none"}, "Build the program")
			ran++
		}
	}
	if ran != 1 || code != 1 || !strings.Contains(log, "::error file=content/") || !strings.Contains(log, "title=broken-link::") {
		t.Errorf("it ran %d times, exit code %d\n%s", ran, code, log)
	}
	summary := read(t, r.summary)
	if !strings.Contains(summary, "**Status:** Draft → In discussion, decision due 4 April 2018\n") || !strings.Contains(summary, "broken-link") {
		t.Error(summary)
	}
	text := regexp.MustCompile("`[^`\n]*`").ReplaceAllString(summary, "")
	for _, bad := range []string{"<img", "](https://example.org", "<script", "@anna", "#1 "} {
		if strings.Contains(text, bad) {
			t.Errorf("the summary has %s\n%s", bad, summary)
		}
	}
	r.obeysNothing(t, log, summary)
	pages := 0
	for name, page := range r.pages(t, "site") {
		pages++
		if strings.Contains(page, "<script>alert") || regexp.MustCompile(`<img[^>]*onerror`).MatchString(page) {
			t.Errorf("the page %s has a script of strangers", name)
		}
	}
	if pages < 5 {
		t.Errorf("there are %d pages", pages)
	}
}

// annotation is the only command that is printed.
var annotation = regexp.MustCompile(`^::(error|warning|notice) (file=content/[^:,]*(,(line|endLine|col|endColumn)=\d+)*,)?title=[a-z-]+::`)

// obeysNothing looks for traces of what strangers want to be run.
func (r *runner) obeysNothing(t *testing.T, log, summary string) {
	t.Helper()
	for line := range strings.Lines(log + summary) {
		line = strings.TrimSuffix(line, "\n")
		if !annotation.MatchString(line) && diag.Printable(line) != line || strings.Contains(line, "##[") {
			t.Errorf("the runner would obey %q", line)
		}
	}
	for _, dir := range []string{r.repository, r.temp} {
		filepath.WalkDir(dir, func(name string, _ fs.DirEntry, err error) error {
			if filepath.Base(name) == "pwned" {
				t.Errorf("something made %s", name)
			}
			return err
		})
	}
}

// pages are the HTML files below a folder of the repository.
func (r *runner) pages(t *testing.T, dir string) map[string]string {
	t.Helper()
	pages := map[string]string{}
	err := filepath.WalkDir(filepath.Join(r.repository, dir), func(name string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(name, ".html") {
			pages[name] = read(t, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// The site is published with the address that Pages gives it.
func TestPublishWorkflow(t *testing.T) {
	r := newRunner(t)
	r.program(t)
	r.git(t, "init", "-q", "-b", "main")
	r.commit(t, "one", map[string]string{"README.md": "# Home\n"})
	for _, s := range readWorkflow(t, "publish.yml").Jobs["build"].Steps {
		if s.Uses != ownAction {
			continue
		}
		known := map[string]string{"steps.pages.outputs.base_url": "https://example.org/minutes", "github.action_path": "none"}
		if log, code := r.action(t, s.With, known, "Build the program"); code != 0 {
			t.Errorf("exit code %d\n%s", code, log)
		}
	}
	if log, code := r.action(t, map[string]string{"command": "diff check", "base": "main"}, map[string]string{"github.action_path": "none"}, "Build the program"); code != 0 {
		t.Errorf("exit code %d for what is right\n%s", code, log)
	}
	if page := read(t, filepath.Join(r.repository, "public/index.html")); !strings.Contains(page, "https://example.org/minutes/") {
		t.Errorf("the page does not know its address\n%s", page)
	}
}

// What settings bring to light in an old repository does not fail the change that
// adds them. What else the change does is not passed over, whatever it lists.
func TestActionPassesOverWhatIsOld(t *testing.T) {
	r := newRunner(t)
	r.program(t)
	r.git(t, "init", "-q", "-b", "main")
	old := r.commit(t, "one", map[string]string{"records/1.md": "---\nstatus: accepted\ndate: 2018-33-01\n---\n\n# One\n"})
	base := r.commit(t, "two", map[string]string{"minutebook.yaml": "kinds: {decision: {include: ['records/**']}}\n"})
	with := map[string]string{"command": "check", "base": old, "baseline": "known.txt"}
	known := map[string]string{"github.action_path": "none"}
	if log, code := r.action(t, with, known, "Build the program"); code != 0 {
		t.Errorf("exit code %d for the settings\n%s", code, log)
	}
	r.commit(t, "three", map[string]string{"records/2.md": "---\nstatus: accepted\ndate: 2018-44-01\n---\n\n# Two\n"})
	with["base"] = base
	if log, code := r.script(t, "minutebook check --baseline known.txt --write-baseline", nil); code != 0 {
		t.Fatalf("exit code %d\n%s", code, log)
	}
	log, code := r.action(t, with, known, "Build the program")
	if code != 1 || strings.Count(log, "title=bad-value::") != 1 || !strings.Contains(log, "1 more problem was there before\n") {
		t.Errorf("exit code %d for what is new\n%s", code, log)
	}
	if !strings.Contains(read(t, r.summary), "1 more problem was there before\n") {
		t.Errorf("the summary does not tell what was there\n%s", read(t, r.summary))
	}
	delete(with, "base")
	if log, code := r.action(t, with, known, "Build the program"); code != 0 {
		t.Errorf("exit code %d for what is known\n%s", code, log)
	}
}

// Wrong use of the action is told, and is no success.
func TestActionRefusesWrongUse(t *testing.T) {
	r := newRunner(t)
	r.program(t)
	r.git(t, "init", "-q", "-b", "main")
	r.commit(t, "one", map[string]string{"README.md": "# Home\n"})
	for _, with := range []map[string]string{{"command": "diff"}, {"command": "-x"}, {"command": "check *"}, {"content": "--help"}, {"command": "build diff", "base": "--help"}, {"command": "build diff", "base": "main", "preview-url": "x"}} {
		if log, code := r.action(t, with, map[string]string{"github.action_path": "none"}, "Build the program"); code != 2 {
			t.Errorf("%v: exit code %d\n%s", with, code, log)
		}
	}
}

// The action builds the program from its own revision and puts it on the path.
func TestActionBuildsTheProgram(t *testing.T) {
	if testing.Short() || os.Getenv("CI") == "" {
		t.Skip("it compiles everything with other flags; set CI to run it")
	}
	r := newRunner(t)
	path, err := filepath.Abs("../" + ownAction)
	if err != nil {
		t.Fatal(err)
	}
	if log, code := r.action(t, nil, map[string]string{"github.action_path": path}, "Run Minutebook"); code != 0 {
		t.Fatalf("exit code %d\n%s", code, log)
	}
	if log, code := r.script(t, "minutebook version", nil); code != 0 || !strings.HasPrefix(log, "minutebook ") {
		t.Errorf("exit code %d\n%s", code, log)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
