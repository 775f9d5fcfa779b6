// A watch of a service as a list of taps, and what follows from it. Nothing here knows of a page:
// undo is to drop the last tap, a reload is to read them again.

export const FORMAT = 1;
export const MOST_SERVERS = 9;
export const MOST_IN_LINE = 99;
export const MOST_TAPS = 12_000;
export const LONGEST_NAME = 60;

const KINDS = new Set(["here", "arrive", "balk", "start", "leave", "quit", "next", "open", "shut", "end"]);
const HEADER = ["customer", "date", "arrived", "started", "left", "server", "outcome", "servers_open", "watch_began", "watch_ended", "place"];

const whole = (value, low, high) => Number.isInteger(value) && value >= low && value <= high;
const two = (n) => String(n).padStart(2, "0");

/** A name as it may stand in a file: one line, no formula for a spreadsheet to run. */
export function cleanName(text) {
  return String(text ?? "").replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim().replace(/^[=+\-@]+\s*/, "").slice(0, LONGEST_NAME);
}

/** A new watch. `began` is the wall clock in ms, `offset` its minutes behind UTC, as JavaScript has it. */
export function newSession({ id, began, offset, place = "", servers = 1, inLine = 0 }) {
  const taps = [];
  for (let n = 1; n <= inLine; n += 1) taps.push([0, "here", n, 0]);
  return { format: FORMAT, id, place: cleanName(place), began, offset, servers, taps, exported: 0 };
}

/** What was kept, if it is a session: whatever else lies in the storage is refused. */
export function readSession(text) {
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    return null;
  }
  const fine = found && found.format === FORMAT && typeof found.id === "string" && /^[\w-]{1,40}$/.test(found.id)
    && whole(found.began, 0, 1e14) && whole(found.offset, -1000, 1000) && whole(found.servers, 1, MOST_SERVERS)
    && Array.isArray(found.taps) && found.taps.length <= MOST_TAPS && found.taps.every(isTap);
  if (!fine) return null;
  const { id, began, offset, servers, taps } = found;
  return { format: FORMAT, id, place: cleanName(found.place), began, offset, servers, taps, exported: Number(found.exported) || 0 };
}

function isTap(tap, place, taps) {
  return Array.isArray(tap) && tap.length === 4 && whole(tap[0], 0, 1e9) && KINDS.has(tap[1]) && whole(tap[2], 0, 1e5)
    && whole(tap[3], 0, MOST_SERVERS) && (place === 0 || !Array.isArray(taps[place - 1]) || tap[0] >= taps[place - 1][0]);
}

/** Who is where after all taps. */
export function stateOf(session) {
  const state = {
    customers: new Map(), waiting: [], serving: new Map(), open: new Set(), ended: null, came: 0,
    served: 0, balked: 0, quit: 0, last: null,
  };
  for (let n = 1; n <= session.servers; n += 1) state.open.add(n);
  for (const tap of session.taps) apply(state, tap);
  return state;
}

function apply(state, tap) {
  const [at, kind, number, server] = tap;
  const one = state.customers.get(number);
  state.last = tap;
  if (kind === "here" || kind === "arrive" || kind === "balk") {
    const fresh = { number, arrived: kind === "here" ? null : at, started: null, left: null, server: 0, outcome: "waiting", open: state.open.size };
    state.customers.set(number, fresh);
    if (kind !== "here") state.came += 1;
    if (kind === "balk") Object.assign(fresh, { left: at, outcome: "balked" });
    else state.waiting.push(number);
    if (kind === "balk") state.balked += 1;
  } else if (kind === "start" && one) {
    state.waiting = state.waiting.filter((other) => other !== number);
    state.serving.set(server, number);
    Object.assign(one, { started: at, server, outcome: "in service" });
  } else if (kind === "leave" && one) {
    state.serving.delete(one.server);
    state.served += 1;
    Object.assign(one, { left: at, outcome: "served" });
  } else if (kind === "quit" && one) {
    state.waiting = state.waiting.filter((other) => other !== number);
    state.quit += 1;
    Object.assign(one, { left: at, outcome: "gave up" });
  } else if (kind === "next" && one) {
    state.waiting = [number, ...state.waiting.filter((other) => other !== number)];
  } else if (kind === "open") state.open.add(server);
  else if (kind === "shut") state.open.delete(server);
  else if (kind === "end") state.ended = at;
}

