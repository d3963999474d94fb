// The reading pane: one report, its mentions as links to the map.
import { byId, el } from "./dom.js";
import { countOf, readableDay } from "./text.js";
import { LITERAL, LOW_CONFIDENCE } from "./data.js";
import { contextOf, mentionNotes } from "./describe.js";

function reportHead(model, index) {
  const report = model.documents[index];
  const facts = [report.source, readableDay(report.published), countOf(model.mentionsOf(index).length, "mention")];
  const words = facts.filter(Boolean).join(" · ");
  const link = { class: "gm-out", href: report.url, target: "_blank", rel: "noopener noreferrer nofollow" };
  return [
    el("h2", {}, model.titleOf(index)),
    el("p", { class: "gm-meta" }, words, report.url ? [" · ", el("a", link, "Original")] : ""),
    report.refused ? el("p", { class: "gm-meta" }, `Address given, not linked: ${report.refused}`) : null,
    report.excerpt ? el("p", { class: "gm-meta" }, "Only the sentences that name places are at hand.") : null,
  ];
}

function mentionNode(app, mention) {
  const { model } = app;
  const place = model.places[model.mentions.place[mention]];
  const notes = mentionNotes(model, mention);
  if (!place) {
    return el("span", { class: "gm-mention gm-nil", title: "Not found in the gazetteer" }, model.mentionText(mention));
  }
  const sure = model.mentions.confidence[mention];
  const title = [`${place.name}: ${contextOf(place, app.base)} · ${sure}% sure`, ...notes].join("\n");
  const kinds = ["gm-mention"];
  if (sure < LOW_CONFIDENCE) kinds.push("gm-low");
  if (model.mentions.role[mention] !== LITERAL) kinds.push("gm-other");
  const href = `#place=${encodeURIComponent(place.id.toWellFormed ? place.id.toWellFormed() : place.id)}`;
  return el("a", { class: kinds.join(" "), href, title, "data-mention": mention }, model.mentionText(mention));
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

function reportText(app, index) {
  const { model } = app;
  const { text, sentences } = model.documents[index];
  const { start, end } = model.mentions;
  const paragraphs = [el("p", {})];
  let target = null;
  const write = (node) => {
    if (node === null) paragraphs.push(el("p", {}));
    else if (node !== "") (target ?? paragraphs.at(-1)).append(node);
  };
  const mentions = model.mentionsOf(index).filter((mention) => end[mention] > start[mention]);
  const inner = (from, to) => {
    let position = from;
    while (mentions.length && start[mentions[0]] < to) {
      const mention = mentions.shift();
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
    paragraphs.at(-1).append(target);
    inner(Math.max(position, sentences.start[n]), sentences.end[n]);
    target = null;
    position = Math.max(position, sentences.end[n]);
  }
  inner(position, text.length);
  return paragraphs.filter((paragraph) => paragraph.textContent.trim() !== "");
}

export function createReader(app) {
  const { model, selection } = app;
  const { state } = selection;
  const article = byId("gm-article");
  const chooser = byId("gm-document");

  function mark() {
    for (const node of article.querySelectorAll("a.gm-mention")) {
      const mention = Number(node.dataset.mention);
      node.classList.toggle("gm-off", !selection.isShown(mention));
      node.classList.toggle("gm-selected", mention === state.mention);
    }
    for (const node of article.querySelectorAll(".gm-sentence")) {
      node.classList.toggle("gm-on", Number(node.dataset.sentence) === state.sentence);
    }
  }

  function render() {
    const report = model.documents[state.document];
    if (!report) return article.replaceChildren(el("p", { class: "gm-meta" }, "There are no reports in this map."));
    if (report.language) article.lang = report.language;
    const id = el("p", { class: "gm-meta gm-id" }, `Report id: ${report.id}`);
    const parts = [...reportHead(model, state.document), ...reportText(app, state.document), id];
    article.replaceChildren(...parts.filter(Boolean));
    chooser.value = String(state.document);
    byId("gm-previous").disabled = state.document === 0;
    byId("gm-next").disabled = state.document === model.documents.length - 1;
    mark();
  }

  function openReport(index) {
    Object.assign(state, { document: index, sentence: null, mention: null });
    render();
    byId("gm-body").scrollTop = 0;
    app.saveAddress();
  }

  /** Open the report of a sentence, scroll to it and flash it. */
  function showSentence(document, sentence, mention = null) {
    const changed = state.document !== document || !article.children.length;
    Object.assign(state, { document, sentence, mention });
    if (changed) render();
    else mark();
    const node = article.querySelector(`[data-sentence="${sentence}"]`);
    if (node) {
      node.scrollIntoView({ block: "center", behavior: app.animate ? "smooth" : "auto" });
      node.classList.remove("gm-flash");
      void node.offsetWidth; // Restarts the animation when the same sentence is shown again.
      node.classList.add("gm-flash");
    }
    app.saveAddress();
    return node;
  }

  article.addEventListener("click", (event) => {
    const node = event.target.closest("a.gm-mention");
    if (!node) return;
    event.preventDefault();
    const mention = Number(node.dataset.mention);
    Object.assign(state, { mention, sentence: model.mentions.sentence[mention] });
    mark();
    app.goToMention(mention, { byKeyboard: event.detail === 0 });
  });
  chooser.append(...model.documents.map((_, n) => el("option", { value: n }, model.titleOf(n))));
  chooser.addEventListener("change", () => openReport(Number(chooser.value)));
  byId("gm-previous").addEventListener("click", () => openReport(state.document - 1));
  byId("gm-next").addEventListener("click", () => openReport(state.document + 1));
  byId("gm-navigation").hidden = model.documents.length < 2;
  selection.onFilter(mark);
  return { render, showSentence };
}
