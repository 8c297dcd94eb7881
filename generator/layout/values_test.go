package layout

import (
	"html/template"
	"os"
	"slices"
	"testing"
)

// The pages of the example that Minutebook was made for, by hand: a proposal to
// co-locate a meetup, two days before its deadline.

func frame(name, title string) Frame {
	return Frame{
		Layout: name, Language: "en", Direction: "ltr", Title: title,
		Description: "Proposals, meetings and decisions of the people who run the operators’ meetups.",
		Stylesheet:  "../assets/site.css", Script: "../assets/site.js", Icon: "../assets/icon.svg",
		Canonical: "https://example.org/" + name + ".html",
		Bar: Bar{Site: "Ops Meetup planning", Home: "../index.html", Search: "../search.html", Navigation: []NavigationItem{
			{Link{"Proposals", "../proposals/index.html"}, name == "proposal"},
			{Link{"Meetings", "../meetings/index.html"}, name == "meeting"},
			{Link{"Decisions", "../decisions/index.html"}, name == "decision"},
			{Link{"Events", "../events/index.html"}, name == "event"},
			{Link{"Topics", "../topics/index.html"}, name == "list"},
			{Link{"People", "../people/index.html"}, name == "person"},
			{Link{"Attention", "../attention.html"}, name == "attention"},
		}},
		Footer: []Link{{"How decisions are made", "../how.html"}, {"All documents", "../az.html"}},
		AsOf:   Day{ISO: "2018-04-02", Short: "2 Apr", Long: "Monday 2 April 2018"},
		Pinned: true,
		Edit:   "https://example.org/edit/" + name,
	}
}

var (
	review   = &Status{"In discussion", "talk"}
	lastCall = &Status{"Last days to object", "due"}
	valid    = &Status{"Valid now", "yes"}
	replaced = &Status{"Replaced", "old"}
	draft    = &Status{"Draft", "draft"}
	declined = &Status{"Not accepted", "no"}
	held     = &Status{"Took place", "plain"}

	inTwoDays = Day{"2018-04-04", "4 Apr", "Wednesday 4 April 2018", "in 2 days"}
	tomorrow  = Day{"2018-04-03T14:00Z", "3 Apr", "Tuesday 3 April 2018, 14:00 UTC", "tomorrow"}
	twoWeeks  = Day{"2018-03-20", "20 Mar", "Tuesday 20 March 2018", "13 days ago"}

	teamSync = Doc{"Ops Meetups Team, 20 March 2018", "../meetings/2018-03-20.html", "", "Meeting", held}
	ptg      = Doc{"Project Teams Gathering, September 2018", "../events/ptg-2018-09.html", "", "Event", nil}
)

func body(t testing.TB) template.HTML {
	text, err := os.ReadFile("testdata/body.html")
	if err != nil {
		t.Fatal(err)
	}
	return template.HTML(text)
}

