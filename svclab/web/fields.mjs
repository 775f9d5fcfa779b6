// Answer fields of exercises: drawn, read and written by the same few functions, so that markup
// from build time and a draft from the device meet in one place.
import { escape, html, raw } from "./text.mjs";
import { WORDS, say } from "./words.mjs";

const part = (uid, f, what) => `${uid}-${f.name}-${what}`;
const flag = (name, on) => (on ? raw(` ${name}`) : "");

/** More options than this stand in a list that opens; fewer are all seen at once. */
const MOST_SEEN = 9;
/** Options of at most so many letters stand side by side. */
const SHORT = 22;

const described = (uid, f, mine = "") =>
  raw(`aria-describedby="${escape([mine, f.help && part(uid, f, "help"), part(uid, f, "verdict")].filter(Boolean).join(" "))}"`);

// What is typed may be 1,234.5 or 3/4 or 2 h, so this is a text field; Python reads it.
function renderNumber(f, value, uid) {
  const label = part(uid, f, "label");
  const unit = part(uid, f, "unit");
  return html`<label class="svx-label" id="${label}" for="${part(uid, f, "input")}">${f.label}</label>
<span class="svx-with-unit"><input type="text" class="svq-number" id="${part(uid, f, "input")}" value="${value}" maxlength="60" inputmode="decimal" enterkeyhint="go" spellcheck="false" aria-labelledby="${label}${f.unit && ` ${unit}`}" ${described(uid, f)}>${f.unit && html`<span class="svx-unit" id="${unit}">${f.unit}</span>`}</span>`;
}

const options = (f, value) => html`<option value="">${WORDS.chooseOne}</option>${f.options.map((o) =>
  html`<option value="${o.value}"${flag("selected", o.value === value)}>${o.label}</option>`)}`;

function renderChoice(f, value, uid) {
  if (f.options.length > MOST_SEEN) {
    return html`<label class="svx-label" for="${part(uid, f, "input")}">${f.label}</label>
<select id="${part(uid, f, "input")}" ${described(uid, f)}>${options(f, value)}</select>`;
  }
  return renderMarks(f, "radio", (o) => o.value === value, uid);
}

function renderMarks(f, type, chosen, uid) {
  const short = type === "radio" && f.options.every((o) => o.label.length <= SHORT);
  const [around, each] = short ? ["svx-chips", "svx-chip"] : ["svq-options", "svq-option"];
  return html`<fieldset ${described(uid, f)}><legend class="svx-label">${f.label}</legend><div class="${around}">${f.options.map((o) =>
    html`<label class="${each}"><input type="${type}" name="${part(uid, f, "input")}" value="${o.value}"${flag("checked", chosen(o))}><span>${o.label}</span></label>`)}</div></fieldset>`;
}

function renderChoices(f, value, uid) {
  const given = Array.isArray(value) ? value : [];
  return renderMarks(f, "checkbox", (o) => given.includes(o.value), uid);
}

const inOrder = (f, value) => {
  const known = new Map(f.items.map((item) => [item.value, item]));
  const given = Array.isArray(value) ? value.filter((v) => known.has(v)) : [];
  return new Set(given).size === known.size ? given.map((v) => known.get(v)) : f.items;
};

function renderOrder(f, value, uid) {
  const items = inOrder(f, value).map((item) =>
    html`<li data-value="${item.value}" draggable="true"><span class="svq-item">${item.label}</span><span class="svq-movers"><button type="button" class="svx-icon" data-act="up" aria-label="${say(WORDS.moveUp, item)}">↑</button><button type="button" class="svx-icon" data-act="down" aria-label="${say(WORDS.moveDown, item)}">↓</button></span></li>`);
  return html`<fieldset ${described(uid, f)}><legend class="svx-label">${f.label}</legend><ol class="svq-order">${items}</ol></fieldset>`;
}

const headOf = (column) => [column.label, column.unit].filter(Boolean).join(", ");

