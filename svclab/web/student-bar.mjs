// The line "Your exercises": the student's number; export, import and erase.
import { statusOfBar } from "./bar-view.mjs";
import { exported, found, inventory, merge } from "./exchange.mjs";
import { now } from "./exercise.mjs";
import { doneOf, isNumber } from "./progress.mjs";
import { WORDS, say } from "./words.mjs";

const LONGEST = 20e6; // bytes: a notebook with pictures has a few million
const SURE = 15000; // ms in which the second press erases

const list = (parts) => parts.reduceRight((rest, part) => (rest ? say(WORDS.and, { a: part, b: rest }) : part), "");
const many = (n, one, more) => (n === 1 ? one : say(more, { n }));

export class StudentBar {
  constructor(root, store, python) {
    Object.assign(this, { root, store, python });
    this.find = (selector) => root.querySelector(selector);
    this.names = root.dataset.names.split(" ").filter(Boolean);
    this.input = this.find("input[type=text]");
    this.file = this.find("input[type=file]");
    root.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#use();
    });
    root.addEventListener("click", (event) => this.#click(event.target.closest("[data-act]")?.dataset.act));
    // What stands below the folded line is said inside the open one.
    this.find("details").addEventListener("toggle", () => this.find("details").open && (this.find(".svq-bar-told").textContent = ""));
    this.file.addEventListener("change", () => this.#import(this.file.files[0]));
    this.input.value = store.student;
    this.told = store.trouble;
    this.show();
    if (store.spoilt) this.#say(WORDS.spoilt, { open: true });
    else if (store.trouble) {
      this.#say([]);
      this.find(".svq-bar-told").textContent = WORDS[store.trouble]; // the line is folded
    }
  }

  /** Show whose numbers are used and how many exercises are done. */
  show() {
    const { student, data, trouble } = this.store;
    const words = statusOfBar(student, this.root.dataset.scope, doneOf(data, this.names), this.names.length);
    this.find(".svq-bar-who").textContent = words.who;
    this.find(".svq-bar-count").textContent = words.count;
    this.find("[data-act=drop]").hidden = !student;
    if (document.activeElement !== this.input) this.input.value = student;
    if (trouble !== this.told) this.#say([], { open: Boolean(trouble) });
  }

  /** Trouble with Python, with a way to try again. */
  status(text, retry = null) {
    const place = this.find(".svx-status");
    place.replaceChildren(text);
    if (!retry) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "svx-quiet", textContent: WORDS.tryAgain });
    button.addEventListener("click", retry);
    place.append(" ", button);
  }

  #say(text, { open = false } = {}) {
    if (open) this.find("details").open = true;
    // That nothing is kept is said as long as it is so, beside whatever else is said.
    const { trouble } = this.store;
    this.told = trouble;
    this.find(".svq-bar-told").textContent = "";
    this.find(".svq-bar-kept").hidden = trouble === "notKept";
    const lines = [text, trouble ? WORDS[trouble] : []].flat().map((line) => Object.assign(document.createElement("p"), { textContent: line }));
    this.find(".svq-bar-said").replaceChildren(...lines);
  }

  #click(act) {
    if (act !== "erase") this.#calm();
    if (act === "drop") this.#drop();
    else if (act === "export") this.#export();
    else if (act === "import") this.file.click();
    else if (act === "erase") this.#erase();
    else if (act === "keep") this.#say(WORDS.eraseKept);
  }

  #use() {
    const typed = this.input.value.trim();
    const bad = !typed ? WORDS.studentEmpty : isNumber(typed) ? "" : WORDS.studentBad;
    if (bad) {
      this.input.setAttribute("aria-invalid", "true");
      this.#say(bad);
      this.input.focus();
      return;
    }
    this.input.removeAttribute("aria-invalid");
    this.store.setStudent(typed);
    this.#say([say(WORDS.studentTaken, { student: typed }), /\d/.test(typed) ? "" : WORDS.noDigit].filter(Boolean).join(" "));
    // The page of all exercises is where files are exported and imported: there it stays open.
    if (!this.store.trouble && this.root.dataset.scope !== "all") this.#fold();
  }

  // What was asked for is done: the exercises get their room back, and what was said stays in sight.
  #fold() {
    const said = this.find(".svq-bar-said").textContent;
    this.find("details").open = false;
    this.find("summary").focus({ preventScroll: true });
    this.find(".svq-bar-told").textContent = said;
  }

  #drop() {
    const { student } = this.store;
    this.store.setStudent("");
    this.input.value = "";
    this.input.focus();
    this.#say(say(WORDS.studentGone, { student }));
  }

  #export() {
    const file = exported(this.store.data, now());
    if (!file) return this.#say(WORDS.exportEmpty);
    const url = URL.createObjectURL(new Blob([file.text], { type: "application/json" }));
    Object.assign(document.createElement("a"), { href: url, download: file.name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    const words = this.store.student ? WORDS.exported : WORDS.exportedPractice;
    this.#say(say(words, { n: file.exercises, file: file.name }));
  }

  async #import(file) {
    if (!file) return;
    this.file.value = ""; // the same file may be chosen again
    const named = { file: file.name };
    if (file.size > LONGEST) return this.#say(say(WORDS.importTooLong, named));
    const document = found(await file.text());
    if (!document) return this.#say(say(WORDS.importUnreadable, named));
    this.#say(say(WORDS.importWaits, named));
    const { student } = this.store;
    const others = document.records.filter((one) => one?.student);
    if (!student && others.length) document.records = document.records.filter((one) => !one?.student);
    const lines = [];
    try {
      const reply = await this.python.ask({ do: "read", document, student: student || null }, "python");
      if (student !== this.store.student) return;
      let gained = new Set();
      this.store.update((data) => (gained = merge(data, reply.records ?? [])), { anew: true });
      lines.push(say(gained.size ? WORDS.imported : WORDS.importedNothing, { ...named, n: gained.size }));
      if (!student && others.length) lines.push(say(WORDS.importedFirst, { n: others.length }));
      const problems = reply.problem ? [reply.problem] : reply.problems ?? [];
      if (problems.length) lines.push(say(WORDS.importProblems, { problems: problems.join(" ") }));
    } catch (error) {
      lines.push(say(WORDS.askFailed, { reason: error.message }));
    }
    this.#say(lines);
  }

  // The first press asks and says what would go; the second does it.
  #erase() {
    const { number, answered, typed } = inventory(this.store.data);
    const what = list([
      number && WORDS.whatNumber,
      answered && many(answered, WORDS.whatOneAnswer, WORDS.whatAnswers),
      typed && many(typed, WORDS.whatOneDraft, WORDS.whatDrafts),
      this.store.spoilt && WORDS.whatSpoilt,
    ].filter(Boolean));
    if (!what) return this.#say(WORDS.eraseNothing);
    const button = this.find("[data-act=erase]");
    if (!this.sure) {
      button.textContent = WORDS.eraseSure;
      this.find("[data-act=keep]").hidden = false;
      this.sure = setTimeout(() => this.#calm(), SURE);
      return this.#say(say(WORDS.eraseAsk, { what }));
    }
    this.#calm();
    this.store.erase();
    this.input.value = "";
    this.#say(say(WORDS.erased, { what }));
  }

  #calm() {
    clearTimeout(this.sure);
    this.sure = 0;
    const keep = this.find("[data-act=keep]");
    if (keep === document.activeElement) this.find("[data-act=erase]").focus();
    keep.hidden = true;
    this.find("[data-act=erase]").textContent = WORDS.eraseAll;
  }
}
