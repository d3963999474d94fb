// Boundaries from a file of the map's maker: lines over the map, to be switched off in the chooser of layers.
import { byId, el } from "../dom.js";
import { inView } from "./copies.js";
import { createRoom } from "./geometry.js";
import { textWidth } from "./labels.js";

const LABEL_FROM_ZOOM = 5;

function lines(coordinates, renderer, className) {
  const turned = coordinates.map((line) => line.map(([longitude, latitude]) => [latitude, longitude]));
  return L.polyline(turned, { renderer, className, interactive: false, smoothFactor: 1.5 });
}

/** Write the names that have room, in the order of the file. */
function writeNames(map, names, labels) {
  names.clearLayers();
  if (map.getZoom() < LABEL_FROM_ZOOM) return;
  const view = map.getBounds();
  const room = createRoom();
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

function noteInKey({ file, disputed }) {
  const dashed = disputed.length ? " Those that the file calls disputed are dashed." : "";
  byId("gm-view-key").append(
    el("h2", {}, "Boundaries"),
    el("p", {}, "The coloured lines come from the file ", el("bdi", {}, file), ` of the map's maker.${dashed}`),
  );
}

/** Draw the boundaries of the page, if it has any, and give `chooser`, the control of layers, a switch for them. */
export function addBoundaries({ map, model: { boundaries } }, chooser) {
  if (!boundaries) return;
  map.createPane("gm-boundaries").style.zIndex = 350;
  const renderer = L.svg({ pane: "gm-boundaries", padding: 0.4 });
  const names = L.layerGroup();
  const drawn = [
    lines(boundaries.lines, renderer, "gm-boundary"),
    lines(boundaries.disputed, renderer, "gm-boundary gm-boundary-disputed"),
  ];
  const layer = L.layerGroup([...drawn, names]).addTo(map);
  chooser.addOverlay(layer, "Boundaries from a file");
  map.on("moveend", () => map.hasLayer(layer) && writeNames(map, names, boundaries.labels));
  writeNames(map, names, boundaries.labels);
  noteInKey(boundaries);
}
