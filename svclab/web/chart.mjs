// Vega-Lite charts: the slot keeps its height, so nothing shifts; a chart whose specification is
// unchanged gets new rows only, which is what makes a slider feel immediate.
import { html, raw } from "./text.mjs";
import { renderNumbers } from "./figures.mjs";
import { width as wide, wrap } from "./flow.mjs";
import { Handles } from "./handles.mjs";
import { WORDS } from "./words.mjs";

/** The figure of a chart; `svg` is the drawing made at build time, already markup. */
export function renderChart(part, { svg = null, numbers = true } = {}) {
  return html`<figure class="svx-part svx-chart" data-kind="chart">${part.title && html`<figcaption>${part.title}</figcaption>`}<div class="svx-handles" data-keep="handles"></div><div class="svx-slot" data-keep="slot" style="height:${Number(part.height) || 280}px" role="img" aria-label="${part.alt || part.title || WORDS.chartOf}">${svg}</div><p class="svx-hint svx-drag"${part.handles?.length ? "" : raw(" hidden")}>${part.handles?.length > 1 ? WORDS.dragOneOf : WORDS.drag}</p><details class="svx-numbers"><summary>${WORDS.numbers}</summary><div class="svx-numbers-body" data-keep="numbers">${numbers && renderNumbers(part)}</div></details></figure>`;
}

const copies = (rows) => rows.map((row) => ({ ...row }));

export class Chart {
  /**
   * `loader` gives vega-embed's function; nothing is loaded before the chart is first drawn.
   * `owner` takes what is dragged; see handles.mjs.
   */
  constructor(figure, loader, owner) {
    this.figure = figure;
    this.handles = new Handles(figure.querySelector(".svx-handles"), owner);
    this.slot = figure.querySelector(".svx-slot");
    this.loader = loader;
    this.view = null;
    this.drawn = "";
    this.queue = Promise.resolve();
    this.width = 0;
    this.sizes = new ResizeObserver(() => this.#resize());
    this.sizes.observe(this.slot);
    this.details = figure.querySelector(".svx-numbers");
    this.onToggle = () => this.#numbers();
    this.details.addEventListener("toggle", this.onToggle);
  }

  /** Show a part; calls come one after the other, the last one stays. */
  update(part) {
    this.part = part;
    this.stale = true;
    this.#numbers();
    this.queue = this.queue.catch(() => {}).then(() => this.#draw(part));
    return this.queue;
  }

  destroy() {
    this.sizes.disconnect();
    this.details.removeEventListener("toggle", this.onToggle);
    this.view?.finalize();
    this.view = null;
  }

  #numbers() {
    if (!this.details.open || !this.stale || !this.part) return;
    this.details.querySelector(".svx-numbers-body").innerHTML = String(renderNumbers(this.part));
    this.stale = false;
  }

  #resize() {
    const width = this.slot.clientWidth;
    if (!this.view || !width || Math.abs(width - this.width) < 2) return;
    this.width = width;
    // Legend and titles were laid out for another width: much less or more asks for a new drawing.
    if (Math.abs(width - this.laidOut) > 80) this.drawn = "";
    this.queue = this.queue.catch(() => {}).then(async () => {
      if (!this.drawn) return this.#draw(this.part);
      await this.view?.width(width).runAsync();
      this.#place(this.part);
    });
  }

  async #draw(part) {
    if (part !== this.part || !this.slot.isConnected) return;
    const embed = await this.loader();
    if (part !== this.part) return;
    const height = Number(part.height) || 280;
    const shape = JSON.stringify([part.spec, height, Object.keys(part.data)]);
    if (this.view && shape === this.drawn) {
      // Rows that only the table of numbers shows are unknown to Vega, which would give up.
      for (const name of this.names) this.view.data(name, copies(part.data[name]));
      // The room that axis labels need may have changed with the numbers.
      await this.view.resize().runAsync();
      this.#place(part);
      return;
    }
    this.laidOut = this.width = this.slot.clientWidth || 600;
    const spec = complete(part, this.width, height, getComputedStyle(this.slot).fontFamily);
    const stage = document.createElement("div");
    stage.className = "svx-vega";
    stage.ariaHidden = "true"; // the slot around it carries the text alternative
    const { view } = await embed(stage, spec, OPTIONS);
    // The old picture stays until the new one is ready.
    this.view?.finalize();
    this.slot.replaceChildren(stage);
    this.view = view;
    this.drawn = shape;
    this.names = Object.keys(part.data).filter((name) => drawn(part.spec, name));
    this.#place(part);
  }

  #place(part) {
    if (this.view && this.slot.isConnected) this.handles.show(part, this.view, this.slot);
  }
}

