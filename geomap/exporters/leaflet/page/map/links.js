// Following links: what one opens, where it leads, and the steps of a story.
import { parseAddress, resolveAddress } from "../data/address.js";
import { leaveStep, rememberedView } from "../data/history.js";
import { goToPlace } from "./flying.js";

/** Seconds that a flight to a step of the story takes. */
const FLIGHT = 1.4;

export const readLink = ({ model, selection }, link) => resolveAddress(parseAddress(link), model, selection.outlets);

/**
 * Note what a link opens, before anything is drawn.
 * @param {import("../types").App} app
 */
export function openState({ selection }, { document, embed, step }) {
  Object.assign(selection.state, { document: document ?? 0, sentence: null, mention: null, embed, step });
}

export function showReport({ reader, panel }, { document, sentence, mention }) {
  reader.render();
  if (sentence === null) return;
  panel.setTab("text");
  reader.showSentence(document, sentence, mention);
}

/**
 * Go where a link says.
 * @param {import("../types").App} app
 */
function follow(app, wanted, options = {}) {
  const { selection } = app;
  openState(app, wanted);
  app.showEmbedded(wanted.embed);
  if (wanted.place === null) app.places.close();
  if (JSON.stringify(selection.filters) !== JSON.stringify(wanted.filters)) selection.filter(wanted.filters);
  showReport(app, wanted);
  app.story.show();
  followView(app, wanted, options);
}

/**
 * Go where the address says, when a reader changes it or goes back.
 * @param {import("../types").App} app
 */
export function followAddress(app) {
  leaveStep();
  app.ready = false; // What is written already is no new step.
  const wanted = readLink(app, location.hash);
  wanted.view ??= rememberedView();
  follow(app, wanted);
  app.ready = true;
}

/**
 * Fly to a step of the story; null leaves it.
 * @param {import("../types").App} app
 */
export function goToStep(app, step) {
  const { state } = app.selection;
  if (step === null) state.step = null;
  app.saveAddress({ step: "story" }); // The flight belongs to the step.
  if (step === null) return app.story.show();
  follow(app, { ...readLink(app, `#step=${step + 1}`), embed: state.embed }, { fly: true });
  app.saveAddress({ step: "story" });
}

/** Show the part of the world that a link names, null for none. */
export function showView(map, view) {
  if (view) map.setView([view.latitude, view.longitude], view.zoom, { animate: false });
}

let flights = 0;

/**
 * Show the view of a link, if it has one, and open its place.
 * @param {import("../types").App} app
 */
export function followView(app, { view, place, mention, incident, totals }, { fly = false } = {}) {
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
  else showView(map, view);
  if (!flying) open();
}
