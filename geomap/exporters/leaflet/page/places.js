// The table of places: the map in words, for those who cannot see it and those who want to sort it.
import { byId, el } from "./dom.js";
import { countOf } from "./text.js";
import { contextOf } from "./describe.js";

const LIMIT = 500;

function sorters(model) {
  const name = (a, b) => model.places[a[0]].name.localeCompare(model.places[b[0]].name, "en");
  return {
    name,
    mentions: (a, b) => b[1].mentions.length - a[1].mentions.length || name(a, b),
    sure: (a, b) => a[1].best - b[1].best || name(a, b),
  };
}

function placeRow(app, index, group) {
  const place = app.model.places[index];
  const open = (event) => app.goToPlace(index, { byKeyboard: event.detail === 0 });
  const context = el("small", {}, contextOf(place, app.base));
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, el("button", { type: "button", click: open }, el("span", {}, place.name), context)),
    el("td", {}, String(group.mentions.length)),
    el("td", {}, `${group.best}%`),
  );
}

/** Names without a place, with their sentences: nothing that was found is dropped in silence. */
function notFoundList(app) {
  const { model } = app;
  const names = new Map();
  for (let i = 0; i < model.count; i++) {
    if (model.mentions.place[i] >= 0) continue;
    const name = model.mentionText(i) || "(name not in the text)";
    if (!names.has(name)) names.set(name, []);
    names.get(name).push(i);
  }
  if (!names.size) return null;
  const items = [...names].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  const buttons = items.map(([name, mentions]) => {
    const show = () => app.showInText(mentions[0]);
    const words = mentions.length > 1 ? [el("bdi", {}, name), ` ×${mentions.length}`] : [el("bdi", {}, name)];
    return el("li", {}, el("button", { type: "button", click: show }, words));
  });
  const heading = el("h2", {}, `Not found (${countOf(model.notFound, "mention")})`);
  const why = el("p", { class: "gm-meta" }, "The gazetteer has no place of this name, or none that fits.");
  return el("section", { class: "gm-missing" }, heading, why, el("ul", {}, buttons));
}

export function createPlacesTable(app) {
  const { model, selection } = app;
  const view = byId("gm-view-places");
  let order = "mentions";

  function heading(key, words) {
    const choose = () => {
      order = key;
      render();
      view.querySelector(`[data-order="${key}"]`).focus();
    };
    const sorted = { name: "ascending", mentions: "descending", sure: "ascending" }[key];
    const attributes = { scope: "col", "aria-sort": order === key ? sorted : "none" };
    return el("th", attributes, el("button", { type: "button", "data-order": key, click: choose }, words));
  }

  function render() {
    const rows = [...selection.groups].sort(sorters(model)[order]);
    const hidden = rows.length - LIMIT;
    const head = el("tr", {}, heading("name", "Place"), heading("mentions", "Mentions"), heading("sure", "Confidence"));
    const body = rows.slice(0, LIMIT).map(([index, group]) => placeRow(app, index, group));
    const table = el(
      "table",
      {},
      el("caption", { class: "gm-hidden" }, "Places with their number of mentions and the best confidence"),
      el("thead", {}, head),
      el("tbody", {}, body),
    );
    const note = hidden > 0 ? el("p", { class: "gm-meta" }, `${countOf(hidden, "place")} more not listed.`) : null;
    view.replaceChildren(...[table, note, notFoundList(app)].filter(Boolean));
  }

  const renderIfOpen = () => {
    if (!view.hidden) render();
  };
  selection.onFilter(renderIfOpen);
  return { render };
}
