// The controller of one explorable, the same in the page and in Jupyter. It never draws the
// controls anew and keeps the last good picture whatever happens.
import { anchored, held } from "./anchor.mjs";
import { Chart } from "./chart.mjs";
import { isShown, spoken } from "./controls.mjs";
import { csv, tsv } from "./figures.mjs";
import { attachGuess } from "./guess.mjs";
import { levelAt } from "./heading.mjs";
import { diagrams, missing } from "./kinds.mjs";
import { format } from "./link.mjs";
import { patch } from "./patch.mjs";
import { attachScrolled } from "./scrolled.mjs";
import { same } from "./text.mjs";
import { TracePlayer } from "./trace.mjs";
import { grown, pair, read, showProblem, write } from "./values.mjs";
import { renderView } from "./view.mjs";
import { WORDS, say } from "./words.mjs";

const PLAYERS = {
  chart: (figure, host, part, owner) => new Chart(figure, host.vega, owner),
  trace: (figure, host, part) => new TracePlayer(figure, part),
};

/**
 * A host gives: `compute(request, engine, onDocument)` -> {finished, abandon}, `vega()` ->
 * vega-embed's function, `diagrams()` -> diagrams.mjs, and `link` (may settings be linked to?).
 */
export class Explorable {
  constructor(root, host, { declaration, document: doc, uid }) {
    Object.assign(this, { root, host, declaration, uid, shown: doc });
    this.find = (selector) => root.querySelector(selector);
    this.initial = { ...doc.parameters };
    this.parameters = { ...doc.parameters };
    this.settled = this.parameters;
    this.history = [];
    this.local = {};
    this.refused = false;
    this.players = [];
    this.listeners = new AbortController();
    this.#listen();
    if (!host.link) this.find("[data-act=link]").hidden = true;
    this.find(".svx-title").ariaLevel = levelAt(root);
    this.#attachParts();
    root.dataset.ready = "";
    // What the reader moved before the script came counts.
    for (const p of declaration.parameters) this.#take(p, this.#control(p.name));
    if (!same(this.parameters, this.initial)) this.#request();
  }

  /** Draw the charts for this screen; until then the drawings from build time stand. */
  drawCharts() {
    const parts = this.shown.view?.parts ?? [];
    return Promise.allSettled(this.players.map((player, i) => player instanceof Chart && player.update(parts[i])));
  }

  /** Show other parameters, from a link, a reset or an undo. */
  set(parameters, { remember = true } = {}) {
    if (remember) this.#remember("");
    this.parameters = { ...this.initial, ...parameters };
    this.settled = this.parameters;
    this.local = {};
    for (const p of this.declaration.parameters) {
      const control = this.#control(p.name);
      write(control, p, this.parameters[p.name], this.uid);
      showProblem(control, "");
    }
    for (const player of this.players) player?.renew?.();
    this.#request();
  }

  message(lines) {
    this.find(".svx-messages").replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
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

  destroy() {
    this.listeners.abort();
    this.running?.abandon();
    clearTimeout(this.speaking);
    for (const player of this.players) player?.destroy?.();
  }

  #control(name) {
    return this.find(`[data-param="${CSS.escape(name)}"]`);
  }

