// JupyterLab as a host: the same controllers, answered by the kernel over anywidget's messages.
import { Explorable } from "./explorable.mjs";
import * as diagrams from "./diagrams.mjs";
import { Exercise } from "./exercise.mjs";
import { learn } from "./kinds.mjs";
import { renderInside } from "./view.mjs";
import { WORDS } from "./words.mjs";

learn(diagrams);

let count = 0;

function explorableHost(model, loadVega) {
  const calls = new Map();
  let last = 0;
  const hear = (data) => {
    const job = calls.get(data.call);
    if (!job) return;
    if (data.type === "document") job.onDocument(JSON.parse(data.text));
    else if (data.type === "end" || data.type === "error") {
      calls.delete(data.call);
      if (data.type === "end") job.resolve();
      else job.reject(new Error(data.message));
    }
  };
  model.on("msg:custom", hear);
  return {
    link: false, // a notebook has no address that would lead to a setting
    vega: loadVega,
    stop: () => model.off("msg:custom", hear),
    compute(request, engine, onDocument) {
      const call = `${model.get("key")}-${count}-${(last += 1)}`;
      const finished = new Promise((resolve, reject) => calls.set(call, { onDocument, resolve, reject }));
      model.send({ type: "compute", call, request: JSON.stringify(request) });
      return { finished, abandon: () => model.send({ type: "abandon", call }) };
    },
  };
}

/** An element of ours in the output, with its style; keys belong to its controls. */
function place(el, kind, { name, version }, css) {
  const id = "svclab-explore-css";
  if (!document.getElementById(id)) {
    document.head.append(Object.assign(document.createElement("style"), { id, textContent: css }));
  }
  const root = document.createElement(`svclab-${kind}`);
  root.setAttribute("name", name);
  root.setAttribute("version", version);
  // Arrow keys and letters belong to the controls here, not to the notebook's shortcuts.
  root.dataset.lmSuppressShortcuts = "true";
  root.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if ((event.ctrlKey || event.metaKey) && event.key === "s") save(root, event);
  });
  el.replaceChildren(root);
  return root;
}

// Saving is the one shortcut that a reader means for the notebook, whatever has the focus.
function save(root, event) {
  event.preventDefault();
  const { key, code, keyCode, ctrlKey, metaKey } = event;
  root.closest(".jp-Notebook")?.dispatchEvent(new KeyboardEvent("keydown", { key, code, keyCode, ctrlKey, metaKey, bubbles: true, cancelable: true }));
}

async function explorable({ model, el, loadVega, css }) {
  const uid = `svx-jupyter-${(count += 1)}`;
  const declaration = JSON.parse(model.get("declaration"));
  const doc = JSON.parse(model.get("document"));
  const root = place(el, "explorable", declaration, css);
  root.innerHTML = String(renderInside(declaration, doc, { uid, numbers: false }));
  const host = explorableHost(model, loadVega);
  const shown = new Explorable(root, host, { declaration, document: doc, uid });
  shown.drawCharts().then((drawn) => {
    const failed = drawn.find((d) => d.status === "rejected");
    if (failed) shown.status(WORDS.noKernel);
  });
  // Code may set the parameters too: widget.parameters = {...}
  const given = () => shown.set(model.get("parameters"));
  model.on("change:parameters", given);
  root.addEventListener("svclab:shown", ({ detail }) => {
    if (detail.progress !== undefined || !detail.view) return;
    model.off("change:parameters", given);
    model.set("parameters", detail.parameters);
    model.save_changes();
    model.on("change:parameters", given);
  });
  return () => {
    host.stop();
    shown.destroy();
  };
}

const LONGEST = 30000; // ms: a kernel that is computing something else answers late

/** The kernel knows student, tries and records, and keeps the state; drafts are sent to it. */
function exerciseHost(model) {
  const calls = new Map();
  let last = 0;
  let draft = "";
  const hear = (data) => {
    if (data.type === "reply") calls.get(data.call)?.(JSON.parse(data.text));
  };
  model.on("msg:custom", hear);
  const send = (request) => {
    const call = `${model.get("key")}-${(last += 1)}`;
    model.send({ type: "ask", call, request });
    return call;
  };
  return {
    stop: () => model.off("msg:custom", hear),
    ask(request) {
      return new Promise((resolve, reject) => {
        const call = send(request);
        const late = setTimeout(() => done(() => reject(new Error(WORDS.kernelSilent))), LONGEST);
        const done = (act) => {
          clearTimeout(late);
          calls.delete(call);
          act();
        };
        calls.set(call, (reply) => done(() => resolve(reply)));
        if (request.answers) draft = JSON.stringify(request.answers);
      });
    },
    save({ answers }) {
      const text = JSON.stringify(answers);
      if (text === draft) return;
      draft = text;
      send({ do: "draft", answers });
    },
  };
}

async function exercise({ model, el, css }) {
  const uid = `svq-jupyter-${(count += 1)}`;
  const read = (name) => JSON.parse(model.get(name) || "{}");
  const doc = read("document");
  const root = place(el, "exercise", doc, css);
  const host = exerciseHost(model);
  const shown = new Exercise(root, host, { document: doc, state: read("state"), uid, view: { cell: true } });
  // Document and state come before it. A state alone is the echo of what was typed here.
  const renewed = () => shown.show(read("document"), read("state"));
  model.on("change:drawings", renewed);
  return () => {
    model.off("change:drawings", renewed);
    host.stop();
    shown.destroy();
  };
}

/** How each kind of widget is shown: `await mounts[kind]({model, el, loadVega, css})` -> clean-up. */
export const mounts = { explorable, exercise };
