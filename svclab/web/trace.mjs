// Event-trace animation: a lane for each station, its queue of customers beside its servers.
// It never plays by itself; whoever asks for less motion gets steps instead of movement.
import { html, raw } from "./text.mjs";
import { clock, eventsUpTo, sentence, stateAt, timeline } from "./trace-model.mjs";
import { WORDS, say } from "./words.mjs";

const LANE = 58;
const SLOT = 24;
const LOG_LINES = 40;
const NARROW = 14; // letters of a lane's name beside which a phone has room for all counts
const SPEEDS = [0.25, 0.5, 1, 2, 4, 8];

const slotWidth = (servers) => (servers > 8 ? Math.max(12, 200 / servers) : 26);
const serversWidth = (servers) => slotWidth(servers) * Math.min(servers, 16) + 6;

/** Places are counted from the lane's right end, so a drawing fits any width. */
const slotX = (servers, slot) => -serversWidth(servers) + 4 + slotWidth(servers) * Math.min(slot, 15) + SLOT / 2;
const queueX = (servers, place) => -serversWidth(servers) - 16 - place * 20;
const laneY = (s) => s * LANE + 38;

const dot = (part, c, x, y) => {
  const customer = part.customers[c];
  return html`<g class="svx-dot" data-c="${c}" data-class="${(customer.class ?? 0) % 4}" transform="translate(${x} ${y})"><rect x="-9" y="-9" width="18" height="18"/><text y="3">${String(customer.id).slice(-3)}</text></g>`;
};

/** Where every visible customer stands: c -> [x, y]; a queue too long ends in a number. */
function places(part, state, room) {
  const found = new Map();
  const more = [];
  state.lanes.forEach((lane, s) => {
    const { servers } = part.stations[s];
    for (const { c, slot } of lane.served) found.set(c, [slotX(servers, slot), laneY(s)]);
    const fits = Math.max(1, Math.floor((room - serversWidth(servers) - 76) / 20));
    lane.queue.slice(0, fits).forEach((c, i) => found.set(c, [queueX(servers, i), laneY(s)]));
    more.push(Math.max(0, lane.queue.length - fits));
  });
  return { found, more };
}

const waiting = (state, s) => say(WORDS.waiting, { n: state.lanes[s].queue.length });
const busy = (part, state, s) =>
  ` · ${say(WORDS.busy, { busy: state.lanes[s].served.length, servers: part.stations[s].servers })}`;

function lanes(part, state) {
  return part.stations.map((station, s) => {
    const slots = Array.from({ length: Math.min(station.servers, 16) }, (_, i) => {
      const x = slotX(station.servers, i) - SLOT / 2;
      return html`<rect class="svx-slot-box" x="${x}" y="${laneY(s) - 12}" width="${Math.min(SLOT, slotWidth(station.servers) - 2)}" height="24" rx="3"/>`;
    });
    return html`<line class="svx-lane-line" x1="0" x2="100%" y1="${s * LANE + 56.5}" y2="${s * LANE + 56.5}"/><text class="svx-lane-name" x="0" y="${s * LANE + 15}">${station.label}</text><svg x="100%" y="0" overflow="visible"><text class="svx-lane-count" x="0" y="${s * LANE + 15}"><tspan data-waiting="${s}">${waiting(state, s)}</tspan><tspan class="svx-lane-busy" data-busy="${s}"${station.label.length > NARROW ? raw(" data-long") : ""}>${busy(part, state, s)}</tspan></text>${slots}</svg><text class="svx-lane-more" data-more="${s}" x="0" y="${laneY(s) + 4}"></text>`;
  });
}

// Before it is played, the picture shows a moment from the middle: an empty room says nothing.
const firstTime = (part) => part.end * 0.4;

function legend(part) {
  if (!(part.classes?.length > 1)) return null;
  return html`<p class="svx-legend">${part.classes.map((name, i) => html`<span><svg width="20" height="20" viewBox="-10 -10 20 20" aria-hidden="true"><g class="svx-dot" data-class="${i % 4}"><rect x="-9" y="-9" width="18" height="18"/></g></svg> ${name}</span>`)}</p>`;
}

