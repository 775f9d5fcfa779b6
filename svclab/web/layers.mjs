// Boxes in the order in which they are read: from the first, along the links, down the page or line
// by line. These are beginnings that layout.mjs compares with others.

/** Which links lead back to where one came from, when walking from the first box. */
function backwards(n, edges) {
  const out = Array.from({ length: n }, () => []);
  edges.forEach(([a], e) => out[a].push(e));
  const state = new Array(n).fill(0);
  const back = new Set();
  for (let root = 0; root < n; root += 1) {
    if (state[root]) continue;
    const way = [[root, 0]];
    state[root] = 1;
    while (way.length) {
      const here = way.at(-1);
      const e = out[here[0]][here[1]];
      here[1] += 1;
      if (e === undefined) {
        state[here[0]] = 2;
        way.pop();
      } else if (state[edges[e][1]] === 1) back.add(e);
      else if (!state[edges[e][1]]) {
        state[edges[e][1]] = 1;
        way.push([edges[e][1], 0]);
      }
    }
  }
  return back;
}

/** Boxes by the longest way to them from a beginning: [[number, ...], ...]. */
export function layers(n, edges) {
  const back = backwards(n, edges);
  const forward = edges.filter((_, e) => !back.has(e));
  const depth = new Array(n).fill(0);
  for (let round = 0; round < n; round += 1) {
    let deeper = false;
    for (const [a, b] of forward) {
      if (depth[b] > depth[a]) continue;
      depth[b] = depth[a] + 1;
      deeper = true;
    }
    if (!deeper) break;
  }
  // What leads on from nowhere stands just before what it leads to.
  const into = new Set(forward.map(([, b]) => b));
  for (let k = 1; k < n; k += 1) {
    const next = forward.filter(([a]) => a === k).map(([, b]) => depth[b]);
    if (!into.has(k) && next.length) depth[k] = Math.min(...next) - 1;
  }
  const found = Array.from({ length: Math.max(...depth) + 1 }, () => []);
  depth.forEach((d, k) => found[d].push(k));
  return found.filter((layer) => layer.length);
}

/** Numbers of boxes in lines no wider than the width. */
function wrapped(numbers, sizes, width, gap) {
  const rows = [[]];
  let room = width - 4;
  for (const k of numbers) {
    if (rows.at(-1).length && room < sizes[k].w) {
      rows.push([]);
      room = width - 4;
    }
    rows.at(-1).push(k);
    room -= sizes[k].w + gap[0];
  }
  return rows;
}

/** Rows under each other; in a row the boxes share what room is left, or stand at its left. */
function stacked(rows, sizes, width, gap, spread) {
  const boxes = [];
  let y = 4;
  for (const row of rows) {
    const high = Math.max(...row.map((k) => sizes[k].h));
    const own = row.reduce((sum, k) => sum + sizes[k].w, 0);
    const between = spread ? (width - own) / (row.length + 1) : gap[0];
    const apart = Math.max(gap[0], between);
    let x = spread ? (width - own - apart * (row.length - 1)) / 2 : 2;
    for (const k of row) {
      boxes[k] = { ...sizes[k], x: x + sizes[k].w / 2, y: y + high / 2 };
      x += sizes[k].w + apart;
    }
    y += high + gap[1];
  }
  return boxes;
}

/** Near whom they come from: boxes of a layer in the order of the middles of those before them. */
function ordered(layer, edges, place) {
  const middle = (k) => {
    const before = edges.filter(([a, b]) => b === k && place.has(a)).map(([a]) => place.get(a));
    return before.length ? before.reduce((sum, x) => sum + x, 0) / before.length : 0.5;
  };
  const sorted = [...layer].sort((p, q) => middle(p) - middle(q) || p - q);
  sorted.forEach((k, i) => place.set(k, (i + 1) / (sorted.length + 1)));
  return sorted;
}

/** Two beginnings: layer under layer, and all layers one after the other, as lines of a text. */
export function readable(sizes, edges, width, gap) {
  const place = new Map();
  const all = layers(sizes.length, edges).map((layer) => ordered(layer, edges, place));
  const down = all.flatMap((layer) => wrapped(layer, sizes, width, gap));
  const text = wrapped(all.flat(), sizes, width, gap);
  return [stacked(down, sizes, width, gap, true), stacked(text, sizes, width, gap, false)];
}

const MANY = 12; // boxes: fewer are read in any arrangement
const OUTSIDE = 30; // at the left and right, for links within a column

/**
 * Many boxes of which some only end links, such as items and the chapters that they lead to: the
 * ends in a column of their own, in their order, and the groups of the others in columns beside
 * it. Null if a network is not of that kind, or the width does not hold the columns.
 */
export function sided(sizes, edges, groups, width, gap) {
  const starts = new Set(edges.map(([a]) => a));
  const all = [...sizes.keys()];
  const ends = all.filter((k) => !starts.has(k));
  const kinds = [...new Set(all.filter((k) => starts.has(k)).map((k) => groups[k]))].map((g) => all.filter((k) => starts.has(k) && groups[k] === g));
  const others = kinds.flat();
  if (sizes.length <= MANY || ends.length < 3 || others.length < 6) return null;
  // Whole groups at the left until it holds half of all.
  const left = [];
  const right = [];
  for (const kind of kinds) (right.length || (left.length && left.length + kind.length / 2 > others.length / 2) ? right : left).push(...kind);
  const columns = [left, ends, right].filter((column) => column.length);
  const widths = columns.map((column) => Math.max(...column.map((k) => sizes[k].w)));
  const outside = width < 600 ? OUTSIDE / 2 : OUTSIDE;
  const between = (width - 2 * outside - widths.reduce((sum, w) => sum + w, 0)) / (columns.length - 1);
  if (between < 2 * gap[0]) return null;
  const parted = (column, i) => (i && groups[column[i]] !== groups[column[i - 1]] && column !== ends ? gap[1] / 2 : 0);
  const high = (column) => column.reduce((sum, k, i) => sum + sizes[k].h + parted(column, i), 0);
  const room = Math.max(...columns.map((column) => high(column) + (column.length - 1) * Math.min(26, gap[1])));
  const boxes = [];
  let x = outside;
  columns.forEach((column, c) => {
    const apart = column.length > 1 ? Math.min(2 * gap[1], (room - high(column)) / (column.length - 1)) : 0;
    let y = 4;
    column.forEach((k, i) => {
      y += parted(column, i);
      boxes[k] = { ...sizes[k], x: x + widths[c] / 2, y: y + sizes[k].h / 2 };
      y += sizes[k].h + apart;
    });
    x += widths[c] + between;
  });
  return boxes;
}
