// While a reader drags a point, sentences above the picture grow and shrink: the page scrolls by
// as much, so that the point stays under the hand.

function scroller(element) {
  for (let place = element.parentElement; place; place = place.parentElement) {
    const moves = /auto|scroll/.test(getComputedStyle(place).overflowY) && place.scrollHeight > place.clientHeight;
    if (moves && place !== document.body) return place;
  }
  return document.scrollingElement;
}

/** Remember where `element` stands; what is given back puts it there again if one of its points is held. */
export function anchored(element) {
  if (!element.querySelector(".svx-handles:focus-within")) return () => {};
  const before = element.getBoundingClientRect().top;
  return () => {
    const moved = element.getBoundingClientRect().top - before;
    if (moved) scroller(element).scrollTop += moved;
  };
}
