// A quoted sentence: the mention marked, how sure we are, and the two ways to the source.
import { el, svg } from "./dom.js";
import { fragmentUrl, readableDay } from "./text.js";
import { LOW_CONFIDENCE } from "./data.js";
import { alternativeWords, mentionNotes } from "./describe.js";

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
export function markedSentence(model, mentions) {
  const { document, sentence, start, end } = model.mentions;
  const text = model.documents[document[mentions[0]]].text;
  const [first, last] = model.sentenceSpan(document[mentions[0]], sentence[mentions[0]]);
  const pieces = [];
  let position = first;
  for (const mention of mentions) {
    if (start[mention] < position || end[mention] === start[mention]) continue;
    pieces.push(text.slice(position, start[mention]), el("mark", {}, text.slice(start[mention], end[mention])));
    position = end[mention];
  }
  pieces.push(text.slice(position, last));
  return pieces;
}

function confidence(model, mentions) {
  const values = mentions.map((mention) => model.mentions.confidence[mention]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const bar = (width, kind) => svg("rect", { class: kind, width: (width * 34) / 100, height: 5, rx: 2.5 });
  const meter = svg(
    "svg",
    { width: 34, height: 5, "aria-hidden": "true" },
    bar(100, "gm-bar"),
    bar(low, "gm-bar-full"),
  );
  const words = `${low === high ? low : `${low}–${high}`}% sure`;
  return el("span", { class: "gm-sure", title: "How sure the program is that this is the right place" }, meter, words);
}

function others(model, base, mention) {
  const list = model.alternativesOf(mention).map((other) => alternativeWords(other, base));
  if (!list.length) return null;
  const low = model.mentions.confidence[mention] < LOW_CONFIDENCE;
  const words = el(
    "ul",
    {},
    list.map((other) => el("li", {}, other)),
  );
  return el(
    "details",
    { class: "gm-others", open: low },
    el("summary", {}, low ? "Also possible" : "Other candidates"),
    words,
  );
}

function sourceLine(model, mention) {
  const report = model.documents[model.mentions.document[mention]];
  const url = fragmentUrl(report.url, model.sentenceText(mention));
  const words = [report.source, readableDay(report.published)].filter(Boolean).join(", ");
  const title = model.titleOf(model.mentions.document[mention]);
  const link = { class: "gm-out", href: url, target: "_blank", rel: "noopener noreferrer nofollow" };
  const original = url ? el("a", link, "Original") : null;
  return [el("p", { class: "gm-source" }, el("cite", {}, title), words ? ` · ${words}` : ""), original];
}

/** One sentence of a place's list. `showInText` opens it in the reading pane. */
export function quote(app, mentions) {
  const { model, base } = app;
  const [source, original] = sourceLine(model, mentions[0]);
  const notes = [...new Set(mentions.flatMap((mention) => mentionNotes(model, mention)))];
  const show = el("button", { type: "button", click: () => app.showInText(mentions[0]) }, "Show in text");
  return el(
    "li",
    { class: "gm-quote" },
    el("blockquote", {}, markedSentence(model, mentions)),
    source,
    notes.map((note) => el("p", { class: "gm-note" }, note)),
    el("p", { class: "gm-actions" }, show, original, confidence(model, mentions)),
    others(model, base, mentions[0]),
  );
}
