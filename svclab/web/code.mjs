// A program to read and to copy. Colour only sets comments and texts apart from what runs.
import { html } from "./text.mjs";
import { WORDS } from "./words.mjs";

// A text in quotes, or a comment up to the end of its line: whichever begins first.
const APART = { python: /("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(#[^\n]*)/g };

function coloured(text, language) {
  const apart = APART[language];
  if (!apart) return [text];
  const pieces = [];
  let from = 0;
  for (const found of text.matchAll(apart)) {
    pieces.push(text.slice(from, found.index));
    pieces.push(html`<span class="${found[1] ? "svx-code-text" : "svx-code-note"}">${found[0]}</span>`);
    from = found.index + found[0].length;
  }
  return [...pieces, text.slice(from)];
}

/** The figure of a program; it scrolls sideways by itself, also by keyboard. */
export function renderCode(part) {
  return html`<figure class="svx-part svx-code" data-kind="code"><figcaption>${part.caption}</figcaption><div class="svx-code-tools svx-table-tools"><button type="button" class="svx-button" data-act="copy-code">${WORDS.copyCode}</button></div><pre class="svx-code-body" role="region" tabindex="0" aria-label="${part.caption}" translate="no"><code data-language="${part.language}">${coloured(part.text, part.language)}</code></pre></figure>`;
}
