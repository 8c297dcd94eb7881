// A table that is wider than its box can be scrolled with the keys, and says
// what it is. One that fits is left alone: it would be a stop for nothing.
(function () {
  "use strict";
  function label(box) {
    var caption = box.querySelector("caption"), e = box;
    while (!caption && (e = e.previousElementSibling)) if (/^H[1-6]$/.test(e.tagName)) caption = e;
    return caption ? (caption.firstChild || caption).textContent.trim() : "";
  }
  function mark() {
    document.querySelectorAll(".tbl").forEach(function (box) {
      if (box.scrollWidth <= box.clientWidth) return box.removeAttribute("tabindex");
      box.tabIndex = 0;
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", label(box) || mbWord("Table"));
    });
  }
  mark();
  addEventListener("resize", mark);
})();
