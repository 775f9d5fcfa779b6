// Controls: what can be moved. Rendering is a pure function; reading takes the values back from
// the page's own elements, so that markup drawn at build time needs no second drawing.
import { escape, html, raw } from "./text.mjs";
import { WORDS, say } from "./words.mjs";

const id = (uid, p, what = "") => `${uid}-${p.name}${what && `-${what}`}`;

const describedBy = (uid, p) =>
  raw(`aria-describedby="${escape([p.help && id(uid, p, "help"), id(uid, p, "problem")].filter(Boolean).join(" "))}"`);

const hint = (uid, p) => p.help && html`<p class="svx-hint" id="${id(uid, p, "help")}">${p.help}</p>`;

const problem = (uid, p) => html`<p class="svx-problem" id="${id(uid, p, "problem")}" hidden></p>`;

/** The box of a number has room for the longest one that can be typed. */
const boxClass = ({ low, high, step }) => {
  const decimals = String(step).split(".")[1]?.length ?? 0;
  const digits = Math.max(...[low, high].map((end) => Number(end).toFixed(decimals).length));
  return digits > 4 ? "svx-box svx-box-long" : "svx-box";
};

const flag = (name, on) => (on ? raw(` ${name}`) : "");

/** A long name has a line of its own; a short one shares it with the number. */
export const pairClass = (label, unit) => (label.length + (unit ?? "").length > 20 ? "svx-pair svx-pair-long" : "svx-pair");

/** What a screen reader says for a slider's position: the number with its unit. */
export const spoken = (p, value) => [value, p.unit].filter((x) => x !== "" && x != null).join(p.unit === "%" ? "" : " ");

/** Which keys a phone offers for a number: those with digits have no minus on an iPhone. */
export const keys = ({ low }) => (low < 0 ? "" : raw(' inputmode="decimal"'));

function renderNumber(p, value, uid) {
  const limits = html`min="${p.low}" max="${p.high}" step="${p.step}"`;
  const unit = p.unit && html`<span class="svx-unit" aria-hidden="true">${p.unit}</span>`;
  return html`<div class="${pairClass(p.label, p.unit)}"><label class="svx-label" for="${id(uid, p)}" id="${id(uid, p, "label")}">${p.label}</label>
<span class="svx-with-unit"><input type="number" class="${boxClass(p)}" ${limits} value="${value}"${keys(p)} aria-label="${[p.label, p.unit].filter(Boolean).join(", ")}" ${describedBy(uid, p)}>${unit}</span>
<input type="range" id="${id(uid, p)}" ${limits} value="${value}" aria-valuetext="${spoken(p, value)}" ${describedBy(uid, p)}></div>`;
}

function renderChoice(p, value, uid) {
  const chosen = (option) => option.value === value;
  if (p.options.length > 4) {
    return html`<label class="svx-label" for="${id(uid, p)}">${p.label}</label>
<select id="${id(uid, p)}" ${describedBy(uid, p)}>${p.options.map((o) =>
      html`<option value="${o.value}"${flag("selected", chosen(o))}>${o.label}</option>`)}</select>`;
  }
  return html`<fieldset ${describedBy(uid, p)}><legend class="svx-label">${p.label}</legend>
<div class="svx-chips">${p.options.map((o) =>
    html`<label class="svx-chip"><input type="radio" name="${id(uid, p)}" value="${o.value}"${flag("checked", chosen(o))}><span>${o.label}</span></label>`)}</div></fieldset>`;
}

function renderSwitch(p, value, uid) {
  return html`<label class="svx-toggle"><input type="checkbox" role="switch" id="${id(uid, p)}"${flag("checked", value)} ${describedBy(uid, p)}><span>${p.label}</span></label>`;
}

function renderSeed(p, value, uid) {
  return html`<span class="svx-label" id="${id(uid, p, "label")}">${p.label}</span>
<div class="svx-seed"><button type="button" class="svx-button" data-act="seed" id="${id(uid, p)}" ${describedBy(uid, p)}>${WORDS.newSeed}</button>
<output class="svx-unit" data-seed="${value}">${say(WORDS.seedNumber, { n: value })}</output></div>`;
}

