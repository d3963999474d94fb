// Vector tiles of the map's maker as a background: carried by the page, or read in parts from a file beside it once they are chosen.
import { byId, styleVariable } from "../dom.js";
import { say } from "../words/say.js";
import { asMarkup } from "../words/text.js";

// Types of geometry in the Mapbox Vector Tile specification.
const [TYPE_LINE, TYPE_AREA] = [2, 3];
// Layers and kinds of the schemas of Protomaps, OpenMapTiles and Shortbread, in this order where they differ.
const TILE_WATERS = ["water", "ocean", "water_polygons"];
const STREAMS = ["water", "waterway", "water_lines"];
const GROUNDS = ["landuse", "landcover", "land"];
const GREENS = new Set(["forest", "wood", "park", "nature_reserve", "national_park", "grass", "grassland", "scrub"]);
const ROADS = ["roads", "transportation", "streets"];
const MAJOR = new Set(["highway", "major_road", "medium_road", "motorway", "trunk", "primary", "secondary"]);
const MINOR = new Set(["minor_road", "minor", "tertiary", "residential", "unclassified", "living_street"]);
const RAILS = new Set(["rail"]);
const BUILDINGS = ["buildings", "building"];
const BOUNDARIES = ["boundaries", "boundary"];

const kindOf = ({ props }) => String(props.kind ?? props.class ?? props["pmap:kind"] ?? "");
const isOf = (kinds) => (_, feature) => kinds.has(kindOf(feature));
const isGeometry = (type) => (_, feature) => feature.geomType === type;

/** Whether a boundary is one between countries or first-order units on land. */
function isBoundary(_, { props, geomType }) {
  const level = Number(props.admin_level ?? props["pmap:min_admin_level"] ?? props.kind_detail ?? 2);
  return geomType === TYPE_LINE && level <= 4 && !Number(props.maritime ?? 0);
}

const isDisputed = ({ props }) => Boolean(Number(props.disputed ?? 0)) || props.disputed === "true";

/** What is painted of tiles, from the ground up; colours are asked for each time. */
function rulesOf({ PolygonSymbolizer, LineSymbolizer }, colours) {
  const areas = (layers, colour, filter, more = {}) =>
    layers.map((dataLayer) => {
      return { dataLayer, filter, symbolizer: new PolygonSymbolizer({ fill: () => colours[colour] }), ...more };
    });
  const lines = (layers, colour, width, { filter, ...more }) =>
    layers.map((dataLayer) => {
      const symbolizer = new LineSymbolizer({ color: () => colours[colour], width, ...more });
      return { dataLayer, filter, symbolizer, minzoom: more.minzoom };
    });
  const wide = (z) => Math.max(1, 1.5 ** (z - 9));
  const narrow = (z) => Math.max(0.6, 1.5 ** (z - 12));
  return [
    ...areas(["earth"], "land"),
    ...areas(GROUNDS, "green", isOf(GREENS)),
    ...areas(TILE_WATERS, "sea", isGeometry(TYPE_AREA)),
    ...lines(STREAMS, "water", (z) => Math.max(0.7, z - 10), { filter: isGeometry(TYPE_LINE) }),
    ...areas(BUILDINGS, "building", isGeometry(TYPE_AREA), { minzoom: 13 }),
    ...lines(ROADS, "road-edge", (z) => narrow(z) + 1, { filter: isOf(MINOR), minzoom: 11 }),
    ...lines(ROADS, "road-edge", (z) => wide(z) + 1.4, { filter: isOf(MAJOR) }),
    ...lines(ROADS, "road", narrow, { filter: isOf(MINOR), minzoom: 11 }),
    ...lines(ROADS, "road", wide, { filter: isOf(MAJOR) }),
    ...lines(ROADS, "label", 0.9, { filter: isOf(RAILS), minzoom: 9, dash: [5, 3] }),
    ...lines(BOUNDARIES, "border", 1.4, { filter: (z, one) => isBoundary(z, one) && !isDisputed(one) }),
    ...lines(BOUNDARIES, "border", 1.4, { filter: (z, one) => isBoundary(z, one) && isDisputed(one), dash: [4, 5] }),
  ];
}

