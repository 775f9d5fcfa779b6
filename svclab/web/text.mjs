// Text on its way into HTML. Everything that comes from a link, a table cell or a document goes
// through `html`, which escapes each value; `raw` marks what the renderer itself has made.

const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export const escape = (value) => String(value ?? "").replace(/[&<>"']/g, (c) => ENTITIES[c]);

class Raw {
  constructor(text) {
    this.text = text;
  }
  toString() {
    return this.text;
  }
}

/** Mark markup that is already safe. */
export const raw = (text) => new Raw(String(text ?? ""));

function piece(value) {
  if (value === null || value === undefined || value === false) return "";
  if (value instanceof Raw) return value.text;
  if (Array.isArray(value)) return value.map(piece).join("");
  return escape(value);
}

/** Template tag: values are escaped unless they are `raw`; arrays are joined; null is nothing. */
export function html(strings, ...values) {
  let text = strings[0];
  values.forEach((value, i) => {
    text += piece(value) + strings[i + 1];
  });
  return new Raw(text);
}

/** JSON inside a script element: "<" must not appear, or "</script>" in a text would end it. */
export const embedded = (value) => raw(
  JSON.stringify(value).replace(/</g, "\\u003c").replace(/\u2028/g, "\\u2028").replace(/\u2029/g, "\\u2029"),
);

/** One text for equal parameters, the same as svclab.course.nearby.key writes in Python. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value && typeof value === "object") {
    const keys = Object.keys(value).sort();
    return `{${keys.map((k) => `${JSON.stringify(k)}:${canonical(value[k])}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

export const same = (a, b) => canonical(a) === canonical(b);

/** A number as a reader sees it: thousands separated, at most `digits` decimals. */
export function shown(value, digits = 6) {
  if (typeof value !== "number") return String(value ?? "");
  const text = value.toLocaleString("en", { maximumFractionDigits: digits });
  return text.replace("-", "−");
}

/** A name that may stand in an id attribute. */
export const slug = (name) => String(name).replace(/[^A-Za-z0-9_-]+/g, "-");