func proposal(t testing.TB) DocumentPage {
	title := "Co-locate the Ops Meetup of 2H 2018 with the PTG"
	p := DocumentPage{
		Frame:   frame("proposal", title),
		Crumbs:  []Link{{"Home", "../index.html"}, {"Proposals", "../proposals/index.html"}, {"P-7", ""}},
		Kind:    "Proposal",
		ID:      "P-7",
		Heading: title, HeadingID: "co-locate-the-ops-meetup-of-2h-2018-with-the-ptg",
		Status: lastCall,
		Lede:   "Hold the second Ops Meetup of the year in the same place and week as the project teams’ gathering, in a separate building with its own agenda.",
		Deadline: &Deadline{
			By: inTwoDays, Reason: "rooms must be allocated.",
			Silence:  "If nobody objects, the proposal is accepted.",
			Respond:  &Link{"Answer on the mailing list", "mailto:ops@example.org?subject=P-7"},
			Deciders: []Link{{"Ops Meetups Team", "../people/ops-meetups-team.html"}, {"User Committee", "../people/user-committee.html"}},
			Glance:   []Link{{"2 of 3 questions open", "#open-questions"}, {"Survey open until 3 Apr (tomorrow)", "https://example.org/survey"}},
			Asked:    []Asked{{Link{"Ops Meetups Team", "../people/ops-meetups-team.html"}, &Link{"answered", "#mb-answer-1"}}, {Link{"User Committee", ""}, nil}},
		},
		Timeline: []Moment{
			{Day: twoWeeks, Text: "Discussed in", Doc: &Doc{"Ops Meetups Team, 20 March 2018", "../meetings/2018-03-20.html", "", "Meeting", nil}},
			{Day: inTwoDays, Text: "Decision due", Future: true},
		},
		Lifecycle: []Step{
			{"Draft", "done", "12 March"}, {"In discussion", "done", "since 20 March"},
			{"Last days to object", "now", "since 28 March"}, {"Decided", "next", "due 4 April"},
		},
		Facts: []Fact{
			{Label: "Proposed by", Values: []Link{{"Foundation staff", "../people/foundation-staff.html"}}},
			{Label: "For", Values: []Link{{"Ops Meetup, second half of 2018", "../events/ops-meetup-2018-2h.html"}}},
			{Label: "Asked", Values: []Link{{"1 of 2 answered", ""}}},
			{Label: "Survey", Values: []Link{{"18 answers, closes 3 April", "https://example.org/survey/with-a-long-address-that-does-not-break-well"}}},
			{Label: "Proposed", Day: &twoWeeks},
		},
		Topics: []Link{{"co-location", "../topics/co-location.html"}, {"venue", "../topics/venue.html"}},
		Contents: []Section{
			{ID: "context", Text: "Context"},
			{ID: "options", Text: "Options", Sections: []Section{{ID: "a-co-locate", Text: "A. Co-locate"}, {ID: "b-apart", Text: "B. Stay apart"}}},
			{ID: "open-questions", Text: "Open questions"}, {ID: "survey", Text: "Survey"}, {ID: "über-die-kosten", Text: "Über die Kosten"},
		},
		Body: body(t),
		Relations: []Relation{
			{"Requires", []Doc{{"One budget for travel", "travel.html", "P-4", "Proposal", valid}}},
			{"Replaces", []Doc{{"Meet in the spring only", "spring.html", "P-2", "Proposal", replaced}, {"Meet at the Summit", "summit.html", "", "Proposal", declined}}},
		},
		Backlinks: []Backlink{
			{Doc: teamSync, Before: "The chair asked for answers on ", Quoted: "the proposal to co-locate", After: " before the rooms are given away."},
			{Doc: ptg, Relation: "Mentioned in its agenda"},
			{Doc: Doc{"Where the meetups of 2018 are", "../guide/where.html", "", "Page", nil}, Before: "See ", Quoted: "P-7", After: "."},
		},
		Previous: &Doc{Title: "One budget for travel", Href: "travel.html"},
		Next:     &Doc{Title: "A quiet room at every venue", Href: "quiet.html"},
	}
	p.Problems = []Problem{
		{"proposals/colocate-ops-2h-2018.md:7:1", "error", `unknown key "decide_by" for a proposal`, `did you mean "decide-by"?`, "unknown-key"},
		{"proposals/colocate-ops-2h-2018.md:41:12", "warning", "Action A2 has no owner", "write (@anna, due 2018-04-03)", "action-incomplete"},
	}
	return p
}

func decision(t testing.TB) DocumentPage {
	p := proposal(t)
	p.Frame = frame("decision", "Co-locate for two cycles")
	p.Crumbs[1], p.Crumbs[2] = Link{"Decisions", "index.html"}, Link{"D-11", ""}
	p.Kind, p.ID, p.Heading, p.HeadingID = "Decision", "D-11", "Co-locate for two cycles", ""
	p.Status, p.When, p.Deadline, p.Lifecycle = valid, &inTwoDays, nil, nil
	p.Lede, p.Outcome = "", &Outcome{
		Text: "The Ops Meetup is co-located with the PTG, for two cycles.", Day: &inTwoDays, By: []Link{{"Ops Meetups Team", "../people/ops-meetups-team.html"}},
		Where: &Link{"Ops Meetups Team, 3 April 2018", "../meetings/2018-04-03.html#d1"}, Why: "One week of travel instead of two.",
	}
	p.Banner = &Banner{"Replaced by", []Doc{{"Apart again", "apart.html", "D-19", "Decision", valid}}}
	return p
}

func meeting(t testing.TB) DocumentPage {
	p := proposal(t)
	p.Frame = frame("meeting", "Ops Meetups Team, 3 April 2018")
	p.Kind, p.ID, p.Heading, p.HeadingID = "Meeting", "", "Ops Meetups Team, 3 April 2018", ""
	p.Status, p.When, p.Deadline, p.Lifecycle, p.Relations = &Status{"Not confirmed", "draft"}, &tomorrow, nil, nil, nil
	p.Lede = ""
	p.First, p.Timeline = []Group{actions()}, nil
	return p
}

