// The controller of one exercise, the same in the page and in Jupyter. What the reader types is
// kept as it is typed; what is asked of Python goes through the host.
import { attachOrder, isBlank, readField, remaining, showVerdict } from "./fields.mjs";
import { renderButtons, renderExerciseInside, renderHints, renderMessage, renderSolution, renderTally } from "./exercise-view.mjs";
import { levelAt } from "./heading.mjs";
import { same } from "./text.mjs";
import { WORDS, say } from "./words.mjs";

const EMPTY = { answers: {}, check: null, hints: [], tries: 0, solution_text: "", records: [] };

/** A state as it came from the device or from a notebook: what is missing or strange is left out. */
export function settled(state) {
  const given = state && typeof state === "object" && !Array.isArray(state) ? state : {};
  const clean = { ...EMPTY, ...given };
  for (const [key, value] of Object.entries(EMPTY)) {
    const fits = value === null || (typeof clean[key] === typeof value && clean[key] !== null && Array.isArray(clean[key]) === Array.isArray(value));
    if (!fits) clean[key] = structuredClone(value);
  }
  if (typeof clean.check !== "object") clean.check = null;
  clean.hints = clean.hints.filter((text) => typeof text === "string");
  return clean;
}

// An iPhone's number pad has neither minus nor fraction bar.
const PLAIN_KEYS = /iP(hone|ad|od)/.test(globalThis.navigator?.userAgent ?? "");

/**
 * A host gives: `ask(request)` -> Promise of a document, `ready()` -> Promise that Python answers,
 * `waits()` -> whether it does not yet, `refuses()` -> a sentence if nothing can be asked now,
 * and `save(state)`.
 */
