// Explorables on the page: nearby answers at once, then Python.
import { Explorable } from "./explorable.mjs";
import { sayLinked } from "./guess.mjs";
import { missing } from "./kinds.mjs";
import { parse, settle } from "./link.mjs";
import settings from "./settings.mjs";
import { canonical } from "./text.mjs";
import { WORDS, say } from "./words.mjs";

const here = (path) => new URL(path, import.meta.url).href;

let vega = null;
const loadVega = () =>
  (vega ??= import(here("./vega.mjs")).then(() => globalThis.svclabVegaEmbed));

// Their style comes with a page that shows a diagram at first; else it is asked for now.
function loadDiagrams() {
  const href = here("./diagrams.css");
  const styled = [...document.styleSheets].some((sheet) => sheet.href === href) || new Promise((resolve) => {
    const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href, onload: resolve, onerror: resolve });
    document.head.append(link);
  });
  return Promise.all([import("./diagrams.mjs"), styled]).then(([diagrams]) => diagrams);
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
    diagrams: loadDiagrams,
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
  if (link.given.length) sayLinked(target.root);
  target.root.scrollIntoView({ block: "start" });
}

const idle = (act) => (globalThis.requestIdleCallback ? requestIdleCallback(act, { timeout: 2000 }) : setTimeout(act, 200));
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

/** Attach to what stands in the page; `tell(explorable)` says how Python is doing. */
export async function begin(python, { tell, decided }) {
  const explorables = [];
  const host = hostFor(python);
  for (const root of document.querySelectorAll("svclab-explorable:not([data-ready])")) {
    const declaration = embeddedJson(root, "declaration");
    const doc = embeddedJson(root, "document");
    // Without its diagrams an explorable still has its controls and its table.
    await missing(doc.view, host)?.catch(() => null);
    const made = new Explorable(root, host, { declaration, document: doc, uid: root.dataset.uid });
    explorables.push(made);
    tell(made);
    loadWhenTouched(root, declaration.name, python);
    await turn(); // scrolling and typing go between two explorables
  }
  followLink(explorables);
  addEventListener("hashchange", () => followLink(explorables));
  // Vega is large and would take from Python's start; till then the drawings of the build stand.
  decided.then(() => idle(() => drawWhenNear(explorables)));
}
