// Where the boxes of a network stand: near whom they are joined to, none over another, within a
// given width. The same data gives the same picture: nothing is drawn by chance.
import { readable } from "./layers.mjs";

const GAP = [16, 16]; // between two boxes, across and down
const TURNS = 8; // positions that are tried
const FEW = 20; // boxes of which twice as many are tried

/** Numbers of links between any two of n nodes, whichever way the links run. */
export function distances(n, edges) {
  const next = Array.from({ length: n }, () => []);
  for (const [a, b] of edges) {
    next[a].push(b);
    next[b].push(a);
  }
  return next.map((_, from) => {
    const d = new Array(n).fill(Infinity);
    d[from] = 0;
    const queue = [from];
    for (const at of queue) for (const to of next[at]) {
      if (d[to] < Infinity) continue;
      d[to] = d[at] + 1;
      queue.push(to);
    }
    return d;
  });
}

/**
 * Positions whose distances come near to those given: stress majorization after Gansner, Koren
 * and North (2005), "Graph drawing by stress majorization", from a circle.
 */
export function stress(d, { steps = 120, order = null } = {}) {
  const n = d.length;
  const most = Math.max(1, ...d.flat().filter(Number.isFinite));
  const far = d.map((row) => row.map((value) => (Number.isFinite(value) ? value : most + 1)));
  let at = Array.from({ length: n }, (_, i) => {
    const turn = (2 * Math.PI * (order ? order[i] : i)) / n;
    return [Math.cos(turn) * n / 4, Math.sin(turn) * n / 4];
  });
  for (let step = 0; step < steps; step += 1) {
    at = at.map(([xi, yi], i) => {
      let [x, y, sum] = [0, 0, 0];
      for (let j = 0; j < n; j += 1) {
        if (i === j) continue;
        const w = 1 / far[i][j] ** 2;
        const [xj, yj] = at[j];
        const apart = Math.max(1e-6, Math.hypot(xi - xj, yi - yj));
        x += w * (xj + far[i][j] * (xi - xj) / apart);
        y += w * (yj + far[i][j] * (yi - yj) / apart);
        sum += w;
      }
      return sum ? [x / sum, y / sum] : [xi, yi];
    });
  }
  return at;
}

const turned = (at, angle) => at.map(([x, y]) => [
  x * Math.cos(angle) - y * Math.sin(angle),
  x * Math.sin(angle) + y * Math.cos(angle),
]);

/** Push boxes apart until none is over another; false if they cannot be within the width. */
function separate(boxes, width, gap) {
  for (let round = 0; round < 30; round += 1) {
    let clear = true;
    for (let i = 0; i < boxes.length; i += 1) for (let j = i + 1; j < boxes.length; j += 1) {
      const [a, b] = [boxes[i], boxes[j]];
      const oy = (a.h + b.h) / 2 + gap[1] - Math.abs(a.y - b.y);
      if (oy <= 0.01) continue;
      const ox = (a.w + b.w) / 2 + gap[0] - Math.abs(a.x - b.x);
      if (ox <= 0.01) continue;
      clear = false;
      if (oy <= ox) {
        const way = a.y < b.y || (a.y === b.y && i < j) ? 1 : -1;
        a.y -= way * oy / 2;
        b.y += way * oy / 2;
      } else {
        const way = a.x < b.x || (a.x === b.x && i < j) ? 1 : -1;
        a.x -= way * ox / 2;
        b.x += way * ox / 2;
      }
    }
    for (const box of boxes) box.x = Math.min(width - box.w / 2 - 2, Math.max(box.w / 2 + 2, box.x));
    if (clear) return true;
  }
  return false;
}

