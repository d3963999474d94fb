// Flying to a place until it has a sign of its own, and to where an incident happened.
import { whyHidden } from "../filters/activefilters.js";

/**
 * Why a place is not on the map: what keeps away the mention of it that comes nearest to being shown.
 * @param {import("../types").App} app
 */
function whyPlaceHidden({ model, selection }, index) {
  const bits = Array.from(model.mentionsAt(index), (i) => selection.fails[i]);
  const fewest = (a, b) => a.toString(2).replaceAll("0", "").length - b.toString(2).replaceAll("0", "").length;
  return whyHidden(bits.sort(fewest)[0]);
}

/**
 * Fly to a place until it has a marker of its own, then open it.
 * @param {import("../types").App} app
 */
export function goToPlace(app, index, options) {
  if (!app.selection.groups.has(index)) return app.toast(whyPlaceHidden(app, index));
  flyToPlace(app, index, { ...options, step: "place" }, () => app.places.open(index, options));
}

/**
 * Fly to where an incident happened, whether its place is shown or not.
 * @param {import("../types").App} app
 */
export function flyToIncident(app, incident, options = {}) {
  const { map, model, selection } = app;
  const index = model.incidents.place[incident];
  if (index < 0) return;
  if (selection.groups.has(index))
    return flyToPlace(app, index, { ...options, step: "incident" }, () => app.markers.markSelected());
  const zoom = Math.max(map.getZoom(), 7);
  map.flyTo(app.markers.positionOf(index), zoom, { animate: app.animate, duration: 0.6 });
}

/** @param {import("../types").App} app */
function flyToPlace(app, index, options, then) {
  const { map, model } = app;
  if (!map.hasLayer(app.signs)) map.addLayer(app.signs);
  const { kind } = model.places[index];
  const now = map.getZoom();
  const zoom = kind === "point" ? Math.max(now, 6, app.markers.zoomToSingle(index)) : Math.min(Math.max(now, 4), 7);
  const position = app.markers.positionOf(index);
  const open = () => {
    app.markers.reveal(index);
    then();
  };
  // The label of an area follows the view: where it can be seen, there is no better place to go to.
  const inset = kind === "point" && !options.stay ? -0.2 : -0.02;
  const visible = map.getBounds().pad(inset).contains(position);
  if (visible && (kind !== "point" || zoom === now) && app.markers.elementOf(index)?.offsetParent) return open();
  app.saveAddress({ step: options.step }); // The flight belongs to it.
  map.once("moveend", open);
  map.flyTo(position, zoom, { animate: app.animate, duration: 0.6 });
}
