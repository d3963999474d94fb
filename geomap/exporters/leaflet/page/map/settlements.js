// The towns of countries, and the settlements around the places of a page, which are kept as columns: there may be
// thousands, and a view shows some dozens.

const HUNDREDTHS = 100;
const STEPS_A_DEGREE = 1000;

/** The towns of a page, which holds them as columns, as [name, latitude, longitude, zoom]. */
export function townsOf({ names, latitudes, longitudes, zooms }) {
  const words = names.split("\n");
  return zooms.map((zoom, n) => [words[n], latitudes[n] / HUNDREDTHS, longitudes[n] / HUNDREDTHS, zoom]);
}

/** The sums of a column of differences, in degrees. */
function degrees(differences) {
  let steps = 0;
  return Float64Array.from(differences, (difference) => (steps += difference) / STEPS_A_DEGREE);
}

/** The settlements of a page: `within` lists those of a view that are named at a zoom, the larger ones first. */
export function createSettlements({ names = "", latitudes = [], longitudes = [], levels = [] } = {}) {
  const [north, east] = [degrees(latitudes), degrees(longitudes)];
  const words = names.split("\n");
  const first = levels.length ? levels[0][0] : Infinity;

  /** Settlements {name, latitude, longitude}; `west` and `width` are degrees of longitude, counted on around the Earth. */
  function within({ south, top, west, width }, zoom) {
    if (zoom < first) return [];
    const end = levels.reduce((sum, [level, count]) => sum + (level <= zoom ? count : 0), 0);
    const found = [];
    for (let i = 0; i < end; i++) {
      if (north[i] < south || north[i] > top || (((east[i] - west) % 360) + 360) % 360 > width) continue;
      found.push({ name: words[i], latitude: north[i], longitude: east[i] });
    }
    return found;
  }

  return { within };
}
