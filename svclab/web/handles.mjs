// Points of a chart that can be dragged. Each sets a number, or a cell of a table: the same value
// that a slider or box sets, so that nothing can be reached by dragging alone.
import { spoken } from "./controls.mjs";

const BIG = 10; // steps of Page Up and Page Down

/** A value on the control's own steps, between its ends, without binary dust. */
export function snap(p, value) {
  const most = Math.floor((p.high - p.low) / p.step + 1e-9);
  const steps = Math.min(most, Math.max(0, Math.round((value - p.low) / p.step)));
  return Number((p.low + steps * p.step).toPrecision(12));
}

/** Where a handle stands when its parameter has a value: [x, y] in the chart's numbers. */
export function placeOf(handle, value) {
  const along = handle.axis === "y" ? 1 : 0;
  const path = handle.path ?? [];
  for (let i = 0; i + 1 < path.length; i += 1) {
    const [from, to] = [path[i][along], path[i + 1][along]];
    if ((value - from) * (value - to) > 0) continue;
    const t = from === to ? 0 : (value - from) / (to - from);
    return [0, 1].map((k) => path[i][k] + t * (path[i + 1][k] - path[i][k]));
  }
  return along ? [handle.x, value] : [value, handle.y];
}

/**
 * The value that a pointer asks for, along the handle's own axis alone: on a steep curve a handle
 * of x goes as far sideways as the pointer does. `toNumbers` turns pixels into numbers.
 */
export const valueAt = (handle, p, pointer, toNumbers) =>
  snap(p, toNumbers(pointer)[handle.axis === "y" ? 1 : 0]);

/** The value that a key asks for, or null if the key means nothing here. */
export function valueAfter(key, p, value) {
  const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: BIG, PageDown: -BIG }[key];
  if (steps) return snap(p, value + steps * p.step);
  return { Home: snap(p, p.low), End: snap(p, p.high) }[key] ?? null;
}

const along = (handle) => (handle.axis === "y" ? 1 : 0);
const valueOf = (handle) => (handle.axis === "y" ? handle.y : handle.x);

/**
 * The handles above one chart. `owner` gives `target(handle)`, what is known of its parameter (low,
 * high, step, unit, label), `current(handle)`, its value now, and takes `drag(handle, value, settle, dragged)`.
 */
export class Handles {
  constructor(place, owner) {
    Object.assign(this, { place, owner, list: [], view: null });
  }

  /** Show the handles of a part on a chart that Vega has drawn. */
  show(part, view, slot) {
    Object.assign(this, { view, slot });
    const handles = part.handles ?? [];
    while (this.list.length > handles.length) this.list.pop().element.remove();
    handles.forEach((handle, i) => {
      const p = this.owner.target(handle);
      if (!p) return;
      const one = (this.list[i] ??= this.#make());
      const value = valueOf(handle);
      // An answer to a place that the reader has left must not pull the point back.
      const now = this.owner.current(handle) ?? value;
      const late = Math.abs(now - value) > 1e-9;
      Object.assign(one, { handle, p });
      this.#set(one, late ? now : value, late ? null : [handle.x, handle.y]);
    });
  }

  #make() {
    const element = document.createElement("div");
    const one = { element, held: false };
    element.className = "svx-handle";
    element.setAttribute("role", "slider");
    element.tabIndex = 0;
    element.addEventListener("pointerdown", (event) => this.#grab(one, event));
    element.addEventListener("pointermove", (event) => this.#pull(one, event));
    for (const name of ["pointerup", "pointercancel"]) element.addEventListener(name, () => this.#drop(one));
    element.addEventListener("keydown", (event) => this.#key(one, event));
    this.place.append(element);
    return one;
  }

  /** Put a handle where its value is, and say the value. */
  #set(one, value, at = null) {
    one.value = value;
    const { element, handle, p } = one;
    const [x, y] = this.#toPixels(at ?? placeOf(handle, value));
    const corner = this.place.getBoundingClientRect();
    const screen = new DOMPoint(x, y).matrixTransform(this.#matrix());
    element.style.left = `${(screen.x - corner.x).toFixed(1)}px`;
    element.style.top = `${(screen.y - corner.y).toFixed(1)}px`;
    const said = {
      "aria-label": handle.label || p.label,
      "aria-valuemin": p.low,
      "aria-valuemax": p.high,
      "aria-valuenow": value,
      "aria-valuetext": spoken(p, value),
      "aria-orientation": handle.axis === "y" ? "vertical" : "horizontal",
    };
    for (const [name, text] of Object.entries(said)) element.setAttribute(name, text);
  }

  #grab(one, event) {
    if (event.button > 0) return;
    event.preventDefault();
    one.element.focus({ preventScroll: true });
    one.element.setPointerCapture(event.pointerId);
    const box = one.element.getBoundingClientRect();
    one.held = true;
    one.off = [event.clientX - box.x - box.width / 2, event.clientY - box.y - box.height / 2];
  }

  #pull(one, event) {
    if (!one.held) return;
    const pointer = new DOMPoint(event.clientX - one.off[0], event.clientY - one.off[1]).matrixTransform(this.#matrix().inverse());
    const both = this.#together(one);
    const values = both.map((each) => valueAt(each.handle, each.p, [pointer.x, pointer.y], (at) => this.#toNumbers(at)));
    const at = both.length > 1 ? [0, 1].map((k) => values[both.findIndex((each) => along(each.handle) === k)]) : null;
    both.forEach((each, i) => this.#move(each, values[i], false, at));
  }

  #drop(one) {
    if (!one.held) return;
    one.held = false;
    for (const each of this.#together(one)) this.owner.drag(each.handle, each.value, true, true);
  }

  /** A handle of x and one of y that stand on one point are pulled together, anywhere in the plane. */
  #together(one) {
    const free = (each) => !each.handle.path;
    const same = (each) => each.handle.x === one.handle.x && each.handle.y === one.handle.y;
    const other = this.list.find((each) => free(each) && same(each) && along(each.handle) !== along(one.handle));
    return free(one) && other ? [one, other] : [one];
  }

  #key(one, event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    // At a point that two handles share an arrow goes its own way, whichever has the focus.
    const both = this.#together(one);
    const way = { ArrowRight: 0, ArrowLeft: 0, ArrowUp: 1, ArrowDown: 1 }[event.key];
    const moved = (both.length > 1 && both.find((each) => along(each.handle) === way)) || one;
    const value = valueAfter(event.key, moved.p, moved.value);
    if (value === null) return;
    event.preventDefault();
    const at = both.length > 1 ? [0, 1].map((k) => {
      const each = both.find((other) => along(other.handle) === k);
      return each === moved ? value : each.value;
    }) : null;
    for (const each of both) if (each !== moved) this.#move(each, each.value, false, at);
    this.#move(moved, value, true, at);
  }

  #move(one, value, settle, at = null) {
    const moved = value !== one.value;
    if (moved || at) this.#set(one, value, at);
    if (!moved) return;
    this.owner.drag(one.handle, value, settle);
  }

  #toPixels([x, y]) {
    return [this.view.scale("x")(x), this.view.scale("y")(y)];
  }

  #toNumbers([x, y]) {
    return [this.view.scale("x").invert(x), this.view.scale("y").invert(y)];
  }

  /** From the plot's own pixels to the screen's: the drawing knows where its axes begin. */
  #matrix() {
    return this.slot.querySelector(".root > g").getScreenCTM();
  }
}
