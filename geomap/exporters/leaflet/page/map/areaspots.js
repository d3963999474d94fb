// Where the label of an area goes: inside its outline, on its country's regions, or close around, where nothing else is.
import { inView, worldsAway } from "./worldcopies.js";
import { insideShape, meet } from "./rectangles.js";
import { worldSize } from "./outlines.js";

/** Into so many parts each side of an outline is divided to try spots in it. */
const STEPS = 12;
/** From this zoom on the label of a whole country says nothing about what is in view. */
const COUNTRY_ZOOM = 9.5;

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

/**
 * What finds the spots; it reads the map and changes nothing.
 * @param {any} map
 * @param {import("../types").App["base"]} base
 */
export function createAreaSpots(map, base) {
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

  /** Where a label goes in a view, {half, x, y} with half its width; null for nowhere. */
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

  return { presentView, spotOf };
}
