// Where the names on the map go: each where it covers no other name, no marker and no button, else nowhere.
import { createRoom } from "./rectangles.js";
import { placeNames } from "./labels.js";

/** The numbers of the places by their names, their ids, and the ids of what they lie near. */
function placesByName({ places }) {
  const named = new Map();
  for (const [place, { id, entry, name }] of places.entries()) {
    for (const words of new Set([name, id, entry])) {
      if (named.has(words)) named.get(words).push(place);
      else named.set(words, [place]);
    }
  }
  return named;
}

/**
 * What arranges the names on the map, so that none covers another or a button: those of markers first, then of regions, of
 * boundaries, of the ground.
 * @param {import("../types").App} app
 */
export function createArranger(app) {
  const { map, model, selection, base, regions } = app;
  const named = placesByName(model);
  /** Tell whether a place of this name or id is shown, so that the ground need not name it. */
  const isLabelled = (words) => named.get(words)?.some((place) => selection.groups.has(place)) ?? false;

  /** @type {number[][] | null} */
  let controls = null;
  map.on("resize gm-controls", () => (controls = null));
  /** Where the buttons of the map are, which no name should go under. */
  function controlBoxes() {
    const frame = map.getContainer().getBoundingClientRect();
    return [...map.getContainer().querySelectorAll(".leaflet-control-container .leaflet-control")]
      .map((node) => node.getBoundingClientRect())
      .map(({ left, top, right, bottom }) => [
        left - frame.left,
        top - frame.top,
        right - frame.left,
        bottom - frame.top,
      ]);
  }

  /** Arrange all names around the items of markers; that of the place that is `open`, null for none, comes first. */
  function arrange(items, open) {
    const room = createRoom();
    controls ??= controlBoxes();
    for (const box of controls) room.take(box);
    if (app.differences.isOn()) {
      app.differences.arrange(room);
      return base.drawNames(room, isLabelled);
    }
    const placed = items.map((item) => ({
      ...item,
      node: item.label,
      point: map.latLngToContainerPoint(item.marker.getLatLng()),
    }));
    for (const { point, radius } of placed) {
      room.take([point.x - radius, point.y - radius, point.x + radius, point.y + radius]);
    }
    regions.arrange(room);
    const weight = (item) => (item.place === open && open !== null ? Infinity : item.weight);
    placeNames(
      placed.sort((a, b) => weight(b) - weight(a)),
      room,
      map.getSize(),
    );
    app.boundaries?.drawNames(room);
    base.drawNames(room, isLabelled);
  }

  return arrange;
}
