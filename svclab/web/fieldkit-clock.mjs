// A clock that never runs backwards. While the page is open it counts by the browser's own
// counter, so that a phone that sets its time anew changes nothing. That counter stands still
// while a phone sleeps and begins anew with a reload; only then the wall clock is believed, and
// never when it says less than was counted already.

const SLEPT = 1500; // ms by which the wall clock must be ahead before it is believed

export class Clock {
  /** `began`: wall clock at the start of the watch in ms; `known`: ms of the watch that have passed for sure. */
  constructor(began, known = 0, { counter = () => performance.now(), wall = () => Date.now() } = {}) {
    Object.assign(this, { began, counter, wall });
    this.last = Math.max(known, Math.round(wall() - began), 0);
    this.from = this.last;
    this.at = counter();
  }

  /** Whole ms since the start of the watch. */
  now() {
    this.last = Math.max(this.last, Math.round(this.from + this.counter() - this.at));
    return this.last;
  }

  /** The page was hidden and is seen again: the phone may have slept. */
  wake() {
    const counted = this.now();
    const walled = Math.round(this.wall() - this.began);
    if (walled <= counted + SLEPT) return;
    this.from = this.last = walled;
    this.at = this.counter();
  }
}
