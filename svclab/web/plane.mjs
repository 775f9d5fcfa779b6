// Points on two axes with named quadrants. An axis has numbers, or words at its ends. A name stands beside its point; where the names would
// cover each other, points are numbered and the names stand below.
import { free } from "./arcs.mjs";
import { BOLD, flag, frame, lines, measure, round, SIZES, svg, widest, wrap, LINE, VERDICT_SIGNS } from "./drawing.mjs";
import { spread } from "./spread.mjs";
import { html, raw, shown } from "./text.mjs";
import { WORDS, say } from "./words.mjs";

// One unit large; the first kind is a circle.
const SHAPES = [
  "", "M-.9 -.9h1.8v1.8h-1.8z", "M0 -1.15L1.1 .8L-1.1 .8z", "M0 -1.2L1.2 0L0 1.2L-1.2 0z",
  "M0 1.15L1.1 -.8L-1.1 -.8z", "M-.4 -1.1h.8v.7h.7v.8h-.7v.7h-.8v-.7h-.7v-.8h.7z",
];

const shape = (kind, r) => (kind
  ? html`<path d="${SHAPES[kind].replace(/-?\d*\.?\d+/g, (value) => round(Number(value) * r))}"/>`
  : html`<circle r="${round(r)}"/>`);

const kinds = (part) => [...new Set(part.spots.map((s) => s.series).filter(Boolean))];
const radius = (spot) => 7 * Math.sqrt(spot.size ?? 1);
const named = (spot) => (spot.verdict ? `${spot.label} ${VERDICT_SIGNS[spot.verdict]}` : spot.label);

