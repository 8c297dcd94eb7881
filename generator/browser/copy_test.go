package browser_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
)

// copied is what came of pressing the button of a page that copies a text.
type copied struct {
	Got, Want string // the text that was copied, and that of the page
	Said      string // to those who do not see the button
	Open      bool   // the text is shown
	Marked    string // the selection
	Focused   bool   // the button still has the focus
}

// pressCopy presses the button in a browser whose ways to copy were replaced.
const pressCopy = `(async () => {
	let got = "";
	const way = "WAY", command = way !== "refused";
	document.execCommand = () => { if (command) got = document.activeElement.value; return command };
	const write = text => way === "clipboard" ? (got = text, Promise.resolve()) : Promise.reject(new Error("refused"));
	Object.defineProperty(navigator, "clipboard", {value: way === "none" ? undefined : {writeText: write}});
	const button = document.querySelector("[data-copy]"), from = document.getElementById(button.dataset.copy);
	if (!button.checkVisibility()) return {said: "the button is hidden"};
	button.focus();
	button.click();
	await new Promise(done => setTimeout(done));
	return {
		got, want: from.textContent, said: document.querySelector("[data-copy] + [role=status]").textContent,
		open: from.closest("details").open, marked: getSelection().toString(), focused: document.activeElement === button,
	};
})()`

// A button copies the template for notes, what came in for an event, and the mail
// of the last week, from disk too; where nothing can be copied the text is shown and marked. What
// happened is said.
func TestCopy(t *testing.T) {
	base := publish(t, build(t, example(t)).Snapshot)
	tb := newTab(t)
	for page, part := range map[string]string{
		"meetings/2018-04-03-ops-meetups-team.html": "## Attendance\n",
		"events/forum-2018-vancouver.html":          "## Upgrades (heard at 3 events)\n",
		"changes.html":                              "* 2018-03-27 Took place: Ops Meetups Team, 27 March 2018\n",
	} {
		for _, way := range []string{"clipboard", "none", "command", "refused"} {
			tb.load(at(base, page))
			c := eval[copied](tb, strings.Replace(pressCopy, "WAY", way, 1))
			if way == "refused" {
				if c.Got != "" || !c.Open || strings.TrimSpace(c.Marked) != strings.TrimSpace(c.Want) || !strings.Contains(c.Said, "could not be copied") {
					t.Errorf("%s, %s: %+v", page, way, c)
				}
				continue
			}
			if c.Got != c.Want || !strings.Contains(c.Got, part) || c.Said != "Copied." || c.Open || !c.Focused {
				t.Errorf("%s, %s: %+v", page, way, c)
			}
		}
	}
}

// Without script the text is there, and no button that would do nothing.
func TestCopyWithoutScript(t *testing.T) {
	base := publish(t, build(t, example(t)).Snapshot)
	tb := newTab(t)
	call(tb, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	tb.load(at(base, "events/forum-2018-vancouver.html"))
	if eval[bool](tb, `document.querySelector("[data-copy]").checkVisibility()`) {
		t.Error("the button is shown")
	}
	if !eval[bool](tb, `document.getElementById("mb-incoming-text").textContent.includes("heard at 3 events")`) {
		t.Error("the text is not there")
	}
}
