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
 * Positions whose distances come near to those given, as [x, y] lists: stress majorization after
 * Gansner, Koren and North (2005), "Graph drawing by stress majorization", from a circle.
 */
function stress(d, { steps = 120, order = null } = {}) {
  const n = d.length;
  const most = Math.max(1, ...d.flat().filter(Number.isFinite));
  const far = Float64Array.from(d.flat(), (value) => (Number.isFinite(value) ? value : most + 1));
  const weight = far.map((value, k) => (k % (n + 1) ? 1 / value ** 2 : 0)); // none for a box and itself
  const sum = Float64Array.from({ length: n }, (_, i) => weight.subarray(i * n, i * n + n).reduce((all, w) => all + w, 0));
  const turn = (i) => (2 * Math.PI * (order ? order[i] : i)) / n;
  let xs = Float64Array.from({ length: n }, (_, i) => Math.cos(turn(i)) * n / 4);
  let ys = Float64Array.from({ length: n }, (_, i) => Math.sin(turn(i)) * n / 4);
  for (let step = 0; step < steps; step += 1) {
    const nextX = new Float64Array(n);
    const nextY = new Float64Array(n);
    for (let i = 0; i < n; i += 1) for (let j = i + 1; j < n; j += 1) {
      const w = weight[i * n + j];
      const dx = xs[i] - xs[j];
      const dy = ys[i] - ys[j];
      const pull = far[i * n + j] / Math.max(1e-6, Math.sqrt(dx * dx + dy * dy));
      nextX[i] += w * (xs[j] + pull * dx);
      nextY[i] += w * (ys[j] + pull * dy);
      nextX[j] += w * (xs[i] - pull * dx);
      nextY[j] += w * (ys[i] - pull * dy);
    }
    xs = nextX.map((x, i) => x / sum[i]);
    ys = nextY.map((y, i) => y / sum[i]);
  }
  return [xs, ys];
}

const turned = ([xs, ys], angle) => {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [xs.map((x, i) => x * cos - ys[i] * sin), xs.map((x, i) => x * sin + ys[i] * cos)];
};

// Thousands of arrangements are tried. Their boxes are lists of numbers, {x, y, w, h}: as objects
// they would cost five times as much.
const listed = (boxes) => Object.fromEntries(["x", "y", "w", "h"].map((k) => [k, Float64Array.from(boxes, (b) => b[k] ?? 0)]));
const unlisted = ({ x, y, w, h }) => Array.from(x, (_, i) => ({ w: w[i], h: h[i], x: x[i], y: y[i] }));

/** Push boxes apart until none is over another; false if they cannot be within the width. */
function separate({ x, y, w, h }, width, [across, down]) {
  const n = x.length;
  for (let round = 0; round < 30; round += 1) {
    let clear = true;
    for (let i = 0; i < n; i += 1) for (let j = i + 1; j < n; j += 1) {
      const oy = (h[i] + h[j]) / 2 + down - Math.abs(y[i] - y[j]);
      if (oy <= 0.01) continue;
      const ox = (w[i] + w[j]) / 2 + across - Math.abs(x[i] - x[j]);
      if (ox <= 0.01) continue;
      clear = false;
      if (oy <= ox) {
        const half = y[i] <= y[j] ? oy / 2 : -oy / 2;
        y[i] -= half;
        y[j] += half;
      } else {
        const half = x[i] <= x[j] ? ox / 2 : -ox / 2;
        x[i] -= half;
        x[j] += half;
      }
    }
    for (let i = 0; i < n; i += 1) x[i] = Math.min(width - w[i] / 2 - 2, Math.max(w[i] / 2 + 2, x[i]));
    if (clear) return true;
  }
  return false;
}