/** Stretch positions to the width, and down as far as the boxes need. */
function fitted(at, sizes, width, gap) {
  const spread = (k) => {
    const values = at.map((p) => p[k]);
    return [Math.min(...values), Math.max(...values)];
  };
  const [[left, right], [top, bottom]] = [spread(0), spread(1)];
  const room = width - Math.max(...sizes.map((s) => s.w)) - 4;
  const unit = Math.sqrt(sizes.reduce((sum, s) => sum + (s.w + gap[0]) * (s.h + gap[1]), 0) / sizes.length);
  const few = sizes.length < 9;
  const sx = right > left ? Math.min(room / (right - left), (few ? 1.7 : 2.1) * unit) : 0;
  const half = Math.max(...sizes.map((s) => s.w)) / 2 + 2;
  const inset = (width - 2 * half - sx * (right - left)) / 2;
  for (let sy = Math.min(sx || unit, (few ? 1.5 : 1) * unit), tries = 0; tries < 14; sy *= 1.2, tries += 1) {
    const boxes = at.map(([x, y], i) => ({ ...sizes[i], x: half + inset + (x - left) * sx, y: (y - top) * sy }));
    if (right - left < 1e-9) for (const box of boxes) box.x = width / 2;
    if (!separate(boxes, width, gap)) continue;
    if (bottom - top < 1e-9 && boxes.length > 1 && !sx) continue;
    const first = Math.min(...boxes.map((b) => b.y - b.h / 2));
    for (const box of boxes) box.y -= first - 4;
    return boxes;
  }
  // One under the other always fits.
  let y = 4;
  return sizes.map((size) => {
    const box = { ...size, x: width / 2, y: y + size.h / 2 };
    y += size.h + gap[1];
    return box;
  });
}

export const heightOf = (boxes) => Math.max(...boxes.map((b) => b.y + b.h / 2)) + 4;

/** Does the straight way from a to b pass over a box? */
export function passes(a, b, box, margin = 4) {
  const [w, h] = [box.w / 2 + margin, box.h / 2 + margin];
  const [left, right, top, bottom] = [box.x - w, box.x + w, box.y - h, box.y + h];
  if (Math.max(a.x, b.x) < left || Math.min(a.x, b.x) > right) return false;
  if (Math.max(a.y, b.y) < top || Math.min(a.y, b.y) > bottom) return false;
  // It passes unless all corners lie on one side of the way.
  const turn = (x, y) => (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
  const [p, q, r, s] = [turn(left, top), turn(right, top), turn(left, bottom), turn(right, bottom)];
  return Math.min(p, q, r, s) <= 0 && Math.max(p, q, r, s) >= 0;
}

const side = (a, b, c) => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x));
const crosses = (a, b, c, d) => side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);

const apart = (edge, other) => edge[0] !== other[0] && edge[0] !== other[1] && edge[1] !== other[0] && edge[1] !== other[1];
const OVER_BOX = 9; // what a line over a box costs, in lengths of 120 pixels
const OVER_LINE = 3;
const UPWARDS = 4; // what is read begins above, or at the left
const LEFTWARDS = 4;
const BEFORE_FIRST = 1.5;

/** What it costs to read a link against the direction of reading. */
function against(a, b) {
  const beside = Math.abs(a.y - b.y) < (a.h + b.h) / 2;
  if (beside) return b.x < a.x ? LEFTWARDS : 0;
  return b.y < a.y ? UPWARDS : 0;
}

/** How hard one line is to read: its length, and the boxes and lines that it passes over. */
function hardness(boxes, edges, e, others, read) {
  const [a, b] = [boxes[edges[e][0]], boxes[edges[e][1]]];
  let sum = Math.hypot(a.x - b.x, a.y - b.y) / 120 + (read ? against(a, b) : 0);
  for (const box of boxes) if (box !== a && box !== b && passes(a, b, box, 6)) sum += OVER_BOX;
  for (const o of others) {
    if (o !== e && apart(edges[e], edges[o]) && crosses(a, b, boxes[edges[o][0]], boxes[edges[o][1]])) sum += OVER_LINE;
  }
  return sum;
}

const aboveFirst = (boxes) => boxes.filter((b) => b.y + b.h / 2 < boxes[0].y - boxes[0].h / 2).length;

/** How hard a picture is to read. */
function cost(boxes, edges, read) {
  const all = [...edges.keys()];
  const low = boxes[0].y > heightOf(boxes) / 2 ? 0.5 : 0;
  const late = read ? BEFORE_FIRST * aboveFirst(boxes) : 0;
  return all.reduce((sum, e) => sum + hardness(boxes, edges, e, all.slice(e + 1), read), heightOf(boxes) / 60 + low + late);
}

const kept = new Map();

