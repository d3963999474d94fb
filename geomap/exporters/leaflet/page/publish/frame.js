// What a map needs where it stands alone, in a frame, on paper or as a picture: title, days, key and credit.
import { byId, el, svg } from "../dom.js";
import { countOf } from "../words/text.js";
import { say } from "../words/say.js";
import { rangeWords } from "../data/days.js";
import { periodsOf } from "../data/periods.js";
import { NO_DAY } from "../data/calendar.js";
import { EVENT_KINDS } from "../data/events.js";
import { inView } from "../map/worldcopies.js";
import { activeFilters } from "../filters/activefilters.js";
import { eventIcon } from "../signs/icons.js";
import { clusterSign, markerSign, toldSign } from "../signs/symbols.js";

/**
 * The groups of places that are in view: dots by where they are, areas by their labels.
 * @param {import("../types").App} app
 */
function groupsInView({ map, model, selection, regions }) {
  const bounds = map.getBounds();
  const isSeen = ([index, _group]) => {
    const { kind, latitude, longitude } = model.places[index];
    if (kind !== "point") return Boolean(regions.chipOf(index)?.getElement()?.isConnected);
    return bounds.contains(inView(map, L.latLng(latitude, longitude)));
  };
  return [...selection.groups].filter(isSeen).map(([, group]) => group);
}

/** The first and the last day of [first, last] pairs, within the days that are chosen; null for none. */
export function daysOfAll(pairs, { from, to }) {
  let [first, last] = [Infinity, -Infinity];
  for (const [start, end] of pairs) {
    if (start === NO_DAY) continue;
    first = Math.min(first, start);
    last = Math.max(last, end);
  }
  return first > last ? null : [Math.max(first, from ?? first), Math.min(last, to ?? last)];
}

/**
 * The days of what is shown: of the incidents, and of the reports where a place is merely named.
 * @param {import("../types").App} app
 */
function shownDays({ model, selection }, groups) {
  const { incidents } = model;
  const pairs = [];
  for (const group of groups) {
    for (const i of group.incidents) pairs.push([incidents.firstDay[i], incidents.lastDay[i]]);
    for (const i of group.mentions) if (!incidents.isTelling(i)) pairs.push([model.firstDay[i], model.lastDay[i]]);
  }
  return daysOfAll(pairs, selection.filters);
}

/**
 * What is in view, in one line: days, how much, and what is filtered besides the days.
 * @param {import("../types").App} app
 */
function whatIsShown(app, groups) {
  const { model, selection } = app;
  const days = shownDays(app, groups);
  const mentions = groups.flatMap((group) => group.mentions);
  const reports = new Set(mentions.map((mention) => model.mentions.document[mention])).size;
  const events = groups.reduce((sum, group) => sum + group.events, 0);
  const active = activeFilters(selection.filters, model, selection.outlets);
  const compared = periodsOf(selection.filters) !== null;
  const others = active.filter(({ change }) => compared || !("from" in change));
  const parts = [
    days && !compared ? rangeWords(...days) : "",
    events ? countOf(events, "event") : "",
    say("publish.counts", { places: countOf(groups.length, "place"), reports: countOf(reports, "report") }),
    ...others.map(({ words }) => words),
  ];
  return parts.filter(Boolean).flatMap((words, n) => (n ? [" · ", el("bdi", {}, words)] : [el("bdi", {}, words)]));
}

const someKinds = (...counts) => EVENT_KINDS.map((_, kind) => counts[kind] ?? 0);

/** A sample of each sign that the map shows at present, with what it means. */
function signsShown(map) {
  const isSeen = (node) => node.checkVisibility?.() ?? true;
  const has = (selector) => [...map.getPane("mapPane").querySelectorAll(selector)].some(isSeen);
  const doubtful = { literal: 1, doubtful: true, kinds: someKinds(0, 1) };
  const area = svg("rect", { class: "gm-outline", x: 1, y: 1, width: 20, height: 14 });
  const box = { class: "gm-sign", width: 22, height: 16, viewBox: "0 0 22 16", "aria-hidden": "true" };
  return [
    has(".gm-cluster") ? [clusterSign(someKinds(0, 7, 5)), say("publish.key.cluster")] : null,
    has(".gm-sign-low, .gm-sign-doubtful") ? [markerSign(doubtful), say("publish.key.doubtful")] : null,
    has(".gm-told-place") ? [toldSign(), say("publish.key.told")] : null,
    has("path.gm-outline") ? [svg("svg", box, area), say("publish.key.area")] : null,
  ].filter((row) => row !== null);
}

/**
 * While two periods are compared, what is on the map explains itself.
 *
 * @param {import("../types").App} app
 */
function keyItems({ map, selection }, groups) {
  if (periodsOf(selection.filters)) return [];
  const counts = EVENT_KINDS.map(() => 0);
  for (const { kinds } of groups) kinds.forEach((count, kind) => (counts[kind] += count));
  const kinds = [...EVENT_KINDS.keys()].filter((kind) => kind && counts[kind]);
  const rows = kinds.map((kind) => [eventIcon(kind, 15), EVENT_KINDS[kind].label]);
  return [...rows, ...signsShown(map)].map(([sign, words]) => el("li", {}, sign, el("span", {}, words)));
}

/**
 * Whom the map is owed to, as its corner says it.
 * @param {import("../types").App} app
 */
function creditParts({ map, model }) {
  const given = [...(map.attributionControl?.getContainer().childNodes ?? [])].map((node) => node.cloneNode(true));
  return [...given, " | ", say("publish.made", { program: model.generator ?? "geomap" })];
}

/**
 * Make the two parts around the map; `fill` writes what is shown now into them.
 * @param {import("../types").App} app
 */
export function createFrame(app) {
  const title = el("h1", { class: "gm-frame-title" });
  const shown = el("p", { class: "gm-frame-shown" });
  const key = el("ul", { class: "gm-frame-key", "aria-label": say("tab.key") });
  const credit = el("p", { class: "gm-frame-credit" });
  const head = el("header", { id: "gm-frame-head" }, title, shown);
  const foot = el("footer", { id: "gm-frame-foot" }, key, credit);
  title.textContent = byId("gm-title").textContent;
  document.body.append(head, foot);

  function fill() {
    const groups = groupsInView(app);
    shown.replaceChildren(...whatIsShown(app, groups));
    key.replaceChildren(...keyItems(app, groups));
    credit.replaceChildren(...creditParts(app));
  }
  return { head, foot, credit, fill, title: () => title.textContent };
}
