// Places that are points: one marker a place, and one for several that are too close to tell apart.
import { el } from "../dom.js";
import { countOf } from "../words/text.js";
import { EVENT_KINDS } from "../data/events.js";
import { makeButton } from "./buttons.js";
import { inView } from "./copies.js";
import { createRoom } from "./geometry.js";
import { placeNames } from "./labels.js";
import { isAbout, placeTitle, stateWords } from "../words/describe.js";
import { kindsInWords } from "../words/eventwords.js";
import { clusterRadius, clusterSign, kindClass, mainKind, markerRadius, markerSign } from "../signs/symbols.js";
import { createClusters, kindsOfCluster, sourcesOf, weightOf } from "./clusters.js";
import { createSpider } from "./spider.js";
import { say } from "../words/say.js";

/** The numbers of the places by their names, their ids, and the ids of what they lie near. */
function placesByName({ places }) {
  const named = new Map();
  for (const [place, { id, entry, name }] of places.entries()) {
    for (const words of new Set([name, id, entry])) {
      if (named.has(words)) named.get(words).push(place);
      else named.set(words, [place]);
    }
  }
  return named;
}

export function createMarkers(app) {
  const { map, model, selection, base, regions } = app;
  const layer = L.layerGroup().addTo(map);
  map.createPane("gm-soft").style.zIndex = 355;
  const softRenderer = L.svg({ pane: "gm-soft", padding: 0.3 });
  let clusters = null;
  let shown = new Map();
  const sources = sourcesOf(model);
  const named = placesByName(model);
  /** Tell whether a place of this name or id is shown, so that the ground need not name it. */
  const isLabelled = (words) => named.get(words)?.some((place) => selection.groups.has(place)) ?? false;

  function load() {
    clusters = createClusters(model, selection.groups, { deepest: map.getMaxZoom(), sources });
    spider.close();
    for (const item of shown.values()) item.remove();
    shown = new Map();
    draw();
  }

  /**
   * A marker with its sign and name; `words` say to screen readers what it is.
   * @param {any} position
   * @param {any} look
   * @returns {any}
   */
  function makeItem(position, { sign, radius, name, className, words, act, place }) {
    const label = el("span", { class: "gm-name" }, name);
    const icon = { className: `gm-marker ${className}`, iconSize: [2 * radius + 8, 2 * radius + 8] };
    const html = el("div", {}, label, " ", sign);
    const marker = L.marker(position, { icon: L.divIcon({ ...icon, html }), riseOnHover: true });
    makeButton(marker, words, act);
    marker.on("mouseover mouseout", ({ type }) => pointAt(type === "mouseover" ? place : null));
    marker.on("add", () => {
      marker.getElement().addEventListener("focus", () => pointAt(place));
      marker.getElement().addEventListener("blur", () => pointAt(null));
    });
    return { marker, radius, label, name, place };
  }

  function placeItem(position, place) {
    const group = selection.groups.get(place);
    const about = isAbout(model.places[place]);
    const name = placeTitle(model.places[place]);
    const verified = group.events > 0 && group.incidents.every((incident) => selection.verified[incident]);
    const counted = group.events ? countOf(group.events, "event") : countOf(group.count, "mention");
    const item = makeItem(position, {
      sign: markerSign(group, { about, verified }),
      radius: markerRadius(group),
      name,
      className: model.places[place].basis === "relation" ? "gm-place gm-told-place" : "gm-place",
      words: `${name} ${counted}${verified ? say("sign.verified") : ""}${stateWords(model.places[place], group)}${kindsInWords(group.kinds)}`,
      act: (byKeyboard) => app.places.open(place, { byKeyboard }),
      place,
    });
    return { ...item, weight: weightOf(group), place, soft: about ? softCircle(place, group) : null };
  }

  /** The area in which something that is only near a place may lie. */
  function softCircle(place, group) {
    const { latitude, longitude, radius_km: kilometres } = model.places[place];
    const middle = inView(map, L.latLng(latitude, longitude)); // Its marker may have been spread out.
    const className = `gm-soft gm-soft-${EVENT_KINDS[mainKind(group.kinds)].key} ${kindClass(mainKind(group.kinds))}`;
    const style = { renderer: softRenderer, pane: "gm-soft", interactive: false, className };
    return L.circle(middle, { ...style, radius: 1000 * kilometres });
  }

  function clusterItem(position, properties) {
    const { cluster_id: id, count, events, places, doubtful, top, source } = properties;
    const parting = clusters.partingZoom(id);
    const { name } = model.places[top];
    const kinds = kindsOfCluster(properties);
    const title = source < 0 ? `${name} +${places - 1}` : name;
    const doubt = doubtful ? `${say("comma")}${say("cluster.doubtful", { count: doubtful })}` : "";
    const doing = say(parting === null ? "cluster.spread" : "cluster.zoom");
    const mentions = events ? countOf(events, "event") : countOf(count, "mention");
    const counted = { mentions, points: countOf(places, "at points") };
    const item = makeItem(position, {
      sign: clusterSign(kinds, { count, doubtful: doubtful === places }),
      radius: clusterRadius(events),
      name: title,
      className: "gm-cluster",
      words: `${title} ${say("cluster.counts", counted)}${doubt}${kindsInWords(kinds)}. ${doing}`,
      act: (byKeyboard) => (parting === null ? spread(id, { byKeyboard }) : zoomInto(position, parting, byKeyboard)),
    });
    return { ...item, weight: weightOf(properties), id };
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
    const item = properties.cluster ? clusterItem(position, properties) : placeItem(position, properties.place);
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
    if (!clusters) return;
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

  let controls = null;
  map.on("resize gm-controls", () => (controls = null));
  /** Where the buttons of the map are, which no name should go under. */
  function controlBoxes() {
    const frame = map.getContainer().getBoundingClientRect();
    return [...map.getContainer().querySelectorAll(".leaflet-control-container .leaflet-control")]
      .map((node) => node.getBoundingClientRect())
      .map(({ left, top, right, bottom }) => [
        left - frame.left,
        top - frame.top,
        right - frame.left,
        bottom - frame.top,
      ]);
  }

  function arrange() {
    const room = createRoom();
    controls ??= controlBoxes();
    for (const box of controls) room.take(box);
    if (app.differences?.isOn()) {
      app.differences.arrange(room);
      return base.drawNames(room, isLabelled);
    }
    const holder = spider.holder();
    const items = [...spider.items(), ...[...shown.values()].filter((item) => item.marker !== holder?.marker)].map(
      (item) => ({ ...item, node: item.label, point: map.latLngToContainerPoint(item.marker.getLatLng()) }),
    );
    for (const { point, radius } of items) {
      room.take([point.x - radius, point.y - radius, point.x + radius, point.y + radius]);
    }
    regions.arrange(room);
    const open = selection.state.place ?? placeOfIncident();
    const weight = (item) => (item.place === open && open !== null ? Infinity : item.weight);
    placeNames(
      items.sort((a, b) => weight(b) - weight(a)),
      room,
      map.getSize(),
    );
    app.boundaries?.drawNames(room);
    base.drawNames(room, isLabelled);
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

  /** Tell the text which place is pointed at on the map. */
  function pointAt(place) {
    app.reader?.highlight?.(place ?? null);
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
