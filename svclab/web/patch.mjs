// Make standing markup equal to fresh markup, touching only what differs: focus, open details,
// scroll positions and text selections survive an update.

// What the reader or a player has changed since it was drawn is theirs.
const THEIRS = new Set(["open", "style"]);

function alike(a, b) {
  return a.nodeType === b.nodeType && a.nodeName === b.nodeName
    && (a.nodeType !== 1 || a.dataset.kind === b.dataset.kind);
}

function attributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && !THEIRS.has(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (name !== "open" && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

function node(old, fresh) {
  if (old.nodeType !== 1) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  attributes(old, fresh);
  // A chart or a stage draws its own inside.
  if (!old.dataset.keep) children(old, fresh);
}

function children(old, fresh) {
  const [before, after] = [[...old.childNodes], [...fresh.childNodes]];
  after.forEach((want, i) => {
    const have = before[i];
    if (!have) old.append(want);
    else if (alike(have, want)) node(have, want);
    else have.replaceWith(want);
  });
  for (const extra of before.slice(after.length)) extra.remove();
}

/** Bring `element`'s inside to `markup`. */
export function patch(element, markup) {
  const fresh = document.createElement("template");
  fresh.innerHTML = String(markup);
  children(element, fresh.content);
}
