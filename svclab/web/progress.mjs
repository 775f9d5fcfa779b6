// What a reader has done, as it lies in the browser's storage, and how to read it whatever state
// it is in. Pure functions: the contents list on every page needs no more than this.

/** One key for the course; it does not change with a build. */
export const KEY = "svclab-progress";

const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
const text = (value) => (typeof value === "string" ? value : "");
const whole = (value) => (Number.isSafeInteger(value) && value > 0 ? value : 0);

/** A student number as it is compared, the same as svclab.practice.normal_id: blanks, width and case do not matter. */
export const normal = (number) => text(number).normalize("NFKC").replace(/\s+/g, "").toLowerCase();

/** A sentence's worth of rules: what Python would refuse anyway. */
export const isNumber = (number) => {
  const clean = normal(number);
  return clean.length > 0 && clean.length <= 40 && !clean.startsWith("~") && !/[/\p{C}]/u.test(clean);
};

const isRecord = (one) => isObject(one) && typeof one.exercise === "string" && isObject(one.answers) && Number.isSafeInteger(one.score) && typeof one.time === "string";

function entry(given) {
  if (!isObject(given)) return null;
  const clean = {
    variant: text(given.variant),
    practice: whole(given.practice),
    answers: isObject(given.answers) ? given.answers : {},
    check: isObject(given.check) && isObject(given.check.fields) ? given.check : null,
    hints: Array.isArray(given.hints) ? given.hints.filter((hint) => typeof hint === "string") : [],
    tries: whole(given.tries),
    solution_text: text(given.solution_text),
    records: Array.isArray(given.records) ? given.records.filter(isRecord) : [],
    done: given.done === true,
  };
  if (text(given.began)) clean.began = given.began;
  return clean;
}

const entries = (given) => {
  const found = {};
  for (const [name, one] of Object.entries(isObject(given) ? given : {})) {
    const clean = /^[\w.]+\/\d+$/.test(name) && entry(one);
    if (clean) found[name] = clean;
  }
  return found;
};

/** Nothing done yet. */
export const empty = () => ({ schema: 1, student: "", people: Object.create(null) });

/** The stored text as data; `spoilt` if it could not be read at all. What is strange is left out. */
export function read(stored) {
  if (!stored) return { data: empty(), spoilt: false };
  let given = null;
  try {
    given = JSON.parse(stored);
  } catch {
    // Cut short, or written by something else.
  }
  if (!isObject(given)) return { data: empty(), spoilt: true };
  const data = { ...empty(), student: isNumber(given.student) ? given.student : "" };
  for (const [who, person] of Object.entries(isObject(given.people) ? given.people : {})) {
    if (!isObject(person)) continue;
    const salt = /^[0-9a-f]{16}$/.test(person.salt) ? person.salt : "";
    data.people[who] = { salt, exercises: entries(person.exercises) };
  }
  return { data, spoilt: false };
}

/** Whose work is shown: the student's, or what was practised without a number. */
export const owner = (data) => normal(data.student) || "~";

export const exercisesOf = (data, who = owner(data)) => data.people[who]?.exercises ?? {};

export const bestOf = (one) => Math.max(-1, ...(one?.records ?? []).map((record) => record.score));

export const isDone = (one) => Boolean(one?.done) || bestOf(one) >= 100;

/** How far somebody is with an exercise of any version: {done, best, touched}. */
export function standing(data, name) {
  const found = Object.entries(exercisesOf(data)).filter(([key]) => key.slice(0, key.lastIndexOf("/")) === name).map(([, one]) => one);
  return {
    done: found.some(isDone),
    best: Math.max(-1, ...found.map(bestOf)),
    touched: found.some((one) => one.tries > 0),
  };
}

/** How many of these exercises are done. */
export const doneOf = (data, names) => names.filter((name) => standing(data, name).done).length;