/** Stretch positions to the width, and down as far as the boxes need. */
function fitted([xs, ys], { w, h }, width, gap) {
  const n = w.length;
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const widest = Math.max(...w);
  const unit = Math.sqrt(w.reduce((sum, own, i) => sum + (own + gap[0]) * (h[i] + gap[1]), 0) / n);
  const few = n < 9;
  const sx = right > left ? Math.min((width - widest - 4) / (right - left), (few ? 1.7 : 2.1) * unit) : 0;
  const half = widest / 2 + 2;
  const inset = (width - 2 * half - sx * (right - left)) / 2;
  const boxes = { x: new Float64Array(n), y: new Float64Array(n), w, h };
  for (let sy = Math.min(sx || unit, (few ? 1.5 : 1) * unit), tries = 0; tries < 14; sy *= 1.2, tries += 1) {
    for (let i = 0; i < n; i += 1) {
      boxes.x[i] = right - left < 1e-9 ? width / 2 : half + inset + (xs[i] - left) * sx;
      boxes.y[i] = (ys[i] - top) * sy;
    }
    if (!separate(boxes, width, gap)) continue;
    if (bottom - top < 1e-9 && n > 1 && !sx) continue;
    const first = h.reduce((least, own, i) => Math.min(least, boxes.y[i] - own / 2), Infinity);
    boxes.y = boxes.y.map((y) => y - (first - 4));
    return boxes;
  }
  // One under the other always fits.
  let y = 4;
  boxes.x.fill(width / 2);
  for (let i = 0; i < n; i += 1) {
    boxes.y[i] = y + h[i] / 2;
    y += h[i] + gap[1];
  }
  return boxes;
}

export const heightOf = (boxes) => Math.max(...boxes.map((b) => b.y + b.h / 2)) + 4;

/** Does the straight way from (ax, ay) to (bx, by) pass within `margin` of a box? */
function over(ax, ay, bx, by, x, y, w, h, margin) {
  const left = x - (w / 2 + margin);
  const right = x + (w / 2 + margin);
  if ((ax > bx ? ax : bx) < left || (ax < bx ? ax : bx) > right) return false;
  const top = y - (h / 2 + margin);
  const bottom = y + (h / 2 + margin);
  if ((ay > by ? ay : by) < top || (ay < by ? ay : by) > bottom) return false;
  // It passes unless all corners lie on one side of the way.
  const dx = bx - ax;
  const dy = by - ay;
  const p = dx * (top - ay) - dy * (left - ax);
  const q = dx * (top - ay) - dy * (right - ax);
  const r = dx * (bottom - ay) - dy * (left - ax);
  const s = dx * (bottom - ay) - dy * (right - ax);
  return !((p > 0 && q > 0 && r > 0 && s > 0) || (p < 0 && q < 0 && r < 0 && s < 0));
}

/** Does the straight way from a to b pass over a box? */
export const passes = (a, b, box, margin = 4) => over(a.x, a.y, b.x, b.y, box.x, box.y, box.w, box.h, margin);

const OVER_BOX = 9; // what a line over a box costs, in lengths of 120 pixels
const OVER_LINE = 3;
const UPWARDS = 4; // what is read begins above, or at the left
const LEFTWARDS = 4;
const BEFORE_FIRST = 1.5;

/** How hard arrangements of the same boxes and links are to read. */
class Reading {
  constructor(edges, read) {
    this.read = read;
    this.from = Int32Array.from(edges, ([a]) => a);
    this.to = Int32Array.from(edges, ([, b]) => b);
  }

  /** One line: its length, and the boxes and the lines from number `first` on that it passes over. */
  line({ x, y, w, h }, e, first) {
    const { from, to } = this;
    const a = from[e];
    const b = to[e];
    const ax = x[a];
    const ay = y[a];
    const bx = x[b];
    const by = y[b];
    const dx = bx - ax;
    const dy = by - ay;
    let sum = Math.sqrt(dx * dx + dy * dy) / 120;
    if (this.read) {
      // What it costs to read a link against the direction of reading.
      const beside = Math.abs(dy) < (h[a] + h[b]) / 2;
      sum += beside ? (dx < 0 ? LEFTWARDS : 0) : dy < 0 ? UPWARDS : 0;
    }
    for (let k = 0; k < x.length; k += 1) if (k !== a && k !== b && over(ax, ay, bx, by, x[k], y[k], w[k], h[k], 6)) sum += OVER_BOX;
    for (let o = first; o < from.length; o += 1) {
      const c = from[o];
      const f = to[o];
      if (o === e || a === c || a === f || b === c || b === f) continue;
      const cx = x[c];
      const cy = y[c];
      // They cross if the ends of each lie on two sides of the other.
      if (Math.sign(dx * (cy - ay) - dy * (cx - ax)) === Math.sign(dx * (y[f] - ay) - dy * (x[f] - ax))) continue;
      const ux = x[f] - cx;
      const uy = y[f] - cy;
      if (Math.sign(ux * (ay - cy) - uy * (ax - cx)) !== Math.sign(ux * (by - cy) - uy * (bx - cx))) sum += OVER_LINE;
    }
    return sum;
  }

