// Exercises on the page: whose numbers they have, what is kept on the device, and Python's answers.
import { Exercise, now } from "./exercise.mjs";
import { anchorOf } from "./exercise-view.mjs";
import { exercisesOf, isDone, owner } from "./progress.mjs";
import settings from "./settings.mjs";
import { Store } from "./store.mjs";
import { StudentBar } from "./student-bar.mjs";
import { WORDS } from "./words.mjs";

const NOTHING = { answers: {}, check: null, hints: [], tries: 0, solution_text: "", records: [], began: undefined };

/** One exercise on the page: the controller's host. */
class Place {
  constructor(root, python, store) {
    Object.assign(this, { root, python, store });
    this.drawn = JSON.parse(root.querySelector("script[data-svclab=document]").textContent);
    this.key = `${this.drawn.name}/${this.drawn.version}`;
    this.doc = this.#known() ?? this.drawn;
    this.exercise = new Exercise(root, this, {
      document: this.doc,
      state: this.#state(),
      uid: root.dataset.uid,
      view: { drawn: this.doc === this.drawn, anchor: anchorOf(this.drawn.name), notebook: root.dataset.notebook },
    });
    this.#settle();
  }

  // What the controller asks of its host.

  student() {
    return this.doc.student ? this.store.student : "";
  }

  waits() {
    return this.python.state !== "live";
  }

  ready() {
    return this.python.live;
  }

  refuses() {
    return this.awaited ? WORDS.ownOnTheWay : "";
  }

  async ask(request) {
    if (request.do === "redraw") return this.#redraw();
    const state = this.#state();
    const about = {
      check: () => ({
        answers: request.answers, tries: state.tries, hints: state.hints.length, kept: state.records, began: state.began ?? now(),
        time: now(), salt: this.store.salt(), solution: Boolean(state.solution_text), host: "page",
      }),
      hint: () => ({ number: request.number }),
      solution: () => ({ tries: state.tries, answered: isDone(state) }),
    };
    return this.python.ask({ ...this.#who(), do: request.do, ...about[request.do]() }, this.doc.engine);
  }

  save(state) {
    const { answers, check, hints, tries, solution_text, records, began } = state;
    // Under the name of whose numbers they are, whoever has been named in another tab meanwhile.
    this.store.keep(this.key, { variant: this.doc.variant, practice: this.doc.practice ?? 0, answers, check, hints, tries, solution_text, records, began }, this.doc.owner ?? "~");
  }

  // What the page asks of it.

  /** The number has changed, or another tab has done something: show what is kept now. */
  renew({ erased }) {
    if (!erased) this.exercise.keep();
    const fits = this.#fits(this.doc);
    this.doc = { ...(fits ? this.doc : this.#known() ?? (this.store.student ? this.doc : this.drawn)) };
    this.exercise.show(this.doc, this.#state());
    this.#settle();
  }

  #who(student = this.store.student, practice = this.doc.practice) {
    const { name, version } = this.drawn;
    return { name, version, student: student || null, practice: student ? null : practice || 1 };
  }

  #entry() {
    return this.store.entry(this.key);
  }

  #practice() {
    return this.#entry()?.practice || 1;
  }

  #dealtKey() {
    return `${this.key}/${this.store.student ? owner(this.store.data) : `~${this.#practice()}`}`;
  }

  /** The document that was shown here last, if it is on the device. */
  #known() {
    const found = this.store.dealt(this.#dealtKey())?.document;
    return found && found.name === this.drawn.name && this.#fits(found) ? found : null;
  }

  #fits(doc) {
    if (doc.version !== this.drawn.version || !Array.isArray(doc.fields)) return false;
    if (this.store.student) return doc.student && doc.owner === owner(this.store.data);
    return !doc.student && (doc.practice || 1) === this.#practice();
  }

  /** What is kept for the numbers that are shown. */
  #state() {
    const entry = this.#fits(this.doc) ? this.#entry() : null;
    const fits = entry && (!entry.variant || entry.variant === this.doc.variant);
    return { ...(fits ? entry : NOTHING), ...(this.#earlier() && { earlier: true }) };
  }

  #earlier() {
    const { name, version } = this.drawn;
    return Object.entries(exercisesOf(this.store.data)).some(([key, one]) => key.startsWith(`${name}/`) && key !== `${name}/${version}` && isDone(one));
  }

  /** Have the right numbers dealt if they are not there, or were dealt by another build. */
  async #settle() {
    const key = this.#dealtKey();
    if (this.#fits(this.doc)) {
      if (this.doc.variant === this.drawn.variant || this.store.dealt(key)?.build === settings.key) return;
    } else this.awaited = key;
    const document = await this.#deal(this.#who(this.store.student, this.#practice()));
    if (this.#dealtKey() !== key) return; // another number was typed meanwhile
    this.awaited = "";
    if (document.problem) this.exercise.status(document.problem);
    else this.#show(document);
  }

  async #deal(who) {
    try {
      return await this.python.ask({ ...who, do: "deal" }, this.drawn.engine);
    } catch (error) {
      return { problem: error.message };
    }
  }

  #show(document) {
    const fresh = { ...document, owner: document.student ? owner(this.store.data) : "~" };
    this.store.keepDealt(this.#dealtKey(), fresh.owner, settings.key, fresh);
    const { owner: before, ...shown } = this.doc;
    if (JSON.stringify(shown) === JSON.stringify(document)) return;
    this.exercise.keep();
    this.doc = fresh;
    this.exercise.show(fresh, this.#state());
  }

  async #redraw() {
    const document = await this.#deal(this.#who("", this.#practice() + 1));
    if (document.problem || this.store.student) return document;
    // What was solved with other numbers stays solved; everything else begins anew.
    this.store.keep(this.key, { ...NOTHING, variant: document.variant, practice: document.practice });
    this.#show(document);
    return document;
  }
}

/** Marks at the sections of this page in the list at its right: their exercises are done. */
function markSections(places, store) {
  for (const link of document.querySelectorAll(".bd-toc a[href^='#']")) {
    const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const inside = places.filter((place) => section?.contains(place.root));
    if (!inside.length) continue;
    const kept = exercisesOf(store.data);
    const done = inside.every((place) => isDone(kept[place.key]));
    let mark = link.querySelector(".svc-tick");
    if (!done) mark?.remove();
    else if (!mark) {
      mark = Object.assign(document.createElement("span"), { className: "svc-tick", textContent: " ✓" });
      mark.setAttribute("role", "img");
      mark.setAttribute("aria-label", WORDS.sectionDone);
      link.append(mark);
    }
  }
}

export function begin(python, { tell }) {
  const store = new Store();
  const places = [];
  for (const root of document.querySelectorAll("svclab-exercise:not([data-ready])")) {
    const place = new Place(root, python, store);
    places.push(place);
    tell(place.exercise);
  }
  const bars = [...document.querySelectorAll("svclab-student")].map((root) => new StudentBar(root, store, python));
  bars.forEach(tell);
  store.addEventListener("change", ({ detail }) => {
    if (detail.anew) for (const place of places) place.renew(detail);
    for (const bar of bars) bar.show();
    markSections(places, store);
  });
  markSections(places, store);
}
