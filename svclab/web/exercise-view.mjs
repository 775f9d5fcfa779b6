// An exercise as markup: the same text in the page, in Jupyter and at build time. `state` is what
// the reader has done with it: {answers, check, hints, tries, solution_text, records, ...}.
import { renderField } from "./fields.mjs";
import { LEVEL } from "./heading.mjs";
import { embedded, html, raw, shown, slug } from "./text.mjs";
import { WORDS, say } from "./words.mjs";

const count = (n, one, many) => (n === 1 ? one : say(many, { n: shown(n) }));

export const points = (n) => count(n, WORDS.onePoint, WORDS.points);

/** Share 0..100 of the points, as a reader sees it: 1.2 of 2. */
export const pointsOf = (score, of) => ({ n: shown((Math.max(0, Math.min(100, score)) / 100) * of, 2), of: points(of) });

/** The best score among kept records, or null if nothing was checked. */
export const best = (state) => {
  const scores = (state?.records ?? []).map((record) => record?.score).filter(Number.isFinite);
  return scores.length ? Math.max(...scores) : null;
};

export const isSolved = (state) => state?.check?.status === "right" || best(state) === 100;

function renderAbout(doc) {
  const level = WORDS.levels[doc.level] ?? doc.level;
  const parts = [WORDS.exercise, doc.core ? WORDS.core : WORDS.extra, level, points(doc.points), say(WORDS.aboutMinutes, { n: doc.minutes })];
  return html`<p class="svq-about">${parts.join(" · ")}</p>`;
}

function renderWhose(doc, student) {
  const words = !doc.student ? WORDS.practiceNumbers : student ? say(WORDS.ownNumbersOf, { student }) : WORDS.ownNumbers;
  const redraw = !doc.student && !doc.kernel && html` <button type="button" class="svx-quiet" data-act="redraw">${WORDS.newNumbers}</button>`;
  return html`<p class="svq-whose"><span>${words}</span>${redraw}</p>`;
}

const SIGNS = { right: "✓", part: "◐", wrong: "✗", unreadable: "?" };

/** The message after an answer; its status is a sign and a word, not only a colour. */
export function renderMessage(check) {
  if (!check?.message) return html``;
  const word = WORDS.statuses[check.status];
  if (!word) return html`<p class="svq-said">${check.message}</p>`;
  const more = check.message !== `${word}.` && html`<p>${check.message}</p>`;
  return html`<div class="svq-said" data-status="${check.status}"><p><span class="svq-sign" aria-hidden="true">${SIGNS[check.status]}</span> <strong>${word}${more && html`<span class="svx-vh">.</span>`}</strong></p>${more}</div>`;
}

const HONEST_TRIES = 3; // as svclab.practice.session has it

/** Whether it can be answered here: code is written in a notebook's cell, and nowhere else. */
const answerable = (doc, { cell = false } = {}) => !doc.kernel || cell;

/** When the worked solution opens, for whom the hints have not helped; else nothing. */
function opens(doc, state, view) {
  const tries = state?.tries ?? 0;
  const stuck = doc.hints > 0 && (state?.hints?.length ?? 0) >= doc.hints;
  if (!stuck || !answerable(doc, view) || isSolved(state) || state.check?.solution || state.solution || state.solution_text || tries >= HONEST_TRIES) return "";
  const n = HONEST_TRIES - tries;
  return n === 1 ? WORDS.opensAfterOne : say(tries ? WORDS.opensAfterMore : WORDS.opensAfter, { n });
}

/** Solved or not, best answer, tries, hints: one quiet line. */
export function renderTally(doc, state, view) {
  const parts = [];
  const reached = best(state);
  if (isSolved(state)) parts.push(WORDS.solved);
  else if (reached) parts.push(say(WORDS.bestPoints, pointsOf(reached, doc.points)));
  if (state?.tries) parts.push(count(state.tries, WORDS.oneTry, WORDS.tries));
  if (state?.hints?.length) parts.push(count(state.hints.length, WORDS.oneHint, WORDS.hintsUsed));
  const opening = opens(doc, state, view);
  const line = opening ? `${[...parts, opening].join(" · ")}.` : parts.join(" · ");
  return html`<span class="svq-tally">${line}</span>${state?.earlier && !isSolved(state) && html` <span>${WORDS.solvedEarlier}</span>`}${state?.unsaved && html` <span>${WORDS.unsaved}</span>`}`;
}

/** A text that Python has made from Markdown; a table or a program in it scrolls by itself where it is too wide. */
export const renderText = (made) =>
  raw(String(made ?? "")
    .replace(/<table\b[^]*?<\/table>/g, (table) =>
      `<div class="svx-scroll" role="region" tabindex="0" aria-label="${WORDS.table}">${table}</div>`)
    .replaceAll("<pre>", `<pre role="region" tabindex="0" aria-label="${WORDS.code}">`));

