// Areas of control and front lines from a file of the map's maker: hatched, with their dates, as they stood on the last day chosen.
import { el, svg } from "../dom.js";
import { lastDayOf, rangeWords, shortDay } from "../data/days.js";
import { say } from "../words/say.js";
import { asSpots, insideShape } from "./rectangles.js";
import { worldsAway } from "./worldcopies.js";
import { LABEL_FROM_ZOOM, textWidth } from "./labels.js";
import { answerPointer } from "./hovering.js";
import { outlineClass, shapeOf, worldSize } from "./outlines.js";

/** The most names that are written at once. */
const MOST_ZONE_NAMES = 40;
/** The side of a tile of a hatch, in pixels. */
const HATCH_SIDE = 10;
/** What is drawn on each tile: no two sides look alike without their colours. None runs as the hatch of mentioned regions does. */
const HATCHES = ["M-1 -1L11 11M-1 9L1 11M9 -1L11 1", "dots", "M0 5H10", "M5 0V10M0 5H10", "M5 0V10", "M1 5L5 2L9 5"];
const DASHES = ["", "12 5", "2 5", "14 4 2 4", "6 6", "18 4 6 4"];

function markOf({ hatch, fill }) {
  const path = HATCHES[hatch % HATCHES.length];
  const style = { class: "gm-zone-mark", stroke: fill };
  return path === "dots"
    ? svg("circle", { cx: 5, cy: 5, r: 1.2, "stroke-width": 1.6, ...style })
    : svg("path", { d: path, fill: "none", "stroke-width": 1.6, ...style });
}

/** The paint of the areas of a sign, to be referred to by its id. */
function hatchOf(sign, id) {
  const ground = svg("rect", { class: "gm-zone-ground", width: HATCH_SIDE, height: HATCH_SIDE, fill: sign.fill });
  return svg(
    "pattern",
    { id, width: HATCH_SIDE, height: HATCH_SIDE, patternUnits: "userSpaceOnUse" },
    ground,
    markOf(sign),
  );
}

/** A sample of a sign for a key; `id` is that of the paint of its areas. */
function sampleOf(sign, id) {
  const box = { class: "gm-sign gm-zone-sample", width: 28, height: 18, "aria-hidden": "true" };
  const line = { stroke: sign.stroke, "stroke-width": 2, "stroke-dasharray": dashesOf(sign) };
  return svg(
    "svg",
    box,
    sign.area
      ? svg("rect", { class: "gm-zone-line", x: 1, y: 1, width: 26, height: 16, fill: `url(#${id})`, ...line })
      : svg("line", { class: "gm-zone-line", x1: 1, y1: 9, x2: 27, y2: 9, ...line }),
  );
}

const dashesOf = ({ area, hatch }) => (area ? null : DASHES[hatch % DASHES.length]);

/** Whether a zone holds on a day; no day stands for the end of time. */
export function holdsOn({ from, to }, day) {
  if (day === null) return to === null;
  return (from === null || from <= day) && (to === null || day <= to);
}

/** "since 6 Aug 2024", "until 9 Aug 2024", "6 – 9 Aug 2024", or nothing for what always holds. */
export function datesOf({ from, to }) {
  if (from === null && to === null) return "";
  if (to === null) return say("zones.since", { day: shortDay(from) });
  if (from === null) return say("zones.until", { day: shortDay(to) });
  return from === to ? shortDay(from) : rangeWords(from, to);
}

/** "First days (Blue): until 10 Aug 2024". */
function zoneWords(zone, { words }) {
  const side = words && words !== zone.name ? [" (", el("bdi", {}, words), ")"] : [];
  const dates = datesOf(zone);
  const name = zone.name ? el("bdi", {}, zone.name) : say("zones.unnamed");
  return [name, side, dates ? `${say("colon")}${dates}` : ""].flat();
}