  #listen() {
    const { signal } = this.listeners;
    const form = this.find(".svx-controls");
    form.addEventListener("submit", (event) => event.preventDefault(), { signal });
    for (const type of ["pointerdown", "keydown"]) form.addEventListener(type, () => (this.byPointer = type === "pointerdown"), { signal });
    form.addEventListener("input", (event) => this.#moved(event, false), { signal });
    form.addEventListener("change", (event) => this.#moved(event, true), { signal });
    this.root.addEventListener("click", (event) => this.#click(event.target.closest("[data-act]")), { signal });
    attachScrolled(this.root, { signal });
    const question = this.find(".svx-guess");
    if (!question) return;
    const g = this.declaration.guess;
    attachGuess(question, g, {
      signal,
      onGuess: (value) => {
        this.parameters = { ...this.parameters, [g.parameter]: value };
        this.settled = this.parameters;
        // The reader has pressed now: what was hidden comes now, the answer to the guess follows.
        patch(this.find(".svx-view"), renderView(this.declaration, { ...this.shown, parameters: this.parameters }));
        this.#reveal(true);
        this.#request();
      },
      onShow: () => this.#reveal(true),
    });
  }

  #moved(event, settle) {
    const control = event.target.closest("[data-param]");
    const p = control && this.declaration.parameters.find((q) => q.name === control.dataset.param);
    if (!p) return;
    // What is typed counts when it is finished: 9 on the way to 95 is nobody's setting.
    if (!settle && /^(number|text)$/.test(event.target.type)) return;
    if (p.kind === "number" || p.kind === "integer") {
      const value = event.target.value;
      if (event.target.type === "range") pair(control, p, value, event.target);
      else if (value !== "" && Number(value) >= p.low && Number(value) <= p.high) pair(control, p, value, event.target);
    }
    const changed = this.#take(p, control, settle);
    if (settle) this.#remember(p.name, this.byPointer && event.target.type === "range");
    if (changed) this.#request();
  }

  /** Take the control's value; its problem is shown when the reader has finished, not before. */
  #take(p, control, settle = true) {
    const { value, problem, ...where } = read(control, p);
    if (problem) {
      const text = say(p.kind === "table" ? WORDS.stillShownRows : WORDS.stillShown, { problem, value: spoken(p, this.parameters[p.name]) });
      this.local[p.name] = { text, where };
      if (settle) showProblem(control, text, where);
      this.#stale(text);
      return false;
    }
    const mended = Boolean(this.local[p.name]);
    if (mended) {
      delete this.local[p.name];
      showProblem(control, "");
    }
    // What was moved meanwhile is asked for now, so a mended value counts as a new one.
    if (same(value, this.parameters[p.name])) return mended;
    this.parameters = { ...this.parameters, [p.name]: value };
    return true;
  }

