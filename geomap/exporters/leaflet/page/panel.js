// The panel: heading, tabs; on a phone a sheet with three heights.
import { byId } from "./dom.js";

const TABS = ["text", "places", "key"];
const phone = window.matchMedia("(max-width: 760px)");

function countLine(model, selection) {
  const total = model.count.toLocaleString("en");
  const missing = model.notFound ? `; ${model.notFound.toLocaleString("en")} not found (NIL)` : "";
  return `${selection.shownCount.toLocaleString("en")} of ${total} mention${model.count === 1 ? "" : "s"} shown${missing}`;
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

export function createPanel(app) {
  const { model, selection, map } = app;
  const body = byId("gm-body");
  let tab = "text";

  function setTab(name) {
    tab = name;
    app.filters?.close();
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
    if (app.panel?.isPhone()) setSheet("half");
  }

  function setSheet(size) {
    document.body.dataset.gmSheet = size;
    byId("gm-handle").setAttribute("aria-expanded", String(size !== "low"));
    setTimeout(() => map.invalidateSize({ pan: false }), 250);
  }

  function showPlace(card, close) {
    app.filters?.close();
    for (const key of TABS) byId(`gm-view-${key}`).hidden = true;
    byId("gm-view-place").hidden = false;
    byId("gm-place").replaceChildren(card);
    byId("gm-back").onclick = close;
    body.scrollTop = 0;
    setSheet("half");
  }

  function leavePlace() {
    if (!byId("gm-view-place").hidden) setTab(tab);
  }

  for (const name of TABS) byId(`gm-tab-${name}`).addEventListener("click", () => setTab(name));
  byId("gm-tabs").addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    setTab(TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length]);
    byId(`gm-tab-${tab}`).focus();
  });
  byId("gm-handle").addEventListener("click", () => {
    const next = { half: "full", full: "low", low: "half" };
    setSheet(next[document.body.dataset.gmSheet] ?? "full");
  });
  phone.addEventListener("change", () => setTimeout(() => map.invalidateSize(), 50));

  byId("gm-title").textContent = model.title || "Places named in the reports";
  document.title = model.title || document.title;
  selection.onFilter(() => (byId("gm-counts").textContent = countLine(model, selection)));
  document.body.dataset.gmSheet = "half";
  return { setTab, showPlace, leavePlace, isPhone: () => phone.matches };
}
