package frontmatter

import (
	"strings"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"minutebook/generator/diag"
)

// loadOptions: keys that stand twice are reported here, with both places; the
// depth limit ends the scan of a text that nests on and on.
var loadOptions = []yaml.Option{
	yaml.WithUniqueKeys(false),
	yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(maxDepth))),
}

// load reads a part by the YAML library: its root node, nil when it is empty.
func (d *decoder) load(p part) (*yaml.Node, error) {
	if !d.hasContent(p) {
		return nil, nil
	}
	var doc yaml.Node
	if err := yaml.Load(d.work[p.start:p.end], &doc, loadOptions...); err != nil {
		return nil, err
	}
	if doc.Kind == yaml.DocumentNode && len(doc.Content) > 0 {
		return doc.Content[0], nil
	}
	return nil, nil
}

// A reading is a part that the library has read, and so what positions of nodes
// count from.
type reading struct {
	*decoder
	part part
}

func (r reading) start(n *yaml.Node) int { return r.offset(r.part, n.Line, n.Column) }

// value is a node as a Value. Indent is the number of blanks before the
// collection that holds it, which block scalars count from.
func (r reading) value(n *yaml.Node, indent int) Value {
	start := r.start(n)
	v := Value{}
	var end int
	switch n.Kind {
	case yaml.MappingNode:
		v.Kind = Map
		v.Fields, end = r.fields(n, start)
	case yaml.SequenceNode:
		v.Kind = List
		v.Items, end = r.items(n, start)
	case yaml.AliasNode:
		v.Text = "*" + n.Value
		end = min(start+len(v.Text), r.part.end)
	default:
		v.Text = n.Value
		v.Plain = n.Style&^yaml.TaggedStyle == 0
		end = r.scalarEnd(n, start, indent)
	}
	r.place(&v, part{start, end})
	if n.Tag == "!!null" && v.Plain && n.Style == 0 {
		v.Kind, v.Plain = Null, false
	}
	if n.Kind == yaml.AliasNode || r.hasProperties(n, start) {
		r.refuse(n, &v)
	}
	return v
}

// place sets what follows from where a value stands.
func (d *decoder) place(v *Value, p part) {
	v.Span, v.Raw = d.span(p), d.in(p)
	if v.Kind == Null || v.Kind == Scalar && v.Plain {
		if comment := d.commentAfter(p.end); comment.end > comment.start {
			v.Comment, v.CommentSpan = d.in(comment), d.span(comment)
		}
	}
}

// commentAfter is the comment that follows an offset on its line: YAML wants a
// blank before it (section 6.6).
func (d *decoder) commentAfter(at int) part {
	rest := d.text[at:]
	blanks := len(rest) - len(strings.TrimLeft(rest, " \t"))
	if blanks == 0 || blanks == len(rest) || rest[blanks] != '#' {
		return part{at, at}
	}
	line := rest
	if i := strings.IndexByte(rest, '\n'); i >= 0 {
		line = rest[:i]
	}
	return part{at + blanks, at + len(strings.TrimRight(line, " \t\r"))}
}

func (r reading) items(n *yaml.Node, start int) (items []Value, end int) {
	end = start
	for _, item := range n.Content {
		v := r.value(item, n.Column-1)
		items = append(items, v)
		end = v.Span.End - r.base
	}
	return items, r.flowEnd(n, start, end)
}

func (r reading) fields(n *yaml.Node, start int) (fields []Entry, end int) {
	end = start
	set := entrySet{decoder: r.decoder}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		keyValue := r.value(key, n.Column-1)
		e := Entry{Key: key.Value, KeySpan: keyValue.Span}
		found := len(r.problems)
		r.path = append(r.path, e.Key)
		e.Value = r.value(value, n.Column-1)
		r.path = r.path[:len(r.path)-1]
		end = max(keyValue.Span.End, e.Value.Span.End) - r.base
		switch {
		case keyValue.Kind == List || keyValue.Kind == Map:
			r.report(diag.At(r.file, keyValue.Span, "front-matter-syntax", "a key cannot be a %s", keyValue.Kind).
				WithHint("put it in quotes"))
		case e.Key == "":
			at := keyValue.Span.Start - r.base
			r.report(r.at(part{at, at + 1}, "front-matter-syntax", "a key is missing before the colon").
				WithHint("write \"key: value\""))
		case key.Tag == "!!merge":
			r.problems = r.problems[:found] // of an alias that the key wants
			r.report(diag.At(r.file, e.KeySpan, "front-matter-syntax", "merge keys (<<) are not read").
				WithHint("write the keys out"))
		default:
			set.add(e)
		}
	}
	return set.entries, r.flowEnd(n, start, end)
}

// refuse reports an anchor, an alias or a tag, and keeps the value: a plain one
// as the text that was probably meant, others as what they hold.
func (r reading) refuse(n *yaml.Node, v *Value) {
	p := part{v.Span.Start - r.base, v.Span.End - r.base}
	plain := v.Kind == Null || v.Plain || n.Kind == yaml.AliasNode
	if plain && v.Raw != "" && !strings.HasPrefix(v.Raw, "!!") {
		v.Kind, v.Plain, v.Text = Scalar, true, foldLines(v.Raw)
		r.cannotStart(p, "")
		return
	}
	v.Plain = false // its text is not its source
	word := firstWord(v.Raw)
	r.report(r.at(part{p.start, p.start + len(word)}, "front-matter-syntax", "YAML's anchors and tags, such as %s, are not read", word).
		WithHint("leave %s out", word))
}

// An entrySet collects the entries of one map.
type entrySet struct {
	*decoder
	entries []Entry
	byKey   map[string]int // made when entries are many
}

// add takes an entry, unless its key is there already or the text has too many.
func (s *entrySet) add(e Entry) {
	if s.keys++; s.keys > s.limits.keys {
		if s.keys == s.limits.keys+1 {
			s.report(diag.At(s.file, e.KeySpan, "over-limit",
				"more than %d keys; this one and those after it are left out", s.limits.keys))
		}
		return
	}
	if i := s.find(e.Key); i >= 0 {
		first := s.entries[i].KeySpan
		s.report(diag.At(s.file, e.KeySpan, "duplicate-key", "%q is there already, in line %d; the first one counts",
			e.Key, s.file.Position(first.Start).Line).
			WithHint("delete one of them, or join their values").About(s.item(e.Key)).See(s.file, first))
		return
	}
	if s.byKey != nil {
		s.byKey[e.Key] = len(s.entries)
	}
	s.entries = append(s.entries, e)
}

const manyEntries = 16 // from which a map finds a key sooner than a walk

func (s *entrySet) find(key string) int {
	if len(s.entries) < manyEntries {
		for i := range s.entries {
			if s.entries[i].Key == key {
				return i
			}
		}
		return -1
	}
	if s.byKey == nil {
		s.byKey = make(map[string]int, 2*len(s.entries))
		for i := range s.entries {
			s.byKey[s.entries[i].Key] = i
		}
	}
	if i, ok := s.byKey[key]; ok {
		return i
	}
	return -1
}
