// The page's Python: Pyodide in a module worker. The first boot leaves a memory snapshot (31 MB)
// in Cache Storage, from which the next page starts in a fraction of the time. The snapshot is
// an underscore interface of the pinned Pyodide, so any trouble with it ends in a plain boot.
import { solver } from "./solver.mjs";

const here = (path) => new URL(path, import.meta.url).href;
const CACHE = "svclab-snapshot-";
const ROOM = "/svclab-course";

let settings = null;
let runtime = "";
let cacheName = "";
let start = null;
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
    const found = await (await caches.open(cacheName)).match(here("./snapshot"));
    return found ? new Uint8Array(await found.arrayBuffer()) : null;
  });
}

const storeSnapshot = (bytes) => quietly(async () => {
  const headers = { "Content-Type": "application/octet-stream" };
  await (await caches.open(cacheName)).put(here("./snapshot"), new Response(bytes, { headers }));
  postMessage({ type: "stored" });
});

function unpack(python, zip) {
  // Files live outside the snapshot's memory, so they are laid out at every start: modules that
  // are imported later and data files need them.
  python.unpackArchive(zip, "zip", { extractDir: ROOM });
}

const IMPORTS = (chapters) => `
import sys
if ${JSON.stringify(ROOM)} not in sys.path:
    sys.path.insert(0, ${JSON.stringify(ROOM)})
import importlib, simpy, pulp, svclab.explore, svclab.linear
for chapter in ${JSON.stringify(chapters)}:
    try:
        importlib.import_module(chapter)
    except ImportError:
        pass  # its explorables will say so; those of other chapters shall work
`;

async function boot() {
  settings = await (await fetch(here("./settings.json"))).json();
  runtime = here(settings.runtime);
  cacheName = CACHE + settings.key;
  const zipped = fetch(here("./svclab.zip")).then((r) => (r.ok ? r.arrayBuffer() : Promise.reject(new Error(`svclab.zip: ${r.status}`))));
  zipped.catch(() => {}); // awaited below; until then a failure is nobody's
  const [{ loadPyodide }, snapshot] = await Promise.all([import(`${runtime}pyodide.mjs`), storedSnapshot()]);
  report(0.2);
  const options = { indexURL: runtime, stdout: () => {}, stderr: () => {} };
  if (snapshot) {
    const restored = await quietly(async () => {
      const python = await loadPyodide({ ...options, _loadSnapshot: snapshot });
      unpack(python, await zipped);
      python.runPython("import importlib; importlib.invalidate_caches()");
      return [python, python.pyimport("svclab.explore").start];
    });
    if (restored) return [...restored, "snapshot"];
    await quietly(() => caches.delete(cacheName));
  }
  const python = await loadPyodide({ ...options, _makeSnapshot: true });
  report(0.7);
  unpack(python, await zipped);
  python.runPython(IMPORTS(settings.chapters ?? []));
  report(0.95);
  // Taken now, before any JavaScript object has come in; stored when nobody waits.
  if (!snapshot && globalThis.caches) {
    const bytes = await quietly(() => python.makeMemorySnapshot());
    if (bytes) setTimeout(() => storeSnapshot(bytes), 1500);
  }
  return [python, python.pyimport("svclab.explore").start, "plain"];
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

async function compute({ call, request, engine }) {
  try {
    if (engine === "highs") await loadSolver();
    const session = start(request);
    try {
      while (running.has(call)) {
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

const ready = Promise.race([boot(), stuck]).then(([python, entry, how]) => {
  pyodide = python;
  start = entry;
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
