// A diagram as a file of its own: every look that the stylesheet gives is written into it, in the
// colours of paper, so that it looks the same in a text processor and on a slide.
import { LINE, lines, measure, svg as markupOf, wrap } from "./drawing.mjs";
import { drawMatrix } from "./matrix.mjs";
import { html, raw } from "./text.mjs";

const LOOKS = [
  "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity", "fill-opacity",
  "font-size", "font-weight", "font-style", "paint-order", "text-decoration-line",
];
const DULL = { "stroke-dasharray": "none", opacity: "1", "fill-opacity": "1", "font-style": "normal", "paint-order": "normal", "text-decoration-line": "none", "stroke-linejoin": "miter" };
// By name: a program for drawings may not look for another font where one has no Chinese.
const CHINESE = ["'Noto Sans CJK SC'", "'PingFang SC'", "'Microsoft YaHei'"];
const NS = "http://www.w3.org/2000/svg";

/** The drawing that is seen; on a phone where a list stands for it, the one for a page. */
function drawing(figure) {
  const all = [...figure.querySelectorAll(".svd-drawings svg")];
  return all.find((one) => one.getBoundingClientRect().width > 20) ?? all[1] ?? all[0];
}

function dressed(element) {
  const look = getComputedStyle(element);
  const own = element.parentElement && element.tagName !== "svg" ? getComputedStyle(element.parentElement) : null;
  for (const name of LOOKS) {
    const value = look.getPropertyValue(name);
    const inherited = name !== "opacity" && own?.getPropertyValue(name) === value;
    if (!value || inherited || (!own && value === "") || (DULL[name] === value && !element.hasAttribute(name))) continue;
    element.setAttribute(name, value);
  }
}

/** What the marks mean stands beside the picture in the page; in the file it stands below. */
function explain(svg, figure) {
  const { width, height } = svg.viewBox.baseVal;
  const entries = [...figure.querySelectorAll(".svd-key > span")];
  let [x, y] = [4, height + 20];
  let low = y;
  for (const entry of entries) {
    const icon = entry.querySelector("svg");
    const off = icon ? 26 : 0;
    const words = wrap(entry.textContent, width - off - 8);
    const room = Math.max(...words.map((line) => measure(line))) + off + 22;
    if (x > 4 && x + room > width) [x, y] = [4, low + 24];
    const group = document.createElementNS(NS, "g");
    group.innerHTML = String(html`${icon && html`<g transform="translate(${x + 10} ${y})"><g transform="translate(${icon.viewBox.baseVal.x ? 0 : -12} ${icon.viewBox.baseVal.y ? 0 : -12})">${raw(icon.innerHTML)}</g></g>`}${lines(words, x + off, y, { anchor: "start" })}`);
    svg.append(group);
    x += room;
    low = Math.max(low, y + (words.length - 1) * LINE);
  }
  if (!entries.length) return;
  svg.setAttribute("viewBox", `0 0 ${width} ${low + 14}`);
  svg.setAttribute("height", low + 14);
}

/** The text of a self-contained SVG file for a figure and its part. */
export function fileOf(figure, part) {
  const place = document.createElement("div");
  place.className = "svx svd-paper";
  place.innerHTML = `<figure class="svd svd-${part.kind}"></figure>`;
  if (part.kind === "matrix") place.firstChild.innerHTML = String(markupOf(drawMatrix(part), "file", part.alt));
  else place.firstChild.append(drawing(figure).cloneNode(true));
  document.body.append(place);
  const svg = place.querySelector("svg");
  svg.setAttribute("class", "svd-file");
  svg.removeAttribute("style");
  explain(svg, figure);
  for (const extra of svg.querySelectorAll("title")) extra.remove();
  const all = [...svg.querySelectorAll("*")];
  for (const element of all) dressed(element);
  svg.setAttribute("font-family", [...new Set([...getComputedStyle(svg).fontFamily.replaceAll('"', "'").split(/,\s*/).filter((one) => one !== "sans-serif"), ...CHINESE, "sans-serif"])].join(", "));
  svg.setAttribute("font-size", "13px");
  place.remove();
  for (const element of [svg, ...all]) {
    for (const { name } of [...element.attributes]) {
      if (name === "class" || name === "style" || name === "href" || name.startsWith("data-") || name.startsWith("aria-")) element.removeAttribute(name);
    }
  }
  const { width, height } = svg.viewBox.baseVal;
  const paper = Object.entries({ width, height, fill: "#fff" }).reduce((rect, [name, value]) => (rect.setAttribute(name, value), rect), document.createElementNS(NS, "rect"));
  const told = [["title", part.title || part.alt], ["desc", part.alt]].map(([name, text]) => Object.assign(document.createElementNS(NS, name), { textContent: text }));
  svg.prepend(...told, paper);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
}
