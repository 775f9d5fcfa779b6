// A whole explorable as markup: the same text in the page, in Jupyter and at build time.
import { renderChart } from "./chart.mjs";
import { renderCode } from "./code.mjs";
import { renderControls } from "./controls.mjs";
import { renderFigures, renderMeaning, renderTablePart, renderWarning } from "./figures.mjs";
import { renderFlow } from "./flow.mjs";
import { renderGuess, renderGuessed } from "./guess.mjs";
import { LEVEL } from "./heading.mjs";
import { diagrams } from "./kinds.mjs";
import { embedded, html, raw, slug } from "./text.mjs";
import { renderTrace } from "./trace.mjs";
import { WORDS } from "./words.mjs";

const PARTS = {
  chart: (part, options) => renderChart(part, options),
  table: renderTablePart,
  flow: renderFlow,
  trace: renderTrace,
  code: renderCode,
};

/** What a document shows. `svgs` holds a drawing for each chart made at build time. */
export function renderView(declaration, document, { svgs = [], numbers = false } = {}) {
  const { view } = document;
  const parts = (view.parts ?? []).map((part, i) => {
    const draw = PARTS[part.kind] ?? diagrams.PARTS[part.kind];
    return draw && draw(part, { svg: svgs[i] ? raw(svgs[i]) : null, numbers, declaration, parameters: document.parameters });
  });
  return html`<div class="svx-top">${renderGuessed(declaration, document.parameters)}${renderFigures(view)}<p class="svx-say">${view.say}</p><div class="svx-warning-place">${renderWarning(view)}</div>${renderMeaning(view)}</div><div class="svx-parts">${parts}</div>`;
}

const guessed = (declaration, document) => {
  const given = declaration.guess && document.parameters?.[declaration.guess.parameter];
  return !declaration.guess || (given !== null && given !== undefined);
};

/** The inside of an explorable: head, controls, results. */
export function renderInside(declaration, document, { uid, svgs = [], numbers = false } = {}) {
  const covered = guessed(declaration, document) ? "" : raw(" data-covered");
  const hasControls = declaration.parameters.length > 0;
  return html`<section class="svx" aria-labelledby="${uid}-title"><div class="svx-head"><p class="svx-title" role="heading" aria-level="${LEVEL}" id="${uid}-title">${declaration.title}</p>${declaration.help && html`<p class="svx-help">${declaration.help}</p>`}</div>
<div class="svx-messages" role="alert"></div>
<div class="svx-body"><form class="svx-controls" autocomplete="off" novalidate aria-labelledby="${uid}-title"${hasControls ? "" : raw(" hidden")}>${renderControls(declaration, document.parameters, uid)}<p class="svx-problem svx-problem-all" hidden></p><p class="svx-tools"><button type="button" class="svx-quiet" data-act="reset">${WORDS.reset}</button> <button type="button" class="svx-quiet" data-act="undo" disabled>${WORDS.undo}</button> <button type="button" class="svx-quiet" data-act="link">${WORDS.copyLink}</button></p></form>
<div class="svx-results"${covered}><progress class="svx-progress" max="1" value="0" aria-label="${declaration.title}"></progress><p class="svx-stale" hidden>${WORDS.stale}</p>${renderGuess(declaration, uid)}<div class="svx-view">${renderView(declaration, document, { svgs, numbers })}</div></div></div>
<p class="svx-status" role="status"></p><div class="svx-live svx-vh" aria-live="polite"></div></section>`;
}

/** The complete element, with declaration and document in it, for the page. */
export function renderExplorable(declaration, document, { uid = null, svgs = [] } = {}) {
  const id = uid ?? `svx-${slug(declaration.name)}`;
  const inside = renderInside(declaration, document, { uid: id, svgs, numbers: true });
  return html`<svclab-explorable name="${declaration.name}" version="${declaration.version}" data-uid="${id}"><script type="application/json" data-svclab="declaration">${embedded(declaration)}</script><script type="application/json" data-svclab="document">${embedded(document)}</script>${inside}</svclab-explorable>`;
}
