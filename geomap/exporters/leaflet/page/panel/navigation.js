// The ways of a page: to a place, a mention, a sentence, and to an incident: its card, its place and its totals.
import { incidentPart } from "../data/address.js";
import { whyHidden } from "../filters/activefilters.js";
import { flyToIncident, goToPlace } from "../map/flying.js";
import { say } from "../words/say.js";

/** Put a link to this page into the clipboard; where a page may not, the address bar has to do. */
async function copyLink({ toast }, hash) {
  try {
    await navigator.clipboard.writeText(location.href.replace(/#.*/s, "") + hash);
    toast(say("link.copied"));
  } catch {
    toast(say("link.in_bar")); // A frame, or a browser that does not let pages write there.
  }
}

/**
 * Connect the feed, the map and the verdicts.
 * @param {import("../types").App} app
 */
function connectIncidents(app) {
  const { model, selection } = app;
  /** Open the card of an incident, and fly to it unless a link says what is to be seen. */
  app.openIncident = (incident, { byKeyboard = false, stay = false } = {}) => {
    app.panel.setTab("events");
    app.feed.open(incident, { byKeyboard });
    app.markers.markSelected();
    app.saveAddress({ step: "incident" });
    if (!stay) flyToIncident(app, incident, {});
  };
  /** What a reader decides confirms incidents at once. */
  let judged = [];
  app.verdictsChanged = () => {
    const { confirmedBy } = model.incidents;
    const before = judged;
    judged = app.judge.judged();
    let changed = false;
    for (const i of [...before, ...judged]) {
      const verified = confirmedBy(i) || app.judge.isConfirmed(i) ? 1 : 0;
      changed ||= verified !== selection.verified[i];
      selection.verified[i] = verified;
    }
    if (changed && selection.filters.verified) selection.filter({});
    else if (changed) app.markers.redraw();
    app.feed.update([...before, ...judged]);
  };
  app.showTotals = (what) => {
    app.totals.show(what);
    app.saveAddress({ step: "totals" });
  };
  app.flyToIncident = (incident) => flyToIncident(app, incident);
  app.copyIncidentLink = (incident) => copyLink(app, `#${incidentPart(model.incidents, incident)}`);
}

/**
 * Give a page its ways: to a place, a mention, an incident, a sentence.
 * @param {import("../types").App} app
 */
export function addNavigation(app) {
  const { model, selection } = app;
  app.goToPlace = (index, options) => goToPlace(app, index, options);
  app.goToMention = (mention, options) => {
    if (!selection.isShown(mention)) return app.toast(whyHidden(selection.fails[mention]));
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
}
