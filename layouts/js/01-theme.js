// The reader's choice of light or dark. It is shown only where it can be kept.
(function () {
  "use strict";
  var root = document.documentElement, key = "mb-theme", store;
  try { store = localStorage; store.getItem(key); } catch (e) { return; }
  var chosen = store.getItem(key), box = document.querySelector(".theme");
  if (chosen) root.dataset.theme = chosen;
  if (!box) return;
  box.hidden = false;
  box.querySelectorAll("input").forEach(function (input) {
    input.checked = input.value === (chosen || "auto");
    input.onchange = function () {
      if (input.value === "auto") {
        delete root.dataset.theme;
        store.removeItem(key);
      } else {
        root.dataset.theme = input.value;
        store.setItem(key, input.value);
      }
    };
  });
})();
