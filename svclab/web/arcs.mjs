// Curved links between boxes: bent so that they pass by other boxes and beside each other.
import { head, round } from "./drawing.mjs";

const BENDS = [0.18, -0.18, 0.08, 0.3, -0.3, 0.45, -0.45, 0.62, -0.62, 0];
const STEPS = 24;

const point = ([a, c, b], t) => ({
  x: (1 - t) ** 2 * a.x + 2 * t * (1 - t) * c.x + t * t * b.x,
  y: (1 - t) ** 2 * a.y + 2 * t * (1 - t) * c.y + t * t * b.y,
});

const inside = (p, box, margin) =>
  Math.abs(p.x - box.x) < box.w / 2 + margin && Math.abs(p.y - box.y) < box.h / 2 + margin;

/** A quadratic curve from a to b, bent to the left of its way by a share of its length. */
function curve(a, b, bend) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  return [a, { x: (a.x + b.x) / 2 + dy * bend, y: (a.y + b.y) / 2 - dx * bend }, b];
}

/** Where a curve leaves its first box and reaches its last: its visible piece. */
function visible(c, a, b) {
  let [from, to] = [0, 1];
  while (from < 0.5 && inside(point(c, from), a, 3)) from += 0.01;
  while (to > 0.5 && inside(point(c, to), b, 4)) to -= 0.01;
  return from < to ? [from, to] : [0.3, 0.7];
}

function worth(c, t, boxes, ends, drawn, width) {
  let sum = 0;
  const mine = Array.from({ length: STEPS + 1 }, (_, i) => point(c, t[0] + ((t[1] - t[0]) * i) / STEPS));
  for (const p of mine) {
    if (p.x < 3 || p.x > width - 3 || p.y < 3) sum += 6;
    boxes.forEach((box, k) => {
      if (ends.includes(k)) return;
      // Over a box is bad; close beside it there is no room for the heads that end there.
      sum += inside(p, box, 3) ? 4 : inside(p, box, 16) ? 0.4 : 0;
    });
  }
  for (const other of drawn) {
    for (let i = 0; i < STEPS; i += 3) for (let j = 0; j < STEPS; j += 3) {
      const [dx, dy] = [mine[i].x - other[j].x, mine[i].y - other[j].y];
      if (dx < 7 && dx > -7 && dy < 7 && dy > -7) sum += 0.7;
    }
    // A head on another line would be read as ending there; that line can go by elsewhere.
    const [mineEnds, otherEnds] = [mine[STEPS], other[STEPS]];
    if (other.some((p) => Math.hypot(p.x - mineEnds.x, p.y - mineEnds.y) < 12)) sum += 2.5;
    if (mine.some((p) => Math.hypot(p.x - otherEnds.x, p.y - otherEnds.y) < 12)) sum += 2.5;
    // Two heads on one spot cannot be told apart.
    if (Math.hypot(mine[STEPS].x - other[STEPS].x, mine[STEPS].y - other[STEPS].y) < 20) sum += 3;
  }
  return { sum, mine };
}

/**
 * The link from box p to box q as {path, tip, at(share), normal(share), points}; `drawn` holds
 * the points of those drawn before and gets this one's.
 */
export function arc(boxes, p, q, drawn, width, prefer = 0.18) {
  const [a, b] = [boxes[p], boxes[q]];
  let best = null;
  for (const bend of BENDS) {
    const c = curve(a, b, bend);
    const t = visible(c, a, b);
    const { sum, mine } = worth(c, t, boxes, [p, q], drawn, width);
    const total = sum + 4 * Math.abs(bend - prefer);
    if (!best || total < best.total) best = { total, c, t, mine };
  }
  drawn.push(best.mine);
  const { c, t } = best;
  const at = (share) => point(c, t[0] + (t[1] - t[0]) * share);
  const along = (share) => {
    const [u, v] = [at(Math.max(0, share - 0.02)), at(Math.min(1, share + 0.02))];
    const long = Math.hypot(v.x - u.x, v.y - u.y) || 1;
    return [(v.x - u.x) / long, (v.y - u.y) / long];
  };
  const end = at(1);
  const [dx, dy] = along(1);
  const start = at(0);
  // The line stops in the head, so that its blunt end does not show beyond the tip.
  const control = subcontrol(c, t[0], t[1]);
  const stop = { x: end.x - 5 * dx, y: end.y - 5 * dy };
  return {
    path: `M${round(start.x)} ${round(start.y)}Q${round(control.x)} ${round(control.y)} ${round(stop.x)} ${round(stop.y)}`,
    tip: head(end.x, end.y, dx, dy, 9),
    at, along, points: best.mine,
  };
}

/** The way from box a over a point to box b, as one curve. */
export function through(a, over, b) {
  const c = [a, { x: 2 * over.x - (a.x + b.x) / 2, y: 2 * over.y - (a.y + b.y) / 2 }, b];
  const t = visible(c, a, b);
  const [start, end, before] = [point(c, t[0]), point(c, t[1]), point(c, Math.max(0, t[1] - 0.03))];
  const long = Math.hypot(end.x - before.x, end.y - before.y) || 1;
  const [dx, dy] = [(end.x - before.x) / long, (end.y - before.y) / long];
  const control = subcontrol(c, t[0], t[1]);
  return {
    path: `M${round(start.x)} ${round(start.y)}Q${round(control.x)} ${round(control.y)} ${round(end.x - 5 * dx)} ${round(end.y - 5 * dy)}`,
    tip: head(end.x, end.y, dx, dy, 9),
    points: Array.from({ length: STEPS + 1 }, (_, i) => point(c, t[0] + ((t[1] - t[0]) * i) / STEPS)),
  };
}

/** Between columns: from the side of box a to the side of box b, where it ends `off` its middle. */
export function sideways(a, b, off) {
  const way = Math.sign(b.x - a.x);
  const [x, u] = [a.x + (way * a.w) / 2, b.x - way * (b.w / 2 + 3)];
  const [y, v] = [a.y, b.y + off];
  const mid = (u - x) * 0.5;
  const at = (t) => ({
    x: (1 - t) ** 3 * x + 3 * t * (1 - t) ** 2 * (x + mid) + 3 * t * t * (1 - t) * (u - mid) + t ** 3 * u,
    y: (1 - t) ** 2 * (1 + 2 * t) * y + t * t * (3 - 2 * t) * v,
  });
  return {
    path: `M${round(x)} ${round(y)}C${round(x + mid)} ${round(y)} ${round(u - mid)} ${round(v)} ${round(u - 5 * way)} ${round(v)}`,
    tip: head(u, v, way, 0, 9),
    points: Array.from({ length: STEPS + 1 }, (_, i) => at(i / STEPS)),
  };
}

/** The control point of the piece of a quadratic curve between two of its points. */
function subcontrol([a, c, b], t, u) {
  const mix = (p, q, s) => ({ x: p.x + (q.x - p.x) * s, y: p.y + (q.y - p.y) * s });
  return mix(mix(a, c, t), mix(c, b, t), u);
}

/** A free place for a small label of half-sizes w, h: the first candidate that touches nothing. */
export function free(candidates, taken, w, h, width) {
  const clear = ({ x, y }) => x - w > 1 && x + w < width - 1 && y - h > 1
    && taken.every((box) => Math.abs(x - box.x) >= w + box.w / 2 || Math.abs(y - box.y) >= h + box.h / 2);
  const found = candidates.find(clear);
  const spot = found ?? candidates[0];
  taken.push({ ...spot, w: 2 * w, h: 2 * h });
  return { ...spot, free: Boolean(found) };
}
