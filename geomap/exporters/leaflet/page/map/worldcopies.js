// The world goes round: a place is drawn on that copy of the world that is nearest to the middle of the view.

/** How many worlds to the east of 180°W…180°E the copy of a longitude lies that is nearest to another one. */
export const worldsAway = (longitude, middle) => Math.round((middle - longitude) / 360);

/** The longitude, counted on around the Earth, that is nearest to another one. */
export const nearestLongitude = (longitude, middle) => longitude + 360 * worldsAway(longitude, middle);

/** A position on the copy of the world that is nearest to the middle of the view of a map. */
export function inView(map, { lat, lng }) {
  return L.latLng(lat, nearestLongitude(lng, map.getCenter().lng));
}

/** The longitude after the widest gap between some, from which on all of them lie closest together; -180 for none. */
export function seamOf(longitudes) {
  const sorted = [...new Set(longitudes)].sort((a, b) => a - b);
  let [seam, widest] = [-180, sorted.length ? sorted[0] + 360 - sorted.at(-1) : 0];
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i] - sorted[i - 1] > widest) [seam, widest] = [sorted[i], sorted[i] - sorted[i - 1]];
  }
  return seam;
}
