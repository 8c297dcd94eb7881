// Pages say "in 2 days" as of the day they were built; a page that lies around
// goes stale, so the words are made anew from today. Not where the site's day is
// pinned: there the page speaks of a day that is long gone.
(function () {
  "use strict";
  var root = document.documentElement, now = new Date(), day = 864e5;
  if ("pinned" in root.dataset || !window.Intl || !Intl.RelativeTimeFormat) return;
  var words = new Intl.RelativeTimeFormat(mbLanguage, { numeric: "auto" });
  var today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  document.querySelectorAll(".rel[data-day]").forEach(function (e) {
    var days = Math.round((Date.parse(e.dataset.day.slice(0, 10)) - today) / day), far = Math.abs(days);
    if (isNaN(days)) return;
    e.textContent = far < 29 ? words.format(days, "day") :
      far < 320 ? words.format(Math.round(days / 30.4), "month") : words.format(Math.round(days / 365), "year");
  });
})();