/** A layer of a zone, and what its name needs to find a place. */
function createDrawing(zone, sign, { renderer, Outline, paint }) {
  const shape = shapeOf({ geometry: { type: "Polygon", coordinates: zone.rings } });
  const style = { renderer, pane: "gm-zones", weight: 2, color: sign.stroke, opacity: 1 };
  const words = () => zoneWords(zone, sign);
  if (sign.area) {
    const filled = { ...style, className: "gm-zone-line", fillColor: `url(#${paint})`, fillOpacity: 1 };
    return { shape, layer: answerPointer(new Outline(shape, filled), { words }) };
  }
  const turned = zone.rings.map((line) => line.map(([longitude, latitude]) => [latitude, longitude]));
  const line = { ...style, weight: 3, className: "gm-zone-line", dashArray: dashesOf(sign) };
  const halo = L.polyline(turned, { ...style, weight: 6, className: "gm-zone-halo" });
  return { shape, layer: answerPointer(L.featureGroup([halo, L.polyline(turned, line)]), { words }), line: true };
}

/** Where the name of a zone may stand: points of the visible part, the nearest to its middle first. */
function spotsOf({ shape, line }, map) {
  const size = worldSize(map);
  const { x: width, y: height } = map.getSize();
  const { x, y: top } = map.getPixelBounds().min;
  const middle = ((shape.box[0] + shape.box[2]) / 2 - 0.5) * 360;
  const left = x - worldsAway(middle, map.getCenter().lng) * size;
  if (line) {
    const points = shape.rings.flatMap((ring) => asSpots(ring)).map(([px, py]) => [px * size - left, py * size - top]);
    const seen = points.filter(([px, py]) => px > 0 && px < width && py > 0 && py < height);
    return nearestFirst(seen.filter((_, n) => n % Math.ceil(seen.length / 60) === 0)).map(([px, py]) => [px, py - 18]);
  }
  const [west, east] = [Math.max(0, shape.box[0] * size - left), Math.min(width, shape.box[2] * size - left)];
  const [north, south] = [Math.max(0, shape.box[1] * size - top), Math.min(height, shape.box[3] * size - top)];
  if (east <= west || south <= north) return [];
  const steps = Array.from({ length: 11 }, (_, n) => (n + 0.5) / 11);
  const grid = steps.flatMap((i) => steps.map((j) => [west + (east - west) * i, north + (south - north) * j]));
  return nearestFirst(grid.filter(([px, py]) => insideShape((px + left) / size, (py + top) / size, shape)));
}

/** Points in order of their distance to the mean of all. */
function nearestFirst(points) {
  const [x, y] = [0, 1].map((n) => points.reduce((sum, point) => sum + point[n], 0) / points.length);
  const distance = (point) => (point[0] - x) ** 2 + (point[1] - y) ** 2;
  return [...points].sort((a, b) => distance(a) - distance(b));
}

/**
 * @param {any} map
 * @param {number[]} spot
 * @param {string} words
 * @param {string} dates
 */
function zoneName(map, [x, y], words, dates) {
  const html = el("span", {}, el("bdi", {}, words), dates ? el("small", {}, dates) : "");
  const icon = L.divIcon({ className: "gm-base-name gm-zone-name", iconSize: [0, 0], html });
  const options = { icon, pane: "gm-zone-names", interactive: false, keyboard: false };
  return L.marker(map.containerPointToLatLng([x, y]), options);
}

/**
 * The layer of all zones of a page, which follows the days that are chosen: {layer, drawNames, key}.
 * @param {import("../types").App} app
 */
