// An incident as a card: what, when, where and how exactly, how many died, who says so, what to doubt, and every sentence.
import { el, svg } from "../dom.js";
import { typeWords } from "../data/events.js";
import { eventIcon } from "../signs/icons.js";
import { kindClass } from "../signs/symbols.js";
import {
  doubtsOf,
  isDoubtful,
  sayersOf,
  sourcesWords,
  tollNumber,
  tollWords,
  whatWords,
  whenOf,
  whereOf,
} from "../words/incidentwords.js";
import { say } from "../words/say.js";
import { countOf, sideBySide } from "../words/text.js";
import { bySentenceTold, tellingQuote } from "./quotes.js";

/** The sentences of an incident that are shown at first, and the sayers that its head names. */
const [SENTENCES, SAYERS] = [4, 2];

/** The sign of what somebody confirmed. */
export function verifiedSign() {
  const box = { viewBox: "-7 -7 14 14", width: 14, height: 14, class: "gm-verified", "aria-hidden": "true" };
  return svg("svg", box, svg("circle", { r: 6.5 }), svg("path", { d: "M-3 .2-1 2.4 3.2-2.2" }));
}

/**
 * @param {string} words
 * @param {Element | null} sign
 */
const chip = (words, sign = null) => el("li", {}, sign, words);

/**
 * What a reader should know before the rest: that it is confirmed, and what speaks against it.
 * @param {import("../types").App} app
 */
function marksOf(app, i) {
  const { model, selection } = app;
  const { incidents } = model;
  const list = [
    selection.verified[i] ? chip(say("mark.verified"), verifiedSign()) : null,
    app.judge.isDenied(i) ? chip(say("mark.denied")) : null,
    isDoubtful(model, i) ? chip(say("mark.doubtful")) : null,
    incidents.place[i] < 0 ? chip(say("mark.off_map")) : null,
    incidents.isDated(i) ? null : chip(say("mark.undated")),
  ].filter(Boolean);
  return list.length ? el("ul", { class: "gm-marks" }, list) : null;
}

/**
 * The lines of a card that is closed.
 * @param {import("../types").App} app
 */
function summaryOf(app, i) {
  const { model } = app;
  const [when, where] = [whenOf(model, i), whereOf(app, i)];
  const toll = tollWords(model.incidents.tollOf(i));
  const sayers = sayersOf(model, i);
  const more = sayers.length > SAYERS ? ` ${countOf(sayers.length - SAYERS, "more sayer")}` : "";
  const day = when.days ? el("time", { datetime: when.days }, when.words) : when.words;
  return [
    el("p", { class: "gm-when" }, day, toll ? el("b", { class: "gm-toll" }, toll) : null),
    where.context ? el("p", { class: "gm-where" }, where.context) : null,
    el(
      "p",
      { class: "gm-sayers" },
      sourcesWords(model, i),
      " · ",
      el("bdi", {}, sayers.slice(0, SAYERS).join(say("incident.then"))),
      more,
    ),
  ];
}

const fact = (name, ...words) => [el("dt", {}, say(`dossier.${name}`)), el("dd", {}, words)];

/**
 * Everything that is known of an incident, name by name.
 * @param {import("../types").App} app
 */
function factsOf(app, i) {
  const { model, selection } = app;
  const { incidents } = model;
  const [when, where] = [whenOf(model, i), whereOf(app, i)];
  const doubts = doubtsOf(model, i);
  const list = (items) =>
    el(
      "ul",
      {},
      items.map((words) => el("li", {}, el("bdi", {}, words))),
    );
  const { type } = incidents.eventOf(i);
  const what = whatWords(model, i);
  const who = incidents.confirmedBy(i) || (selection.verified[i] ? say("dossier.verified_here") : "");
  return el(
    "dl",
    { class: "gm-dossier" },
    fact("what", type && typeWords(type) !== what ? say("incident.what", { what, type: typeWords(type) }) : what),
    fact("when", when.note ? say("incident.when", { days: when.words, note: when.note }) : when.words),
    fact("where", say("incident.where", { place: sideBySide([where.name, where.context]), note: where.note })),
    fact("killed", tollNumber(incidents.tollOf(i)) || say("dossier.killed_unknown")),
    fact("who", list(sayersOf(model, i))),
    fact("told_in", sourcesWords(model, i)),
    who ? fact("verified", el("bdi", {}, who)) : [],
    doubts.length ? fact("doubt", list(doubts)) : [],
  );
}