func plain(t testing.TB) DocumentPage {
	return DocumentPage{
		Frame: frame("page", "How to propose something"), Heading: "How to propose something", HeadingID: "how-to-propose-something",
		Crumbs:   []Link{{"Home", "../index.html"}, {"Guide", "index.html"}, {"How to propose something", ""}},
		Kind:     "Page",
		Lede:     "In short: copy the template, open a pull request.",
		Contents: []Section{{ID: "context", Text: "Context"}, {ID: "options", Text: "Options"}},
		Body:     body(t),
	}
}

func home() HomePage {
	p := HomePage{
		Frame: frame("home", "Ops Meetup planning"), Heading: "What needs a decision, and by when",
		Due: Group{ID: "mb-due", Title: "Needs a decision", More: &Link{"2 of 6 open proposals", "proposals/index.html"}, Entries: []Entry{
			{Doc: Doc{"Co-locate the Ops Meetup of 2H 2018 with the PTG", "proposals/colocate.html", "P-7", "Proposal", lastCall}, When: &inTwoDays, Urgent: true,
				Summary: "Hold the second Ops Meetup of the year in the same place and week as the project teams’ gathering.",
				Notes:   []Link{{"Foundation staff", "people/foundation-staff.html"}, {"Rooms must be allocated", ""}}},
			{Doc: Doc{"One feedback form from OpenStack Days to the Forum", "proposals/form.html", "P-9", "Proposal", review}, When: &Day{"2018-05-15", "15 May", "Tuesday 15 May 2018", "in 6 weeks"},
				Summary: "Ask the same three questions at every event, so that answers can be compared.", Notes: []Link{{"Feedback group", "people/feedback.html"}}},
		}},
		Upcoming: Group{ID: "mb-upcoming", Title: "Meetings and events ahead", More: &Link{"All meetings", "meetings/index.html"}, Entries: []Entry{
			{Doc: Doc{"Ops Meetups Team, 3 April 2018", "meetings/2018-04-03.html", "", "Meeting", nil}, When: &tomorrow, Notes: []Link{{"14:00 UTC, online", ""}}},
			{Doc: Doc{"Forum in Vancouver", "events/forum.html", "", "Event", nil}, When: &Day{"2018-05-21", "21 May", "Monday 21 May 2018", "in 7 weeks"}, Notes: []Link{{"Vancouver", ""}}},
		}},
		Recent: Group{ID: "mb-recent", Title: "Recent decisions", More: &Link{"All 11 decisions", "decisions/index.html"}, Entries: []Entry{
			{Doc: Doc{"Meeting notes live in the repository", "decisions/notes.html", "D-10", "Decision", valid}, When: &twoWeeks},
			{Doc: Doc{"Etherpads are kept for a year", "decisions/pads.html", "D-4", "Decision", replaced}, When: &Day{"2017-11-02", "2 Nov 2017", "Thursday 2 November 2017", ""}},
		}},
		Open: Group{ID: "mb-open", Title: "Also open", More: &Link{"All proposals", "proposals/index.html"}, Entries: []Entry{
			{Doc: Doc{"Travel fund rules", "proposals/travel.html", "P-6", "Proposal", draft}},
			{Doc: Doc{"A quiet room at every venue", "proposals/quiet.html", "P-3", "Proposal", review}},
		}},
		Actions: actions(), Help: Group{ID: "mb-help", Title: "Help and offers", Entries: actions().Entries[1:]},
		Kinds: []Count{{Link{"Proposals", "proposals/index.html"}, 14}, {Link{"Meetings", "meetings/index.html"}, 37}, {Link{"Decisions", "decisions/index.html"}, 11}, {Link{"Events", "events/index.html"}, 6}},
		Intro: `<p>This is the <a href="guide/index.html">minute book</a> of a planning team.</p><div class="alert note"><p class="alert-t">Note</p><p>This is an example.</p></div>`,
	}
	return p
}

