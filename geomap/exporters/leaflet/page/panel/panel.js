// The panel: heading and tabs.
import { byId } from "../dom.js";
import { countOf, eventsShown, sideBySide } from "../words/text.js";
import { isBare } from "../map/opening.js";
import { createSheet } from "./sheet.js";
import { isolated, say } from "../words/say.js";

const TABS = ["events", "text", "places", "key", "method"];

function countLine(model, selection) {
  const events = model.incidents.count ? eventsShown(model, selection) : "";
  const shown = say("panel.shown", { shown: selection.shownCount, count: model.count });
  const mentions = sideBySide([shown, model.counts.nil ? countOf(model.counts.nil, "not found") : ""]);
  // Of mentions alone it is said that they are on the map: an event may be told without a place.
  return [events, mentions].filter(Boolean).map(isolated).join(" · ");
}

let toastTimer = 0;

/** Say a sentence for a few seconds. */
export function toast(words) {
  const box = byId("gm-toast");
  box.textContent = words;
  box.classList.add("gm-on");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => box.classList.remove("gm-on"), 4000);
}

/** Whether a story is told, which needs the room of the sheet. */
const isTelling = () => document.documentElement.classList.contains("gm-telling");

/** @param {import("../types").App} app */
export function createPanel(app) {
  const { model, selection, map } = app;
  const body = byId("gm-body");
  const sheet = createSheet(map);
  let tab = "text";

  /** Open a tab; `raise`: bring up the sheet of a phone if it lies low. */
  function setTab(name, { raise = true } = {}) {
    tab = name;
    app.filters.close();
    for (const key of TABS) {
      const button = byId(`gm-tab-${key}`);
      button.setAttribute("aria-selected", String(key === name));
      button.tabIndex = key === name ? 0 : -1;
      byId(`gm-view-${key}`).hidden = key !== name;
    }
    byId("gm-view-place").hidden = true;
    body.setAttribute("aria-labelledby", `gm-tab-${name}`);
    body.scrollTop = 0;
    if (name === "places") app.placesTable.render();
    if (name === "events") app.feed.render();
    if (raise && sheet.isPhone() && document.body.dataset.gmSheet === "low") sheet.set("half");
  }

  function showPlace(card, close) {
    app.filters.close();
    for (const key of TABS) byId(`gm-view-${key}`).hidden = true;
    byId("gm-view-place").hidden = false;
    byId("gm-place").replaceChildren(card);
    byId("gm-back").onclick = close;
    body.scrollTop = 0;
    sheet.set(isTelling() ? "low" : "half");
  }

  function leavePlace() {
    if (!byId("gm-view-place").hidden) setTab(tab);
  }

  // The link's own address would be taken for a state of the page.
  document.querySelector(".gm-skip")?.addEventListener("click", (event) => {
    event.preventDefault();
    body.focus();
  });
  byId("gm-tab-events").hidden = model.incidents.count === 0;
  for (const name of TABS) byId(`gm-tab-${name}`).addEventListener("click", () => setTab(name));
  byId("gm-tabs").addEventListener("keydown", (event) => {
    const tabs = TABS.filter((name) => !byId(`gm-tab-${name}`).hidden);
    const at = tabs.indexOf(tab);
    const way = document.documentElement.dir === "rtl" ? -1 : 1;
    const next = { ArrowRight: at + way, ArrowLeft: at - way, Home: 0, End: -1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    setTab(tabs.at(next % tabs.length));
    byId(`gm-tab-${tab}`).focus();
  });

  byId("gm-title").textContent = model.title || say("page.title");
  document.title = model.title || document.title;
  selection.onFilter(() => (byId("gm-counts").textContent = countLine(model, selection)));
  const isPhone = () => !isBare() && sheet.isPhone();
  const lower = () => isPhone() && sheet.set("low");
  return { setTab, showPlace, leavePlace, lower, isPhone };
}