/**
 * Boxes of given sizes ({w, h}) with their middles at x, y, for the best of several turns and
 * beginnings. `edges` are pairs of numbers; `near` gives distances other than those of the links;
 * `read`: the links should lead down or to the right, from the first box on.
 */
export function place(sizes, edges, width, { near = null, gap = GAP, read = false } = {}) {
  if (sizes.length === 1) return [{ ...sizes[0], x: width / 2, y: sizes[0].h / 2 + 4 }];
  const key = JSON.stringify([sizes.map((s) => [s.w, s.h]), edges, width, gap, near, read]);
  if (kept.has(key)) return kept.get(key);
  const d = near ?? distances(sizes.length, edges);
  let best = null;
  const better = (boxes) => {
    const worth = cost(boxes, edges, read);
    if (!best || worth < best.worth - 1e-9) best = { worth, boxes };
  };
  if (read) readable(sizes, edges, width, gap).forEach(better);
  for (const order of orders(sizes.length)) {
    const at = stress(d, { order });
    // Upside down is another picture only where there is a direction of reading.
    const whole = read ? 2 * Math.PI : Math.PI;
    const turns = read && sizes.length <= FEW ? 2 * TURNS : TURNS;
    for (let turn = 0; turn < turns; turn += 1) better(fitted(turned(at, (whole * turn) / turns), sizes, width, gap));
  }
  const boxes = improved(best.boxes, edges, width, gap, read);
  if (kept.size > 60) kept.clear();
  kept.set(key, boxes);
  return boxes;
}

const STEPS = [[0, -26], [0, 26], [-26, 0], [26, 0], [0, -60], [0, 60], [-60, 0], [60, 0], [-60, -40], [60, -40], [-60, 40], [60, 40]];

/** Move boxes by steps while that makes the picture easier to read. */
function improved(boxes, edges, width, gap, read) {
  const all = [...edges.keys()];
  // What the place of one box decides: its own lines, and those that pass over it.
  const share = (k) => {
    const box = boxes[k];
    return all.reduce((sum, e) => {
      const [p, q] = edges[e];
      if (p === k || q === k) return sum + hardness(boxes, edges, e, all, read);
      return sum + (passes(boxes[p], boxes[q], box, 6) ? OVER_BOX : 0);
    }, Math.max(0, box.y) / 600 + (read ? BEFORE_FIRST * aboveFirst(boxes) : 0));
  };
  const hit = (box) => box.x - box.w / 2 < 2 || box.x + box.w / 2 > width - 2 || box.y - box.h / 2 < 4
    || boxes.some((b) => b !== box && (b.w + box.w) / 2 + gap[0] > Math.abs(b.x - box.x) && (b.h + box.h) / 2 + gap[1] > Math.abs(b.y - box.y));
  const change = (a, b) => ([a.x, a.y, b.x, b.y] = [b.x, b.y, a.x, a.y]);
  for (let round = 0; round < 3; round += 1) {
    let moved = false;
    // Two boxes change places; then each box moves by itself.
    boxes.forEach((a, k) => {
      if (round) return;
      for (let j = k + 1; j < boxes.length; j += 1) {
        const b = boxes[j];
        const before = share(k) + share(j);
        if (before < OVER_LINE) continue;
        change(a, b);
        if (!hit(a) && !hit(b) && share(k) + share(j) < before - 0.5) moved = true;
        else change(a, b);
      }
    });
    boxes.forEach((box, k) => {
      let now = share(k);
      for (const [dx, dy] of STEPS) {
        const [x, y] = [box.x, box.y];
        box.x += dx;
        box.y += dy;
        const worth = hit(box) ? Infinity : share(k);
        if (worth < now - 0.1) [now, moved] = [worth, true];
        else [box.x, box.y] = [x, y];
      }
    });
    if (!moved) break;
  }
  return boxes;
}

/** Two beginnings: around the circle as declared, and with strides, which unfolds other knots. */
function orders(n) {
  const plain = Array.from({ length: n }, (_, i) => i);
  const stride = n % 3 ? 3 : 2;
  return n < 5 ? [plain] : [plain, plain.map((i) => (i * stride) % n + (n % stride ? 0 : i / n))];
}
