package generator_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"minutebook/generator/begin"
)

// pins are the only actions of others that are used, with the commits of their
// releases.
var pins = []string{
	"actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1",
	"actions/setup-go@b7ad1dad31e06c5925ef5d2fc7ad053ef454303e # v7.0.0",
	"actions/configure-pages@983d7736d9b0ae728b81ab479565c72886d7745b # v5.0.0",
	"actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0",
	"actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0",
	"actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0",
}

// ownAction is how workflows of this repository name its action.
const ownAction = "./.github/actions/minutebook"

type workflow struct {
	On          map[string]any    `yaml:"on"`
	Permissions map[string]string `yaml:"permissions"`
	Concurrency map[string]string `yaml:"concurrency"`
	Jobs        map[string]struct {
		Permissions map[string]string `yaml:"permissions"`
		Timeout     int               `yaml:"timeout-minutes"`
		Steps       []workflowStep    `yaml:"steps"`
	} `yaml:"jobs"`
}

type workflowStep struct {
	Name string            `yaml:"name"`
	Uses string            `yaml:"uses"`
	Run  string            `yaml:"run"`
	With map[string]string `yaml:"with"`
	Env  map[string]string `yaml:"env"`
}

type compositeAction struct {
	Inputs map[string]struct {
		Default string `yaml:"default"`
	} `yaml:"inputs"`
	Runs struct {
		Steps []workflowStep `yaml:"steps"`
	} `yaml:"runs"`
}

func readYAML(t *testing.T, name string, into any) (text string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(data, into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return string(data)
}

func readWorkflow(t *testing.T, name string) (w workflow) {
	t.Helper()
	readYAML(t, "../.github/workflows/"+name, &w)
	return w
}

func readAction(t *testing.T) (a compositeAction) {
	t.Helper()
	readYAML(t, "../"+ownAction+"/action.yml", &a)
	return a
}

// Workflows run for strangers: nothing has more rights than it needs, and what
// it runs cannot change under it.
func TestWorkflowsAreCareful(t *testing.T) {
	names, err := filepath.Glob("../.github/workflows/*.yml")
	if err != nil || len(names) < 3 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		var w workflow
		text := readYAML(t, name, &w)
		careful(t, name, text, w)
	}
	a := readAction(t)
	carefulSteps(t, "the action", a.Runs.Steps)
	pinned(t, "the action", readYAML(t, "../"+ownAction+"/action.yml", &a))
}

// careful checks what holds for every workflow.
func careful(t *testing.T, name, text string, w workflow) {
	t.Helper()
	if w.Permissions == nil || len(w.Permissions) > 0 {
		t.Errorf("%s does not begin with permissions: {}", name)
	}
	if w.Concurrency["group"] == "" {
		t.Errorf("%s has no concurrency", name)
	}
	for event := range w.On {
		if !slices.Contains([]string{"pull_request", "push", "schedule", "workflow_dispatch"}, event) {
			t.Errorf("%s runs on %s", name, event)
		}
	}
	for id, job := range w.Jobs {
		_, strangers := w.On["pull_request"]
		if job.Permissions == nil || job.Timeout == 0 || strangers && (len(job.Permissions) > 1 || job.Permissions["contents"] != "read") {
			t.Errorf("%s: the job %s has permissions %v and a timeout of %d minutes", name, id, job.Permissions, job.Timeout)
		}
		if job.Permissions["pages"] == "write" && len(job.Steps) > 1 {
			t.Errorf("%s: the job %s does more than to deploy", name, id)
		}
		carefulSteps(t, name, job.Steps)
	}
	pinned(t, name, text)
}

func carefulSteps(t *testing.T, name string, steps []workflowStep) {
	t.Helper()
	for _, s := range steps {
		if strings.Contains(s.Run, "${{") {
			t.Errorf("%s: what is run depends on an expression: %s", name, s.Run)
		}
		if strings.HasPrefix(s.Uses, "actions/checkout@") && s.With["persist-credentials"] != "false" {
			t.Errorf("%s: the checkout leaves its token behind", name)
		}
	}
}

// Workflows that init writes are as careful as our own, whatever the folder and
// the branch are called, and give the action nothing that it does not know.
func TestBegunWorkflowsAreCareful(t *testing.T) {
	inputs := readAction(t).Inputs
	for _, content := range []string{"docs", ".", "a: 'b' #c", "${{ github.token }}"} {
		plan := begin.Plan{Content: content, Branch: content, Workflows: true, Action: ownAction}
		files := begin.Files(plan)
		if len(files) != 2 {
			t.Fatalf("%d workflows", len(files))
		}
		for _, f := range files {
			var w workflow
			if err := yaml.Unmarshal(f.Data, &w); err != nil {
				t.Fatalf("%s for %q: %v", f.Path, content, err)
			}
			careful(t, f.Path, string(f.Data), w)
			used := 0
			for _, job := range w.Jobs {
				for _, s := range job.Steps {
					for name, value := range s.With {
						if _, known := inputs[name]; s.Uses == ownAction && !known {
							t.Errorf("%s: the action has no input %s", f.Path, name)
						}
						if strings.Contains(value, "github.token") && strings.Contains(value, "${{") {
							t.Errorf("%s: %s is replaced by the runner: %s", f.Path, name, value)
						}
					}
					if s.Uses == ownAction {
						used++
						if want := strings.ReplaceAll(content, "${{", "${ {"); s.With["content"] != want {
							t.Errorf("%s: the folder is %q", f.Path, s.With["content"])
						}
					}
				}
			}
			if used != 1 {
				t.Errorf("%s uses the action %d times", f.Path, used)
			}
		}
	}
}