const SIGNS = { right: "✓", rounded: "≈", unit: "≈", wrong: "✗", misconception: "✗", missing: "○", unreadable: "?" };

/** What was found about one box of a table: a sign, and its word for whoever hears the page. */
const renderCellSign = (status) => (SIGNS[status] ? html`<span class="svq-sign" aria-hidden="true">${SIGNS[status]}</span><span class="svx-vh">${WORDS.verdicts[status]}.</span>` : html``);

const toldOf = (found, row, column) => found?.cells?.[row]?.[column] ?? "";

function renderCell(f, row, column, value, uid, mine) {
  const name = say(WORDS.cellOf, { row: row.label, column: headOf(column) });
  const mark = html`data-row="${row.value}" data-col="${column.name}" aria-label="${name}" ${described(uid, f, mine)}`;
  if (column.kind === "choice") return html`<select ${mark}>${options(column, value)}</select>`;
  return html`<input type="text" class="svq-number" value="${value}" maxlength="60" inputmode="decimal" enterkeyhint="go" spellcheck="false" ${mark}>`;
}

// On a phone each row is a block (exercise.css), and a table that is drawn as blocks is a table to a
// screen reader only by its roles.
function renderTable(f, value, uid, found) {
  const label = part(uid, f, "label");
  const cell = (row, r, c) => {
    const mine = part(uid, f, `${r}-${c.name}`);
    const told = toldOf(found, row.value, c.name);
    return html`<td role="cell" data-label="${headOf(c)}"${told && html` data-status="${told}"`}>${renderCell(f, row, c, value?.[row.value]?.[c.name] ?? "", uid, mine)}<span class="svq-cell-sign" id="${mine}">${renderCellSign(told)}</span></td>`;
  };
  const head = f.columns.map((c) =>
    html`<th scope="col" role="columnheader">${c.label}${c.unit && html` <span class="svx-unit">${c.unit}</span>`}</th>`);
  const body = f.rows.map((row, r) => html`<tr role="row"><th scope="row" role="rowheader">${row.label}</th>${f.columns.map((c) => cell(row, r, c))}</tr>`);
  return html`<span class="svx-label" id="${label}">${f.label}</span>
<div class="svx-scroll" role="region" tabindex="0" aria-labelledby="${label}"><table class="svx-table svx-edit svq-table" role="table"><thead role="rowgroup"><tr role="row"><td role="cell"></td>${head}</tr></thead><tbody role="rowgroup">${body}</tbody></table></div>`;
}

const renderCode = (f) => html`<span class="svx-label">${f.label}</span><pre class="svq-code" role="region" tabindex="0" aria-label="${f.label}"><code>${f.signature}</code></pre>`;

const RENDER = {
  number: renderNumber,
  integer: renderNumber,
  choice: renderChoice,
  choices: renderChoices,
  order: renderOrder,
  table: renderTable,
  plan: renderTable,
  code: renderCode,
};

/**
 * What was found about one field: a sign and a word; its sentence too, unless the message above
 * the fields (`said`) holds it already.
 */
export function renderVerdict(found, said = "") {
  if (!found?.status) return html``;
  const word = `${found.part ? WORDS.statuses.part : (WORDS.verdicts[found.status] ?? found.status)}.`;
  const sentence = found.message && !said.includes(found.message) ? found.message : word;
  return html`<span class="svq-sign" aria-hidden="true">${found.part ? "◐" : (SIGNS[found.status] ?? "✗")}</span> ${sentence}`;
}

/** What holds of a verdict when an answer was changed: what was told of a table's other boxes. */
export function remaining(found, { row, col }) {
  const others = (told, name) => Object.entries(told).filter(([c]) => name !== row || c !== col);
  return found.cells && { cells: Object.fromEntries(Object.entries(found.cells).map(([name, told]) => [name, Object.fromEntries(others(told, name))])) };
}

