// Rectangles are [left, top, right, bottom] in pixels of the map; rings are lists of [longitude, latitude].

const CELL = 64;

/** Remembers which rectangles of the map are in use, by cells, so that asking stays quick with hundreds of them. */
export function createRoom() {
  const cells = new Map();
  const keysOf = ([left, top, right, bottom]) => {
    const keys = [];
    for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++) {
      for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) keys.push(x * 4096 + y);
    }
    return keys;
  };
  const meet = (one, other) => one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
  return {
    isFree: (box) => !keysOf(box).some((key) => cells.get(key)?.some((other) => meet(box, other))),
    take(box) {
      for (const key of keysOf(box)) {
        if (cells.has(key)) cells.get(key).push(box);
        else cells.set(key, [box]);
      }
    },
  };
}

function insideRing(x, y, ring) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i];
    const [bx, by] = ring[j];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

/** Tell whether a point lies in a GeoJSON polygon or multipolygon, by the even-odd rule. */
export function insideFeature(longitude, latitude, feature) {
  const { type, coordinates } = feature.geometry;
  const polygons = type === "Polygon" ? [coordinates] : coordinates;
  return polygons.some(
    ([outer, ...holes]) =>
      insideRing(longitude, latitude, outer) && !holes.some((hole) => insideRing(longitude, latitude, hole)),
  );
}
