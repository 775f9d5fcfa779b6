// Numbered points that would cover each other are moved apart; a line leads back to where each is.

const ROUNDS = 120;

/**
 * Places of points of half-size `r`, as they are or moved apart, within {left, top, w, h}. Those in
 * `still` stay: the reader moves them, so that they may meet others for a while.
 */
export function spread(points, still, r, { left, top, w, h }) {
  const places = points.map(({ x, y }) => ({ x, y }));
  const moving = places.filter((_, i) => !still[i]);
  const kept = (value, from, size) => Math.min(from + size - r, Math.max(from + r, value));
  const apart = 2.1 * r;
  for (let round = 0; round < ROUNDS; round += 1) {
    let clear = true;
    moving.forEach((p, i) => moving.slice(0, i).forEach((q, j) => {
      let [dx, dy] = [p.x - q.x, p.y - q.y];
      let far = Math.hypot(dx, dy);
      if (far >= apart - 0.1) return;
      clear = false;
      // Points on one spot go their own ways, in the same ways every time.
      if (far < 0.01) [dx, dy, far] = [Math.cos(2.4 * (i + j)), Math.sin(2.4 * (i + j)), 1];
      const step = (apart - Math.min(far, apart - 1)) / 2 / far;
      for (const [one, way] of [[p, step], [q, -step]]) {
        one.x = kept(one.x + dx * way, left, w);
        one.y = kept(one.y + dy * way, top, h);
      }
    }));
    if (clear) break;
  }
  return places;
}
