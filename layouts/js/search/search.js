// The search page. What the files of the index hold, and in which form, is told
// in generator/search: a change there is a change here. mbWord, mbPlural and
// mbLanguage are filled in when layouts are loaded. Documents are hostile:
// all that is shown of them is text.
(() => {
  "use strict";
  const id = name => document.getElementById("mb-" + name);
  const form = id("search"), box = id("q"), list = id("results"), count = id("count"), more = id("more"), tones = id("tones");
  const source = form.dataset.index, version = source.split("v=")[1], page = 10;
  const files = {}, loading = {}, shards = {};
  let turn = 0, kind = -1, found = [], shown = 0, terms = [], head, buttons, cut;

  // ---- the index ----

  window.mbSearch = (name, v, data) => { files[name] = [v, data] };

  const load = name => loading[name] ||= new Promise((done, fail) => {
    const s = document.createElement("script");
    s.src = source.replace("index.js", name + ".js");
    s.onload = () => files[name] && files[name][0] === version ? done(files[name][1]) : fail(mbWord("This site has changed: load the page again."));
    s.onerror = () => {
      delete loading[name];
      fail(mbWord("A part of the search index could not be loaded."));
    };
    document.head.append(s);
  });

  const number = (text, i) => {
    const c = text.charCodeAt(i);
    return c - 35 - (c > 60) - (c > 92);
  };

  const words = async i => shards[i] ||= (text => {
    const map = new Map(), parts = text.split(" ");
    let word = "";
    for (let k = 1; k < parts.length; k += 2) {
      word = word.slice(0, parseInt(parts[k - 1][0], 36)) + parts[k - 1].slice(1);
      map.set(word, parts[k]);
    }
    return map;
  })(await load("w" + i));

  // ---- words ----

  const letters = { ß: "ss", ø: "o", æ: "ae", œ: "oe", ł: "l", đ: "d", ð: "d", þ: "th", ħ: "h", ı: "i", ŋ: "n", ς: "σ" };
  const dropped = /[\xad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200d\u20d0-\u20ff\ufe20-\ufe2f]/g;
  const fold = s => s.normalize("NFKD").replace(dropped, "").toLowerCase().replace(/[ßøæœłđðþħıŋς]/g, c => letters[c]).normalize("NFC");
  const joined = "[\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Hang}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}ー]";
  const run = new RegExp("(?:(?!" + joined + ")[\\p{L}\\p{N}\\p{M}\\xad\\u200b-\\u200d])+|(?:(?=[\\p{L}\\p{N}\\p{M}])" + joined + ")+", "gu");
  const isJoined = new RegExp("^" + joined, "u");
  const first = s => [...s].slice(0, 32).join("");

  // A piece is what stands between spaces: it asks for all of its terms, or for
  // an id. A term is a word, or the beginning of one.
  const piecesOf = text => {
    const pieces = fold(text).split(/\s+/).map(piece => {
      const list = [];
      for (const [word] of piece.matchAll(run)) {
        const c = [...word];
        if (!isJoined.test(word)) list.push({ t: first(word) });
        else if (c.length < 2) list.push({ t: word, open: true, joined: true });
        else c.slice(1).forEach((b, i) => list.push({ t: c[i] + b, joined: true }));
      }
      return { terms: list, key: first(piece.replace(/[^\p{L}\p{N}\p{M}]/gu, "").replace(/(?<!\d)0+(?=\d)/g, "")) };
    }).filter(p => p.terms.length);
    const last = pieces.length && pieces[pieces.length - 1].terms.slice(-1)[0];
    if (last) last.open = last.open || !last.joined;
    return pieces;
  };

  // ---- finding ----

  const worth = [40, 30, 12, 6, 3, 2]; // by rank: title, id, heading, about, often, body

  const add = (to, docs, factor, only) => {
    let doc = -1, n = 0;
    for (let i = 0; i < docs.length; i++) {
      const c = number(docs, i);
      n = n * 45 + c % 45;
      if (c > 44) continue;
      doc += 1 + Math.floor(n / 6);
      const rank = n % 6;
      if (!(only && rank > 1)) to.set(doc, Math.max(to.get(doc) || 0, worth[rank] * factor));
      n = 0;
    }
  };

  const has = async ({ t, open }, only) => {
    const to = new Map(), starts = head.starts;
    let i = 0;
    while (i < starts.length && starts[i] <= t) i++;
    const some = [i];
    while (open && i < starts.length && starts[i].startsWith(t)) some.push(++i);
    // A letter or two may begin the words of many files.
    if (some.length > 5) cut = true;
    for (const map of await Promise.all(some.slice(0, 5).map(words))) {
      if (!open) {
        if (map.has(t)) add(to, map.get(t), 2, only);
      } else for (const [word, docs] of map) if (word.startsWith(t)) add(to, docs, word === t ? 2 : 1);
    }
    return to;
  };

  const both = (a, b) => {
    const to = new Map();
    for (const [doc, n] of a) if (b.has(doc)) to.set(doc, n + b.get(doc));
    return to;
  };

  const hasPiece = async piece => {
    const [byKey, ...all] = await Promise.all([has({ t: piece.key }, true), ...piece.terms.map(t => has(t))]);
    const to = all.reduce(both);
    for (const [doc, n] of byKey) to.set(doc, Math.max(n, to.get(doc) || 0));
    return to;
  };

  const kindOf = doc => number(head.of, doc) >> 1;
  const retired = doc => number(head.of, doc) & 1;

  // ---- showing ----

  const element = (name, parent, className, text) => {
    const e = document.createElement(name);
    if (className) e.className = className;
    if (text) e.textContent = text;
    parent.append(e);
    return e;
  };

  // Places in a text that were asked for: start, end, and which term.
  const places = text => {
    const list = [];
    for (const m of text.matchAll(run)) {
      const word = fold(m[0]);
      terms.forEach((t, n) => {
        if (!t.joined) {
          if (t.open ? word.startsWith(t.t) : first(word) === t.t) list.push([m.index, m.index + m[0].length, n]);
        } else if (word.length === m[0].length) {
          for (let i = -1; (i = word.indexOf(t.t, i + 1)) >= 0;) list.push([m.index + i, m.index + i + t.t.length, n]);
        }
      });
    }
    return list.sort((a, b) => a[0] - b[0]);
  };

  const marked = (parent, text, list, from, to) => {
    let at = from;
    const plain = end => parent.append(text.slice(at, end).replace(/\n/g, " · "));
    for (const [start, end] of list) {
      if (start < from || end > to || end <= at) continue;
      if (start > at) plain(start);
      element("mark", parent, "", text.slice(Math.max(start, at), end));
      at = end;
    }
    plain(to);
  };

  // The stretch of the text with the most of what was asked for.
  const snippet = (parent, text) => {
    const list = places(text);
    let from = 0, best = 0;
    list.forEach(([start], i) => {
      const terms = new Set();
      for (let k = i; k < list.length && list[k][1] < start + 160; k++) terms.add(list[k][2]);
      if (terms.size > best) {
        best = terms.size;
        from = start;
      }
    });
    from = from < 60 ? 0 : Math.max(text.slice(0, from - 40).search(/\s\S*$/) + 1, from - 60);
    let to = Math.min(text.length, from + 220);
    if (to < text.length) to -= text.slice(to - 20, to).match(/\s?\S*$/)[0].length % 20;
    if (from) parent.append("… ");
    marked(parent, text, list, from, to);
    if (to < text.length) parent.append(" …");
  };

  const result = ([title, url, id, word, tone, day, short, text], doc) => {
    const li = element("li", list, "item compact"), a = element("a", element("h2", li));
    a.href = url;
    marked(a, title, places(title), 0, title.length);
    if (day) element("time", li, "", short).dateTime = day;
    if (text) snippet(element("p", li), text);
    const meta = element("div", li, "meta");
    if (word) {
      const st = element("span", meta, "st " + tone), icon = tones.getElementsByClassName(tone)[0];
      if (icon) st.append(icon.firstChild.cloneNode(true));
      st.append(word);
    }
    element("span", meta, "", head.labels[kindOf(doc)]);
    if (id) element("span", meta, "", id);
  };

  const textOf = async doc => {
    let file = 0, before = 0;
    while (before + number(head.texts, file) <= doc) before += number(head.texts, file++);
    return (await load("t" + file))[doc - before];
  };

  const filtered = () => kind < 0 ? found : found.filter(doc => kindOf(doc) === kind);

  // Shows the next results; those that are there stay.
  const show = async () => {
    const mine = turn, all = filtered(), some = all.slice(shown, shown + page);
    const texts = await Promise.all(some.map(textOf));
    if (mine !== turn) return;
    if (!shown) list.replaceChildren();
    texts.forEach((t, i) => result(t, some[i]));
    shown += some.length;
    more.hidden = shown >= all.length;
    const n = all.length;
    let text = n ? mbPlural("{n} result", "{n} results")[new Intl.PluralRules(mbLanguage).select(n)].replace("{n}", n) : mbWord("No results");
    if (cut && n) text = mbWord("At least {n}").replace("{n}", text);
    count.textContent = terms.length && text || "";
  };

  const filters = () => {
    if (!buttons) buttons = [mbWord("All [kinds]"), ...head.kinds].map((name, i) => {
      const b = element("button", id("kinds"), "button");
      b.type = "button";
      b.onclick = () => {
        kind = i - 1;
        filters();
        again();
      };
      b.append(name + " ");
      element("span", b, "n");
      return b;
    });
    const n = head.kinds.map(() => 0);
    found.forEach(doc => n[kindOf(doc)]++);
    if (kind >= 0 && !n[kind]) kind = -1;
    buttons.forEach((b, i) => {
      const some = i ? n[i - 1] : found.length;
      b.lastChild.textContent = some;
      b.hidden = !some;
      b.setAttribute("aria-pressed", kind === i - 1);
    });
  };

  const again = () => {
    turn++;
    shown = 0;
    return show().catch(failed);
  };

  const failed = why => { count.textContent = why };

  const search = async () => {
    const mine = ++turn, q = box.value.trim(), pieces = piecesOf(q);
    try {
      history.replaceState(null, "", q ? "?q=" + encodeURIComponent(q) : location.pathname);
    } catch { /* some browsers refuse that to files */ }
    head ||= await load("index");
    if (mine !== turn) return;
    cut = false;
    const scores = pieces.length ? (await Promise.all(pieces.map(hasPiece))).reduce(both) : new Map();
    if (mine !== turn) return;
    terms = pieces.flatMap(p => p.terms);
    found = [...scores.keys()].sort((a, b) => scores.get(b) - scores.get(a) || retired(a) - retired(b) || b - a);
    filters();
    return again();
  };

  const find = () => search().catch(failed);

  // ---- the page ----

  box.oninput = find;
  form.onsubmit = e => {
    e.preventDefault();
    find();
  };
  box.onfocus = () => load("index").catch(failed);
  more.onclick = async () => {
    const at = shown;
    await show().catch(failed);
    list.children[at]?.querySelector("a").focus();
  };
  addEventListener("keydown", e => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key], all = [box, ...list.querySelectorAll("h2 a")], i = all.indexOf(document.activeElement);
    if (!step || i < 0 || e.ctrlKey || e.altKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    all[i + step]?.focus();
  });
  id("plain").remove();
  form.hidden = false;
  box.value = new URLSearchParams(location.search).get("q") || "";
  if (box.value) find();
  else box.focus();
})();
