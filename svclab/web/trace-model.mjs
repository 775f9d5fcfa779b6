// The event trace as numbers: which events there are, and who is where at a time. Pure, so that
// the picture, the log and the tests share it.
import { shown } from "./text.mjs";
import { WORDS, say } from "./words.mjs";

const ORDER = { finish: 0, leave: 1, arrive: 2, start: 3 };
const at = (time) => (typeof time === "number" ? time : Infinity);

/** All events in the order of time, and the server that each visit uses. */
export function timeline(part) {
  const events = [];
  const visits = part.stations.map(() => []);
  part.customers.forEach((customer, c) => {
    customer.visits.forEach(([station, arrive, start, finish], v) => {
      visits[station].push({ c, arrive: at(arrive), start: at(start), finish: at(finish), slot: 0 });
      const last = v === customer.visits.length - 1;
      for (const [kind, t] of [["arrive", arrive], ["start", start], ["finish", finish]]) {
        if (at(t) <= part.end) events.push({ t, kind, c, station });
      }
      if (last && at(finish) <= part.end) events.push({ t: finish, kind: "leave", c, station });
    });
  });
  events.sort((a, b) => a.t - b.t || ORDER[a.kind] - ORDER[b.kind] || a.c - b.c);
  visits.forEach((list, s) => assignSlots(list, part.stations[s].servers));
  return { events, visits };
}

/** The documents say when, not at which server: the first one free takes the customer. */
function assignSlots(list, servers) {
  const free = new Array(Math.max(1, servers)).fill(-Infinity);
  list.sort((a, b) => a.start - b.start || a.arrive - b.arrive || a.c - b.c);
  for (const visit of list) {
    if (visit.start === Infinity) continue;
    let slot = free.findIndex((until) => until <= visit.start + 1e-9);
    if (slot < 0) slot = free.indexOf(Math.min(...free));
    visit.slot = slot;
    free[slot] = visit.finish;
  }
}

/** Who waits and who is served at each station at time t; customers by their place in the list. */
export function stateAt(part, line, t) {
  const lanes = line.visits.map((list) => {
    const queue = [];
    const served = [];
    for (const v of list) {
      if (v.arrive > t || v.finish <= t) continue;
      if (v.start <= t) served.push({ c: v.c, slot: v.slot });
      else queue.push(v);
    }
    queue.sort((a, b) => a.start - b.start || a.arrive - b.arrive || a.c - b.c);
    return { queue: queue.map((v) => v.c), served };
  });
  const inside = new Set(lanes.flatMap((lane) => [...lane.queue, ...lane.served.map((s) => s.c)]));
  const done = part.customers.filter((k) => k.visits.length && at(k.visits.at(-1)[3]) <= t).length;
  return { lanes, inside: inside.size, done };
}

/** Number of events up to and including time t. */
export function eventsUpTo(events, t) {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const mid = (low + high) >> 1;
    if (events[mid].t <= t + 1e-9) low = mid + 1;
    else high = mid;
  }
  return low;
}

const SENTENCE = { arrive: "arrives", start: "starts", finish: "finishes", leave: "leaves" };

export const clock = (t, unit) => `${shown(t, t < 100 ? 1 : 0)} ${unit}`;

/** One event as a sentence for the log. */
export function sentence(part, event) {
  const customer = part.customers[event.c];
  const name = part.classes?.length > 1
    ? say(WORDS.classCustomer, { id: customer.id, class: part.classes[customer.class] })
    : say(WORDS.customer, { id: customer.id });
  return say(WORDS[SENTENCE[event.kind]], {
    t: clock(event.t, part.unit),
    customer: name,
    station: part.stations[event.station].label,
  });
}
