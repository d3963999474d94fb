// The key: how to read the signs on the map and in the text.
import { byId, el, svg } from "../dom.js";
import { EVENT_KINDS } from "../data/events.js";
import { eventIcon } from "../signs/icons.js";
import { percentWords } from "../words/text.js";
import { onlineHosts } from "../map/backgrounds.js";
import { clusterSign, markerSign, smallRing, toldSign } from "../signs/symbols.js";
import { say } from "../words/say.js";
import { verifiedSign } from "./incidentcard.js";

/** A made-up group of mentions: `kinds` says how many of each kind of event. */
function group(kinds, { doubtful = false, literal = 1 } = {}) {
  const counts = EVENT_KINDS.map((_, kind) => kinds[kind] ?? 0);
  return { doubtful, literal, kinds: counts };
}

function areaSign() {
  const box = { class: "gm-sign", width: 34, height: 24, "aria-hidden": "true" };
  return svg("svg", box, svg("rect", { class: "gm-outline", x: 1, y: 1, width: 32, height: 22 }));
}

function lineSign() {
  const box = { class: "gm-sign", width: 34, height: 10, "aria-hidden": "true" };
  return svg("svg", box, svg("line", { class: "gm-disputed", x1: 1, y1: 5, x2: 33, y2: 5 }));
}

function settlementSign() {
  const box = { class: "gm-sign", width: 12, height: 12, "aria-hidden": "true" };
  return svg("svg", box, svg("circle", { class: "gm-settlement-sign", cx: 6, cy: 6, r: 2 }));
}

function chipSign(kinds) {
  const events = kinds ? smallRing(group(kinds).kinds) : null;
  return el(
    "span",
    { class: "gm-chip" },
    el("span", {}, events, el("bdi", {}, say("place.area")), " ", el("b", {}, "2")),
  );
}

function signs(bar) {
  return [
    [markerSign(group([0, 1])), say("key.one_event")],
    [markerSign(group([0, 2, 1])), say("key.events")],
    [clusterSign([5, 3, 3, 1, 0, 0, 0]), say("key.cluster_events")],
    [markerSign(group([1])), say("key.named")],
    [verifiedSign(), say("key.verified")],
    [markerSign(group([0, 1], { doubtful: true })), say("key.doubtful", { percent: percentWords(bar) })],
    [toldSign(), say("key.told")],
    [markerSign(group([1], { literal: 0 })), say("key.other")],
    [areaSign(), say("key.region_paint")],
    [chipSign(), say("key.area")],
    [chipSign([1, 1]), say("key.area_events")],
    [lineSign(), say("key.disputed")],
    [settlementSign(), say("key.settlement")],
  ];
}

function kindRows() {
  return [...EVENT_KINDS.entries()].slice(1).map(([kind, { key, label }]) => {
    const words = [el("b", {}, label), el("span", {}, say(`key.covers.${key}`))];
    return [eventIcon(kind, 20), words];
  });
}

/** How names are marked in the text of a report. */
function markRows(bar) {
  const sample = (kinds, words) => el("span", { class: `gm-mention ${kinds}` }, words);
  return [
    [sample("gm-kind-battles", say("place.place")), say("key.text.event")],
    [sample("gm-kind-none", say("place.place")), say("key.text.place")],
    [sample("gm-kind-none gm-low", say("place.place")), say("key.text.doubtful", { percent: percentWords(bar) })],
    [sample("gm-kind-none gm-told-name", say("place.place")), say("key.text.told")],
    [sample("gm-kind-none gm-other", say("place.place")), say("key.text.other")],
    [sample("gm-nil", say("place.place")), say("key.text.missing")],
  ];
}

/** How days are drawn below the map. */
function barRows() {
  const box = { class: "gm-sign gm-bar-sample", width: 12, height: 24, "aria-hidden": "true" };
  const bar = (state) => svg("svg", box, svg("rect", { class: state, width: 12, height: 24 }));
  return [
    [bar("gm-on"), say("key.bar_events")],
    [bar("gm-rough"), say("key.bar.rough")],
  ];
}

const keyRows = () => [
  ["n", say("key.next_event")],
  ["p", say("key.previous_event")],
  ["c", say("key.correct")],
  ["Esc", say("key.close")],
];

const rowsOf = (rows) => rows.flatMap(([sign, words]) => [el("dt", {}, sign), el("dd", {}, words)]);

/** What an online background would learn of the reader, and who it is. */
function onlineWords(tiles) {
  const hosts = onlineHosts(tiles).flatMap(([name, host]) => [el("dt", {}, el("bdi", {}, name)), el("dd", {}, host)]);
  return [el("p", {}, say("key.online.asks")), el("dl", { class: "gm-facts" }, hosts)];
}

/** @param {import("../types").App} app */
export function fillKey({ model }) {
  // Before what the boundaries of a file have to say of themselves.
  byId("gm-view-key").prepend(
    el("h2", {}, say("key.kinds")),
    el("dl", { class: "gm-signs gm-kind-list" }, rowsOf(kindRows())),
    el("h2", {}, say("key.on_map")),
    el("dl", { class: "gm-signs" }, rowsOf(signs(model.doubt_below))),
    el("h2", {}, say("key.in_text")),
    el("dl", { class: "gm-signs" }, rowsOf(markRows(model.doubt_below))),
    el("h2", {}, say("key.on_timeline")),
    el("dl", { class: "gm-signs" }, rowsOf(barRows())),
    el("h2", {}, say("key.keys")),
    el("dl", { class: "gm-signs" }, rowsOf(keyRows().map(([key, words]) => [el("kbd", {}, key), words]))),
    el("h2", {}, say("key.online")),
    ...onlineWords(model.tiles),
  );
}
