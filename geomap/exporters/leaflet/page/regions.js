// Places that are areas: a label with the count, and for regions their outline. Never a dot.
import { el, svg } from "./dom.js";
import { insideFeature, overlaps } from "./geometry.js";
import { textWidth } from "./labels.js";
import { signKind, hatchPattern } from "./symbols.js";
import { makeButton } from "./buttons.js";

const STEPS = 14;

function chip(place, group) {
  return el("span", {}, el("bdi", {}, place.name), " ", el("b", {}, String(group.mentions.length)));
}

function chipIcon(place, group) {
  const className = `gm-chip gm-chip-${signKind(group)}`;
  return L.divIcon({ className, iconSize: [0, 0], html: chip(place, group) });
}

/** Spots for a chip: its home first, then a grid over the visible part of the outline, or around the home. */
function spotsFor(map, base, outline, home, half) {
  const spots = [[home.x, home.y]];
  if (!outline) {
    for (const dy of [-28, 28, -56, 56]) spots.push([home.x, home.y + dy]);
    for (const dx of [-80, 80]) spots.push([home.x + dx, home.y]);
    return spots;
  }
  const size = map.getSize();
  const bounds = base.unitBounds(outline);
  const corner = map.latLngToContainerPoint(bounds.getNorthWest());
  const opposite = map.latLngToContainerPoint(bounds.getSouthEast());
  const [left, right] = [Math.max(corner.x, half + 6), Math.min(opposite.x, size.x - half - 56)];
  const [top, bottom] = [Math.max(corner.y, 16), Math.min(opposite.y, size.y - 34)];
  if (right <= left || bottom <= top) return spots;
  for (let i = 0; i <= STEPS; i++) {
    for (let j = 0; j <= STEPS; j++) {
      const spot = [left + ((right - left) * i) / STEPS, top + ((bottom - top) * j) / STEPS];
      const { lat, lng } = map.containerPointToLatLng(spot);
      if (insideFeature(lng, lat, outline)) spots.push(spot);
    }
  }
  const distance = ([x, y]) => Math.hypot(x - home.x, y - home.y);
  return spots.sort((a, b) => distance(a) - distance(b));
}

export function createRegions(app) {
  const { map, model, base, selection } = app;
  const chips = new Map();
  const outlines = L.layerGroup().addTo(map);
  const labels = L.layerGroup().addTo(map);
  map.createPane("gm-outlines").style.zIndex = 360;
  const renderer = L.svg({ pane: "gm-outlines", padding: 0.6 }).addTo(map);
  renderer.getPane().querySelector("svg").prepend(svg("defs", {}, hatchPattern()));

  function draw() {
    outlines.clearLayers();
    labels.clearLayers();
    chips.clear();
    for (const [index, group] of selection.groups) {
      const place = model.places[index];
      if (place.kind === "point") continue;
      const outline = base.outlineOf(place);
      if (outline && group.literal) {
        const style = { className: "gm-outline", weight: 1.8 };
        L.geoJSON(outline, { renderer, pane: "gm-outlines", interactive: false, style }).addTo(outlines);
      }
      const icon = chipIcon(place, group);
      const marker = L.marker([place.latitude, place.longitude], { icon, riseOnHover: true, zIndexOffset: -200 });
      makeButton(marker, `${place.name}, ${group.mentions.length} mentions of the area`, (byKeyboard) =>
        app.places.open(index, { byKeyboard }),
      );
      marker.addTo(labels);
      chips.set(index, marker);
    }
  }

  /** Move each chip to a free spot inside the visible part of its area; small areas show the count alone. */
  function arrange(taken) {
    for (const [index, marker] of chips) {
      const place = model.places[index];
      const outline = base.outlineOf(place);
      const full = (textWidth(place.name) + 40) / 2;
      const small = outline ? base.pixelWidth(outline) < full * 2.4 : false;
      const half = small ? 18 : full;
      marker.getElement()?.classList.toggle("gm-small", small);
      if (selection.state.place !== index) moveChip(marker, place, outline, half, taken);
      const { x, y } = map.latLngToContainerPoint(marker.getLatLng());
      taken.push([x - half, y - 13, x + half, y + 13]);
    }
  }

  function moveChip(marker, place, outline, half, taken) {
    const home = map.latLngToContainerPoint([place.latitude, place.longitude]);
    const spots = spotsFor(map, base, outline, home, half);
    const free = ([x, y]) => !overlaps([x - half, y - 13, x + half, y + 13], taken);
    marker.setLatLng(map.containerPointToLatLng(spots.find(free) ?? spots[0]));
  }

  selection.onFilter(draw);
  return { chips, arrange };
}