// Whether some layer of a specification draws the data of this name.
function drawn(spec, name) {
  if (!spec || typeof spec !== "object") return false;
  return spec.data?.name === name || Object.values(spec).some((inner) => drawn(inner, name));
}

// Vega's own buttons, styles and floating boxes stay away; logLevel 1 is errors only.
const OPTIONS = {
  mode: "vega-lite",
  renderer: "svg",
  actions: false,
  defaultStyle: false,
  tooltip: false,
  hover: false,
  logLevel: 1,
};

function complete(part, width, height, font) {
  const { config: given = {}, ...spec } = structuredClone(part.spec);
  const config = larger(given, width);
  return {
    ...wrapped(spec, width, height),
    width,
    height,
    autosize: { type: "fit", contains: "padding" },
    datasets: Object.fromEntries(Object.entries(part.data).map(([name, rows]) => [name, copies(rows)])),
    // Vega measures text on a canvas, which does not know "inherit".
    config: {
      ...config,
      font,
      aria: false,
      background: null,
      // 0.001, not 0.0010 beside 0.0000.
      numberFormat: config.numberFormat ?? ",~f",
      axis: { ...config.axis, labelFlush: false, labelSeparation: 8 },
      axisBottom: { labelAlign: LAST_LABEL, ...config.axisBottom },
      legend: { ...config.legend, columns: legendColumns(part, width) },
    },
  };
}

// A number at the right end stands in the middle under its tick if that is within the picture.
const LAST_LABEL = { expr: "isNumber(datum.value) && scale('x', datum.value) + 3.4 * length(datum.label) > width + 8 ? 'right' : 'center'" };

const WIDE = 480; // pixels from which on the letters of a chart are nearer to those of the page

/** A look whose letters are one pixel larger where there is room for them. */
function larger(config, width) {
  if (width < WIDE) return config;
  const grown = (look) => Object.fromEntries(Object.entries(look ?? {}).map(([name, value]) => [name, /fontSize$/i.test(name) && typeof value === "number" ? value + 1 : value]));
  return { ...config, axis: grown(config.axis), legend: grown(config.legend), text: grown(config.text) };
}

/** How many names stand side by side in a legend, the longest one with its sign of colour. */
export function legendColumns(part, width) {
  const fields = (part.spec.layer ?? [part.spec]).map((layer) => layer.encoding?.color)
    .filter((color) => color?.field && color.legend !== null && color.scale !== null)
    .map((color) => color.field);
  let longest = 50;
  for (const row of Object.values(part.data).flat()) {
    for (const field of fields) longest = Math.max(longest, wide(String(row[field] ?? "")));
  }
  // A legend begins where the plot does, at the right of the numbers of its axis.
  return Math.max(1, Math.floor((width - 48) / (longest + 36)));
}

/** The specification with its axis titles broken into lines that the picture has room for. */
function wrapped(spec, width, height) {
  const rooms = { x: width - 110, y: height - 30 };
  const turn = (value, room) => {
    if (!value || typeof value !== "object") return value;
    if (Array.isArray(value)) return value.map((v) => turn(v, 0));
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => {
      const lines = room > 0 && name === "title" && typeof inner === "string" ? wrap(inner, room) : [];
      return [name, lines.length > 1 ? lines : turn(inner, name === "axis" ? room : rooms[name] ?? 0)];
    }));
  };
  return turn(spec, 0);
}