  // Several presses on one control within a second are one step back; a drag is a step of its own.
  #remember(name, dragged = false) {
    if (same(this.parameters, this.settled) && name) return;
    const now = performance.now();
    if (dragged || !(name && name === this.lastMoved && now - this.lastTime < 1000)) {
      this.history.push(this.settled);
      this.history.splice(0, this.history.length - 100);
    }
    [this.lastMoved, this.lastTime, this.settled] = [dragged ? "" : name, now, this.parameters];
    this.find("[data-act=undo]").disabled = false;
  }

  #click(button) {
    const act = button?.dataset.act;
    const control = button?.closest("[data-param]");
    if (act === "reset") {
      this.message([]);
      const g = this.declaration.guess?.parameter;
      // The question stays answered: who has seen the picture cannot guess any more.
      this.set(g ? { [g]: this.parameters[g] } : {});
    } else if (act === "undo") this.#undo();
    else if (act === "link") this.#copyLink(button);
    else if (act === "seed") this.#change(control, (n) => n + 1);
    else if (act === "add-row") this.#change(control, (rows, p) => grown(p, rows));
    else if (act === "remove-row") this.#change(control, (rows) => rows.filter((_, r) => r !== Number(button.dataset.row)));
    else if (act === "copy-table") copy(tsv(tableOf(button)), button);
    else if (act === "copy-code") copyCode(button);
    else if (act === "save-table") save(csv(tableOf(button)), `${this.declaration.name}.csv`);
    else if (act === "copy-svg") copy(this.#picture(button), button);
    else if (act === "save-svg") save(this.#picture(button), `${this.declaration.name}.svg`, "image/svg+xml");
  }

  /** The diagram that a button stands under, as the text of a file. */
  #picture(button) {
    const figure = button.closest("figure");
    return diagrams.fileOf(figure, this.shown.view.parts[[...this.find(".svx-parts").children].indexOf(figure)]);
  }

  /** What is known of the number that a chart's handle moves; null if there is none. */
  target(handle) {
    const p = this.declaration.parameters.find((q) => q.name === handle.parameter);
    return (p?.kind === "table" ? p.columns.find((c) => c.name === handle.column) : p) ?? null;
  }

  /** The value that a chart's handle moves, as the reader has it now. */
  current(handle) {
    const value = this.parameters[handle.parameter];
    return handle.row === undefined ? value : value?.[handle.row]?.[handle.column];
  }

  /** A handle is at a value, or a row of a table at several; `settle` when the reader lets it go, `dragged` if by a pointer. */
  drag(handle, value, settle, dragged = false) {
    const p = this.declaration.parameters.find((q) => q.name === handle.parameter);
    const now = this.parameters[p.name];
    const next = p.kind === "table" ? now.map((row, r) => (r === handle.row ? { ...row, ...(handle.column ? { [handle.column]: value } : value) } : row)) : value;
    if (!same(next, now)) {
      const control = this.#control(p.name);
      this.parameters = { ...this.parameters, [p.name]: next };
      delete this.local[p.name];
      showProblem(control, "");
      write(control, p, next, this.uid);
      this.#request();
    }
    // Quick moves of one thing are one step back, those of two things are two.
    if (settle) this.#remember(p.kind === "table" ? `${p.name}/${handle.row}` : p.name, dragged);
  }

  #undo() {
    const back = this.history.pop();
    if (back) this.set(back, { remember: false });
    this.lastMoved = "";
    this.find("[data-act=undo]").disabled = !this.history.length;
  }

  #change(control, next) {
    const p = this.declaration.parameters.find((q) => q.name === control.dataset.param);
    const value = next(this.parameters[p.name], p);
    if (p.kind === "table" && (value.length < p.min_rows || value.length > p.max_rows)) return;
    this.parameters = { ...this.parameters, [p.name]: value };
    write(control, p, value, this.uid);
    this.#remember(p.name);
    this.#request();
    // The pressed button may have gone with its row.
    if (!control.contains(document.activeElement)) control.querySelector("[data-act=add-row]")?.focus();
  }

  #copyLink(button) {
    const url = new URL(location.href);
    url.hash = format(this.declaration, this.parameters);
    copy(url.href, button);
  }

  #request() {
    for (const p of this.declaration.parameters) {
      if (p.shown_if) this.#control(p.name).hidden = !isShown(p, this.parameters);
    }
    if (Object.keys(this.local).length) return;
    performance.mark("svclab-request", { detail: this.uid });
    this.wanted = true;
    if (this.running) this.running.abandon();
    else this.#run();
  }

  // One request is under way at a time; what was wanted meanwhile is asked for next, the latest only.
  async #run() {
    const results = this.find(".svx-results");
    while (this.wanted) {
      this.wanted = false;
      const { name, version } = this.declaration;
      const request = { name, version, parameters: this.parameters };
      try {
        let drawing = null;
        this.running = this.host.compute(request, this.declaration.engine, (doc) => {
          // A partial picture of a setting that the reader has left would only flicker.
          if (!this.wanted || doc.progress === undefined) drawing = this.show(doc);
        });
        results.setAttribute("aria-busy", "true");
        await this.running.finished;
        await drawing;
        if (!this.running.keepsStatus) this.status("");
      } catch (error) {
        if (this.wanted) continue;
        this.refused = true;
        this.#stale();
        this.status(say(WORDS.computeFailed, { reason: error.message }));
      }
    }
    this.running = null;
    results.removeAttribute("aria-busy");
    this.find(".svx-progress").value = 0;
  }

  /** Draw a document; problems go to their controls while the last good view stays. */
  async show(doc) {
    const problems = Object.fromEntries(Object.entries(doc.problems ?? {}).map(([name, problem]) => [name, say(WORDS.stillShownRows, { problem })]));
    const rest = [];
    this.refused = !doc.view;
    for (const p of this.declaration.parameters) {
      const { text, where } = this.local[p.name] ?? { text: problems[p.name], where: doc.places?.[p.name] };
      showProblem(this.#control(p.name), text ?? "", where);
    }
    for (const [name, text] of Object.entries(problems)) if (!this.#control(name || "-")) rest.push(text);
    const place = this.find(".svx-problem-all");
    place.hidden = !rest.length;
    place.textContent = rest.join(" ");
    const coming = missing(doc.view, this.host);
    if (coming) await coming;
    if (doc.view) {
      this.find(".svx-progress").value = doc.progress ?? 0;
      this.shown = doc;
      const stay = anchored(this.find(".svx-parts"));
      patch(this.find(".svx-view"), renderView(this.declaration, doc));
      stay();
      this.#attachParts();
      const g = this.declaration.guess;
      if (g && doc.parameters[g.parameter] != null && "covered" in this.find(".svx-results").dataset) this.#reveal();
      const drawn = await Promise.allSettled(this.players.map((player, i) => player?.update?.(doc.view.parts[i])));
      for (const { reason } of drawn) if (reason) this.status(say(WORDS.computeFailed, { reason: reason.message }));
    }
    // Once, however many controls are wrong: what is shown is what was there before.
    const wrong = Object.values(doc.problems ?? {}).join(" ");
    this.#stale(wrong && say(WORDS.stillShownRows, { problem: wrong }));
    if (doc.view) this.#speak([doc.view.warning, doc.view.say].filter(Boolean).join(" "));
    performance.mark("svclab-shown", { detail: this.uid });
    this.root.dispatchEvent(new CustomEvent("svclab:shown", { bubbles: true, detail: doc }));
  }

  #attachParts() {
    const figures = [...this.find(".svx-parts").children];
    const parts = this.shown.view?.parts ?? [];
    this.players.forEach((player, i) => {
      if (!player || player.figure === figures[i]) return;
      player.destroy();
      this.players[i] = null;
    });
    this.players.length = parts.length;
    parts.forEach((part, i) => {
      if (!this.players[i] && figures[i]) this.players[i] = (PLAYERS[part.kind] ?? diagrams.MOVES[part.kind])?.(figures[i], this.host, part, this) ?? null;
    });
  }

  /** Uncover the results; `pressed`: by a button of the question, which is gone then. */
  #reveal(pressed = false) {
    const results = this.find(".svx-results");
    if (!("covered" in results.dataset)) return;
    // The question goes and the results come: browsers keep what stands below where it is, which
    // would push the results off a small screen.
    const body = this.find(".svx-body");
    const stay = held(body);
    delete results.dataset.covered;
    stay();
    if (!pressed) return;
    if (body.getBoundingClientRect().top < 64) body.scrollIntoView({ block: "start" });
    // The reader goes on at the results.
    const view = results.querySelector(".svx-view");
    view.tabIndex = -1;
    view.focus({ preventScroll: true });
  }

  /** Mark results that belong to an earlier setting, and say why; or unmark them. */
  #stale(why = "") {
    const results = this.find(".svx-results");
    const old = this.refused || Object.keys(this.local).length > 0;
    results.toggleAttribute("data-stale", old);
    results.style.setProperty("--svx-stale", JSON.stringify(WORDS.stale));
    this.find(".svx-stale").hidden = !old;
    if (why) this.#speak(why);
  }

  // A reader with a screen reader hears the outcome, at most once a second.
  #speak(text) {
    this.toSay = text;
    if (this.speaking || "covered" in this.find(".svx-results").dataset) return;
    const place = this.find(".svx-live");
    if (place.textContent !== text) place.textContent = text;
    this.speaking = setTimeout(() => {
      this.speaking = 0;
      if (this.toSay !== place.textContent) this.#speak(this.toSay);
    }, 1000);
  }
}

const tableOf = (button) => button.closest(".svx-table-tools").previousElementSibling.querySelector("table");

/** Without a clipboard the program is selected, so that a key copies it. */
async function copyCode(button) {
  const code = button.closest(".svx-code").querySelector("code");
  if (await copy(code.textContent, button, WORDS.codeNotCopied)) return;
  getSelection().selectAllChildren(code);
}

/** Copy a text and say so on the button; gives whether it went. */
async function copy(text, button, instead = WORDS.notCopied) {
  let done = true;
  const before = button.dataset.words ?? (button.dataset.words = button.textContent);
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = WORDS.copied;
  } catch {
    // No clipboard on plain http: the old way, and if that fails too the text itself.
    const area = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(area);
    area.select();
    done = document.execCommand("copy");
    button.textContent = done ? WORDS.copied : say(instead, { text });
    area.remove();
    button.focus({ preventScroll: true });
  }
  setTimeout(() => (button.textContent = before), 4000);
  return done;
}

function save(text, name, type = "text/csv") {
  // The byte-order mark tells spreadsheets that this is UTF-8.
  const url = URL.createObjectURL(new Blob(type === "text/csv" ? ["\ufeff", text] : [text], { type }));
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
