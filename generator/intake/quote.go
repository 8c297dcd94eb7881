package intake

import (
	"strings"
)

// This file leaves out of a message what is not its own: what it quotes, its
// signature, and what lists and programs put below. A quotation that the message
// answers line by line stays, shortened.

// unflowed joins the lines of format=flowed (RFC 3676, section 4): one that ends
// with a blank goes on in the next of the same depth of quotation.
func unflowed(text string, delsp bool) string {
	var out strings.Builder
	open, depth := false, 0
	for line := range strings.SplitSeq(text, "\n") {
		marks := 0
		for marks < len(line) && line[marks] == '>' {
			marks++
		}
		rest := strings.TrimPrefix(line[marks:], " ") // space-stuffed
		signature := rest == "-- " || rest == "- -- "
		soft := strings.HasSuffix(rest, " ") && !signature
		if soft && delsp {
			rest = rest[:len(rest)-1]
		}
		if !open || marks != depth || signature {
			out.WriteString("\n" + strings.Repeat(">", marks) + blankBehind(marks))
		}
		out.WriteString(rest)
		open, depth = soft, marks
	}
	return strings.TrimPrefix(out.String(), "\n")
}

func blankBehind(marks int) string {
	if marks > 0 {
		return " "
	}
	return ""
}

var (
	// attribution is what programs write above a quotation.
	attribution = lazily(`(?i)^(?:on\b.{4,200}\b(?:wrote|writes|said)\s*:|.{3,200}\b(?:wrote|writes|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev|napisał\(?a?\)?|пишет|写道|さんは書きました)\s*:?|(?:am|le|el|il|em|op|den)\b.{4,200}(?:schrieb|écrit|escribió|scritto|escreveu|schreef|skrev).{0,100}:)\s*$`)
	original    = lazily(`(?i)^\s*-{2,}\s*(?:original message|original appointment|forwarded message|ursprüngliche nachricht|message d'origine|mensaje original|reply message)\s*-{2,}\s*$`)
	ruled       = lazily(`^\s*[_=-]{20,}\s*$`)
	sentBy      = lazily(`(?i)^\s*(?:sent from my \S.*|get outlook for \S.*|sent from \S+ for \S+|envoyé de mon \S.*|von meinem \S+ gesendet)$`)
	fieldBelow  = lazily(`(?i)^\s*\*?(?:from|von|de|da)\*?\s*:.*\S`)
	listFooter  = lazily(`(?i)mailing list|unsubscribe|mailman/|listinfo|abmelden`)
	armor       = lazily(`^-----(BEGIN|END) PGP (SIGNED MESSAGE|SIGNATURE)-----\s*$`)
)

// own is a message's own lines, without quotations that nothing follows.
func own(text string) []string {
	lines := unsigned(strings.Split(strings.TrimSpace(strings.ReplaceAll(text, "\u00a0", " ")+"\n"), "\n"))
	lines = withoutFooter(lines)
	for i, line := range lines {
		if cutsHere(lines, i) && strings.TrimSpace(strings.Join(lines[:i], "")) != "" {
			lines = lines[:i]
			break
		}
		if stuffed := strings.TrimLeft(line, " "); strings.HasPrefix(stuffed, ">") {
			lines[i] = stuffed
		}
	}
	lines = trimmedEnd(withoutTail(lines))
	return shortenQuotes(lines)
}

// unsigned takes the armor of OpenPGP off (RFC 4880, section 7).
func unsigned(lines []string) []string {
	var out []string
	in := ""
	for _, line := range lines {
		m := armor().FindStringSubmatch(line)
		switch {
		case m != nil && m[1] == "BEGIN":
			in = m[2]
		case m != nil:
			in = ""
		case in == "SIGNATURE":
		case in == "SIGNED MESSAGE": // its header, up to an empty line
			if strings.TrimSpace(line) == "" {
				in = "text"
			}
		case in == "text":
			out = append(out, strings.TrimPrefix(line, "- "))
		default:
			out = append(out, line)
		}
	}
	return out
}

