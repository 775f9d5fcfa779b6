// Process-flow diagram: drawn twice, along and down the page; the stylesheet's container query
// shows the one that fits, so turning a phone needs no script.
import { html, raw } from "./text.mjs";
import { WORDS, say } from "./words.mjs";

const LINE = 17;
const PAD = 10;
const BAR = 5;
// The thresholds that explore.css knows (as data-fit).
const FITS = Array.from({ length: 16 }, (_, i) => 300 + 60 * i);

// Advance widths differ by font; these are a little generous, so that text stays in its box.
/** How wide a text of 13 px is, a little generously. */
export const width = (text) => [...text].reduce((sum, c) => sum + (c.codePointAt(0) > 0x2e7f ? 14 : /[A-Zmw%]/.test(c) ? 9.5 : 7.1), 0);

/** Break a text into lines of at most `room` pixels; a long word is cut. */
export function wrap(text, room) {
  const lines = [];
  let line = "";
  for (const word of String(text).split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (width(longer) <= room) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    line = "";
    for (const c of word) {
      if (line && width(line + c) > room) {
        lines.push(line);
        line = "";
      }
      line += c;
    }
  }
  return [...lines, line];
}

function measure(node, boxWidth) {
  const room = boxWidth - 2 * PAD;
  const lines = wrap(node.label, room).map((text) => ({ text, kind: "name" }));
  for (const text of node.lines ?? []) lines.push(...wrap(text, room).map((t) => ({ text: t, kind: "line" })));
  if (node.tone === "bottleneck") lines.push({ text: `▲ ${WORDS.bottleneck}`, kind: "mark" });
  const bar = typeof node.share === "number";
  return { lines, bar, height: 2 * PAD + lines.length * LINE + (bar ? BAR + 8 : 0) - 2 };
}

/** A box that is a line of its own: its name at the left, what is known of it at the right. */
function measureWide(node, boxWidth) {
  const room = boxWidth - 2 * PAD;
  const right = (node.lines ?? []).flatMap((text) => wrap(text, room * 0.62));
  const rest = room - 14 - Math.max(0, ...right.map(width));
  const left = wrap(node.label, rest).map((text) => ({ text, kind: "name", side: "left" }));
  if (node.tone === "bottleneck") left.push({ text: `▲ ${WORDS.bottleneck}`, kind: "mark", side: "left" });
  const bar = typeof node.share === "number";
  const lines = [
    ...left.map((line, row) => ({ ...line, row })),
    ...right.map((text, row) => ({ text, kind: "line", side: "right", row })),
  ];
  const rows = Math.max(left.length, right.length);
  return { lines, bar, height: 2 * PAD + rows * LINE + (bar ? BAR + 6 : 0) - 4 };
}

function box(place, node) {
  const { x, y, w, h, lines } = place;
  const at = { left: x + PAD, right: x + w - PAD };
  const texts = lines.map((line, i) =>
    html`<text class="svx-flow-${line.kind}"${line.side && raw(` data-side="${line.side}"`)} x="${at[line.side] ?? x + w / 2}" y="${y + PAD + 11 + (line.row ?? i) * LINE}">${line.text}</text>`);
  const full = w - 2 * PAD;
  const share = Math.max(0, Math.min(1, node.share ?? 0));
  const barY = y + h - PAD - BAR + 1;
  const bar = place.bar && html`<rect class="svx-flow-rail" x="${x + PAD}" y="${barY}" width="${full}" height="${BAR}" rx="2"/><rect class="svx-flow-bar" x="${x + PAD}" y="${barY}" width="${Math.round(full * share * 10) / 10}" height="${BAR}" rx="2"><title>${say(WORDS.utilisation, { percent: Math.round(100 * node.share) })}</title></rect>`;
  return html`<g class="svx-flow-node" data-tone="${node.tone}"><rect class="svx-flow-box" x="${x}" y="${y}" width="${w}" height="${h}" rx="4"/>${texts}${bar}</g>`;
}

