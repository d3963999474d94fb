// The built-in background: land, boundaries and names, drawn on one canvas from the outlines in the page.
import { el, styleVariable } from "./dom.js";
import { textWidth } from "./labels.js";
import { countryName } from "./describe.js";

/** At most so many names are written, to keep the map quick and quiet. */
const MOST_NAMES = 70;
const INNER_ZOOM = 4.5;

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
  const inner = add(parts.lines.inner, { color: styleVariable("--gm-inner"), weight: 1 });
  add(parts.lines.coast, { color: border, weight: 1 });
  add(parts.lines.border, { color: border, weight: 1.6 });
  add(parts.lines.disputed, { color: border, weight: 1.6, dashArray: "4 5" });
  return inner;
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
  const towns = (topology.towns ?? []).map(([name, latitude, longitude, zoom]) => ({
    ...{ name, zoom },
    spot: L.latLng(latitude, longitude),
  }));
  const boundsOf = new Map();
  map.createPane("gm-base").style.zIndex = 200;
  map.createPane("gm-names").style.zIndex = 340;
  const renderer = L.canvas({ pane: "gm-base", padding: 0.25 });
  const layer = L.layerGroup().addTo(map);
  const names = L.layerGroup().addTo(map);
  let inner = null;
  /** Borders inside countries wait until their areas are more than a few pixels wide. */
  function showInner() {
    if (!map.hasLayer(layer) || map.getZoom() >= INNER_ZOOM === layer.hasLayer(inner)) return;
    if (layer.hasLayer(inner)) layer.removeLayer(inner);
    else layer.addLayer(inner);
  }
  function redraw() {
    inner = drawOutlines(layer, renderer, parts);
    showInner();
  }
  redraw();
  map.on("zoomend layeradd", showInner);
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
    const wanted = zoom < 8 ? parts.countries.filter(({ properties }) => properties.rank < 8 * 2 ** zoom) : [];
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

  /** The names that may be written at a zoom, the most important first: {kind, spot, words, width, id}. */
  function wantedNames(zoom, labelled) {
    const free = ({ words, id }) => words && !labelled.has(words) && !labelled.has(id);
    const countries = countryNames(zoom).map((name) => ({ ...name, kind: "country" }));
    const units = zoom < 5.5 ? [] : visibleUnits();
    const regions = units
      .map(({ feature, spot }) => ({ spot, feature, words: feature.properties.name, id: feature.properties.id }))
      .map((name) => ({ ...name, kind: "region", width: textWidth(name.words) * 0.95 }))
      .filter(({ feature, width }) => pixelWidth(feature) > width * 1.25);
    return [...countries, ...townNames(zoom), ...regions].filter(free);
  }

  /** Reference towns: the larger a town, the earlier it appears. */
  function townNames(zoom) {
    const view = map.getBounds();
    return towns
      .filter(({ zoom: from, spot }) => zoom >= from && view.contains(spot))
      .map(({ name, spot }) => ({ kind: "town", words: name, spot, width: textWidth(name) * 0.9 + 8 }));
  }

  let written = new Map();
  /** Write the names of countries, towns and regions where there is room, leaving out what is labelled already. */
  function drawNames(room, labelled) {
    const next = new Map();
    const wanted = map.hasLayer(layer) ? wantedNames(map.getZoom(), labelled) : [];
    for (const { kind, spot, words, width } of wanted) {
      const { x, y } = map.latLngToContainerPoint(spot);
      const box = kind === "town" ? [x - 4, y - 9, x + width, y + 9] : [x - width / 2, y - 9, x + width / 2, y + 9];
      const key = `${kind} ${words} ${spot.lat} ${spot.lng}`;
      if (next.size >= MOST_NAMES || next.has(key) || !room.isFree(box)) continue;
      room.take(box);
      next.set(key, written.get(key) ?? nameMarker(kind, spot, words).addTo(names));
    }
    for (const [key, marker] of written) if (!next.has(key)) marker.remove();
    written = next;
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
