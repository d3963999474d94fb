// The key: how to read the signs on the map and in the text.
import { byId, el, svg } from "../dom.js";
import { EVENT_KINDS } from "../data/events.js";
import { eventIcon } from "../signs/icons.js";
import { say } from "../words/say.js";
import { onlineHosts } from "../map/tiles.js";
import { clusterSign, markerSign, smallRing, toldSign } from "../signs/symbols.js";

/** What each kind of event covers, in the order of `EVENT_KINDS`. */
const COVERS = [
  "",
  "Armed groups fight, or ground changes hands",
  "Shelling, air and drone strikes, mines, bombs",
  "Unarmed people are attacked, abducted or abused",
  "People demonstrate without violence of their own",
  "Violent demonstrations and mobs",
  "Agreements, arrests, looting, troops that move in or out: no violence, but it matters",
];

/** A made-up group of mentions: `kinds` says how many of each kind of event. */
function group(kinds, { doubtful = false, literal = 1 } = {}) {
  const counts = EVENT_KINDS.map((_, kind) => kinds[kind] ?? 0);
  return { count: counts.reduce((sum, count) => sum + count, 0), doubtful, literal, kinds: counts };
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
  return el("span", { class: "gm-chip" }, el("span", {}, events, el("bdi", {}, "Area"), " ", el("b", {}, "2")));
}

function signs(bar) {
  return [
    [markerSign(group([1])), "A place that a sentence names, with no event there"],
    [markerSign(group([0, 1])), "An event happened there: the picture and the colour say which kind"],
    [markerSign(group([1, 2, 1])), "Several mentions: the ring shows the kinds of events, grey for none"],
    [
      clusterSign(12, [5, 3, 3, 1, 0, 0, 0]),
      "Several places close together, with their mentions. Select it to zoom in",
    ],
    [
      markerSign(group([1], { doubtful: true })),
      `Doubtful: less than ${bar}% sure of the place. Select it to see others`,
    ],
    [toldSign(), "Not in the gazetteer: the text tells where, and the circle shows how far off it may be"],
    [markerSign(group([1], { literal: 0 })), "Only named as a government, an adjective or a part of another name"],
    [areaSign(), "A whole region is meant, not a spot in it"],
    [chipSign(), "A country, region, district or sea, with the number of mentions"],
    [chipSign([1, 1]), "With a ring: an event somewhere in that area. The text does not say where"],
    [lineSign(), "A disputed boundary"],
    [settlementSign(), say("key.settlement")],
  ];
}

function kindRows() {
  return [...EVENT_KINDS.entries()].slice(1).map(([kind, { label }]) => {
    const words = [el("b", {}, label), el("span", {}, COVERS[kind])];
    return [eventIcon(kind, 20), words];
  });
}

/** How names are marked in the text of a report. */
function markRows(bar) {
  const sample = (kinds, words) => el("span", { class: `gm-mention ${kinds}` }, words);
  return [
    [sample("gm-kind-battles", "Place"), "An event happened here; the colour says which kind"],
    [sample("gm-kind-none", "Place"), "Named, but no event is said to have happened here"],
    [sample("gm-kind-none gm-low", "Place"), `Doubtful: less than ${bar}% sure which place is meant`],
    [sample("gm-kind-none gm-told-name", "Place"), "Not in the gazetteer, and drawn where the text tells"],
    [sample("gm-kind-none gm-other", "Place"), "A government or an adjective, as in “Kyiv said”"],
    [sample("gm-nil", "Place"), "Not found, or filtered out: not on the map"],
  ];
}

/** How days are drawn below the map. */
function barRows() {
  const box = { class: "gm-sign gm-bar-sample", width: 12, height: 24, "aria-hidden": "true" };
  const bar = (state) => svg("svg", box, svg("rect", { class: state, width: 12, height: 24 }));
  return [
    [bar("gm-on"), "Mentions of events of these days, or else of reports of these days"],
    [bar("gm-rough"), "Dated to a month or a year alone: they may be of any of the days that the pale bars span"],
  ];
}

const KEYS = [
  ["n", "Next mention"],
  ["p", "Previous mention"],
  ["c", "Correct the sentence that is open"],
  ["Esc", "Close what is open"],
];

const rowsOf = (rows) => rows.flatMap(([sign, words]) => [el("dt", {}, sign), el("dd", {}, words)]);

/** What an online background would learn of the reader, and who it is. */
function onlineWords(tiles) {
  const hosts = onlineHosts(tiles).flatMap(([name, host]) => [el("dt", {}, el("bdi", {}, name)), el("dd", {}, host)]);
  return [
    el(
      "p",
      {},
      "The built-in map asks nobody for anything. An online one is off until you choose it. Its servers then learn your network address, the part of the map you look at and, of a page on the web, its site: never the reports.",
    ),
    el("dl", { class: "gm-facts" }, hosts),
  ];
}

export function fillKey({ model }) {
  byId("gm-view-key").replaceChildren(
    el("h2", {}, "Kinds of events"),
    el("dl", { class: "gm-signs gm-kind-list" }, rowsOf(kindRows())),
    el("h2", {}, "On the map"),
    el("dl", { class: "gm-signs" }, rowsOf(signs(model.doubt_below))),
    el("h2", {}, "In the text"),
    el("dl", { class: "gm-signs" }, rowsOf(markRows(model.doubt_below))),
    el("h2", {}, "On the timeline"),
    el("dl", { class: "gm-signs" }, rowsOf(barRows())),
    el("h2", {}, "Keys"),
    el("dl", { class: "gm-signs" }, rowsOf(KEYS.map(([key, words]) => [el("kbd", {}, key), words]))),
    el("h2", {}, "Online backgrounds"),
    ...onlineWords(model.tiles),
  );
}
