// Puts the page together and moves between text and map.
import { byId } from "./dom.js";
import { fragmentUrl, safeUrl } from "./words/text.js";
import { createModel, readBlock, readTexts } from "./data/model.js";
import { createSelection } from "./data/selection.js";
import { formatAddress, parseAddress, resolveAddress } from "./data/address.js";
import { leaveStep, rememberFirst, rememberedView, watchGestures, writeAddress } from "./data/steps.js";
import { createSignLayer, isBare, watchOpening } from "./map/opening.js";
import { addViewControl, frameWhenSeen, noteWhatIsOutside } from "./map/view.js";
import { createBaseMap } from "./map/basemap.js";
import { tellWhatIsRefused } from "./map/refused.js";
import { addBackgrounds } from "./map/tiles.js";
import { createBoundaries } from "./map/boundaries.js";
import { createRegions } from "./map/regions.js";
import { createMarkers } from "./map/markers.js";
import { createDifferences } from "./map/differences.js";
import { createTotals } from "./map/totals.js";
import { createPlaceView } from "./panel/place.js";
import { createReader } from "./panel/reader.js";
import { createPlacesTable } from "./panel/places.js";
import { createFeed } from "./panel/feed.js";
import { connectIncidents } from "./panel/ways.js";
import { goToPlace } from "./map/flying.js";
import { fillKey } from "./panel/key.js";
import { fillMethod } from "./panel/method.js";
import { createPanel, toast } from "./panel/panel.js";
import { whyHidden } from "./filters/active.js";
import { createFoundMarks } from "./filters/found.js";
import { createJudge } from "./panel/judging.js";
import { createFilters } from "./filters/filters.js";
import { createTimeline } from "./filters/timeline.js";
import { createFrame } from "./publish/frame.js";
import { addSharing } from "./publish/share.js";
import { createEmbed } from "./publish/embed.js";
import { prepareLeaflet } from "./map/leaflet.js";
import { createStory } from "./publish/story.js";
import { preparePrinting } from "./map/printing.js";
import { say } from "./words/say.js";

/** How far a map can be zoomed into that says nothing of it, neither by itself nor by its tiles: as far as most tiles go. */
const DEEPEST = 18;
/** Seconds that a flight to a step of the story takes. */
const FLIGHT = 1.4;

function prepareMap(map) {
  if (!Number.isFinite(map.getMaxZoom())) map.setMaxZoom(DEEPEST);
  // Leaflet's own prefix carries a flag; a map of a war should not.
  map.attributionControl?.setPrefix('<a href="https://leafletjs.com" rel="noopener noreferrer">Leaflet</a>');
  map.attributionControl?.addAttribution(say("credit.places", { source: "GeoNames (CC BY 4.0)" }));
  map.attributionControl?.addAttribution(say("credit.outlines", { source: "Natural Earth" }));
  if (isBare()) return;
  const container = map.getContainer();
  container.setAttribute("role", "main");
  container.setAttribute("aria-label", say("map.label"));
  prepareLeaflet(map);
}

const readLink = ({ model, selection }, link) => resolveAddress(parseAddress(link), model, selection.outlets);

/** Note what a link opens, before anything is drawn. */
function openState({ selection }, { document, embed, step }) {
  Object.assign(selection.state, { document: document ?? 0, sentence: null, mention: null, embed, step });
}

function showReport({ reader, panel }, { document, sentence, mention }) {
  reader.render();
  if (sentence === null) return;
  panel.setTab("text");
  reader.showSentence(document, sentence, mention);
}

/** Go where a link says. */
function follow(app, wanted, options) {
  const { selection } = app;
  openState(app, wanted);
  app.showEmbedded(wanted.embed);
  if (wanted.place === null) app.places.close();
  if (JSON.stringify(selection.filters) !== JSON.stringify(wanted.filters)) selection.filter(wanted.filters);
  showReport(app, wanted);
  app.story.show();
  followView(app, wanted, options);
}

/** Go where the address says, when a reader changes it or goes back. */
function followAddress(app) {
  leaveStep();
  app.ready = false; // What is written already is no new step.
  const wanted = readLink(app, location.hash);
  wanted.view ??= rememberedView();
  follow(app, wanted);
  app.ready = true;
}

/** Fly to a step of the story; null leaves it. */
function goToStep(app, step) {
  const { state } = app.selection;
  if (step === null) state.step = null;
  app.saveAddress({ step: "story" }); // The flight belongs to the step.
  if (step === null) return app.story.show();
  follow(app, { ...readLink(app, `#step=${step + 1}`), embed: state.embed }, { fly: true });
  app.saveAddress({ step: "story" });
}

let flights = 0;

/** Show the view of a link, if it has one, and open its place. */
function followView(app, { view, place, mention, incident, totals }, { fly = false } = {}) {
  const { map } = app;
  const flight = ++flights;
  const open = () => {
    if (flight !== flights) return; // Another one has begun.
    app.markers.draw();
    app.totals.show(totals);
    if (incident === null) app.feed.close();
    else app.openIncident(incident, { stay: view !== null });
    if (place !== null) goToPlace(app, place, { mention, stay: view !== null });
  };
  const flying = fly && view && app.animate;
  if (flying) map.once("moveend", open).flyTo([view.latitude, view.longitude], view.zoom, { duration: FLIGHT });
  else if (view) map.setView([view.latitude, view.longitude], view.zoom, { animate: false });
  if (!flying) open();
}

