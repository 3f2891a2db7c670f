// Sorting, filtering and downloading of every named table; search; permanent addresses. Pages work from disk, so data
// comes as scripts that call verbatim.have(); nothing is fetched.
"use strict";

const root = document.body.dataset.root;
const folded = (words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = (words) => folded(words).match(/[\p{L}\p{N}]+/gu) || [];
const text = (cell) => cell.textContent.trim().replace(/\s+/g, " ");

// ---- tables

function sortKey(cell) {
  if (cell.dataset.sort !== undefined) return parseFloat(cell.dataset.sort);
  const time = cell.querySelector("time");
  if (time) return time.dateTime;
  if (!cell.classList.contains("n")) return folded(text(cell));
  const number = parseFloat(text(cell).replace(/,/g, ""));
  return Number.isNaN(number) ? -Infinity : number;
}

function sortRows(table, keyOf, descending) {
  const rows = [...table.tBodies[0].rows].map((row) => [keyOf(row), row]);
  rows.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0) * (descending ? -1 : 1));
  table.tBodies[0].append(...rows.map(([, row]) => row));
}

function sortBy(table, column, heading) {
  const descending = heading.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
  sortRows(table, (row) => sortKey(row.cells[column]), descending);
}

// A matrix has no room for buttons in its headings: what it is sorted by is chosen from a list.
function matrixSorter(table) {
  const given = new Map([...table.tBodies[0].rows].map((row, at) => [row, at]));
  const headings = [...table.tHead.rows[0].cells].map((heading, column) => element("option", { value: column }, text(heading)));
  const choice = element("select", {}, element("option", { value: "" }, "Sorted by likeness"), ...headings);
  choice.setAttribute("aria-label", "Sort: " + table.caption.textContent);
  choice.addEventListener("change", () => {
    const column = choice.value === "" ? -1 : Number(choice.value);
    sortRows(table, (row) => (column < 0 ? given.get(row) : sortKey(row.cells[column])), column > 0);
  });
  return choice;
}

// A cell that a spreadsheet would take for a formula is given as text.
function harmless(value) {
  const formula = /^\s*[=+\-@\t\r\n＝＋－＠]/.test(value) && !/^[+-]?\d[\d.,]*( ?(%|h|min|days?))?$/.test(value);
  const safe = formula ? "'" + value : value;
  return /[",\r\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
}

// What a cell says in a file: differences in brackets, as marts.quote_wordings writes them.
function plain(cell) {
  if (cell.dataset.csv !== undefined) return cell.dataset.csv;
  if (!cell.querySelector("ins, del")) return text(cell);
  const copy = cell.cloneNode(true);
  for (const added of copy.querySelectorAll("ins")) added.textContent = "{+" + added.textContent + "+}";
  for (const dropped of copy.querySelectorAll("del")) dropped.textContent = "[-" + dropped.textContent + "-]";
  return text(copy);
}

function asCsv(table) {
  const rows = [...table.rows].filter((row) => !row.hidden);
  return "\ufeff" + rows.map((row) => [...row.cells].map((cell) => harmless(plain(cell))).join(",") + "\r\n").join("");
}

function download(table) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([asCsv(table)], { type: "text/csv" }));
  link.download = table.dataset.name + ".csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function filterRows(table, wanted, status) {
  const words = folded(wanted).split(/\s+/).filter(Boolean);
  let n = 0;
  for (const row of table.tBodies[0].rows) {
    const within = " " + [...row.cells].flatMap((cell) => wordsOf(cell.textContent)).join(" ");
    row.hidden = !words.every((word) => within.includes(" " + wordsOf(word).join(" ")));
    n += !row.hidden;
  }
  status.textContent = words.length ? n + (n === 1 ? " row" : " rows") : "";
}

