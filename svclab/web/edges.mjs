// What is dragged to the upper or lower edge of what can be seen scrolls it, so that a cell beyond
// the edge can be reached.
import { scroller } from "./anchor.mjs";

const EDGE = 40; // px from the edge at which it begins
const SLOW = 150; // px a second there
const FAST = 900; // px a second at the edge itself and beyond

export class EdgeScroll {
  /** `scrolled` is told each time, for what hangs on the pointer. */
  constructor(element, scrolled) {
    this.place = scroller(element);
    this.begin = this.place.scrollTop;
    this.scrolled = scrolled;
  }

  /** How far the place was scrolled since the drag began, in px. */
  get way() {
    return this.place.scrollTop - this.begin;
  }

  /** The pointer is at this height of the window. */
  at(y) {
    this.y = y;
    if (!this.frame && this.#speed()) this.#wait(performance.now());
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
  }

  /** px a second: above 0 down, below 0 up, 0 away from the edges. */
  #speed() {
    const whole = this.place === document.scrollingElement;
    const box = whole ? { top: 0, bottom: innerHeight } : this.place.getBoundingClientRect();
    const up = Math.max(0, box.top) + EDGE - this.y;
    const down = this.y - (Math.min(innerHeight, box.bottom) - EDGE);
    const share = Math.min(1, Math.max(up, down) / EDGE);
    return share > 0 ? Math.sign(down - up) * (SLOW + share * (FAST - SLOW)) : 0;
  }

  #wait(last) {
    this.frame = requestAnimationFrame((now) => {
      const speed = this.#speed();
      this.frame = 0;
      if (!speed) return;
      // A page that was busy for long must not leap.
      const before = this.place.scrollTop;
      this.place.scrollBy({ top: (speed * Math.min(50, Math.max(8, now - last))) / 1000, behavior: "instant" });
      if (this.place.scrollTop !== before) this.scrolled();
      this.#wait(now);
    });
  }
}
