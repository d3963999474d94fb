// Places that are areas: a label with the count, and for regions their outline. Never a dot.
import { el, svg } from "./dom.js";
import { insideFeature } from "./geometry.js";
import { countOf } from "./text.js";
import { textWidth } from "./labels.js";
import { kindsInWords } from "./eventwords.js";
import { EVENT_KINDS } from "./events.js";
import { areaPaints, kindClass, mainKind, signKind, smallRing } from "./symbols.js";
import { makeButton } from "./buttons.js";

const STEPS = 12;
const WATERS = new Set(["SEA", "OCN", "GULF", "BAY", "STRT", "STM", "LK", "RSV", "CHN", "CNL", "LGN", "SD"]);
/** From this zoom on a region is its outline alone, unless it is selected. */
const OUTLINE_ZOOM = 8;
/** From this zoom on the label of a whole country says nothing about what is in view. */
const COUNTRY_ZOOM = 9.5;
/** A region wider than this share of the map is not hatched: it would cover what lies in it. */
const WIDE = 0.6;

const countWords = (group) => group.mentions.length.toLocaleString("en");

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
  const className = `gm-chip gm-chip-${place.kind} gm-chip-${signKind(group)} ${colour}${water}`;
  return L.divIcon({ className, iconSize: [0, 0], html: el("span", {}, label) });
}

/** Spots on a grid over the visible part of an outline. */
function spotsInside(map, base, outline, half) {
  const size = map.getSize();
  const bounds = base.unitBounds(outline);
  const corner = map.latLngToContainerPoint(bounds.getNorthWest());
  const opposite = map.latLngToContainerPoint(bounds.getSouthEast());
  const [left, right] = [Math.max(corner.x, half + 6), Math.min(opposite.x, size.x - half - 56)];
  const [top, bottom] = [Math.max(corner.y, 16), Math.min(opposite.y, size.y - 34)];
  if (right <= left || bottom <= top) return [];
  const spots = [];
  for (let i = 0; i <= STEPS; i++) {
    for (let j = 0; j <= STEPS; j++) {
      spots.push([left + ((right - left) * i) / STEPS, top + ((bottom - top) * j) / STEPS]);
    }
  }
  return spots;
}

/** Spots for a chip, nearest to its home first: inside its outline, on its country's regions, or close around. */
function spotsFor(map, base, place, half) {
  const home = map.latLngToContainerPoint([place.latitude, place.longitude]);
  const outline = base.outlineOf(place);
  const around = [0, -24, 24].flatMap((dy) => [0, -44, 44].map((dx) => [home.x + dx, home.y + dy]));
  const { x: width, y: height } = map.getSize();
  const inView = ([x, y]) => x > half && x < width - half - 50 && y > 14 && y < height - 30;
  const spots = outline ? spotsInside(map, base, outline, half) : around;
  if (place.kind === "country") spots.push(...base.spotsOfCountry(place.country));
  const distance = ([x, y]) => Math.hypot(x - home.x, y - home.y);
  return [[home.x, home.y], ...spots.sort((a, b) => distance(a) - distance(b))].filter(inView);
}