function equip(table) {
  const matrix = table.classList.contains("matrix");
  if (!matrix) [...table.tHead.rows[0].cells].forEach((heading, column) => {
    const button = element("button", { type: "button" }, ...heading.childNodes);
    button.addEventListener("click", () => sortBy(table, column, heading));
    heading.append(button);
  });
  const tools = element("div", { className: "tools" });
  if (matrix) tools.append(matrixSorter(table));
  if (table.tBodies[0].rows.length > 1) {
    const filter = element("input", { type: "search", placeholder: "Filter rows" });
    filter.setAttribute("aria-label", "Filter: " + table.caption.textContent);
    const status = element("span", {});
    status.setAttribute("role", "status");
    filter.addEventListener("input", () => filterRows(table, filter.value, status));
    tools.append(filter, status);
  }
  const csv = element("button", { type: "button" }, "Download as CSV");
  csv.setAttribute("aria-label", "Download as CSV: " + table.caption.textContent);
  csv.addEventListener("click", () => download(table));
  tools.append(csv);
  table.parentElement.before(tools);
}

// An address such as #said~words leads to the table with that id, showing the rows that hold the words.
function showAddressed() {
  const [id, words] = location.hash.slice(1).split("~");
  const table = words !== undefined && document.getElementById(id);
  const filter = table && table.parentElement.previousElementSibling.querySelector("input");
  if (!filter) return;
  filter.value = new URLSearchParams("words=" + words).get("words");
  filter.dispatchEvent(new Event("input"));
  (table.closest("section") || table.parentElement).scrollIntoView();
}

// ---- files of data: the search index, who left out what of a story

const waiting = new Map();
window.verbatim = { have: (key, value) => waiting.get(key).resolve(value) };

function load(key, file) {
  if (!waiting.has(key)) {
    const entry = {};
    entry.promise = new Promise((resolve, reject) => Object.assign(entry, { resolve, reject }));
    waiting.set(key, entry);
    const script = element("script", { src: root + file + ".js" });
    script.addEventListener("error", () => entry.reject(new Error("cannot read " + script.src)));
    document.head.append(script);
  }
  return waiting.get(key).promise;
}

// The parts that may hold what starts with a prefix, of parts that are named by the first thing each holds.
function partsOf(firsts, prefix) {
  const parts = [];
  for (let at = 0; at < firsts.length; at++) {
    const startsBefore = firsts[at] < prefix || firsts[at].startsWith(prefix);
    const endsAfter = at + 1 === firsts.length || firsts[at + 1] >= prefix;
    if (startsBefore && endsAfter) parts.push(at);
  }
  return parts;
}

const SHARDS_PER_WORD = 4, ENTRIES_SHOWN = 30, ENTRIES_PER_BLOCK = 100;

async function numbersOf(prefix) {
  const parts = partsOf(await load("words", "search/words"), prefix).slice(0, SHARDS_PER_WORD);
  const numbers = new Set();
  for (const shard of await Promise.all(parts.map((at) => load("w" + at, "search/words-" + at)))) {
    for (const [word, entries] of Object.entries(shard)) {
      if (word.startsWith(prefix)) entries.forEach((number) => numbers.add(number));
    }
  }
  return numbers;
}

async function search(query) {
  const sets = await Promise.all(wordsOf(query).map(numbersOf));
  if (!sets.length) return { n: 0, found: [] };
  const all = [...sets[0]].filter((number) => sets.every((set) => set.has(number))).sort((a, b) => a - b);
  const found = await Promise.all(all.slice(0, ENTRIES_SHOWN).map(async (number) => {
    const block = Math.floor(number / ENTRIES_PER_BLOCK);
    return (await load("e" + block, "search/entries-" + block))[number % ENTRIES_PER_BLOCK];
  }));
  return { n: all.length, found };
}

