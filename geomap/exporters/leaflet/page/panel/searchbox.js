// The search: it filters as one types, and suggests places, reports and outlets to go to.
import { closestTo, el, svg } from "../dom.js";
import { countOf, readableDay, sideBySide } from "../words/text.js";
import { sourcesWords, whatWords, whenOf, whereOf } from "../words/incidentwords.js";
import { say } from "../words/say.js";
import { createSuggestions } from "../data/suggestions.js";
import { contextOf, placeTitle } from "../words/placewords.js";
import { flyToPlaces } from "../map/view.js";

const DEBOUNCE = 180;
/** A name that begins with what is typed is what is meant; what only has it somewhere is not. */
const MEANT = 3;

/**
 * Show the next sentence with a mention that is on the map, after the one that is shown; after the last comes the first.
 * @param {import("../types").App} app
 */
function showNext(app) {
  const { model, selection } = app;
  const order = model.documents.flatMap((_, n) => model.mentionsOf(n)).filter(selection.isShown);
  if (!order.length || !selection.filters.query.trim()) return;
  const { document, sentence } = model.mentions;
  const { state } = selection;
  const later = (i) =>
    document[i] > state.document || (document[i] === state.document && sentence[i] > (state.sentence ?? -1));
  const next = order.find(later) ?? order[0];
  app.panel.setTab("text");
  app.reader.showSentence(document[next], sentence[next], next);
}

const SUGGEST_PICTURES = {
  place:
    "M8 14.5C5 10.6 3.4 8.3 3.4 6.1a4.6 4.6 0 0 1 9.2 0c0 2.2-1.6 4.5-4.6 8.4ZM8 4.6a1.6 1.6 0 1 0 0 3.2 1.6 1.6 0 0 0 0-3.2Z",
  incident: "M8 1.6 9.7 6h4.7l-3.8 2.9 1.4 4.7L8 10.8l-4 2.8 1.4-4.7L1.6 6h4.7Z",
  report: "M3.5 1.5h6l3 3v10h-9zM5.5 7.5h5M5.5 10.5h5",
  outlet: "M1.5 3h10v10.5h-10zM11.5 6h3v6a1.5 1.5 0 0 1-3 0M4 6h5M4 8.5h5M4 11h3",
  text: "M6.8 2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6ZM10.4 10.4l4 4",
};

