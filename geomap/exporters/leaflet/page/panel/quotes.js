// A quoted sentence: the mention marked, how sure we are, and the two ways to the source.
import { el, svg } from "../dom.js";
import { fragmentUrl, percentWords, readableDay, sideBySide } from "../words/text.js";
import { kindClass } from "../signs/symbols.js";
import { alternativeWords, mentionNotes, toldWords } from "../words/placewords.js";
import { eventChip, eventDay, whereWords } from "../words/eventwords.js";
import { tollWords } from "../words/incidentwords.js";
import { say } from "../words/say.js";

/** Bundle the mentions of a place by sentence, in report and text order. */
export function bySentence(model, mentions) {
  const { document, sentence, start } = model.mentions;
  const ordered = [...mentions].sort((a, b) => document[a] - document[b] || start[a] - start[b]);
  const groups = new Map();
  for (const mention of ordered) {
    const key = `${document[mention]}/${sentence[mention]}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(mention);
  }
  return [...groups.values()];
}

/** The sentence with its mentions in <mark>. */
function markedSentence(model, mentions) {
  const { document, sentence, start, end } = model.mentions;
  const text = model.documents[document[mentions[0]]].text;
  const [first, last] = model.sentenceSpan(document[mentions[0]], sentence[mentions[0]]);
  const pieces = [];
  let position = first;
  for (const mention of mentions) {
    if (start[mention] < position || end[mention] === start[mention]) continue;
    const colour = kindClass(model.eventKind[mention]);
    const words = text.slice(start[mention], end[mention]);
    pieces.push(text.slice(position, start[mention]), el("mark", { class: colour }, words));
    position = end[mention];
  }
  pieces.push(text.slice(position, last));
  return pieces;
}

function confidence(model, mentions) {
  const place = model.places[model.mentions.place[mentions[0]]];
  if (place.basis) {
    const words = place.basis === "coordinates" ? toldWords(place) : say("told.missing");
    return el("span", { class: "gm-sure", title: say("quote.told") }, words);
  }
  const values = mentions.map((mention) => model.mentions.confidence[mention]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const bar = (width, kind) => svg("rect", { class: kind, width: (width * 34) / 100, height: 5, rx: 2.5 });
  const meter = svg(
    "svg",
    { width: 34, height: 5, "aria-hidden": "true" },
    bar(100, "gm-bar"),
    bar(low, "gm-bar-full"),
  );
  const doubt = high < model.doubt_below ? say("doubt.doubtful") : "";
  const percent = low === high ? percentWords(low) : `${percentWords(low)} – ${percentWords(high)}`;
  const words = sideBySide([say("sure.percent", { percent }), doubt]);
  return el("span", { class: "gm-sure", title: say("quote.sure") }, meter, words);
}

/** @param {import("../types").App} app */
function others(app, mention) {
  const { model, base } = app;
  const list = model.alternativesOf(mention);
  if (!list.length) return null;
  const low = model.isDoubtful(mention);
  const items = list.map((other) => el("li", {}, alternativeWords(other, base)));
  const words = el("summary", {}, say(low ? "quote.also_possible" : "quote.others"));
  const toggle = ({ target }) => app.places.showOthers(target.open ? mention : null);
  return el("details", { class: "gm-others", open: low, toggle }, words, el("ul", {}, items));
}

/** What happened there and when, as far as the sentence says. */
function eventLine(model, mention) {
  const event = model.eventOf(mention);
  const chip = eventChip(event);
  if (!chip) return null;
  const day = event.here ? eventDay(event.date, model.mentions.date_precision[mention]) : "";
  const place = model.places[model.mentions.place[mention]];
  const where = event.here ? whereWords(place, model.mentions.where_precision[mention]) : "";
  const parts = [day ? el("time", { datetime: event.date }, day) : null, where ? el("span", {}, where) : null];
  return el("p", { class: "gm-happened" }, chip, parts);
}

/** Where a sentence stands: the report, and the link that leads to the sentence on its page. */
function sourceLine(model, document, sentence) {
  const report = model.documents[document];
  const url = fragmentUrl(report.url, sentence);
  const words = sideBySide([report.source, readableDay(report.published)]);
  const link = { class: "gm-out", href: url, target: "_blank", rel: "noopener noreferrer nofollow" };
  const original = url ? el("a", link, say("report.original")) : null;
  const title = el("cite", {}, el("bdi", {}, model.titleOf(document)));
  return [el("p", { class: "gm-source" }, title, words ? ` · ${words}` : ""), original];
}

/**
 * The ways from a sentence: into the reading pane, and to correcting it.
 * @param {import("../types").App} app
 */
function actionsOf(app, document, sentence, mention) {
  const show = () => app.showSentence(document, sentence, mention);
  const correct = () => app.judge.open(document, sentence);
  return [
    el("button", { type: "button", click: show }, say("quote.show")),
    app.judge.can(document) ? el("button", { type: "button", click: correct }, say("quote.correct")) : null,
  ];
}

/**
 * One sentence of a place's list.
 * @param {import("../types").App} app
 */
export function quote(app, mentions) {
  const { model } = app;
  const [mention] = mentions;
  const { document, sentence } = model.mentions;
  const [source, original] = sourceLine(model, document[mention], model.sentenceText(mention));
  const notes = [...new Set(mentions.flatMap((one) => mentionNotes(model, one)))];
  const telling = mentions.find((one) => model.eventOf(one).here) ?? mention;
  return el(
    "li",
    { class: "gm-quote" },
    el("blockquote", { dir: "auto" }, markedSentence(model, mentions)),
    eventLine(model, telling),
    source,
    notes.map((note) => el("p", { class: "gm-note" }, note)),
    el(
      "p",
      { class: "gm-actions" },
      actionsOf(app, document[mention], sentence[mention], mention),
      original,
      confidence(model, mentions),
    ),
    others(app, mention),
  );
}

/** What one telling says of when, how many died and who says so, where it says any of it. */
function saidLine(model, n) {
  const { tollOfTelling, words } = model.incidents;
  const [by, days] = [words.said_by(n), words.days(n)];
  const facts = [
    by ? el("b", {}, el("bdi", {}, by)) : null,
    days ? el("time", { datetime: days }, eventDay(days, 1)) : null,
    tollWords(tollOfTelling(n)),
    words.by(n) ? say("dossier.confirmed_by", { who: words.by(n) }) : "",
  ].filter(Boolean);
  if (!facts.length) return null;
  return el(
    "p",
    { class: "gm-said" },
    facts.flatMap((fact, at) => (at ? [" · ", fact] : [fact])),
  );
}

/** Bundle the tellings of an incident by the sentence that tells; what the page has no report of stays alone. */
export function bySentenceTold({ tellings: { document, sentence } }, told) {
  const groups = new Map();
  for (const n of told) {
    const key = document[n] < 0 || sentence[n] < 0 ? `alone/${n}` : `${document[n]}/${sentence[n]}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(n);
  }
  return [...groups.values()];
}

