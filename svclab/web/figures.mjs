// What a view says in words and numbers: warning, key figures, sentence, tables.
import { html, raw, shown } from "./text.mjs";
import { WORDS, say } from "./words.mjs";

export const renderWarning = (view) =>
  view.warning && html`<p class="svx-warning"><strong>${WORDS.warning}:</strong> ${view.warning}</p>`;

// Good and bad are told by a sign and a word too: colour alone does not reach everybody.
const SIGNS = { good: "✓", bad: "!" };

// From so many signs without a space on, a figure is written smaller, so that it has room.
const LONG = [9, 11, 14];

function long(f) {
  const most = Math.max(...String(f.text).split(/\s+/).map((word) => word.length));
  const step = LONG.filter((length) => most >= length).length;
  return step ? raw(` data-long="${step}"`) : "";
}

function renderFigure(f) {
  const sign = SIGNS[f.tone];
  return html`<div class="svx-figure" data-key="${f.key}" data-tone="${f.tone}"><dt>${f.label}</dt>
<dd>${sign && html`<span class="svx-vh">${WORDS[f.tone]}: </span>`}<span class="svx-value" data-value="${f.value}"${long(f)}>${f.text}</span>${(f.unit || sign) && html` <span class="svx-after"><span class="svx-unit">${f.unit}</span>${sign && html` <span class="svx-sign" aria-hidden="true">${sign}</span>`}</span>`}</dd></div>`;
}

export function renderFigures(view) {
  const figures = view.figures ?? [];
  if (!figures.length) return html`<div class="svx-figures-none"></div>`;
  return html`<dl class="svx-figures">${figures.map(renderFigure)}</dl>`;
}

export function renderMeaning(view) {
  const explained = (view.figures ?? []).filter((f) => f.help);
  return html`<div class="svx-meaning-place">${explained.length > 0 && html`<details class="svx-meaning"><summary>${WORDS.meaning}</summary><dl>${explained.map((f) => html`<div><dt>${f.label}</dt><dd>${f.help}</dd></div>`)}</dl></details>`}</div>`;
}

const TOOLS = html`<p class="svx-table-tools"><button type="button" class="svx-quiet" data-act="copy-table">${WORDS.copyTable}</button> <button type="button" class="svx-quiet" data-act="save-table">${WORDS.downloadTable}</button></p>`;

const side = (column) => (column.align === "right" ? raw(' class="svx-right"') : "");

// On a phone a column of sentences keeps room for a few words a line; the table then scrolls.
function room(rows, column) {
  const longest = Math.max(0, ...rows.map((row) => String(row[column] ?? "").length));
  return longest < 18 ? "" : raw(` data-room="${longest < 36 ? "some" : "much"}"`);
}

/** A table with its heading: columns [{label, unit, align}], rows of texts. */
export function renderRows(columns, rows, { emphasis = [], label = "" } = {}) {
  const head = columns.map((c, i) =>
    html`<th scope="col"${side(c)}${room(rows, i)}>${c.label}${c.unit && html` <span class="svx-unit">${c.unit}</span>`}</th>`);
  const body = rows.map((row, r) => html`<tr${emphasis.includes(r) ? raw(' class="svx-strong"') : ""}>${row.map((text, c) =>
    c === 0
      ? html`<th scope="row"${side(columns[c])}>${text}</th>`
      : html`<td${side(columns[c] ?? {})}>${text}</td>`)}</tr>`);
  return html`<div class="svx-scroll" role="region" tabindex="0" aria-label="${label || WORDS.numbers}"><table class="svx-table"><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>${TOOLS}`;
}

export function renderTablePart(part) {
  return html`<figure class="svx-part svx-table-part" data-kind="table">${part.title && html`<figcaption>${part.title}</figcaption>`}${renderRows(part.columns, part.rows, { emphasis: part.emphasis, label: part.title })}</figure>`;
}

const MOST_ROWS = 300;

/** The numbers behind a chart, a table for each of its data sets that has columns. */
export function renderNumbers(part) {
  return html`${Object.entries(part.columns ?? {}).map(([name, columns]) => {
    const all = part.data?.[name] ?? [];
    const isNumber = (c) => all.some((row) => typeof row[c.field] === "number");
    const heads = columns.map((c) => ({ label: c.label, align: isNumber(c) ? "right" : "left" }));
    const rows = all.slice(0, MOST_ROWS).map((row) => columns.map((c) => (c.label === WORDS.year ? String(row[c.field]) : shown(row[c.field], 4))));
    const more = all.length - rows.length;
    return html`${renderRows(heads, rows, { label: part.title })}${more > 0 && html`<p class="svx-hint">${say(WORDS.moreRows, { n: more })}</p>`}`;
  })}`;
}

const cells = (table) =>
  [...table.rows].map((tr) => [...tr.cells].map((cell) => cell.innerText.replace(/\s+/g, " ").trim()));

/** Tab-separated, as spreadsheets take it from the clipboard. */
export const tsv = (table) => cells(table).map((row) => row.join("\t")).join("\n");

// A cell that begins like a formula would run in a spreadsheet: a leading apostrophe stops it. A
// sign by itself, or before one number, is none.
const guarded = (text) => (/^([=@\t\r]|[+-](?!$|[\d.]+(e[+-]?\d+)?([ %]|$)))/.test(text) ? `'${text}` : text);

export const csv = (table) =>
  cells(table).map((row) => row.map((text) => {
    const safe = guarded(text.replace("−", "-").replace(/(\d),(?=\d{3})/g, "$1"));
    return /[",\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  }).join(",")).join("\r\n");
