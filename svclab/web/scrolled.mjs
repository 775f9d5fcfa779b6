// A finger that begins to scroll the page on a slider's track has set the slider at its first touch.
import { WORDS } from "./words.mjs";

/** Put such a slider back, and a guess that was not set yet to "not set". */
export function attachScrolled(root, { signal }) {
  let held = null;
  root.addEventListener("pointerdown", ({ target }) => {
    held = target.type === "range" ? { slider: target, value: target.value, unset: target.closest("[data-unset]") } : null;
  }, { signal });
  root.addEventListener("pointercancel", () => {
    const { slider, value, unset } = held ?? {};
    held = null;
    if (!slider || slider.value === value) return;
    slider.value = value;
    for (const type of ["input", "change"]) slider.dispatchEvent(new Event(type, { bubbles: true }));
    if (!unset) return;
    unset.dataset.unset = "";
    unset.querySelector(".svx-box").value = "";
    slider.setAttribute("aria-valuetext", WORDS.guessUnset);
  }, { signal });
}
