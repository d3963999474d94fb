// Boundaries from a file of the map's maker: lines and zones over the map, to be switched off in the chooser of layers.
import { byId, el } from "../dom.js";
import { say, sayParts } from "../words/say.js";
import { inView } from "./worldcopies.js";
import { LABEL_FROM_ZOOM, textWidth } from "./labels.js";
import { createZones } from "./zones.js";

function lines(coordinates, renderer, className) {
  const turned = coordinates.map((line) => line.map(([longitude, latitude]) => [latitude, longitude]));
  return L.polyline(turned, { renderer, className, interactive: false, smoothFactor: 1.5 });
}

/** Write the names that have room, in the order of the file. */
function writeNames(map, names, labels, room) {
  names.clearLayers();
  if (map.getZoom() < LABEL_FROM_ZOOM) return;
  const view = map.getBounds();
  for (const { name, at } of labels) {
    const spot = inView(map, L.latLng(at[1], at[0]));
    if (!view.contains(spot)) continue;
    const { x, y } = map.latLngToContainerPoint(spot);
    const half = textWidth(name) / 2;
    const box = [x - half, y - 9, x + half, y + 9];
    if (!room.isFree(box)) continue;
    room.take(box);
    const html = el("span", {}, el("bdi", {}, name));
    const icon = L.divIcon({ className: "gm-base-name gm-boundary-name", iconSize: [0, 0], html });
    L.marker(spot, { icon, pane: "gm-boundaries", interactive: false, keyboard: false }).addTo(names);
  }
}

function noteInKey({ file, lines: settled, disputed }, zones) {
  const from = settled.length + disputed.length ? sayParts("boundaries.from", { file: el("bdi", {}, file) }) : [];
  const dashed = disputed.length ? ` ${say("boundaries.disputed")}` : "";
  const parts = [el("h2", {}, say("boundaries.title")), el("p", {}, from, dashed)];
  if (zones) {
    parts.push(el("p", {}, sayParts("zones.from", { file: el("bdi", {}, file) })), zones.key());
  }
  byId("gm-view-key").append(...parts.filter((part) => part.hasChildNodes()));
}

/**
 * Draw the boundaries of the page and give `chooser`, the control of layers, a switch for them. Returns what writes their names
 * into the room that is left, or null for a page without boundaries.
 * @param {import("../types").App} app
 */
export function createBoundaries(app, chooser) {
  const { map, model } = app;
  const { boundaries } = model;
  if (!boundaries) return null;
  map.createPane("gm-boundaries").style.zIndex = 350;
  const renderer = L.svg({ pane: "gm-boundaries", padding: 0.4 });
  const names = L.layerGroup();
  const drawn = [
    lines(boundaries.lines, renderer, "gm-boundary"),
    lines(boundaries.disputed, renderer, "gm-boundary gm-boundary-disputed"),
  ];
  const zones = boundaries.zones?.length ? createZones(app, boundaries) : null;
  const layer = L.layerGroup([...drawn, names, ...(zones ? [zones.layer] : [])]).addTo(map);
  chooser?.addOverlay(layer, say("boundaries.layer"));
  layer.on("add remove", () => map.fire("gm-controls"));
  noteInKey(boundaries, zones);
  return {
    drawNames(room) {
      if (!map.hasLayer(layer)) return;
      zones?.drawNames(room);
      writeNames(map, names, boundaries.labels, room);
    },
  };
}
