// Audits a published site with axe, Lighthouse and the Nu HTML checker:
//
//   node audit.mjs SITE
//
// SITE is the folder of the published example. Needs Node.js 18 or later, Java,
// and Chromium (CHROME_PATH, default /usr/bin/chromium). Prints what is wrong,
// and a line for each budget; exits with 1 when one is missed.
import { spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { extname, join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import lighthouse, { desktopConfig } from "lighthouse";
import puppeteer from "puppeteer-core";
import vnu from "vnu-jar";

const site = process.argv[2];
if (!site || !statSync(join(site, "index.html"), { throwIfNoEntry: false })) {
  console.error("usage: node audit.mjs SITE, the folder of a published site");
  process.exit(2);
}

let missed = 0;
const tell = (budget, measured, met) => {
  console.log(`${met ? "ok  " : "MISS"} ${budget}: ${measured}`);
  if (!met) missed++;
};

const walk = folder => readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
  const path = join(folder, entry.name);
  return entry.isDirectory() ? walk(path) : [path];
});

// Stubs lead to another page at once: there is nothing to look at.
const isStub = path => readFileSync(path, "utf8").includes('http-equiv="refresh"');
const html = walk(site).filter(path => extname(path) === ".html");
const pages = html.filter(path => !isStub(path)).map(path => relative(site, path)).sort();

// ---- the Nu HTML checker: every page, the stubs too ----

const nu = spawnSync("java", ["-jar", vnu, "--format", "json", "--exit-zero-always", ...html], { encoding: "utf8", maxBuffer: 1 << 28 });
if (nu.error) throw nu.error;
const messages = JSON.parse(nu.stderr).messages.filter(m => m.type === "error" || m.type === "non-document-error");
for (const m of messages.slice(0, 20)) console.log(`  ${m.url}:${m.lastLine}: ${m.message}\n    ${m.extract}`);
tell(`Nu HTML checker, errors on ${html.length} pages`, messages.length, messages.length === 0);

// ---- a server as a host of static pages is ----

const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".txt": "text/plain", ".xml": "application/xml", ".json": "application/json" };
const server = createServer((request, response) => {
  let path = join(site, decodeURIComponent(new URL(request.url, "http://localhost").pathname));
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) path = join(path, "index.html");
  const found = statSync(path, { throwIfNoEntry: false })?.isFile();
  const body = gzipSync(readFileSync(found ? path : join(site, "404.html")));
  response.writeHead(found ? 200 : 404, {
    "Content-Type": types[found ? extname(path) : ".html"] ?? "application/octet-stream",
    "Content-Encoding": "gzip", "Cache-Control": "max-age=600",
  });
  response.end(body);
});
await new Promise(ready => server.listen(0, "127.0.0.1", ready));
const address = `http://localhost:${server.address().port}/`;

const browser = await puppeteer.launch({
  executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});

// ---- axe: every page, light and dark, on a desk and on a phone ----

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const forms = ["light", "dark"].flatMap(scheme => [1440, 390].map(width => ({ scheme, width })));
const seen = new Set();
let violations = 0, runs = 0;
await Promise.all(forms.map(async ({ scheme, width }) => {
  const tab = await browser.newPage();
  await tab.setBypassCSP(true); // for axe itself
  await tab.setViewport({ width, height: 900 });
  await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }, { name: "prefers-reduced-motion", value: "reduce" }]);
  for (const page of pages) {
    await tab.goto(address + page);
    await tab.evaluate(axe);
    const result = await tab.evaluate(() => axe.run({ resultTypes: ["violations"] }));
    runs++;
    for (const v of result.violations) {
      violations += v.nodes.length;
      const text = `  ${v.id}: ${v.help}\n    ${v.nodes[0].html.slice(0, 200)}\n    ${v.nodes[0].failureSummary?.replaceAll("\n", " ").slice(0, 300)}`;
      if (!seen.has(v.id + v.nodes[0].html)) console.log(`  ${page} (${scheme}, ${width})\n${text}`);
      seen.add(v.id + v.nodes[0].html);
    }
  }
  await tab.close();
}));
tell(`axe, violations on ${pages.length} pages, light and dark, 1440 and 390 px (${runs} runs)`, violations, violations === 0);

// ---- Lighthouse: a page of each kind that people open first ----

// How fast a page is depends on what else the machine does: that is told, and
// does not fail the audit.
const least = { accessibility: 100, "best-practices": 100, seo: 100, performance: 99 };
const fails = name => name !== "performance";
const first = kind => pages.find(page => page.startsWith(kind + "/") && !/(^|\/)index\.html$|\.brief\.html$/.test(page));
const audited = ["index.html", first("proposals"), first("meetings"), first("decisions"), first("events"), "actions.html"].filter(Boolean);
for (const page of audited) {
  for (const [form, config] of [["phone", undefined], ["desk", desktopConfig]]) {
    const tab = await browser.newPage();
    const { lhr } = await lighthouse(address + page, { onlyCategories: Object.keys(least), logLevel: "silent" }, config, tab);
    await tab.close();
    const scores = Object.fromEntries(Object.entries(lhr.categories).map(([name, c]) => [name, Math.round(c.score * 100)]));
    const shift = lhr.audits["cumulative-layout-shift"].numericValue;
    for (const [name, c] of Object.entries(lhr.categories)) {
      if (scores[name] >= least[name]) continue;
      for (const ref of c.auditRefs) {
        const a = lhr.audits[ref.id];
        if (ref.weight > 0 && a.score !== null && a.score < 1) console.log(`  ${name}: ${a.title} (${a.displayValue ?? a.score})`);
      }
    }
    tell(`Lighthouse, ${page} on a ${form}`, `${Object.entries(scores).map(([n, s]) => n + " " + s).join(", ")}, shift ${shift.toFixed(3)}`,
      Object.entries(least).every(([name, n]) => scores[name] >= n || !fails(name)) && shift <= 0.01);
  }
}

await browser.close();
server.close();
process.exit(missed ? 1 : 0);
