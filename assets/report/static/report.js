// Sorting, filtering and downloading of every named table, and the search box. Plain script: the pages work from disk.
"use strict";

const text = (cell) => cell.textContent.trim().replace(/\s+/g, " ");

function sortKey(cell) {
  const time = cell.querySelector("time");
  if (time) return time.dateTime;
  const number = parseFloat(text(cell).replace(/,/g, ""));
  return cell.classList.contains("n") ? (Number.isNaN(number) ? -Infinity : number) : text(cell).toLowerCase();
}

function sortBy(table, column, heading) {
  const descending = heading.getAttribute("aria-sort") === "ascending";
  for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", descending ? "descending" : "ascending");
  const rows = [...table.tBodies[0].rows].map((row) => [sortKey(row.cells[column]), row]);
  rows.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0) * (descending ? -1 : 1));
  table.tBodies[0].append(...rows.map(([, row]) => row));
}

// A cell that a spreadsheet would take for a formula is given as text.
function csvCell(value) {
  const safe = /^[=+\-@\t\r]/.test(value) && !/^[+-]?[\d.,]+( ?[%hd])?$/.test(value) ? "'" + value : value;
  return /[",\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
}

function download(table) {
  const lines = [...table.rows].filter((row) => !row.hidden).map((row) => [...row.cells].map((cell) => csvCell(text(cell))).join(","));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" }));
  link.download = table.dataset.name + ".csv";
  link.click();
  URL.revokeObjectURL(link.href);
}

function equip(table) {
  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    heading.scope = "col";
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    button.addEventListener("click", () => sortBy(table, column, heading));
    heading.append(button);
  });
  const scroll = document.createElement("div");
  scroll.className = "scroll";
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", "Table of " + table.dataset.name);
  table.replaceWith(scroll);
  scroll.append(table);
  const tools = document.createElement("div");
  tools.className = "tools";
  if (table.tBodies[0].rows.length > 8) {
    const filter = document.createElement("input");
    filter.type = "search";
    filter.placeholder = "Filter";
    filter.setAttribute("aria-label", "Filter " + table.dataset.name);
    const shown = document.createElement("span");
    filter.addEventListener("input", () => {
      const wanted = filter.value.toLowerCase();
      let n = 0;
      for (const row of table.tBodies[0].rows) {
        row.hidden = !text(row).toLowerCase().includes(wanted);
        n += !row.hidden;
      }
      shown.textContent = wanted ? n + " rows" : "";
    });
    tools.append(filter, shown);
  }
  const csv = document.createElement("button");
  csv.type = "button";
  csv.textContent = "Download as CSV";
  csv.addEventListener("click", () => download(table));
  tools.append(csv);
  scroll.before(tools);
}

function loadIndex(root) {
  return new Promise((resolve) => {
    if (window.searchIndex) return resolve(window.searchIndex);
    const script = document.createElement("script");
    script.src = root + "search.js";
    script.onload = () => resolve(window.searchIndex);
    document.head.append(script);
  });
}

function equipSearch(input, list, root) {
  input.addEventListener("input", async () => {
    const wanted = input.value.toLowerCase().trim();
    const index = wanted.length > 1 ? await loadIndex(root) : [];
    const hits = index.filter(([, words]) => words.toLowerCase().includes(wanted)).slice(0, 30);
    list.replaceChildren(...hits.map(([kind, words, page]) => {
      const link = document.createElement("a");
      link.href = root + page;
      const label = document.createElement("small");
      label.textContent = kind;
      link.append(label, words.length > 140 ? words.slice(0, 139) + "…" : words);
      const item = document.createElement("li");
      item.append(link);
      return item;
    }));
    list.hidden = !hits.length;
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && list.firstChild) { event.preventDefault(); list.querySelector("a").focus(); }
    if (event.key === "Escape") { list.hidden = true; }
  });
}

document.querySelectorAll("table[data-name]").forEach(equip);
equipSearch(document.getElementById("search"), document.getElementById("found"), document.body.dataset.root);
