// The table of places: the map in words, for those who cannot see it and those who want to sort or keep it.
import { byId, el, svg } from "../dom.js";
import { compareWords, countOf, inSentence, numberWords, percentWords, sideBySide } from "../words/text.js";
import { EVENT_KINDS } from "../data/events.js";
import { contextOf, countryName, placeTitle } from "../words/placewords.js";
import { kindClass, signKind } from "../signs/symbols.js";
import { canSave, mentionRecords, placeRecords, saveFile, toCsv, toGeojson } from "../data/downloads.js";
import { say } from "../words/say.js";

/** What stands for the place of a mention that was not found, and of one whose coordinates are none. */
const [NIL, NO_POINT] = [-1, -2];
const LIMIT = 500;
const BAR = 60;

const eventsOf = ({ kinds }) => kinds.reduce((sum, count, kind) => sum + (kind ? count : 0), 0);

/**
 * What the table can be sorted by: the words of its choice, and how two rows compare at first.
 * @returns {Record<string, [string, (a: any, b: any) => number]>}
 */
function orders(model) {
  const place = ([index]) => model.places[index];
  const name = (a, b) => compareWords(place(a).name, place(b).name) || a[0] - b[0];
  const country = (row) => countryName(place(row).country) || "\uffff";
  return {
    mentions: [say("table.mentions"), (a, b) => b[1].count - a[1].count || name(a, b)],
    events: [say("events"), (a, b) => eventsOf(b[1]) - eventsOf(a[1]) || name(a, b)],
    name: [say("table.name"), name],
    country: [say("place.country"), (a, b) => compareWords(country(a), country(b)) || name(a, b)],
    sure: [say("table.least_sure"), (a, b) => a[1].best - b[1].best || name(a, b)],
  };
}

/** "2 battles, 1 protests": the kinds of events of a place in words. */
function mixWords(kinds) {
  const parts = EVENT_KINDS.map(({ label }, kind) => [kinds[kind], label, kind]).filter(([n, , kind]) => kind && n);
  return sideBySide(parts.map(([n, label]) => `${numberWords(n)} ${inSentence(label)}`));
}

/** A bar of the kinds of events, as long as their share of the most that any place has. */
function mixBar(kinds, most) {
  const count = eventsOf({ kinds });
  const width = Math.max(5, BAR * Math.sqrt(count / most));
  const box = { width: BAR, height: 8, "aria-hidden": "true", class: "gm-mix" };
  let x = 0;
  const parts = EVENT_KINDS.map((_, kind) => {
    if (!kind || !kinds[kind]) return null;
    const part = { class: kindClass(kind), x, width: (width * kinds[kind]) / count, height: 8 };
    x += part.width;
    return svg("rect", part);
  });
  return svg("svg", box, parts);
}

const spoken = (words) => el("span", { class: "gm-hidden" }, words);

function eventCell(kinds, most) {
  const count = eventsOf({ kinds });
  if (!count) return el("td", { class: "gm-events" }, el("span", { class: "gm-hidden" }, say("table.none")));
  const words = mixWords(kinds);
  const number = el("span", { "aria-hidden": "true" }, numberWords(count));
  return el(
    "td",
    { class: "gm-events", title: words },
    mixBar(kinds, most),
    number,
    el("span", { class: "gm-hidden" }, words),
  );
}

/** @param {import("../types").App} app */
function placeRow(app, [index, group], most) {
  const place = app.model.places[index];
  const open = (event) => app.goToPlace(index, { byKeyboard: event.detail === 0 });
  const name = el("span", {}, el("bdi", {}, placeTitle(place)));
  const context = el("small", {}, contextOf(place, app.base));
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, el("button", { type: "button", click: open }, name, context)),
    eventCell(group.kinds, most),
    el("td", {}, numberWords(group.count)),
    sureCell(place, group),
  );
}

/** How sure a place is; what the text alone tells of has no such figure, and says so beside its name. */
function sureCell(place, group) {
  if (place.basis) return el("td", {}, el("span", { "aria-hidden": "true" }, "–"), spoken(say("told.missing")));
  if (signKind(group) !== "low") return el("td", {}, percentWords(group.best));
  return el(
    "td",
    {},
    percentWords(group.best),
    el("span", { "aria-hidden": "true" }, "\u202f?"),
    spoken(`${say("comma")}${say("doubt.doubtful")}`),
  );
}

/**
 * "163 places in 182 rows": what is near a place has a row of its own, as it has a dot.
 * @param {import("../types").App} app
 */
function placesAndRows({ model }, rows) {
  const places = model.entriesOf(rows);
  const words = countOf(places, "place");
  return places === rows.length
    ? words
    : say("table.places_in_rows", { places: words, rows: countOf(rows.length, "in rows") });
}

/**
 * Rows as table bodies: one, or one a country when they are sorted by it.
 * @param {import("../types").App} app
 */
