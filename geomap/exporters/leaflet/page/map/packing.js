// The ground of a page is packed into long lists of numbers; here it is as TopoJSON has it again.

const HUNDREDTHS = 100;

function pairs(numbers) {
  const found = [];
  for (let i = 0; i < numbers.length; i += 2) found.push([numbers[i], numbers[i + 1]]);
  return found;
}

function townsOf({ names, latitudes, longitudes, zooms }) {
  const words = names.split("\n");
  return zooms.map((zoom, n) => [words[n], latitudes[n] / HUNDREDTHS, longitudes[n] / HUNDREDTHS, zoom]);
}

/**
 * The topology of a page, with arcs as lists of [x, y] and towns as [name, latitude, longitude, zoom].
 * @returns {Record<string, any>}
 */
export const unpacked = ({ arcs, towns, ...rest }) => ({ ...rest, arcs: arcs.map(pairs), towns: townsOf(towns) });
