// Rectangles are [left, top, right, bottom] in pixels of the map; rings are lists of [longitude, latitude].

export function overlaps(rectangle, others) {
  return others.some(
    (other) => rectangle[0] < other[2] && rectangle[2] > other[0] && rectangle[1] < other[3] && rectangle[3] > other[1],
  );
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
