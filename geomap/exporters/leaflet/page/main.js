// Puts the page together and moves between text and map.
import { byId } from "./dom.js";
import { fragmentUrl, safeUrl } from "./text.js";
import { createModel, readBlock, readTexts } from "./data.js";
import { createSelection } from "./selection.js";
import { formatAddress, parseAddress, resolveAddress, writeAddress } from "./address.js";
import { addViewControl, frameFor, fitTo } from "./view.js";
import { createBaseMap } from "./basemap.js";
import { addBackgrounds } from "./tiles.js";
import { createRegions } from "./regions.js";
import { createMarkers } from "./markers.js";
import { createPlaceView } from "./place.js";
import { createReader } from "./reader.js";
import { createPlacesTable } from "./places.js";
import { fillKey } from "./key.js";
import { createPanel, toast } from "./panel.js";

const HIDDEN_WHY = "This mention is switched off. Tick the box above to see it on the map.";

function prepareMap(map) {
  const container = map.getContainer();
  container.setAttribute("role", "main");
  container.setAttribute("aria-label", "Map of the places named. The Places tab lists them as a table.");
  // Leaflet's own prefix carries a flag; a map of a war should not.
  map.attributionControl.setPrefix('<a href="https://leafletjs.com" rel="noopener noreferrer">Leaflet</a>');
  map.attributionControl.addAttribution("Places: GeoNames (CC BY 4.0)");
  map.attributionControl.addAttribution("Outlines: Natural Earth");
  L.control.scale({ position: "bottomleft", imperial: false }).addTo(map);
}

/** Fly to a place until it has a marker of its own, then open it. */
function goToPlace(app, index, options) {
  const { map, model, selection } = app;
  if (!selection.groups.has(index)) return toast(HIDDEN_WHY);
  const { kind } = model.places[index];
  const now = map.getZoom();
  const zoom = kind === "point" ? Math.max(now, 6, app.markers.zoomToSingle(index)) : Math.min(Math.max(now, 4), 7);
  const position = app.markers.positionOf(index);
  const open = () => {
    app.markers.reveal(index);
    app.places.open(index, options);
  };
  // The label of an area follows the view: where it can be seen, there is no better place to go to.
  const visible = map
    .getBounds()
    .pad(kind === "point" ? -0.2 : -0.02)
    .contains(position);
  if (visible && (kind !== "point" || zoom === now) && app.markers.elementOf(index)?.offsetParent) return open();
  map.once("moveend", open);
  map.flyTo(position, zoom, { animate: app.animate, duration: 0.6 });
}

function followAddress(app) {
  const { selection } = app;
  const wanted = resolveAddress(parseAddress(location.hash), app.model);
  selection.state.document = wanted.document ?? selection.state.document;
  selection.filter({ otherRoles: wanted.otherRoles, boilerplate: wanted.boilerplate });
  app.reader.render();
  if (wanted.sentence !== null) app.reader.showSentence(wanted.document, wanted.sentence);
  return wanted;
}

function connect(app) {
  const { model, selection } = app;
  app.saveAddress = () => writeAddress(formatAddress(selection.state, model));
  app.goToPlace = (index, options) => goToPlace(app, index, options);
  app.goToMention = (mention, options) => {
    if (!selection.isShown(mention)) return toast(HIDDEN_WHY);
    goToPlace(app, model.mentions.place[mention], { ...options, mention });
  };
  app.showInText = (mention) => {
    app.panel.setTab("text");
    const { document, sentence } = model.mentions;
    const node = app.reader.showSentence(document[mention], sentence[mention], mention);
    node?.setAttribute("tabindex", "-1");
    node?.focus({ preventScroll: true });
  };
  app.markSelected = () => app.markers.markSelected();
  app.positionOf = (index) => app.markers.positionOf(index);
}

async function build(map) {
  const model = createModel(await readBlock("geomap-data"), await readTexts("geomap-texts"));
  const outlines = await readBlock("geomap-base");
  const animate = !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const app = { map, model, animate, toast, selection: createSelection(model) };
  prepareMap(map);
  addViewControl(app);
  connect(app);
  app.base = createBaseMap(map, outlines);
  addBackgrounds(map, app.base.layer, toast);
  app.placesTable = createPlacesTable(app);
  app.panel = createPanel(app);
  app.regions = createRegions(app);
  app.markers = createMarkers(app);
  app.places = createPlaceView(app);
  app.reader = createReader(app);
  fillKey(app);
  map.invalidateSize({ animate: false });
  const { place } = followAddress(app);
  fitTo(app, frameFor(app, { everything: false }));
  app.markers.draw();
  if (place !== null) goToPlace(app, place, {});
  window.addEventListener("hashchange", () => {
    const wanted = followAddress(app);
    if (wanted.place !== null) goToPlace(app, wanted.place, {});
  });
  document.documentElement.dataset.gmReady = "yes";
}

function mount(map) {
  build(map).catch((error) => {
    console.error(error);
    byId("gm-toast").textContent = `The map could not be drawn: ${error.message}`;
    byId("gm-toast").classList.add("gm-on");
  });
}

globalThis.GeoMapPage = { mount, fragmentUrl, safeUrl, parseAddress, resolveAddress, formatAddress };
