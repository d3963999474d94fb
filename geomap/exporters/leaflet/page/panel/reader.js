// The reading pane: which report, sentence and mention are open, and the ways from them to the map.
import { TYPING, byId, closestTo, el } from "../dom.js";
import { reportHead, reportText } from "./article.js";
import { createChooser } from "./reportchooser.js";
import { say, sayParts } from "../words/say.js";

/** The link of a sentence: only what names it, so that it opens with everybody's own filters. */
export function sentenceLink({ id, sentences }, sentence) {
  const known = id.toWellFormed ? id.toWellFormed() : id;
  return `#doc=${encodeURIComponent(known)}&sentence=${sentences.index[sentence]}`;
}

/**
 * A button that copies the link of the sentence under the pointer or the focus, one for the whole text.
 * @param {import("../types").App} app
 */
function createLinkButton(app, article, showSentence) {
  const words = say("reader.copy");
  const button = el("button", { type: "button", class: "gm-link", title: words, "aria-label": words });
  const penWords = say("reader.correct", { key: "c" });
  const pen = el("button", { type: "button", class: "gm-link gm-pen", title: penWords, "aria-label": penWords });
  /** @type {number | null} */
  let sentence = null;

  function moveTo(node) {
    if (!node || sentence === Number(node.dataset.sentence)) return;
    if (button === document.activeElement || pen === document.activeElement) return;
    sentence = Number(node.dataset.sentence);
    node.after(...(app.judge.can(app.selection.state.document) ? [button, pen] : [button]));
  }

  async function copy() {
    const { state } = app.selection;
    const link = sentenceLink(app.model.documents[state.document], sentence);
    try {
      await navigator.clipboard.writeText(location.href.replace(/#.*/s, "") + link);
      app.toast(say("reader.copied"));
    } catch {
      // A frame, or a browser that does not let pages write there.
      app.toast(say("reader.in_address"));
    }
    showSentence(state.document, sentence);
  }

  button.addEventListener("click", copy);
  pen.addEventListener("click", () => app.judge.open(app.selection.state.document, sentence));
  for (const event of ["pointerover", "focusin"]) {
    article.addEventListener(event, (happened) => moveTo(closestTo(happened, ".gm-sentence")));
  }
  return {
    moveTo,
    drop() {
      sentence = null;
      button.remove();
      pen.remove();
    },
  };
}

/** @param {import("../types").App} app */
export function createReader(app) {
  const { model, selection } = app;
  const { state } = selection;
  const article = byId("gm-article");
  const showReport = createChooser(model, openReport);
  const linkButton = createLinkButton(app, article, showSentence);

  function mark() {
    for (const node of article.querySelectorAll("[data-mention]")) {
      const mention = Number(node.dataset.mention);
      node.classList.toggle("gm-off", model.mentions.place[mention] >= 0 && !selection.isShown(mention));
      node.classList.toggle("gm-selected", mention === state.mention);
    }
    for (const node of article.querySelectorAll(".gm-sentence")) {
      node.classList.toggle("gm-on", Number(node.dataset.sentence) === state.sentence);
    }
    linkButton.moveTo(article.querySelector(".gm-sentence.gm-on"));
  }

  function render() {
    const report = model.documents[state.document];
    linkButton.drop();
    if (!report) return article.replaceChildren(el("p", { class: "gm-meta" }, say("reader.no_reports")));
    const id = report.title
      ? el("p", { class: "gm-meta gm-id" }, sayParts("reader.id", { id: el("bdi", {}, report.id) }))
      : null; // It stands above the text, where a title would.
    const parts = [...reportHead(model, state.document), ...reportText(app, state.document), id];
    article.replaceChildren(...parts.filter(Boolean));
    showReport(state.document);
    mark();
  }

  function openReport(index) {
    Object.assign(state, { document: index, sentence: null, mention: null });
    render();
    byId("gm-body").scrollTop = 0;
    app.saveAddress({ step: "text" });
  }

  /**
   * Open the report of a sentence, scroll to it and flash it.
   * @param {number} document
   * @param {number} sentence
   * @param {number | null} mention
   */
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
    app.saveAddress({ step: "text" });
    return node;
  }

  function select(mention) {
    Object.assign(state, { mention, sentence: model.mentions.sentence[mention] });
    mark();
  }

  /** The mention after (or before) the selected one, in this report or else in the nearest that has any. */
  function neighbour(step) {
    const inText = (index) => model.mentionsOf(index).filter((mention) => selection.isShown(mention));
    const here = inText(state.document);
    const { mention: selected } = state;
    const known = selected !== null && model.mentions.document[selected] === state.document;
    const at = known ? model.mentions.start[selected] : step > 0 ? -1 : Infinity;
    const ahead = here.filter((mention) => (model.mentions.start[mention] - at) * step > 0);
    if (ahead.length) return ahead.at(step > 0 ? 0 : -1);
    for (let index = state.document + step; model.documents[index]; index += step) {
      const there = inText(index);
      if (there.length) return there.at(step > 0 ? 0 : -1);
    }
    return null;
  }

  /** Go to the next or the previous mention that is shown: in the text, and on the map. */
  function stepMention(step) {
    const mention = neighbour(step);
    if (mention === null) return app.toast(say(step > 0 ? "reader.last" : "reader.first"));
    app.panel.setTab("text");
    showSentence(model.mentions.document[mention], model.mentions.sentence[mention], mention);
    article.querySelector(`[data-mention="${mention}"]`)?.focus({ preventScroll: true });
    if (!app.panel.isPhone()) app.goToMention(mention, {});
  }

  article.addEventListener("click", (event) => {
    const node = closestTo(event, "a.gm-mention");
    if (!node) return;
    event.preventDefault();
    const mention = Number(node.dataset.mention);
    select(mention);
    app.goToMention(mention, { byKeyboard: event.detail === 0 });
  });

  /** Point at the mentions of the place under the pointer on the map; null for none. */
  function highlight(place) {
    for (const node of article.querySelectorAll("a.gm-mention")) {
      const there = place !== null && model.mentions.place[Number(node.dataset.mention)] === place;
      node.classList.toggle("gm-pointed", there);
    }
  }

  const pointAt = (place) => app.markers.highlight(place);
  for (const [kind, on] of Object.entries({ pointerover: 1, focusin: 1, pointerout: 0, focusout: 0 })) {
    article.addEventListener(kind, (event) => {
      const node = closestTo(event, "a.gm-mention");
      if (node) pointAt(on ? model.mentions.place[Number(node.dataset.mention)] : null);
    });
  }

  document.addEventListener("keydown", (event) => {
    const step = { n: 1, p: -1 }[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey || closestTo(event, TYPING)) return;
    event.preventDefault();
    if (app.feed.isOpen()) app.feed.step(step);
    else stepMention(step);
  });
  selection.onFilter(mark);
  return { render, openReport, showSentence, highlight };
}
