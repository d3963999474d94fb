// What a link to the page holds as it is now, and when it is put into the address bar.
import { formatAddress } from "./address.js";
import { writeAddress } from "./history.js";
import { isBare } from "../map/opening.js";

/**
 * What a link has to hold, as it is now: what is open, the filters and the view.
 * @param {import("../types").App} app
 */
export function sharedState({ map, selection: { state, filters } }) {
  const { lat: latitude, lng: longitude } = map.getCenter().wrap();
  const view = { zoom: Number(map.getZoom().toFixed(2)), latitude, longitude };
  return { state: { ...state }, filters: { ...filters }, view };
}

/**
 * Give a page what writes its address: after what a person did at once as a step, after what a drag did in passing.
 * @param {import("../types").App} app
 */
export function addAddress(app) {
  const { model, selection } = app;
  // A page that was just opened keeps the address it was opened with.
  app.saveAddress = (options) => {
    if (!app.ready || isBare()) return; // The address of a page of the maker's is not geomap's.
    const shared = sharedState(app);
    writeAddress(() => formatAddress(shared, model, selection.outlets), options);
  };
  /** The part of the address after "#" for what is shown now, with a change of what is open. */
  app.linkFor = (change) => {
    const { state, filters, view } = sharedState(app);
    return formatAddress({ state: { ...state, ...change }, filters, view }, model, selection.outlets);
  };
  app.changeFilters = (change) => {
    selection.filter(change);
    app.saveAddress({ soon: true, step: Object.keys(change).join(), merge: true });
  };
}
