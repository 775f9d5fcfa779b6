// On every page: the contents list says how many exercises of each chapter are done, and which.
// Its words stand in the markup, so that this stays small.
import { KEY, doneOf, read, standing } from "./progress.mjs";

const fill = (words, values) => words.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);

function stored() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return ""; // this browser keeps nothing
  }
}

function count(place, data) {
  const names = place.dataset.svclabCount.split(" ");
  const values = { n: doneOf(data, names), of: names.length };
  const [shown, spoken] = place.children;
  const all = values.n === values.of;
  shown.textContent = all ? `✓ ${values.n}/${values.of}` : `${values.n}/${values.of}`;
  spoken.textContent = fill(place.dataset.words, values);
  place.dataset.standing = all ? "done" : "";
}

function mark(place, data) {
  const { done, best } = standing(data, place.dataset.svclabMark);
  const how = done ? "done" : best > 0 ? "part" : "open";
  const points = Math.round(best * Number(place.dataset.points)) / 100;
  place.dataset.standing = how;
  place.textContent = fill(place.dataset[how], { n: points });
}

function show(data = read(stored()).data) {
  for (const place of document.querySelectorAll("[data-svclab-count]")) count(place, data);
  for (const place of document.querySelectorAll("[data-svclab-mark]")) mark(place, data);
}

show();
addEventListener("storage", (event) => (event.key === KEY || event.key === null) && show());
addEventListener("svclab:progress", (event) => show(event.detail));
