// Decision trees: along the page where there is room, as an indented list on a phone.
import { BOLD, frame, lines, measure, round, sizes, unbroken, wrap, LINE } from "./drawing.mjs";
import { html } from "./text.mjs";
import { WORDS, say } from "./words.mjs";

const R = 11; // half a node of the list
const H = 14; // half the height of a node with its value in it
const bendOf = (width) => (width < 600 ? 12 : 24); // where branches part
const MANY = 12; // ends: then one line for each is worth letters that are a little smaller
const SMALLER = 1.1;

/** A decision is a square, a chance a circle, an end a triangle that points to its payoff. */
function symbol(kind, x, y) {
  if (kind === "decision") return html`<rect class="svd-node" data-kind="decision" x="${round(x - R)}" y="${round(y - R)}" width="${2 * R}" height="${2 * R}" rx="2"/>`;
  if (kind === "chance") return html`<circle class="svd-node" data-kind="chance" cx="${round(x)}" cy="${round(y)}" r="${R}"/>`;
  return html`<path class="svd-node" data-kind="end" d="M${round(x + 7)} ${round(y - 8)}L${round(x - 7)} ${round(y)}L${round(x + 7)} ${round(y + 8)}Z"/>`;
}

/** The tree as nested objects, with depth, leaves and the branch that leads to each node. */
function grow(part) {
  const named = new Map(part.nodes.map((node) => [node.name, node]));
  const visit = (name, branch, depth) => {
    const node = named.get(name);
    const next = (node.branches ?? []).map((b) => visit(b.to, b, depth + 1));
    return { node, branch, depth, next };
  };
  return visit(part.nodes[0].name, null, 0);
}

const each = (tree, act) => {
  act(tree);
  for (const next of tree.next) each(next, act);
};

const said = (branch) => [branch?.chance, branch?.amount].filter(Boolean).join(", ");
const state = (branch) => (branch?.best ? "best" : branch?.pruned ? "pruned" : "");

/** A branch that is not taken is cut by two strokes. */
const cut = (x, y) => html`<path class="svd-cut" d="M${round(x - 5)} ${round(y + 6)}l4 -12m2 12l4 -12"/>`;

/** A node with its value in it: a decision has corners, a chance none; an end is a triangle beside it. */
function valued(t, w) {
  const [x, y] = [t.x, t.y];
  const text = (at) => lines([t.node.value], at, y, { cls: "svd-value", anchor: "start" });
  if (t.node.kind === "end") return html`${symbol("end", x + 8, y)}${text(x + 20)}`;
  const round2 = t.node.kind === "decision" ? 2 : H;
  return html`<rect class="svd-node" data-kind="${t.node.kind}" x="${round(x)}" y="${round(y - H)}" width="${round(w)}" height="${2 * H}" rx="${round2}"/>${lines([t.node.value], x + w / 2, y, { cls: "svd-value" })}`;
}

const SMALL = 0.95; // of 13 px
const joined = (branch) => measure(`${branch.label} `) + measure(said(branch), SMALL);
const under = (t) => [...(said(t.branch) ? [said(t.branch)] : []), ...(t.branch?.best ? [WORDS.best] : [])];

/** What a node is called: beside an end, under the value of another. */
const named = (t, w) => (t.node.kind === "end"
  ? lines(t.name, t.x + 20, t.y + LINE, { cls: "svd-branch-more", anchor: "start" })
  : lines(t.name, t.x + w / 2, t.y + H + 9, { cls: "svd-branch-more", step: 14 }));

