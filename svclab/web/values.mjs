// Values between controls, links and requests: read, write, check. The checks here only spare a
// way to Python for what no host could take; Python checks everything again.
import { renderControl, spoken } from "./controls.mjs";
import { WORDS, say } from "./words.mjs";

const NUMBER = /^\s*[-+−]?(\d+([.,]\d*)?|[.,]\d+)(e[-+]?\d+)?\s*$/i;

function number(p, text) {
  const whole = p.kind === "integer";
  const clean = String(text ?? "").replace("−", "-").replace(",", ".");
  const value = NUMBER.test(String(text ?? "")) ? Number(clean) : NaN;
  if (!Number.isFinite(value) || value < p.low || value > p.high || (whole && !Number.isInteger(value))) {
    return { problem: say(whole ? WORDS.needsWhole : WORDS.needsNumber, p) };
  }
  return { value };
}

/** What a reader calls a row: its first cell if that is a text, else its number. */
function nameOf(p, row, at) {
  const [first] = p.columns;
  const text = first.editable === false || first.kind === "text" ? String(row[first.name] ?? "").trim() : "";
  return text ? text.slice(0, 40) : say(WORDS.rowNumber, { n: at + 1 });
}

function rows(p, given) {
  const count = Array.isArray(given) ? given.length : -1;
  const isRow = (row) => row && typeof row === "object" && p.columns.every((c) => c.name in row);
  if (count < (p.min_rows ?? 0) || count > (p.max_rows ?? Infinity) || !given.every(isRow)) {
    return { problem: say(WORDS.needsRows, p) };
  }
  const clean = [];
  const taken = new Set();
  for (const [at, row] of given.entries()) {
    const out = {};
    const name = nameOf(p, row, at);
    for (const column of p.columns) {
      // What names a row is the course's own text, of any length.
      const fixed = column.editable === false && !p.add;
      const named = { ...column, label: say(WORDS.cellNamed, { label: column.label, name }) };
      const got = fixed ? { value: row[column.name] } : check(named, row[column.name]);
      if (got.problem) return { ...got, row: at, column: column.name };
      out[column.name] = got.value;
      if (!column.unique || got.value === "") continue;
      const mark = `${column.name}:${got.value}`;
      if (taken.has(mark)) return { problem: say(WORDS.needsOther, { label: column.label, text: got.value }), row: at, column: column.name };
      taken.add(mark);
    }
    clean.push(out);
  }
  return { value: clean };
}

/** A value or text as the parameter takes it: {value} or {problem: sentence}. */
export function check(p, given) {
  switch (p.kind) {
    case "number":
    case "integer":
      return number(p, given);
    case "seed":
      return /^\d{1,9}$/.test(String(given)) ? { value: Number(given) } : { problem: say(WORDS.needsWhole, { label: p.label, low: 0, high: 999999999 }) };
    case "switch":
      if ([true, "true", "1"].includes(given)) return { value: true };
      if ([false, "false", "0"].includes(given)) return { value: false };
      return { problem: say(WORDS.needsSwitch, p) };
    case "choice": {
      const found = p.options.find((o) => String(o.value) === String(given));
      const options = p.options.map((o) => say(WORDS.option, o)).join(", ");
      return found ? { value: found.value } : { problem: say(WORDS.needsOption, { label: p.label, options }) };
    }
    case "text": {
      const text = String(given ?? "").trim();
      const { what = "a name", longest = 60 } = p;
      return (text || p.empty) && text.length <= longest ? { value: text } : { problem: say(WORDS.needsText, { label: p.label, what, longest }) };
    }
    case "table":
      return rows(p, given);
    default:
      return { value: given };
  }
}

/** One row more: a copy of the last, without what may be empty or unchosen, and with a name of its own where none may stand twice. */
export function grown(p, given) {
  const row = { ...given.at(-1) };
  for (const { name, unique, empty, longest, options } of p.columns) {
    if (empty || options?.some((o) => o.value === "")) row[name] = "";
    if (!unique || empty) continue;
    const taken = new Set(given.map((other) => other[name]));
    const stem = String(row[name]).replace(/ \d+$/, "").slice(0, longest - 4);
    for (let n = 2; taken.has(row[name]); n += 1) row[name] = `${stem} ${n}`;
  }
  return [...given, row];
}

const cellOf = (tr, column) => tr.querySelector(`[data-col="${CSS.escape(column.name)}"]`);

/** What the control shows now, checked: {value} or {problem}. */
export function read(control, p) {
  if (p.kind === "number" || p.kind === "integer") return check(p, control.querySelector(".svx-box").value);
  if (p.kind === "switch") return { value: control.querySelector("input").checked };
  if (p.kind === "seed") return check(p, control.querySelector("[data-seed]").dataset.seed);
  if (p.kind === "choice") {
    const chosen = control.querySelector("input:checked, select");
    return check(p, chosen?.value);
  }
  const lines = [...control.querySelectorAll("tbody tr")].map((tr) =>
    Object.fromEntries(p.columns.map((column) => {
      const cell = cellOf(tr, column);
      return [column.name, column.editable ? cell.value : cell.dataset.value];
    })));
  return check(p, lines);
}

/** Slider and box show the same; `from` is the one that the reader moves and is left alone. */
export function pair(control, p, value, from = null) {
  const slider = control.querySelector("input[type=range]");
  const box = control.querySelector(".svx-box");
  if (slider !== from) slider.value = value;
  if (box !== from) box.value = value;
  slider.setAttribute("aria-valuetext", spoken(p, value));
}

/** Show a value without drawing the control anew, unless its number of rows has changed. */
export function write(control, p, value, uid) {
  if (p.kind === "number" || p.kind === "integer") return pair(control, p, value);
  if (p.kind === "switch") {
    control.querySelector("input").checked = value;
  } else if (p.kind === "seed") {
    const output = control.querySelector("[data-seed]");
    output.dataset.seed = value;
    output.textContent = say(WORDS.seedNumber, { n: value });
  } else if (p.kind === "choice") {
    const select = control.querySelector("select");
    if (select) select.value = value;
    for (const radio of control.querySelectorAll("input")) radio.checked = radio.value === String(value);
  } else {
    writeTable(control, p, value, uid);
  }
}

function writeTable(control, p, value, uid) {
  const lines = [...control.querySelectorAll("tbody tr")];
  if (lines.length === value.length) {
    lines.forEach((tr, r) => p.columns.forEach((column) => {
      const cell = cellOf(tr, column);
      if (column.editable) cell.value = value[r][column.name];
      else [cell.dataset.value, cell.textContent] = [value[r][column.name], value[r][column.name]];
    }));
    return;
  }
  const fresh = document.createElement("template");
  fresh.innerHTML = String(renderControl(p, { [p.name]: value }, uid));
  const table = fresh.content.querySelector("tbody");
  control.querySelector("tbody").replaceWith(table);
  const add = control.querySelector("[data-act=add-row]");
  if (add) add.disabled = value.length >= p.max_rows;
}

/** The problem at its control, or none; a table's problem may name its cell by row and column. */
export function showProblem(control, message, { row, column } = {}) {
  const place = control.querySelector(".svx-problem");
  place.hidden = !message;
  place.textContent = message ?? "";
  const tr = row === undefined ? null : control.querySelectorAll("tbody tr")[row];
  const wrong = tr && cellOf(tr, { name: column });
  for (const input of control.querySelectorAll("input, select")) {
    if (message && (!wrong || input === wrong)) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
}
