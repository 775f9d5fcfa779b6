// What is kept on the device: one entry in the browser's storage for the course. Every change
// reads it anew first, so that two tabs do not undo each other's work.
import { KEY, empty, exercisesOf, isDone, owner, read } from "./progress.mjs";

const DEALT = "svclab-dealt";
const ASIDE = `${KEY}-unreadable`;

/** Storage may be missing, closed or full; then what is done lasts as long as the page. */
function open() {
  try {
    const storage = globalThis.localStorage;
    storage.setItem(`${KEY}-try`, "1");
    storage.removeItem(`${KEY}-try`);
    return storage;
  } catch {
    return null;
  }
}

export const salt = () => [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export class Store extends EventTarget {
  constructor() {
    super();
    this.storage = open();
    /** "" or why nothing is kept: "notKept", "storageFull". */
    this.trouble = this.storage ? "" : "notKept";
    this.spoilt = false;
    this.data = this.#load();
    addEventListener("storage", (event) => {
      if (event.key !== KEY && event.key !== null) return;
      this.data = this.#load();
      this.#tell({ anew: true, erased: !event.newValue });
    });
  }

  get student() {
    return this.data.student;
  }

  /** Change what is kept: `change(data)` on the newest data, then it is written. */
  update(change, { anew = false } = {}) {
    // Without room the newest is what this page remembers.
    if (this.storage && !this.trouble) this.data = this.#load();
    change(this.data);
    this.#write();
    this.#tell({ anew });
  }

  setStudent(student) {
    this.update((data) => {
      data.student = student;
      this.#person(data);
    }, { anew: true });
  }

  /** The salt of the present student's records, made once. */
  salt() {
    if (!this.data.people[owner(this.data)]?.salt) this.update((data) => this.#person(data));
    return this.data.people[owner(this.data)].salt;
  }

  entry(key, who = owner(this.data)) {
    return exercisesOf(this.data, who)[key] ?? null;
  }

  /** Write down an exercise's state, unless its owner has been erased meanwhile. */
  keep(key, state, who = owner(this.data)) {
    this.update((data) => {
      const person = this.#person(data, who);
      const before = person.exercises[key];
      person.exercises[key] = { ...before, ...state, done: isDone(before) || isDone(state) };
    });
  }

  /** Everything goes, the number too. */
  erase() {
    for (const key of [KEY, DEALT, ASIDE]) this.#quietly(() => this.storage?.removeItem(key));
    this.data = empty();
    this.spoilt = false;
    this.#tell({ anew: true, erased: true });
  }

  /** A dealt document as it was last seen, so that own numbers come before Python does. */
  dealt(key) {
    return this.#dealt()[key] ?? null;
  }

  keepDealt(key, who, build, document) {
    const all = this.#dealt();
    // Those of somebody else, or dealt before, would only take room.
    const same = key.slice(0, key.lastIndexOf("/") + 1);
    for (const [name, one] of Object.entries(all)) if (one?.who !== who || name.startsWith(same)) delete all[name];
    all[key] = { who, build, document };
    // Can be dealt again: no room for it is no trouble.
    this.#quietly(() => this.storage?.setItem(DEALT, JSON.stringify(all)));
  }

  #dealt() {
    const found = this.#quietly(() => JSON.parse(this.storage?.getItem(DEALT) ?? "{}"));
    return found && typeof found === "object" && !Array.isArray(found) ? found : {};
  }

  #person(data, who = owner(data)) {
    const person = (data.people[who] ??= { salt: "", exercises: {} });
    person.salt ||= salt();
    return person;
  }

  #load() {
    const stored = this.#quietly(() => this.storage?.getItem(KEY)) ?? "";
    const { data, spoilt } = read(stored);
    if (spoilt) {
      // Never written over without a copy: somebody may still make sense of it.
      this.#quietly(() => this.storage.setItem(ASIDE, stored));
      this.#quietly(() => this.storage.removeItem(KEY));
      this.spoilt = true;
    }
    return data;
  }

  #write() {
    if (!this.storage) return;
    const text = JSON.stringify(this.data);
    const write = () => {
      this.storage.setItem(KEY, text);
      return true;
    };
    if (this.#quietly(write)) this.trouble = "";
    else {
      this.#quietly(() => this.storage.removeItem(DEALT));
      this.trouble = this.#quietly(write) ? "" : "storageFull";
    }
  }

  #quietly(act) {
    try {
      return act();
    } catch {
      return null;
    }
  }

  /** `anew`: what is shown may be older than what is kept; `erased`: nothing is kept any more. */
  #tell(detail) {
    this.dispatchEvent(new CustomEvent("change", { detail }));
    dispatchEvent(new CustomEvent("svclab:progress", { detail: this.data }));
  }
}
