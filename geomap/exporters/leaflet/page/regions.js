// Places that are areas: a label with the count, and for regions their outline. Never a dot.
import { el, svg } from "./dom.js";
import { insideFeature, overlaps } from "./geometry.js";
import { countOf } from "./text.js";
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
      const spot = [left + ((right - left) * i) / STEPS, top + ((bottom - top) * j) / STEPS];
      const { lat, lng } = map.containerPointToLatLng(spot);
      if (insideFeature(lng, lat, outline)) spots.push(spot);
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
  const visible = [[home.x, home.y], ...spots.sort((a, b) => distance(a) - distance(b))].filter(inView);
  return visible.length ? visible : [[home.x, home.y]];
}

export function createRegions(app) {
  const { map, model, base, selection } = app;
  const chips = new Map();
  const outlines = L.layerGroup().addTo(map);
  const labels = L.layerGroup().addTo(map);
  map.createPane("gm-outlines").style.zIndex = 360;
  const renderer = L.svg({ pane: "gm-outlines", padding: 0.6 }).addTo(map);
  renderer
    .getPane()
    .querySelector("svg")
    .prepend(svg("defs", {}, hatchPattern()));

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
      makeButton(marker, `${place.name} ${countOf(group.mentions.length, "mention")} of the area`, (byKeyboard) =>
        app.places.open(index, { byKeyboard }),
      );
      marker.addTo(labels);
      chips.set(index, marker);
    }
  }

  /**
   * Move each chip to a free spot on its area, the most mentioned first. A region without room for its name shows the count
   * alone; what has no room at all waits for a closer look, and stands in the Places tab.
   */
  function arrange(taken) {
    const byCount = (a, b) => selection.groups.get(b[0]).mentions.length - selection.groups.get(a[0]).mentions.length;
    for (const [index, marker] of [...chips].sort(byCount)) {
      const place = model.places[index];
      const full = (textWidth(place.name) + 40) / 2;
      const kept =
        selection.state.place === index ? [marker.getLatLng()].map((at) => map.latLngToContainerPoint(at)) : [];
      const found = kept.length
        ? { half: full, x: kept[0].x, y: kept[0].y }
        : (freeSpot(place, full, taken) ?? (base.outlineOf(place) ? freeSpot(place, 15, taken) : null));
      const node = marker.getElement();
      node.hidden = !found;
      if (!found) continue;
      node.classList.toggle("gm-small", found.half < full);
      if (!kept.length) marker.setLatLng(map.containerPointToLatLng([found.x, found.y]));
      taken.push([found.x - found.half, found.y - 13, found.x + found.half, found.y + 13]);
    }
  }

  function freeSpot(place, half, taken) {
    const outline = base.outlineOf(place);
    if (outline && base.pixelWidth(outline) < half * (half > 15 ? 2 : 1)) return null;
    const spots = spotsFor(map, base, place, half);
    const spot = spots.find(([x, y]) => !overlaps([x - half, y - 13, x + half, y + 13], taken));
    return spot ? { half, x: spot[0], y: spot[1] } : null;
  }

  selection.onFilter(draw);
  return { chips, arrange };
}
