package config

import (
	"regexp"
	"slices"
	"strings"

	"minutebook/generator/diag"
	"minutebook/generator/frontmatter"
)

// wellFormed is how a language tag is written (RFC 5646, section 2.1): a
// language, and then script, region and others, each behind a hyphen.
var wellFormed = regexp.MustCompile(`^(?:x|[A-Za-z]{2,8})(-[A-Za-z0-9]{1,8})*$`)

// IsLanguage reports whether a text is written as a language tag is.
func IsLanguage(tag string) bool { return wellFormed.MatchString(tag) }

// language reads a BCP 47 tag. A site must not stand still for a wrong one.
func (l *loader) language(e frontmatter.Entry) string {
	tag := strings.ReplaceAll(l.text(e), "_", "-")
	if !IsLanguage(tag) {
		r := l.bad(e, "%s %q is not a language tag, so the site is in English", e.Key, shorten(e.Value.Text))
		r.d.Code, r.d.Severity = "unknown-language", diag.SeverityOf("unknown-language")
		r.hint("write it like en, de, ar or pt-BR")
		return "en"
	}
	return tag
}

// rightToLeft are the languages and scripts that run from right to left (Unicode
// CLDR, characterOrder; scripts by their ISO 15924 codes).
var (
	rightToLeft        = []string{"ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}
	scriptsRightToLeft = []string{"adlm", "arab", "aran", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"}
)

// DirectionOf is the direction, ltr or rtl, in which a language is usually
// written: that of the script that its tag names, else of the language.
func DirectionOf(tag string) string {
	parts := strings.Split(strings.ToLower(tag), "-")
	rtl := slices.Contains(rightToLeft, parts[0])
	for _, part := range parts[1:] {
		if len(part) == 4 && part[0] > '9' {
			rtl = slices.Contains(scriptsRightToLeft, part)
		}
	}
	if rtl {
		return "rtl"
	}
	return "ltr"
}