/** What the tellings of one sentence say, each line once. */
function saidLines(model, told) {
  const lines = new Map();
  for (const n of told) {
    const line = saidLine(model, n);
    if (line) lines.set(line.textContent, line);
  }
  return [...lines.values()];
}

/**
 * One sentence that tells of an incident: `told` are its tellings. The place may be named in another sentence.
 * @param {import("../types").App} app
 */
export function tellingQuote(app, told) {
  const { model } = app;
  const { mention, document, sentence } = model.incidents.tellings;
  const [report, number] = [document[told[0]], sentence[told[0]]];
  const said = saidLines(model, told);
  if (report < 0 || number < 0) {
    const plain = el("blockquote", { dir: "auto" }, model.incidents.quoteOf(told[0]));
    return el("li", { class: "gm-quote" }, plain, said, el("p", {}, say("dossier.no_report")));
  }
  const { sentence: standsIn, place } = model.mentions;
  const here = told.map((n) => mention[n]).filter((at) => at >= 0 && standsIn[at] === number);
  const named = [...new Set(here)].sort((a, b) => model.mentions.start[a] - model.mentions.start[b]);
  const text = model.documents[report].text.slice(...model.sentenceSpan(report, number));
  const [source, original] = sourceLine(model, report, text);
  const at = named.find((one) => place[one] >= 0) ?? named[0] ?? null;
  const placed = at !== null && place[at] >= 0;
  return el(
    "li",
    { class: "gm-quote" },
    el("blockquote", { dir: "auto" }, named.length ? markedSentence(model, named) : text),
    said,
    source,
    at === null ? null : mentionNotes(model, at).map((note) => el("p", { class: "gm-note" }, note)),
    el(
      "p",
      { class: "gm-actions" },
      actionsOf(app, report, number, at),
      original,
      placed ? confidence(model, [at]) : null,
    ),
    placed ? others(app, at) : null,
  );
}