/** Why tiles cannot be shown: `key` is that of the words that say it. */
class NoTiles extends Error {
  constructor(key) {
    super(key);
    this.key = key;
  }
}

/** The bytes of a file that the page carries. */
function carriedBytes() {
  const block = byId("geomap-tiles");
  if (!block) return null;
  /** @type {ArrayBuffer | null} */
  let bytes = null;
  return async (from, length) => {
    bytes ??= Uint8Array.from(atob(block.textContent), (sign) => sign.charCodeAt(0)).buffer;
    return bytes.slice(from, from + length);
  };
}

/** The bytes of a file beside the page, of which a server sends parts. */
function askedBytes(file) {
  const address = new URL(encodeURIComponent(file), document.baseURI).href;
  return async (from, length, signal) => {
    const range = { Range: `bytes=${from}-${from + length - 1}` };
    const answer = await fetch(address, { headers: range, signal });
    if (answer.status === 206) return answer.arrayBuffer();
    await answer.body?.cancel();
    throw new NoTiles(answer.ok ? "basemap.whole" : "basemap.missing");
  };
}

/** Open a file of tiles; an error says why it cannot be read. */
async function openArchive({ file }) {
  const carried = carriedBytes();
  if (!carried && !/^https?:$/.test(location.protocol)) throw new NoTiles("basemap.disk");
  const read = carried ?? askedBytes(file);
  const source = {
    getKey: () => file,
    getBytes: async (from, length, signal) => ({ data: await read(from, length, signal) }),
  };
  // The library holds the reader of PMTiles, but does not hand it out.
  const { PmtilesSource } = protomapsL;
  const Archive = new PmtilesSource("", false).p.constructor;
  const archive = new Archive(source);
  await archive.getHeader().catch((error) => {
    throw error instanceof NoTiles ? error : new NoTiles("basemap.missing");
  });
  return archive;
}

/**
 * The background of vector tiles of a page, [name, layer], or null where it has none. Nothing is read before it is chosen.
 * @param {import("../types").App} app
 */
export function createVectorTiles({ map, model: { basemap }, base, toast }) {
  if (!basemap) return null;
  map.createPane("gm-tiles").style.zIndex = 205;
  const names = ["land", "sea", "water", "border", "label", "green", "road", "road-edge", "building"];
  const colours = {};
  const readColours = () => {
    for (const name of names) colours[name] = styleVariable(`--gm-${name}`);
  };
  /** A layer of Protomaps. @type {any} */
  let tiles = null;
  const layer = L.layerGroup([base.under]);

  async function makeTiles() {
    const archive = await openArchive(basemap);
    const [west, south, east, north] = basemap.bounds;
    const bounds = [
      [south, west],
      [north, east],
    ];
    const shown = {
      pane: "gm-tiles",
      bounds,
      attribution: asMarkup(basemap.credit),
      maxZoom: map.getMaxZoom(),
      noWrap: true,
    };
    const data = { url: archive, maxDataZoom: basemap.zooms[1], minZoom: basemap.zooms[0] };
    readColours();
    return protomapsL.leafletLayer({
      ...shown,
      ...data,
      paintRules: rulesOf(protomapsL, colours),
      labelRules: [],
      backgroundColor: colours.land,
    });
  }

  layer.on("add", async () => {
    try {
      tiles ??= await makeTiles();
      if (map.hasLayer(layer)) layer.addLayer(tiles);
    } catch (error) {
      if (!map.hasLayer(layer)) return;
      map.removeLayer(layer);
      base.layer.addTo(map);
      toast(say(error.key ?? "basemap.missing", { file: basemap.file }));
    }
  });
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    if (!tiles) return;
    readColours();
    tiles.backgroundColor = colours.land;
    tiles.rerenderTiles();
  });
  return [say("basemap.name"), layer];
}
