// What part of the world is in view: first where most mentions are, on request everything.
import { el } from "../dom.js";
import { countOf } from "../words/text.js";
import { inView, seamOf } from "./worldcopies.js";
import { say } from "../words/say.js";

/** The share of the mentions that may stay outside at each side. */
const TRIM = 0.05;
/** How many levels of zoom a few far places may cost all others before they stay outside. */
const WORTH = 1.5;
const NEAREST = 9;
const ROOM = { left: 40, top: 40, right: 80, bottom: 40 };

/** The values below which some shares of the total weight lie; `pairs` are [value, weight]. */
export function weightedQuantiles(pairs, shares) {
  const sorted = [...pairs].sort((a, b) => a[0] - b[0]);
  const total = sorted.reduce((sum, [, weight]) => sum + weight, 0);
  return shares.map((share) => {
    let reached = 0;
    for (const [value, weight] of sorted) {
      reached += weight;
      if (reached >= share * total) return value;
    }
    return sorted.at(-1)[0];
  });
}

/** The bounds of places, as [[south, west], [north, east]]; east may count on beyond 180°. `trim` leaves out that share at each side. */
export function boundsOf(places, trim) {
  const seam = seamOf(places.map(({ longitude }) => longitude));
  const edges = (read) => {
    return weightedQuantiles(
      places.map((place) => [read(place), place.weight]),
      [trim, 1 - trim],
    );
  };
  const [south, north] = edges(({ latitude }) => latitude);
  const [west, east] = edges(({ longitude }) => (longitude < seam ? longitude + 360 : longitude));
  return [
    [south, west],
    [north, east],
  ];
}

/** The smallest zoom of a map that is so wide: the whole world fits beside its buttons. */
export function smallestZoom(width) {
  const world = Math.max(1, width - ROOM.left - ROOM.right) / 256;
  return Math.max(0, Math.min(2, Math.floor(2 * Math.log2(world)) / 2));
}

const drawnPlaces = ({ model, selection }) =>
  [...selection.groups].map(([index, group]) => ({ ...model.places[index], weight: Math.max(1, group.count) }));

/**
 * What can be drawn where it is: dots, and the regions around their labels. Only where there is none, all labels.
 * @param {import("../types").App} app
 */
function exactPlaces(app) {
  const drawn = drawnPlaces(app);
  const exact = drawn.filter(({ kind }) => kind === "point" || kind === "adm1");
  return exact.length ? exact : drawn;
}

const padded = (bounds) => L.latLngBounds(bounds).pad(0.04);

const roomAround = () => ({ paddingTopLeft: [ROOM.left, ROOM.top], paddingBottomRight: [ROOM.right, ROOM.bottom] });

/** @param {import("../types").App} app */
function fitTo({ map }, bounds) {
  map.fitBounds(padded(bounds), { ...roomAround(), maxZoom: NEAREST, animate: false });
}

function fittingZoom(map, bounds) {
  return Math.min(
    NEAREST,
    map.getBoundsZoom(padded(bounds), false, L.point(ROOM.left + ROOM.right, ROOM.top + ROOM.bottom)),
  );
}

/**
 * Show every dot, unless a few far ones would make all others much smaller.
 * @param {import("../types").App} app
 */
function frameFirst(app) {
  const places = exactPlaces(app);
  if (!places.length) return;
  const [whole, most] = [boundsOf(places, 0), boundsOf(places, TRIM)];
  const isCheap = fittingZoom(app.map, whole) >= fittingZoom(app.map, most) - WORTH;
  fitTo(app, isCheap ? whole : most);
}

/**
 * Fly to where some places are, given by their numbers.
 * @param {import("../types").App} app
 */
export function flyToPlaces(app, numbers) {
  const { map, model, animate } = app;
  const places = [...numbers].map((number) => ({ ...model.places[number], weight: 1 }));
  if (!places.length) return;
  app.saveAddress({ step: "view" });
  map.flyToBounds(padded(boundsOf(places, 0)), { ...roomAround(), maxZoom: NEAREST, animate, duration: 0.8 });
}

/**
 * Show everything: dots, regions and the labels of countries and seas.
 * @param {import("../types").App} app
 */
function frameAll(app) {
  const places = drawnPlaces(app);
  if (!places.length) return;
  app.saveAddress({ step: "view" });
  fitTo(app, boundsOf(places, 0));
}

/**
 * Frame the map as soon as it can be seen, and keep its size up to date: a page in a frame that is not shown yet has none.
 * `then` is called each time that the map comes to have a size.
 * @param {import("../types").App} app
 */
export function frameWhenSeen(app, then) {
  const { map } = app;
  let framed = false;
  const look = () => {
    if (document.documentElement.classList.contains("gm-paper")) return; // It has the size for paper.
    const place = framed ? null : app.opening.taken();
    map.invalidateSize({ animate: false, pan: false });
    const { x, y } = map.getSize();
    if (!x || !y) return;
    if (place) place();
    else if (!framed) frameFirst(app);
    map.setMinZoom(Math.min(map.getZoom(), smallestZoom(x)));
    if (!framed) then();
    framed = true;
  };
  look();
  new ResizeObserver(look).observe(map.getContainer());
}

/**
 * How many mentions have dots outside the view.
 * @param {import("../types").App} app
 */
function countOutside({ map, model, selection }) {
  const bounds = map.getBounds();
  let mentions = 0;
  for (const [index, { count }] of selection.groups) {
    const { kind, latitude, longitude } = model.places[index];
    const isOut = kind === "point" && !bounds.contains(inView(map, L.latLng(latitude, longitude)));
    if (isOut) mentions += count;
  }
  return mentions;
}

/**
 * Say how much lies outside the view that the page opened with, and offer to show it, until the reader moves the map.
 * @param {import("../types").App} app
 */
export function noteWhatIsOutside(app) {
  const { map, selection } = app;
  const words = el("span", {});
  const show = el("button", { type: "button" }, say("view.show_all"));
  const box = el("div", { id: "gm-outside", role: "note" }, words, " ", show);
  const control = L.control({ position: "topleft" });
  control.onAdd = () => box;
  L.DomEvent.disableClickPropagation(box);
  let open = true;
  let told = 0;
  function tell() {
    const mentions = open ? countOutside(app) : 0;
    if (mentions === told) return;
    told = mentions;
    words.textContent = countOf(mentions, "outside");
    if (mentions) control.addTo(map);
    else control.remove();
    map.fire("gm-controls");
  }
  show.addEventListener("click", () => frameAll(app));
  map.once("movestart", () => {
    open = false;
    tell();
  });
  selection.onFilter(() => open && tell());
  tell();
}

/**
 * The zoom buttons, with one that brings everything into view.
 * @param {import("../types").App} app
 */
export function addViewControl(app) {
  const zoom = L.control
    .zoom({ position: "topright", zoomInTitle: say("view.zoom_in"), zoomOutTitle: say("view.zoom_out") })
    .addTo(app.map);
  const show = (event) => {
    event.preventDefault();
    frameAll(app);
  };
  const words = say("view.show_all_places");
  const button = el("a", { href: "#", role: "button", title: words, "aria-label": words, class: "gm-all" }, "⤢");
  L.DomEvent.disableClickPropagation(button);
  button.addEventListener("click", show);
  zoom.getContainer().append(button);
}
