// JupyterLab as a host: the same controller, computed by the kernel over anywidget's messages.
import { Explorable } from "./explorable.mjs";
import { renderInside } from "./view.mjs";
import { WORDS } from "./words.mjs";

let count = 0;

function hostFor(model, loadVega) {
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

/** Show the widget in `el`; gives the clean-up that anywidget calls. */
export async function mount({ model, el, loadVega, css }) {
  const uid = `svx-jupyter-${(count += 1)}`;
  const id = "svclab-explore-css";
  if (!document.getElementById(id)) {
    document.head.append(Object.assign(document.createElement("style"), { id, textContent: css }));
  }
  const declaration = JSON.parse(model.get("declaration"));
  const doc = JSON.parse(model.get("document"));
  const root = document.createElement("svclab-explorable");
  root.setAttribute("name", declaration.name);
  root.setAttribute("version", declaration.version);
  // Arrow keys and letters belong to the controls here, not to the notebook's shortcuts.
  root.dataset.lmSuppressShortcuts = "true";
  root.addEventListener("keydown", (event) => event.stopPropagation());
  root.innerHTML = String(renderInside(declaration, doc, { uid, numbers: false }));
  el.replaceChildren(root);
  const host = hostFor(model, loadVega);
  const explorable = new Explorable(root, host, { declaration, document: doc, uid });
  explorable.drawCharts().then((drawn) => {
    const failed = drawn.find((d) => d.status === "rejected");
    if (failed) explorable.status(WORDS.noKernel);
  });
  // Code may set the parameters too: widget.parameters = {...}
  const given = () => explorable.set(model.get("parameters"));
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
    explorable.destroy();
  };
}