export class Exercise {
  constructor(root, host, { document: doc, state, uid, view = {} }) {
    Object.assign(this, { root, host, doc, uid, view });
    this.find = (selector) => root.querySelector(selector);
    this.listeners = new AbortController();
    const { signal } = this.listeners;
    root.addEventListener("submit", (event) => this.#submit(event), { signal });
    root.addEventListener("input", (event) => this.#typed(event.target), { signal });
    root.addEventListener("change", () => this.#keep(), { signal });
    root.addEventListener("click", (event) => this.#click(event.target.closest("[data-act]")), { signal });
    addEventListener("pagehide", () => this.#keep(), { signal });
    document.addEventListener("visibilitychange", () => this.#keep(), { signal });
    // The markup from build time stays if there is nothing to add to it.
    this.state = settled(state);
    if (view.drawn) {
      // What was typed before the script came counts.
      const typed = Object.entries(this.#answers()).filter(([name, value]) => !isBlank(this.#field(name), value));
      this.state.answers = { ...this.state.answers, ...Object.fromEntries(typed) };
      if (typed.length) this.saving = setTimeout(() => this.#keep(), 400);
    }
    if (view.drawn && same({ ...this.state, answers: {} }, EMPTY) && same(this.#answers(), { ...this.#answers(), ...this.state.answers })) this.#attach();
    else this.#draw();
    root.dataset.ready = "";
  }

  /** Show an exercise with other numbers, or the same with another state. */
  show(doc, state) {
    clearTimeout(this.saving);
    this.saving = 0;
    this.doc = doc;
    this.state = settled(state);
    this.#draw();
  }

  /** The host's state in words, with a way to try again if there is one. */
  status(text, retry = null) {
    const place = this.find(".svx-status");
    if (place.textContent === text && !retry) return;
    place.replaceChildren(text);
    if (!retry) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "svx-quiet", textContent: WORDS.tryAgain });
    button.addEventListener("click", retry);
    place.append(" ", button);
  }

  /** Write down what is typed now; a host calls it before it looks at the state. */
  keep() {
    this.#keep();
  }

  destroy() {
    this.#keep();
    this.listeners.abort();
    this.drags?.abort();
  }

  #draw() {
    const had = this.root.contains(document.activeElement) ? keyOf(document.activeElement) : "";
    const inside = document.createElement("template");
    inside.innerHTML = String(renderExerciseInside(this.doc, this.state, { ...this.view, uid: this.uid, student: this.host.student?.() ?? "" }));
    const before = this.find("section");
    if (before) before.replaceWith(inside.content);
    else this.root.append(inside.content);
    this.#attach();
    if (had) this.find(had)?.focus({ preventScroll: true });
  }

  #attach() {
    this.drags?.abort();
    this.drags = new AbortController();
    for (const list of this.root.querySelectorAll(".svq-order")) {
      attachOrder(list, {
        signal: this.drags.signal,
        moved: (item) => {
          const items = [...list.children];
          this.#speak(say(WORDS.movedTo, { label: item.querySelector(".svq-item").textContent, n: items.indexOf(item) + 1, of: items.length }));
          this.#typed(item);
        },
      });
    }
    this.find(".svx-title").ariaLevel = levelAt(this.root);
    if (PLAIN_KEYS) for (const input of this.root.querySelectorAll("[inputmode]")) input.removeAttribute("inputmode");
    this.#verdicts();
  }

  #field(name) {
    return this.doc.fields.find((f) => f.name === name);
  }

  #place(name) {
    return this.find(`[data-field="${CSS.escape(name)}"]`);
  }

  #answers() {
    return Object.fromEntries(this.doc.fields.filter((f) => f.kind !== "code").map((f) => [f.name, readField(this.#place(f.name), f)]));
  }

  #verdicts() {
    const { check } = this.state;
    for (const f of this.doc.fields) showVerdict(this.#place(f.name), check?.fields?.[f.name], check?.message);
  }

  #typed(target) {
    const place = target.closest("[data-field]");
    if (!place) return;
    // A verdict on what no longer stands there would mislead.
    const { check } = this.state;
    const name = place.dataset.field;
    if (check?.fields?.[name]) {
      const { [name]: gone, ...fields } = check.fields;
      const left = remaining(gone, target.dataset);
      this.state = { ...this.state, check: { ...check, fields: left ? { ...fields, [name]: left } : fields } };
      showVerdict(place, left);
    }
    this.changes = (this.changes ?? 0) + 1;
    this.state.began ??= now();
    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.#keep(), 400);
  }

  #keep(force = false) {
    if (!this.saving && !force) return;
    clearTimeout(this.saving);
    this.saving = 0;
    this.#save({ answers: this.#answers() });
  }

  #save(changed) {
    this.state = { ...this.state, ...changed };
    this.host.save(this.state);
  }

  #submit(event) {
    event.preventDefault();
    this.#check();
  }

  #click(button) {
    const act = button?.dataset.act;
    if (act === "hint") this.#hint();
    else if (act === "solution") this.#solution();
    else if (act === "redraw") this.#redraw();
  }

  // One question at a time; a second press while it is under way changes nothing.
  async #ask(request, { waiting, working }) {
    if (this.asking) return null;
    const refused = this.host.refuses?.();
    if (refused) {
      this.#message({ message: refused });
      return null;
    }
    this.asking = true;
    const { doc } = this;
    this.root.setAttribute("aria-busy", "true");
    const late = setTimeout(() => this.#message({ message: working }), 400);
    try {
      if (this.host.waits?.()) {
        this.#message({ message: waiting });
        await this.host.ready();
      }
      const reply = await this.host.ask(typeof request === "function" ? request() : request);
      // Other numbers have come meanwhile: the reply belongs to those that are gone.
      if (this.doc !== doc && request.do !== "redraw") return null;
      if (reply.problem) throw new Error(reply.problem.replace(/\.$/, ""));
      return reply;
    } catch (error) {
      this.#message({ message: say(WORDS.askFailed, { reason: error.message }) });
      return null;
    } finally {
      clearTimeout(late);
      this.asking = false;
      this.root.removeAttribute("aria-busy");
    }
  }

  async #check() {
    let given = 0;
    const request = () => {
      // Read now, not when the button was pressed: Python may have come seconds later.
      given = this.changes;
      this.#keep(true);
      return { do: "check", answers: this.state.answers };
    };
    const reply = await this.#ask(request, { waiting: WORDS.checkWaits, working: WORDS.checking });
    if (!reply) return;
    const { records = this.state.records, ...check } = reply;
    this.#save({ check, tries: reply.tries, records });
    this.#message(reply);
    this.#verdicts();
    this.#after();
    // Whoever has gone on meanwhile is not pulled back; the message is spoken all the same.
    const stayed = this.changes === given && (this.root.contains(document.activeElement) || document.activeElement === document.body);
    if (stayed) this.#lead(this.find(".svq-message"));
    this.root.dispatchEvent(new CustomEvent("svclab:checked", { bubbles: true, detail: reply }));
  }

  async #hint() {
    const number = this.state.hints.length + 1;
    const reply = await this.#ask({ do: "hint", number }, { waiting: WORDS.askWaits, working: WORDS.askWaits });
    if (!reply) return;
    this.#unsay();
    this.#save({ hints: [...this.state.hints.slice(0, number - 1), reply.text], began: this.state.began ?? now() });
    const place = this.find(".svq-hints");
    place.innerHTML = String(renderHints(this.state, { open: true }));
    this.#after("hint");
    place.querySelector("li:last-child").scrollIntoView({ block: "nearest" });
  }