// A back edge may not cross a box that stands between the box it leaves and the edge's own lane
// (a "hemmed" box has one): it then runs through the gaps.
const head = (x, y, dx, dy) =>
  `M${x} ${y}L${x - 8 * dx - 4 * dy} ${y - 8 * dy - 4 * dx}L${x - 8 * dx + 4 * dy} ${y - 8 * dy + 4 * dx}Z`;

function arrow(path, tip, edge, labelAt) {
  const back = edge.tone === "back";
  const words = [back && !edge.label ? WORDS.goesBack : edge.label].filter(Boolean);
  return html`<g class="svx-flow-edge" data-tone="${edge.tone}"><path class="svx-flow-path" d="${path}"/><path class="svx-flow-head" d="${tip}"/>${words.map((text) => html`<text class="svx-flow-label" text-anchor="${labelAt.anchor ?? "middle"}" x="${labelAt.x}" y="${labelAt.y}">${back ? `↩ ${text}` : text}</text>`)}</g>`;
}

/** Along: from the right side of a box to the left side of the next; back edges run below. */
function acrossEdge(a, b, edge, floor, lane) {
  if (edge.tone === "back") {
    const y = floor + 16 + lane * 22;
    const [out, into] = [a.x + a.w / 2 + 10, b.x + b.w / 2 - 10];
    const side = b.x - 12 - 4 * lane;
    const leave = a.hemmed ? `M${a.x + a.w} ${a.y + a.h - 14}h10V${y}` : `M${out} ${a.y + a.h}V${y}`;
    const [enter, tip] = b.hemmed
      ? [`H${side}V${b.y + b.h - 14}H${b.x - 4}`, head(b.x, b.y + b.h - 14, 1, 0)]
      : [`H${into}V${b.y + b.h + 4}`, head(into, b.y + b.h, 0, -1)];
    const middle = ((a.hemmed ? a.x + a.w : out) + (b.hemmed ? side : into)) / 2;
    return arrow(leave + enter, tip, edge, { x: middle, y: y - 4 });
  }
  const [x1, y1, x2, y2] = [a.x + a.w, a.y + a.h / 2, b.x, b.y + b.h / 2];
  // Between far columns the line passes in the gap beside the box it leaves.
  const mid = a.y === b.y || b.row <= a.row ? x2 - 14 : x1 + 14;
  const path = Math.abs(y1 - y2) < 1 ? `M${x1} ${y1}H${x2 - 6}` : `M${x1} ${y1}H${mid}V${y2}H${x2 - 6}`;
  const level = Math.abs(y1 - y2) < 1;
  return arrow(path, head(x2, y2, 1, 0), edge, level ? { x: (x1 + x2) / 2 - 3, y: y2 - 6 } : { x: x1 + 18, y: y2 - 6, anchor: "start" });
}

/** Down: from the foot of a box to the top of the next; back edges run at the right. */
function downEdge(a, b, edge, side, lane) {
  if (edge.tone === "back") {
    const x = side + 16 + lane * 22;
    const [out, into] = [a.y + a.h / 2 + 6, b.y + b.h / 2 - 6];
    const leave = a.hemmed ? `M${a.x + a.w - 14} ${a.y + a.h}v9H${x}` : `M${a.x + a.w} ${out}H${x}`;
    const above = b.x + b.w - 14;
    const [enter, tip] = b.hemmed
      ? [`V${b.y - 10 - 2 * lane}H${above}V${b.y - 4}`, head(above, b.y, 0, 1)]
      : [`V${into}H${b.x + b.w + 4}`, head(b.x + b.w, into, -1, 0)];
    const middle = ((a.hemmed ? a.y + a.h : out) + (b.hemmed ? b.y : into)) / 2;
    return arrow(leave + enter, tip, edge, { x: x + 5, y: middle + 4, anchor: "start" });
  }
  const [x1, y1, x2, y2] = [a.x + a.w / 2, a.y + a.h, b.x + b.w / 2, b.y];
  const mid = b.row <= a.row ? y2 - 12 : y1 + 12;
  const path = Math.abs(x1 - x2) < 1 ? `M${x1} ${y1}V${y2 - 6}` : `M${x1} ${y1}V${mid}H${x2}V${y2 - 6}`;
  return arrow(path, head(x2, y2, 0, 1), edge, { x: x2 + 8, y: y2 - 9, anchor: "start" });
}

