// Copies a text that stands on the page, and says so. Where there is no clipboard
// for scripts (a site without https), the browser is asked in the old way.
(function () {
  "use strict";
  function old(text) {
    var box = document.createElement("textarea"), done = false;
    box.value = text;
    document.body.append(box);
    box.select();
    try { done = document.execCommand("copy"); } catch (e) { }
    box.remove();
    return done;
  }
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    var from = document.getElementById(button.dataset.copy), said = button.nextElementSibling;
    function tell(done) {
      said.textContent = done ? said.dataset.done : said.dataset.failed;
      if (done) return button.focus();
      from.closest("details").open = true;
      getSelection().selectAllChildren(from);
    }
    button.hidden = false;
    button.onclick = function () {
      var text = from.textContent;
      said.textContent = "";
      if (!navigator.clipboard) return tell(old(text));
      navigator.clipboard.writeText(text).then(function () { tell(true); }, function () { tell(old(text)); });
    };
  });
})();
