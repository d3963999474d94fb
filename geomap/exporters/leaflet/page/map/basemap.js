// The built-in background: its land and boundaries, and what lies where on it.
import { createGround, readWaters } from "./landcanvas.js";
import { createGroundNames } from "./groundnames.js";
import { worldSize } from "./outlines.js";
import { countryName } from "../words/placewords.js";
import { localeOfWords } from "../words/say.js";
import { inView } from "./worldcopies.js";

/** A first-level unit: its facts, where its name stands, null for nowhere, and its shape, made when it is first asked for. */
function createUnit(geometry, shapeOfUnit) {
  const { properties } = geometry;
  let shape = null;
  return {
    properties,
    spot: properties.label ? L.latLng(properties.label[1], properties.label[0]) : null,
    get shape() {
      return (shape ??= shapeOfUnit(geometry));
    },
  };
}

/** What has a name: first-level units, and countries. */
function readNamed({ objects }, shapeOfUnit) {
  const listed = (name) => objects[name].geometries.map(({ properties }) => ({ properties }));
  return {
    units: objects.admin1.geometries.map((geometry) => createUnit(geometry, shapeOfUnit)),
    countries: [...listed("countries"), ...listed("neighbours"), ...listed("world")],
  };
}

/** The name of a country: in English as the outlines have it, else as the language has it, where it has one. */
function nameIn(locale, code, drawn) {
  if (drawn && locale.startsWith("en")) return drawn;
  const name = countryName(code);
  return name === code ? (drawn ?? code) : name;
}

export function createBaseMap(map, topology) {
  const waters = readWaters(topology.waters);
  const { layer, under, lines, shapeOfUnit } = createGround(topology, waters);
  const parts = readNamed(topology, shapeOfUnit);
  const unitById = new Map(parts.units.map((unit) => [unit.properties.id, unit]));
  const unitByCode = new Map(parts.units.map((unit) => [`${unit.properties.country}.${unit.properties.code}`, unit]));
  const nameByCode = new Map(
    parts.units.map(({ properties }) => [`${properties.country}.${properties.code}`, properties.name]),
  );
  const countryByCode = new Map(parts.countries.map(({ properties }) => [properties.id, properties.name]));
  const nameOfCountry = (code) => nameIn(localeOfWords(), code, countryByCode.get(code));
  map.createPane("gm-base").style.zIndex = 150; // Below tiles, which may be drawn over it.
  map.createPane("gm-names").style.zIndex = 340;
  map.createPane("gm-lines").style.zIndex = 210;
  layer.addTo(map);
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    layer.repaint();
    under.repaint();
  });

  /** The units that have a spot for their names, with that on the nearest copy of the world. */
  const unitsNear = () =>
    parts.units
      .filter(({ spot }) => spot)
      .map((unit) => ({ unit, properties: unit.properties, spot: inView(map, unit.spot) }));
  const isShown = () => [layer, under, lines].some((one) => map.hasLayer(one));
  const pixelWidth = ({ shape: { box } }) => (box[2] - box[0]) * worldSize(map);

  const named = { countries: parts.countries, nameOfCountry, unitsNear, pixelWidth, rivers: waters.rivers };
  const drawNames = createGroundNames(map, topology, named, isShown);

  return {
    layer,
    under,
    lines,
    drawNames,
    pixelWidth,
    countryName: nameOfCountry,
    spotsOfCountry(code) {
      const units = unitsNear().filter(({ properties }) => properties.country === code);
      return units.map(({ spot }) => map.latLngToContainerPoint(spot)).map(({ x, y }) => [x, y]);
    },
    /** The first-level unit that a place is or lies in; undefined for none. */
    unitOf: (place) => unitById.get(place.id) ?? unitByCode.get(`${place.country}.${place.admin1}`),
    admin1Name: (place) => nameByCode.get(`${place.country}.${place.admin1}`) ?? "",
    outlineOf: (place) => (place.kind === "adm1" ? unitById.get(place.id) : undefined),
  };
}
