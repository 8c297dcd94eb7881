package generator

import (
	"strings"

	"minutebook/generator/config"
	"minutebook/generator/diag"
	"minutebook/generator/document"
	"minutebook/generator/source"
	"minutebook/generator/words"
)

// spoken are the words of the last build, and what they were read from.
type spoken struct {
	words    *words.Words
	found    bool      // there are words for the language
	faults   diag.List // of the files of words; paths count from the layouts
	layouts  source.Sum
	language string
}

// speak reads the words of the site's language, unless they are those of the
// last build, and makes the parser that puts them into bodies. Whoever makes no
// pages has no layouts, and English words.
func (b *Builder) speak(in Inputs, settings *config.Config) (problems diag.List) {
	now := spoken{found: true}
	if in.Layouts != nil {
		now.layouts, now.language = in.Layouts.Sum(), settings.Language
		if now.layouts == b.spoken.layouts && now.language == b.spoken.language {
			now = b.spoken
		} else {
			now.words, now.found, now.faults = words.Load(in.Layouts, settings.Language)
		}
	}
	if b.parser == nil || now.words.Sum() != b.spoken.words.Sum() {
		b.parser = document.NewParser(settings, now.words)
	}
	b.spoken = now
	if !now.found {
		problems.Add(unknownLanguage(in, settings))
	}
	return problems
}

func unknownLanguage(in Inputs, settings *config.Config) diag.Diagnostic {
	exist := words.Languages(in.Layouts)
	file, at := in.Content.File(config.FileName), settings.LanguageAt
	if in.Untrusted || file == nil { // the language may be set in the file before
		file, at = &source.File{Path: config.FileName}, source.Span{}
	}
	return diag.At(file, at, "unknown-language", "there are no words in the language %q, so what the site says itself is in English", settings.Language).
		About("language").
		WithHint("there are words in %s; add those of another language as words/%s.yaml to your layouts", strings.Join(exist, ", "), settings.Language)
}
