// What a reader does in a diagram: moves an item from cell to cell, fills a cell, drags a point,
// lights a loop. Each sets cells of a table parameter, as typing in that table does.
import { EdgeScroll } from "./edges.mjs";
import { snap } from "./handles.mjs";
import { placeName } from "./matrix.mjs";
import { spotText } from "./plane.mjs";
import { check } from "./values.mjs";
import { WORDS, say } from "./words.mjs";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const BIG = 10;

/** One diagram: listens to its figure; `owner` keeps the parameters (see explorable.mjs). */
class Moving {
  constructor(figure, part, owner) {
    Object.assign(this, { figure, part, owner, listeners: new AbortController() });
    const events = { pointerdown: "grab", pointermove: "pull", pointerup: "drop", pointercancel: "cancel", keydown: "key", click: "click", input: "type", change: "change", focusin: "enter", focusout: "leave" };
    for (const [name, method] of Object.entries(events)) {
      if (this[method]) figure.addEventListener(name, (event) => this[method](event), { signal: this.listeners.signal });
    }
  }

  update(part) {
    this.part = part;
    this.settle?.();
  }

  destroy() {
    this.listeners.abort();
  }
}

const plain = (event) => !(event.altKey || event.ctrlKey || event.metaKey);

const only = (side) => (side.length === 1 ? side[0].key : undefined);

export class MatrixMoves extends Moving {
  wrong = new Map(); // what is wrong with what was typed, by cell
  refused = []; // what Python does not take: {text, parameter, row, column}

  constructor(figure, part, owner) {
    super(figure, part, owner);
    owner.root.addEventListener("svclab:shown", (event) => this.answered(event.detail), { signal: this.listeners.signal });
  }

  item(name) {
    return this.part.items.find((one) => one.name === name && one.move);
  }

  /** Where an item is now, as the reader has it. */
  now(item) {
    const { parameter, row, across, down } = item.move;
    const get = (column, other) => (column ? this.owner.current({ parameter, row, column }) ?? other : other);
    const [r, c] = [get(down, item.row ?? only(this.part.rows)), get(across, item.column ?? only(this.part.columns))].map((key) => (key === undefined || key === null ? "" : String(key)));
    return r === "" || c === "" ? ["", ""] : [r, c];
  }

  /** May an item stand there? Only along the ways that it can move; below the grid if its table allows. */
  may(item, row, column) {
    const { parameter, across, down } = item.move;
    if (row === "") return [across, down].filter(Boolean).every((name) => this.owner.target({ parameter, column: name })?.options?.some((o) => o.value === ""));
    return (down || row === (item.row ?? only(this.part.rows))) && (across || column === (item.column ?? only(this.part.columns)));
  }

  put(item, row, column, dragged = false) {
    const [r, c] = this.now(item);
    if (!this.may(item, row, column) || (r === row && c === column)) return;
    const { parameter, across, down } = item.move;
    const as = (name, key) => (this.owner.target({ parameter, column: name })?.kind === "choice" ? key : Number(key));
    const changes = {};
    if (across) changes[across] = as(across, column);
    if (down) changes[down] = as(down, row);
    this.owner.drag({ parameter, row: item.move.row }, changes, true, dragged);
    this.settle();
  }

  /** Other parameters were set, by undo, reset or a link: a cell that was wrong is so no more. */
  renew() {
    this.wrong.clear();
    this.settle();
  }

  /** Python may refuse what each cell allows: its reason stands here, since the table's own control is hidden. */
  answered({ problems, places }) {
    const set = [...this.part.items.map((one) => one.move), ...this.part.entries.map((one) => one.fill)];
    const mine = (name) => set.some((one) => one?.parameter === name) && this.owner.find(`[data-param="${CSS.escape(name)}"]`)?.hidden;
    this.refused = Object.entries(problems ?? {}).filter(([name]) => mine(name)).map(([parameter, text]) => ({ text, parameter, ...places?.[parameter] }));
    this.tell();
  }

  /** What is wrong, at its cell and below the grid. */
  tell() {
    const refusal = ({ parameter, row, column }) => this.refused.find((one) => one.parameter === parameter && one.row === row && (!one.column || !column || one.column === column))?.text;
    const mark = (one, text) => (text ? one.setAttribute("aria-invalid", "true") : one.removeAttribute("aria-invalid"));
    for (const box of this.figure.querySelectorAll(".svd-fill")) {
      const text = this.wrong.get(cellOf(box)) ?? refusal(where(box));
      box.setCustomValidity(text ?? "");
      mark(box, text);
    }
    for (const chip of this.figure.querySelectorAll(".svd-moves")) {
      const move = this.item(chip.dataset.item)?.move;
      mark(chip, move && refusal({ parameter: move.parameter, row: move.row }));
    }
    const place = this.figure.querySelector(".svd-problem");
    if (!place) return;
    place.textContent = [...new Set([...this.wrong.values(), ...this.refused.map((one) => one.text)])].join(" ");
    place.hidden = !place.textContent;
  }

