// Puts the page together.
import { byId } from "./dom.js";
import { heldSinceStart, holdPresses } from "./heldpresses.js";
import { fragmentUrl, safeUrl } from "./words/text.js";
import { createModel, readBlock, readTexts } from "./data/model.js";
import { createSelection } from "./data/selection.js";
import { formatAddress, parseAddress, resolveAddress } from "./data/address.js";
import { rememberFirst, watchGestures } from "./data/history.js";
import { createSignLayer, isBare, watchOpening } from "./map/opening.js";
import { addViewControl, frameWhenSeen, noteWhatIsOutside } from "./map/view.js";
import { createBaseMap } from "./map/basemap.js";
import { tellWhatIsRefused } from "./map/blockedhosts.js";
import { addBackgrounds } from "./map/backgrounds.js";
import { createBoundaries } from "./map/boundaries.js";
import { createRegions } from "./map/regions.js";
import { createMarkers } from "./map/markers.js";
import { createDifferences } from "./map/differences.js";
import { createTotals } from "./map/totals.js";
import { createPlaceView } from "./panel/placecard.js";
import { createReader } from "./panel/reader.js";
import { createPlacesTable } from "./panel/placestable.js";
import { createFeed } from "./panel/feed.js";
import { fillKey } from "./panel/key.js";
import { fillMethod } from "./panel/method.js";
import { createPanel, toast } from "./panel/panel.js";
import { createFoundMarks } from "./filters/searchmarks.js";
import { createJudge } from "./panel/correctionwindow.js";
import { createFilters } from "./filters/filters.js";
import { createTimeline } from "./filters/timeline.js";
import { createFrame } from "./publish/frame.js";
import { addSharing } from "./publish/share.js";
import { createEmbed } from "./publish/embed.js";
import { prepareLeaflet } from "./map/leafletwords.js";
import { createStory } from "./publish/story.js";
import { preparePrinting } from "./map/printing.js";
import { say } from "./words/say.js";
import { addAddress, sharedState } from "./data/currentlink.js";
import { addNavigation } from "./panel/navigation.js";
import { followAddress, followView, goToStep, openState, readLink, showReport, showView } from "./map/links.js";

/** How far a map can be zoomed into that says nothing of it, neither by itself nor by its tiles: as far as most tiles go. */
const DEEPEST = 18;

/** Milliseconds after which a page is taken not to be seen. */
const UNSEEN = 100;

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

/** What the map's maker has added that the page has to know; nothing of it where a plugin's script has failed. */
function whatIsGiven(given) {
  try {
    return given();
  } catch (error) {
    console.warn(`An added element failed: ${error.message}`);
    return { chooser: null, backgrounds: [] };
  }
}

/**
 * Parts that are made once the map is drawn, as long as they are not there: what the map and the panel tell them or ask
 * them before is nothing to do yet. Nobody can press anything until all are made.
 */
const YET_TO_COME = {
  differences: { isOn: () => false },
  filters: { close() {} },
  judge: { isDenied: () => false },
  feed: { render() {} },
  reader: { highlight() {} },
};

/** Until a frame with what is drawn so far is on its way; a page that is not seen makes none, and does not wait for one. */
const nextFrame = () =>
  new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, UNSEEN);
  });

/**
 * Draw the map: all that takes room or stands on it first, so that it is drawn once, where it opens. What is given back
 * makes the timeline, whose room is there.
 * @param {import("./types").App} app
 */
function openMap(app, { outlines, wanted, start, given }) {
  const { map, model, signs } = app;
  app.panel = createPanel(app);
  const fillTimeline = createTimeline(app);
  app.frame = createFrame(app);
  app.showEmbedded = createEmbed(app);
  app.story = createStory(app, (step) => goToStep(app, step));
  app.story.show();
  app.showEmbedded(wanted.embed);
  app.panel.setTab(wanted.document === null && model.incidents.count ? "events" : "text", { raise: false });
  frameWhenSeen(app, () => app.ready && start());
  if (map.getSize().x) showView(map, wanted.view);
  app.base = createBaseMap(map, outlines);
  const chooser = addBackgrounds(app, whatIsGiven(given));
  if (!isBare()) addSharing(app);
  app.boundaries = createBoundaries(app, chooser);
  app.regions = createRegions(app);
  app.markers = createMarkers(app);
  app.places = createPlaceView(app);
  signs.on("remove", () => app.places.close());
  app.differences = createDifferences(app);
  app.totals = createTotals(app);
  app.selection.tell();
  return fillTimeline;
}

/**
 * Make what stands around the map.
 * @param {import("./types").App} app
 */
function fillPanel(app) {
  app.filters = createFilters(app);
  app.judge = createJudge(app);
  app.placesTable = createPlacesTable(app);
  app.feed = createFeed(app);
  app.reader = createReader(app);
  fillKey(app);
  fillMethod(app);
  preparePrinting(app);
  createFoundMarks(app);
}

/**
 * Stands for what gives the text of a report, until the texts are read.
 * @param {number} _report
 * @returns {string}
 */
function textsUnread(_report) {
  throw new Error("the texts of the reports are not read yet");
}

/** Draw the map first; all else is made, and the texts of the reports, the largest part of a page, read, while it is looked at. */
async function build(map, { signs, opening, given }) {
  /** @type {(n: number) => string} */
  let textOf = textsUnread;
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
    ...YET_TO_COME,
  });
  prepareMap(map);
  tellWhatIsRefused(toast);
  if (!isBare()) addViewControl(app);
  addAddress(app);
  addNavigation(app);
  const wanted = readLink(app, isBare() ? "" : location.hash);
  openState(app, wanted);
  if (wanted.filters.query) textOf = await readTexts("geomap-texts");
  app.selection.filter(wanted.filters);
  const start = () => {
    followView(app, wanted);
    if (!wanted.view && !isBare()) noteWhatIsOutside(app);
  };
  const fillTimeline = openMap(app, { outlines, wanted, start, given });
  await nextFrame();
  if (textOf === textsUnread) textOf = await readTexts("geomap-texts");
  fillTimeline();
  fillPanel(app);
  app.selection.tell();
  showReport(app, wanted);
  if (map.getSize().x) start();
  if (!isBare()) {
    window.addEventListener("hashchange", () => followAddress(app));
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
  if (!isBare()) watchGestures();
  const doPresses = isBare() ? holdPresses(map.getContainer()) : heldSinceStart();
  build(map, { signs, given, opening: watchOpening(map, placed) })
    .catch((error) => {
      console.error(error);
      byId("gm-toast").textContent = say("map.failed", { why: error.message });
      byId("gm-toast").classList.add("gm-on");
    })
    .finally(doPresses);
  return signs;
}

globalThis.GeoMapPage = { mount, fragmentUrl, safeUrl, parseAddress, resolveAddress, formatAddress };
