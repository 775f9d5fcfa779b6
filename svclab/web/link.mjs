// Links to a setting: #name:version:parameter=value&… . What stands in a link is a stranger's text.
import { same } from "./text.mjs";
import { check } from "./values.mjs";
import { WORDS, say } from "./words.mjs";

/** The hash that leads to these parameters; only what differs from the defaults is named. */
export function format(declaration, parameters) {
  const parts = declaration.parameters
    .filter((p) => !same(parameters[p.name], p.default))
    .map((p) => {
      const value = parameters[p.name];
      const text = typeof value === "object" ? JSON.stringify(value) : String(value);
      return `${encodeURIComponent(p.name)}=${encodeURIComponent(text)}`;
    });
  return `#${declaration.name}:${declaration.version}:${parts.join("&")}`;
}

/** {name, version, given: [[name, text]…]} or null if the hash is no such link. */
export function parse(hash) {
  const found = /^#([A-Za-z_][\w.]*):(\d{1,6}):(.*)$/s.exec(hash);
  if (!found) return null;
  const given = [];
  for (const piece of found[3].split("&").filter(Boolean)) {
    const cut = piece.indexOf("=");
    try {
      given.push([piece.slice(0, cut < 0 ? undefined : cut), cut < 0 ? "" : piece.slice(cut + 1)].map(decodeURIComponent));
    } catch {
      given.push([piece, ""]); // not decodable: named as unknown below
    }
  }
  return { name: found[1], version: Number(found[2]), given };
}

/** Parameters of a link with its messages: what is unknown or impossible has its default. */
export function settle(declaration, link) {
  const parameters = Object.fromEntries(declaration.parameters.map((p) => [p.name, p.default]));
  const messages = [];
  if (link.version !== declaration.version) {
    messages.push(say(WORDS.linkVersion, { old: link.version, new: declaration.version }));
  }
  for (const [name, text] of link.given) {
    const p = declaration.parameters.find((q) => q.name === name);
    const short = `“${name.slice(0, 40)}”`;
    if (!p) {
      messages.push(say(WORDS.linkUnknown, { name: short }));
      continue;
    }
    const got = check(p, p.kind === "table" ? json(text) : text);
    if (got.problem) messages.push(say(WORDS.linkBad, { name: short, problem: got.problem }));
    else parameters[name] = got.value;
  }
  return { parameters, messages };
}

function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