/** A scale has words at its ends; what is measured has numbers along it: about `most` round ones. */
function ticks(axis, most) {
  if (axis.words.some(Boolean)) return [];
  if (most < 1) return [axis.low, axis.high];
  const span = axis.high - axis.low;
  const rough = span / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 2.5, 5, 10].find((nice) => nice * power >= rough * 0.999);
  const first = Math.ceil(axis.low / step - 1e-9);
  const last = Math.floor(axis.high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

const TICKED = 0.93; // of 13 px

const USUAL = 0.86; // the height of a plot, as a share of its width
const TALL = 1.3; // of one whose numbered points would cover each other

/** Where the plot stands in a drawing of a width, and how numbers become places. */
function area(part, width, share) {
  const widest = (values) => Math.max(0, ...values.map((value) => measure(shown(value), TICKED)));
  const along = { y: ticks(part.y, 6) };
  // As many numbers as can stand beside each other.
  for (let most = Math.min(8, Math.floor(width / 55)); most >= 0; most -= 1) {
    along.x = ticks(part.x, most);
    if (along.x.length * (widest(along.x) + 10) < width - 60) break;
  }
  const [left, right] = [along.y.length ? 32 + widest(along.y) : 26, Math.max(8, widest(along.x.slice(-1)) / 2 + 2)];
  const w = width - left - right;
  const h = Math.round(Math.min(w * share, 470));
  const top = upright(part, h) ? 8 : 4 + LINE * wrap(`↑ ${part.y.label}`, w, BOLD).length;
  return {
    left, top, w, h, ticks: along,
    x: (value) => left + (w * (value - part.x.low)) / (part.x.high - part.x.low),
    y: (value) => top + h - (h * (value - part.y.low)) / (part.y.high - part.y.low),
  };
}

/** Does the name of y fit along its axis? Else it stands above. */
function upright(part, h) {
  const ends = Math.max(...part.y.words.map((text) => measure(text)));
  return measure(part.y.label, BOLD) + 2 * ends + 24 <= h;
}

/** Names of the quadrants in their outer corners, or inwards from there if a point is in the way. */
function corners(part, a, spots, width) {
  const taken = spots.map(({ x, y, r }) => ({ x, y, w: 2 * r, h: 2 * r }));
  const [mx, my] = [a.x(part.x.split), a.y(part.y.split)];
  return part.quadrants.map((name, q) => {
    const [right, low] = [q % 2, q >> 1];
    const room = (right ? a.left + a.w - mx : mx - a.left) - 14;
    const texts = wrap(name, Math.max(40, room), 0.95);
    const wide = Math.max(...texts.map((t) => measure(t, 0.95))) / 2;
    const high = (texts.length * LINE) / 2;
    const depth = (low ? a.top + a.h - my : my - a.top) - 2 * high - 10;
    const aside = Math.max(0, room - 2 * wide);
    const inwards = [];
    for (let off = 0; off <= Math.max(0, depth); off += 9) for (let over = 0; over <= aside; over += 24) {
      inwards.push({ cost: off + over, x: right ? a.left + a.w - 7 - wide - over : a.left + 7 + wide + over, y: low ? a.top + a.h - 5 - high - off : a.top + 5 + high + off });
    }
    inwards.sort((p, q) => p.cost - q.cost);
    const spot = free(inwards, taken, wide, high, width);
    const x = right ? spot.x + wide : spot.x - wide;
    return { box: taken.at(-1), markup: lines(texts, x, spot.y - high + LINE / 2, { cls: "svd-quadrant", anchor: right ? "end" : "start" }) };
  });
}

function axes(part, a) {
  const [xs, ys] = [part.x.words, part.y.words];
  const foot = a.top + a.h + 14;
  const up = (text, y, anchor, cls) => html`<text class="${cls}" text-anchor="${anchor}" transform="translate(14 ${round(y)}) rotate(-90)">${text}</text>`;
  const across = (texts, x, anchor, cls, at = 0) => lines(texts, x, foot + at * LINE, { cls, anchor });
  // The name goes a line below where it would meet the numbers or the words at the ends.
  const meets = a.ticks.x.length > 0 || measure(part.x.label, BOLD) + 2 * Math.max(...xs.map((t) => measure(t))) + 24 > a.w;
  const name = wrap(part.x.label, a.w, BOLD);
  const turned = upright(part, a.h);
  const marks = [...a.ticks.x.map((v) => `M${round(a.x(v))} ${a.top + a.h}v4`), ...a.ticks.y.map((v) => `M${a.left} ${round(a.y(v))}h-4`)].join("");
  const numbers = [...a.ticks.x.map((v) => lines([shown(v)], a.x(v), foot, { cls: "svd-end" })), ...a.ticks.y.map((v) => lines([shown(v)], a.left - 7, a.y(v), { cls: "svd-end", anchor: "end" }))];
  const worded = [xs[0] && across([xs[0]], a.left, "start", "svd-end"), xs[1] && across([xs[1]], a.left + a.w, "end", "svd-end"), ys[0] && up(ys[0], a.top + a.h, "start", "svd-end"), ys[1] && up(ys[1], a.top, "end", "svd-end")];
  const low = foot + (meets ? name.length : 0) * LINE + 12;
  return {
    low,
    markup: html`<rect class="svd-field" x="${a.left}" y="${a.top}" width="${a.w}" height="${a.h}"/>${part.quadrants.length > 0 && html`<path class="svd-split" d="M${round(a.x(part.x.split))} ${a.top}v${a.h}M${a.left} ${round(a.y(part.y.split))}h${a.w}"/>`}${marks && html`<path class="svd-tick" d="${marks}"/>`}${numbers}${worded}${across(meets ? name : [part.x.label], a.left + a.w / 2, "middle", "svd-axis", meets ? 1 : 0)}${turned ? up(part.y.label, a.top + a.h / 2, "middle", "svd-axis") : lines(wrap(`↑ ${part.y.label}`, a.w, BOLD), a.left, 10, { cls: "svd-axis", anchor: "start" })}`,
  };
}

const INNER = 0.75; // of a name's width: the letters may be narrower than they are taken for

/** Names beside their points, or null if one would cover something. */
function beside(part, a, taken, width) {
  const placed = [];
  for (const spot of part.spots) {
    const [x, y, r] = [a.x(spot.x), a.y(spot.y), radius(spot)];
    const texts = wrap(named(spot), Math.min(120, a.w * 0.4));
    const [w, h] = [Math.max(...texts.map((t) => measure(t))) / 2 + 2, (texts.length * LINE) / 2];
    const [dx, dy] = [r + w + 3, r + h + 1];
    const around = [[dx, 0], [-dx, 0], [0, -dy], [0, dy], [dx, -h], [dx, h], [-dx, -h], [-dx, h], [w, -dy], [-w, -dy], [w, dy], [-w, dy]];
    const near = around.length;
    for (const far of [1.6, 2.3]) around.push(...around.slice(0, near).map(([p, q]) => [p * Math.min(far, 1.3), q * far]));
    // At the edge a name moves in.
    const kept = (value, half, from, size) => Math.min(from + size - half - 3, Math.max(from + half + 3, value));
    const inside = around.map(([p, q]) => ({ x: kept(x + p, w, a.left, a.w), y: kept(y + q, h, a.top, a.h) }));
    const spotAt = free(inside, taken, w, h, width);
    if (!spotAt.free) return null;
    // A name that stands away from its point is led to it.
    const away = Math.max(Math.abs(spotAt.x - x) - w, Math.abs(spotAt.y - y) - h) - r;
    if (away > 6) placed.push(html`<path class="svd-leader" d="M${round(x)} ${round(y)}L${round(Math.min(spotAt.x + w * INNER, Math.max(spotAt.x - w * INNER, x)))} ${round(Math.min(spotAt.y + h, Math.max(spotAt.y - h, y)))}"/>`);
    placed.push(lines(texts, spotAt.x, spotAt.y - ((texts.length - 1) * LINE) / 2, { cls: "svd-spot-name" }));
  }
  return placed;
}

/** Numbers in the points and what they mean, in columns below. */
function below(part, width, y) {
  const longest = Math.max(...part.spots.map((s) => measure(named(s)))) + 34;
  // Of many names the long ones are broken, so that a phone shows two columns.
  const wanted = part.spots.length > 9 ? Math.min(longest, 150) : longest;
  const columns = Math.max(1, Math.min(4, Math.floor(width / Math.max(wanted, 120)), part.spots.length));
  const w = width / columns;
  const rows = Math.ceil(part.spots.length / columns);
  const shapes = [];
  let low = y;
  for (let c = 0; c < columns; c += 1) {
    let at = y + 12;
    part.spots.slice(c * rows, (c + 1) * rows).forEach((spot, k) => {
      const texts = wrap(named(spot), w - 34);
      shapes.push(lines([String(c * rows + k + 1)], c * w + 22, at, { cls: "svd-number", anchor: "end" }), lines(texts, c * w + 29, at, { anchor: "start" }));
      at += texts.length * LINE + 3;
    });
    low = Math.max(low, at);
  }
  return { low, markup: shapes };
}

const NUMBERED = [7.5, 9.5]; // the least and the usual half-size of a point with a number in it
const WIDEST = 2.2; // a shape is so many half-sizes wide

/** How far the nearest two points stand apart; those that move may meet others for a while. */
function apart(part, spots) {
  const fixed = spots.filter((_, i) => !part.spots[i].move);
  return Math.min(...fixed.map((p, i) => Math.min(...fixed.slice(0, i).map((q) => Math.hypot(p.x - q.x, p.y - q.y)))));
}

function draw(part, width, share = USUAL) {
  const a = area(part, width, share);
  const frameOf = axes(part, a);
  const series = kinds(part);
  const spots = part.spots.map((s) => ({ x: a.x(s.x), y: a.y(s.y), r: radius(s) }));
  const room = apart(part, spots) / WIDEST;
  const names = corners(part, a, spots, width);
  const taken = [...spots.map(({ x, y, r }) => ({ x, y, w: 2 * r, h: 2 * r })), ...names.map((n) => n.box)];
  const placed = beside(part, a, taken, width);
  if (!placed && share === USUAL && room < NUMBERED[1]) return draw(part, width, TALL);
  const list = placed ? null : below(part, width, frameOf.low);
  const least = Math.min(NUMBERED[1], Math.max(NUMBERED[0], room));
  const stood = list ? spread(spots, part.spots.map((s) => s.move), least, a) : spots;
  const leaders = stood.map(({ x, y }, i) => Math.hypot(x - spots[i].x, y - spots[i].y) > least && html`<path class="svd-leader" d="M${round(spots[i].x)} ${round(spots[i].y)}L${round(x)} ${round(y)}"/>`);
  const shapes = part.spots.map((s, i) => {
    const kind = Math.max(0, series.indexOf(s.series)) % SHAPES.length;
    const r = list ? Math.max(least, spots[i].r) : spots[i].r;
    return html`<g class="svd-spot-mark" data-series="${kind}" data-verdict="${s.verdict}"${flag("data-moves", s.move)} transform="translate(${round(stood[i].x)} ${round(stood[i].y)})">${shape(kind, r)}${list && html`<text class="svd-inside" text-anchor="middle" y="4">${i + 1}</text>`}</g>`;
  });
  return { w: width, h: list?.low ?? frameOf.low, area: a, markup: html`${frameOf.markup}${names.map((n) => n.markup)}${leaders}${shapes}${placed ?? list.markup}` };
}

/** What a screen reader says of a point. */
export const spotText = (part, x, y) => {
  const [across, up] = [[part.x, x], [part.y, y]].map(([axis, value]) => say(WORDS.onAxis, { axis: axis.label, value: shown(value) }));
  return say(WORDS.spotAt, { x: across, y: up });
};

function handle(part, spot, { w, h, area: a }) {
  const axis = spot.move.across ? part.x : part.y;
  const at = `left:${round((100 * a.x(spot.x)) / w)}%;top:${round((100 * a.y(spot.y)) / h)}%`;
  // A slider has one value: both stand in its text, which is what a screen reader says instead.
  const kind = spot.move.across && spot.move.down && html` aria-roledescription="${WORDS.twoWays}"`;
  return html`<div class="svx-handle svd-spot" role="slider"${kind} tabindex="0" data-spot="${spot.name}" aria-label="${spot.label}" aria-valuemin="${axis.low}" aria-valuemax="${axis.high}" aria-valuenow="${spot.move.across ? spot.x : spot.y}" aria-valuetext="${spotText(part, spot.x, spot.y)}"${raw(` style="${at}"`)}></div>`;
}

export function renderPlane(part) {
  const movable = part.spots.filter((s) => s.move);
  const stages = Object.entries(SIZES).map(([size, width]) => {
    const made = draw(part, width);
    const { left, top, w, h } = made.area;
    const field = [left / made.w, top / made.h, w / made.w, h / made.h].map((v) => Math.round(v * 1e4) / 1e4).join(" ");
    return html`<div class="svd-stage svd-${size}"${widest(made, size)} data-field="${field}">${svg(made, "plane", part.alt)}${movable.map((s) => handle(part, s, made))}</div>`;
  });
  const series = kinds(part);
  const key = series.length > 0 && html`<p class="svd-key svx-hint">${series.map((name, i) => html`<span><svg class="svd-badge" width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true"><g class="svd-spot-mark" data-series="${i % SHAPES.length}">${shape(i % SHAPES.length, 6)}</g></svg> ${name}</span>`)}</p>`;
  return frame(part, html`<div class="svd-drawings" data-most="l">${stages}</div>`, html`${key}${movable.length > 0 && html`<p class="svx-hint svx-drag">${WORDS.moveSpots}</p>`}`);
}
