// The page as a host: nearby answers at once, then Python in one worker for all explorables.
import { Explorable } from "./explorable.mjs";
import { parse, settle } from "./link.mjs";
import settings from "./settings.mjs";
import { canonical } from "./text.mjs";
import { WORDS, say } from "./words.mjs";

const here = (path) => new URL(path, import.meta.url).href;

let vega = null;
const loadVega = () =>
  (vega ??= import(here("./vega.mjs")).then(() => globalThis.svclabVegaEmbed));

/** The worker and what it is asked; a dead worker is replaced when the reader tries again. */
class Python {
  constructor(onState) {
    this.onState = onState;
    this.calls = new Map();
    this.count = 0;
    this.start();
  }

  start() {
    this.state = "starting";
    this.onState({ state: "starting" });
    this.worker?.terminate();
    this.worker = new Worker(here("./worker.mjs"), { type: "module" });
    this.worker.onmessage = ({ data }) => this.#hear(data);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.#fail(event.message || "the worker could not be loaded");
    };
    // What was asked of the old worker is asked again.
    for (const [call, job] of this.calls) this.#send(call, job);
  }

  #send(call, { request, engine }) {
    this.worker.postMessage({ type: "compute", call, request, engine });
  }

  #fail(message) {
    this.state = "failed";
    this.onState({ state: "failed", message });
  }

  #hear(data) {
    const job = this.calls.get(data.call);
    if (data.type === "live") {
      this.state = "live";
      performance.mark("svclab-live", { detail: data.how });
      document.documentElement.dataset.svclab = "live";
      document.documentElement.dataset.svclabBoot = data.how;
      this.onState({ state: "live" });
    } else if (data.type === "progress") this.onState({ state: "starting", share: data.share });
    else if (data.type === "failed") this.#fail(data.message);
    else if (data.type === "stored") document.documentElement.dataset.svclabSnapshot = "stored";
    else if (data.type === "document") job?.onDocument(JSON.parse(data.text));
    else if (data.type === "end" || data.type === "error") {
      this.calls.delete(data.call);
      if (data.type === "end") job?.resolve();
      else job?.reject(new Error(data.message));
    }
  }

  compute(request, engine, onDocument) {
    const call = (this.count += 1);
    const finished = new Promise((resolve, reject) => {
      this.calls.set(call, { request: JSON.stringify(request), engine, onDocument, resolve, reject });
    });
    this.#send(call, this.calls.get(call));
    const abandon = () => {
      this.worker.postMessage({ type: "abandon", call });
      if (this.state === "live") return;
      // Nobody computes yet, so there is no last step to wait for.
      this.calls.get(call)?.resolve();
      this.calls.delete(call);
    };
    return { finished, abandon };
  }
}

// One-step-away answers, computed when the book was built: they come before Python does.
const nearby = new Map();
function neighbours(name) {
  if (!nearby.has(name)) {
    const load = async () => {
      const reply = await fetch(here(`./nearby/${name}.json`));
      return reply.ok ? reply.json() : {};
    };
    nearby.set(name, load().catch(() => ({})));
  }
  return nearby.get(name);
}

function hostFor(python) {
  return {
    link: true,
    vega: loadVega,
    compute(request, engine, onDocument) {
      if (python.state === "live") return python.compute(request, engine, onDocument);
      let inner = null;
      let gone = false;
      const job = { abandon: () => ((gone = true), inner?.abandon()), keepsStatus: true };
      job.finished = (async () => {
        const known = settings.nearby.includes(request.name) ? await neighbours(request.name) : {};
        if (gone) return;
        const found = known[canonical(request.parameters)];
        if (found) return onDocument(found);
        inner = python.compute(request, engine, onDocument);
        await inner.finished;
      })();
      return job;
    },
  };
}

function embeddedJson(root, what) {
  return JSON.parse(root.querySelector(`script[data-svclab="${what}"]`).textContent);
}

function followLink(explorables) {
  const link = parse(location.hash);
  const target = link && explorables.find((e) => e.declaration.name === link.name);
  if (!target) return;
  const { parameters, messages } = settle(target.declaration, link);
  target.message(messages);
  target.set(parameters);
  target.root.scrollIntoView({ block: "start" });
}

const idle = (act) => (globalThis.requestIdleCallback ? requestIdleCallback(act, { timeout: 2000 }) : setTimeout(act, 200));
const parsed = () => new Promise((resolve) => {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", resolve, { once: true });
  else resolve();
});
const turn = () => globalThis.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));

/** Charts are drawn for this screen when they come near it. */
function drawWhenNear(explorables) {
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watch.unobserve(entry.target);
      explorables.find((e) => e.root === entry.target)?.drawCharts();
    }
  }, { rootMargin: "400px" });
  for (const e of explorables) watch.observe(e.root);
}

/** A reader who comes to an explorable before Python does finds its nearby answers loaded. */
function loadWhenTouched(root, name, python) {
  const load = () => python.state !== "live" && settings.nearby.includes(name) && neighbours(name);
  for (const what of ["pointerenter", "focusin"]) root.addEventListener(what, load, { once: true });
}

async function begin() {
  const explorables = [];
  let state = {};
  const tell = (e) => {
    if (state.state === "live") e.status(WORDS.live);
    else if (state.state === "failed") e.status(say(WORDS.failed, { reason: state.message }), () => python.start());
    else e.status(state.share ? say(WORDS.startingShare, { percent: Math.round(state.share * 100) }) : WORDS.starting);
  };
  let done;
  const decided = new Promise((resolve) => (done = resolve));
  // Python takes longest, so it starts first, even before the page is read to its end.
  const python = new Python((now) => {
    state = now;
    explorables.forEach(tell);
    if (now.state !== "starting") done();
  });
  await parsed();
  const host = hostFor(python);
  for (const root of document.querySelectorAll("svclab-explorable:not([data-ready])")) {
    const declaration = embeddedJson(root, "declaration");
    const doc = embeddedJson(root, "document");
    const made = new Explorable(root, host, { declaration, document: doc, uid: root.dataset.uid });
    explorables.push(made);
    tell(made);
    loadWhenTouched(root, declaration.name, python);
    await turn(); // scrolling and typing go between two explorables
  }
  document.documentElement.dataset.svclabReady = "";
  followLink(explorables);
  addEventListener("hashchange", () => followLink(explorables));
  // Vega is large and would take from Python's start; till then the drawings of the build stand.
  await decided;
  idle(() => drawWhenNear(explorables));
}

begin();
