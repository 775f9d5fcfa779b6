// The page's side of Python: one worker for everything on the page, started when it is needed.
import { WORDS, say } from "./words.mjs";

const here = (path) => new URL(path, import.meta.url).href;

// Python cannot be interrupted: one step may take so many seconds, then its worker is replaced.
const LONGEST_STEP = 20;

/** The worker and what it is asked; a dead worker is replaced when the reader tries again. */
export class Python {
  constructor(onState, longestStep = LONGEST_STEP) {
    this.onState = onState;
    this.longestStep = longestStep;
    this.step = null;
    this.chapters = ""; // what Python imports first, such as "process capacity"
    this.calls = new Map();
    this.count = 0;
    this.state = "";
    this.live = new Promise((resolve) => (this.isLive = resolve));
  }

  start() {
    this.#say({ state: "starting" });
    this.worker?.terminate();
    this.step = null;
    // Counted in ticks: a machine that has slept has not computed.
    this.clock ??= setInterval(() => this.#guard(), 1000);
    // The page's head knows its chapters, has started the first worker, and kept what it has said.
    const { worker, said, chapters = this.chapters } = globalThis.svclabBegun ?? {};
    delete globalThis.svclabBegun;
    this.chapters = chapters;
    this.worker = worker ?? new Worker(here("./worker.mjs"), { type: "module", name: chapters });
    const listen = (event) => (event.type === "error" ? this.#fail(event) : this.#hear(event.data));
    this.worker.onmessage = this.worker.onerror = listen;
    said?.forEach(listen);
    // What was asked of the old worker is asked again.
    for (const [call, job] of this.calls) this.#send(call, job);
  }

  /** `entry` is the package that answers: "explore" or "practice". */
  compute(request, engine, onDocument, entry = "explore") {
    if (!this.worker) this.start();
    const call = (this.count += 1);
    const finished = new Promise((resolve, reject) => {
      this.calls.set(call, { request: JSON.stringify(request), engine, entry, onDocument, resolve, reject });
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

  /** One question about an exercise, one document. */
  async ask(request, engine) {
    let document = null;
    await this.compute(request, engine, (doc) => (document = doc), "practice").finished;
    return document;
  }

  #send(call, { request, engine, entry }) {
    this.worker.postMessage({ type: "compute", call, request, engine, entry });
  }

  // A step without end is given up, and what else was asked is asked of a new worker.
  #guard() {
    if (!this.step || (this.step.seconds += 1) < this.longestStep) return;
    const { call, seconds } = this.step;
    const job = this.calls.get(call);
    this.calls.delete(call);
    this.start();
    job?.reject(new Error(say(WORDS.tooLong, { seconds })));
  }

  #fail(event) {
    event.preventDefault();
    this.#say({ state: "failed", message: event.message || "the worker could not be loaded" });
  }

  #say(now) {
    this.state = now.state;
    this.onState(now);
  }

  #hear(data) {
    const job = this.calls.get(data.call);
    if (data.call) this.step = data.type === "step" ? { call: data.call, seconds: 0 } : null;
    if (data.type === "live") {
      performance.mark("svclab-live", { detail: data.how });
      document.documentElement.dataset.svclab = "live";
      document.documentElement.dataset.svclabBoot = data.how;
      this.#say({ state: "live" });
      this.isLive();
    } else if (data.type === "progress") {
      // A start that has failed may still say how far it is.
      if (this.state === "starting") this.#say({ state: "starting", share: data.share });
    } else if (data.type === "failed") this.#say({ state: "failed", message: data.message });
    else if (data.type === "document") job?.onDocument(JSON.parse(data.text));
    else if (data.type === "end" || data.type === "error") {
      this.calls.delete(data.call);
      if (data.type === "end") job?.resolve();
      else job?.reject(new Error(data.message));
    }
  }
}
