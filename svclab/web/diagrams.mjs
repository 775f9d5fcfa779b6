// All diagrams: how each is drawn, who listens to it, and how it becomes a file.
import { renderLoops } from "./loops.mjs";
import { renderMap } from "./map-view.mjs";
import { renderMatrix } from "./matrix.mjs";
import { renderPlane } from "./plane.mjs";
import { renderTree } from "./tree-view.mjs";

export { MOVES } from "./moving.mjs";
export { fileOf } from "./picture.mjs";

export const PARTS = { matrix: renderMatrix, plane: renderPlane, loops: renderLoops, tree: renderTree, map: renderMap };
