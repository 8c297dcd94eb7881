package markdown

// ownClasses are the classes of the HTML that this package makes, for style
// sheets and for the cleaning of authors' HTML. An author's own class
// attributes are taken away before rendering (see classifyRaw), so that a class
// found in rendered HTML is one of these and marks an element as ours:
//
//	<ul class="todo">                         a list with check boxes; its items:
//	  <li class="done"> or <li>
//	    <span class="box" aria-hidden="true"></span><span class="vh">Done: </span>
//	<div class="tbl"><table>                  a table, in a box that scrolls
//	  <th class="r">, <td class="c">          a cell set right or centred
//	<div class="alert note">                  an alert, with its name in
//	  <p class="alert-t">Note</p>
//	<div class="opts"><section class="opt">   the options of a choice, each with
//	  <dl class="opt-facts"><div><dt><dd>     what a table says of it
//	<a class="anchor" href="#ID" aria-label>  a heading's link to itself
//	<sup><a class="fnref" id href="#mb-fn-1" aria-label>   a footnote's number
//	<section class="footnotes" aria-label><ol><li id="mb-fn-1">
//	  <a class="fnback" href="#mb-fn-ref-1" aria-label>    back to the number
//	<pre tabindex="0" role="group" aria-label><code class="language-go">
//	  <span class="kd">                       a token, as chroma's short names
//	<pre class="plain" tabindex="0" …>        a whole document as plain text
//
// Links of class anchor, fnref and fnback lead within the document and are not
// references. An id stands once in a document: the cleaning drops a second one,
// which an author or the repair of unbalanced tags can bring about.
var ownClasses = []string{
	"alert", "alert-t", "anchor", "box", "c", "caution", "done", "fnback", "fnref",
	"footnotes", "important", "note", "opt", "opt-facts", "opts", "plain", "r", "tbl", "tip", "todo", "vh", "warning",
}

// languageClass begins the class of a code element: "language-go".
const languageClass = "language-"
