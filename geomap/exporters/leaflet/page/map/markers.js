// Places that are points: one marker a place, and one for several that are too close to tell apart.
import { inView } from "./worldcopies.js";
import { createClusters, sourcesOf } from "./clusters.js";
import { createSpider } from "./spider.js";
import { createPlaceMarkers } from "./placemarkers.js";
import { createArranger } from "./arrangenames.js";

/**
 * Fly to where a cluster falls apart. A reader who uses the keyboard stays where it was: at the nearest of the items that
 * `shownItems` gives then.
 * @param {import("../types").App} app
 */
function zoomApart(app, { position, parting, byKeyboard }, shownItems) {
  const { map } = app;
  const distance = ({ marker }) => map.distance(marker.getLatLng(), position);
  const focusNear = () => {
    const [nearest] = shownItems().sort((a, b) => distance(a) - distance(b));
    nearest?.marker.getElement()?.focus();
  };
  const zoom = Math.max(parting, Math.floor(map.getZoom()) + 1);
  app.saveAddress({ step: "view" });
  if (byKeyboard) map.once("moveend", () => requestAnimationFrame(focusNear));
  map.flyTo(position, Math.min(zoom, map.getMaxZoom()), { animate: app.animate, duration: 0.5 });
}

/** Put an item on the map, which from then on can be moved and removed with the area around it. */
function putOn(layer, item) {
  const layers = item.soft ? [item.marker, item.soft] : [item.marker];
  for (const one of layers) one.addTo(layer);
  item.moveTo = (where) => layers.forEach((one) => one.setLatLng(where));
  item.remove = () => layers.forEach((one) => one.remove());
  return item;
}

/** The clusters and single places of the view, with those just beyond its edges, whose names may reach into it. */
function inViewOf(map, clusters) {
  const bounds = map.getBounds().pad(0.08);
  // Beyond 85° the map's projection ends.
  const [south, north] = [Math.max(-85, bounds.getSouth()), Math.min(85, bounds.getNorth())];
  return clusters.inBox([bounds.getWest(), south, bounds.getEast(), north], Math.floor(map.getZoom()));
}

/**
 * The place that is open, or that of the incident that is; null for none.
 * @param {import("../types").App} app
 */
function openPlace({ model, selection: { state } }) {
  if (state.place !== null || state.incident === null) return state.place;
  const place = model.incidents.place[state.incident];
  return place < 0 ? null : place;
}

/** What makes one sign at a time stand out, null for none. */
function createLight() {
  /** @type {HTMLElement | null} */
  let lit = null;
  return (node) => {
    lit?.classList.remove("gm-lit");
    lit = node;
    lit?.classList.add("gm-lit");
  };
}

/**
 * The markers that are in view, drawn anew after each move and each filter.
 * @param {import("../types").App} app
 */
export function createMarkers(app) {
  const { map, model, selection, base, regions } = app;
  const { placeItem, clusterItem, pointAt } = createPlaceMarkers(app);
  const arrangeNames = createArranger(app);
  const layer = L.layerGroup().addTo(map);
  const sources = sourcesOf(model);
  /** Of nothing, until the filters have told what is shown. */
  let clusters = createClusters(model, new Map(), { deepest: map.getMaxZoom(), sources });
  let isTold = false;
  let shown = new Map();
  const shownItems = () => [...shown.values()];
  const light = createLight();

  function load() {
    isTold = true;
    clusters = createClusters(model, selection.groups, { deepest: map.getMaxZoom(), sources });
    spider.close();
    for (const item of shownItems()) item.remove();
    shown = new Map();
    draw();
  }

  /** What choosing a cluster does: it falls apart at a zoom, or is spread out where nothing parts it. */
  function choiceOf(position, { cluster_id: id }) {
    const parting = clusters.partingZoom(id);
    const act = (byKeyboard) =>
      parting === null ? spread(id, { byKeyboard }) : zoomApart(app, { position, parting, byKeyboard }, shownItems);
    return { parting, act };
  }

  function spread(id, options) {
    const holder = shown.get(`cluster ${id}`);
    if (!holder) return;
    spider.open(holder, clusters.placesOf(id), options);
    arrange();
    markSelected();
  }

  function makeShown(position, properties) {
    const item = properties.cluster
      ? clusterItem(position, properties, choiceOf(position, properties))
      : placeItem(position, properties.place);
    return putOn(layer, item);
  }

  function draw() {
    if (!isTold) return;
    const next = new Map();
    for (const { geometry, properties } of inViewOf(map, clusters)) {
      const position = inView(map, L.latLng(geometry.coordinates[1], geometry.coordinates[0]));
      const key = properties.cluster ? `cluster ${properties.cluster_id}` : `place ${properties.place}`;
      const item = shown.get(key) ?? makeShown(position, properties);
      if (item.marker.getLatLng().lng !== position.lng) item.moveTo(position); // It has come into view from behind.
      next.set(key, item);
    }
    for (const [key, item] of shown) if (!next.has(key)) item.remove();
    shown = next;
    if (spider.holder() && !shown.has(`cluster ${spider.holder().id}`)) spider.close();
    arrange();
    markSelected();
  }

  /** Give every name that has room its place. */
  function arrange() {
    const holder = spider.holder();
    const single = shownItems().filter((item) => item.marker !== holder?.marker);
    arrangeNames([...spider.items(), ...single], openPlace(app));
  }

  const itemOf = (place) => spider.itemOf(place) ?? shown.get(`place ${place}`);
  const elementOf = (place) => (itemOf(place)?.marker ?? regions.chipOf(place))?.getElement();

  function markSelected() {
    const open = openPlace(app);
    for (const { marker, place } of [...shownItems(), ...spider.items()]) {
      marker.getElement()?.classList.toggle("gm-selected", place !== undefined && place === open);
    }
    regions.markSelected(open);
  }

  /** Make the sign of a place stand out, or the cluster that holds it; null for none. */
  function highlight(place) {
    if (place === null || place === undefined || !selection.groups.has(place)) return light(null);
    const holder =
      itemOf(place) || model.places[place].kind !== "point"
        ? null
        : clusters.holderOf(place, Math.floor(map.getZoom()));
    light(elementOf(place) ?? shown.get(`cluster ${holder?.properties.cluster_id}`)?.marker.getElement() ?? null);
  }

  function positionOf(place) {
    const { latitude, longitude } = model.places[place];
    const marker = spider.itemOf(place)?.marker ?? regions.chipOf(place);
    return marker?.getLatLng() ?? inView(map, L.latLng(latitude, longitude));
  }

  /** Draw what is in view, and spread the cluster that holds a place if nothing else parts it from the others. */
  function reveal(place) {
    draw();
    if (model.places[place].kind !== "point" || itemOf(place)) return;
    const id = clusters.holderOf(place, Math.floor(map.getZoom()))?.properties.cluster_id;
    if (id !== undefined && clusters.partingZoom(id) === null) spread(id);
  }

  const spider = createSpider(app, placeItem);
  selection.onFilter(load);
  let pending = 0;
  map.on("moveend resize gm-controls layeradd layerremove", (event) => {
    if (event.type.startsWith("layer") && event.layer !== base.layer) return;
    pending ||= requestAnimationFrame(() => {
      pending = 0;
      draw();
    });
  });
  const zoomToSingle = (place) => clusters.zoomToSingle(place, map.getZoom());
  return { draw, redraw: load, reveal, markSelected, highlight, pointAt, zoomToSingle, positionOf, elementOf };
}