function pictureOf(kind) {
  const box = { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", class: "gm-suggest-icon" };
  return svg("svg", box, svg("path", { d: SUGGEST_PICTURES[kind] }));
}

/**
 * What a suggestion says: its name, and what tells it from others of that name.
 * @param {import("../types").App} app
 */
function wordsOf(app, { kind, number }) {
  const { model, selection } = app;
  if (kind === "place") {
    const place = model.places[number];
    return [placeTitle(place), contextOf(place, app.base)];
  }
  if (kind === "incident") {
    const { words } = whenOf(model, number);
    return [
      sideBySide([whatWords(model, number), whereOf(app, number).name]),
      sideBySide([words, sourcesWords(model, number)]),
    ];
  }
  if (kind === "report") {
    const { source, published } = model.documents[number];
    return [model.titleOf(number), [source, readableDay(published)].filter(Boolean).join(" · ")];
  }
  const reports = selection.outlets.ofReport.reduce((sum, outlet) => sum + (outlet === number ? 1 : 0), 0);
  return [selection.outlets.names[number], countOf(reports, "report")];
}

/**
 * Go to a place, and let the reading pane follow to the first sentence that names it.
 * @param {import("../types").App} app
 */
function goToFound(app, place) {
  const { model, selection } = app;
  const group = selection.groups.get(place);
  if (group && !app.panel.isPhone()) {
    const [first] = group.mentions;
    app.panel.setTab("text");
    app.reader.showSentence(model.mentions.document[first], model.mentions.sentence[first], first);
  }
  app.goToPlace(place, { byKeyboard: true });
}

/**
 * Where a suggestion leads. The search that found it is over.
 * @param {import("../types").App} app
 */
function goToSuggested(app, { kind, number }) {
  const { model, selection } = app;
  app.changeFilters(kind === "outlet" ? { query: "", sources: [number] } : { query: "" });
  if (kind === "place") return goToFound(app, number);
  if (kind === "incident") return app.openIncident(number, { byKeyboard: true });
  if (kind === "report") {
    app.panel.setTab("text");
    app.reader.openReport(number);
  }
  const isIts = (i) => selection.isShown(i) && (kind === "outlet" || model.mentions.document[i] === number);
  const places = new Set();
  for (let i = 0; i < model.count; i++) if (isIts(i)) places.add(model.mentions.place[i]);
  flyToPlaces(app, places);
}

/**
 * The list under the search: a combobox as the ARIA practices describe it, the focus stays in the field.
 * @param {import("../types").App} app
 */
function createList(app, box, choose) {
  const suggest = createSuggestions(app.model, app.selection.outlets);
  const list = el("div", { id: "gm-suggestions", role: "listbox", "aria-label": say("suggest.label"), hidden: true });
  let options = [];
  let active = -1;

  function point(n) {
    active = n;
    options.forEach(({ node }, m) => node.setAttribute("aria-selected", String(m === active)));
    if (active < 0) return box.removeAttribute("aria-activedescendant");
    box.setAttribute("aria-activedescendant", options[active].node.id);
    options[active].node.scrollIntoView({ block: "nearest" });
  }

  function optionNode(suggestion, n) {
    const [words, context] =
      suggestion.kind === "text" ? [say("suggest.text", { query: box.value.trim() }), ""] : wordsOf(app, suggestion);
    const name = el("span", { dir: "auto" }, words);
    const parts = [
      pictureOf(suggestion.kind),
      el("span", {}, name, context ? el("small", { dir: "auto" }, context) : null),
    ];
    return el("div", { role: "option", id: `gm-suggestion-${n}`, "aria-selected": "false", "data-number": n }, parts);
  }

  /** The kinds one below the other, each under its heading. */
  function fill() {
    const query = box.value.trim();
    if (!query) return shut();
    const groups = [...suggest(query), [{ kind: "text", number: 0, fit: 0 }]];
    options = [];
    const nodes = groups.map((group) => {
      const heading = el(
        "div",
        { class: "gm-suggest-kind", role: "presentation", id: `gm-suggest-${group[0].kind}` },
        say(`suggest.${group[0].kind}s`),
      );
      const rows = group.map((suggestion) => {
        options.push({ suggestion, node: optionNode(suggestion, options.length) });
        return options.at(-1).node;
      });
      return el("div", { role: "group", "aria-labelledby": heading.id }, heading, rows);
    });
    list.replaceChildren(...nodes);
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    const isMeant = ({ kind, fit }) => fit >= MEANT && kind !== "incident"; // They begin with words of any text.
    const best = options.findIndex(({ suggestion }) => isMeant(suggestion));
    point(best);
  }

  function shut() {
    list.hidden = true;
    list.replaceChildren();
    options = [];
    box.setAttribute("aria-expanded", "false");
    point(-1);
  }

  // Pressing must not take the focus from the field, or the list would be gone before the click.
  for (const kind of ["pointerdown", "mousedown"]) list.addEventListener(kind, (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = closestTo(event, "[role=option]");
    if (option) choose(options[Number(option.dataset.number)].suggestion);
  });
  return {
    list,
    fill,
    shut,
    isOpen: () => !list.hidden,
    step: (by) => point((active + by + options.length + (active < 0 && by < 0 ? 1 : 0)) % options.length),
    active: () => options[active]?.suggestion ?? null,
  };
}

/**
 * The search for places and sentences; it waits for a pause in the typing.
 * @param {import("../types").App} app
 */
export function createSearchBox(app) {
  const { selection } = app;
  let timer = 0;
  const box = el("input", {
    type: "search",
    id: "gm-search",
    role: "combobox",
    placeholder: say("filters.search.short"),
    "aria-label": say("filters.search"),
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": "gm-suggestions",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: 100,
    dir: "auto",
  });
  const apply = () => {
    clearTimeout(timer);
    timer = 0;
    if (box.value !== selection.filters.query) app.changeFilters({ query: box.value });
  };
  const leave = () => app.panel.isPhone() && box.blur(); // The keyboard would hide what was found.

  function searchTexts() {
    suggestions.shut();
    apply();
    showNext(app);
    leave();
  }

  function choose(suggestion) {
    if (suggestion.kind === "text") return searchTexts();
    clearTimeout(timer);
    timer = 0;
    suggestions.shut();
    box.value = "";
    leave();
    goToSuggested(app, suggestion);
  }

  const suggestions = createList(app, box, choose);
  box.addEventListener("focus", () => selection.search.warm(), { once: true });
  box.addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = event.isComposing ? 0 : setTimeout(apply, DEBOUNCE);
    if (!event.isComposing) suggestions.fill();
  });
  box.addEventListener("compositionend", () => {
    apply();
    suggestions.fill();
  });
  box.addEventListener("blur", () => suggestions.shut());
  // The map and the timeline take no focus when they are pressed.
  const pressed = (event) => {
    if (!event.composedPath().some((node) => node === box || node === suggestions.list)) suggestions.shut();
  };
  document.addEventListener("pointerdown", pressed, true);
  box.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      if (suggestions.isOpen()) suggestions.step(by);
      else suggestions.fill();
    } else if (event.key === "Enter") {
      event.preventDefault(); // Else it would press what the focus moves to.
      const suggestion = suggestions.active();
      if (suggestion) choose(suggestion);
      else searchTexts();
    } else if (event.key === "Escape" && suggestions.isOpen()) {
      event.preventDefault();
      event.stopPropagation();
      suggestions.shut();
    }
  });
  selection.onFilter(() => {
    if (!timer && box.value !== selection.filters.query) box.value = selection.filters.query;
  });
  return [box, suggestions.list];
}
