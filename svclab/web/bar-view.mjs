// The student's number and all that is kept, as markup: the line at the top of a page with
// exercises, the list of all exercises, and the counts in the contents list.
import { anchorOf, points } from "./exercise-view.mjs";
import { html, raw } from "./text.mjs";
import { WORDS, say } from "./words.mjs";

const how = (scope) => (scope === "all" ? WORDS.barAll : WORDS.barHere);

/** `names` are the exercises counted; `scope` is "chapter" or "all"; `more` leads to the list. */
export function renderBar({ names, scope = "chapter", open = false, more = "" }) {
  const where = more && html`<p><a href="${more}">${WORDS.allExercises}</a></p>`;
  return html`<svclab-student data-names="${names.join(" ")}" data-scope="${scope}"><section class="svx svq-plain" aria-label="${WORDS.barTitle}"><details class="svq-bar"${open && raw(" open")}><summary><span class="svq-bar-title">${WORDS.barTitle}</span> <span class="svq-bar-who">${WORDS.barNobody}</span> <span class="svq-bar-count">${say(how(scope), { n: 0, of: names.length })}</span></summary>
<div class="svq-bar-body"><form class="svq-bar-form" autocomplete="off" novalidate><div><label class="svx-label" for="svclab-student-number">${WORDS.studentNumber}</label><input type="text" id="svclab-student-number" maxlength="60" spellcheck="false" autocapitalize="off" aria-describedby="svclab-student-why"></div><button type="submit" class="svx-button svx-main">${WORDS.studentUse}</button> <button type="button" class="svx-button" data-act="drop" hidden>${WORDS.studentDrop}</button></form>
<p class="svx-hint" id="svclab-student-why">${WORDS.studentWhy}</p>
<div class="svq-bar-said" role="status"></div>
<p class="svx-hint svq-bar-kept">${WORDS.keptHere}</p>
<div class="svq-bar-buttons"><button type="button" class="svx-button" data-act="export">${WORDS.exportAnswers}</button><button type="button" class="svx-button" data-act="import">${WORDS.importAnswers}</button><input type="file" accept=".json,.ipynb,application/json" hidden aria-label="${WORDS.importAnswers}"><button type="button" class="svx-button" data-act="erase">${WORDS.eraseAll}</button><button type="button" class="svx-button" data-act="keep" hidden>${WORDS.eraseCancel}</button></div>${where}</div></details><p class="svq-bar-told" role="status"></p><p class="svx-status" role="status"></p></section></svclab-student>`;
}

export const statusOfBar = (student, scope, n, of) => ({
  who: student ? say(WORDS.barStudent, { student }) : WORDS.barNobody,
  count: say(how(scope), { n, of }),
});

/** What marks.mjs needs to say how far somebody is with an exercise. */
const marking = (one, open) =>
  html`data-svclab-mark="${one.name}" data-points="${one.points}" data-done="✓ ${WORDS.statusDone}" data-part="${say(WORDS.statusPart, { of: points(one.points) })}" data-open="${open}"`;

/** Every exercise of every chapter: chapters are {title, page, exercises: [...]}. */
export function renderList({ chapters }) {
  const rows = (chapter) => chapter.exercises.map((one) =>
    html`<tr><th scope="row"><a href="${chapter.page}#${anchorOf(one.name)}">${one.title}</a></th><td>${WORDS.levels[one.level] ?? one.level}</td><td>${one.core ? WORDS.core : WORDS.extra}</td><td class="svx-right">${points(one.points)}</td><td class="svx-right">${say(WORDS.aboutMinutes, { n: one.minutes })}</td><td class="svq-mark" ${marking(one, WORDS.statusOpen)}>${WORDS.statusOpen}</td></tr>`);
  const head = [WORDS.exercise, WORDS.columnLevel, WORDS.columnPart, WORDS.columnPoints, WORDS.columnTime, WORDS.columnStatus];
  return html`<div class="svq-lists">${chapters.map((chapter) => html`<section class="svx svq-plain svq-chapter"><h2><a href="${chapter.page}">${chapter.title}</a></h2><table class="svq-list"><thead><tr>${head.map((text, i) => html`<th scope="col"${i === 3 || i === 4 ? raw(' class="svx-right"') : ""}>${text}</th>`)}</tr></thead><tbody>${rows(chapter)}</tbody></table></section>`)}</div>`;
}

/** Behind a chapter in the contents list: 3/14, also for those who listen. */
export function renderCount({ names }) {
  const words = say(WORDS.countWords, { of: names.length });
  return html` <span class="svc-count" data-svclab-count="${names.join(" ")}" data-words=", ${words}"><span aria-hidden="true">0/${names.length}</span><span class="svc-vh">, ${say(words, { n: 0 })}</span></span>`;
}

/** Under the chapter that is read: its exercises, each with its mark. */
export function renderContents({ exercises }) {
  return html`<details class="svc-exercises"><summary>${WORDS.exercises}</summary><ul>${exercises.map((one) =>
    html`<li><a href="#${anchorOf(one.name)}">${one.title}</a> <span class="svc-mark" ${marking(one, "")}></span></li>`)}</ul></details>`;
}
