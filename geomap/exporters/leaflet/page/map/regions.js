// Places that are areas: a label with the count, and for regions their outline. Never a dot.
import { el, svg } from "../dom.js";
import { inView, worldsAway } from "./worldcopies.js";
import { insideShape, meet } from "./rectangles.js";
import { countOf, numberWords } from "../words/text.js";
import { answerPointer } from "./hovering.js";
import { textWidth } from "./labels.js";
import { stateWords } from "../words/placewords.js";
import { kindsInWords } from "../words/eventwords.js";
import { outlineClass, worldSize } from "./outlines.js";
import { EVENT_KINDS } from "../data/events.js";
import { areaPaints, kindClass, mainKind, signKind, smallRing } from "../signs/symbols.js";
import { weightOf } from "./clusters.js";
import { makeButton } from "./markerbuttons.js";

const STEPS = 12;
const WATERS = new Set(["SEA", "OCN", "GULF", "BAY", "STRT", "STM", "LK", "RSV", "CHN", "CNL", "LGN", "SD"]);
/** From this zoom on a region is its outline alone, unless it is selected. */
const OUTLINE_ZOOM = 8;
/** From this zoom on the label of a whole country says nothing about what is in view. */
const COUNTRY_ZOOM = 9.5;
/** A region wider than this share of the map is not hatched: it would cover what lies in it. */
const WIDE = 0.6;

/** Below this share of what is said of an area, what happened there does not colour it. */
const TOLD = 0.2;
/** From these numbers of incidents on an area is hatched one step more: a scale that tens of thousands do not break. */
const STEPS_OF_PAINT = [1, 3, 10, 100];

const countWords = (group) => `${numberWords(group.events || group.count)}${signKind(group) === "low" ? "?" : ""}`;

/** The kind that colours an area, 0 for none: more than half of its incidents are of it, and they are enough of what is said. */
export function areaPaint({ kinds, events }) {
  if (!events || events < TOLD * (events + kinds[0])) return { kind: 0, step: -1 };
  const main = mainKind(kinds);
  return { kind: 2 * kinds[main] > events ? main : 0, step: STEPS_OF_PAINT.findLastIndex((least) => events >= least) };
}

/** What is said of an area, for those who do not see its sign, and where the pointer is on it. */
function areaWords(place, group) {
  const counted = group.events ? countOf(group.events, "events of the area") : countOf(group.count, "of the area");
  return `${place.name} ${counted}${stateWords(place, group)}${kindsInWords(group.kinds)}`;
}

/** Half the width of an area's label in pixels, with its name and without. */
function halfWidths(place, group) {
  const alone = 20 + 8 * countWords(group).length + (mainKind(group.kinds) ? 18 : 0);
  return { full: (textWidth(place.name) + alone + 6) / 2, small: alone / 2 };
}

function chipIcon(place, group) {
  const colour = kindClass(mainKind(group.kinds));
  const water = WATERS.has(place.code) ? " gm-chip-water" : "";
  const events = mainKind(group.kinds) ? smallRing(group.kinds) : null;
  const label = [events, el("bdi", {}, place.name), " ", el("b", {}, countWords(group))];
  const named = group.events ? "" : " gm-chip-named";
  const className = `gm-chip gm-chip-${place.kind}${named} gm-chip-${signKind(group)} ${colour}${water}`;
  return L.divIcon({ className, iconSize: [0, 0], html: el("span", {}, label) });
}

/** Spots on a grid over the visible part of a shape; `left` and `top` are where the view begins, in pixels of the world. */
function spotsInside({ box }, half, { left, top, width, height, size }) {
  const [west, east] = [Math.max(box[0] * size - left, half + 6), Math.min(box[2] * size - left, width - half - 56)];
  const [north, south] = [Math.max(box[1] * size - top, 16), Math.min(box[3] * size - top, height - 34)];
  if (east <= west || south <= north) return [];
  const spots = [];
  for (let i = 0; i <= STEPS; i++) {
    const x = west + ((east - west) * i) / STEPS;
    for (let j = 0; j <= STEPS; j++) spots.push([x, north + ((south - north) * j) / STEPS]);
  }
  return spots;
}

const spotsAround = ({ x, y }) => [0, -24, 24].flatMap((dy) => [0, -44, 44].map((dx) => [x + dx, y + dy]));

