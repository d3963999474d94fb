// Places that are areas: a label with the count, and for regions their outline. Never a dot.
import { el, svg } from "../dom.js";
import { createAreaSpots } from "./areaspots.js";
import { countOf, numberWords } from "../words/text.js";
import { answerPointer } from "./hovering.js";
import { textWidth } from "./labels.js";
import { stateWords } from "../words/placewords.js";
import { kindsInWords } from "../words/eventwords.js";
import { outlineClass } from "./outlines.js";
import { EVENT_KINDS } from "../data/events.js";
import { areaPaints, kindClass, mainKind, signKind, smallRing } from "../signs/symbols.js";
import { weightOf } from "./clusters.js";
import { makeButton } from "./markerbuttons.js";

const WATERS = new Set(["SEA", "OCN", "GULF", "BAY", "STRT", "STM", "LK", "RSV", "CHN", "CNL", "LGN", "SD"]);
/** From this zoom on a region is its outline alone, unless it is selected. */
const OUTLINE_ZOOM = 8;
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

/** @param {import("../types").App} app */
export function createRegions(app) {
  const { map, model, base, selection } = app;
  const chips = new Map();
  let areas = [];
  const outlines = new Map();
  const Outline = outlineClass();
  const { presentView, spotOf } = createAreaSpots(map, base);
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

  function markSelected(place) {
    for (const [index, { marker }] of chips) marker.getElement()?.classList.toggle("gm-selected", index === place);
    paint();
  }

  selection.onFilter(draw);
  return { chipOf: (index) => chips.get(index)?.marker, arrange, markSelected };
}