/** The hints asked for so far; `open` while they are being asked for. */
export function renderHints(state, { open = false } = {}) {
  const hints = state?.hints ?? [];
  if (!hints.length) return html``;
  return html`<details class="svq-more"${open && raw(" open")}><summary>${say(WORDS.hints, { n: hints.length })}</summary><ol class="svq-hintlist">${hints.map((text) => html`<li class="svq-text">${renderText(text)}</li>`)}</ol></details>`;
}

export function renderSolution(state, { open = false } = {}) {
  if (!state?.solution_text) return html``;
  return html`<details class="svq-more"${open && raw(" open")}><summary>${WORDS.solution}</summary><div class="svq-text">${renderText(state.solution_text)}</div></details>`;
}

const nextHint = (doc, state) => {
  const given = state?.hints?.length ?? 0;
  if (given >= doc.hints || isSolved(state)) return null;
  return doc.hints > 1 ? say(WORDS.hintOf, { n: given + 1, of: doc.hints }) : WORDS.hint;
};

/** Check, hint, solution: those that can be used now. Code is checked in its own cell. */
export function renderButtons(doc, state) {
  const hint = nextHint(doc, state);
  const solution = (state?.check?.solution || state?.solution) && !state.solution_text;
  return html`${!doc.kernel && html`<button type="submit" class="svx-button svx-main" data-act="check">${WORDS.checkAnswer}</button>`}${hint && html` <button type="button" class="svx-button" data-act="hint">${hint}</button>`}${solution && html` <button type="button" class="svx-button" data-act="solution">${WORDS.showSolution}</button>`}`;
}

/** An exercise in code: what to write, where, and the help on the way. */
function renderCode(doc, state, { uid, notebook = "", cell = false }) {
  const link = notebook && html` <a href="${notebook}" download>${WORDS.getNotebook}</a>`;
  const fields = doc.fields.map((f) => renderField(f, state?.answers, state?.check, uid));
  return html`<div class="svq-form">${fields}<p class="svq-kernel">${cell ? WORDS.inCell : WORDS.inNotebook}${link}</p><p class="svq-buttons">${renderButtons(doc, state)}</p></div>`;
}

function renderForm(doc, state, { uid }) {
  const fields = doc.fields.map((f) => renderField(f, state?.answers, state?.check, uid));
  return html`<form class="svq-form" novalidate autocomplete="off" aria-labelledby="${uid}-title">${fields}<p class="svq-buttons">${renderButtons(doc, state)}</p></form><p class="svq-noscript">${WORDS.needsScripts}</p>`;
}

/**
 * The inside of an exercise. `anchor` is its own address in the page, `notebook` a download;
 * `cell` says that it stands in a cell of a notebook.
 */
export function renderExerciseInside(doc, state, { uid, anchor = "", student = "", ...view } = {}) {
  const link = anchor && html` <a class="headerlink" href="#${anchor}" title="${WORDS.linkHere}" aria-label="${WORDS.linkHere}: ${doc.title}">#</a>`;
  const objective = doc.objective?.text && html`<p class="svq-objective">${say(WORDS.objective, { n: doc.objective.number, text: doc.objective.text })}</p>`;
  const form = doc.kernel ? renderCode(doc, state, { uid, ...view }) : renderForm(doc, state, { uid });
  return html`<section class="svx svq" aria-labelledby="${uid}-title">${renderAbout(doc)}<p class="svx-title" role="heading" aria-level="${LEVEL}" id="${uid}-title">${doc.title}${link}</p>${objective}${renderWhose(doc, student)}
<div class="svq-question svq-text">${renderText(doc.question)}</div>
<div class="svq-answer"><div class="svq-message" role="status" tabindex="-1">${renderMessage(state?.check)}</div>
${form}
<p class="svq-foot">${renderTally(doc, state, view)}</p></div>
<div class="svq-hints" aria-live="polite">${renderHints(state)}</div><div class="svq-solution">${renderSolution(state)}</div>
<p class="svx-status" role="status"></p><div class="svx-live svx-vh" aria-live="polite"></div></section>`;
}

/** The name of an exercise as an anchor: #exercise-process-bottleneck. */
export const anchorOf = (name) => `exercise-${slug(name.replace(/\./g, "-"))}`;

/** The complete element, with its document in it, for the page. */
export function renderExercise(doc, { uid, notebook = "" }) {
  const anchor = anchorOf(doc.name);
  return html`<svclab-exercise id="${anchor}" name="${doc.name}" version="${doc.version}" data-uid="${uid}" data-notebook="${notebook}"><script type="application/json" data-svclab="document">${embedded(doc)}</script>${renderExerciseInside(doc, null, { uid, anchor, notebook })}</svclab-exercise>`;
}