func list() ListPage {
	h := home()
	late := h.Recent
	late.ID = "mb-2017"
	late.Title = "2017"
	done := h.Actions
	done.ID, done.Title, done.Folded = "mb-done", "Done", 7
	return ListPage{
		Frame: frame("list", "Decisions"), Heading: "Decisions", Label: "Log", Lede: "What holds, newest first.",
		Crumbs: []Link{{"Home", "../index.html"}, {"Decisions", ""}},
		Intro:  "<p>How to <a href=\"how.html\">write one</a>.</p>",
		Counts: []Count{{Link{"accessibility", "a.html"}, 7}, {Link{"co-location", "c.html"}, 4}, {Link{"upgrades", "u.html"}, 12}},
		Groups: []Group{h.Recent, late, done, {ID: "mb-none", Title: "Nothing here"}},
		Log: &Replaced{
			Width: 332, Height: 88,
			Boxes: []Box{
				{1, 1, 148, 66, []BoxLine{{75, 22, "Minutes in pads"}, {75, 39, "28 Jun 2016"}}, "old"},
				{183, 1, 148, 66, []BoxLine{{257, 22, "Minutes are kept in"}, {257, 39, "this repository"}, {257, 56, "13 Mar"}}, "yes"},
			},
			Arrows: []Arrow{{"M149 34C169 34 163 34 183 34m-7-4 7 4-7 4", false}, {"M257 67C257 91 75 91 75 67m-4 7 4-7 4 7", true}},
			Chains: [][]Replacement{{{Doc: Doc{Title: "Minutes in pads", Href: "pads.html", Status: replaced}}, {Doc: Doc{Title: "Minutes are kept in this repository", Href: "repository.html", ID: "ADR-0004", Status: valid}, When: &twoWeeks, Replaces: []Link{{"Minutes in pads", "pads.html"}}}}},
			More:   2,
		},
		Digest:  "Team: 26 March 2018 to 2 April 2018\n",
		Offered: []Link{{"Feed", "decisions.xml"}, {"Table (.csv)", "decisions.csv"}},
		Empty:   "Nothing was decided yet.",
	}
}

// actions are items of notes, as ledgers and the rail of Home list them.
func actions() Group {
	open := Status{"Open", "talk"}
	return Group{ID: "mb-actions", Title: "Actions from here", Entries: []Entry{
		{Doc: Doc{"send the proposal to the list", "#a1", "A1", "", &Status{"Done", "yes"}}, When: &twoWeeks, WhenIs: "done", Notes: []Link{{"Foundation staff", "../people/foundation-staff.html"}}},
		{Doc: Doc{"book the rooms", "#a2", "A2", "", &open}, When: &tomorrow, WhenIs: "due", Summary: "Two rooms for two days.", Notes: []Link{{"nobody yet", ""}}},
	}}
}

func feedback() FeedbackPage {
	forum := Doc{"Forum in Vancouver", "events/forum.html", "", "Event", &Status{"Confirmed", "talk"}}
	return FeedbackPage{
		Frame: frame("feedback", "Where feedback goes"), Heading: "Where feedback goes", Lede: "12 pieces of feedback: 5 waiting, 1 not raised where it was sent.",
		Crumbs: []Link{{"Home", "index.html"}, {"Where feedback goes", ""}},
		Chain: []Stop{
			{Doc: Doc{Title: "OpenStack Days", Href: "events/days.html"}, When: &twoWeeks, Went: 3, Next: []Doc{forum}},
			{Doc: forum, When: &inTwoDays, Came: 3, Lost: 1},
		},
		Groups: []Group{{ID: "mb-topic-1", Title: "upgrades", More: &Link{"heard at 2 places", "topics/upgrades.html"}, Entries: actions().Entries}},
	}
}

func calendar() CalendarPage {
	entries := slices.Clone(home().Upcoming.Entries)
	entries[0].Anchor = "mb-2018-04-03"
	return CalendarPage{
		Frame: frame("calendar", "Calendar"), Heading: "Calendar", Lede: "What has a day.",
		Crumbs: []Link{{"Home", "index.html"}, {"Calendar", ""}},
		Months: []Month{{
			ID: "mb-2018-04", Title: "April 2018", Weekdays: []string{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}, Entries: entries,
			Weeks: [][]MonthDay{{{}, {}, {Number: "1"}, {Number: "2", Today: true}, {Number: "3", Href: "#mb-2018-04-03", Marks: "Meeting: Ops Meetups Team"}, {Number: "4"}, {Number: "5"}}},
		}},
	}
}