export function createZones({ map, model, selection }, { signs, zones }) {
  map.createPane("gm-zones").style.zIndex = 335; // Below all names.
  map.createPane("gm-zone-names").style.zIndex = 345;
  const renderer = L.svg({ pane: "gm-zones", padding: 0.4 });
  const names = L.layerGroup();
  const drawn = L.layerGroup();
  const layer = L.layerGroup([drawn, names]);
  const Outline = outlineClass();
  const paintOf = (number) => `gm-zone-${number}`;
  const drawings = zones.map((zone) =>
    createDrawing(zone, signs[zone.sign], { renderer, Outline, paint: paintOf(zone.sign) }),
  );
  const last = lastDayOf(model);
  const isDated = zones.some(({ from, to }) => from !== null || to !== null);
  const day = () => selection.filters.to ?? last;
  const held = () => zones.map((zone, n) => n).filter((n) => holdsOn(zones[n], day()));
  const isWide = window.matchMedia("(min-width: 761px)").matches;
  const box = el("details", { id: "gm-zones-key", open: isWide });
  L.DomEvent.disableClickPropagation(box);
  box.addEventListener("toggle", () => map.fire("gm-controls"));

  let rowsBefore = 0;
  function drawKey() {
    const shown = new Set(held().map((n) => zones[n].sign));
    const on = day();
    const head = isDated && on !== null ? say("zones.on", { day: shortDay(on) }) : say("zones.title");
    const rows = signs.map((sign, n) => [sign, n]).filter(([, n]) => shown.has(n));
    const list = rows.map(([sign, n]) => {
      const words = sign.words ? el("bdi", {}, sign.words) : say("zones.unnamed");
      return el("li", {}, sampleOf(sign, paintOf(n)), el("span", {}, words));
    });
    const none = el("p", {}, say("zones.none"));
    const source = el("small", {}, say("zones.source"));
    box.replaceChildren(el("summary", {}, head), list.length ? el("ul", {}, list) : none, source);
    if (list.length !== rowsBefore) map.fire("gm-controls"); // Names keep clear of it.
    rowsBefore = list.length;
  }

  function draw() {
    const now = new Set(held());
    drawings.forEach(({ layer: one }, n) => (now.has(n) ? drawn.addLayer(one) : drawn.removeLayer(one)));
    drawKey();
  }

  /** Write the names that have room, with their dates where there is more of it. */
  function drawNames(room) {
    names.clearLayers();
    if (!map.hasLayer(layer) || map.getZoom() < LABEL_FROM_ZOOM) return;
    let written = 0;
    for (const n of held()) {
      const { name } = zones[n];
      const dates = datesOf(zones[n]);
      const spots = name && written < MOST_ZONE_NAMES ? spotsOf(drawings[n], map) : [];
      const found = freeSpot(spots, textWidth(name), dates, room);
      if (!found) continue;
      names.addLayer(zoneName(map, found.spot, name, found.dates));
      written += 1;
    }
  }

  /** The first of some spots where a name has room, if need be without its dates. */
  function freeSpot(spots, width, dates, room) {
    const { x: right, y: bottom } = map.getSize();
    for (const words of dates ? [dates, ""] : [""]) {
      const half = Math.max(width, textWidth(words) * 0.9) / 2 + 3;
      const tall = words ? 17 : 9;
      for (const [x, y] of spots) {
        const spot = [x - half, y - tall, x + half, y + tall];
        if (spot[0] < 0 || spot[1] < 0 || spot[2] > right || spot[3] > bottom || !room.isFree(spot)) continue;
        room.take(spot);
        return { spot: [x, y], dates: words };
      }
    }
    return null;
  }

  const control = L.control({ position: "bottomleft" });
  control.onAdd = () => box;
  layer.on("add", () => {
    control.addTo(map);
    draw();
  });
  layer.on("remove", () => control.remove());
  renderer.on("add", () => {
    const paints = signs.map((sign, n) => hatchOf(sign, paintOf(n)));
    renderer
      .getPane()
      .querySelector("svg")
      .prepend(svg("defs", {}, paints));
  });
  selection.onFilter(() => map.hasLayer(layer) && draw());

  /** All zones in words, for those who cannot see the map. */
  function key() {
    const rows = zones.map((zone) => el("li", {}, zoneWords(zone, signs[zone.sign])));
    return el("ul", { class: "gm-zone-list" }, rows);
  }

  return { layer, drawNames, key };
}
