// Marks the section that is being read in the list of contents, and closes its
// sheet when one was chosen.
(function () {
  "use strict";
  var list = document.getElementById("mb-toc"), links = {}, current;
  if (!list) return;
  list.addEventListener("click", function (e) {
    if (e.target.closest("a") && list.hidePopover && list.matches(":popover-open")) list.hidePopover();
  });
  if (!window.IntersectionObserver) return;
  var seen = new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting) return;
      if (current) current.removeAttribute("aria-current");
      current = links[entry.target.id];
      current.setAttribute("aria-current", "true");
    });
  }, { rootMargin: "0px 0px -75% 0px" });
  list.querySelectorAll("a").forEach(function (a) {
    var id = decodeURIComponent(a.hash.slice(1)), heading = document.getElementById(id);
    if (!heading) return;
    links[id] = a;
    seen.observe(heading);
  });
})();