var uses = regexp.MustCompile(`(?m)^\s*(?:- )?uses: (.+)$`)

func pinned(t *testing.T, name, text string) {
	t.Helper()
	for _, m := range uses.FindAllStringSubmatch(text, -1) {
		if m[1] != ownAction && !slices.Contains(pins, m[1]) {
			t.Errorf("%s uses %s, which is not pinned as it should be", name, m[1])
		}
	}
}

var shownWorkflow = regexp.MustCompile("(?s)```yaml\n(name: .*?)```")

// The workflows that the guide shows are as careful as those of this repository,
// and its table has the inputs of the action.
func TestWorkflowsOfTheGuide(t *testing.T) {
	ours, n := readAction(t), 0
	for _, name := range []string{"publishing.md", "pull-requests.md"} {
		page, err := os.ReadFile("../content/guide/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range shownWorkflow.FindAllStringSubmatch(string(page), -1) {
			n++
			text := strings.ReplaceAll(m[1], "OWNER/minutebook/.github/actions/minutebook@COMMIT", ownAction)
			pinned(t, name, text)
			var w struct {
				Permissions map[string]string `yaml:"permissions"`
				Jobs        map[string]struct {
					Permissions map[string]string `yaml:"permissions"`
					Timeout     int               `yaml:"timeout-minutes"`
					Steps       []workflowStep    `yaml:"steps"`
				} `yaml:"jobs"`
			}
			if err := yaml.Unmarshal([]byte(text), &w); err != nil || w.Permissions == nil || len(w.Permissions) > 0 || len(w.Jobs) == 0 {
				t.Errorf("%s: a workflow that is not careful: %v", name, err)
			}
			for id, job := range w.Jobs {
				if job.Permissions == nil || job.Timeout == 0 {
					t.Errorf("%s: the job %s has permissions %v and a timeout of %d minutes", name, id, job.Permissions, job.Timeout)
				}
				carefulSteps(t, name, job.Steps)
				for _, s := range job.Steps {
					for input := range s.With {
						if _, known := ours.Inputs[input]; s.Uses == ownAction && !known {
							t.Errorf("%s: the action has no input %s", name, input)
						}
					}
				}
			}
		}
		if name == "pull-requests.md" {
			inputTable(t, string(page), ours)
		}
	}
	if n != 2 {
		t.Errorf("the guide shows %d workflows", n)
	}
}

// inputTable compares the guide's table of inputs with those of the action.
func inputTable(t *testing.T, page string, ours compositeAction) {
	t.Helper()
	_, table, _ := strings.Cut(page, "| Input |")
	table, _, _ = strings.Cut(table, "\n\n")
	told := map[string]string{}
	for line := range strings.Lines(table) {
		if cells := strings.Split(strings.TrimSpace(line), "|"); strings.HasPrefix(line, "| `") {
			told[strings.Trim(cells[1], " `")] = strings.Trim(cells[len(cells)-2], " `")
		}
	}
	for name, input := range ours.Inputs {
		if got, ok := told[name]; !ok || got != input.Default {
			t.Errorf("the guide says of the input %s that it is %q unless set, and it is %q", name, got, input.Default)
		}
		delete(told, name)
	}
	if len(told) > 0 {
		t.Errorf("the guide tells of inputs that are not there: %v", told)
	}
}

var templateLink = regexp.MustCompile(`\]\(([^)]*)\)`)

// Templates lead to files that are there, and say what merging means.
func TestTemplatesLeadToFiles(t *testing.T) {
	names, err := filepath.Glob("../.github/ISSUE_TEMPLATE/*.yml")
	if err != nil || len(names) != 4 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		var form struct {
			Name, Description string
			Body              []struct{ Type string }
		}
		text := readYAML(t, name, &form)
		if filepath.Base(name) == "config.yml" {
			continue
		}
		if form.Name == "" || form.Description == "" || len(form.Body) < 2 || !strings.Contains(text, "erging ") {
			t.Errorf("%s is not a form that says what merging means", name)
		}
		for _, m := range templateLink.FindAllStringSubmatch(text, -1) {
			file := regexp.MustCompile(`^\.\./(blob/HEAD|tree/HEAD|new/main)/`).ReplaceAllString(m[1], "../")
			if _, err := os.Stat(file); err != nil || file == m[1] {
				t.Errorf("%s links to %s: %v", name, m[1], err)
			}
		}
	}
	data, err := os.ReadFile("../.github/PULL_REQUEST_TEMPLATE.md")
	if err != nil || !strings.Contains(string(data), "It is not approval") {
		t.Errorf("the template of pull requests does not say that merging is not approval (%v)", err)
	}
	for _, file := range regexp.MustCompile(`content/[\w/.-]*\w`).FindAllString(string(data), -1) {
		if _, err := os.Stat("../" + file); err != nil {
			t.Error(err)
		}
	}
}
