// The names written on the built-in background: countries, regions, towns, rivers and settlements, where there is room.
import { el } from "../dom.js";
import { riverZoom } from "./landcanvas.js";
import { createSettlements, townsOf } from "./settlements.js";
import { worldSize } from "./outlines.js";
import { textWidth } from "./labels.js";
import { inView } from "./worldcopies.js";
import { asSpots, meet } from "./rectangles.js";

/** At most so many names are written, to keep the map quick and quiet. */
const MOST_NAMES = 70;

/** From this zoom on rivers are named. */
const RIVER_NAMES_ZOOM = 7;
/** At so many points of a river its name may stand. */
const RIVER_TRIES = 8;
/** What has a dot beside its name. */
const DOTTED = new Set(["town", "settlement"]);

function nameMarker(kind, position, words) {
  const icon = L.divIcon({ className: `gm-base-name gm-${kind}`, iconSize: [0, 0], html: el("span", {}, words) });
  return L.marker(position, { pane: "gm-names", interactive: false, keyboard: false, icon });
}

/**
 * What writes the names, given {countries, nameOfCountry, unitsNear, pixelWidth, rivers} of the background. `isShown` tells
 * whether there is one.
 */
export function createGroundNames(map, topology, { countries, nameOfCountry, unitsNear, pixelWidth, rivers }, isShown) {
  const towns = townsOf(topology.towns).map(([name, latitude, longitude, zoom]) => ({
    ...{ name, zoom },
    spot: L.latLng(latitude, longitude),
  }));
  const settlements = createSettlements(topology.settlements);
  const names = L.layerGroup().addTo(map);

  /** Country names that fit: at most the largest ones when zoomed out, each on the part of the country that is in view. */
  function countryNames(zoom, view, units) {
    const fits = ({ properties: { id, rank } }) => rank < 8 * 2 ** zoom && nameOfCountry(id).length < 8 * zoom;
    const wanted = zoom < 8 ? countries.filter(fits) : [];
    return wanted
      .map(({ properties: { id, name, label } }) => ({
        id,
        known: name,
        words: nameOfCountry(id),
        home: inView(map, L.latLng(label[1], label[0])),
      }))
      .map(({ id, known, words, home }) => ({
        known,
        words,
        spot: view.contains(home) ? home : middleOf(id, units),
        width: words.length * 12 + 12,
      }))
      .filter(({ spot }) => spot && view.contains(spot));
  }

  /** The unit of a country nearest to the middle of those of its units that are in view, where its name can stand. */
  function middleOf(code, units) {
    const spots = units.filter(({ properties }) => properties.country === code);
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
  function wantedNames(zoom, isLabelled) {
    const free = ({ words, known = words, id }) => words && !isLabelled(known) && !isLabelled(id);
    const view = map.getBounds();
    const units = unitsNear().filter(({ spot }) => view.contains(spot));
    const large = countryNames(zoom, view, units).map((name) => ({ ...name, kind: "country" }));
    const regions = (zoom < 5.5 ? [] : units)
      .map(({ unit, spot, properties: { name, id } }) => ({ unit, spot, words: name, id }))
      .map((name) => ({ ...name, kind: "region", width: textWidth(name.words) * 0.95 }))
      .filter(({ unit, width }) => pixelWidth(unit) > width * 1.25);
    const all = [...large, ...townNames(zoom, view), ...regions, ...riverNames(zoom)].filter(free);
    return [...all, ...settlementNames(zoom, view)];
  }

  /** The rivers in view, each at a few points of it, those nearest to the middle first. */
  function riverNames(zoom) {
    if (zoom < RIVER_NAMES_ZOOM) return [];
    const size = worldSize(map);
    const { min, max } = map.getPixelBounds();
    const turn = Math.floor((min.x + max.x) / 2 / size);
    const view = [min.x / size - turn, min.y / size, max.x / size - turn, max.y / size];
    const seen = new Map();
    for (const { name, rank, points, box } of rivers) {
      if (!name || zoom < riverZoom(rank) || !meet(box, view)) continue;
      if (!seen.has(name)) seen.set(name, { name, rank, spots: [] });
      const inside = asSpots(points()).filter(([x, y]) => x > view[0] && x < view[2] && y > view[1] && y < view[3]);
      seen.get(name).spots.push(...inside);
    }
    const [x, y] = [(view[0] + view[2]) / 2, (view[1] + view[3]) / 2];
    const away = (spot) => (spot[0] - x) ** 2 + (spot[1] - y) ** 2;
    return [...seen.values()]
      .sort((a, b) => a.rank - b.rank)
      .flatMap(({ name, spots }) => {
        const near = spots.sort((a, b) => away(a) - away(b));
        const some = near.filter((_, n) => n % Math.ceil(near.length / RIVER_TRIES) === 0);
        return some.map((spot) => ({ name, spot: map.unproject(L.point(spot[0] + turn, spot[1]).multiplyBy(size)) }));
      })
      .map(({ name, spot }) => ({ kind: "river", words: name, spot, width: textWidth(name) * 0.95 }));
  }

  /** The settlements around the places of the page, which are none of them. */
  function settlementNames(zoom, view) {
    const [south, top, west] = [view.getSouth(), view.getNorth(), view.getWest()];
    return settlements
      .within({ south, top, west, width: view.getEast() - west }, zoom)
      .map(({ name, latitude, longitude }) => ({
        kind: "settlement",
        words: name,
        spot: inView(map, L.latLng(latitude, longitude)),
        width: textWidth(name) * 0.85 + 8,
      }));
  }

  /** Reference towns: the larger a town, the earlier it appears. */
  function townNames(zoom, view) {
    return towns
      .filter(({ zoom: from }) => zoom >= from)
      .map((town) => ({ ...town, spot: inView(map, town.spot) }))
      .filter(({ spot }) => view.contains(spot))
      .map(({ name, spot }) => ({ kind: "town", words: name, spot, width: textWidth(name) * 0.9 + 8 }));
  }

  let written = new Map();
  /** Write the names of countries, towns and regions where there is room, leaving out what is labelled already. */
  function drawNames(room, isLabelled) {
    const next = new Map();
    const named = new Set();
    const wanted = isShown() ? wantedNames(map.getZoom(), isLabelled) : [];
    for (const { kind, spot, words, width } of wanted) {
      const { x, y } = map.latLngToContainerPoint(spot);
      const box = DOTTED.has(kind) ? [x - 4, y - 9, x + width, y + 9] : [x - width / 2, y - 9, x + width / 2, y + 9];
      const inside = box[0] > 0 && box[2] < map.getSize().x;
      const key = `${kind} ${words} ${spot.lat} ${spot.lng}`;
      if (next.size >= MOST_NAMES || next.has(key) || !inside || !room.isFree(box)) continue;
      if (kind === "river" && named.has(words)) continue;
      if (kind === "river") named.add(words);
      room.take(box);
      next.set(key, written.get(key) ?? nameMarker(kind, spot, words).addTo(names));
    }
    for (const [key, marker] of written) if (!next.has(key)) marker.remove();
    written = next;
  }

  return drawNames;
}
