// What all diagrams share: measuring and wrapping text, the figure around a drawing, and what
// stands under it. A drawing is a text of SVG for a width; the stylesheet shows the one that fits.
import { renderRows } from "./figures.mjs";
import { html, raw } from "./text.mjs";
import { WORDS } from "./words.mjs";

export const LINE = 17; // from line to line of 13 px letters
export const SIZES = { s: 304, m: 540, l: 820 }; // the widths that are drawn, by their class

// Advance widths differ by font; these are a little generous, so that text stays in its box.
const WIDE = /[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffe6\u{20000}-\u{3fffd}]/u;
// What may not begin a line of Chinese.
const CLOSING = /[，。、；：？！）》」』】〕”’,.;:?!)\]%]/u;
const SINGLE = /.[，。、；：？！）》」』】〕”’,.;:?!)\]%]*/gsu;

// A letter with the marks over it, or an emoji of several signs: what must not be torn apart.
const LETTERS = /\p{RI}{2}|\P{M}(?:[\p{M}\p{Emoji_Modifier}]|\u200d\P{M})*|\p{M}/gsu;
const letters = (text) => String(text).match(LETTERS) ?? [];
const EMOJI = /\p{Emoji_Presentation}|\ufe0f|\p{RI}/u;

function advance(c) {
  if (EMOJI.test(c)) return 18;
  if (WIDE.test(c)) return 14;
  return /[MW@%]/.test(c) ? 12.5 : /[A-Zmw→]/.test(c) ? 10 : /[iljt.,;:'|! ]/.test(c) ? 5.2 : 8;
}
export const BOLD = 1.1;

/** The width of a text of 13 px, in pixels; bold letters are a little wider. */
export const measure = (text, scale = 1) => scale * letters(text).reduce((sum, c) => sum + advance(c), 0);

const SHORT = 6; // Chinese characters that stay together: a word or two

/** Pieces that may not be broken: words, and Chinese characters with their punctuation. */
function pieces(text) {
  const found = [];
  for (const word of String(text).trim().split(/\s+/)) {
    // Runs of one script each; a closing mark belongs to what stands before it.
    const runs = [];
    for (const c of letters(word)) {
      const wide = CLOSING.test(c) && runs.length ? runs.at(-1).wide : WIDE.test(c);
      if (runs.at(-1)?.wide === wide) runs.at(-1).text += c;
      else runs.push({ wide, text: c });
    }
    let gap = found.length > 0;
    for (const { wide, text: run } of runs) {
      const parts = wide && [...run].length > SHORT ? run.match(SINGLE) : [run];
      for (const part of parts) {
        found.push({ text: part, gap });
        gap = false;
      }
    }
  }
  return found;
}

/** What of a text stays on one line: its words, and pairs of Chinese characters. */
export const unbroken = (text) => pieces(text).map((piece) => piece.text);

/** Break a text into lines of at most `room` pixels; a word longer than a line is cut. */
export function wrap(text, room, scale = 1) {
  const lines = [""];
  for (const { text: piece, gap } of pieces(text)) {
    const last = lines.at(-1);
    const longer = last && gap ? `${last} ${piece}` : last + piece;
    if (measure(longer, scale) <= room) {
      lines[lines.length - 1] = longer;
      continue;
    }
    if (last) lines.push("");
    for (const c of letters(piece)) {
      if (lines.at(-1) && measure(lines.at(-1) + c, scale) > room) lines.push("");
      lines[lines.length - 1] += c;
    }
  }
  return lines;
}

/** Lines of text as one element; `y` is the middle of the first line. */
export function lines(texts, x, y, { cls = "", anchor = "middle", step = LINE } = {}) {
  return html`<text class="${cls}" text-anchor="${anchor}" x="${round(x)}" y="${round(y + 4.5)}">${texts.map((text, i) =>
    (i ? html`<tspan x="${round(x)}" dy="${step}">${text}</tspan>` : html`<tspan>${text}</tspan>`))}</text>`;
}

export const round = (value) => Math.round(value * 10) / 10;

/** A label wrapped near its best shape: as wide as allowed, its lines about equally long. */
export function block(text, wanted, { scale = 1, pad = [10, 7] } = {}) {
  // A word of usual length is not cut.
  const longest = Math.max(...pieces(text).map((piece) => measure(piece.text, scale)));
  const most = Math.max(wanted, Math.min(longest + 2 * pad[0], wanted * 1.3));
  const least = wrap(text, most - 2 * pad[0], scale);
  let best = least;
  // The same number of lines in less width.
  for (let room = most - 2 * pad[0] - 6; room > Math.max(40, longest); room -= 6) {
    const tried = wrap(text, room, scale);
    if (tried.length > least.length) break;
    best = tried;
  }
  const wide = Math.max(...best.map((line) => measure(line, scale)));
  return { texts: best, w: Math.min(most, Math.ceil(wide + 2 * pad[0])), h: best.length * LINE + 2 * pad[1] };
}

/** The head of an arrow, its tip at (x, y), coming along the unit vector (dx, dy). */
export function head(x, y, dx, dy, size = 8) {
  const half = size * 0.5;
  const [bx, by] = [x - size * dx, y - size * dy];
  return `M${round(x)} ${round(y)}L${round(bx - half * dy)} ${round(by + half * dx)}L${round(bx + half * dy)} ${round(by - half * dx)}Z`;
}

const SCREEN = 640; // what a laptop shows at once of a tall drawing
const LEAST = 0.92; // so far a drawing is made smaller for it: letters of 12 px stay above 11

const MOST = { s: 400, m: 700, l: 1100 };

/**
 * How wide a drawing may become: said for each, since what a reader's page has is not taken away.
 * `whole`: it should be seen at once on a tablet, too.
 */
export function widest({ w, h, whole = false }, size) {
  if (!MOST[size]) return "";
  const narrow = w < SIZES[size] * 0.9 ? 1.3 * w : Infinity;
  const tall = size === "l" || (size === "m" && whole) ? Math.max(LEAST, SCREEN / h) * w : Infinity;
  return raw(` style="max-width:${Math.round(Math.min(MOST[size], narrow, tall))}px"`);
}

/** One drawing: `size` names its class and the width it was made for. */
export const svg = (made, size, alt, { role = "img" } = {}) =>
  html`<svg class="svd-${size}"${widest(made, size)} viewBox="0 0 ${round(made.w)} ${round(made.h)}" width="${round(made.w)}" height="${round(made.h)}" role="${role}" aria-label="${alt}">${made.markup}</svg>`;

const BESIDE = 400; // px: a column beside the controls

/**
 * A drawing for each width that is worth one: `draw(width, size)` -> {w, h, markup}. `beside`: one
 * more, for a column beside the controls.
 */
export function sizes(draw, alt, { most = "l", role = "img", beside = false } = {}) {
  const names = Object.keys(SIZES).slice(0, 1 + Object.keys(SIZES).indexOf(most));
  return html`<div class="svd-drawings" data-most="${most}">${names.map((size) => svg(draw(SIZES[size], size), size, alt, { role }))}${beside && svg(draw(BESIDE, "b"), "b", alt, { role })}</div>`;
}

/** The figure around a drawing, with its table and what can be done with it. */
export function frame(part, inside, after = null) {
  const tables = (part.tables ?? []).map((table) =>
    html`${part.tables.length > 1 && html`<p class="svd-table-title">${table.title}</p>`}${renderRows(table.columns, table.rows, { label: table.title || part.title })}`);
  return html`<figure class="svx-part svd svd-${part.kind}" data-kind="${part.kind}">${part.title && html`<figcaption>${part.title}</figcaption>`}${inside}${after}<p class="svx-table-tools svd-tools"><button type="button" class="svx-quiet" data-act="copy-svg">${WORDS.copySvg}</button> <button type="button" class="svx-quiet" data-act="save-svg">${WORDS.saveSvg}</button></p><details class="svx-numbers"><summary>${WORDS.asTable}</summary><div class="svx-numbers-body">${tables}</div></details></figure>`;
}

export const VERDICT_SIGNS = { right: "✓", wrong: "✗", missing: "○" };

/** A verdict as sign and word: colour alone does not reach everybody. */
export const verdict = (name) => name && html` <span class="svd-verdict" data-verdict="${name}"><span aria-hidden="true">${VERDICT_SIGNS[name]}</span><span class="svx-vh"> ${WORDS.verdictSigns[name]}</span></span>`;

export const flag = (name, on) => (on ? raw(` ${name}`) : "");
