// Titles of explorables and exercises are headings, below what they stand under.

/** The level where nothing is known of the page yet: below a section of a chapter. */
export const LEVEL = 3;

/** The level of a heading that stands at an element: one below the heading before it. */
export function levelAt(element) {
  const before = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].reverse().find((one) =>
    one.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING && one.getClientRects().length);
  return before ? Math.min(6, Number(before.localName[1]) + 1) : LEVEL;
}
