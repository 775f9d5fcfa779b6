// A grid to place things in or to fill: a table in the page, so that its texts wrap and a screen
// reader can walk in it; drawn as a picture only when it is saved as one.
import { keys } from "./controls.mjs";
import { BOLD, flag, frame, lines, measure, round, unbroken, verdict, wrap, LINE, VERDICT_SIGNS } from "./drawing.mjs";
import { html, raw } from "./text.mjs";
import { WORDS, say } from "./words.mjs";

const placeOf = (item) => (item.row === undefined ? "" : `${item.row}\n${item.column}`);

/** What a reader calls the place of an item. */
export function placeName(part, row, column) {
  if (row === undefined || row === "") return part.tray;
  const name = (side, key) => side.find((one) => one.key === key)?.label ?? key;
  return say(WORDS.cellOf, { row: name(part.rows, row), column: name(part.columns, column) });
}

/** An item: if it can be moved, a slider to the keyboard, like the points of a chart. */
function chip(part, item) {
  const inside = html`<span class="svd-chip-name">${item.label}</span>${verdict(item.verdict)}${item.note && html`<span class="svd-chip-note">${item.note}</span>`}`;
  if (!item.move) return html`<div class="svd-chip" data-item="${item.name}" data-verdict="${item.verdict}">${inside}</div>`;
  const cells = part.rows.length * part.columns.length;
  const at = item.row === undefined ? 0 : 1 + part.rows.findIndex((r) => r.key === item.row) * part.columns.length + part.columns.findIndex((c) => c.key === item.column);
  return html`<div class="svd-chip svd-moves" data-item="${item.name}" data-verdict="${item.verdict}" role="slider" tabindex="0" aria-label="${[item.label, item.note, item.verdict && WORDS.verdictSigns[item.verdict]].filter(Boolean).join(", ")}" aria-roledescription="${WORDS.movable}" aria-valuemin="0" aria-valuemax="${cells}" aria-valuenow="${at}" aria-valuetext="${placeName(part, item.row, item.column)}">${inside}</div>`;
}

const columnOf = (declaration, fill) =>
  declaration?.parameters.find((p) => p.name === fill.parameter)?.columns?.find((c) => c.name === fill.column);

const LONG = 60; // letters; a longer text is written in lines

/** A cell to fill: the control that the table's own column has. */
function box(entry, label, column, value) {
  const mark = html`class="svx-box svd-fill" data-fill-parameter="${entry.fill.parameter}" data-fill-row="${entry.fill.row}" data-fill-column="${entry.fill.column}" aria-label="${label}"`;
  if (column?.kind === "choice") {
    return html`<select ${mark}>${column.options.map((o) => html`<option value="${o.value}"${flag("selected", o.value === value)}>${o.label}</option>`)}</select>`;
  }
  if (column?.kind === "number" || column?.kind === "integer") {
    return html`<input type="number" min="${column.low}" max="${column.high}" step="${column.step}"${keys(column)} value="${value}" ${mark}>`;
  }
  const most = column?.longest ?? LONG;
  if (most > LONG) return html`<textarea rows="2" maxlength="${most}" ${mark}>${value}</textarea>`;
  return html`<input type="text" maxlength="${most}" value="${value}" ${mark}>`;
}

function cell(part, row, column, { declaration, parameters }) {
  const entry = part.entries.find((e) => e.row === row.key && e.column === column.key) ?? {};
  const items = part.items.filter((i) => i.row === row.key && i.column === column.key);
  const label = say(WORDS.cellOf, { row: row.label, column: column.label });
  const value = entry.fill && (parameters?.[entry.fill.parameter]?.[entry.fill.row]?.[entry.fill.column] ?? entry.content ?? "");
  const content = entry.fill
    ? box(entry, label, columnOf(declaration, entry.fill), value)
    : entry.content && html`<span class="svd-content"${flag("data-number", entry.number)}>${entry.content}</span>`;
  const shade = entry.level ? raw(` style="--svd-level:${Math.round(entry.level * 100)}%"`) : "";
  return html`<div class="svd-cell" role="cell" data-row="${row.key}" data-column="${column.key}" data-verdict="${entry.verdict}"${shade}><span class="svd-cell-column" aria-hidden="true">${column.label}</span>${entry.title && html`<span class="svd-cell-title">${entry.title}</span>`}${content}${verdict(entry.verdict)}${items.length > 0 && html`<div class="svd-chips">${items.map((item) => chip(part, item))}</div>`}</div>`;
}

