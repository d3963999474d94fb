// One report as the reading pane shows it: its head, and its text with the mentions as links to the map.
import { el } from "../dom.js";
import { countOf, percentWords, readableDay, sideBySide } from "../words/text.js";
import { LITERAL } from "../data/model.js";
import { kindOfType, typeWords } from "../data/events.js";
import { contextOf, mentionNotes } from "../words/placewords.js";
import { eventIcon } from "../signs/icons.js";
import { kindClass } from "../signs/symbols.js";
import { eventDay } from "../words/eventwords.js";
import { say } from "../words/say.js";

/** The title of a report, where it comes from, and what of it is at hand. */
export function reportHead(model, index) {
  const report = model.documents[index];
  const facts = [readableDay(report.published), countOf(model.mentionsOf(index).length, "mention")];
  const words = [report.source ? el("bdi", {}, report.source) : null, ...facts].filter(Boolean);
  const link = { class: "gm-out", href: report.url, target: "_blank", rel: "noopener noreferrer nofollow" };
  return [
    el("h2", { dir: "auto", lang: report.language || null }, model.titleOf(index)),
    el(
      "p",
      { class: "gm-meta" },
      words.flatMap((fact, n) => (n ? [" · ", fact] : [fact])),
      report.url ? [" · ", el("a", link, say("report.original"))] : "",
    ),
    report.refused ? el("p", { class: "gm-meta" }, say("report.refused", { address: report.refused })) : null,
    report.excerpt ? el("p", { class: "gm-meta" }, say("report.excerpt")) : null,
  ];
}

/** "Battles: Armed clash, 12 August 2024", or "" when the sentence of the mention reports no event. */
export function eventWords(model, mention) {
  const { type, subType, date } = model.eventOf(mention);
  if (!type) return "";
  const what = subType && subType !== type ? `${typeWords(type)}${say("colon")}${typeWords(subType)}` : typeWords(type);
  const days = eventDay(date, model.mentions.date_precision[mention]);
  return sideBySide([what, days]);
}

/** @param {import("../types").App} app */
function mentionTitle(app, mention, place) {
  const { model } = app;
  const happened = model.eventKind[mention] ? say("mention.happened", { event: eventWords(model, mention) }) : "";
  const percent = say("sure.percent", { percent: percentWords(model.mentions.confidence[mention]) });
  const doubt = model.isDoubtful(mention) ? say("doubt.doubtful") : "";
  const how = place.basis ? "" : ` · ${sideBySide([percent, doubt])}`;
  const sure = `${place.name}${say("colon")}${contextOf(place, app.base)}${how}`;
  return [sure, happened, ...mentionNotes(model, mention)].filter(Boolean).join("\n");
}

/** The classes that say how a mention is underlined: by the event there, else by how it is meant and how sure we are. */
export function mentionClasses(model, mention) {
  const classes = ["gm-mention", kindClass(model.eventKind[mention])];
  if (model.isDoubtful(mention)) classes.push("gm-low");
  if (model.isTold(mention)) classes.push("gm-told-name");
  if (model.mentions.role[mention] !== LITERAL) classes.push("gm-other");
  return classes.join(" ");
}

/** @param {import("../types").App} app */
function mentionNode(app, mention) {
  const { model } = app;
  const place = model.places[model.mentions.place[mention]];
  const words = model.mentionText(mention);
  if (!place) {
    const missing = { class: "gm-mention gm-nil", title: say("mention.missing"), tabindex: 0 };
    return el(
      "span",
      {
        ...missing,
        role: "note",
        "aria-label": sideBySide([words, say("mention.not_found")]),
        "data-mention": mention,
      },
      words,
    );
  }
  const href = `#place=${encodeURIComponent(place.id.toWellFormed ? place.id.toWellFormed() : place.id)}`;
  const title = mentionTitle(app, mention, place);
  return el("a", { class: mentionClasses(model, mention), href, title, "data-mention": mention }, words);
}

/** For each sentence of a report that reports an event, the first mention that knows it. */
function eventsOfReport(model, index) {
  const found = new Map();
  for (const mention of model.mentionsOf(index)) {
    const sentence = model.mentions.sentence[mention];
    if (!found.has(sentence) && model.eventOf(mention).type) found.set(sentence, mention);
  }
  return found;
}

/** A coloured sign before a sentence that reports an event; its words are only its name, as the text must stay as it is. */
function eventNode(model, mention) {
  if (mention === undefined) return null;
  const kind = kindOfType(model.eventOf(mention).type);
  const words = eventWords(model, mention);
  const sign = { class: `gm-reports ${kindClass(kind)}`, role: "img", title: words };
  return el("span", { ...sign, "aria-label": say("mention.reports", { event: words }) }, eventIcon(kind));
}

/** Text from `from` to `to`, broken into paragraphs at blank lines. `write` starts a new one with null. */
function writePlain(text, from, to, write) {
  text
    .slice(from, to)
    .split(/\n\s*\n/)
    .forEach((part, n) => {
      if (n) write(null);
      write(part);
    });
}

/**
 * The paragraphs of a report: sentences as spans with the number they have in links, mentions as links.
 * @param {import("../types").App} app
 */
export function reportText(app, index) {
  const { model } = app;
  const { text, sentences, language } = model.documents[index];
  const { start, end } = model.mentions;
  const reporting = eventsOfReport(model, index);
  const paragraph = () => el("p", { dir: "auto", lang: language || null });
  const paragraphs = [paragraph()];
  /** @type {HTMLElement | null} */
  let target = null;
  const write = (node) => {
    if (node === null) paragraphs.push(paragraph());
    else if (node !== "") (target ?? paragraphs[paragraphs.length - 1]).append(node);
  };
  const waiting = model.mentionsOf(index).filter((mention) => end[mention] > start[mention]);
  const inner = (from, to) => {
    let position = from;
    while (waiting.length && start[waiting[0]] < to) {
      const mention = waiting.shift();
      if (start[mention] < position) continue;
      writePlain(text, position, start[mention], write);
      write(mentionNode(app, mention));
      position = end[mention];
    }
    writePlain(text, position, to, write);
  };
  let position = 0;
  for (let n = 0; n < sentences.start.length; n++) {
    inner(position, sentences.start[n]);
    target = el("span", { class: "gm-sentence", "data-sentence": n });
    const sign = eventNode(model, reporting.get(n));
    if (sign) target.append(sign);
    paragraphs[paragraphs.length - 1].append(target);
    inner(Math.max(position, sentences.start[n]), sentences.end[n]);
    target = null;
    position = Math.max(position, sentences.end[n]);
  }
  inner(position, text.length);
  return paragraphs.filter((node) => node.textContent.trim() !== "");
}
