// The key: how to read the signs, what is not shown, and whose data this is.
import { byId, el, svg } from "./dom.js";
import { countOf } from "./text.js";
import { clusterSign, markerSign } from "./symbols.js";

const group = (count, best, literal) => ({ mentions: Array.from({ length: count }), best, literal });

function areaSign() {
  const box = { class: "gm-sign", width: 34, height: 24, "aria-hidden": "true" };
  return svg("svg", box, svg("rect", { class: "gm-outline", x: 1, y: 1, width: 32, height: 22 }));
}

function lineSign() {
  const box = { class: "gm-sign", width: 34, height: 10, "aria-hidden": "true" };
  return svg("svg", box, svg("line", { class: "gm-disputed", x1: 1, y1: 5, x2: 33, y2: 5 }));
}

function chipSign() {
  return el("span", { class: "gm-chip" }, el("span", {}, el("bdi", {}, "Area"), " ", el("b", {}, "2")));
}

function signs() {
  return [
    [markerSign(group(1, 90, 1)), "A place named once"],
    [markerSign(group(4, 90, 1)), "A place named several times, with the number of mentions"],
    [clusterSign(12), "Several places close together, with their mentions. Select it to zoom in"],
    [markerSign(group(1, 40, 1)), "Less than 60% sure of the place. Select it to see the other candidates"],
    [markerSign(group(1, 90, 0)), "Only named as a government, an adjective or a part of another name"],
    [areaSign(), "A whole region is meant, not a spot in it"],
    [chipSign(), "A country, region, district or sea, with the number of mentions"],
    [lineSign(), "A disputed boundary"],
  ];
}

function numbers(model) {
  const { role, boilerplate, place } = model.mentions;
  const count = (test) => place.reduce((sum, _, i) => sum + (test(i) ? 1 : 0), 0);
  return [
    `${countOf(model.count, "mention")} in ${countOf(model.documents.length, "report")}, of ${countOf(model.places.length, "place")}.`,
    `${model.notFound.toLocaleString("en")} not found in the gazetteer (NIL): listed under Places.`,
    `${count((i) => place[i] >= 0 && role[i] !== 0).toLocaleString("en")} name a government, describe something or belong to another name; ` +
      `${count((i) => place[i] >= 0 && boilerplate[i]).toLocaleString("en")} stand outside the story. Both are off until ticked.`,
  ];
}

function sources(model) {
  const fromNetwork = document.querySelector("script[src]") !== null;
  return [
    "Places: GeoNames, CC BY 4.0, with changes.",
    "Outlines: Natural Earth, public domain, simplified and changed.",
    "Map: Leaflet (BSD 2-Clause), supercluster (ISC), topojson-client (ISC).",
    fromNetwork
      ? "This copy loads these three programs from cdn.jsdelivr.net, checked by their hashes."
      : "This file holds all it needs and loads nothing, unless you choose an online map.",
    model.generator ? `Made with ${model.generator}.` : "",
  ].filter(Boolean);
}

export function fillKey(app) {
  const { model } = app;
  const list = signs().flatMap(([sign, words]) => [el("dt", {}, sign), el("dd", {}, words)]);
  const paragraphs = (lines) => lines.map((line) => el("p", {}, line));
  byId("gm-view-key").replaceChildren(
    el("h2", {}, "Signs"),
    el("dl", { class: "gm-signs" }, list),
    el("h2", {}, "Read with care"),
    ...paragraphs([
      "A marker shows which place a sentence names. It does not say that something happened there, nor exactly where.",
      "Names are matched by a program. Check the sentence and its source before you rely on a place.",
      "Labels that have no room appear when you zoom in. The Places tab lists all.",
      "Boundaries and names take no position on sovereignty. Disputed boundaries are dashed.",
    ]),
    el("h2", {}, "In numbers"),
    ...paragraphs(numbers(model)),
    el("h2", {}, "Sources"),
    ...paragraphs(sources(model)),
  );
}