/** The grid alone: what changes when something is moved. */
function grid(part, options) {
  const heads = part.columns.map((c) => html`<div class="svd-head-cell" role="columnheader">${c.label}</div>`);
  const side = part.row_totals;
  const corner = html`<div class="svd-corner" role="${part.rows_name ? "columnheader" : "cell"}">${part.rows_name}</div>`;
  const body = part.rows.map((row, r) => html`<div class="svd-row" role="row"><div class="svd-side" role="rowheader"><span>${row.label}</span></div>${part.columns.map((c) => cell(part, row, c, options))}${side && html`<div class="svd-total" role="cell"><span class="svd-total-name">${side.label} </span>${side.values[r]}</div>`}</div>`);
  const foot = part.column_totals && html`<div class="svd-row svd-foot" role="row"><div class="svd-side" role="rowheader"><span>${part.column_totals.label}</span></div>${part.column_totals.values.map((v) => html`<div class="svd-total" role="cell">${v}</div>`)}${side && html`<div class="svd-total" role="cell"></div>`}</div>`;
  return html`<div class="svd-row svd-heads" role="row">${corner}${heads}${side && html`<div class="svd-head-cell" role="columnheader">${side.label}</div>`}</div>${body}${foot}`;
}

const narrowest = (part) => (part.items.length || part.entries.some((e) => !e.number) ? 7 : 2.6);

/** The longest word of a column's head, in letters of the page: no head breaks inside a word. */
const longest = (column) => round(Math.min(11, Math.max(0, ...unbroken(column.label).map((word) => measure(word, BOLD))) / 13 + 0.9));

export function renderMatrix(part, options = {}) {
  const full = { entries: [], items: [], ...part };
  const waiting = full.items.filter((item) => item.row === undefined);
  const moves = full.items.some((item) => item.move);
  const n = full.columns.length;
  const words = full.columns.map(longest);
  const tracks = words.map((word) => `minmax(max(${narrowest(full)}rem,${round(word * 0.875)}em),1fr)`);
  const style = raw(` style="--svd-columns:${n};--svd-least:${narrowest(full)}rem;--svd-word:${Math.max(...words)}em;--svd-tracks:${tracks.join(" ")};${full.row_totals ? "--svd-sum:minmax(3rem,auto)" : ""}"`);
  const open = full.items.some((item) => item.move && (item.move.across || n === 1) && (item.move.down || full.rows.length === 1));
  const tray = (waiting.length > 0 || open) && html`<div class="svd-tray" data-row="" data-column=""><span class="svd-tray-name">${full.tray}</span><div class="svd-chips">${waiting.map((item) => chip(full, item))}</div></div>`;
  const table = html`<div class="svx-scroll svd-scroll" role="region" tabindex="0" aria-label="${full.title || full.alt}">${full.columns_name && html`<p class="svd-columns-name">${full.columns_name}</p>`}<div class="svd-grid" role="table" aria-label="${full.alt}"${flag("data-many", n > 3)}${flag("data-one", n === 1 && full.items.length > 0)}${flag("data-texts", n > 2 && narrowest(full) > 5)}${flag("data-sums", Boolean(full.row_totals))}${style}>${grid(full, options)}</div></div>`;
  const problem = (moves || full.entries.some((entry) => entry.fill)) && html`<p class="svx-problem svd-problem" hidden></p>`;
  return frame(full, html`${moves && html`<p class="svx-hint svx-drag">${WORDS.moveItems}${tray && ` ${say(WORDS.takeOut, full)}`}</p>`}${tray}${table}${problem}`);
}

