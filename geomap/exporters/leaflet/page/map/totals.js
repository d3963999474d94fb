// Totals by region: how many events, or deaths, of all that passes the filters, in each first-level unit.
import { el, svg } from "../dom.js";
import { NO_TOLL } from "../data/incidents.js";
import { say } from "../words/say.js";
import { compareWords, countOf, numberWords } from "../words/text.js";
import { answerPointer } from "./hovering.js";
import { outlineClass } from "./outlines.js";

/** Into so many classes, at most, values are put by Jenks's natural breaks: what is alike is one class, whatever the outliers. */
const CLASSES = 5;
/** What can be totalled. */
export const TOTALS = ["events", "deaths"];

/**
 * The totals of each unit in which anything that is shown happened, and how many incidents lie in none.
 * @param {import("../types").App} app
 */
export function totalsByUnit({ model, selection, base }) {
  const { incidents } = model;
  const units = new Map();
  let outside = 0;
  for (let i = 0; i < incidents.count; i++) {
    if (selection.incidentFails[i]) continue;
    const place = model.places[incidents.place[i]];
    const unit = place && base.unitOf(place);
    if (!unit) outside += 1;
    else {
      if (!units.has(unit)) units.set(unit, { events: 0, deaths: 0 });
      const total = units.get(unit);
      const least = incidents.low[i] === NO_TOLL ? incidents.high[i] : incidents.low[i];
      total.events += 1;
      total.deaths += Math.max(0, least);
    }
  }
  return { units, outside };
}

/** The classes of some values above 0, from low to high, each as [least, most]. */
export function classesOf(values) {
  const counted = values.filter((value) => value > 0);
  if (!counted.length) return [];
  const groups = ss.ckmeans(counted, Math.min(CLASSES, new Set(counted).size));
  return groups.map((group) => [group[0], group.at(-1)]);
}

function swatch(n, of) {
  const box = { width: 26, height: 14, "aria-hidden": "true", class: "gm-sign" };
  return svg("svg", box, svg("rect", { class: `gm-total gm-total-${shadeOf(n, of)}`, width: 26, height: 14 }));
}

/** The shade of class `n` of `of`: the highest is always the strongest. */
const shadeOf = (n, of) => CLASSES - of + n;

/**
 * The switch for totals by region, their legend, and the regions coloured by them.
 *
 * @param {import("../types").App} app
 */
export function createTotals(app) {
  const { map, selection } = app;
  const { state } = selection;
  map.createPane("gm-totals").style.zIndex = 330; // Below areas of control and all names.
  const renderer = L.svg({ pane: "gm-totals", padding: 0.4 });
  const layer = L.layerGroup().addTo(map);
  const Outline = outlineClass();
  const words = say("totals.label");
  const toggle = () => app.showTotals(state.totals ? null : TOTALS[0]);
  const button = el(
    "button",
    { type: "button", id: "gm-totals", title: words, "aria-label": words, "aria-pressed": "false", click: toggle },
    svg("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }, [
      svg("path", { d: "M1 1h6v6H1zM9 1h6v9H9zM1 9h6v6H1zM9 12h6v3H9z" }),
    ]),
  );
  const choices = TOTALS.map((what) =>
    el("button", { type: "button", "data-total": what, click: () => app.showTotals(what) }, say(`totals.${what}`)),
  );
  const body = el("div", {});
  const legend = el(
    "div",
    {
      class: "gm-legend gm-totals-legend",
      role: "group",
      "aria-label": words,
      dir: document.documentElement.dir || null,
    },
    el("p", { class: "gm-totals-choice" }, choices),
    body,
  );
  const [corner, key] = [L.control({ position: "topright" }), L.control({ position: "bottomleft" })];
  corner.onAdd = () => el("div", { class: "leaflet-bar" }, button);
  key.onAdd = () => legend;
  for (const node of [button, legend]) L.DomEvent.disableClickPropagation(node);
  L.DomEvent.disableScrollPropagation(legend);

  /** Colour the regions, and say what the colours mean. */
  function draw() {
    layer.clearLayers();
    const { totals } = state;
    if (!totals) return;
    const { units, outside } = totalsByUnit(app);
    const rows = [...units].map(([unit, total]) => ({ unit, value: total[totals] })).filter(({ value }) => value);
    const classes = classesOf(rows.map(({ value }) => value));
    for (const { unit, value } of rows) {
      const shade = shadeOf(
        classes.findIndex(([, most]) => value <= most),
        classes.length,
      );
      const look = { renderer, pane: "gm-totals", className: `gm-total gm-total-${shade}` };
      answerPointer(new Outline(unit.shape, look), { words: () => unitWords(unit, value) }).addTo(layer);
    }
    body.replaceChildren(...legendParts(rows, classes, outside));
    map.fire("gm-controls");
  }

  /** "Donetsk Oblast: 12 events", or how many died there at least. */
  function unitWords(unit, value) {
    const counted = state.totals === "deaths" ? say("killed.at_least", { low: value }) : countOf(value, "event");
    return [el("bdi", {}, unit.properties.name), say("colon"), el("b", {}, counted)];
  }

  function legendParts(rows, classes, outside) {
    const range = ([least, most]) => (least === most ? numberWords(least) : say("totals.range", { least, most }));
    const swatches = classes.map((one, n) => el("li", {}, swatch(n, classes.length), el("span", {}, range(one))));
    rows.sort((a, b) => b.value - a.value || compareWords(a.unit.properties.name, b.unit.properties.name));
    const listed = rows.map(({ unit, value }) =>
      el("li", {}, el("bdi", {}, unit.properties.name), " ", el("b", {}, numberWords(value))),
    );
    return [
      classes.length ? el("ul", {}, swatches) : el("p", {}, say("totals.none")),
      outside ? el("p", {}, say("totals.outside", { events: countOf(outside, "event") })) : "",
      rows.length ? el("details", {}, el("summary", {}, say("totals.regions")), el("ol", {}, listed)) : "",
    ];
  }

  /** Show the totals of events or deaths, or none. */
  function show(what) {
    state.totals = what;
    button.setAttribute("aria-pressed", String(what !== null));
    for (const choice of choices) choice.setAttribute("aria-pressed", String(choice.dataset.total === what));
    map.getContainer().classList.toggle("gm-totalled", what !== null);
    if (what === null) key.remove();
    else if (!legend.isConnected) key.addTo(map);
    draw();
    map.fire("gm-controls");
  }

  if (app.model.incidents.count) corner.addTo(map);
  selection.onFilter(draw);
  return { show };
}
