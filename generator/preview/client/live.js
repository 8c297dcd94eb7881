// Keeps this page up to date while somebody writes: Minutebook's preview adds it
// to pages on their way to the browser; published pages do not have it.
(function () {
  "use strict";
  var me = document.currentScript;
  if (!me || !me.dataset.page || !window.EventSource) return;
  var own = "/_minutebook/", root = document.documentElement;
  // What this tab shows: the page's name, its content, the status it came with.
  var page = me.dataset.page, sum = me.dataset.sum, status = +me.dataset.status;

  // ---- The stream. A browser opens six connections to a server and no more, so
  // a tab that nobody looks at has none; it asks again when it is looked at. A
  // server that was started anew is told what is shown, and so knows what to say.
  var stream, timer, pause = 250;
  function listen() {
    clearTimeout(timer);
    if (stream || document.hidden) return;
    stream = new EventSource(own + "events?" + new URLSearchParams({ page: page, sum: sum }));
    stream.onopen = function () { pause = 250; };
    stream.onmessage = function (e) {
      root.dataset.mbLive = "on";
      hear(JSON.parse(e.data));
    };
    stream.onerror = function () {
      leave();
      timer = setTimeout(listen, pause);
      pause = Math.min(2 * pause, 4000);
    };
  }
  function leave() {
    clearTimeout(timer);
    delete root.dataset.mbLive;
    if (stream) stream.close();
    stream = null;
  }
  document.addEventListener("visibilitychange", function () { document.hidden ? leave() : listen(); });
  addEventListener("pagehide", leave); // a page in the back-forward cache has no stream
  addEventListener("pageshow", listen);

  function hear(m) {
    if (m.problems !== known) loadProblems(m.problems);
    if (m.styles) m.styles.forEach(freshen);
    if (m.status === 503) return; // it cannot be made: what is shown is the last that could
    if (m.status !== 200 && status === 200) {
      note("This page is no longer there. It was deleted, moved, or is about to come back.");
    } else if (m.sum !== sum) {
      update(m.sum);
    } else if (m.changed) {
      noteChanges(m);
    }
  }

  // ---- The page. It is fetched and what differs is changed: what stays keeps
  // its place, its focus, its selection and whether it is open.
  var wanted, busy;
  function update(to) {
    wanted = to;
    if (busy) return;
    busy = true;
    fetch(location.pathname + location.search, { cache: "no-cache" }).then(function (answer) {
      return answer.text();
    }).then(apply).catch(function () { /* the server went away: the stream will tell */ }).then(function () {
      busy = false;
      if (wanted !== sum && stream) timer = setTimeout(function () { if (wanted !== sum) update(wanted); }, 100);
    });
  }

  function apply(text) {
    var next = new DOMParser().parseFromString(text, "text/html"), tag = next.querySelector("script[data-sum]");
    // Scripts cannot be taken back, nor can the base of a page for an address
    // that was missing: then it needs another page.
    if (!tag || status !== 200 && tag.dataset.status === "200" || tag.getAttribute("src") !== me.getAttribute("src") || scripts(next) !== scripts(document)) {
      leave();
      location.reload();
      return new Promise(function () {});
    }
    return restyle(next).then(function (finish) {
      if (tag.dataset.status !== "200" && status === 200) return finish();
      morph(next);
      finish();
      sum = tag.dataset.sum;
      status = +tag.dataset.status;
      note("");
      rerun();
    });
  }

  function scripts(doc) {
    return Array.from(doc.querySelectorAll("script[src]"), function (s) { return s.getAttribute("src"); }).join("\n");
  }

  function morph(next) {
    var selection = selected();
    document.title = next.title;
    ["lang", "dir", "data-pinned"].forEach(function (name) { copy(name, root, next.documentElement); });
    document.body.className = next.body.className;
    headOf(next);
    Idiomorph.morph(document.body, Array.from(next.body.childNodes), {
      morphStyle: "innerHTML",
      ignoreActiveValue: true,
      callbacks: {
        beforeAttributeUpdated: function (name, node) {
          if (name === "open" && /^(DETAILS|DIALOG)$/.test(node.tagName)) return false;
        },
      },
    });
    reselect(selection);
  }

  function copy(name, to, from) {
    if (from.hasAttribute(name)) to.setAttribute(name, from.getAttribute(name));
    else to.removeAttribute(name);
  }

  // headOf changes what can be changed of the head. The policy cannot.
  function headOf(next) {
    var kept = "meta:not([http-equiv]),link:not([rel~=stylesheet])";
    document.head.querySelectorAll(kept).forEach(function (e) { e.remove(); });
    next.head.querySelectorAll(kept).forEach(function (e) { document.head.append(document.importNode(e, true)); });
  }

  // rerun runs the layouts' scripts once more: they set up what the page as it
  // is written does not have, and changes have just undone that.
  function rerun() {
    Array.from(document.querySelectorAll("script[src]")).forEach(function (old) {
      if (old === me || old.src === me.src) return;
      var again = document.createElement("script");
      for (var i = 0; i < old.attributes.length; i++) again.setAttribute(old.attributes[i].name, old.attributes[i].value);
      old.replaceWith(again);
    });
  }

  function selected() {
    var s = getSelection();
    return s && s.rangeCount && !s.isCollapsed && [s.anchorNode, s.anchorOffset, s.focusNode, s.focusOffset];
  }
  function reselect(was) {
    if (!was || !was[0].isConnected || !was[2].isConnected) return;
    getSelection().setBaseAndExtent(was[0], Math.min(was[1], size(was[0])), was[2], Math.min(was[3], size(was[2])));
  }
  function size(node) { return node.nodeType === 3 ? node.length : node.childNodes.length; }

  // ---- Style sheets. The new one is there before the old one goes, so nothing
  // is ever seen without.
  function sheets(doc) {
    return Array.from(doc.querySelectorAll("link[rel~=stylesheet]")).filter(function (l) {
      return l.getAttribute("href").indexOf(own) !== 0;
    });
  }
  function restyle(next) {
    var have = sheets(document), want = sheets(next).map(function (l) { return l.getAttribute("href"); });
    var gone = have.filter(function (l) { return want.indexOf(l.getAttribute("href").split("#")[0]) < 0; });
    var has = have.map(function (l) { return l.getAttribute("href").split("#")[0]; });
    var last = have[have.length - 1];
    return Promise.all(want.filter(function (href) { return has.indexOf(href) < 0; }).map(function (href) {
      return put(href, last);
    })).then(function () {
      return function () { gone.forEach(function (l) { l.remove(); }); };
    });
  }
  function put(href, after) {
    var link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    return new Promise(function (done) {
      link.onload = link.onerror = done;
      if (after) after.after(link);
      else document.head.prepend(link);
    });
  }
  // freshen loads a style sheet whose name stays when its content changes.
  function freshen(path) {
    sheets(document).forEach(function (old) {
      if (new URL(old.href).pathname !== new URL("/" + path, location.href).pathname) return;
      var href = old.getAttribute("href").split("#")[0];
      fetch(href, { cache: "reload" }).then(function () { return put(href + "#" + Date.now(), old); }).then(function () { old.remove(); });
    });
  }

  // ---- The panel: what happened, and what is wrong. All of it is text.
  var known, dismissed, panel = element("aside", { id: "mb-live", "aria-label": "Preview" });
  try { dismissed = sessionStorage.getItem("mb-live"); } catch (e) { /* without storage it is not kept */ }
  var news = panel.appendChild(element("p", { role: "status", hidden: "" }));
  var list = panel.appendChild(element("details", { hidden: "" }));
  root.append(panel);

  function element(name, attributes, text) {
    var e = document.createElement(name);
    for (var key in attributes) e.setAttribute(key, attributes[key]);
    if (text !== undefined) e.textContent = text;
    return e;
  }
  function closer(label, act) {
    var b = element("button", { type: "button", title: label, "aria-label": label }, "\u00d7");
    b.onclick = function (e) { e.preventDefault(); act(); };
    return b;
  }

  function note(text) {
    news.textContent = text;
    news.hidden = !text;
    if (text) news.append(closer("Hide", function () { note(""); }));
  }
  function noteChanges(m) {
    note("Changed: ");
    var close = news.lastChild;
    m.changed.forEach(function (c, i) {
      close.before(i ? ", " : "", element("a", { href: new URL("/" + c.path.split("/").map(encodeURIComponent).join("/"), location.href).href }, c.title));
    });
    if (m.more) close.before(" and " + m.more + " more");
  }

  function loadProblems(version) {
    known = version;
    fetch(own + "problems?" + new URLSearchParams({ page: page })).then(function (answer) { return answer.json(); }).then(function (r) {
      if (known === version) showProblems(r, version);
    }).catch(function () { known = undefined; });
  }

  function count(n, word) { return n ? n + " " + word + (n > 1 ? "s" : "") : ""; }

  function showProblems(r, version) {
    var words = [count(r.errors, "error"), count(r.warnings, "warning")].filter(Boolean).join(", ");
    var urgent = r.stale || r.problems.some(function (p) { return p.here && p.severity === "error"; });
    list.hidden = !words && !r.stale || dismissed === version;
    list.open = !list.hidden && (!!urgent || list.open);
    list.replaceChildren();
    var head = list.appendChild(element("summary", { class: r.stale || r.errors ? "bad" : "" }, words || "Not up to date"));
    head.append(closer("Hide until something else is wrong", function () {
      dismissed = version;
      list.hidden = true;
      try { sessionStorage.setItem("mb-live", version); } catch (e) { /* not kept */ }
    }));
    if (r.stale) list.append(element("p", { class: "stale" }, r.stale));
    var ol = list.appendChild(element("ol"));
    r.problems.forEach(function (p) { ol.append(item(p)); });
    if (r.more) list.append(element("p", {}, "and " + r.more + " more; the page Attention has them all"));
  }

  function item(p) {
    var li = element("li", { class: p.severity });
    li.append(p.editor ? element("a", { href: p.editor, class: "place" }, p.place) : element("span", { class: "place" }, p.place));
    li.append(element("span", {}, " " + p.severity + ": " + p.message + " "), element("code", {}, p.code));
    if (p.lines) {
      var pre = li.appendChild(element("pre"));
      p.lines.forEach(function (l) {
        pre.append(element("span", { class: l.hit ? "hit" : "" }, String(l.number).padStart(5) + (l.hit ? " > " : "   ") + l.text + "\n"));
      });
    }
    if (p.hint) li.append(element("p", { class: "hint" }, p.hint));
    return li;
  }

  listen();
})();