  /** What stands above the box that should be read first. */
  late({ y, h }) {
    if (!this.read) return 0;
    let above = 0;
    for (let k = 1; k < y.length; k += 1) if (y[k] + h[k] / 2 < y[0] - h[0] / 2) above += 1;
    return BEFORE_FIRST * above;
  }

  /** A whole picture; Infinity if it is harder than `most`. */
  all(boxes, most) {
    const high = boxes.y.reduce((most, y, k) => Math.max(most, y + boxes.h[k] / 2), 0) + 4;
    let sum = high / 60 + (boxes.y[0] > high / 2 ? 0.5 : 0) + this.late(boxes);
    for (let e = 0; e < this.from.length; e += 1) {
      sum += this.line(boxes, e, e + 1);
      if (sum > most) return Infinity;
    }
    return sum;
  }

  /** What the place of one box decides: its own lines, and those that pass over it. */
  share(boxes, k) {
    const { x, y, w, h } = boxes;
    let sum = Math.max(0, y[k]) / 600 + this.late(boxes);
    for (let e = 0; e < this.from.length; e += 1) {
      const p = this.from[e];
      const q = this.to[e];
      if (p === k || q === k) sum += this.line(boxes, e, 0);
      else if (over(x[p], y[p], x[q], y[q], x[k], y[k], w[k], h[k], 6)) sum += OVER_BOX;
    }
    return sum;
  }
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
  const reading = new Reading(edges, read);
  const own = listed(sizes);
  let best = { worth: Infinity };
  const better = (boxes) => {
    const worth = reading.all(boxes, best.worth);
    if (worth < best.worth - 1e-9) best = { worth, boxes };
  };
  if (read) readable(sizes, edges, width, gap).map(listed).forEach(better);
  for (const order of orders(sizes.length)) {
    const at = stress(d, { order });
    // Upside down is another picture only where there is a direction of reading.
    const whole = read ? 2 * Math.PI : Math.PI;
    const turns = read && sizes.length <= FEW ? 2 * TURNS : TURNS;
    for (let turn = 0; turn < turns; turn += 1) better(fitted(turned(at, (whole * turn) / turns), own, width, gap));
  }
  const boxes = unlisted(improved(best.boxes, reading, width, gap));
  if (kept.size > 60) kept.clear();
  kept.set(key, boxes);
  return boxes;
}

const STEPS = [[0, -26], [0, 26], [-26, 0], [26, 0], [0, -60], [0, 60], [-60, 0], [60, 0], [-60, -40], [60, -40], [-60, 40], [60, 40]];

/** Move boxes by steps while that makes the picture easier to read. */
function improved(boxes, reading, width, gap) {
  const { x, y, w, h } = boxes;
  const n = x.length;
  const all = [...x.keys()];
  const hit = (k) => {
    if (x[k] - w[k] / 2 < 2 || x[k] + w[k] / 2 > width - 2 || y[k] - h[k] / 2 < 4) return true;
    for (let j = 0; j < n; j += 1) {
      if (j !== k && (w[j] + w[k]) / 2 + gap[0] > Math.abs(x[j] - x[k]) && (h[j] + h[k]) / 2 + gap[1] > Math.abs(y[j] - y[k])) return true;
    }
    return false;
  };
  const change = (k, j) => ([x[k], y[k], x[j], y[j]] = [x[j], y[j], x[k], y[k]]);
  for (let round = 0; round < 3; round += 1) {
    let moved = false;
    // Two boxes change places; then each box moves by itself.
    const shares = all.map((k) => reading.share(boxes, k));
    for (let k = 0; k < n && !round; k += 1) for (let j = k + 1; j < n; j += 1) {
      const before = shares[k] + shares[j];
      if (before < OVER_LINE) continue;
      change(k, j);
      if (hit(k) || hit(j) || reading.share(boxes, k) + reading.share(boxes, j) >= before - 0.5) change(k, j);
      else {
        moved = true;
        all.forEach((i) => (shares[i] = reading.share(boxes, i)));
      }
    }
    for (let k = 0; k < n; k += 1) {
      let now = reading.share(boxes, k);
      for (const [dx, dy] of STEPS) {
        const [oldX, oldY] = [x[k], y[k]];
        x[k] += dx;
        y[k] += dy;
        const worth = hit(k) ? Infinity : reading.share(boxes, k);
        if (worth < now - 0.1) [now, moved] = [worth, true];
        else [x[k], y[k]] = [oldX, oldY];
      }
    }
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
