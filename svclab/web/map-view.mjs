// Concept maps: a picture where there is room, read from its start down the page; on a phone a map of many concepts is a list, each
// concept with what leads on from it.
import { arc, sideways, through } from "./arcs.mjs";
import { chained, isChain } from "./chains.mjs";
import { block, BOLD, flag, frame, lines, measure, round, sizes, wrap, LINE } from "./drawing.mjs";
import { distances, heightOf, passes, place } from "./layout.mjs";
import { sided } from "./layers.mjs";
import { html, raw } from "./text.mjs";
import { WORDS, say } from "./words.mjs";

const PICTURE = 7; // concepts that a phone's width can take as a picture
const UNDER = 5; // the picture stands under the word at its start
const SHAPES = [
  "M-4 -4h8v8h-8z", "M0 -5A5 5 0 1 1 0 5A5 5 0 1 1 0 -5z", "M0 -5.5L5.5 4.5H-5.5z", "M0 -6L6 0L0 6L-6 0z",
  "M-2 -5h4v3h3v4h-3v3h-4v-3h-3v-4h3z", "M0 5.5L5.5 -4.5H-5.5z", "M-5 -2.5h10v5h-10z", "M-2.5 -5h5v10h-5z",
];

/** A page's file: pages lie side by side. */
const address = (page) => page.replace(/^([^#]+)/, "$1.html");

const mark = (groups, key, x, y) => {
  const at = groups.findIndex((g) => g.key === key);
  return at < 0 ? "" : html`<path class="svd-mark" data-group="${at}" transform="translate(${round(x)} ${round(y)})" d="${SHAPES[at]}"/>`;
};

/** A concept and what it leads to, for whoever hears the map. */
function told(part, c, at) {
  const label = Object.fromEntries(part.concepts.map((one) => [one.name, one.label]));
  const out = part.relations.filter((r) => r.start === c.name).map((r) => say(r.label ? WORDS.leadsBy : WORDS.leadsTo, { end: label[r.end], label: r.label }));
  return `${at + 1}. ${[c.label, ...out].join("; ")}`;
}

function concept(part, c, b, texts, at) {
  const group = part.groups.findIndex((g) => g.key === c.group);
  const off = group < 0 ? 0 : 8;
  const inside = html`<rect class="svd-box" x="${round(b.x - b.w / 2)}" y="${round(b.y - b.h / 2)}" width="${round(b.w)}" height="${round(b.h)}" rx="5"/>${mark(part.groups, c.group, b.x - b.w / 2 + 11, b.y)}${lines(texts, b.x + off, b.y - ((texts.length - 1) * LINE) / 2, { cls: "svd-name" })}`;
  const start = at === 0 && part.relations.length > 0 && html`<text class="svd-start" x="${round(b.x - b.w / 2 + 7)}" y="${round(b.y - b.h / 2 + 3)}">${WORDS.mapStart}</text>`;
  const voice = html`aria-label="${told(part, c, at)}"`;
  const body = html`<g class="svd-concept" data-name="${c.name}" data-group="${group < 0 ? "" : group}"${flag("data-lit", c.highlight)}${!c.page && html` role="img" ${voice}`}>${inside}${start}</g>`;
  return html`<g role="listitem">${c.page ? html`<a class="svd-go" href="${address(c.page)}" ${voice}>${body}</a>` : body}</g>`;
}

const SHARES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74];

/** A label as near as possible to the straight way between its ends. */
function between(places, k, a, b, width) {
  const label = places[k];
  const long = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [nx, ny] = [-(b.y - a.y) / long, (b.x - a.x) / long];
  const clear = (x, y) => x - label.w / 2 > 1 && x + label.w / 2 < width - 1 && y - label.h / 2 > 1
    && places.every((box) => box === label || Math.abs(box.x - x) >= (box.w + label.w) / 2 + 5 || Math.abs(box.y - y) >= (box.h + label.h) / 2 + 7);
  for (const away of [0, 12, -12, 24, -24, 36, -36]) for (const share of SHARES) {
    const [x, y] = [a.x + (b.x - a.x) * share + nx * away, a.y + (b.y - a.y) * share + ny * away];
    const here = { x, y };
    const over = (box) => ![a, b, label].includes(box) && (passes(a, here, box, 2) || passes(here, b, box, 2));
    if (!clear(x, y) || places.some(over)) continue;
    places[k] = { ...label, x, y };
    return;
  }
}

const beside = (a, b) => Math.abs(a.x - b.x) > (a.w + b.w) / 2;

/** Links that come to one side of a box end one under the other, in the order of their beginnings. */
function fan(part, places, at, r) {
  const b = places[at[r.end]];
  const side = (one) => Math.sign(places[at[one.start]].x - b.x);
  const mine = part.relations.filter((one) => one.end === r.end && beside(places[at[one.start]], b) && side(one) === side(r));
  mine.sort((p, q) => places[at[p.start]].y - places[at[q.start]].y);
  return (mine.indexOf(r) - (mine.length - 1) / 2) * Math.min(11, (b.h - 8) / mine.length);
}

function draw(part, width, size) {
  const many = part.concepts.length > 10;
  const most = { s: 118, b: 138, m: many ? 118 : 138, l: many ? 136 : 150 }[size];
  const blocks = part.concepts.map((c) => {
    const made = block(c.label, most - (c.group ? 16 : 0), { scale: BOLD, pad: [9, 7] });
    return { ...made, w: made.w + (c.group ? 16 : 0) };
  });
  const words = part.relations.map((r) => r.label && wrap(r.label, many ? 92 : 110, 0.93));
  const at = Object.fromEntries(part.concepts.map((c, i) => [c.name, i]));
  const boxes = blocks.map(({ w, h }) => ({ w, h }));
  const edges = [];
  const labelled = part.relations.map((r, i) => {
    const [from, to] = [at[r.start], at[r.end]];
    if (!words[i]) {
      edges.push([from, to]);
      return null;
    }
    // What stands on a link is a box between its ends: so no label lies over another.
    const k = boxes.length;
    boxes.push({ w: Math.max(...words[i].map((t) => measure(t, 0.93))) + 4, h: words[i].length * 15 + 3 });
    edges.push([from, k], [k, to]);
    return k;
  });
  const d = distances(boxes.length, edges);
  // A label is a short step; concepts of one group keep together.
  const near = d.map((row, i) => row.map((value, j) => {
    const [a, b] = [part.concepts[i], part.concepts[j]];
    const kin = a && b && i !== j && a.group && a.group === b.group;
    return kin ? Math.min(value, 2.2) : Number.isFinite(value) ? value : 9;
  }));
  // Between two concepts there is room for an arrow; labels may stand closer.
  const slim = boxes.map((box, i) => (i < blocks.length ? box : { w: Math.max(12, box.w - 24), h: Math.max(6, box.h - 22) }));
  const gap = size === "s" || size === "b" ? [18, 26] : [30, 34];
  const groups = part.concepts.map((c) => c.group);
  const columns = boxes.length === blocks.length && sided(slim, edges, groups, width, gap);
  const rows = !columns && chained(boxes, blocks.length, part.relations.map((r, i) => [at[r.start], at[r.end], labelled[i]]), width, gap);
  const stood = columns || rows || place(slim, edges, width, { near, gap, read: true });
  const places = boxes.map((box, i) => ({ ...stood[i], ...box, y: stood[i].y + UNDER }));
  part.relations.forEach((r, i) => labelled[i] !== null && !rows && between(places, labelled[i], places[at[r.start]], places[at[r.end]], width));
  const drawn = [];
  const links = part.relations.map((r, i) => {
    const k = labelled[i];
    const [a, b] = [places[at[r.start]], places[at[r.end]]];
    const made = columns && beside(a, b) ? sideways(a, b, fan(part, places, at, r)) : k === null ? arc(places, at[r.start], at[r.end], drawn, width, 0.06) : through(a, places[k], b);
    const text = k === null ? "" : html`<rect class="svd-link-paper" x="${round(places[k].x - places[k].w / 2)}" y="${round(places[k].y - places[k].h / 2)}" width="${round(places[k].w)}" height="${round(places[k].h)}"/>${lines(words[i], places[k].x, places[k].y - ((words[i].length - 1) * 15) / 2, { cls: "svd-link-name", step: 15 })}`;
    return { lit: r.highlight, way: html`<g class="svd-link"${flag("data-lit", r.highlight)}><path class="svd-line" d="${made.path}"/><path class="svd-head" d="${made.tip}"/></g>`, text, points: made.points };
  });
  const shapes = part.concepts.map((c, i) => concept(part, c, places[i], blocks[i].texts, i));
  const ways = [...links].sort((p, q) => Number(p.lit ?? 0) - Number(q.lit ?? 0)); // what is lit lies over the rest
  const low = Math.max(heightOf(places), ...links.flatMap((l) => l.points.map((p) => p.y + 6)));
  return { w: width, h: low, markup: html`<g aria-hidden="true">${ways.map((l) => l.way)}${links.map((l) => l.text)}</g><g role="list">${shapes}</g>` };
}

const small = (part, key) => {
  const at = part.groups.findIndex((g) => g.key === key);
  return at < 0 ? "" : html`<svg class="svd-badge" width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">${mark(part.groups, key, 0, 0)}</svg> `;
};

/** Each concept with the links that leave it, in groups. */
function outline(part) {
  const label = Object.fromEntries(part.concepts.map((c) => [c.name, c.label]));
  const one = (c) => {
    const name = c.page ? html`<a class="svd-go" href="${address(c.page)}">${c.label}</a>` : html`<span>${c.label}</span>`;
    const out = part.relations.filter((r) => r.start === c.name);
    return html`<li class="svd-list-concept"${flag("data-lit", c.highlight)}><strong>${small(part, c.group)}${name}</strong>${c.note && html` <span class="svx-unit">${c.note}</span>`}${out.length > 0 && html`<ul>${out.map((r) => html`<li><span class="svx-unit">${r.label ? `${r.label}:` : "→"}</span> ${label[r.end]}</li>`)}</ul>`}</li>`;
  };
  const groups = [...part.groups, { key: undefined, label: "" }].map((g) => ({ ...g, items: part.concepts.filter((c) => (c.group || undefined) === g.key) }));
  return html`<div class="svd-outline">${groups.filter((g) => g.items.length).map((g) => html`${g.label && html`<p class="svd-list-group">${g.label}</p>`}<ul>${g.items.map(one)}</ul>`)}</div>`;
}

export function renderMap(part) {
  const full = { groups: [], ...part };
  const listed = full.concepts.length > PICTURE || full.relations.length > PICTURE + 2;
  const key = full.groups.length > 0 && html`<p class="svd-key svx-hint">${full.groups.map((g) => html`<span>${small(full, g.key)}${g.label}</span>`)}</p>`;
  const at = Object.fromEntries(full.concepts.map((c, i) => [c.name, i]));
  const beside = !listed && isChain(full.concepts.length, full.relations.map((r) => [at[r.start], at[r.end]]));
  const drawing = sizes((width, size) => (listed && size === "s" ? { w: 1, h: 1, markup: "" } : draw(full, width, size)), full.alt, { most: full.concepts.length > 5 ? "l" : "m", role: "group", beside });
  // The key comes before a list, which is long, and after a picture.
  const either = html`<div class="svd-either"${raw(listed ? " data-listed" : "")}>${drawing}${listed && outline(full)}</div>`;
  return listed ? frame(full, html`${key}${either}`, "") : frame(full, either, key);
}
