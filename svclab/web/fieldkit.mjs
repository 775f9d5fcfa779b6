// The field kit: times a real service with three taps a customer. It loads everything at once and
// asks for nothing later; every tap is written to the device before anything is drawn.
import { Clock } from "./fieldkit-clock.mjs";
import { LONGEST_NAME, MOST_IN_LINE, MOST_SERVERS, MOST_TAPS, csvOf, nameOf, newSession, stateOf, tapFor, undoable } from "./fieldkit-session.mjs";
import { FieldStore } from "./fieldkit-store.mjs";
import { pageView, stopwatch, told, watchView } from "./fieldkit-view.mjs";
import { WORDS, say } from "./fieldkit-words.mjs";
import { patch } from "./patch.mjs";

const TWICE = 350; // ms in which a second press on a server is a slip of the thumb
const WORKER = "field-kit-worker.mjs"; // beside the page, see its own comment
const KEYS = { a: "arrive", w: "balk", u: "undo" };

class FieldKit {
  constructor(root) {
    this.root = root;
    this.store = new FieldStore();
    this.form = { place: "", servers: 1, inLine: 0 };
    Object.assign(this, { session: null, clock: null, menu: false, ending: false, chosen: 0, said: "", told: "", text: "", sure: "", elsewhere: false, awake: false, offline: "open", slip: 0 });
    this.canShare = Boolean(navigator.canShare?.({ files: [new File(["x"], "x.csv", { type: "text/csv" })] }));
    this.page = document.createElement("div");
    this.dialog = Object.assign(document.createElement("dialog"), { className: "fk fk-watch" });
    this.dialog.setAttribute("aria-label", WORDS.title);
    root.replaceChildren(this.page, this.dialog);
    const unfinished = this.store.all().find((one) => stateOf(one).ended === null);
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act]");
      if (button) this.#act(button.dataset.act, button.dataset);
    });
    root.addEventListener("input", (event) => {
      if (event.target.id === "fk-place") this.form.place = event.target.value.slice(0, LONGEST_NAME);
    });
    // Escape would hide a watch that goes on.
    this.dialog.addEventListener("cancel", (event) => event.preventDefault());
    document.addEventListener("keydown", (event) => this.#key(event));
    addEventListener("storage", () => this.#look());
    document.addEventListener("visibilitychange", () => this.#seen());
    addEventListener("pageshow", () => this.#seen());
    setInterval(() => this.#tick(), 500);
    if (unfinished) this.#open(unfinished);
    this.draw();
    this.#beOffline();
  }

  draw() {
    this.done = this.store.all().filter((one) => one.id !== this.session?.id);
    patch(this.page, pageView(this));
    if (this.session) patch(this.dialog, watchView(this, this.clock.now()));
    const typed = this.page.querySelector("#fk-place");
    if (typed && typed !== document.activeElement) typed.value = this.form.place;
  }

  // A watch.

  #begin() {
    const began = Date.now();
    const id = `${began.toString(36)}-${Math.random().toString(36).slice(2, 6)}`;
    const session = newSession({ id, began, offset: new Date(began).getTimezoneOffset(), ...this.form });
    this.store.save(session);
    this.form.inLine = 0;
    navigator.storage?.persist?.().catch(() => {});
    this.#open(session);
  }

  #open(session) {
    this.session = session;
    this.clock = new Clock(session.began, session.taps.at(-1)?.[0] ?? 0);
    Object.assign(this, { menu: false, ending: false, chosen: 0, said: "", told: "", text: "", elsewhere: false });
    this.store.take();
    this.#show();
  }

  #show() {
    patch(this.dialog, watchView(this, this.clock.now()));
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.querySelector("[data-act=arrive], [data-act=here]")?.focus();
    this.#stayAwake();
  }

  #tap(wish, number = 0) {
    const { session } = this;
    this.#look();
    if (this.elsewhere) return;
    const meant = tapFor(stateOf(session), wish, number);
    if (!meant) {
      const words = { server: WORDS.nothing, more: WORDS.serversMost, fewer: WORDS.serversBusy }[wish];
      this.said = words ? say(words, { n: wish === "more" ? MOST_SERVERS : number }) : "";
    } else if (session.taps.length >= MOST_TAPS && wish !== "end") this.said = WORDS.full;
    else {
      session.taps.push([this.clock.now(), ...meant]);
      this.store.save(session);
      this.said = "";
      this.chosen = 0;
      navigator.vibrate?.(12);
    }
    if (stateOf(session).ended !== null) this.#close();
  }

  #undo() {
    this.#look();
    const last = undoable(this.session);
    if (!last || this.elsewhere) return;
    const what = told(this.session, last);
    this.session.taps.pop();
    this.store.save(this.session);
    this.said = say(WORDS.undone, { what });
    this.chosen = 0;
  }

  #close() {
    this.dialog.close();
    this.lock?.release?.().catch(() => {});
    this.session = null;
    this.draw();
    // The watch that has ended stands first: its file is what is wanted now.
    const file = this.page.querySelector("[data-act=file]");
    file?.scrollIntoView({ block: "center" });
    file?.focus({ preventScroll: true });
  }

  // What is pressed.

  #act(act, { name, by, number, id }) {
    const n = Number(number);
    if (act === "server") {
      // A thumb that trembles would let the next customer start in the same moment.
      const now = performance.now();
      if (this.slip && this.slip.n === n && now - this.slip.at < TWICE) return;
      this.slip = { n, at: now };
    }
    const one = id && this.store.all().find((session) => session.id === id);
    if (act !== "remove") this.sure = "";
    const acts = {
      step: () => {
        const [low, high] = name === "servers" ? [1, MOST_SERVERS] : [0, MOST_IN_LINE];
        this.form[name] = Math.min(high, Math.max(low, this.form[name] + Number(by)));
      },
      begin: () => this.#begin(),
      resume: () => this.#show(),
      here: () => this.#takeOver(),
      arrive: () => this.#tap("arrive"),
      balk: () => this.#tap("balk"),
      server: () => this.#tap("server", n),
      more: () => this.#tap("more"),
      fewer: () => this.#tap("fewer"),
      chip: () => (this.chosen = this.chosen === n ? 0 : n),
      quit: () => this.#tap("quit", this.chosen),
      next: () => this.#tap("next", this.chosen),
      undo: () => this.#undo(),
      menu: () => Object.assign(this, { menu: !this.menu, ending: false }),
      end: () => (this.ending = true),
      endNo: () => (this.ending = false),
      endYes: () => this.#tap("end"),
      away: () => this.dialog.close(),
      file: () => this.#download(one),
      copy: () => this.#copy(one),
      share: () => this.#share(one),
      remove: () => this.#remove(one),
      reopen: () => this.#reopen(one),
    };
    acts[act]?.();
    this.draw();
  }

  #key(event) {
    if (!this.dialog.open || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const key = event.key.toLowerCase();
    const act = KEYS[key] ?? (/^[1-9]$/.test(key) ? "server" : null);
    if (!act) return;
    event.preventDefault();
    this.#act(act, { number: key });
  }

  #reopen(one) {
    if (!one) return;
    // Its end is taken back; what happened since was not seen.
    if (one.taps.at(-1)?.[1] === "end") one.taps.pop();
    this.store.save(one);
    this.#open(one);
  }

  // The file.

  #written(one) {
    one.exported = Date.now();
    this.store.save(one);
    // The mark lets Excel see that this is UTF-8.
    return { name: nameOf(one), text: `\ufeff${csvOf(one, one.taps.at(-1)?.[0] ?? 0)}` };
  }

  #download(one) {
    const { name, text } = this.#written(one);
    const address = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
    Object.assign(document.createElement("a"), { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    this.told = say(WORDS.downloaded, { name });
    this.text = "";
  }

  async #copy(one) {
    const { text } = this.#written(one);
    try {
      await navigator.clipboard.writeText(text.slice(1));
      Object.assign(this, { told: WORDS.copied, text: "" });
    } catch {
      Object.assign(this, { told: WORDS.byHand, text: text.slice(1) });
    }
    this.draw();
    if (this.text) this.page.querySelector(".fk-text").select();
  }

  async #share(one) {
    const { name, text } = this.#written(one);
    try {
      await navigator.share({ files: [new File([text], name, { type: "text/csv" })] });
      this.told = WORDS.shared;
    } catch (error) {
      this.told = error.name === "AbortError" ? "" : WORDS.notShared;
    }
    this.draw();
  }

  #remove(one) {
    if (!one) return;
    if (this.sure !== one.id) {
      this.sure = one.id;
      return;
    }
    this.store.remove(one.id);
    Object.assign(this, { sure: "", told: WORDS.removed, text: "" });
  }

  // The device.

  #tick() {
    if (!this.dialog.open || document.hidden || this.elsewhere) return;
    const now = this.clock.now();
    for (const place of this.dialog.querySelectorAll("[data-since]")) {
      const text = stopwatch(now - Number(place.dataset.since));
      if (place.textContent !== text) place.textContent = text;
    }
  }

  /** Another tab may have taken over: two that write would undo each other's taps. */
  #look() {
    if (!this.session || this.elsewhere || !this.store.lost()) return;
    this.elsewhere = true;
    this.draw();
  }

  #takeOver() {
    const kept = this.store.all().find((one) => one.id === this.session.id);
    if (kept && stateOf(kept).ended === null) this.#open(kept);
    else this.#close();
  }

  #seen() {
    if (document.hidden || !this.session) return;
    this.clock.wake();
    this.#stayAwake();
    this.draw();
  }

  async #stayAwake() {
    try {
      this.lock = await navigator.wakeLock.request("screen");
      this.awake = true;
      this.lock.addEventListener("release", () => (this.awake = false));
    } catch {
      this.awake = false;
    }
    this.draw();
  }

  /** Let the browser keep this page and what it has loaded, so that a reload needs no network. */
  async #beOffline() {
    try {
      // A worker answers only for addresses below its own, so it lies beside the page.
      const worker = new URL(WORKER, location.href);
      const kept = await navigator.serviceWorker.register(worker, { scope: location.pathname, updateViaCache: "none" });
      this.offline = "wait";
      this.draw();
      const active = kept.active ?? (await new Promise((resolve, reject) => {
        const coming = kept.installing ?? kept.waiting;
        coming.addEventListener("statechange", () => {
          if (coming.state === "activated") resolve(coming);
          if (coming.state === "redundant") reject(new Error(coming.state));
        });
      }));
      if (document.readyState !== "complete") await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
      const loaded = performance.getEntriesByType("resource").map((one) => one.name).filter((name) => name.startsWith(`${location.origin}/`) && !name.startsWith(worker.href));
      const channel = new MessageChannel();
      const answer = new Promise((resolve) => (channel.port1.onmessage = ({ data }) => resolve(data)));
      active.postMessage({ page: location.origin + location.pathname, files: [...new Set(loaded)] }, [channel.port2]);
      this.offline = (await answer) ? "yes" : "open";
    } catch {
      this.offline = "open";
    }
    this.draw();
  }
}

for (const root of document.querySelectorAll("svclab-fieldkit")) new FieldKit(root);
document.documentElement.dataset.svclabReady = "";
