// The page as a host: nearby answers at once, then Python in one worker for all explorables.
import { Explorable } from "./explorable.mjs";
import { parse, settle } from "./link.mjs";
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

function hostFor(python, settings) {
  return {
    link: true,
    vega: loadVega,
    compute(request, engine, onDocument) {
      if (python.state === "live") return python.compute(request, engine, onDocument);
      let inner = null;
      let gone = false;
      const job = { abandon: () => ((gone = true), inner?.abandon()), keepsStatus: true };
      job.finished = (async () => {
        const known = settings.nearby?.includes(request.name) ? await neighbours(request.name) : {};
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

async function begin() {
  const roots = [...document.querySelectorAll("svclab-explorable:not([data-ready])")];
  if (!roots.length) return;
  const explorables = [];
  const showState = ({ state, share, message }) => {
    for (const e of explorables) {
      if (state === "live") e.status(WORDS.live);
      else if (state === "failed") e.status(say(WORDS.failed, { reason: message }), () => python.start());
      else e.status(share ? say(WORDS.startingShare, { percent: Math.round(share * 100) }) : WORDS.starting);
    }
  };
  const python = new Python((s) => showState(s));
  let settings = {};
  try {
    settings = await (await fetch(here("./settings.json"))).json();
  } catch {
    // without it there are no nearby answers; the worker reports what is missing
  }
  const host = hostFor(python, settings);
  for (const root of roots) {
    const declaration = embeddedJson(root, "declaration");
    const doc = embeddedJson(root, "document");
    explorables.push(new Explorable(root, host, { declaration, document: doc, uid: root.dataset.uid }));
  }
  if (python.state === "starting") showState({ state: "starting" });
  document.documentElement.dataset.svclabReady = "";
  followLink(explorables);
  addEventListener("hashchange", () => followLink(explorables));
  idle(() => {
    drawWhenNear(explorables);
    for (const e of explorables) if (settings.nearby?.includes(e.declaration.name) && python.state !== "live") neighbours(e.declaration.name);
  });
}

begin();
