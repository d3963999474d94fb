// The Events tab: all incidents that pass the filters, one card each.
import { byId, closestTo, el } from "../dom.js";
import { NO_DAY } from "../data/calendar.js";
import { FAILS } from "../data/hiddenby.js";
import { whyHidden } from "../filters/activefilters.js";
import { say } from "../words/say.js";
import { countOf } from "../words/text.js";
import { createChunks } from "./longlist.js";
import { incidentCard, setCard } from "./incidentcard.js";

/** How two incidents compare in each order of the feed; what has no date comes last. */
function feedOrders({ firstDay, lastDay, sources, reports, low, high }) {
  const dated = (a, b) => Number(firstDay[a] === NO_DAY) - Number(firstDay[b] === NO_DAY);
  const latest = (a, b) => dated(a, b) || lastDay[b] - lastDay[a] || firstDay[b] - firstDay[a] || a - b;
  return {
    latest,
    earliest: (a, b) => dated(a, b) || firstDay[a] - firstDay[b] || a - b,
    sources: (a, b) => sources[b] - sources[a] || reports[b] - reports[a] || latest(a, b),
    deaths: (a, b) => high[b] - high[a] || low[b] - low[a] || latest(a, b),
  };
}

const headOf = (card) => card.querySelector("button[aria-expanded]");

/** What stands above the cards: how many there are, and the choice of their order. */
function feedHead(names, sortBy) {
  const count = el("b", {});
  const options = names.map((name) => el("option", { value: name }, say(`feed.${name}`)));
  const choice = el("select", { id: "gm-feed-sort", change: () => sortBy(choice.value) }, options);
  const label = el("label", { for: "gm-feed-sort" }, say("feed.sort"));
  const showCount = (events, unplaced) => {
    const words = countOf(events, "event");
    count.textContent = unplaced ? say("feed.unplaced", { events: words, unplaced }) : words;
  };
  return { node: el("p", { class: "gm-table-head" }, count, label, choice), showCount };
}

/** @param {import("../types").App} app */
export function createFeed(app) {
  const { model, selection } = app;
  const { incidents } = model;
  const { state } = selection;
  const view = byId("gm-view-events");
  const orders = feedOrders(incidents);
  const sorted = new Map();
  let order = "latest";
  let shown = [];
  let stale = true;

  const makeCard = (i) => incidentCard(app, i, { open: i === state.incident, toggle });
  const chunks = createChunks(el("ol", { class: "gm-feed", "aria-label": say("feed.label") }), {
    make: makeCard,
    focus: headOf,
  });
  const head = feedHead(Object.keys(orders), sortBy);
  const alone = el("div", { class: "gm-alone" });
  const none = el("p", { class: "gm-meta" }, say("feed.none"));
  view.append(head.node, alone, none, ...chunks.nodes);

  /** All incidents in the chosen order, sorted once. */
  function all() {
    const numbers = () => Int32Array.from({ length: incidents.count }, (_, i) => i);
    if (!sorted.has(order)) sorted.set(order, numbers().sort(orders[order]));
    return sorted.get(order);
  }

  function sortBy(name) {
    order = name;
    render();
    byId("gm-body").scrollTop = 0;
  }

  const cardOf = (i) => view.querySelector(`[data-incident="${i}"]`);

  /** An incident that is open though the filters keep it away stands above the list, and says why. */
  function showAlone() {
    const i = state.incident;
    alone.hidden = i === null || selection.incidentFails[i] === 0;
    if (i === null || alone.hidden) return alone.replaceChildren();
    alone.replaceChildren(
      el("p", { class: "gm-meta" }, whyHidden(selection.incidentFails[i] & ~FAILS.place)),
      el("ul", { class: "gm-feed" }, makeCard(i)),
    );
  }

  function render() {
    stale = false;
    shown = all().filter((i) => selection.incidentFails[i] === 0);
    const unplaced = shown.reduce((sum, i) => sum + (incidents.place[i] < 0 ? 1 : 0), 0);
    head.showCount(shown.length, unplaced);
    none.hidden = shown.length > 0;
    showAlone();
    chunks.show(shown);
  }

  /** Make the cards of some incidents anew: what a reader decided shows on them. */
  function update(changed) {
    for (const i of changed) cardOf(i)?.replaceWith(makeCard(i));
  }

  const isOpen = () => !view.hidden;

  /** Open an incident and bring its card into view; it closes the one that is open. */
  function open(i, { byKeyboard = false } = {}) {
    if (i !== state.incident) close();
    state.incident = i;
    if (stale) render();
    showAlone();
    if (!cardOf(i)) chunks.showAt(shown.indexOf(i));
    const card = cardOf(i);
    if (!card.classList.contains("gm-open")) setCard(app, card, true);
    card.scrollIntoView({ block: "start" });
    if (byKeyboard) headOf(card).focus({ preventScroll: true });
  }

  function close() {
    const card = state.incident === null ? null : cardOf(state.incident);
    state.incident = null;
    if (card) setCard(app, card, false);
    showAlone();
  }

  function toggle(i, byKeyboard) {
    if (state.incident !== i) return app.openIncident(i, { byKeyboard });
    close();
    app.markers.markSelected();
    app.saveAddress({ step: "incident" });
  }

  /** Go to the card before or after the one that has the focus, or that is open. */
  function step(by) {
    /** @type {HTMLElement | null | undefined} */
    const near = document.activeElement?.closest("[data-incident]");
    const i = Number(near?.dataset.incident ?? state.incident ?? -1);
    const at = shown.indexOf(i);
    const position = at < 0 ? 0 : at + by;
    if (position < 0 || position >= shown.length) return;
    chunks.reach(position);
    const card = cardOf(shown[position]);
    if (card) headOf(card).focus();
  }

  view.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.incident !== null && closestTo(event, "[data-incident]")) {
      event.stopPropagation();
      const card = cardOf(state.incident);
      toggle(state.incident, true);
      return card && headOf(card).focus();
    }
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by || !closestTo(event, "button[aria-expanded]")) return;
    event.preventDefault();
    step(by);
  });
  selection.onFilter(() => {
    stale = true;
    if (isOpen()) render();
  });
  return { open, close, step, isOpen, update, latest: orders.latest, render: () => stale && render() };
}
