// Causal loop diagrams: what grows with what, and the loops in it by name.
import { arc, free } from "./arcs.mjs";
import { block, flag, frame, lines, round, sizes } from "./drawing.mjs";
import { heightOf, place } from "./layout.mjs";
import { html, raw } from "./text.mjs";
import { WORDS, say } from "./words.mjs";

const NAMED = 7; // more loops than these would cover the picture: they stand in the table alone

const kindOf = (loop) => (loop.name.startsWith("R") ? "R" : "B");

/** Two links between the same variables bow away from each other. */
const both = (part, one) => part.links.some((k) => k.start === one.end && k.end === one.start);
const bend = (part, one) => (both(part, one) ? 0.45 : 0.18);
const APART = 14; // such variables keep so much more room around them, for two heads, signs and strokes

function link(one, made, others, taken, width) {
  // A short link has its strokes near its beginning, away from its sign.
  const middle = made.points.length && Math.hypot(made.at(1).x - made.at(0).x, made.at(1).y - made.at(0).y) < 60 ? 0.28 : 0.45;
  if (one.delay) taken.push({ ...made.at(middle), w: 14, h: 14 });
  const [dx, dy] = made.along(0.9);
  const near = [0.86, 0.8, 0.72, 0.94, 0.62, 0.5].flatMap((share) => [11, -11, 15, -15, 19, -19].map((away) => {
    const p = made.at(share);
    return { x: p.x - dy * away, y: p.y + dx * away };
  }));
  // A sign on another link's line would be read as that one's.
  const around = [...taken, ...others];
  const spot = free(near, around, 7, 8, width);
  taken.push(around.at(-1));
  const sign = one.sign === "+" ? "+" : "−";
  return html`<g class="svd-link" data-sign="${one.sign}" data-loops="${(one.loops ?? []).join(" ")}"${flag("data-lit", one.lit)}${flag("data-strong", one.lit)}><path class="svd-line" d="${made.path}"/><path class="svd-head" d="${made.tip}"/>${one.delay && stroke(made, middle)}<text class="svd-sign" text-anchor="middle" x="${round(spot.x)}" y="${round(spot.y + 5)}">${sign}</text></g>`;
}

/** A delay: two strokes across the link. */
function stroke(made, share) {
  const p = made.at(share);
  const [dx, dy] = made.along(share);
  const bar = (off) => `M${round(p.x + dx * off - dy * 8)} ${round(p.y + dy * off + dx * 8)}L${round(p.x + dx * off + dy * 8)} ${round(p.y + dy * off - dx * 8)}`;
  return html`<path class="svd-delay" d="${bar(-2.5)}${bar(2.5)}"><title>${WORDS.delayed}</title></path>`;
}

/** Which way a loop runs around on the screen: +1 as a clock. */
const sense = (members) => Math.sign(members.reduce((sum, a, i) => {
  const b = members[(i + 1) % members.length];
  return sum + a.x * b.y - b.x * a.y;
}, 0)) || 1;

const FAR = 96; // beyond this a name needs a line to its loop

/** The point of a loop's own links that is nearest to where its name stands. */
function nearest(ways, spot) {
  const far = (p) => Math.hypot(p.x - spot.x, p.y - spot.y);
  return ways.flat().reduce((best, p) => (!best || far(p) < far(best) ? p : best), null);
}

/** Is a spot within the ring of a loop's members? */
function within(members, { x, y }) {
  return members.reduce((inside, a, i) => {
    const b = members[(i + 1) % members.length];
    const over = (a.y > y) !== (b.y > y) && x < a.x + ((b.x - a.x) * (y - a.y)) / (b.y - a.y);
    return over ? !inside : inside;
  }, false);
}

/** The shortest of the loops, and the one that is lit. */
const foremost = (part) => part.loops.filter((loop, i) => i < NAMED || loop.name === part.lit);

function name(loop, boxes, at, taken, width, lit, ways) {
  const members = loop.members.map((one) => boxes[at[one]]);
  const x = members.reduce((sum, b) => sum + b.x, 0) / members.length;
  const y = members.reduce((sum, b) => sum + b.y, 0) / members.length;
  const around = [{ x, y }];
  for (let ring = 12; ring <= 84; ring += 12) for (let k = 0; k < 12; k += 1) {
    around.push({ x: x + ring * Math.cos(k * Math.PI / 6), y: y + ring * Math.sin(k * Math.PI / 6) });
  }
  // No room near its middle: further out, then under the picture, with a line to the loop.
  for (let ring = 96; ring <= 320; ring += 16) for (let k = 0; k < 24; k += 1) {
    around.push({ x: x + ring * Math.cos(k * Math.PI / 12), y: y + ring * Math.sin(k * Math.PI / 12) });
  }
  const under = Math.max(...taken.map((b) => b.y + b.h / 2)) + 20;
  for (let step = 0; step < width; step += 36) around.push({ x: 20 + ((Math.max(0, x - 20) + step) % Math.max(1, width - 40)), y: under });
  around.push({ x: width / 2, y: under + 36 });
  const spot = free(around, taken, 17, 17, width);
  const away = Math.hypot(spot.x - x, spot.y - y);
  const end = (away > FAR || (away > 24 && members.length > 2 && !within(members, spot))) && nearest(ways, spot);
  const long = end && Math.hypot(end.x - spot.x, end.y - spot.y);
  const leader = long > 34 && html`<path class="svd-leader" d="M${round(spot.x + (16 * (end.x - spot.x)) / long)} ${round(spot.y + (16 * (end.y - spot.y)) / long)}L${round(end.x)} ${round(end.y)}"/>`;
  const way = sense(members);
  // Three quarters of a circle with a head, in the direction of the loop.
  const [sx, ex] = [spot.x - 11 * way, spot.x];
  const arrow = `M${round(sx)} ${round(spot.y + 7)}A14 14 0 1 ${way > 0 ? 1 : 0} ${round(ex + 11 * way)} ${round(spot.y + 8)}`;
  const tip = `M${round(ex + 7 * way)} ${round(spot.y + 13)}l${8 * way} -2l${-2 * way} -7z`;
  return html`<g class="svd-loop" data-loop="${loop.name}" data-kind="${kindOf(loop)}"${flag("data-lit", lit === loop.name)}>${leader}<path class="svd-round" d="${arrow}"/><path class="svd-round-head" d="${tip}"/><text text-anchor="middle" x="${round(spot.x)}" y="${round(spot.y + 4.5)}">${loop.name}</text></g>`;
}

