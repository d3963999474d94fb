// Optional online backgrounds: off until chosen, and quietly off again when they cannot be reached.
import { isBare } from "./opening.js";
import { nameChooser } from "./leafletwords.js";
import { IMAGERY_HOST, createImagery } from "./imagery.js";
import { createVectorTiles } from "./vectortiles.js";
import { asMarkup, safeUrl } from "../words/text.js";
import { say } from "../words/say.js";

const BLANK = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==";
const OSM = '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a> contributors';
// eslint-disable-next-line page/words -- a credit is as its owner writes it
const TOPO = `Map data: ${OSM}, SRTM | Map style: © <a href="https://opentopomap.org">OpenTopoMap</a> (CC-BY-SA)`;
const NASA = 'Imagery: <a href="https://earthdata.nasa.gov/gibs">NASA EOSDIS GIBS</a>';
const GIBS = "https://gibs.earthdata.nasa.gov/wmts/epsg3857/best/BlueMarble_NextGeneration/default";

/** The backgrounds that every page offers: none needs a key. */
function knownLayers() {
  const layers = [
    {
      name: "OpenTopoMap",
      url: "https://{s}.tile.opentopomap.org/{z}/{x}/{y}.png",
      options: { attribution: TOPO, maxNativeZoom: 17 },
    },
    {
      name: say("tiles.nasa"),
      url: `${GIBS}/GoogleMapsCompatible_Level8/{z}/{y}/{x}.jpeg`,
      options: { attribution: NASA, maxNativeZoom: 8, isImagery: true },
    },
  ];
  // OpenStreetMap's servers refuse pages that send no referrer, as files and frames do.
  if (!/^https?:$/.test(location.protocol)) return layers;
  const options = { attribution: OSM, maxNativeZoom: 19, referrerPolicy: "strict-origin-when-cross-origin" };
  return [...layers, { name: "OpenStreetMap", url: "https://tile.openstreetmap.org/{z}/{x}/{y}.png", options }];
}

/** The words of an attribution, without its links. */
const plainWords = (markup) =>
  markup
    .replace(/<[^>]*>/g, "")
    .replaceAll("&copy;", "©")
    .replaceAll("&amp;", "&");

/** The layers that the map was made with: {name, url, attribution, maxZoom, subdomains}; what is no web address is left out. */
function extraLayers(tiles) {
  return tiles
    .filter(({ url }) => safeUrl(addressOf(url)))
    .map(({ name, url, attribution, maxZoom, subdomains }) => {
      const own = { attribution: asMarkup(plainWords(attribution ?? "")), maxNativeZoom: maxZoom ?? 19 };
      const options = { ...own, referrerPolicy: "strict-origin-when-cross-origin" };
      return { name, url, options: subdomains ? { ...options, subdomains } : options };
    });
}

const addressOf = (url) => url.replaceAll("{s}", "a").replace(/\{\w+\}/g, "0");

/** The online backgrounds of a page: {name, url, options}, each address once. */
function onlineLayers(tiles) {
  const all = [...extraLayers(tiles), ...knownLayers()];
  return all.filter(({ url }, n) => all.findIndex((other) => other.url === url) === n);
}

/** Name and host of each online background, for those who want to know whom it asks. */
export function onlineHosts(tiles = []) {
  const dated = [say("imagery.daily"), say("imagery.heat")].map((name) => [name, IMAGERY_HOST]);
  return [...onlineLayers(tiles).map(({ name, url }) => [name, new URL(addressOf(url)).hostname]), ...dated];
}

/**
 * The backgrounds that the page offers beside its own: [name, layer].
 * @param {import("../types").App} app
 */
function offeredLayers({ map, model }) {
  return onlineLayers(model.tiles ?? []).map(({ name, url, options }) => [
    say("tiles.online", { name: asMarkup(name) }),
    L.tileLayer(url, { errorTileUrl: BLANK, maxZoom: map.getMaxZoom(), ...options }),
  ]);
}

/**
 * Add the chooser of backgrounds and return it; null in a page of the map's maker that has none.
 * `backgrounds`, [name, layer], are those of the map's maker: what is shown of them stands instead of the built-in one,
 * and what has no name is not to be chosen.
 * `chooser` is a control of layers that the maker has added, which knows them already.
 * @param {import("../types").App} app
 */
export function addBackgrounds(app, { chooser, backgrounds }) {
  const { map, base, toast } = app;
  const builtIn = base.layer;
  const tiles = backgrounds.filter(([, layer]) => layer instanceof L.GridLayer);
  if (tiles.some(([, layer]) => map.hasLayer(layer))) map.removeLayer(builtIn);
  const online = isBare() ? [] : offeredLayers(app);
  const vector = createVectorTiles(app);
  const own = [[say("tiles.built_in"), builtIn], ...(vector ? [vector] : []), ...online];
  for (const [, layer] of [...online, ...tiles]) fallBack(map, layer, { builtIn, toast });
  if (!chooser && isBare()) return null;
  const known = chooser ? [] : backgrounds.filter(([name]) => name).map(([name, layer]) => [asMarkup(name), layer]);
  const shown = chooser ?? L.control.layers(null, null, { position: "topright" }).addTo(map);
  nameChooser(shown);
  for (const [name, layer] of [...own, ...known]) shown.addBaseLayer(layer, name);
  if (!isBare()) addImagery(app, shown);
  return shown;
}

/**
 * Offer NASA's images as a background, and its heat anomalies to lie over any.
 * @param {import("../types").App} app
 */
function addImagery(app, chooser) {
  const { images, heat, watch } = createImagery(app);
  chooser.addBaseLayer(images, say("tiles.online", { name: say("imagery.daily") }));
  chooser.addOverlay(heat, say("tiles.online", { name: say("imagery.heat") }));
  fallBack(app.map, images, { builtIn: app.base.layer, toast: app.toast, words: "imagery.unreachable" });
  fallBack(app.map, heat, { toast: app.toast, words: "imagery.unreachable" });
  watch();
}

/**
 * Take a layer away that cannot be had, and bring back the built-in one where it stood instead of that.
 * @param {any} map
 * @param {any} layer
 * @param {{ builtIn?: any, toast: (words: string) => void, words?: string }} options
 */
function fallBack(map, layer, { builtIn = null, toast, words = "tiles.unreachable" }) {
  let loaded = 0;
  let failed = 0;
  layer.on("tileload", ({ tile }) => {
    if (tile.src !== BLANK) loaded += 1; // What stands in for a tile that failed loads, too.
  });
  layer.on("tileerror", () => {
    failed += 1;
    if (loaded || failed < 3 || !map.hasLayer(layer)) return;
    failed = 0;
    map.removeLayer(layer);
    builtIn?.addTo(map);
    toast(say(words));
  });
}