function draw(part, down) {
  const columns = 1 + Math.max(0, ...part.nodes.map((n) => n.column));
  const rows = 1 + Math.max(0, ...part.nodes.map((n) => n.row));
  const listed = down && rows === 1;
  const w = down ? (listed ? 300 : rows === 2 ? 128 : 92) : columns > 6 ? 104 : columns > 4 ? 116 : 136;
  // Room between columns for what stands on the arrows.
  const spoken = Math.max(0, ...part.edges.map((e) => (e.tone === "back" ? 0 : width(e.label ?? ""))));
  const gap = listed ? [12, 20] : down ? [12, 28] : [Math.max(30, spoken + 34), 16]; // across, along
  const sized = part.nodes.map((node) => ({ node, ...(listed ? measureWide : measure)(node, w) }));
  // Boxes that stand side by side share a height.
  const bands = new Map();
  for (const s of sized) {
    const band = down ? s.node.column : s.node.row;
    bands.set(band, Math.max(bands.get(band) ?? 0, s.height));
  }
  const tops = new Map();
  let y = 14;
  for (const band of [...bands.keys()].sort((a, b) => a - b)) {
    tops.set(band, y);
    y += bands.get(band) + gap[1];
  }
  const floor = y - gap[1];
  const places = new Map(sized.map((s) => {
    const band = down ? s.node.column : s.node.row;
    const at = down ? s.node.row : s.node.column;
    return [s.node.id, { x: 2 + at * (w + gap[0]), y: tops.get(band), w, h: bands.get(band), lines: s.lines, bar: s.bar, row: s.node.row, hemmed: part.nodes.some((n) => n.column === s.node.column && n.row > s.node.row) }];
  }));
  const side = 2 + (down ? rows : columns) * (w + gap[0]) - gap[0];
  let lane = 0;
  let labelRoom = 0;
  const edges = part.edges.filter((e) => places.has(e.from) && places.has(e.to)).map((edge) => {
    const drawn = (down ? downEdge : acrossEdge)(places.get(edge.from), places.get(edge.to), edge, down ? side : floor, lane);
    if (edge.tone === "back") {
      lane += 1;
      labelRoom = Math.max(labelRoom, width(`↩ ${edge.label || WORDS.goesBack}`));
    }
    return drawn;
  });
  const total = down
    ? { w: side + 2 + (lane ? 22 * lane + labelRoom + 4 : 0), h: floor + 4 }
    : { w: side + (lane ? 14 : 2), h: floor + 4 + (lane ? 22 * lane + 6 : 0) };
  const boxes = part.nodes.map((node) => box(places.get(node.id), node));
  return { size: total, markup: html`${edges}${boxes}` };
}

function svg(drawing, name, alt) {
  const { w, h } = drawing.size;
  return html`<svg class="svx-flow-${name}" viewBox="0 0 ${w} ${h}" width="${w}" height="${h}" role="img" aria-label="${alt}">${drawing.markup}</svg>`;
}

export function renderFlow(part) {
  const across = draw(part, false);
  const down = draw(part, true);
  // A diagram may shrink to four fifths before it turns: its letters stay readable.
  const fit = FITS.find((f) => f >= across.size.w * 0.8) ?? FITS.at(-1);
  return html`<figure class="svx-part svx-flow" data-kind="flow" data-fit="${fit}">${part.title && html`<figcaption>${part.title}</figcaption>`}${svg(across, "across", part.alt)}${svg(down, "down", part.alt)}</figure>`;
}