const logLines = (part, line, t) => {
  const n = eventsUpTo(line.events, t);
  return line.events.slice(Math.max(0, n - LOG_LINES), n).reverse().map((e) => html`<li>${sentence(part, e)}</li>`);
};

export function renderTrace(part) {
  const line = timeline(part);
  const t = firstTime(part);
  const state = stateAt(part, line, t);
  const { found } = places(part, state, 330);
  const height = part.stations.length * LANE;
  const speed = (factor) => html`<option value="${factor}"${factor === 1 ? raw(" selected") : ""}>× ${factor}</option>`;
  return html`<figure class="svx-part svx-trace" data-kind="trace" data-keep="trace">${part.title && html`<figcaption>${part.title}</figcaption>`}
<div class="svx-trace-bar"><button type="button" class="svx-button svx-play" data-act="play">${WORDS.play}</button><button type="button" class="svx-button" data-act="next">${WORDS.step}</button><button type="button" class="svx-button" data-act="restart">${WORDS.restart}</button><label class="svx-speed">${WORDS.speed} <select data-act="speed">${SPEEDS.map(speed)}</select></label>
<label class="svx-time"><span class="svx-vh">${WORDS.time}</span><input type="range" data-act="time" min="0" max="${part.end}" step="${part.end / 1000}" value="${t}" aria-valuetext="${clock(t, part.unit)}"></label><output class="svx-clock">${say(WORDS.timeOf, { t: clock(t, part.unit).split(" ")[0], end: clock(part.end, part.unit).split(" ")[0], unit: part.unit })}</output></div>
<div class="svx-trace-body"><div class="svx-stage"><svg class="svx-lanes" width="100%" height="${height}" role="img" aria-label="${part.alt}">${lanes(part, state)}<svg class="svx-dots" x="100%" y="0" overflow="visible">${[...found].map(([c, [x, y]]) => dot(part, c, x, y))}</svg></svg></div>
<div class="svx-log" role="region" tabindex="0" aria-label="${WORDS.log}"><p class="svx-log-sums"><span class="svx-inside">${say(WORDS.inside, { n: state.inside })}</span> <span class="svx-done">${say(WORDS.done, { n: state.done })}</span></p><ol class="svx-log-lines">${logLines(part, line, t)}</ol></div></div>
${legend(part)}<p class="svx-vh svx-trace-said" aria-live="polite"></p></figure>`;
}

/** Plays one trace in its figure. `update` takes a new trace; `destroy` stops the clock. */
export class TracePlayer {
  constructor(figure, part) {
    this.figure = figure;
    this.still = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)") ?? { matches: false };
    this.listeners = new AbortController();
    const on = (name, act) => figure.addEventListener(name, act, { signal: this.listeners.signal });
    on("click", (event) => this.#click(event.target.closest("[data-act]")?.dataset.act));
    on("input", (event) => this.#input(event.target));
    this.sizes = new ResizeObserver(() => this.#draw(true));
    this.#take(part);
  }

  /** A new document: the play starts over, unless the trace is the same. */
  update(part) {
    if (JSON.stringify(part) === JSON.stringify(this.part)) return;
    this.#pause();
    const fresh = document.createElement("template");
    fresh.innerHTML = String(renderTrace(part));
    this.figure.replaceChildren(...fresh.content.firstElementChild.childNodes);
    this.#take(part);
  }

  destroy() {
    this.#pause();
    this.listeners.abort();
    this.sizes.disconnect();
  }

  #take(part) {
    this.part = part;
    this.line = timeline(part);
    this.t = firstTime(part);
    this.untouched = true;
    this.dots = new Map();
    this.layer = this.figure.querySelector(".svx-dots");
    for (const g of this.layer.children) this.dots.set(Number(g.dataset.c), { g, at: null });
    this.logged = -1;
    this.sizes.disconnect();
    this.sizes.observe(this.figure.querySelector(".svx-stage"));
    this.#draw(true);
  }

  #click(act) {
    if (act === "play") this.frame ? this.#pause() : this.#play();
    if (act === "next") this.#next();
    if (act === "restart") {
      this.#pause();
      this.#seek(0);
    }
  }