export function createRegions(app) {
  const { map, model, base, selection } = app;
  const chips = new Map();
  let areas = [];
  const outlines = new Map();
  const labels = L.layerGroup().addTo(map);
  map.createPane("gm-outlines").style.zIndex = 350;
  const renderer = L.svg({ pane: "gm-outlines", padding: 0.4 }).addTo(map);
  renderer
    .getPane()
    .querySelector("svg")
    .prepend(svg("defs", {}, areaPaints()));

  function addOutline(index, outline, group) {
    const { key } = EVENT_KINDS[mainKind(group.kinds)];
    const className = `gm-outline gm-hatch-${key} gm-kind-${key}${signKind(group) === "low" ? " gm-outline-low" : ""}`;
    const style = { className, weight: 1.8 };
    const shape = L.geoJSON(outline, { renderer, pane: "gm-outlines", interactive: false, style }).addTo(map);
    outlines.set(index, { shape, outline });
  }

  function makeChip(index, group) {
    const place = model.places[index];
    const icon = chipIcon(place, group);
    const marker = L.marker([place.latitude, place.longitude], { icon, riseOnHover: true, zIndexOffset: -200 });
    const words = `${place.name} ${countOf(group.mentions.length, "mention")} of the area${kindsInWords(group.kinds)}`;
    makeButton(marker, words, (byKeyboard) => app.places.open(index, { byKeyboard }));
    marker.on("mouseover mouseout", ({ type }) => app.markers.pointAt(type === "mouseover" ? index : null));
    return marker;
  }

  function draw() {
    for (const { shape } of outlines.values()) shape.remove();
    outlines.clear();
    labels.clearLayers();
    chips.clear();
    areas = [...selection.groups].filter(([index]) => model.places[index].kind !== "point");
    areas.sort((a, b) => b[1].mentions.length - a[1].mentions.length);
    for (const [index, group] of areas) {
      const outline = base.outlineOf(model.places[index]);
      if (outline && group.literal) addOutline(index, outline, group);
      chips.set(index, makeChip(index, group));
    }
  }

  /** Hatch what is small enough to be taken in at a glance, and what is selected; the rest is its outline. */
  function paint() {
    const near = map.getZoom() >= OUTLINE_ZOOM;
    for (const [index, { shape, outline }] of outlines) {
      const wide = base.pixelWidth(outline) > WIDE * map.getSize().x;
      const plain = (near || wide) && selection.state.place !== index;
      shape.eachLayer((layer) => layer.getElement()?.classList.toggle("gm-plain", plain));
    }
  }

  /**
   * Move each chip to a free spot on its area, the most mentioned first. A region without room for its name shows the count
   * alone; what has no room at all waits for a closer look, and stands in the Places tab.
   */
  function arrange(room) {
    paint();
    for (const [index, group] of areas) {
      const marker = chips.get(index);
      const place = model.places[index];
      const { full, small } = halfWidths(place, group);
      const open = selection.state.place === index;
      const kept = open && labels.hasLayer(marker) ? map.latLngToContainerPoint(marker.getLatLng()) : null;
      const found = kept ? { half: full, x: kept.x, y: kept.y } : spotOf(place, { full, small }, room);
      if (!found) {
        labels.removeLayer(marker);
        continue;
      }
      if (!kept) marker.setLatLng(map.containerPointToLatLng([found.x, found.y]));
      labels.addLayer(marker);
      marker.getElement().classList.toggle("gm-small", found.half < full);
      room.take([found.x - found.half, found.y - 13, found.x + found.half, found.y + 13]);
    }
  }

  function spotOf(place, { full, small }, room) {
    if (place.kind === "country" && map.getZoom() >= COUNTRY_ZOOM) return null;
    const outline = base.outlineOf(place);
    if (outline && !map.getBounds().intersects(base.unitBounds(outline))) return null;
    return freeSpot(place, outline, full, room) ?? (outline ? freeSpot(place, outline, small, room) : null);
  }

  function freeSpot(place, outline, half, room) {
    if (outline && base.pixelWidth(outline) < 1.2 * half) return null;
    const isFree = ([x, y]) => room.isFree([x - half, y - 13, x + half, y + 13]);
    const isInside = ([x, y]) => {
      const { lat, lng } = map.containerPointToLatLng([x, y]);
      return !outline || insideFeature(lng, lat, outline);
    };
    const spot = spotsFor(map, base, place, half).find((at) => isFree(at) && isInside(at));
    return spot ? { half, x: spot[0], y: spot[1] } : null;
  }

  function markSelected(place) {
    for (const [index, marker] of chips) marker.getElement()?.classList.toggle("gm-selected", index === place);
    paint();
  }

  selection.onFilter(draw);
  return { chips, arrange, markSelected };
}