/** One field with its help and the place for its verdict. */
export function renderField(f, answers, check, uid) {
  const draw = RENDER[f.kind];
  if (!draw) return html``;
  const found = check?.fields?.[f.name];
  const help = f.help && html`<p class="svx-hint" id="${part(uid, f, "help")}">${f.help}</p>`;
  return html`<div class="svq-field svq-kind-${f.kind}" data-field="${f.name}"${found?.status && html` data-status="${found.status}"`}>${draw(f, answers?.[f.name] ?? "", uid, found)}${help}<p class="svq-verdict" id="${part(uid, f, "verdict")}">${renderVerdict(found, check?.message)}</p></div>`;
}

/** Show or clear a field's verdict; screen readers find it at the field. */
export function showVerdict(place, found, said = "") {
  const mark = (one, status) => (status ? (one.dataset.status = status) : delete one.dataset.status);
  place.querySelector(".svq-verdict").innerHTML = String(renderVerdict(found, said));
  mark(place, found?.status);
  for (const input of place.querySelectorAll("input, select")) {
    let status = found?.status;
    if (input.dataset.col) {
      // Of a table each box has its own mark, or none: a right one must not look wrong.
      status = toldOf(found, input.dataset.row, input.dataset.col);
      mark(input.parentElement, status);
      input.nextElementSibling.innerHTML = String(renderCellSign(status));
    }
    if (status && status !== "right") input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
}

/** The field's answer as typed: text, a value, a list, or rows of texts. */
export function readField(place, f) {
  if (f.kind === "choice") return place.querySelector("input:checked, select")?.value ?? "";
  if (f.kind === "choices") return [...place.querySelectorAll("input:checked")].map((input) => input.value);
  if (f.kind === "order") return [...place.querySelectorAll("li")].map((li) => li.dataset.value);
  if (f.kind === "table" || f.kind === "plan") {
    const rows = {};
    for (const cell of place.querySelectorAll("[data-col]")) (rows[cell.dataset.row] ??= {})[cell.dataset.col] = cell.value;
    return rows;
  }
  return place.querySelector("input")?.value ?? "";
}

/** Whether a field stands as it was drawn, with nothing answered. */
export function isBlank(f, value) {
  if (f.kind === "order") return value.every((one, i) => one === f.items[i]?.value);
  if (f.kind === "table" || f.kind === "plan") return Object.values(value).every((row) => Object.values(row).every((cell) => cell === ""));
  return value.length === 0;
}

/** Wire the order's buttons and its dragging; `moved(li)` is told each time. */
export function attachOrder(list, { signal, moved }) {
  const ends = () => {
    const [first, last] = [list.firstElementChild, list.lastElementChild];
    for (const button of list.querySelectorAll("button")) {
      // Not `disabled`: the focus would be lost when an item arrives at the end.
      const at = button.dataset.act === "up" ? first : last;
      button.setAttribute("aria-disabled", String(button.closest("li") === at));
    }
  };
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const item = button?.closest("li");
    const other = button?.dataset.act === "up" ? item?.previousElementSibling : item?.nextElementSibling;
    if (!other) return;
    // The neighbour is moved, not the item: so the pressed button keeps the focus.
    if (button.dataset.act === "up") item.after(other);
    else item.before(other);
    ends();
    moved(item);
  }, { signal });
  let dragged = null;
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("li");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.innerText);
    dragged.dataset.dragged = "";
  }, { signal });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("li");
    if (!dragged || !over || over.parentElement !== list) return;
    event.preventDefault();
    const box = over.getBoundingClientRect();
    if (over !== dragged) over[event.clientY < box.top + box.height / 2 ? "before" : "after"](dragged);
  }, { signal });
  list.addEventListener("drop", (event) => event.preventDefault(), { signal });
  list.addEventListener("dragend", () => {
    if (!dragged) return;
    delete dragged.dataset.dragged;
    ends();
    moved(dragged);
    dragged = null;
  }, { signal });
  ends();
}
