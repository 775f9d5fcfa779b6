// The page's Python: Pyodide in a module worker. The first boot leaves a memory snapshot (17 MB)
// in Cache Storage, from which the next page starts in a fraction of the time. The snapshot is
// an underscore interface of the pinned Pyodide, so any trouble with it ends in a plain boot.
import settings from "./settings.mjs";
import { solver } from "./solver.mjs";

const here = (path) => new URL(path, import.meta.url).href;
const CACHE = "svclab-snapshot-";
const ARCHIVE = "/svclab.zip";

const runtime = here(settings.runtime);
const cacheName = CACHE + settings.key;
let starts = null;
let highs = null;
let pyodide = null;
const running = new Set();

const report = (share) => postMessage({ type: "progress", share });

// Cache Storage is missing on plain http (but for localhost) and in some private windows.
async function quietly(act) {
  try {
    return await act();
  } catch {
    return null;
  }
}

async function storedSnapshot() {
  return quietly(async () => {
    for (const name of await caches.keys()) {
      // Another build's snapshot must never meet this build's modules.
      if (name.startsWith(CACHE) && name !== cacheName) await caches.delete(name);
    }
    return (await caches.open(cacheName)).match(here("./snapshot"));
  });
}

const storeSnapshot = (bytes) => quietly(async () => {
  const headers = { "Content-Type": "application/octet-stream" };
  await (await caches.open(cacheName)).put(here("./snapshot"), new Response(packed(bytes), { headers }));
  postMessage({ type: "stored" });
});

// Half of the memory is empty (stack, and room to grow): only pages that hold something are kept.
const PAGE = 65536;

function packed(bytes) {
  const used = (at) => new Int32Array(bytes.buffer, bytes.byteOffset + at, Math.min(PAGE, bytes.length - at) / 4).some(Boolean);
  const pages = [];
  for (let at = 0; at < bytes.length; at += PAGE) if (used(at)) pages.push(at);
  return new Blob([Uint32Array.of(bytes.length, pages.length, ...pages), ...pages.map((at) => bytes.subarray(at, at + PAGE))]);
}

function unpacked(buffer) {
  const [length, count] = new Uint32Array(buffer, 0, 2);
  const bytes = new Uint8Array(length);
  let from = 4 * (2 + count);
  for (const at of new Uint32Array(buffer, 8, count)) {
    const size = Math.min(PAGE, length - at);
    bytes.set(new Uint8Array(buffer, from, size), at);
    from += size;
  }
  return bytes;
}

// Files live outside the snapshot's memory, so the archive is put there at every start. Python
// imports from it as it stands: a page unpacks only the modules that it needs.
function layOut(python, zip) {
  python.FS.writeFile(ARCHIVE, new Uint8Array(zip));
  python.runPython("import importlib; importlib.invalidate_caches()");
}

const IMPORTS = `
import sys
sys.path.insert(0, "${ARCHIVE}")
import importlib, simpy, pulp, svclab.explore, svclab.linear, svclab.practice.markdown
svclab.practice.markdown.to_html("")  # its library is imported at the first text
`;

// The chapters that this page holds; the page says which by the worker's name.
const CHAPTERS = (chapters) => `
import importlib
for chapter in ${JSON.stringify(chapters)}:
    try:
        importlib.import_module(chapter)
    except ImportError:
        pass  # what it holds will say so; that of other chapters shall work
`;

function importChapters(python, kinds = ["explorables", "exercises"]) {
  const held = new Set(self.name.split(" "));
  const wanted = (settings.chapters ?? []).map((module) => module.split("."));
  python.runPython(CHAPTERS(wanted.filter(([, chapter, kind]) => held.has(chapter) && kinds.includes(kind)).map((names) => names.join("."))));
}

// Python starts with less memory than a snapshot with chapters holds: let it grow to that size
// first. What is allocated for this is nobody's: the snapshot is laid over it.
const roomy = (bytes) => async (options) => {
  const [{ default: create }, { length }] = await Promise.all([import(`${runtime}pyodide.asm.mjs`), bytes]);
  const module = await create(options);
  while (module.HEAP8.length < length) if (!module._malloc(2 ** 21)) throw new Error("no memory");
  return module;
};

