// Places that are points: one marker a place, and one for several that are too close to tell apart.
import { inView } from "./worldcopies.js";
import { createClusters, sourcesOf } from "./clusters.js";
import { createSpider } from "./spider.js";
import { createPlaceMarkers } from "./placemarkers.js";
import { createArranger } from "./arrangenames.js";

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

  function load() {
    isTold = true;
    clusters = createClusters(model, selection.groups, { deepest: map.getMaxZoom(), sources });
    spider.close();
    for (const item of shown.values()) item.remove();
    shown = new Map();
    draw();
  }

  /** What choosing a cluster does: it falls apart at a zoom, or is spread out where nothing parts it. */
  function choiceOf(position, { cluster_id: id }) {
    const parting = clusters.partingZoom(id);
    const act = (byKeyboard) =>
      parting === null ? spread(id, { byKeyboard }) : zoomInto(position, parting, byKeyboard);
    return { parting, act };
  }

  function zoomInto(position, parting, byKeyboard) {
    const zoom = Math.max(parting, Math.floor(map.getZoom()) + 1);
    app.saveAddress({ step: "view" });
    if (byKeyboard) map.once("moveend", () => requestAnimationFrame(() => focusNear(position)));
    map.flyTo(position, Math.min(zoom, map.getMaxZoom()), { animate: app.animate, duration: 0.5 });
  }

  /** Keep the keyboard at the place where it was when a cluster has fallen apart. */
  function focusNear(position) {
    const distance = ({ marker }) => map.distance(marker.getLatLng(), position);
    const [nearest] = [...shown.values()].sort((a, b) => distance(a) - distance(b));
    nearest?.marker.getElement()?.focus();
  }

  function spread(id, options) {
    const holder = shown.get(`cluster ${id}`);
    if (!holder) return;
    spider.open(holder, clusters.placesOf(id), options);
    arrange();
    markSelected();
  }

  function clustersInView() {
    const bounds = map.getBounds().pad(0.08);
    const [south, north] = [Math.max(-85, bounds.getSouth()), Math.min(85, bounds.getNorth())];
    return clusters.inBox([bounds.getWest(), south, bounds.getEast(), north], Math.floor(map.getZoom()));
  }

  function makeShown(position, properties) {
    const item = properties.cluster
      ? clusterItem(position, properties, choiceOf(position, properties))
      : placeItem(position, properties.place);
    item.marker.addTo(layer);
    item.soft?.addTo(layer);
    item.moveTo = (where) => {
      item.marker.setLatLng(where);
      item.soft?.setLatLng(where);
    };
    item.remove = () => {
      item.marker.remove();
      item.soft?.remove();
    };
    return item;
  }

  function draw() {
    if (!isTold) return;
    const next = new Map();
    for (const { geometry, properties } of clustersInView()) {
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
    const single = [...shown.values()].filter((item) => item.marker !== holder?.marker);
    arrangeNames([...spider.items(), ...single], selection.state.place ?? placeOfIncident());
  }

  const itemOf = (place) => spider.itemOf(place) ?? shown.get(`place ${place}`);
  const elementOf = (place) => (itemOf(place)?.marker ?? regions.chipOf(place))?.getElement();

  /** The place of the incident that is open, null for none. */
  function placeOfIncident() {
    const { incident } = selection.state;
    return incident === null || model.incidents.place[incident] < 0 ? null : model.incidents.place[incident];
  }

  function markSelected() {
    const open = selection.state.place ?? placeOfIncident();
    for (const { marker, place } of [...shown.values(), ...spider.items()]) {
      marker.getElement()?.classList.toggle("gm-selected", place !== undefined && place === open);
    }
    regions.markSelected(open);
  }

  /** @type {HTMLElement | null} */
  let lit = null;
  /** Make the sign of a place stand out, or the cluster that holds it; null for none. */
  function highlight(place) {
    lit?.classList.remove("gm-lit");
    lit = null;
    if (place === null || place === undefined || !selection.groups.has(place)) return;
    const holder =
      itemOf(place) || model.places[place].kind !== "point"
        ? null
        : clusters.holderOf(place, Math.floor(map.getZoom()));
    lit = elementOf(place) ?? shown.get(`cluster ${holder?.properties.cluster_id}`)?.marker.getElement() ?? null;
    lit?.classList.add("gm-lit");
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
