// Predict, then move: the question stands where the results will be, until the reader has guessed
// or asks to be shown.
import { keys, pairClass } from "./controls.mjs";
import { html, shown } from "./text.mjs";
import { WORDS, say } from "./words.mjs";

const middle = (g) => {
  const steps = Math.round((g.high - g.low) / 2 / g.step);
  return Number((g.low + steps * g.step).toPrecision(12));
};

const PAD = { w: 320, h: 150 };

const spokenGuess = (g, value) => [value, g.unit].filter((x) => x !== "").join(" ");

/** An empty pair of axes to press in: the height at x is the guess. */
function pad(g, value) {
  const y = PAD.h - ((value - g.low) / (g.high - g.low)) * PAD.h;
  return html`<svg class="svx-pad" viewBox="-44 -10 ${PAD.w + 60} ${PAD.h + 34}" data-pad aria-hidden="true"><path class="svx-pad-axes" d="M0 0V${PAD.h}H${PAD.w}"/><text x="-6" y="6" text-anchor="end">${shown(g.high)}</text><text x="-6" y="${PAD.h}" text-anchor="end">${shown(g.low)}</text><path class="svx-pad-at" d="M${PAD.w / 2} 0V${PAD.h}"/><text x="${PAD.w / 2}" y="${PAD.h + 18}" text-anchor="middle">${shown(g.x)}</text><circle class="svx-pad-dot" cx="${PAD.w / 2}" cy="${y}" r="7"/></svg>`;
}

function input(g, uid) {
  const field = `${uid}-guess`;
  if (g.kind === "choice") {
    return html`<fieldset class="svx-guess-input"><legend class="svx-vh">${WORDS.guessLabel}</legend><div class="svx-chips">${g.options.map((o) =>
      html`<label class="svx-chip"><input type="radio" name="${field}" value="${o.value}"><span>${o.label}</span></label>`)}</div></fieldset>`;
  }
  const value = middle(g);
  const limits = html`min="${g.low}" max="${g.high}" step="${g.step}"`;
  const label = g.kind === "point" ? g.y_label : WORDS.guessLabel;
  return html`<div class="svx-guess-input" data-unset>${g.kind === "point" && html`${pad(g, value)}<p class="svx-hint">${WORDS.guessHeight}</p>`}<div class="${pairClass(label, g.unit)}"><label class="svx-label" for="${field}">${label}</label><span class="svx-with-unit"><input type="number" class="svx-box" ${limits} placeholder="?"${keys(g)} aria-label="${[label, g.unit].filter(Boolean).join(", ")}">${g.unit && html`<span class="svx-unit" aria-hidden="true">${g.unit}</span>`}</span><input type="range" id="${field}" ${limits} value="${value}" aria-valuetext="${WORDS.guessUnset}"></div></div>`;
}

export function renderGuess(declaration, uid) {
  const g = declaration.guess;
  if (!g) return html``;
  return html`<form class="svx-guess" novalidate aria-labelledby="${uid}-question"><p class="svx-question" id="${uid}-question">${g.question}</p>${input(g, uid)}<p class="svx-problem" id="${uid}-guess-problem" hidden></p><p class="svx-hint svx-linked" hidden>${WORDS.guessLinked}</p><p class="svx-guess-buttons"><button type="submit" class="svx-button svx-main">${WORDS.check}</button> <button type="button" class="svx-button" data-act="just-show">${WORDS.justShow}</button></p></form>`;
}

function reproach(g, slider, box) {
  if (!slider) return WORDS.guessFirst;
  // What is no number at all is empty too, to a box of numbers.
  if (box.value === "" && !box.validity.badInput) return WORDS.guessSet;
  return say(WORDS.needsNumber, { label: WORDS.guessLabel, low: g.low, high: g.high });
}

/** Say at the question that a link has brought a setting, which the question still covers. */
export function sayLinked(root) {
  const note = root.querySelector(".svx-linked");
  if (note) note.hidden = false;
}

/** The guess as it stands beside the results, once given. */
export function renderGuessed(declaration, parameters) {
  const g = declaration.guess;
  const value = g && parameters?.[g.parameter];
  if (!g || value === null || value === undefined) return html`<p class="svx-guessed" hidden></p>`;
  const words = g.kind === "choice"
    ? g.options.find((o) => o.value === value)?.label ?? value
    : [shown(value), g.unit].filter(Boolean).join(g.unit === "%" ? "" : " ");
  return html`<p class="svx-guessed">${say(WORDS.guessed, { guess: words })}</p>`;
}

/**
 * Wire the question: `onGuess(value)` or `onShow()`. A slider stands somewhere before it is
 * touched, and there the answer may be; so nothing is guessed until the reader sets a value.
 */
export function attachGuess(form, g, { onGuess, onShow, signal }) {
  const [slider, box] = [form.querySelector("input[type=range]"), form.querySelector(".svx-box")];
  const set = (value, from) => {
    if (from !== slider) slider.value = value;
    if (from !== box) box.value = value;
    slider.setAttribute("aria-valuetext", spokenGuess(g, value));
    slider.closest("[data-unset]")?.removeAttribute("data-unset");
    const share = Math.min(1, Math.max(0, (value - g.low) / (g.high - g.low)));
    form.querySelector(".svx-pad-dot")?.setAttribute("cy", PAD.h * (1 - share));
  };
  form.addEventListener("input", (event) => {
    if (slider && event.target.value !== "") set(Number(event.target.value), event.target);
  }, { signal });
  // Pressed where it stands, a slider gives no input; moved before this script came, neither.
  slider?.addEventListener("click", () => set(Number(slider.value), slider), { signal });
  if (slider && Number(slider.value) !== middle(g)) set(Number(slider.value), slider);
  const pad = form.querySelector("[data-pad]");
  const press = (event) => {
    if (event.type === "pointermove" && !event.buttons) return;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(pad.getScreenCTM().inverse());
    const raw = g.low + (1 - Math.min(1, Math.max(0, at.y / PAD.h))) * (g.high - g.low);
    set(Number((g.low + Math.round((raw - g.low) / g.step) * g.step).toPrecision(12)));
  };
  for (const name of ["pointerdown", "pointermove"]) pad?.addEventListener(name, press, { signal });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const value = slider ? (box.value === "" ? NaN : Number(box.value)) : form.querySelector("input:checked")?.value;
    const bad = slider ? !(value >= g.low && value <= g.high) : value === undefined;
    const problem = form.querySelector(".svx-problem");
    problem.hidden = !bad;
    if (bad) problem.textContent = reproach(g, slider, box);
    if (!bad) onGuess(slider ? value : g.options.find((o) => String(o.value) === value).value);
  }, { signal });
  form.querySelector("[data-act=just-show]").addEventListener("click", onShow, { signal });
}