/** Widths of the columns of nodes and of the branches before them; null if there is no room. */
function columns(tree, width) {
  const bend = bendOf(width);
  const [nodes, need, want] = [[], [0], [0]];
  let deep = 0;
  each(tree, (t) => (deep = Math.max(deep, t.depth)));
  const longest = Math.max(170, width / (deep + 1)); // of a branch's name in one line
  const ends = [];
  const more = (list, at, value) => (list[at] = Math.max(list[at] ?? 0, value));
  each(tree, (t) => {
    const own = measure(t.node.value, BOLD);
    if (t.node.kind === "end") ends.push({ depth: t.depth, w: Math.max(own, Math.min(110, measure(t.node.label ?? "", SMALL))) + 24 });
    else more(nodes, t.depth, Math.max(own + (width < 600 ? 10 : 16), ...unbroken(t.node.label ?? "").map((word) => Math.min(80, measure(word, SMALL)))));
    if (!t.branch) return;
    const texts = [t.branch.label, ...under(t)];
    more(need, t.depth, Math.max(40, ...texts.flatMap((text) => text.split(/\s+/)).map((word) => Math.min(measure(word), 110))) + 4);
    more(want, t.depth, Math.min(longest, Math.max(joined(t.branch), ...texts.map((text) => measure(text)))) + 4);
  });
  // The right edge of each way to an end, if branches are as wide as `rooms`.
  const reach = (rooms) => Math.max(...ends.map((end) =>
    6 + end.w + nodes.slice(0, end.depth).reduce((sum, w) => sum + w + bend, 0) + rooms.slice(0, end.depth + 1).reduce((sum, w) => sum + w, 0)));
  const total = reach(need);
  if (total > width * 1.2) return null;
  // The last column first: the most branches stand there, and one line for each keeps a tree low.
  let rooms = need;
  for (let d = need.length - 1; d > 0; d -= 1) for (let share = 1; share > 0; share -= 0.05) {
    const tried = rooms.map((w, k) => (k === d ? need[d] + share * Math.max(0, want[d] - need[d]) : w));
    const whole = ends.length > MANY && share === 1 && ends.some((end) => end.depth === d);
    if (reach(tried) > (whole ? SMALLER : 1) * width) continue;
    rooms = tried;
    break;
  }
  return { nodes, rooms, width: Math.ceil(Math.max(reach(rooms), Math.min(width, total * 1.3))) };
}

function along(part, width) {
  const tree = grow(part);
  const { nodes, rooms, width: wide } = columns(tree, width);
  const room = bendOf(width);
  const left = [3];
  for (let d = 0; d < nodes.length; d += 1) left.push(left[d] + nodes[d] + room + (rooms[d + 1] ?? 0));
  // A branch has its chance beside it if all at its depth have room for that, else all have it below.
  const tight = new Set();
  each(tree, (t) => t.branch && said(t.branch) && joined(t.branch) > rooms[t.depth] - 4 && tight.add(t.depth));
  each(tree, (t) => {
    t.x = left[t.depth];
    const ends = t.node.kind === "end";
    const room = rooms[t.depth];
    const beside = t.branch && said(t.branch) && !tight.has(t.depth);
    t.above = !t.branch ? [] : beside ? [html`${t.branch.label} <tspan class="svd-branch-more">${said(t.branch)}</tspan>`] : wrap(t.branch.label, room);
    t.below = under(t).slice(beside ? 1 : 0).flatMap((text) => wrap(text, room));
    t.name = t.node.label ? wrap(t.node.label, ends ? Math.max(80, wide - t.x - 24) : nodes[t.depth], SMALL) : [];
    t.over = Math.max(ends ? 11 : H + 3, t.above.length * LINE + 2);
    // The next branch's name stands beside the triangle of an end, not under it.
    const own = ends ? (t.name.length ? t.name.length * LINE + 10 : t.above.length ? 3 : 8) : t.name.length * LINE + H;
    t.under = Math.max(own, t.below.length && t.below.length * LINE + 3) + 2;
  });
  let y = 2;
  const stand = (t) => {
    const top = y;
    for (const next of t.next) stand(next);
    t.y = t.next.length ? (t.next[0].y + t.next.at(-1).y) / 2 : top + t.over;
    // What stands at a node must stay within its own part of the picture.
    const low = top + t.over - t.y;
    if (low > 0) each(t, (u) => (u.y += low));
    y = Math.max(y + Math.max(0, low), t.y + t.under);
  };
  stand(tree);
  const ways = [];
  each(tree, (t) => {
    for (const next of t.next) {
      const from = t.x + nodes[t.depth];
      const bend = from + room;
      ways.push({ lit: next.branch.best, markup: html`<g class="svd-branch" data-state="${state(next.branch)}"><path class="svd-line" d="M${round(from)} ${round(t.y)}L${round(bend)} ${round(next.y)}H${round(next.x)}"/>${next.branch.pruned && cut(bend - room * 0.3, next.y + (t.y - next.y) * 0.3)}${next.above.length > 0 && lines(next.above, bend + 2, next.y - 10 - (next.above.length - 1) * LINE, { cls: "svd-branch-name", anchor: "start" })}${next.below.length > 0 && lines(next.below, bend + 2, next.y + 11, { cls: "svd-branch-more", anchor: "start" })}</g>` });
    }
  });
  ways.sort((a, b) => Number(a.lit ?? 0) - Number(b.lit ?? 0));
  const shapes = [];
  each(tree, (t) => shapes.push(html`<g class="svd-tree-node" data-state="${state(t.branch)}">${valued(t, nodes[t.depth])}${t.name.length > 0 && named(t, nodes[t.depth])}</g>`));
  return { w: wide, h: y + 2, whole: true, markup: html`${ways.map((way) => way.markup)}${shapes}` };
}