function renderCell(p, column, value, row, uid) {
  const label = say(WORDS.cell, { label: [column.label, column.unit].filter(Boolean).join(", "), n: row + 1 });
  const mark = html`data-col="${column.name}" aria-label="${label}" aria-describedby="${id(uid, p, "problem")}"`;
  if (!column.editable) return html`<span data-col="${column.name}" data-value="${value}">${value}</span>`;
  if (column.kind === "choice") {
    return html`<select ${mark}>${column.options.map((o) =>
      html`<option value="${o.value}"${flag("selected", o.value === value)}>${o.label}</option>`)}</select>`;
  }
  if (column.kind === "text") return html`<input type="text" maxlength="${column.longest ?? 60}" value="${value}" autocapitalize="off" spellcheck="false"${column.longest > 60 ? raw(" data-long") : ""} ${mark}>`;
  return html`<input type="number" class="${boxClass(column)}" min="${column.low}" max="${column.high}" step="${column.step}"${keys(column)} value="${value}" ${mark}>`;
}

function renderTable(p, rows, uid) {
  const numeric = (c) => c.kind === "number" || c.kind === "integer";
  const side = (c) => (numeric(c) ? raw(' class="svx-right"') : "");
  const head = p.columns.map((c) =>
    html`<th scope="col"${side(c)}>${c.label}${c.unit && html` <span class="svx-unit">${c.unit}</span>`}</th>`);
  const body = rows.map((row, r) => html`<tr>${p.columns.map((c) =>
    html`<td data-label="${c.label}"${side(c)}>${renderCell(p, c, row[c.name], r, uid)}</td>`)}${p.add && html`<td><button type="button" class="svx-icon" data-act="remove-row" data-row="${r}" aria-label="${say(WORDS.removeRow, { n: r + 1 })}"${flag("disabled", rows.length <= p.min_rows)}>×</button></td>`}</tr>`);
  return html`<span class="svx-label" id="${id(uid, p, "label")}">${p.label}</span>
<div class="svx-scroll" role="region" tabindex="0" aria-labelledby="${id(uid, p, "label")}"><table class="svx-table svx-edit"><thead><tr>${head}${p.add && raw("<td></td>")}</tr></thead><tbody>${body}</tbody></table></div>${p.add && html`<button type="button" class="svx-button" data-act="add-row"${flag("disabled", rows.length >= p.max_rows)}>${WORDS.addRow}</button>`}`;
}

const RENDER = {
  number: renderNumber,
  integer: renderNumber,
  choice: renderChoice,
  switch: renderSwitch,
  seed: renderSeed,
  table: renderTable,
};

export const isShown = (p, parameters) => !p.shown_if || [p.shown_if.equals].flat().includes(parameters[p.shown_if.parameter]);

/** One control with its help and the place for its problem. */
export function renderControl(p, parameters, uid) {
  const draw = RENDER[p.kind];
  if (!draw) return html``;
  const value = parameters[p.name] ?? p.default;
  return html`<div class="svx-control svx-kind-${p.kind}" data-param="${p.name}"${flag("data-wide", p.wide)}${flag("hidden", !isShown(p, parameters))}>${draw(p, value, uid)}${hint(uid, p)}${problem(uid, p)}</div>`;
}

/** All controls, those of one group under its heading. */
export function renderControls(declaration, parameters, uid) {
  const groups = [];
  for (const p of declaration.parameters) {
    const last = groups.at(-1);
    if (last && last.name === (p.group ?? "")) last.items.push(p);
    else groups.push({ name: p.group ?? "", items: [p] });
  }
  return html`${groups.map((g, i) => {
    const items = g.items.map((p) => renderControl(p, parameters, uid));
    const heading = `${uid}-group-${i}`;
    return g.name
      ? html`<div class="svx-group" role="group" aria-labelledby="${heading}"><p class="svx-group-name" id="${heading}">${g.name}</p>${items}</div>`
      : html`<div class="svx-group">${items}</div>`;
  })}`;
}
