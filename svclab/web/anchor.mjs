// What grows and shrinks above a place that is looked at must not push it away.

/** What scrolls up and down around an element: a panel of JupyterLab, or the page. */
export function scroller(element) {
  for (let place = element.parentElement; place; place = place.parentElement) {
    const moves = /auto|scroll/.test(getComputedStyle(place).overflowY) && place.scrollHeight > place.clientHeight;
    if (moves && place !== document.body) return place;
  }
  return document.scrollingElement;
}

/** Remember where `element` stands; what is given back scrolls, so that it stands there again. */
export function held(element) {
  const before = element.getBoundingClientRect().top;
  return () => {
    const moved = element.getBoundingClientRect().top - before;
    if (moved) scroller(element).scrollTop += moved;
  };
}

/** The same while one of its points is dragged, else nothing. */
export const anchored = (element) => (element.querySelector(".svx-handles:focus-within") ? held(element) : () => {});
