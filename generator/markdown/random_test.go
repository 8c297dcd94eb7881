package markdown

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"minutebook/generator/source"
)

var documents = flag.Int("documents", 2000, "how many random documents to convert")

// pieces are what random documents are made of: the marks of Markdown and HTML,
// most of them in places where they mean nothing.
var pieces = strings.Split(`# |## |
|
|
| |  |    |	|- |* |1. |- [ ] |- [x] |> |> [!NOTE]
|---
|===
|`+"```|```go\n|~~~|`|``"+`|*|**|_|~~|~|[a](b.md)|[|](|)|![|](x "t")|][r]|[r]: u.md
|[r]|[^1]|[^1]: |[^2]|[^2]: note
|<https://a.b>|https://c.d|www.e.f|g@h.i|<j@k.l>|:+1:|:x:|: |\|&amp;|&#106;|&|;|word|é|a. b|
¦ a ¦ b ¦
¦-:¦:-:¦
¦ c ¦|¦|<b>|</b>|<i id=x>|<a href="m.md">|<a name=n>|</a>|<img src=p.png>|<div>|</div>|<p>|</p>|<table>|<tr>|<td>|</td>
|</tr>|</table>|<ul><li>|</ul>|<h2>|</h2>|<h1 id=y>|</h1>|<pre>|</pre>|<code>|</code>|<details>|<summary>|</details>
|<blockquote>|<nick>|<T,|<script>|</script>|<style>|<!--|-->|<![CDATA[|]]>|<?|?>|<svg>|<math>|<br>|<hr>|<sub>|<mark>|<select>
|<option>|<textarea>|<title>|<plaintext>|<template>|<form>|<button>|<iframe>|<section>|<span>|<dl>|<dt>|<dd>|<caption>
|<col>|<thead>|<ruby><rt>|javascript:|[j](javascript:1)|<a href="java&#x0a;script:1">|onload=|style=x|class=todo
|id="mb-fn-1"|<a class=fnref href="#q">|mb-fn-1|"|'|=|>|<|{{|}}|`+"\x00|\xff|\r|\r\n|\v|\u2028|\u200b", "|")

// itemPieces are what items and attendees are made of.
var itemPieces = strings.Split(`- Action: |- [x] **Action A1** (@anna, due 2018-03-21): |Question Q1: |Answer Q1 (@bo, 2018-03-22): |**Q2** |AI: @who
|(asked by @chen, answer by 2018-04-03)|(from: [Day A F2](a.md#f2), [Day B F5](b.md#f5))|(upstream: https://a.b)|(nobody yet)
|- [x] [A2](m.md#a2) done: x|**Feedback** [F1](x.md#f1) raised (upstream: u): |dropped: |~~|## Actions
|## Open questions
|## Attendance
|## Action review
|## If accepted
|**Present:** |Chair: @anna
|Dora (guest), |@anna and @bo, |MB: |& |(|)|, |:|- |  - |> |> > |
|
|
|No decisions.|Actions:
|&#64;anna|\@bo|@su\_e|¦ Name ¦ GitHub ¦
¦-¦-¦
¦ Bo ¦ @bo ¦
`, "|")

// TestRandomDocuments checks what must hold of any document on documents that
// nobody would write.
func TestRandomDocuments(t *testing.T) {
	github, escape := New(Options{}), New(Options{HTML: Escape})
	random := rand.New(rand.NewPCG(1, 2))
	mixed := slices.Concat(pieces, itemPieces, itemPieces)
	for i := range *documents {
		pieces := [][]string{pieces, mixed, itemPieces}[i%3]
		var b strings.Builder
		for range 1 + random.IntN(40) {
			piece := pieces[random.IntN(len(pieces))]
			if random.IntN(8) == 0 {
				piece = "\n" + piece
			}
			b.WriteString(strings.ReplaceAll(piece, "¦", "|"))
		}
		body := []byte(b.String())
		f := source.NewFile("in.md", body)
		span := source.Span{End: len(body)}
		check(t, span, github.Convert(f, span))
		check(t, span, escape.Convert(f, span))
		if t.Failed() {
			t.Fatalf("the document was %q", body)
		}
	}
}

var blankEnd = regexp.MustCompile(`[ \t]\r*\n`)

// TestTextsWithoutAddresses reads texts that certainly have no bare address with
// the parser that looks for them, too: it must find none.
func TestTextsWithoutAddresses(t *testing.T) {
	quick, thorough := New(Options{}), New(Options{})
	thorough.syntax.plain = thorough.syntax.linkifying
	random := rand.New(rand.NewPCG(3, 4))
	mixed := append(slices.Concat(pieces, itemPieces), "@", "@x.org", "x", " http", "ttp://", "ww.a.b", "a@b", "a@@b.org", "é@b.org", "+@b.org")
	mixed = slices.DeleteFunc(mixed, func(p string) bool { return bytes.Contains([]byte(p), []byte("http")) && p != " http" })
	quicker := 0
	for range *documents {
		var text strings.Builder
		for range 1 + random.IntN(30) {
			text.WriteString(mixed[random.IntN(len(mixed))])
		}
		if blankEnd.MatchString(text.String()) {
			continue // where it looks for addresses, the library keeps spaces at a line's end
		}
		f := source.NewFile("a.md", []byte(text.String()))
		all := source.Span{End: len(f.Data)}
		if !mayHaveAddress(f.Data) {
			quicker++
		}
		if got, want := quick.Convert(f, all), thorough.Convert(f, all); !reflect.DeepEqual(got, want) {
			t.Fatalf("%q\n got %+v\nwant %+v", text.String(), got, want)
		}
	}
	if quicker < *documents/10 {
		t.Errorf("only %d of %d texts were read without looking for addresses", quicker, *documents)
	}
}

// TestDocumentsShareNothing converts documents one after the other with one
// converter, which works in the same memory each time: afterwards each is what a
// converter of its own makes of it.
func TestDocumentsShareNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	mixed := slices.Concat(pieces, itemPieces, itemPieces)
	one := New(Options{})
	var files []*source.File
	var converted []*Converted
	for range 300 {
		var text strings.Builder
		for range 1 + random.IntN(40) {
			text.WriteString("\n" + strings.ReplaceAll(mixed[random.IntN(len(mixed))], "¦", "|"))
		}
		f := source.NewFile("a.md", []byte(text.String()))
		files, converted = append(files, f), append(converted, one.Convert(f, source.Span{End: len(f.Data)}))
	}
	for i, f := range files {
		if own := New(Options{}).Convert(f, source.Span{End: len(f.Data)}); !reflect.DeepEqual(converted[i], own) {
			t.Fatalf("%q\n got %+v\nwant %+v", f.Data, converted[i], own)
		}
	}
}