  async #solution() {
    const reply = await this.#ask({ do: "solution" }, { waiting: WORDS.askWaits, working: WORDS.askWaits });
    if (!reply) return;
    this.#unsay();
    this.#save({ solution_text: reply.text });
    const place = this.find(".svq-solution");
    place.innerHTML = String(renderSolution(this.state, { open: true }));
    this.#after();
    place.querySelector("summary").focus({ preventScroll: true });
    // Its beginning, not its first line alone: on a phone it would open below the screen.
    place.scrollIntoView({ block: "start" });
  }

  async #redraw() {
    await this.#ask({ do: "redraw" }, { waiting: WORDS.askWaits, working: WORDS.askWaits });
    this.#unsay();
  }

  // A message that only said "wait" gives its place back to the last answer's.
  #unsay() {
    this.#message(this.state.check);
  }

  #message(check) {
    const markup = String(renderMessage(check));
    const place = this.find(".svq-message");
    if (place.innerHTML !== markup) place.innerHTML = markup;
  }

  /** Buttons and the quiet line after something was answered; the focus stays where it was. */
  #after(act = "") {
    const buttons = this.find(".svq-buttons");
    const had = buttons.contains(document.activeElement) ? document.activeElement.dataset.act : act;
    buttons.innerHTML = String(renderButtons(this.doc, this.state));
    this.find(".svq-foot").innerHTML = String(renderTally(this.doc, this.state, this.view));
    // Code has no Check: after its last hint the focus goes to what was asked for.
    if (had) (buttons.querySelector(`[data-act=${had}]`) ?? this.find(".svq-buttons button, .svq-more > summary"))?.focus({ preventScroll: true });
  }

  // The message is the first thing seen: it gets the focus, and the page scrolls only if it must.
  #lead(place) {
    place.focus({ preventScroll: true });
    const { top, bottom } = place.getBoundingClientRect();
    if (top < 64 || bottom > innerHeight) place.scrollIntoView({ block: "center" });
  }

  #speak(text) {
    this.find(".svx-live").textContent = text;
  }
}

/** UTC to the second, as records have it. */
export const now = () => new Date().toISOString().replace(/\.\d+Z$/, "Z");

/** Something by which an element can be found again after a new drawing. */
function keyOf(element) {
  if (element.id) return `#${CSS.escape(element.id)}`;
  if (element.dataset.act && !element.closest("li")) return `[data-act="${element.dataset.act}"]`;
  if (element.dataset.col) return `[data-row="${CSS.escape(element.dataset.row)}"][data-col="${CSS.escape(element.dataset.col)}"]`;
  return "";
}
