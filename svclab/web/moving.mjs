// What a reader does in a diagram: moves an item from cell to cell, fills a cell, drags a point,
// lights a loop. Each sets cells of a table parameter, as typing in that table does.
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
    const events = { pointerdown: "grab", pointermove: "pull", pointerup: "drop", pointercancel: "cancel", keydown: "key", click: "click", change: "change", focusin: "enter", focusout: "leave" };
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

export class MatrixMoves extends Moving {
  item(name) {
    return this.part.items.find((one) => one.name === name && one.move);
  }

  /** Where an item is now, as the reader has it. */
  now(item) {
    const { parameter, row, across, down } = item.move;
    const get = (column, other) => (column ? this.owner.current({ parameter, row, column }) ?? other : other);
    const [r, c] = [get(down, item.row), get(across, item.column)].map((key) => (key === undefined || key === null ? "" : String(key)));
    return r === "" || c === "" ? ["", ""] : [r, c];
  }

  /** May an item stand there? Only along the ways that it can move; below the grid if its table allows. */
  may(item, row, column) {
    const { parameter, across, down } = item.move;
    const [r, c] = this.now(item);
    if (row === "") {
      return [across, down].every((name) => {
        const options = name && this.owner.target({ parameter, column: name })?.options;
        return options ? options.some((o) => o.value === "") : false;
      });
    }
    return (down || row === (r || item.row)) && (across || column === (c || item.column));
  }

  put(item, row, column) {
    const [r, c] = this.now(item);
    if (!this.may(item, row, column) || (r === row && c === column)) return;
    const { parameter, across, down } = item.move;
    const as = (name, key) => (this.owner.target({ parameter, column: name })?.kind === "choice" ? key : Number(key));
    const changes = {};
    if (across) changes[across] = as(across, column);
    if (down) changes[down] = as(down, row);
    this.owner.drag({ parameter, row: item.move.row }, changes, true);
    this.settle();
  }

  /** Other parameters were set, by undo, reset or a link: a cell that was wrong is so no more. */
  renew() {
    this.right(this.wrong);
    this.settle();
  }

  right(box) {
    this.wrong = null;
    box?.setCustomValidity("");
    box?.removeAttribute("aria-invalid");
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
      chip.setAttribute("aria-valuetext", placeName(this.part, row, column));
    }
    for (const box of this.figure.querySelectorAll(".svd-fill")) {
      const value = this.owner.current(where(box));
      if (value !== undefined && box !== this.wrong) box.value = value;
    }
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
    const chip = event.target;
    setTimeout(() => {
      if (chip.isConnected && document.activeElement === document.body) this.focused = null;
    });
  }

  key(event) {
    const chip = event.target.closest(".svd-moves");
    const item = chip && this.item(chip.dataset.item);
    if (!item || !plain(event)) return;
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
    const chip = event.target.closest(".svd-moves");
    if (!chip || event.button > 0 || event.pointerType === "touch") return;
    this.held = chip;
    this.from = [event.clientX, event.clientY];
    this.dragged = false;
    chip.setPointerCapture(event.pointerId);
  }

  pull(event) {
    if (!this.held) return;
    const [dx, dy] = [event.clientX - this.from[0], event.clientY - this.from[1]];
    if (!this.dragged && Math.hypot(dx, dy) < 5) return;
    this.dragged = true;
    this.held.dataset.held = "";
    this.held.style.translate = `${dx}px ${dy}px`;
    this.aim(this.under(event));
  }

  /** The cell under the pointer; the chip itself is looked through. */
  under(event) {
    const found = document.elementsFromPoint(event.clientX, event.clientY).map((one) => one.closest("[data-row]"));
    return found.find((one) => one && this.figure.contains(one)) ?? null;
  }

  aim(cell) {
    for (const old of this.figure.querySelectorAll("[data-aim]")) if (old !== cell) delete old.dataset.aim;
    const item = this.item((this.held ?? this.picked)?.dataset.item);
    if (cell && item && this.may(item, cell.dataset.row, cell.dataset.column)) cell.dataset.aim = "";
  }

  drop(event) {
    const chip = this.held;
    if (!chip) return;
    const cell = this.dragged && this.under(event);
    this.let();
    if (!cell) return;
    this.focused = chip.dataset.item;
    this.put(this.item(chip.dataset.item), cell.dataset.row, cell.dataset.column);
  }

  cancel() {
    this.let();
  }

  let() {
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
    if (before) this.unpick(before);
    this.picked = null;
    delete this.figure.dataset.picking;
    if (chip && chip !== before && !before) {
      this.picked = chip;
      chip.dataset.picked = "";
      chip.setAttribute("aria-valuetext", say(WORDS.chosen, { place: this.stands(chip) }));
      chip.focus({ preventScroll: true });
      this.figure.dataset.picking = "";
      return;
    }
    const cell = event.target.closest("[data-row]");
    const item = before && cell && this.item(before.dataset.item);
    if (!item) return;
    this.focused = before.dataset.item;
    this.put(item, cell.dataset.row, cell.dataset.column);
  }

  stands(chip) {
    return placeName(this.part, ...this.now(this.item(chip.dataset.item)));
  }

  unpick(chip) {
    delete chip.dataset.picked;
    if (this.item(chip.dataset.item)) chip.setAttribute("aria-valuetext", this.stands(chip));
  }

  /** A cell that was filled: checked as in the table's own control. */
  change(event) {
    const box = event.target.closest(".svd-fill");
    if (!box) return;
    const handle = where(box);
    const column = this.owner.target(handle);
    const { value, problem } = check({ ...column, label: box.ariaLabel }, box.value);
    if (problem) {
      this.wrong = box;
      box.setCustomValidity(problem);
      box.setAttribute("aria-invalid", "true");
      box.reportValidity();
      return;
    }
    this.right(box);
    this.owner.drag(handle, value, true);
  }
}

const where = (box) => ({ parameter: box.dataset.fillParameter, row: Number(box.dataset.fillRow), column: box.dataset.fillColumn });

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
  put(element, spot, [x, y], settle) {
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
    this.owner.drag({ parameter, row }, changes, settle);
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
    if (element) this.put(element, this.spot(element), this.now(this.spot(element)), true);
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
    const button = event.target.closest("[data-act=light]");
    if (!button) return;
    const name = button.dataset.loop;
    this.lit = (this.lit ?? this.part.lit ?? "") === name ? "" : name;
    this.settle();
  }

  settle() {
    if (this.lit === undefined) return;
    const set = (one, on) => (on ? (one.dataset.lit = "") : delete one.dataset.lit);
    for (const link of this.figure.querySelectorAll(".svd-link")) set(link, link.dataset.loops.split(" ").includes(this.lit));
    for (const loop of this.figure.querySelectorAll(".svd-loop")) set(loop, loop.dataset.loop === this.lit);
    for (const button of this.figure.querySelectorAll("[data-act=light]")) button.ariaPressed = String(button.dataset.loop === this.lit);
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