/**
 * The sentences of an incident, those that follow on request.
 * @param {import("../types").App} app
 */
function sentencesOf(app, i) {
  const { incidents } = app.model;
  const told = bySentenceTold(incidents, incidents.tellingsOf(i));
  const list = el(
    "ul",
    { class: "gm-quotes" },
    told.slice(0, SENTENCES).map((one) => tellingQuote(app, one)),
  );
  const rest = told.slice(SENTENCES);
  if (!rest.length) return [list];
  const more = el("button", { type: "button", class: "gm-more" }, say("dossier.all_sentences", { count: told.length }));
  more.addEventListener("click", () => {
    list.append(...rest.map((one) => tellingQuote(app, one)));
    const next = /** @type {HTMLElement | null} */ (list.children[SENTENCES].querySelector("button, a"));
    next?.focus();
    more.remove();
  });
  return [list, more];
}

/**
 * What is behind the head of a card: made when it is first opened.
 * @param {import("../types").App} app
 */
function dossierBody(app, i, listed) {
  const { incidents } = app.model;
  const onMap = incidents.place[i] >= 0;
  const show = listed
    ? el("button", { type: "button", click: () => app.flyToIncident(i) }, say("dossier.show"))
    : el("button", { type: "button", click: () => app.openIncident(i, { stay: true }) }, say("dossier.list"));
  const copy = el("button", { type: "button", click: () => app.copyIncidentLink(i) }, say("dossier.copy"));
  const facts = [factsOf(app, i), el("p", { class: "gm-actions" }, onMap ? show : null, copy)];
  const quotes = sentencesOf(app, i);
  // A popup is small: there the sentences come first, and the head of the card stays.
  return el("div", { class: "gm-incident-body" }, ...(listed ? [...facts, ...quotes] : [...quotes, ...facts]));
}

/**
 * One card. `toggle` gets the number of the incident and whether the keyboard was used; `open` shows all of it; `listed` tells
 * whether it stands in the list of all events.
 * @param {import("../types").App} app
 */
export function incidentCard(app, i, { open = false, listed = true, toggle }) {
  const { model } = app;
  const kind = model.incidents.kind[i];
  const words = [
    el("span", {}, whatWords(model, i)),
    " ",
    el("span", { class: "gm-at" }, el("bdi", {}, whereOf(app, i).name)),
  ];
  const button = el(
    "button",
    { type: "button", "aria-expanded": String(open), click: (event) => toggle(i, event.detail === 0) },
    eventIcon(kind, 15),
    el("span", { class: "gm-what" }, words),
  );
  const doubtful = isDoubtful(model, i) ? " gm-doubted" : "";
  const card = el(
    "li",
    { class: `gm-incident ${kindClass(kind)}${doubtful}${open ? " gm-open" : ""}`, "data-incident": i },
    el("div", { class: "gm-incident-head" }, el("h3", {}, button), summaryOf(app, i), marksOf(app, i)),
  );
  if (open) card.append(dossierBody(app, i, listed));
  return card;
}

/**
 * Open or close a card that is there.
 * @param {import("../types").App} app
 */
export function setCard(app, card, open, { listed = true } = {}) {
  card.classList.toggle("gm-open", open);
  card.querySelector("button[aria-expanded]").setAttribute("aria-expanded", String(open));
  card.querySelector(".gm-incident-body")?.remove();
  if (open) card.append(dossierBody(app, Number(card.dataset.incident), listed));
}
