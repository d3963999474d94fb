// What became more and what fewer between two periods: a sign a place, in place of the usual ones.
import { el, svg } from "../dom.js";
import { numberWords } from "../words/text.js";
import { say } from "../words/say.js";
import { periodsOf, countPeriods } from "../data/periods.js";
import { makeButton } from "./markerbuttons.js";
import { inView } from "./worldcopies.js";
import { textWidth } from "./labels.js";
import { placeTitle } from "../words/placewords.js";

/** How near signs may be, in pixels, before they are drawn as one. */
const NEAR = 56;
/** The box of a sign, half its height, and the gap to its name, in pixels. */
const [SIGN_WIDTH, SIGN_HALF, NAME_GAP] = [44, 12, 5];
const ARROWS = { more: "M5 .8 9.6 9.2H.4Z", fewer: "M5 9.2.4.8H9.6Z", same: "M.8 3.2H9.2M.8 6.8H9.2" };

/** A filled arrow up, a hollow one down, or an equals sign: told apart by shape and by fill, whatever the colour. */
function arrow(kind) {
  const box = { viewBox: "0 0 10 10", width: 10, height: 10, "aria-hidden": "true" };
  return svg("svg", box, svg("path", { d: ARROWS[kind] }));
}

const part = (kind, count) =>
  el("span", { class: `gm-change gm-change-${kind}` }, arrow(kind), el("b", {}, numberWords(count)));

/** The sign of how much was more and how much fewer; where nothing changed, how many there are. */
export function changeSign({ more, fewer, same }) {
  const parts = [more ? part("more", more) : null, fewer ? part("fewer", fewer) : null].filter(Boolean);
  return el("span", { class: "gm-change-sign" }, parts.length ? parts : [part("same", same)]);
}

function changeOf({ before, now }) {
  const by = now - before;
  return { more: Math.max(0, by), fewer: Math.max(0, -by), same: by ? 0 : now };
}

function changeWords({ more, fewer, same }) {
  const words = [more ? say("compare.more", { count: more }) : "", fewer ? say("compare.fewer", { count: fewer }) : ""];
  return words.filter(Boolean).join(say("comma")) || say("compare.same", { count: same });
}

const isInside = (box, { x, y }) => box[0] > 0 && box[1] > 0 && box[2] < x && box[3] < y;

/**
 * Draw the differences on a map while two periods are compared.
 *
 * @param {import("../types").App} app
 */
export function createDifferences(app) {
  const { map, model, selection } = app;
  const layer = L.layerGroup().addTo(map);
  /** A Supercluster, while periods are compared. @type {any} */
  let index = null;
  let drawn = [];

  function load() {
    const comparing = periodsOf(selection.filters) !== null;
    if (!comparing && !index) return;
    map.getContainer().classList.toggle("gm-comparing", comparing);
    index = null;
    if (comparing) {
      index = new Supercluster({
        radius: NEAR,
        maxZoom: map.getMaxZoom(),
        extent: 256,
        reduce(sum, one) {
          for (const name of ["more", "fewer", "same", "places"]) sum[name] += one[name];
          if (one.size > sum.size) Object.assign(sum, { size: one.size, place: one.place });
        },
      });
      index.load([...countPeriods(app)].map(([place, counts]) => pointOf(place, counts)));
    }
    draw();
    map.fire("gm-controls"); // Names are written anew.
  }

  function pointOf(place, counts) {
    const { longitude, latitude } = model.places[place];
    const change = changeOf(counts);
    const size = 1000 * Math.abs(counts.now - counts.before) + counts.now + counts.before;
    return {
      geometry: { type: "Point", coordinates: [longitude, latitude] },
      type: "Feature",
      properties: { ...change, ...counts, place, size, places: 1 },
    };
  }

  function itemOf({ geometry: { coordinates }, properties }) {
    const { place, places, cluster_id: id } = properties;
    const position = inView(map, L.latLng(coordinates[1], coordinates[0]));
    const name = `${placeTitle(model.places[place])}${places > 1 ? ` +${numberWords(places - 1)}` : ""}`;
    const label = el("span", { class: "gm-name" }, name);
    const html = el("div", {}, label, " ", changeSign(properties));
    const icon = L.divIcon({ className: "gm-marker gm-difference", iconSize: [SIGN_WIDTH, 2 * SIGN_HALF], html });
    const marker = L.marker(position, { icon, riseOnHover: true });
    const counts = places > 1 ? "" : `${say("comma")}${say("compare.counts", properties)}`;
    makeButton(marker, `${name}${say("colon")}${changeWords(properties)}${counts}`, (byKeyboard) => {
      const zoom = id === undefined ? Infinity : index.getClusterExpansionZoom(id);
      if (zoom > map.getMaxZoom()) return app.places.open(place, { byKeyboard });
      app.saveAddress({ step: "view" });
      map.flyTo(position, zoom, { animate: app.animate, duration: 0.5 });
    });
    return { marker, label, name, size: properties.size };
  }

  function draw() {
    for (const { marker } of drawn) marker.remove();
    drawn = [];
    if (!index) return;
    const bounds = map.getBounds().pad(0.05);
    const [south, north] = [Math.max(-85, bounds.getSouth()), Math.min(85, bounds.getNorth())];
    const found = index.getClusters([bounds.getWest(), south, bounds.getEast(), north], Math.floor(map.getZoom()));
    drawn = found.map(itemOf).sort((a, b) => b.size - a.size);
    for (const { marker } of drawn) marker.addTo(layer);
  }

  /** Write the names that have room beside their signs, those of the greatest changes first. */
  function arrange(room) {
    const size = map.getSize();
    const signs = drawn.map((item) => {
      const { x, y } = map.latLngToContainerPoint(item.marker.getLatLng());
      const half = item.marker.getElement().querySelector(".gm-change-sign").offsetWidth / 2;
      room.take([x - half, y - SIGN_HALF, x + half, y + SIGN_HALF]);
      return { ...item, x, y, half };
    });
    for (const { label, name, x, y, half } of signs) {
      const width = textWidth(name);
      const spots = [
        [half + NAME_GAP, -8],
        [-half - NAME_GAP - width, -8],
        [-width / 2, SIGN_HALF + 1],
        [-width / 2, -SIGN_HALF - 17],
      ];
      const boxOf = (spot) => [x + spot[0], y + spot[1], x + spot[0] + width, y + spot[1] + 16];
      const free = spots.find((spot) => isInside(boxOf(spot), size) && room.isFree(boxOf(spot)));
      label.classList.toggle("gm-tucked", !free);
      if (free) room.take(boxOf(free));
      const [left, top] = free ?? spots[0];
      label.style.transform = `translate(${Math.round(left + SIGN_WIDTH / 2)}px, ${Math.round(top + SIGN_HALF)}px)`;
    }
  }

  map.on("moveend resize", draw);
  selection.onFilter(load);
  return { isOn: () => index !== null, arrange };
}
