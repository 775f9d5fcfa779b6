// The page's Python: Pyodide in a module worker. The build ships its memory as it stands when all
// is imported (course/memory.py); laid into a new Python, it spares the start and the imports. This
// is an underscore interface of the pinned Pyodide, so any trouble with it ends in a plain boot.
import settings from "./settings.mjs";
import { solver } from "./solver.mjs";

const here = (path) => new URL(path, import.meta.url).href;
const ARCHIVE = "/svclab.zip"; // settings.start names it too

const runtime = here(settings.runtime);
const held = self.name.split(" "); // the chapters of this page; the page says them by the worker's name
let starts = null;
let highs = null;
let pyodide = null;
const running = new Set();

const report = (share) => postMessage({ type: "progress", share });

// Files live outside Python's memory. A file is read when Python first opens it: what the memory
// holds needs none, so most pages never load them.
function layOut({ FS }, path, url) {
  FS.writeFile(path, "");
  const { node } = FS.lookupPath(path);
  const plain = node.stream_ops;
  const open = () => {
    const content = loaded(url);
    if (!content) throw new FS.ErrnoError(29); // an input error; the next import tries again
    node.stream_ops = plain;
    FS.writeFile(path, content, { canOwn: true });
  };
  node.stream_ops = { ...plain, open };
}

const layOutCourse = (python) => layOut(python, ARCHIVE, here("./svclab.zip"));

// Python cannot wait for a promise in the middle of an import.
function loaded(url) {
  const request = new XMLHttpRequest();
  request.open("GET", url, false);
  request.responseType = "arraybuffer";
  try {
    request.send();
  } catch {
    return null;
  }
  return request.status === 200 ? new Uint8Array(request.response) : null;
}

const CHAPTERS = (chapters) => `
import importlib
for chapter in ${JSON.stringify(chapters)}:
    try:
        importlib.import_module(chapter)
    except ImportError:
        pass  # what it holds will say so; that of other chapters shall work
`;

function importChapters(python, kinds = ["explorables", "exercises"]) {
  const wanted = (settings.chapters ?? []).map((module) => module.split("."));
  python.runPython(CHAPTERS(wanted.filter(([, chapter, kind]) => held.includes(chapter) && kinds.includes(kind)).map((names) => names.join("."))));
}

// Pages of memory that differ from what is there, as course/memory.py packs them.
const PAGE = 4096;

async function lay(bytes, name) {
  const response = await fetch(here(`./memory/${name}.bin`));
  if (!response.ok) throw new Error(`${name}.bin: ${response.status}`);
  const unzipped = response.body.pipeThrough(new DecompressionStream("gzip"));
  const packed = new Uint32Array(await new Response(unzipped).arrayBuffer());
  const words = new Uint32Array(bytes.buffer);
  const count = packed[0];
  for (let page = 0, from = 1 + count; page < count; page += 1, from += PAGE / 4) {
    const to = (packed[1 + page] * PAGE) / 4;
    for (let at = 0; at < PAGE / 4; at += 1) words[to + at] ^= packed[from + at];
  }
}

// The memory with this page's first chapter in it. Both parts are fetched while Python is made.
async function recalled(bytes) {
  await Promise.all(["start", held[0]].filter(Boolean).map((name) => lay(bytes, name)));
}

// Where in its memory Python notes how this browser lets it call functions, of which the memory of
// another machine knows nothing.
const bridge = (module) => (module.__PyRuntime + module.HEAP32[module.__PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET / 4]) / 4;

async function restored(loadPyodide, options, bytes, recalling) {
  let own = 0;
  const createPyodideModule = async (given) => {
    const { default: create } = await import(`${runtime}pyodide.asm.mjs`);
    const module = await create(given);
    // Python starts with less memory than this: let it grow. What is allocated for it is nobody's.
    while (module.HEAP8.length < bytes.length) if (!module._malloc(2 ** 21)) throw new Error("no memory");
    own = module.HEAP32[bridge(module)];
    await recalling;
    return module;
  };
  // Python's library, too, is read when it is needed.
  const python = await loadPyodide({ ...options, stdLibURL: "data:,", _loadSnapshot: bytes, createPyodideModule });
  python._module.HEAP32[bridge(python._module)] = own;
  layOut(python, `/lib/${python.FS.readdir("/lib").find((name) => name.endsWith(".zip"))}`, `${runtime}python_stdlib.zip`);
  layOutCourse(python);
  python.runPython("import random; random.seed()"); // the memory is everybody's, chance is not
  // What moves is wanted first; an exercise is read before it is answered.
  importChapters(python, ["explorables"]);
  setTimeout(() => importChapters(python, ["exercises"]));
  return [python, entries(python), "snapshot"];
}

// Who answers what: each gives a session with step().
const entries = (python) => Object.fromEntries(["explore", "practice"].map((name) => [name, python.pyimport(`svclab.${name}`).start]));

async function boot() {
  const length = settings.memory ?? 0;
  const bytes = new Uint8Array(new ArrayBuffer(Math.ceil(length / PAGE) * PAGE), 0, length);
  const scripts = ["pyodide.mjs", "pyodide.asm.mjs"].map((name) => import(runtime + name));
  const recalling = length ? recalled(bytes) : null;
  for (const early of [...scripts, recalling]) early?.catch(() => {}); // awaited below
  const { loadPyodide } = await scripts[0];
  report(0.2);
  const options = { indexURL: runtime, stdout: () => {}, stderr: () => {} };
  try {
    if (length) return await restored(loadPyodide, options, bytes, recalling);
  } catch {
    // Without the memory it takes longer.
  }
  const python = await loadPyodide(options);
  report(0.7);
  layOutCourse(python);
  python.runPython(settings.start);
  report(0.9);
  importChapters(python);
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

// Where a file of the runtime cannot be had, Pyodide rejects a promise of its own and waits on. Of
// WebAssembly it only warns, so we listen to what makes it.
const stuck = new Promise((_, reject) => {
  const make = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = (...given) => {
    const made = make.apply(WebAssembly, given);
    made.catch(reject);
    return made;
  };
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
}).catch((error) => {
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