// longestSignature is how many lines a signature may have: RFC 3676 has four in
// mind, companies more.
const longestSignature = 20

// withoutFooter cuts the signature, what a list puts below, and what telephones
// add.
func withoutFooter(lines []string) []string {
	for range 3 { // one in the other
		for i := max(0, len(lines)-longestSignature-1); i < len(lines); i++ {
			line, rest := lines[i], lines[i+1:]
			footer := ruled().MatchString(line) && len(rest) <= 8 && listFooter().MatchString(strings.Join(rest, "\n"))
			if footer || strings.TrimRight(line, " ") == "--" {
				lines = lines[:i]
			}
		}
	}
	return trimmedEnd(lines)
}

// trimmedEnd are lines without empty ones at the end, and without what
// telephones add.
func trimmedEnd(lines []string) []string {
	for len(lines) > 0 {
		last := lines[len(lines)-1]
		if strings.TrimSpace(last) != "" && !sentBy().MatchString(last) {
			break
		}
		lines = lines[:len(lines)-1]
	}
	return lines
}

// cutsHere reports whether everything from a line on is another message.
func cutsHere(lines []string, i int) bool {
	switch line := lines[i]; {
	case original().MatchString(line):
		return true
	case ruled().MatchString(line):
		return i+2 < len(lines) && fieldBelow().MatchString(lines[i+1]) && strings.Contains(lines[i+2], ":")
	}
	return false
}

// withoutTail cuts a quotation at the end with what stands above it.
func withoutTail(lines []string) []string {
	end := len(lines)
	for end > 0 && (isQuoted(lines[end-1]) || strings.TrimSpace(lines[end-1]) == "") {
		end--
	}
	if end < len(lines) && end > 0 {
		if from, ok := attributed(lines[:end]); ok {
			end = from
		}
	}
	if strings.TrimSpace(strings.Join(lines[:end], "")) == "" {
		return lines // nothing else is there
	}
	return lines[:end]
}

// attributed is where the words that introduce a quotation begin, at the end of
// lines. Long ones are broken over two or three.
func attributed(lines []string) (from int, ok bool) {
	for n := 1; n <= 3 && n <= len(lines); n++ {
		words := lines[len(lines)-n:]
		if strings.TrimSpace(words[0]) == "" {
			return 0, false
		}
		if attribution().MatchString(oneLine(strings.Join(words, " "))) {
			return len(lines) - n, true
		}
	}
	return 0, false
}

// fewQuoted is how many lines of a quotation stay where it is answered.
const fewQuoted = 4

// shortenQuotes keeps the last lines of quotations that are answered, and drops
// the words above them, which name who wrote what.
func shortenQuotes(lines []string) []string {
	var out []string
	for i := 0; i < len(lines); {
		if !isQuoted(lines[i]) {
			out = append(out, lines[i])
			i++
			continue
		}
		end := i
		for end < len(lines) && isQuoted(lines[end]) {
			end++
		}
		for len(out) > 0 && strings.TrimSpace(out[len(out)-1]) == "" {
			out = out[:len(out)-1]
		}
		if from, ok := attributed(out); ok {
			out = out[:from]
		}
		out = append(append(out, ""), lastQuoted(lines[i:end])...)
		i = end
	}
	return out
}

// lastQuoted are the last lines of a quotation that say something, with a mark
// where others stood before.
func lastQuoted(quotation []string) []string {
	var said []string
	for _, line := range quotation {
		if !strings.HasPrefix(strings.TrimLeft(line[1:], " "), ">") && strings.TrimSpace(line[1:]) != "" && !attribution().MatchString(strings.TrimSpace(line[1:])) {
			said = append(said, line)
		}
	}
	if len(said) <= fewQuoted {
		return said
	}
	return append([]string{"> […]"}, said[len(said)-fewQuoted:]...)
}
