// What makes a page live: it starts Python and loads what the page holds, and no more.
import { Python } from "./python.mjs";
import { WORDS, say } from "./words.mjs";

/** How Python is doing, in the words of an explorable. */
function statusOfExplorable(now, python, one) {
  if (now.state === "live") one.status(WORDS.live);
  else if (now.state === "failed") one.status(say(WORDS.failed, { reason: now.message }), () => python.start());
  else one.status(now.share ? say(WORDS.startingShare, { percent: Math.round(now.share * 100) }) : WORDS.starting);
}

/** An exercise can be read and filled in meanwhile: only trouble is worth a word. */
function statusOfExercise(now, python, one) {
  if (now.state === "failed") one.status(say(WORDS.failedExercises, { reason: now.message }), () => python.start());
  else one.status("");
}

async function begin() {
  const shown = [];
  let state = {};
  let done;
  const decided = new Promise((resolve) => (done = resolve));
  const python = new Python((now) => {
    state = now;
    for (const { one, status } of shown) status(state, python, one);
    if (now.state !== "starting") done();
  });
  const telling = (status) => (one) => {
    shown.push({ one, status });
    status(state, python, one);
  };
  const holds = (kind) => document.querySelector(kind) !== null;
  // Python takes longest, so it starts first. A page that only lists exercises needs it when a
  // file is imported, if ever.
  if (holds("svclab-exercise, svclab-explorable")) python.start();
  // Exercises first: own numbers take the place of others, and the sooner the less is seen of it.
  if (holds("svclab-exercise, svclab-student")) {
    const { begin: attach } = await import("./page-exercises.mjs");
    attach(python, { tell: telling(statusOfExercise) });
  }
  if (holds("svclab-explorable")) {
    const { begin: attach } = await import("./page-explorables.mjs");
    await attach(python, { tell: telling(statusOfExplorable), decided });
  }
  document.documentElement.dataset.svclabReady = "";
}

begin();
