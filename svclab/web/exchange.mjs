// Answers as a file: out of the store, and back into it without losing what is better.
import { bestOf, exercisesOf, isDone, owner } from "./progress.mjs";

const MIME = "application/vnd.svclab.record+json";

/** The export file of whoever's work is shown: its name and its text; null if there is nothing. */
export function exported(data, made) {
  const records = Object.values(exercisesOf(data)).flatMap((one) => one.records);
  if (!records.length) return null;
  const who = data.student ? owner(data).replace(/[^\p{L}\p{N}._-]+/gu, "_") : "practice";
  const text = JSON.stringify({ schema: 1, course: "svclab", made, records }, null, 1);
  return { name: `svclab-${who}.json`, text, exercises: new Set(records.map((one) => one.exercise)).size };
}

/** The records that a file holds, as Python reads them: an export file's, or a notebook's. */
export function found(text) {
  let given;
  try {
    given = JSON.parse(text);
  } catch {
    return null;
  }
  if (Array.isArray(given?.records)) return given;
  if (!Array.isArray(given?.cells)) return null;
  const records = [];
  for (const cell of given.cells) {
    for (const output of Array.isArray(cell?.outputs) ? cell.outputs : []) {
      const held = output?.data?.[MIME];
      if (Array.isArray(held?.records)) records.push(...held.records);
    }
  }
  return { schema: 1, records };
}

const sameNumbers = (one, other) => one.variant === other.variant && one.version === other.version;

/** Of all records of one exercise the best and the last, as svclab.practice.records.kept has them. */
export function kept(records) {
  const inTime = [...records].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0));
  const last = inTime.at(-1);
  const best = inTime.reduce((high, one) => (one.score > high.score ? one : high), inTime[0]);
  return best === last ? [best] : [best, last];
}

/** Put records into the data; gives the names of the exercises that have gained by it. */
export function merge(data, records) {
  const gained = new Set();
  for (const record of records) {
    const who = record.student ? owner(data) : "~";
    const key = `${record.exercise}/${record.version}`;
    const person = (data.people[who] ??= { salt: record.student?.salt ?? "", exercises: {} });
    const before = person.exercises[key] ?? { variant: record.variant, practice: record.practice ?? 0, answers: {}, check: null, hints: [], tries: 0, solution_text: "", records: [] };
    const known = before.records.some((one) => one.checksum === record.checksum);
    if (known) continue;
    const was = [isDone(before), JSON.stringify(before.records)];
    const fits = (!before.records.length && !Object.keys(before.answers).length) || before.variant === record.variant;
    const after = { ...before, done: isDone(before) || record.score >= 100 };
    // Answers to other practice numbers do not belong beside these; that it was done does.
    if (fits) {
      const all = [...before.records.filter((one) => sameNumbers(one, record)), record];
      Object.assign(after, { variant: record.variant, practice: record.practice ?? 0, records: kept(all), tries: Math.max(before.tries, record.tries ?? 0) });
      if (!Object.keys(before.answers).length) after.answers = after.records.at(-1).answers;
    }
    person.exercises[key] = after;
    if (was[0] !== isDone(after) || was[1] !== JSON.stringify(after.records) || bestOf(after) > bestOf(before)) gained.add(record.exercise);
  }
  return gained;
}

/** What lies on the device, counted: for the question before it is erased. */
export function inventory(data) {
  const all = Object.values(data.people).flatMap((person) => Object.values(person.exercises));
  const answered = all.filter((one) => one.records.length || one.done);
  const typed = all.filter((one) => !answered.includes(one) && (one.tries || one.hints.length || Object.keys(one.answers).length));
  return { number: Boolean(data.student), answered: answered.length, typed: typed.length };
}