  /** Chips where the parameters say, also before the answer comes, or after a late one. */
  settle() {
    for (const chip of this.figure.querySelectorAll(".svd-moves")) {
      const item = this.item(chip.dataset.item);
      if (!item || this.held === chip) continue;
      const [row, column] = this.now(item);
      const home = [...this.figure.querySelectorAll("[data-row]")].find((one) => one.dataset.row === row && one.dataset.column === column);
      if (!home || home.contains(chip)) continue;
      let chips = home.querySelector(".svd-chips");
      if (!chips) home.append((chips = Object.assign(document.createElement("div"), { className: "svd-chips" })));
      chips.append(chip);
      const at = row === "" ? 0 : 1 + this.part.rows.findIndex((one) => one.key === row) * this.part.columns.length + this.part.columns.findIndex((one) => one.key === column);
      chip.setAttribute("aria-valuenow", at);
    }
    for (const box of this.figure.querySelectorAll(".svd-fill")) {
      const value = this.owner.current(where(box));
      // What is being typed stays, also when the answer to what was typed before comes.
      if (value !== undefined && box !== this.typing && !this.wrong.has(cellOf(box))) box.value = value;
    }
    this.pick(this.picked);
    this.tell();
    // A chip that was moved in the page, or drawn anew, has lost the focus on its way.
    const now = document.activeElement;
    const lost = now === document.body || (now?.matches(".svd-moves") && this.figure.contains(now));
    if (!this.focused || !lost || now.dataset.item === this.focused) return;
    this.figure.querySelector(`.svd-moves[data-item="${CSS.escape(this.focused)}"]`)?.focus({ preventScroll: true });
  }

  enter(event) {
    this.focused = event.target.closest(".svd-moves")?.dataset.item ?? null;
  }

  /** Where the reader has left the items, the focus must not be brought back. */
  leave(event) {
    this.typing = null;
    const chip = event.target;
    setTimeout(() => {
      if (chip.isConnected && document.activeElement === document.body) this.focused = null;
    });
  }

  key(event) {
    const chip = event.target.closest(".svd-moves");
    const item = chip && this.item(chip.dataset.item);
    if (!item || !plain(event)) return;
    if (event.key === "Escape") this.pick(null);
    const way = ARROWS[event.key];
    const away = ["Delete", "Backspace", "Home"].includes(event.key);
    if (!way && !away) return;
    event.preventDefault();
    this.focused = chip.dataset.item;
    const { rows, columns } = this.part;
    const [row, column] = this.now(item);
    if (away) this.put(item, "", "");
    else if (row === "") this.put(item, rows[0].key, columns[0].key);
    else {
      const to = (side, key, step) => side[side.findIndex((one) => one.key === key) + step]?.key;
      const [r, c] = [to(rows, row, way[1]), to(columns, column, way[0])];
      if (r !== undefined && c !== undefined) this.put(item, r, c);
    }
    this.settle();
  }

  grab(event) {
    this.dragged = false;
    const chip = event.target.closest(".svd-moves");
    if (!chip || event.button > 0 || event.pointerType === "touch") return;
    this.held = chip;
    this.from = [event.clientX, event.clientY];
    this.edges = new EdgeScroll(this.figure, () => this.follow());
    chip.setPointerCapture(event.pointerId);
  }

  pull(event) {
    if (!this.held) return;
    this.pointer = event;
    if (!this.dragged && Math.hypot(event.clientX - this.from[0], event.clientY - this.from[1]) < 5) return;
    this.dragged = true;
    this.held.dataset.held = "";
    this.edges.at(event.clientY);
    this.follow();
  }

  /** The held chip under the pointer, also where the page is scrolled meanwhile. */
  follow() {
    const { clientX, clientY } = this.pointer;
    this.held.style.translate = `${clientX - this.from[0]}px ${clientY - this.from[1] + this.edges.way}px`;
    this.aim(this.under(this.pointer));
  }

