// The field kit as markup, from its state.
import { MOST_SERVERS, clockAt, stateOf, summaryOf, undoable } from "./fieldkit-session.mjs";
import { WORDS, say } from "./fieldkit-words.mjs";
import { html } from "./text.mjs";

const two = (n) => String(n).padStart(2, "0");

/** A length of time as a stopwatch shows it. */
export function stopwatch(ms) {
  const all = Math.floor(ms / 1000);
  const [h, m, s] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** A tap in words. */
export function told(session, [at, kind, number, server]) {
  const where = server || stateOf(session).customers.get(number)?.server;
  return say(WORDS[`said_${kind}`], { time: clockAt(session, at).time, n: number, s: where });
}

/** Fewer customers than this give no picture of a service. */
const ENOUGH = 50;

/** A mean in words, or that there is none. */
const meant = (value, words, none) => (value === null ? none : say(words, { n: Math.round(value) }));

/** The customers and means of a watch in a sentence; those who were there before it began make it add up. */
export function summed(sum) {
  const rest = ["balked", "quit", "still"].filter((name) => sum[name]).map((name) => say(WORDS[`rest_${name}`], { n: sum[name] })).join("");
  return say(WORDS.summary, {
    came: sum.came, time: stopwatch(sum.ms), before: sum.before ? say(WORDS.before, { n: sum.before }) : "", served: sum.served, rest,
    wait: meant(sum.wait, WORDS.meanWait, WORDS.noWait), service: meant(sum.service, WORDS.meanService, WORDS.noService),
  });
}

function stepper(name, label, value, low, high) {
  return html`<div class="fk-field"><span class="fk-label" id="fk-${name}">${label}</span>
    <span class="fk-stepper" role="group" aria-labelledby="fk-${name}">
      <button type="button" data-act="step" data-name="${name}" data-by="-1" aria-label="${say(WORDS.fewer, { what: label })}"${value <= low && html` disabled`}>−</button>
      <output aria-live="polite">${value}</output>
      <button type="button" data-act="step" data-name="${name}" data-by="1" aria-label="${say(WORDS.more, { what: label })}"${value >= high && html` disabled`}>+</button>
    </span></div>`;
}

function statusOf({ store, offline, awake, running }) {
  return html`<ul class="fk-status">
    <li data-tone="${store.trouble ? "bad" : "good"}">${WORDS[store.trouble || "kept"]}</li>
    <li data-tone="${offline === "yes" ? "good" : "warn"}">${WORDS[`offline_${offline}`]}</li>
    ${running && html`<li data-tone="${awake ? "good" : "warn"}">${awake ? WORDS.awake_yes : WORDS.awake_no}</li>`}
    ${store.spoilt && html`<li data-tone="warn">${WORDS.spoilt}</li>`}
  </ul>`;
}

/** What stands in the page: the beginning of a watch, or the one that runs, and those kept. */
export function pageView(kit) {
  const { session, form } = kit;
  const begin = session
    ? html`<p class="fk-lead">${say(WORDS.running, { time: clockAt(session, 0).time, n: stateOf(session).came })}</p>
       <button type="button" class="fk-go" data-act="resume">${WORDS.resume}</button>`
    : html`<div class="fk-field fk-wide"><label class="fk-label" for="fk-place">${WORDS.place}</label>
         <input id="fk-place" type="text" maxlength="60" autocomplete="off" aria-describedby="fk-place-hint" value="${form.place}" />
         <span class="fk-hint" id="fk-place-hint">${WORDS.placeHint}</span></div>
       ${stepper("servers", WORDS.servers, form.servers, 1, MOST_SERVERS)}
       ${stepper("inLine", WORDS.inLine, form.inLine, 0, 99)}
       <button type="button" class="fk-go" data-act="begin">${WORDS.start}</button>`;
  return html`<section class="fk-begin" aria-label="${WORDS.title}">${begin}${statusOf(kit)}</section>
    <section class="fk-kept"><h2 class="fk-h">${WORDS.done}</h2>
      <p class="fk-told" role="status">${kit.told}</p>
      ${kit.text && html`<textarea class="fk-text" readonly rows="6" aria-label="${WORDS.text}">${kit.text}</textarea>`}
      ${kit.done.length ? html`<ul class="fk-list">${kit.done.map((one) => kept(one, kit))}</ul>` : html`<p>${WORDS.none}</p>`}
    </section>`;
}

function kept(session, kit) {
  const sum = summaryOf(session, session.taps.at(-1)?.[0] ?? 0);
  const state = stateOf(session);
  const from = clockAt(session, 0);
  const sure = kit.sure === session.id;
  const act = (name, label, more = "") => html`<button type="button" data-act="${name}" data-id="${session.id}"${more}>${label}</button>`;
  return html`<li><p><strong>${session.place || WORDS.title}</strong> <span class="fk-hint">${say(WORDS.about, { date: from.date, from: from.time, to: clockAt(session, state.ended ?? session.taps.at(-1)?.[0] ?? 0).time })}${!session.exported && html` · ${WORDS.notYet}`}</span></p>
    <p>${summed(sum)}</p>${sum.before + sum.came < ENOUGH && html`
    <p class="fk-hint">${say(WORDS.few, { n: ENOUGH })}</p>`}
    <p class="fk-acts">${act("file", WORDS.file)}${act("copy", WORDS.copy)}${kit.canShare && act("share", WORDS.share)}${!kit.session && act("reopen", WORDS.reopen)}${act("remove", sure ? WORDS.removeSure : WORDS.remove, sure && html` data-sure`)}</p></li>`;
}

function serverButton(n, state, now) {
  const served = state.serving.get(n);
  const next = state.waiting[0];
  const label = served ? say(WORDS.leaveIt, { n: served }) : next ? say(WORDS.startIt, { n: next }) : WORDS.nobody;
  const under = served ? html`${WORDS.leaveZh} · <span class="fk-time" data-since="${state.customers.get(served).started}">${stopwatch(now - state.customers.get(served).started)}</span>` : next ? WORDS.startZh : WORDS.free;
  const how = served ? "busy" : next ? "ready" : "idle";
  return html`<li><button type="button" data-act="server" data-number="${n}" data-how="${how}"${how === "idle" && html` aria-disabled="true"`}>
    <span class="fk-which">${say(WORDS.server, { n })}</span> <strong>${label}</strong> <span class="fk-under">${under}</span></button></li>`;
}

/** The watch itself, which fills the screen. */
export function watchView(kit, now) {
  const { session } = kit;
  const state = stateOf(session);
  const servers = [...new Set([...state.open, ...state.serving.keys()])].sort((a, b) => a - b);
  const back = undoable(session);
  if (kit.elsewhere) {
    return html`<div class="fk-elsewhere"><p>${WORDS.elsewhere}</p><button type="button" class="fk-go" data-act="here">${WORDS.here}</button></div>`;
  }
  return html`<header class="fk-head">
      <span class="fk-clock" role="timer" aria-label="${WORDS.clock}" data-since="0">${stopwatch(now)}</span>
      <span class="fk-counts">${say(WORDS.counts, { came: state.came, served: state.served })}</span>
      <button type="button" data-act="menu" aria-expanded="${kit.menu ? "true" : "false"}">${kit.menu ? WORDS.menuClose : WORDS.menu}</button>
    </header>
    <div class="fk-panel"${!kit.menu && html` hidden`}>
      <p class="fk-row"><span>${say(WORDS.serversNow, { n: state.open.size })}</span>
        <button type="button" data-act="fewer" aria-label="${say(WORDS.fewer, { what: WORDS.servers })}">−</button>
        <button type="button" data-act="more" aria-label="${say(WORDS.more, { what: WORDS.servers })}">+</button></p>
      ${statusOf({ ...kit, running: true })}
      <p class="fk-hint fk-keys">${WORDS.keys}</p>
      <p class="fk-row">${kit.ending
    ? html`<span>${WORDS.endSure}</span><button type="button" data-act="endYes">${WORDS.endYes}</button><button type="button" data-act="endNo">${WORDS.endNo}</button>`
    : html`<button type="button" data-act="end">${WORDS.end}</button><button type="button" data-act="away">${WORDS.showPage}</button>`}</p>
    </div>
    <section class="fk-line" aria-label="${say(WORDS.waiting, { n: state.waiting.length })}">
      <p class="fk-line-head">${state.waiting.length ? say(WORDS.waiting, { n: state.waiting.length }) : WORDS.noLine}</p>
      <ul class="fk-chips">${state.waiting.map((n) => html`<li><button type="button" data-act="chip" data-number="${n}" aria-pressed="${kit.chosen === n ? "true" : "false"}" aria-label="${say(WORDS.chip, { n, time: stopwatch(now - (state.customers.get(n).arrived ?? 0)) })}">${n}</button></li>`)}</ul>
      <p class="fk-row"${!state.waiting.includes(kit.chosen) && html` hidden`}>
        <button type="button" data-act="quit">${say(WORDS.quit, { n: kit.chosen })}</button>
        <button type="button" data-act="next">${say(WORDS.next, { n: kit.chosen })}</button></p>
    </section>
    <ul class="fk-servers" data-many="${servers.length > 4 ? "yes" : "no"}">${servers.map((n) => serverButton(n, state, now))}</ul>
    <p class="fk-said" role="status">${kit.said || (back ? told(session, back) : WORDS.said_here)}</p>
    ${kit.store.trouble && html`<p class="fk-trouble">${WORDS[kit.store.trouble]}</p>`}
    <div class="fk-taps">
      <button type="button" data-act="undo"${!back && html` aria-disabled="true"`}>${WORDS.undo}<span class="fk-under">${WORDS.undoZh}</span></button>
      <button type="button" data-act="balk">${WORDS.balk}<span class="fk-under">${WORDS.balkZh}</span></button>
      <button type="button" data-act="arrive">${WORDS.arrive}<span class="fk-under">${WORDS.arriveZh}</span></button>
    </div>`;
}