/** The same as a picture, for a file. */
export function drawMatrix(given, width = 760) {
  const part = { entries: [], items: [], ...given };
  const n = part.columns.length;
  const side = Math.min(150, Math.max(70, ...part.rows.map((r) => measure(r.label, BOLD) + 16)));
  const sum = part.row_totals ? Math.max(64, ...[...unbroken(part.row_totals.label), ...part.row_totals.values].map((text) => Math.min(150, measure(text, BOLD) + 8))) : 0;
  const w = Math.max((width - side - sum) / n, 84);
  const total = side + n * w + sum;
  const heads = part.columns.map((c) => wrap(c.label, w - 12, BOLD));
  const end = sum ? wrap(part.row_totals.label, sum - 4, BOLD) : [];
  const over = part.columns_name ? wrap(part.columns_name, total - side - sum) : [];
  const corner = part.rows_name ? wrap(part.rows_name, side - 12) : [];
  const first = 14 + over.length * LINE;
  const top = Math.max(first - 2 + Math.max(1, end.length, ...heads.map((t) => t.length)) * LINE, corner.length * LINE) + 12;
  const named = [over.length > 0 && lines(over, side + (n * w) / 2, 14, { cls: "svd-end" }), corner.length > 0 && lines(corner, 4, top - 14 - (corner.length - 1) * LINE, { cls: "svd-end", anchor: "start" })];
  const shapes = [html`${named}${heads.map((t, i) => lines(t, side + (i + 0.5) * w, first, { cls: "svd-name" }))}${sum > 0 && lines(end, total - sum / 2, first, { cls: "svd-name" })}`];
  let y = top;
  part.rows.forEach((row, r) => {
    const cells = part.columns.map((column) => told(part, row, column, w - 16));
    const name = wrap(row.label, side - 12, BOLD);
    const h = Math.max(40, name.length * LINE + 14, ...cells.map((c) => c.length * LINE + 14));
    shapes.push(lines(name, 4, y + h / 2 - ((name.length - 1) * LINE) / 2, { cls: "svd-name", anchor: "start" }));
    cells.forEach((texts, i) => {
      const entry = part.entries.find((e) => e.row === row.key && e.column === part.columns[i].key);
      shapes.push(html`<rect class="svd-cell-box" x="${round(side + i * w)}" y="${round(y)}" width="${round(w)}" height="${round(h)}"/>${entry?.level && html`<rect class="svd-cell-shade" opacity="${round(entry.level * 0.4)}" x="${round(side + i * w)}" y="${round(y)}" width="${round(w)}" height="${round(h)}"/>`}${texts.length > 0 && lines(texts, side + (i + 0.5) * w, y + h / 2 - ((texts.length - 1) * LINE) / 2)}`);
    });
    if (sum) shapes.push(lines([part.row_totals.values[r]], total - sum / 2, y + h / 2, { cls: "svd-name" }));
    y += h;
  });
  if (part.column_totals) {
    const foot = [part.column_totals.label, ...part.column_totals.values].map((text, i) => wrap(text, i ? w - 12 : side - 12, BOLD));
    foot.forEach((texts, i) => shapes.push(lines(texts, i ? side + (i - 0.5) * w : 4, y + 20, { cls: "svd-name", anchor: i ? "middle" : "start" })));
    y += 23 + Math.max(...foot.map((texts) => texts.length)) * LINE;
  }
  const waiting = part.items.filter((item) => item.row === undefined).map(titled);
  if (waiting.length) {
    const texts = wrap(`${part.tray}: ${waiting.join("; ")}`, total - 8);
    shapes.push(lines(texts, 4, y + 20, { anchor: "start" }));
    y += texts.length * LINE + 20;
  }
  return { w: total + 2, h: y + 2, markup: html`${shapes}` };
}

const signed = (text, name) => (name ? `${text} ${VERDICT_SIGNS[name]}` : text);
const titled = (item) => signed(item.note ? `${item.label} (${item.note})` : item.label, item.verdict);

function told(part, row, column, room) {
  const entry = part.entries.find((e) => e.row === row.key && e.column === column.key) ?? {};
  const items = part.items.filter((i) => placeOf(i) === `${row.key}\n${column.key}`).map((i) => `• ${titled(i)}`);
  const texts = [entry.title, entry.content && signed(entry.content, entry.verdict), ...items].filter(Boolean);
  return texts.flatMap((text) => wrap(text, room));
}
