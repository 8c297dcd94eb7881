package layout

import (
	"encoding/json"
	"html/template"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"minutebook/generator/words"
)

// Layouts and scripts name the words of the catalogue by their English text.
// In a layout,
//
//	{{t "Related"}}                              is a text
//	{{t "goes to {event}" .Title}}               one with values, which are text
//	{{plural "{n} problem" "{n} problems" .N}}   one with a number
//	{{before "By {names}"}}, {{after "By {names}"}}  what stands around a value
//	                                             that is made by the layout
//
// and in a script mbWord("Table"), mbPlural("{n} result", "{n} results"), which
// is an object of the forms that Intl.PluralRules names, and mbLanguage, the tag
// for Intl. What has no values is put in when layouts are loaded: a page that is
// filled knows nothing of it.

// wordFunctions are those of the catalogue, for html/template.
func wordFunctions(w *words.Words) template.FuncMap {
	return template.FuncMap{
		"t":      func(key string, values ...string) string { return w.T(words.Key(key), values...) },
		"plural": func(one, many string, n int) string { return w.N(n, words.Key(one), words.Key(many)) },
		"before": func(key string) string { before, _ := w.Split(words.Key(key)); return before },
		"after":  func(key string) string { _, after := w.Split(words.Key(key)); return after },
	}
}

// constantWord is an action that prints a text without values.
var constantWord = regexp.MustCompile(`\{\{(t|before|after) ("(?:[^"\\\n]|\\.)*")\}\}`)

// withWords is a layout's text with the words in it that have no values.
func withWords(text []byte, w *words.Words) []byte {
	functions := wordFunctions(w)
	return constantWord.ReplaceAllFunc(text, func(action []byte) []byte {
		m := constantWord.FindSubmatch(action)
		key, err := strconv.Unquote(string(m[2]))
		if err != nil {
			return action
		}
		word := functions["t"].(func(string, ...string) string)(key)
		if name := string(m[1]); name != "t" {
			word = functions[name].(func(string) string)(key)
		}
		return []byte(escapeWord.Replace(word))
	})
}

// escapeWord writes a text into a layout: as text of an element, and as the value
// of an attribute. Braces would be an action, so an action prints them.
var escapeWord = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "{{", `{{"{{"}}`)

// wordInScript is a word, or a number of things, in a script.
var wordInScript = regexp.MustCompile(`\bmbLanguage\b|\bmbWord\(("(?:[^"\\\n]|\\.)*")\)|\bmbPlural\(("(?:[^"\\\n]|\\.)*"),\s*("(?:[^"\\\n]|\\.)*")\)`)

// scriptWithWords is a script with its words. The digits of numbers are those
// that pages have, whatever the language prefers.
func scriptWithWords(script []byte, w *words.Words) []byte {
	return wordInScript.ReplaceAllFunc(script, func(call []byte) []byte {
		m := wordInScript.FindSubmatch(call)
		var value any = w.Tag()
		if value != words.English {
			value = w.Tag() + "-u-nu-latn"
		}
		switch {
		case m[1] != nil:
			value = w.T(keyInScript(m[1]))
		case m[2] != nil:
			value = w.Forms(keyInScript(m[2]), keyInScript(m[3]))
		}
		data, _ := json.Marshal(value) // of strings: cannot fail
		return data
	})
}

func keyInScript(quoted []byte) words.Key {
	var key string
	if json.Unmarshal(quoted, &key) != nil {
		return words.Key(quoted)
	}
	return words.Key(key)
}

// word compiles a call of t or plural; the others have no values and are gone.
func (c *compiler) word(name string, args []expression) expression {
	keys := 1
	if name == "plural" {
		keys = 2
	}
	var constants []words.Key
	for _, a := range args[:keys] {
		require(a.constant != nil)
		constants = append(constants, words.Key(*a.constant))
	}
	values := args[keys:]
	if name == "plural" {
		require(values[0].known().Kind() == reflect.Int)
		return expression{typ: stringType, eval: func(f *filler, dot reflect.Value) reflect.Value {
			return reflect.ValueOf(c.words.N(int(values[0].eval(f, dot).Int()), constants[0], constants[1]))
		}}
	}
	for _, v := range values {
		require(v.known().Kind() == reflect.String)
	}
	return expression{typ: stringType, eval: func(f *filler, dot reflect.Value) reflect.Value {
		texts := make([]string, len(values))
		for i, v := range values {
			texts[i] = v.eval(f, dot).String()
		}
		return reflect.ValueOf(c.words.T(constants[0], texts...))
	}}
}