func how() HowPage {
	return HowPage{
		Frame: frame("how", "How decisions are made"), Heading: "How decisions are made", Lede: "What the marks mean.",
		Crumbs: []Link{{"Home", "index.html"}, {"How decisions are made", ""}},
		Kinds: []KindOfHow{{ID: "mb-kind-proposal", Title: Link{"Proposals", "proposals/index.html"}, Statuses: []StatusOfHow{
			{Status: *draft, Name: "draft", Means: "It is being written.", Moves: []Status{*review}},
			{Status: *lastCall, Name: "last-call", Means: "Whoever objects says so now.", Needs: "decide-by"},
		}}},
	}
}

func person() PersonPage {
	return PersonPage{
		Frame: frame("person", "Anna Example"), Heading: "Anna Example", Label: "Person",
		Crumbs: []Link{{"Home", "../index.html"}, {"People", "index.html"}, {"Anna Example", ""}},
		Facts:  []Fact{{Label: "Affiliation", Values: []Link{{"Example University", ""}}}, {Label: "Groups", Values: []Link{{"Ops Meetups Team", "ops.html"}}}},
		Groups: []Group{home().Recent},
	}
}

func attention(t testing.TB) AttentionPage {
	found := proposal(t).Problems
	return AttentionPage{
		Frame: frame("attention", "Needs attention"), Heading: "Needs attention", Lede: "2 errors, 2 warnings in 2 files.",
		Crumbs: []Link{{"Home", "index.html"}, {"Needs attention", ""}},
		Files: []FileProblems{
			{Path: "proposals/colocate-ops-2h-2018.md", Doc: &Doc{Title: "Co-locate the Ops Meetup", Href: "proposals/colocate.html"}, Problems: found},
			{Path: "meetings/2018-04-03-a-file-with-a-very-long-name-that-goes-on-and-on.md", Problems: found},
		},
	}
}

func brief(t testing.TB) BriefPage {
	of := proposal(t)
	p := BriefPage{
		DocumentPage: DocumentPage{
			Frame: frame("brief", of.Heading), Crumbs: of.Crumbs, Kind: of.Kind, ID: of.ID, Heading: of.Heading, Status: of.Status,
			Lede: of.Lede, Deadline: of.Deadline, Facts: of.Facts, Relations: of.Relations,
		},
		Page: "colocate.html",
		Options: []Choice{
			{Text: "Co-locate", Recommended: true, Chosen: true, Summary: "Rooms of its own on two days.", Facts: []ChoiceFact{{"Week", "10 September"}, {"Venue", "the PTG’s"}}},
			{Text: "Separate event"},
		},
		Questions: actions(), Follows: Group{Entries: []Entry{{Doc: Doc{Title: "Reserve the rooms"}}}},
		Incoming:     []Group{actions()},
		MoreIncoming: "3 more are on the page",
	}
	p.Questions.Rest = "2 more are on the page"
	p.Incoming[0].More = &Link{"heard at 3 events", "../topics/upgrades.html"}
	return p
}

func missing() MissingPage {
	return MissingPage{Frame: frame("404", "Not found"), Heading: "We can’t find that page", Lede: "It may have moved.", Links: []Link{{"Proposals", "proposals/index.html"}, {"All documents", "az.html"}}}
}

func redirect() RedirectPage {
	return RedirectPage{Frame: frame("redirect", "Co-locate the Ops Meetup"), To: Doc{Title: "Co-locate the Ops Meetup", Href: "../proposals/colocate.html"}}
}

func searching() SearchPage {
	p := SearchPage{
		Frame: frame("search", "Search"), Heading: "Search", Crumbs: []Link{{"Home", "index.html"}, {"Search", ""}},
		Finder: "assets/search.js", Index: "assets/search/index.js?v=1", All: Link{"All documents, from A to Z", "az.html"},
		Tones: []string{"due", "plain"},
	}
	p.Search = ""
	return p
}

// everyPage is a value for each layout.
func everyPage(t testing.TB) map[string]any {
	event, record := meeting(t), meeting(t)
	event.Frame, event.Kind = frame("event", event.Heading), "Event"
	record.Frame, record.Kind = frame("record", record.Heading), "Runbook"
	event.ToCopy, event.Brief = "# Incoming: *Forum*\n", "forum.brief.html"
	return map[string]any{
		"home": home(), "list": list(), "proposal": proposal(t), "meeting": meeting(t), "decision": decision(t),
		"event": event, "page": plain(t), "record": record, "person": person(), "feedback": feedback(), "calendar": calendar(), "how": how(), "attention": attention(t),
		"brief": brief(t), "404": missing(), "search": searching(), "redirect": redirect(),
	}
}
