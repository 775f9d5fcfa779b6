// Draws explorables, exercises and formulas when the book is built: one JSON request a line on stdin, one
// reply a line on stdout. Run as `node prerender.mjs <node_modules>`; the folder is needed for
// formulas only.
import { createInterface } from "node:readline";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { renderBar, renderContents, renderCount, renderList } from "./bar-view.mjs";
import * as diagrams from "./diagrams.mjs";
import { renderExercise } from "./exercise-view.mjs";
import { learn } from "./kinds.mjs";
import { slug } from "./text.mjs";
import { renderExplorable } from "./view.mjs";

learn(diagrams);

let katex = null;

async function formula({ tex, display }) {
  katex ??= await import(pathToFileURL(join(process.argv[2] ?? "node_modules", "katex", "dist", "katex.mjs")).href);
  return katex.default.renderToString(tex, { displayMode: Boolean(display), throwOnError: true, strict: "ignore" });
}

// An explorable that stands twice in the book may stand twice on a page: its ids must differ.
const times = new Map();
function ownId({ uid, declaration: { name } }) {
  if (uid) return uid;
  times.set(name, (times.get(name) ?? 0) + 1);
  return `svx-${slug(name)}${times.get(name) > 1 ? `-${times.get(name)}` : ""}`;
}

// What stands around exercises, each under the name of its request.
const AROUND = { bar: renderBar, list: renderList, count: renderCount, contents: renderContents };

async function reply(request) {
  if ("tex" in request) return formula(request);
  if ("exercise" in request) return String(renderExercise(request.exercise, request));
  for (const [name, draw] of Object.entries(AROUND)) if (name in request) return String(draw(request[name]));
  const { declaration, document, svgs = [] } = request;
  return String(renderExplorable(declaration, document, { uid: ownId(request), svgs }));
}

for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  let id = null;
  let answer;
  try {
    const request = JSON.parse(line);
    id = request.id ?? null;
    answer = { id, html: await reply(request) };
  } catch (error) {
    // One bad request must not end the build of all others; the caller names it.
    answer = { id, error: String(error?.message ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