function equipSearch(input, list, status) {
  let asked = 0;
  input.addEventListener("input", async () => {
    const number = ++asked;
    const query = input.value.trim();
    const { n, found } = query.length > 1 ? await search(query) : { n: 0, found: [] };
    if (number !== asked) return;
    list.replaceChildren(...found.map(([kind, words, page]) =>
      element("li", {}, element("a", { href: root + page }, element("small", {}, kind), words))));
    if (query.length > 1 && !n) list.append(element("li", { className: "nothing" }, "Nothing found."));
    status.textContent = query.length > 1 ? n + " found" : "";
    list.hidden = !list.childElementCount;
  });
  input.closest(".search").addEventListener("keydown", (event) => {
    if (event.key === "Escape") { list.hidden = true; input.focus(); }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
    (links[at] || (at < 0 ? input : links[links.length - 1] || input)).focus();
  });
  document.addEventListener("click", (event) => {
    if (!input.closest(".search").contains(event.target)) list.hidden = true;
  });
}

// ---- permanent addresses of statements

async function showStatement(where) {
  const id = location.hash.slice(1);
  if (!id) return;
  const part = partsOf(await load("statements", "search/statements"), id)[0];
  const address = part === undefined ? undefined : (await load("s" + part, "search/statements-" + part))[id];
  if (address) where.replaceChildren("The statement is ", element("a", { href: root + address }, "here"), ".");
  else where.textContent = "No statement of this release has the id " + id + ".";
}

// ---- who left a statement out, which its story's file knows

function tableOfLeftOut(rows) {
  const heading = (name, n) => element("th", { scope: "col", className: n }, name);
  const table = element("table", { id: "left-out-by" },
    element("caption", {}, "Outlets that covered the story and did not print this"),
    element("thead", {}, element("tr", {}, heading("Outlet", ""), heading("Articles on the story", "n"))),
    element("tbody", {}, ...rows.map(([id, name, n]) => element("tr", {},
      element("th", { scope: "row" }, element("a", { href: root + "outlets/" + id + ".html" }, name)),
      element("td", { className: "n" }, String(n))))));
  table.dataset.name = "left-out-by";
  return table;
}

// A row of dots, the first n filled; who cannot see it has the numbers beside it.
function dots(n, of) {
  const drawn = (name, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const strip = drawn("svg", { class: "strip", width: 12 * of, height: 12, "aria-hidden": "true" });
  for (let at = 0; at < of; at++) strip.append(drawn("circle", { cx: 6 + 12 * at, cy: 6, r: 4, class: at < n ? "on" : "off" }));
  return strip;
}

async function showLeftOut(section) {
  const { story, statement, carried } = section.dataset;
  const { outlets, statements } = await load("left-out", "stories/" + story);
  const rows = (statements[statement] || []).map(([at, n]) => [...outlets[at], n]);
  const possible = Number(carried) + rows.length;
  const onStory = document.getElementById("on-the-story");
  onStory.textContent = "of " + possible + (possible === 1 ? " outlet" : " outlets") + " on the story";
  if (possible <= 24) onStory.parentElement.prepend(dots(Number(carried), possible), " ");
  const told = section.querySelector("p");
  if (!rows.length) { told.replaceWith(element("p", {}, "No outlet that covered the story.")); return; }
  document.getElementById("silent").append(", ", element("a", { href: "#left-out" }, String(rows.length)), " left it out");
  const table = tableOfLeftOut(rows);
  const around = element("div", { className: "scroll", tabIndex: 0 }, table);
  around.setAttribute("role", "region");
  around.setAttribute("aria-label", table.caption.textContent);
  told.replaceWith(around);
  equip(table);
}

document.querySelectorAll("table[data-name]").forEach(equip);
equipSearch(document.getElementById("search"), document.getElementById("found"), document.getElementById("found-count"));
showAddressed();
addEventListener("hashchange", showAddressed);
const silent = document.querySelector("#left-out[data-story]");
if (silent) showLeftOut(silent);
const where = document.getElementById("where");
if (where) { showStatement(where); addEventListener("hashchange", () => showStatement(where)); }
