// The built-in background: its land and boundaries, and the names written on it.
import { el } from "./dom.js";
import { createGround } from "./ground.js";
import { textWidth } from "./labels.js";
import { countryName } from "./describe.js";

/** At most so many names are written, to keep the map quick and quiet. */
const MOST_NAMES = 70;

/** What has a name: areas as features, and countries. */
function readTopology(topology) {
  const { objects } = topology;
  const listed = (name) => objects[name].geometries.map(({ properties }) => ({ properties }));
  return {
    units: topojson.feature(topology, objects.admin1).features,
    countries: [...listed("countries"), ...listed("neighbours"), ...listed("world")],
  };
}

/** The box around a feature. */
function boundsOfFeature({ geometry: { type, coordinates } }) {
  const bounds = L.latLngBounds([]);
  const polygons = type === "Polygon" ? [coordinates] : coordinates;
  for (const [outer] of polygons) for (const [longitude, latitude] of outer) bounds.extend([latitude, longitude]);
  return bounds;
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
  const layer = createGround(topology).addTo(map);
  const names = L.layerGroup().addTo(map);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => layer.repaint());

  function unitBounds(feature) {
    if (!boundsOf.has(feature)) boundsOf.set(feature, boundsOfFeature(feature));
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
    const fits = ({ properties: { name, rank } }) => rank < 8 * 2 ** zoom && name.length < 8 * zoom;
    const wanted = zoom < 8 ? parts.countries.filter(fits) : [];
    return wanted
      .map(({ properties: { id, name, label } }) => ({ id, words: name, home: L.latLng(label[1], label[0]) }))
      .map(({ id, words, home }) => ({
        words,
        spot: view.contains(home) ? home : middleOf(id),
        width: words.length * 12 + 12,
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
      const inside = box[0] > 0 && box[2] < map.getSize().x;
      const key = `${kind} ${words} ${spot.lat} ${spot.lng}`;
      if (next.size >= MOST_NAMES || next.has(key) || !inside || !room.isFree(box)) continue;
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