/** The tap that a wish means now, or null if it cannot be: [kind, customer, server]. */
export function tapFor(state, wish, number = 0) {
  if (state.ended !== null) return null;
  const fresh = state.customers.size + 1;
  if (wish === "arrive" || wish === "balk") return [wish, fresh, 0];
  if (wish === "server") {
    const served = state.serving.get(number);
    if (served) return ["leave", served, number];
    return state.open.has(number) && state.waiting.length ? ["start", state.waiting[0], number] : null;
  }
  if (wish === "quit" || wish === "next") return state.waiting.includes(number) ? [wish, number, 0] : null;
  if (wish === "more") {
    for (let n = 1; n <= MOST_SERVERS; n += 1) if (!state.open.has(n)) return ["open", 0, n];
    return null;
  }
  if (wish === "fewer") {
    const free = [...state.open].filter((n) => !state.serving.has(n)).sort((a, b) => b - a);
    return free.length && state.open.size > 1 ? ["shut", 0, free[0]] : null;
  }
  return wish === "end" ? ["end", 0, 0] : null;
}

/** The last tap that can be taken back. */
export const undoable = (session) => {
  const last = session.taps.at(-1);
  return last && last[1] !== "here" ? last : null;
};

/** Local time of day at `ms` of the watch: { date, time }, in whole seconds, rounded down. */
export function clockAt(session, ms) {
  const local = new Date(session.began - session.offset * 60_000 + ms);
  return {
    date: `${local.getUTCFullYear()}-${two(local.getUTCMonth() + 1)}-${two(local.getUTCDate())}`,
    time: `${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}`,
  };
}

const cell = (value) => {
  const text = String(value ?? "");
  return /[",\n\r;]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
};

/** The file: a row for each customer. `now` is the ms of a watch that goes on. */
export function csvOf(session, now) {
  const state = stateOf(session);
  const end = state.ended ?? Math.max(now, session.taps.at(-1)?.[0] ?? 0);
  const shown = (ms) => (ms === null ? "" : clockAt(session, ms).time);
  // Rounded up, so that no time of the last second lies behind it.
  const watch = [clockAt(session, 0).time, clockAt(session, end + 999).time];
  const rows = [...state.customers.values()].sort((a, b) => a.number - b.number).map((one) => [
    one.number, clockAt(session, one.arrived ?? one.started ?? one.left ?? 0).date,
    shown(one.arrived), shown(one.started), shown(one.left), one.server || "", one.outcome, one.open, ...watch, session.place,
  ]);
  return [HEADER, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}

/** The file's name: no letter that a file system refuses. */
export function nameOf(session) {
  const { date, time } = clockAt(session, 0);
  const place = session.place.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 30);
  return `fieldkit-${date}-${time.slice(0, 5).replace(":", "")}${place ? `-${place}` : ""}.csv`;
}

/** Means in seconds, for the eye: the package measures from the file. */
export function summaryOf(session, now) {
  const state = stateOf(session);
  const end = state.ended ?? now;
  const all = [...state.customers.values()];
  const mean = (values) => (values.length ? values.reduce((sum, one) => sum + one, 0) / values.length / 1000 : null);
  return {
    ms: end, came: state.came, before: all.filter((one) => one.arrived === null).length, served: state.served, balked: state.balked, quit: state.quit,
    still: state.waiting.length + state.serving.size,
    wait: mean(all.filter((one) => one.arrived !== null && one.started !== null).map((one) => one.started - one.arrived)),
    service: mean(all.filter((one) => one.started !== null && one.left !== null).map((one) => one.left - one.started)),
  };
}
