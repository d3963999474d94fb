// Optional online backgrounds: off until chosen, and quietly off again when they cannot be reached.

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

/** Add the chooser of backgrounds; `toast` says a sentence to the reader. */
export function addBackgrounds(map, builtIn, toast) {
  const layers = { "Built in (works offline)": builtIn };
  for (const [name, [url, attribution]] of Object.entries(onlineLayers())) {
    const options = { attribution, errorTileUrl: BLANK, referrerPolicy: "strict-origin-when-cross-origin" };
    layers[name] = L.tileLayer(url, { ...options, maxZoom: 19 });
    fallBack(map, layers[name], builtIn, toast);
  }
  L.control.layers(layers, null, { position: "topright" }).addTo(map);
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
