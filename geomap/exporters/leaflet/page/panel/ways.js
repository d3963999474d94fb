// The ways to an incident: from a card, a sign or a link to its card and its place, and to its totals.
import { incidentPart } from "../data/address.js";
import { flyToIncident } from "../map/flying.js";
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
 *
 * @param {import("../types").App} app
 */
export function connectIncidents(app) {
  const { model, selection } = app;
  /** Open the card of an incident, and fly to it unless a link says what is to be seen. */
  app.openIncident = (incident, { byKeyboard = false, stay = false } = {}) => {
    app.panel.setTab("events");
    app.feed.open(incident, { byKeyboard });
    app.markSelected();
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
