// Watches on the device: an entry for each in the browser's storage, written at every tap.
import { readSession } from "./fieldkit-session.mjs";

const PREFIX = "svclab-fieldkit/";
const ASIDE = "svclab-fieldkit-unreadable/";
const OWNER = "svclab-fieldkit-tab";

const quietly = (act) => {
  try {
    return act();
  } catch {
    return undefined;
  }
};

export class FieldStore {
  constructor() {
    /** "" or why nothing is kept: "notKept", "storageFull". */
    this.trouble = "";
    this.kept = new Map(); // what this page remembers, if the browser will not
    this.storage = quietly(() => {
      const storage = globalThis.localStorage;
      storage.setItem(`${OWNER}-try`, "1");
      storage.removeItem(`${OWNER}-try`);
      return storage;
    }) ?? null;
    if (!this.storage) this.trouble = "notKept";
    this.tab = `${Date.now()}-${Math.random().toString(36).slice(2, 8)}`;
  }

  /** All watches, the newest first; what cannot be read is set aside, not thrown away. */
  all() {
    const found = new Map(this.kept);
    for (const key of quietly(() => Object.keys(this.storage)) ?? []) {
      if (!key.startsWith(PREFIX)) continue;
      const text = quietly(() => this.storage.getItem(key)) ?? "";
      const session = readSession(text);
      if (session && key === PREFIX + session.id) found.set(session.id, session);
      else this.#setAside(key, text);
    }
    return [...found.values()].sort((a, b) => b.began - a.began);
  }

  #setAside(key, text) {
    this.spoilt = true;
    quietly(() => {
      this.storage.setItem(ASIDE + key.slice(PREFIX.length), text);
      this.storage.removeItem(key);
    });
  }

  /** Write a watch down; what is wrong is said in `trouble`, and the watch goes on. */
  save(session) {
    if (this.storage) {
      const wrote = quietly(() => {
        this.storage.setItem(PREFIX + session.id, JSON.stringify(session));
        return true;
      });
      if (wrote) {
        this.trouble = "";
        this.kept.delete(session.id);
        return;
      }
      this.trouble = "storageFull";
    }
    this.kept.set(session.id, session);
  }

  remove(id) {
    this.kept.delete(id);
    quietly(() => this.storage?.removeItem(PREFIX + id));
  }

  /** This tab writes from now on; another that has the same page open is told by the browser. */
  take() {
    quietly(() => this.storage?.setItem(OWNER, this.tab));
  }

  /** Whether another tab has taken over. */
  lost() {
    const owner = quietly(() => this.storage?.getItem(OWNER));
    return Boolean(owner) && owner !== this.tab;
  }
}