/** One row a node, moved in by its depth; the value at the right end. */
function indented(part, width) {
  const tree = grow(part);
  let depth = 0;
  each(tree, (t) => (depth = Math.max(depth, t.depth)));
  const step = Math.min(28, (width * 0.42) / Math.max(1, depth));
  let y = 4;
  const rows = [];
  each(tree, (t) => {
    const x = R + 3 + t.depth * step;
    const { value } = t.node;
    const narrow = measure(value, BOLD);
    const name = t.branch ? t.branch.label : t.node.label ?? "";
    const room = width - x - R - 8 - narrow - 10;
    const texts = wrap(name || " ", Math.max(60, room));
    const more = [said(t.branch), t.branch?.best && WORDS.best, t.branch?.pruned && WORDS.pruned, t.branch && t.node.label].filter(Boolean).join(" · ");
    const short = more && texts.length === 1 && measure(`${name}  ${more}`) <= room;
    if (short) texts[0] = html`${name} <tspan class="svd-branch-more">${more}</tspan>`;
    const quiet = more && !short ? wrap(more, width - x - R - 10, SMALL) : [];
    const own = texts.length;
    t.x = x;
    t.y = y + R + 1;
    t.row = html`<g class="svd-tree-node" data-state="${state(t.branch)}">${symbol(t.node.kind, x, t.y)}${lines(texts, x + R + 7, t.y, { cls: "svd-branch-name", anchor: "start" })}${quiet.length > 0 && lines(quiet, x + R + 7, t.y + own * LINE, { cls: "svd-branch-more", anchor: "start" })}${lines([value], width - 2, t.y, { cls: "svd-value", anchor: "end" })}</g>`;
    y += Math.max(2 * R + 2, (own + quiet.length) * LINE + 4) + 8;
    rows.push(t);
  });
  const ways = [];
  each(tree, (t) => {
    // The last first, so that a strong branch is not painted over.
    for (const next of [...t.next].sort((a, b) => Number(a.branch.best ?? 0) - Number(b.branch.best ?? 0))) {
      ways.push(html`<g class="svd-branch" data-state="${state(next.branch)}"><path class="svd-line" d="M${round(t.x)} ${round(t.y + R)}V${round(next.y)}H${round(next.x - R)}"/>${next.branch.pruned && cut((t.x + next.x - R) / 2, next.y)}</g>`);
    }
  });
  return { w: width, h: y, markup: html`${ways}${rows.map((t) => t.row)}` };
}

export function renderTree(part) {
  const draw = (width, size) => (size !== "s" && columns(grow(part), width) ? along(part, width) : indented(part, width));
  const kinds = new Set(part.nodes.map((node) => node.kind));
  const key = ["decision", "chance", "end"].filter((kind) => kinds.has(kind)).map((kind) =>
    html`<span><svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true">${symbol(kind, 12, 12)}</svg> ${WORDS.nodeKinds[kind]}</span>`);
  if (part.unit) key.push(html`<span>${say(WORDS.valuesIn, { unit: part.unit })}</span>`);
  const pruned = part.nodes.some((n) => (n.branches ?? []).some((b) => b.pruned));
  return frame(part, sizes(draw, part.alt), html`<p class="svd-key svx-hint">${key}${pruned && html`<span><svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true"><path class="svd-line" d="M1 12H23"/>${cut(12, 12)}</svg> ${WORDS.pruned}</span>`}</p>`);
}
