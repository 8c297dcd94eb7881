// "/" goes to the search box, and Esc leaves it.
(function () {
  "use strict";
  var box = document.getElementById("mb-q");
  if (!box) return;
  addEventListener("keydown", function (e) {
    var at = e.target;
    if (e.key === "Escape" && at === box) box.blur();
    if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey || at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) && at.type !== "radio") return;
    if (!box.checkVisibility || box.checkVisibility()) {
      e.preventDefault();
      box.focus();
      box.select();
    }
  });
})();