/** @param {import("../types").App} app */
export function createRegions(app) {
  const { map, model, base, selection } = app;
  const chips = new Map();
  let areas = [];
  const outlines = new Map();
  const Outline = outlineClass();
  const labels = L.layerGroup().addTo(map);
  map.createPane("gm-outlines").style.zIndex = 350;
  const renderer = L.svg({ pane: "gm-outlines", padding: 0.4 }).addTo(map);
  renderer
    .getPane()
    .querySelector("svg")
    .prepend(svg("defs", {}, areaPaints()));

  function outlineStyle(group) {
    const { kind, step } = areaPaint(group);
    const { key } = EVENT_KINDS[kind];
    const painted = step < 0 ? "gm-unpainted" : `gm-hatch-${key} gm-paint-${step}`;
    return `gm-outline ${painted} gm-kind-${key}${signKind(group) === "low" ? " gm-outline-low" : ""}`;
  }

  /** What a chip shows besides its name: as long as this stays the same, so does the chip. */
  const chipLook = (group) => `${signKind(group)} ${group.kinds}`;

  function makeChip({ index, place, group }) {
    const icon = chipIcon(place, group);
    const marker = L.marker([place.latitude, place.longitude], { icon, riseOnHover: true, zIndexOffset: -200 });
    makeButton(marker, areaWords(place, group), (byKeyboard) => app.places.open(index, { byKeyboard }));
    marker.on("mouseover mouseout", ({ type }) => app.markers.pointAt(type === "mouseover" ? index : null));
    return marker;
  }

  /** Take away what a filter has changed; what looks as before stays. */
  function dropChanged() {
    const groupOf = (index) => selection.groups.get(index) ?? null;
    for (const [index, { look, marker }] of chips) {
      if (groupOf(index) && chipLook(groupOf(index)) === look) continue;
      labels.removeLayer(marker);
      chips.delete(index);
    }
    for (const [index, { shape }] of outlines) {
      if (groupOf(index)?.literal && outlineStyle(groupOf(index)) === shape.options.className) continue;
      shape.remove();
      outlines.delete(index);
    }
  }

  function draw() {
    dropChanged();
    areas = [];
    for (const [index, group] of selection.groups) {
      const place = model.places[index];
      if (place.kind === "point") continue;
      const unit = base.outlineOf(place);
      areas.push({ index, place, group, unit, ...halfWidths(place, group) });
      if (!unit || !group.literal || outlines.has(index)) continue;
      const options = { renderer, pane: "gm-outlines", className: outlineStyle(group), weight: 1.8 };
      const shape = answerPointer(new Outline(unit.shape, options), {
        words: () => [areaWords(place, selection.groups.get(index))],
        point: (on) => app.markers.highlight(on ? index : null),
      });
      outlines.set(index, { unit, shape: shape.addTo(map) });
    }
    areas.sort((a, b) => weightOf(b.group) - weightOf(a.group));
  }

  /** Hatch what is small enough to be taken in at a glance, and what is selected; the rest is its outline. */
  function paint() {
    const near = map.getZoom() >= OUTLINE_ZOOM;
    const widest = WIDE * map.getSize().x;
    for (const [index, { shape, unit }] of outlines) {
      const plain = (near || base.pixelWidth(unit) > widest) && selection.state.place !== index;
      shape.getElement()?.classList.toggle("gm-plain", plain);
    }
  }

  /**
   * Move each chip to a free spot on its area, the most mentioned first. A region without room for its name shows the count
   * alone; what has no room at all waits for a closer look, and stands in the Places tab.
   */
  function arrange(room) {
    paint();
    const view = presentView();
    for (const area of areas) {
      const { index, group, full } = area;
      const open = selection.state.place === index;
      const old = chips.get(index)?.marker;
      const kept = open && old && labels.hasLayer(old) ? map.latLngToContainerPoint(old.getLatLng()) : null;
      const found = kept ? { half: full, x: kept.x, y: kept.y } : spotOf(area, view, room);
      if (!found) {
        if (old) labels.removeLayer(old);
        continue;
      }
      const marker = old ?? makeChip(area);
      if (!old) chips.set(index, { marker, look: chipLook(group) });
      if (!kept) marker.setLatLng(map.containerPointToLatLng([found.x, found.y]));
      labels.addLayer(marker);
      marker.getElement().classList.toggle("gm-small", found.half < full);
      room.take([found.x - found.half, found.y - 13, found.x + found.half, found.y + 13]);
    }
  }

  /** What is in view, in pixels of the world. */
  function presentView() {
    const { x: width, y: height } = map.getSize();
    const { x: left, y: top } = map.getPixelBounds().min;
    return { left, top, width, height, size: worldSize(map) };
  }

  /** A view as it lies to the copy of the world on which a place is nearest; `box` is in shares of the world. */
  function viewOf({ longitude }, { left, top, width, height, size }) {
    const start = left - worldsAway(longitude, map.getCenter().lng) * size;
    const box = [start, top, start + width, top + height].map((edge) => edge / size);
    return { left: start, top, width, height, size, box };
  }

  function spotOf(area, view, room) {
    const { place, unit, full, small } = area;
    if (place.kind === "country" && map.getZoom() >= COUNTRY_ZOOM) return null;
    const own = viewOf(place, view);
    if (unit && !meet(unit.shape.box, own.box)) return null;
    return freeSpot(area, full, own, room) ?? (unit ? freeSpot(area, small, own, room) : null);
  }

  /** The free spot nearest to a chip's home: inside its outline, on its country's regions, or close around. */
  function freeSpot({ place, unit }, half, view, room) {
    if (unit && base.pixelWidth(unit) < 1.2 * half) return null;
    const { left, top, width, height, size } = view;
    const home = map.latLngToContainerPoint(inView(map, L.latLng(place.latitude, place.longitude)));
    const spots = [[home.x, home.y], ...(unit ? spotsInside(unit.shape, half, view) : spotsAround(home))];
    if (place.kind === "country") spots.push(...base.spotsOfCountry(place.country));
    /** @type {{ half: number, x: number, y: number } | null} */
    let best = null;
    let least = Infinity;
    for (const [x, y] of spots) {
      const distance = (x - home.x) ** 2 + (y - home.y) ** 2;
      if (distance >= least || x <= half || x >= width - half - 50 || y <= 14 || y >= height - 30) continue;
      if (!room.isFree([x - half, y - 13, x + half, y + 13])) continue;
      if (unit && !insideShape((x + left) / size, (y + top) / size, unit.shape)) continue;
      best = { half, x, y };
      least = distance;
    }
    return best;
  }

  function markSelected(place) {
    for (const [index, { marker }] of chips) marker.getElement()?.classList.toggle("gm-selected", index === place);
    paint();
  }

  selection.onFilter(draw);
  return { chipOf: (index) => chips.get(index)?.marker, arrange, markSelected };
}