function draw(part, width, size) {
  const many = part.variables.length > 10;
  const most = { s: many ? 88 : 104, m: many ? 110 : 128, l: 140 }[size];
  const blocks = part.variables.map((v) => block(v.label, most, { pad: [5, 3] }));
  const at = Object.fromEntries(part.variables.map((v, i) => [v.name, i]));
  const edges = part.links.map((k) => [at[k.start], at[k.end]]);
  const gap = { s: many ? [20, 40] : [34, 44], m: [40, 44], l: [44, 44] }[size];
  const twice = new Set(part.links.filter((one) => both(part, one)).map((one) => at[one.start]));
  const roomy = blocks.map(({ w, h }, i) => (twice.has(i) ? { w: w + APART, h: h + APART } : { w, h }));
  const boxes = place(roomy, edges, width, { gap }).map((box, i) => ({ ...box, w: blocks[i].w, h: blocks[i].h }));
  const drawn = [];
  const taken = boxes.map((b) => ({ ...b }));
  const arcs = part.links.map((one) => arc(boxes, at[one.start], at[one.end], drawn, width, bend(part, one)));
  const lanes = drawn.map((points) => points.map(({ x, y }) => ({ x, y, w: 3, h: 3 })));
  const links = part.links.map((one, i) => ({ one, pieces: link(one, arcs[i], lanes.filter((_, k) => k !== i).flat(), taken, width) }));
  for (const points of drawn) for (const p of points) taken.push({ x: p.x, y: p.y, w: 2, h: 2 });
  const names = foremost(part).map((loop) => name(loop, boxes, at, taken, width, part.lit, part.links.flatMap((one, i) => (one.loops?.includes(loop.name) ? [arcs[i].points] : []))));
  const texts = blocks.map((b, i) => html`<g class="svd-variable" data-name="${part.variables[i].name}">${lines(b.texts, boxes[i].x, boxes[i].y - ((b.texts.length - 1) * 17) / 2)}</g>`);
  const low = Math.max(heightOf(boxes), ...drawn.flat().map((p) => p.y + 6), ...taken.map((b) => b.y + b.h / 2 + 3));
  // What is lit lies over the rest.
  const high = Math.min(...drawn.flat().map((p) => p.y - 6), ...taken.map((b) => b.y - b.h / 2 - 3));
  const order = [...links].sort((p, q) => Number(p.one.lit ?? 0) - Number(q.one.lit ?? 0));
  return { w: width, h: low - high, markup: html`<g transform="translate(0 ${round(-high)})">${order.map((l) => l.pieces)}${texts}${names}</g>` };
}

/** The loops as a list; with a script, pressing one shows it in the picture. */
function list(part) {
  const label = Object.fromEntries(part.variables.map((v) => [v.name, v.label]));
  const rows = foremost(part).map((loop) => html`<li><button type="button" class="svd-loop-name" data-act="light" data-loop="${loop.name}" data-kind="${kindOf(loop)}" aria-pressed="${String(part.lit === loop.name)}"><strong>${loop.name}</strong> ${WORDS.loopKinds[kindOf(loop)]}</button> <span>${loop.label && html`<strong>${loop.label}:</strong> `}${[...loop.members, loop.members[0]].map((one) => label[one]).join(" → ")}${loop.delay && html` <span class="svx-unit">(${WORDS.delayed})</span>`}</span></li>`);
  const more = part.loops.length - rows.length;
  const rest = [more > 0 && say(WORDS.moreLoops, { n: more }), part.complete === false && WORDS.loopsCut].filter(Boolean).join(" ");
  if (!part.loops.length) return html`<p class="svx-hint">${WORDS.noLoops}</p>`;
  return html`<ul class="svd-loops-list">${rows}</ul>${rest && html`<p class="svx-hint">${rest}</p>`}`;
}

export function renderLoops(part) {
  const most = part.variables.length > 7 ? "l" : "m";
  const key = html`<p class="svd-key svx-hint">${WORDS.loopKey}${part.links.some((k) => k.delay) && raw(` ${WORDS.delayKey}`)}</p>`;
  return frame(part, sizes((width, size) => draw(part, width, size), part.alt, { most }), html`${key}${list(part)}`);
}