  #input(target) {
    if (target.dataset.act === "time") this.#seek(Number(target.value));
  }

  #seek(t) {
    this.untouched = false;
    this.t = Math.max(0, Math.min(this.part.end, t));
    this.#draw(true);
  }

  #next() {
    this.#pause();
    const event = this.line.events[eventsUpTo(this.line.events, this.t)];
    this.#seek(event ? event.t : this.part.end);
    this.figure.querySelector(".svx-trace-said").textContent = event ? sentence(this.part, event) : "";
  }

  #play() {
    if (this.untouched || this.t >= this.part.end) this.#seek(0);
    this.figure.querySelector("[data-act=play]").textContent = WORDS.pause;
    let before = performance.now();
    const tick = (now) => {
      const passed = Math.min(0.25, (now - before) / 1000);
      // With less motion wanted the picture changes twice a second, without movement between.
      if (this.still.matches && now - before < 500) {
        this.frame = requestAnimationFrame(tick);
        return;
      }
      const seconds = this.still.matches ? (now - before) / 1000 : passed;
      before = now;
      const factor = Number(this.figure.querySelector("[data-act=speed]").value);
      this.t = Math.min(this.part.end, this.t + seconds * factor * (this.part.speed || 1));
      this.#draw(this.still.matches, seconds);
      if (this.t >= this.part.end) this.#pause();
      else this.frame = requestAnimationFrame(tick);
    };
    this.frame = requestAnimationFrame(tick);
  }

  #pause() {
    if (this.frame) cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.figure.querySelector("[data-act=play]").textContent = WORDS.play;
  }

  #draw(jump, seconds = 0) {
    const { part } = this;
    const state = stateAt(part, this.line, this.t);
    const room = this.figure.querySelector(".svx-stage").clientWidth || 330;
    const { found, more } = places(part, state, room);
    // Each customer runs towards its place; a share of the way per frame looks smooth at any rate.
    const share = jump ? 1 : 1 - Math.exp(-seconds / 0.09);
    for (const [c, place] of found) {
      let known = this.dots.get(c);
      if (!known) {
        this.layer.insertAdjacentHTML("beforeend", String(dot(part, c, -room, place[1])));
        known = { g: this.layer.lastElementChild, at: [-room + 10, place[1]] };
        this.dots.set(c, known);
      }
      const from = known.at ?? place;
      known.at = [from[0] + (place[0] - from[0]) * share, from[1] + (place[1] - from[1]) * share];
      known.g.setAttribute("transform", `translate(${known.at[0].toFixed(1)} ${known.at[1].toFixed(1)})`);
    }
    for (const [c, known] of this.dots) {
      if (found.has(c)) continue;
      known.g.remove();
      this.dots.delete(c);
    }
    this.#texts(state, more);
  }

  #texts(state, more) {
    const { part, figure } = this;
    const put = (element, text) => {
      if (element.textContent !== text) element.textContent = text;
    };
    for (const element of figure.querySelectorAll("[data-waiting]")) put(element, waiting(state, Number(element.dataset.waiting)));
    for (const element of figure.querySelectorAll("[data-busy]")) put(element, busy(part, state, Number(element.dataset.busy)));
    for (const element of figure.querySelectorAll("[data-more]")) {
      const n = more[Number(element.dataset.more)];
      put(element, n ? say(WORDS.moreWaiting, { n }) : "");
    }
    const now = clock(this.t, part.unit);
    const slider = figure.querySelector("[data-act=time]");
    slider.max = part.end;
    slider.step = part.end / 1000;
    slider.value = this.t;
    slider.setAttribute("aria-valuetext", now);
    put(figure.querySelector(".svx-clock"), say(WORDS.timeOf, { t: now.split(" ")[0], end: clock(part.end, part.unit).split(" ")[0], unit: part.unit }));
    put(figure.querySelector(".svx-inside"), say(WORDS.inside, { n: state.inside }));
    put(figure.querySelector(".svx-done"), say(WORDS.done, { n: state.done }));
    const n = eventsUpTo(this.line.events, this.t);
    if (n === this.logged) return;
    this.logged = n;
    figure.querySelector(".svx-log-lines").innerHTML = logLines(part, this.line, this.t).join("");
  }
}
