// Places that are points: one marker a place, and one for several that are too close to tell apart.
import { el } from "./dom.js";
import { countOf } from "./text.js";
import { makeButton } from "./buttons.js";
import { placeNames } from "./labels.js";
import { clusterRadius, clusterSign, markerRadius, markerSign } from "./symbols.js";

/** How far to pull places together, in pixels: more when there are many, to keep the map quick and readable. */
function clusterDistance(places) {
  if (places > 1500) return 78;
  return places > 250 ? 62 : 40;
}

export function createMarkers(app) {
  const { map, model, selection, base, regions } = app;
  const layer = L.layerGroup().addTo(map);
  let index = null;
  let shown = new Map();

  function load() {
    const points = [...selection.groups].filter(([place]) => model.places[place].kind === "point");
    const options = { radius: clusterDistance(points.length), maxZoom: 10, extent: 256 };
    index = new Supercluster({
      ...options,
      map: ({ count }) => ({ count, places: 1 }),
      reduce(sum, part) {
        sum.count += part.count; // Flat numbers only: supercluster copies these properties shallowly.
        sum.places += part.places;
      },
    });
    index.load(
      points.map(([place, group]) => ({
        type: "Feature",
        geometry: { type: "Point", coordinates: [model.places[place].longitude, model.places[place].latitude] },
        properties: { place, count: group.mentions.length },
      })),
    );
    layer.clearLayers();
    shown = new Map();
    draw();
  }

  function placeMarker(position, place) {
    const group = selection.groups.get(place);
    const { name } = model.places[place];
    const radius = markerRadius(group.mentions.length);
    const label = el("span", { class: "gm-name" }, name);
    const icon = { className: "gm-marker", iconSize: [2 * radius + 8, 2 * radius + 8] };
    const html = el("div", {}, label, " ", markerSign(group));
    const marker = L.marker(position, { icon: L.divIcon({ ...icon, html }), riseOnHover: true, zIndexOffset: 100 });
    const words = `${name} ${countOf(group.mentions.length, "mention")}`;
    makeButton(marker, words, (byKeyboard) => app.places.open(place, { byKeyboard }));
    return { marker, radius, label, name, place, count: group.mentions.length };
  }

  function clusterMarker(position, id, { count, places }) {
    const radius = clusterRadius(count);
    const icon = { className: "gm-marker", iconSize: [2 * radius + 8, 2 * radius + 8] };
    const html = el("div", {}, clusterSign(count));
    const marker = L.marker(position, { icon: L.divIcon({ ...icon, html }), riseOnHover: true });
    const words = `${countOf(count, "mention")} in ${countOf(places, "place")}. Zoom in`;
    makeButton(marker, words, () => {
      const zoom = Math.max(index.getClusterExpansionZoom(id), Math.floor(map.getZoom()) + 1);
      map.flyTo(position, Math.min(zoom, map.getMaxZoom()), { animate: app.animate, duration: 0.5 });
    });
    return { marker, radius, label: null, count };
  }

  function inView() {
    const bounds = map.getBounds().pad(0.08);
    const clamp = (value, limit) => Math.max(-limit, Math.min(limit, value));
    const box = [clamp(bounds.getWest(), 180), clamp(bounds.getSouth(), 85)];
    box.push(clamp(bounds.getEast(), 180), clamp(bounds.getNorth(), 85));
    return index.getClusters(box, Math.floor(map.getZoom()));
  }

  function draw() {
    if (!index) return;
    map.getContainer().classList.toggle("gm-near", map.getZoom() >= 8);
    const next = new Map();
    for (const { geometry, properties } of inView()) {
      const position = [geometry.coordinates[1], geometry.coordinates[0]];
      const { cluster, cluster_id: id, place } = properties;
      const key = cluster ? `cluster ${id}` : `place ${place}`;
      const item = shown.get(key) ?? (cluster ? clusterMarker(position, id, properties) : placeMarker(position, place));
      if (!shown.has(key)) item.marker.addTo(layer);
      next.set(key, item);
    }
    for (const [key, item] of shown) if (!next.has(key)) item.marker.remove();
    shown = next;
    arrange();
    markSelected();
  }

  function arrange() {
    const items = [...shown.values()].map((item) => ({
      ...item,
      point: map.latLngToContainerPoint(item.marker.getLatLng()),
    }));
    const taken = items.map(({ point: { x, y }, radius }) => [x - radius, y - radius, x + radius, y + radius]);
    regions.arrange(taken);
    const named = items.filter(({ label }) => label).sort((a, b) => b.count - a.count);
    placeNames(
      named.map((item) => ({ ...item, node: item.label })),
      taken,
    );
    const labelled = new Set(
      [...selection.groups.keys()].flatMap((place) => [model.places[place].id, model.places[place].name]),
    );
    base.drawNames(taken, labelled);
  }

  function markSelected() {
    const selected = selection.state.place;
    for (const { marker, place } of shown.values()) {
      marker.getElement()?.classList.toggle("gm-selected", place !== undefined && place === selected);
    }
    for (const [place, marker] of regions.chips)
      marker.getElement()?.classList.toggle("gm-selected", place === selected);
  }

  /** The lowest zoom, from the present one, at which a place has a marker of its own. */
  function zoomToSingle(place) {
    const { latitude, longitude } = model.places[place];
    const near = [longitude - 1e-4, latitude - 1e-4, longitude + 1e-4, latitude + 1e-4];
    for (let zoom = Math.floor(map.getZoom()); zoom <= 10; zoom++) {
      if (index.getClusters(near, zoom).some(({ properties }) => properties.place === place)) return zoom;
    }
    return 11;
  }

  const elementOf = (place) => (shown.get(`place ${place}`)?.marker ?? regions.chips.get(place))?.getElement();
  const positionOf = (place) =>
    regions.chips.get(place)?.getLatLng() ?? L.latLng(model.places[place].latitude, model.places[place].longitude);

  selection.onFilter(load);
  let pending = 0;
  map.on("moveend resize layeradd layerremove", (event) => {
    if (event.type.startsWith("layer") && event.layer !== base.layer) return;
    pending ||= requestAnimationFrame(() => {
      pending = 0;
      draw();
    });
  });
  return { draw, markSelected, zoomToSingle, positionOf, elementOf };
}