/** What a link has to hold, as it is now: what is open, the filters and the view. */
function sharedState({ map, selection: { state, filters } }) {
  const { lat: latitude, lng: longitude } = map.getCenter().wrap();
  const view = { zoom: Number(map.getZoom().toFixed(2)), latitude, longitude };
  return { state: { ...state }, filters: { ...filters }, view };
}

function connect(app) {
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
  app.goToPlace = (index, options) => goToPlace(app, index, options);
  app.goToMention = (mention, options) => {
    if (!selection.isShown(mention)) return toast(whyHidden(selection.fails[mention]));
    goToPlace(app, model.mentions.place[mention], { ...options, mention });
  };
  app.showSentence = (document, sentence, mention) => {
    app.panel.setTab("text");
    const node = app.reader.showSentence(document, sentence, mention);
    node?.setAttribute("tabindex", "-1");
    node?.focus({ preventScroll: true });
  };
  app.showInText = (mention) => {
    const { document, sentence } = model.mentions;
    app.showSentence(document[mention], sentence[mention], mention);
  };
  connectIncidents(app);
  app.markSelected = () => app.markers.markSelected();
  app.positionOf = (index) => app.markers.positionOf(index);
}

/** What the map's maker has added that the page has to know; nothing of it where a plugin's script has failed. */
function whatIsGiven(given) {
  try {
    return given();
  } catch (error) {
    console.warn(`An added element failed: ${error.message}`);
    return { chooser: null, backgrounds: [] };
  }
}

/** Draw the map first, and read the texts of the reports, the largest part of a page, while it is looked at. */
async function build(map, { signs, opening, given }) {
  let textOf = null;
  const [data, outlines] = await Promise.all(["geomap-data", "geomap-base"].map(readBlock));
  if (isBare()) Object.assign(data, { story: null, embed: false });
  const model = createModel(data, (n) => textOf(n));
  const animate = !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const app = /** @type {import("./types").App} */ ({
    map,
    model,
    animate,
    toast,
    signs,
    opening,
    selection: createSelection(model),
  });
  prepareMap(map);
  tellWhatIsRefused(toast);
  if (!isBare()) addViewControl(app);
  connect(app);
  const wanted = readLink(app, isBare() ? "" : location.hash);
  openState(app, wanted);
  if (wanted.filters.query) textOf = await readTexts("geomap-texts");
  app.selection.filter(wanted.filters);
  app.panel = createPanel(app);
  app.filters = createFilters(app);
  createTimeline(app);
  app.frame = createFrame(app);
  app.showEmbedded = createEmbed(app);
  app.story = createStory(app, (step) => goToStep(app, step));
  app.story.show();
  app.showEmbedded(wanted.embed);
  // All that takes room is there, so that the background is drawn once, where the map opens.
  const start = () => {
    followView(app, wanted);
    if (!wanted.view && !isBare()) noteWhatIsOutside(app);
  };
  frameWhenSeen(app, () => app.ready && start());
  app.base = createBaseMap(map, outlines);
  const chooser = addBackgrounds(app, whatIsGiven(given));
  if (!isBare()) addSharing(app);
  app.judge = createJudge(app);
  app.placesTable = createPlacesTable(app);
  app.feed = createFeed(app);
  app.regions = createRegions(app);
  app.markers = createMarkers(app);
  app.places = createPlaceView(app);
  signs.on("remove", () => app.places.close());
  app.differences = createDifferences(app);
  app.totals = createTotals(app);
  app.reader = createReader(app);
  fillKey(app);
  fillMethod(app);
  preparePrinting(app);
  createFoundMarks(app);
  app.boundaries = createBoundaries(app, chooser);
  app.selection.filter({});
  textOf ??= await readTexts("geomap-texts");
  app.panel.setTab(wanted.document === null && model.incidents.count ? "events" : "text", { raise: false });
  showReport(app, wanted);
  if (map.getSize().x) start();
  if (!isBare()) {
    window.addEventListener("hashchange", () => followAddress(app));
    watchGestures();
    rememberFirst(sharedState(app).view);
  }
  app.ready = true;
  if (wanted.embed) app.frame.fill();
  map.on("moveend", () => app.saveAddress({ soon: true }));
  document.documentElement.dataset.gmReady = "yes";
}

/**
 * Start the page on a map, and return the layer of its signs, which is not on the map yet. `placed` says that the map's
 * maker says where it opens; `given` gives the control of layers that the maker added and its backgrounds, once all are made.
 */
function mount(map, { placed = false, given = () => ({ chooser: null, backgrounds: [] }) } = {}) {
  const signs = createSignLayer(map);
  build(map, { signs, given, opening: watchOpening(map, placed) }).catch((error) => {
    console.error(error);
    byId("gm-toast").textContent = say("map.failed", { why: error.message });
    byId("gm-toast").classList.add("gm-on");
  });
  return signs;
}

globalThis.GeoMapPage = { mount, fragmentUrl, safeUrl, parseAddress, resolveAddress, formatAddress };
