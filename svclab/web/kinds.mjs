// Diagrams are half of what draws an explorable, and most pages hold none: a page loads them when a
// view has one. Jupyter and the build have them from the start.
const DIAGRAMS = new Set(["matrix", "plane", "loops", "tree", "map"]);

/** How diagrams are drawn, who listens to them, and how they become a file: see diagrams.mjs. */
export const diagrams = { PARTS: {}, MOVES: {}, fileOf: null };

export function learn({ PARTS, MOVES, fileOf }) {
  Object.assign(diagrams, { PARTS, MOVES, fileOf });
}

/** Null if all parts of a view can be drawn; else a promise, from the host, for when they can. */
export function missing(view, host) {
  if (diagrams.fileOf || !view?.parts?.some((part) => DIAGRAMS.has(part.kind))) return null;
  return host.diagrams().then(learn);
}
