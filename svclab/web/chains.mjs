// Concepts that follow each other, one after the other: laid sideways in rows that turn at the edge
// of the page, so that a chain does not run straight down where there is width.
import { passes } from "./layout.mjs";
import { layers } from "./layers.mjs";

const LEAST = 5; // concepts: fewer are low in any arrangement
const aRow = (width) => (width < 500 ? 2 : 3); // so many beside each other, else down the page is easier to read
const ARROW = 22; // pixels for a line before a label, and for the head after it

/** The concepts in their order if each leads to the next one, else null. Other links may be there besides. */
function inOrder(n, links) {
  if (n < LEAST) return null;
  const order = layers(n, links).flat();
  const next = (k) => links.some(([a, b]) => a === order[k] && b === order[k + 1]);
  return order[0] === 0 && order.slice(1).every((_, k) => next(k)) ? order : null;
}

/** Are they a chain? Then a column beside controls is worth a drawing of its own, with two in a row. */
export const isChain = (n, links) => inOrder(n, links) !== null;

/**
 * Places of `n` concepts, the first of `sizes`, and of the labels after them: the first row from left
 * to right, the next one back, and so on. `links` are [from, to, label or null]. Null if they are no
 * chain, if the width does not hold three beside each other (two in a column beside controls), or if
 * another link would cross a concept.
 */
export function chained(sizes, n, links, width, gap) {
  const order = inOrder(n, links);
  if (!order) return null;
  const at = Object.fromEntries(order.map((k, i) => [k, i]));
  const wide = Math.max(...order.map((k) => sizes[k].w));
  const beside = Math.max(gap[0], ...links.filter(([a, b]) => at[b] === at[a] + 1).map(([, , k]) => (k === null ? 0 : sizes[k].w + 2 * ARROW)));
  const most = Math.floor((width - 4 + beside) / (wide + beside));
  if (most < aRow(width)) return null;
  const rows = Math.ceil(n / most);
  const inRow = Math.ceil(n / rows);
  const step = (width - 4 - wide) / (inRow - 1);
  const below = Math.max(gap[1], ...links.map(([, , k]) => (k === null ? 0 : sizes[k].h + 2 * ARROW)));
  const boxes = [];
  let y = 4;
  for (let r = 0; r < rows; r += 1) {
    const row = order.slice(r * inRow, (r + 1) * inRow);
    const high = Math.max(...row.map((k) => sizes[k].h));
    row.forEach((k, c) => {
      boxes[k] = { ...sizes[k], x: 2 + wide / 2 + step * (r % 2 ? inRow - 1 - c : c), y: y + high / 2 };
    });
    y += high + below;
  }
  const concepts = boxes.slice();
  for (const [a, b, k] of links) {
    const [from, to] = [concepts[a], concepts[b]];
    if (concepts.some((box, i) => i !== a && i !== b && passes(from, to, box))) return null;
    if (k !== null) boxes[k] = { ...sizes[k], ...middle(from, to) };
  }
  return boxes;
}

/** The middle of what is seen of a straight way between two boxes. */
function middle(from, to) {
  const way = Math.sign(to.x - from.x);
  if (from.y === to.y) return { x: (from.x + (way * from.w) / 2 + to.x - (way * to.w) / 2) / 2, y: from.y };
  return { x: (from.x + to.x) / 2, y: (from.y + from.h / 2 + to.y - to.h / 2) / 2 };
}