  /** The cell under the pointer; the chip itself is looked through. */
  under(event) {
    const found = document.elementsFromPoint(event.clientX, event.clientY).map((one) => one.closest("[data-row]"));
    return found.find((one) => one && this.figure.contains(one)) ?? null;
  }

  aim(cell) {
    for (const old of this.figure.querySelectorAll("[data-aim]")) if (old !== cell) delete old.dataset.aim;
    const item = this.item(this.held?.dataset.item);
    if (cell && item && this.may(item, cell.dataset.row, cell.dataset.column)) cell.dataset.aim = "";
  }

  drop(event) {
    const chip = this.held;
    if (!chip) return;
    const cell = this.dragged && this.under(event);
    this.let();
    if (!cell) return;
    this.focused = chip.dataset.item;
    this.put(this.item(chip.dataset.item), cell.dataset.row, cell.dataset.column, true);
  }

  cancel() {
    this.let();
  }

  destroy() {
    this.let();
    super.destroy();
  }

  let() {
    this.edges?.stop();
    if (this.held) {
      delete this.held.dataset.held;
      this.held.style.translate = "";
    }
    this.held = null;
    this.aim(null);
  }

  /** Press an item, then a cell: the way of a finger, and of whoever cannot drag. */
  click(event) {
    if (this.dragged) {
      this.dragged = false;
      return;
    }
    const chip = event.target.closest(".svd-moves");
    const before = this.picked;
    this.pick(chip && !before ? chip.dataset.item : null);
    if (this.picked) {
      chip.focus({ preventScroll: true });
      return;
    }
    const cell = event.target.closest("[data-row]");
    const item = cell && this.item(before);
    if (!item || chip?.dataset.item === before) return;
    if (!this.may(item, cell.dataset.row, cell.dataset.column)) {
      this.pick(before);
      return;
    }
    this.focused = before;
    this.put(item, cell.dataset.row, cell.dataset.column);
  }

  /** Choose an item by name, or none, and show it: an answer draws the chips anew. */
  pick(name) {
    this.picked = name && this.item(name) ? name : null;
    this.figure.toggleAttribute("data-picking", Boolean(this.picked));
    for (const cell of this.figure.querySelectorAll("[data-row]")) {
      cell.toggleAttribute("data-shut", Boolean(this.picked) && !this.may(this.item(this.picked), cell.dataset.row, cell.dataset.column));
    }
    for (const chip of this.figure.querySelectorAll(".svd-moves")) {
      const item = this.item(chip.dataset.item);
      if (!item) continue;
      const on = this.picked === item.name;
      const place = placeName(this.part, ...this.now(item));
      chip.toggleAttribute("data-picked", on);
      chip.setAttribute("aria-valuetext", on ? say(WORDS.chosen, { place }) : place);
    }
  }

  type(event) {
    this.typing = event.target.closest(".svd-fill");
  }

  /** A cell that was filled: checked as in the table's own control. */
  change(event) {
    const box = event.target.closest(".svd-fill");
    if (!box) return;
    this.typing = null;
    const handle = where(box);
    const { value, problem } = check({ ...this.owner.target(handle), label: box.ariaLabel }, box.value);
    if (problem) this.wrong.set(cellOf(box), problem);
    else this.wrong.delete(cellOf(box));
    this.tell();
    if (problem) box.reportValidity();
    else this.owner.drag(handle, value, true);
  }
}

const where = (box) => ({ parameter: box.dataset.fillParameter, row: Number(box.dataset.fillRow), column: box.dataset.fillColumn });
const cellOf = (box) => JSON.stringify(where(box));

export class PlaneMoves extends Moving {
  spot(element) {
    return this.part.spots.find((one) => one.name === element?.dataset.spot);
  }

  /** Where a point is now: [x, y]. */
  now(spot) {
    const { parameter, row, across, down } = spot.move;
    const get = (column, other) => (column ? Number(this.owner.current({ parameter, row, column }) ?? other) : other);
    return [get(across, spot.x), get(down, spot.y)];
  }

  settle() {
    for (const element of this.figure.querySelectorAll(".svd-spot")) {
      const spot = this.spot(element);
      if (spot) this.show(element, spot, this.now(spot));
    }
  }

  show(element, spot, [x, y]) {
    const [left, top, w, h] = element.parentElement.dataset.field.split(" ").map(Number);
    const { x: across, y: up } = this.part;
    element.style.left = `${100 * (left + (w * (x - across.low)) / (across.high - across.low))}%`;
    element.style.top = `${100 * (top + h - (h * (y - up.low)) / (up.high - up.low))}%`;
    element.setAttribute("aria-valuenow", spot.move.across ? x : y);
    element.setAttribute("aria-valuetext", spotText(this.part, x, y));
  }

