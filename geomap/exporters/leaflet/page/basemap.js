// The built-in background: land, boundaries and names, drawn on one canvas from the outlines in the page.
import { el, styleVariable } from "./dom.js";
import { overlaps } from "./geometry.js";
import { textWidth } from "./labels.js";
import { countryName } from "./describe.js";

/** Turn the topology into what is drawn; the lines are sorted by kind already, so that none is drawn twice. */
function readTopology(topology) {
  const { objects } = topology;
  const features = (name) => topojson.feature(topology, objects[name]).features;
  const line = (name) => topojson.feature(topology, objects[name]);
  return {
    units: features("admin1"),
    neighbours: features("neighbours"),
    world: features("world"),
    countries: [...features("countries"), ...features("neighbours"), ...features("world")],
    lines: {
      border: line("borders"),
      coast: line("coasts"),
      inner: line("admin1_borders"),
      disputed: line("disputed"),
    },
  };
}

function drawOutlines(layer, renderer, parts) {
  layer.clearLayers();
  const land = styleVariable("--gm-land");
  const border = styleVariable("--gm-border");
  const add = (features, style) => L.geoJSON(features, { renderer, interactive: false, style }).addTo(layer);
  const area = { fillColor: land, fillOpacity: 1, color: land, weight: 1 };
  add(parts.world, { ...area, color: border, weight: 0.8 });
  add(parts.neighbours, area);
  add(parts.units, area);
  add(parts.lines.inner, { color: styleVariable("--gm-inner"), weight: 1 });
  add(parts.lines.coast, { color: border, weight: 1 });
  add(parts.lines.border, { color: border, weight: 1.6 });
  add(parts.lines.disputed, { color: border, weight: 1.6, dashArray: "4 5" });
}

function nameMarker(kind, position, words) {
  const icon = L.divIcon({ className: `gm-base-name gm-${kind}`, iconSize: [0, 0], html: el("span", {}, words) });
  return L.marker(position, { pane: "gm-names", interactive: false, keyboard: false, icon });
}

export function createBaseMap(map, topology) {
  const parts = readTopology(topology);
  const unitById = new Map(parts.units.map((feature) => [feature.properties.id, feature]));
  const nameByCode = new Map(
    parts.units.map(({ properties }) => [`${properties.country}.${properties.code}`, properties.name]),
  );
  const countryByCode = new Map(parts.countries.map(({ properties }) => [properties.id, properties.name]));
  const nameOfCountry = (code) => countryByCode.get(code) ?? countryName(code);
  const boundsOf = new Map();
  map.createPane("gm-base").style.zIndex = 200;
  map.createPane("gm-names").style.zIndex = 340;
  const renderer = L.canvas({ pane: "gm-base", padding: 0.25 });
  const layer = L.layerGroup().addTo(map);
  const names = L.layerGroup().addTo(map);
  const redraw = () => drawOutlines(layer, renderer, parts);
  redraw();
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);

  function unitBounds(feature) {
    if (!boundsOf.has(feature)) boundsOf.set(feature, L.geoJSON(feature).getBounds());
    return boundsOf.get(feature);
  }

  function pixelWidth(feature) {
    const bounds = unitBounds(feature);
    return map.latLngToContainerPoint(bounds.getSouthEast()).x - map.latLngToContainerPoint(bounds.getNorthWest()).x;
  }

  function visibleUnits() {
    const view = map.getBounds();
    return parts.units
      .filter(({ properties }) => properties.label)
      .map((feature) => ({ feature, spot: L.latLng(feature.properties.label[1], feature.properties.label[0]) }))
      .filter(({ spot }) => view.contains(spot));
  }

  /** Country names that fit: at most the largest ones when zoomed out, each on the part of the country that is in view. */
  function countryNames(zoom) {
    const view = map.getBounds();
    const wanted = zoom < 8 ? parts.countries.filter(({ properties }) => properties.rank < 3 * 2 ** zoom) : [];
    return wanted
      .map(({ properties: { id, name, label } }) => ({ id, words: name, home: L.latLng(label[1], label[0]) }))
      .map(({ id, words, home }) => ({
        words,
        spot: view.contains(home) ? home : middleOf(id),
        width: words.length * 14 + 12,
      }))
      .filter(({ spot }) => spot && view.contains(spot));
  }

  /** The unit of a country nearest to the middle of its units in view, where its name can stand. */
  function middleOf(code) {
    const spots = visibleUnits().filter(({ feature }) => feature.properties.country === code);
    if (spots.length < 2) return null;
    const mean = (read) => spots.reduce((sum, { spot }) => sum + read(spot), 0) / spots.length;
    const middle = L.latLng(
      mean((spot) => spot.lat),
      mean((spot) => spot.lng),
    );
    const distance = ({ spot }) => (spot.lat - middle.lat) ** 2 + (spot.lng - middle.lng) ** 2;
    return spots.reduce((best, item) => (distance(item) < distance(best) ? item : best)).spot;
  }

  /** Write the names of countries and regions where there is room, leaving out the ones that are labelled already. */
  function drawNames(taken, labelled) {
    names.clearLayers();
    if (!map.hasLayer(layer)) return;
    const zoom = map.getZoom();
    const put = (kind, spot, words, width) => {
      const point = map.latLngToContainerPoint(spot);
      const box = [point.x - width / 2, point.y - 9, point.x + width / 2, point.y + 9];
      if (overlaps(box, taken)) return;
      taken.push(box);
      nameMarker(kind, spot, words).addTo(names);
    };
    for (const { words, spot, width } of countryNames(zoom)) {
      if (!labelled.has(words)) put("country", spot, words, width);
    }
    if (zoom < 5.5) return;
    for (const { feature, spot } of visibleUnits()) {
      const { id, name } = feature.properties;
      const width = textWidth(name) * 0.95;
      if (!name || labelled.has(name) || labelled.has(id) || pixelWidth(feature) < width * 1.25) continue;
      put("region", spot, name, width);
    }
  }

  return {
    layer,
    drawNames,
    unitBounds,
    pixelWidth,
    countryName: nameOfCountry,
    spotsOfCountry(code) {
      const units = parts.units.filter(({ properties }) => properties.country === code && properties.label);
      return units
        .map(({ properties: { label } }) => map.latLngToContainerPoint([label[1], label[0]]))
        .map(({ x, y }) => [x, y]);
    },
    admin1Name: (place) => nameByCode.get(`${place.country}.${place.admin1}`) ?? "",
    outlineOf: (place) => (place.kind === "adm1" ? unitById.get(place.id) : undefined),
  };
}