function bodies(app, rows, byCountry) {
  const most = rows.reduce((found, [, group]) => Math.max(found, eventsOf(group)), 1);
  const nodes = (part) => part.map((row) => placeRow(app, row, most));
  if (!byCountry) return [el("tbody", {}, nodes(rows))];
  const countries = new Map();
  for (const row of rows) {
    const name = countryName(app.model.places[row[0]].country) || say("table.no_country");
    if (!countries.has(name)) countries.set(name, []);
    countries.get(name).push(row);
  }
  return [...countries].map(([name, part]) => {
    const heading = el(
      "th",
      { scope: "rowgroup", colspan: 4 },
      el("bdi", {}, name),
      ` · ${placesAndRows(
        app,
        part.map(([index]) => index),
      )}`,
    );
    return el("tbody", {}, el("tr", { class: "gm-country-row" }, heading), nodes(part));
  });
}

/**
 * Names that are not on the map, with their sentences: nothing that was found is dropped in silence.
 * @param {import("../types").App} app
 */
function missingList(app, number, heading, why) {
  const { model } = app;
  const names = new Map();
  let count = 0;
  for (let i = 0; i < model.count; i++) {
    if (model.mentions.place[i] !== number) continue;
    count += 1;
    const name = model.mentionText(i) || say("missing.no_name");
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
  const parts = [
    el("h2", {}, say("missing.heading", { heading, mentions: countOf(count, "mention") })),
    el("p", { class: "gm-meta" }, why),
  ];
  return el("section", { class: "gm-missing" }, parts, el("ul", {}, buttons));
}

/**
 * The lists of names that were not found, and of those with coordinates that are none.
 * @param {import("../types").App} app
 */
const missingLists = (app) => [
  missingList(app, NIL, say("missing.not_found"), say("missing.not_found.why")),
  missingList(app, NO_POINT, say("missing.no_point"), say("missing.no_point.why")),
];

/**
 * Buttons that save what is shown; the formats are those that spreadsheets and GIS programs open.
 * @param {import("../types").App} app
 */
function saveRow({ model, selection }) {
  if (!canSave()) return null;
  const csv = (name, records) => saveFile(name, toCsv(records(model, selection.groups)), "text/csv;charset=utf-8");
  const files = {
    [say("save.places", { format: "CSV" })]: () => csv("places.csv", placeRecords),
    [say("save.places", { format: "GeoJSON" })]: () =>
      saveFile("places.geojson", toGeojson(model, selection.groups), "application/geo+json"),
    [say("save.mentions", { format: "CSV" })]: () => csv("mentions.csv", mentionRecords),
  };
  const buttons = Object.entries(files).map(([words, save]) => el("button", { type: "button", click: save }, words));
  const guard = say("save.guard", { signs: "= + - @" });
  return el("p", { class: "gm-save", title: guard }, el("span", {}, say("save.shown")), buttons);
}

/** @param {import("../types").App} app */
export function createPlacesTable(app) {
  const { model, selection } = app;
  const view = byId("gm-view-places");
  const known = orders(model);
  let order = "mentions";
  let turned = false;

  function sortBy(key, turn) {
    [order, turned] = [key, turn];
    render();
  }

  function heading(key, words) {
    const up = ["name", "sure"].includes(key) !== turned;
    const choose = () => {
      sortBy(key, order === key && !turned);
      view.querySelector(`[data-order="${key}"]`).focus();
    };
    const attributes = { scope: "col", "aria-sort": order === key ? (up ? "ascending" : "descending") : "none" };
    return el("th", attributes, el("button", { type: "button", "data-order": key, click: choose }, words));
  }

  function sortChoice() {
    const options = Object.entries(known).map(([key, [words]]) =>
      el("option", { value: key, selected: key === order }, words),
    );
    const list = el("select", { id: "gm-sort", change: () => sortBy(list.value, false) }, options);
    const choice = el("label", { class: "gm-sort", for: "gm-sort" }, say("table.sort"));
    return el(
      "p",
      { class: "gm-table-head" },
      el("b", {}, placesAndRows(app, [...selection.groups.keys()])),
      choice,
      list,
    );
  }

  function tableOf(rows) {
    const columns = {
      name: say("place.place"),
      events: say("events"),
      mentions: say("table.mentions"),
      sure: say("table.sure"),
    };
    const head = el(
      "tr",
      {},
      Object.entries(columns).map(([key, words]) => heading(key, words)),
    );
    const caption = say("table.caption");
    const parts = [el("caption", { class: "gm-hidden" }, caption), el("thead", {}, head)];
    return el("table", {}, parts, bodies(app, rows, order === "country"));
  }

  function render() {
    const active = document.activeElement;
    const focused = active && view.contains(active) ? active.id : "";
    const rows = [...selection.groups].sort(known[order][1]);
    if (turned) rows.reverse();
    const hidden = rows.length - LIMIT;
    const note = hidden > 0 ? el("p", { class: "gm-meta" }, countOf(hidden, "more rows to save")) : null;
    const none = rows.length ? null : el("p", { class: "gm-meta" }, say("table.empty"));
    const table = rows.length ? tableOf(rows.slice(0, LIMIT)) : null;
    const parts = [sortChoice(), table, none, note, rows.length ? saveRow(app) : null, ...missingLists(app)];
    view.replaceChildren(...parts.filter(Boolean));
    if (focused) byId(focused)?.focus();
  }

  const renderIfOpen = () => {
    if (!view.hidden) render();
  };
  selection.onFilter(renderIfOpen);
  return { render };
}