  /** Numbers on the steps of the table's columns, within the axes. */
  put(element, spot, [x, y], settle, dragged = false) {
    const { parameter, row, across, down } = spot.move;
    const changes = {};
    const take = (column, axis, value) => {
      if (!column) return;
      const p = this.owner.target({ parameter, column });
      changes[column] = snap({ step: p.step, low: Math.max(p.low, axis.low), high: Math.min(p.high, axis.high) }, value);
    };
    take(across, this.part.x, x);
    take(down, this.part.y, y);
    this.show(element, spot, [across ? changes[across] : spot.x, down ? changes[down] : spot.y]);
    this.owner.drag({ parameter, row }, changes, settle, dragged);
  }

  grab(event) {
    const element = event.target.closest(".svd-spot");
    if (!element || event.button > 0) return;
    event.preventDefault();
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    const box = element.getBoundingClientRect();
    this.held = element;
    this.off = [event.clientX - box.x - box.width / 2, event.clientY - box.y - box.height / 2];
  }

  pull(event) {
    if (!this.held) return;
    const stage = this.held.parentElement;
    const box = stage.getBoundingClientRect();
    const [left, top, w, h] = stage.dataset.field.split(" ").map(Number);
    const { x, y } = this.part;
    const across = ((event.clientX - this.off[0] - box.x) / box.width - left) / w;
    const up = 1 - ((event.clientY - this.off[1] - box.y) / box.height - top) / h;
    this.put(this.held, this.spot(this.held), [x.low + across * (x.high - x.low), y.low + up * (y.high - y.low)], false);
  }

  drop() {
    const element = this.held;
    this.held = null;
    if (element) this.put(element, this.spot(element), this.now(this.spot(element)), true, true);
  }

  cancel() {
    this.drop();
  }

  key(event) {
    const element = event.target.closest(".svd-spot");
    const spot = this.spot(element);
    if (!spot || !plain(event)) return;
    const { parameter, across, down } = spot.move;
    const far = event.key === "PageUp" ? -BIG : event.key === "PageDown" ? BIG : 0;
    const [dx, dy] = ARROWS[event.key] ?? (far ? [0, far] : []);
    if (dx === undefined) return;
    event.preventDefault();
    const [x, y] = this.now(spot);
    const step = (column) => (column ? this.owner.target({ parameter, column }).step : 0);
    // A point with one way takes every arrow for that way, as a slider does.
    const [right, up] = !down ? [dx - dy, 0] : !across ? [0, dx - dy] : [dx, -dy];
    this.put(element, spot, [x + right * step(across), y + up * step(down)], true);
  }
}

/** Pressing a loop in the list shows it in the picture; pressing it again shows what was shown. */
export class LoopLights extends Moving {
  click(event) {
    const name = event.target.closest("[data-act=light]")?.dataset.loop;
    if (!name) return;
    const own = this.part.lit ?? "";
    // What the author lit can be put out, too.
    this.lit = (this.lit ?? own) !== name ? name : name === own ? "" : undefined;
    this.settle();
  }

  settle() {
    if (this.lit && !this.part.loops.some((loop) => loop.name === this.lit)) this.lit = undefined;
    const lit = this.lit ?? this.part.lit;
    const set = (one, on) => one.toggleAttribute("data-lit", Boolean(on));
    for (const link of this.figure.querySelectorAll(".svd-link")) set(link, (this.lit === undefined && "strong" in link.dataset) || (lit && link.dataset.loops.split(" ").includes(lit)));
    for (const loop of this.figure.querySelectorAll(".svd-loop")) set(loop, loop.dataset.loop === lit);
    for (const button of this.figure.querySelectorAll("[data-act=light]")) button.ariaPressed = String(button.dataset.loop === lit);
  }
}

/** Links lead from page to page; a notebook has no pages beside it. */
export class MapLinks extends Moving {
  constructor(figure, part, owner, host) {
    super(figure, part, owner);
    this.pages = host.link;
    this.settle();
  }

  settle() {
    if (!this.pages) for (const link of this.figure.querySelectorAll("a.svd-go")) link.removeAttribute("href");
  }
}

const made = (Kind) => (figure, host, part, owner) => new Kind(figure, part, owner, host);

/** Who listens to which kind of part. */
export const MOVES = { matrix: made(MatrixMoves), plane: made(PlaneMoves), loops: made(LoopLights), map: made(MapLinks) };