// Who answers what: each gives a session with step().
const entries = (python) => Object.fromEntries(["explore", "practice"].map((name) => [name, python.pyimport(`svclab.${name}`).start]));

async function boot() {
  const zipped = fetch(here("./svclab.zip")).then((r) => (r.ok ? r.arrayBuffer() : Promise.reject(new Error(`svclab.zip: ${r.status}`))));
  zipped.catch(() => {}); // awaited below; until then a failure is nobody's
  const [{ loadPyodide }, snapshot] = await Promise.all([import(`${runtime}pyodide.mjs`), storedSnapshot()]);
  report(0.2);
  const options = { indexURL: runtime, stdout: () => {}, stderr: () => {} };
  if (snapshot) {
    const restored = await quietly(async () => {
      // A promise: the other files are fetched while the snapshot is read.
      const bytes = snapshot.arrayBuffer().then(unpacked);
      bytes.catch(() => {}); // Pyodide awaits it later; a spoilt one ends in a plain boot
      const python = await loadPyodide({ ...options, _loadSnapshot: bytes, createPyodideModule: roomy(bytes) });
      layOut(python, await zipped);
      // What moves is wanted first; an exercise is read before it is answered.
      importChapters(python, ["explorables"]);
      setTimeout(() => importChapters(python, ["exercises"]));
      return [python, entries(python)];
    });
    if (restored) return [...restored, "snapshot"];
    await quietly(() => caches.delete(cacheName));
  }
  const python = await loadPyodide({ ...options, _makeSnapshot: true });
  report(0.7);
  layOut(python, await zipped);
  python.runPython(IMPORTS);
  report(0.9);
  importChapters(python);
  // Taken before any JavaScript object has come in; stored when nobody waits.
  const bytes = globalThis.caches ? await quietly(() => python.makeMemorySnapshot()) : null;
  if (bytes) setTimeout(() => storeSnapshot(bytes), 1500);
  return [python, entries(python), "plain"];
}

async function loadSolver() {
  highs ??= (async () => {
    const { default: load } = await import(`${runtime}highs.mjs`);
    pyodide.registerJsModule("svclab_page", { solve: solver(await load({ locateFile: (file) => runtime + file })) });
  })();
  try {
    await highs;
  } catch (error) {
    highs = null; // the next request tries again
    throw error;
  }
}

// A turn of the event loop between two steps lets newer requests in; setTimeout would wait 4 ms.
const channel = new MessageChannel();
const turns = [];
channel.port1.onmessage = () => turns.shift()();
const turn = () => new Promise((resolve) => {
  turns.push(resolve);
  channel.port2.postMessage(0);
});

// Of a Python traceback only the last line is for readers, without the exception's name.
const lastLine = (error) => String(error?.message ?? error).trim().split("\n").at(-1).replace(/^[\w.]+Error: /, "");

async function compute({ call, request, engine, entry }) {
  try {
    if (engine === "highs") await loadSolver();
    const session = starts[entry ?? "explore"](request);
    try {
      while (running.has(call)) {
        postMessage({ type: "step", call });
        const text = session.step();
        if (typeof text !== "string") break;
        postMessage({ type: "document", call, text });
        await turn();
      }
    } finally {
      session.destroy();
    }
    postMessage({ type: "end", call });
  } catch (error) {
    postMessage({ type: "error", call, message: lastLine(error) });
  }
  running.delete(call);
}

// Where a file of the runtime cannot be had, Pyodide rejects a promise of its own and waits on.
const stuck = new Promise((_, reject) => {
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    reject(event.reason);
  });
});
stuck.catch(() => {});

const ready = Promise.race([boot(), stuck]).then(([python, found, how]) => {
  pyodide = python;
  starts = found;
  postMessage({ type: "live", how });
}).catch(async (error) => {
  // The next try shall not begin with what may have been the cause.
  await quietly(() => caches.delete(cacheName));
  postMessage({ type: "failed", message: lastLine(error) });
  throw error;
});
ready.catch(() => {});

addEventListener("message", ({ data }) => {
  if (data.type === "abandon") running.delete(data.call);
  if (data.type !== "compute") return;
  running.add(data.call);
  ready.then(() => running.has(data.call) && compute(data), () => {});
});
