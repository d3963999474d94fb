// The ground of a page is packed into long lists of numbers.

const HUNDREDTHS = 100;

/** The towns of a page as [name, latitude, longitude, zoom]. */
export function townsOf({ names, latitudes, longitudes, zooms }) {
  const words = names.split("\n");
  return zooms.map((zoom, n) => [words[n], latitudes[n] / HUNDREDTHS, longitudes[n] / HUNDREDTHS, zoom]);
}
