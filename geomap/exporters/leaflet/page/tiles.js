// Optional online backgrounds: off until chosen, and quietly off again when they cannot be reached.
import { safeUrl } from "./text.js";

const BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
const OSM = '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors';
const CARTO = `${OSM}, © <a href="https://carto.com/attributions">CARTO</a>`;

function onlineLayers() {
  const carto = (style) => [`https://{s}.basemaps.cartocdn.com/${style}/{z}/{x}/{y}{r}.png`, CARTO];
  const layers = { "Online: light": carto("light_all"), "Online: dark": carto("dark_all") };
  // OpenStreetMap's servers refuse pages that send no referrer, as files and frames do.
  if (location.protocol === "https:" || location.protocol === "http:") {
    layers["Online: OpenStreetMap"] = ["https://tile.openstreetmap.org/{z}/{x}/{y}.png", OSM];
  }
  return layers;
}

/** Text as markup that shows it and nothing else: Leaflet writes names and attributions as markup. */
const asMarkup = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The words of an attribution, without its links. */
const plainWords = (markup) =>
  markup
    .replace(/<[^>]*>/g, "")
    .replaceAll("&copy;", "©")
    .replaceAll("&amp;", "&");

/** The layers that the map was made with: {name, url, attribution, maxZoom, subdomains}; what is no web address is left out. */
function extraLayers(tiles) {
  return tiles
    .filter(({ url }) => safeUrl(url.replace(/\{\w+\}/g, "0")))
    .map(({ name, url, attribution, maxZoom, subdomains }) => {
      const options = { attribution: asMarkup(plainWords(attribution ?? "")), maxZoom: maxZoom ?? 19 };
      return [`Online: ${asMarkup(name)}`, url, subdomains ? { ...options, subdomains } : options];
    });
}

/** Add the chooser of backgrounds, with those in `tiles`, too, and return it; `toast` says a sentence to the reader. */
export function addBackgrounds(map, builtIn, toast, tiles = []) {
  const layers = { "Built in (works offline)": builtIn };
  const known = Object.entries(onlineLayers()).map(([name, [url, attribution]]) => [
    name,
    url,
    { attribution, maxZoom: 19 },
  ]);
  for (const [name, url, own] of [...known, ...extraLayers(tiles)]) {
    const options = { errorTileUrl: BLANK, referrerPolicy: "strict-origin-when-cross-origin" };
    layers[name] = L.tileLayer(url, { ...options, ...own });
    fallBack(map, layers[name], builtIn, toast);
  }
  return L.control.layers(layers, null, { position: "topright" }).addTo(map);
}

function fallBack(map, layer, builtIn, toast) {
  let loaded = 0;
  let failed = 0;
  layer.on("tileload", () => (loaded += 1));
  layer.on("tileerror", () => {
    failed += 1;
    if (loaded || failed < 3 || !map.hasLayer(layer)) return;
    failed = 0;
    map.removeLayer(layer);
    builtIn.addTo(map);
    toast("The online map cannot be reached. Showing the built-in one.");
  });
}
