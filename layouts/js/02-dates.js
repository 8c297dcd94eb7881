// Pages say "in 2 days" as of the day they were built; a page that lies around
// goes stale, so the words are made anew from today. Not where the site's day is
// pinned: there the page speaks of a day that is long gone.
(function () {
  "use strict";
  var root = document.documentElement, now = new Date(), day = 864e5;
  if ("pinned" in root.dataset || !window.Intl || !Intl.RelativeTimeFormat) return;
  // "tomorrow", but "in 1 month" and not "next month", as pages are built.
  var near = new Intl.RelativeTimeFormat(mbLanguage, { numeric: "auto" }), exact = new Intl.RelativeTimeFormat(mbLanguage);
  var today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
  document.querySelectorAll(".rel[data-day]").forEach(function (e) {
    var days = Math.round((Date.parse(e.dataset.day.slice(0, 10)) - today) / day), far = Math.abs(days);
    if (isNaN(days)) return;
    e.textContent = far < 29 ? (far < 2 ? near : exact).format(days, "day") :
      far < 320 ? exact.format(Math.round(days / 30.4), "month") : exact.format(Math.round(days / 365), "year");
  });
})();
