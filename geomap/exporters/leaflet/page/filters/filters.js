// The filters in the panel's head: a search, a button for all others, and in words what is filtered.
import { byId, el, svg } from "../dom.js";
import { countOf, eventsShown, numberWords, sideBySide } from "../words/text.js";
import { NO_FILTERS } from "../data/selection.js";
import { activeFilters } from "./activefilters.js";
import { kindChips } from "./checkboxes.js";
import { countAside, createFacets } from "./facets.js";
import { createSearchBox } from "../panel/searchbox.js";
import { say } from "../words/say.js";

function filterIcon() {
  const box = { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", class: "gm-filter-icon" };
  return svg("svg", box, svg("path", { d: "M1.5 4h13M4 8h8M6.5 12h3" }));
}

/**
 * A chip for each filter that is on, which takes it back, and for what is left out from the start.
 * @param {import("../types").App} app
 */
function activeChips(app, openAt) {
  const { model, selection } = app;
  const list = el("ul", { id: "gm-active", "aria-label": say("filters.active") });
  const cross = () => el("span", { class: "gm-cross", "aria-hidden": "true" }, "×");

  function undo(change, index) {
    app.changeFilters(change);
    const left = list.querySelectorAll("button");
    (left[Math.min(index, left.length - 1)] ?? byId("gm-search")).focus();
  }

  function chip({ words, change }, index) {
    const attributes = { type: "button", title: say("filters.remove"), click: () => undo(change, index) };
    const before = el("span", { class: "gm-hidden" }, `${say("filters.remove")}${say("colon")}`);
    return el("li", {}, el("button", attributes, before, el("bdi", {}, words), cross()));
  }

  function render() {
    const active = activeFilters(selection.filters, model, selection.outlets);
    const aside = countAside(selection.fails);
    const nodes = active.map(chip);
    if (active.length) {
      const reset = { type: "button", id: "gm-reset", click: () => undo(NO_FILTERS, 0) };
      nodes.push(el("li", { class: "gm-plain" }, el("button", reset, say("filters.reset"))));
    }
    if (aside) {
      const words = countOf(aside, "set aside");
      const more = { type: "button", id: "gm-aside", title: say("filters.aside"), click: openAt };
      nodes.push(el("li", { class: "gm-plain" }, el("button", more, words)));
    }
    list.replaceChildren(...nodes);
    list.hidden = !nodes.length;
    return active.length;
  }
  return { list, render };
}

/** @param {import("../types").App} app */
export function createFilters(app) {
  const { model, selection } = app;
  const root = byId("gm-filters");
  const panel = byId("gm-panel");
  // Where there is no room above the text, the kinds of events stand in the drawer.
  const narrow = window.matchMedia("(max-width: 760px), (max-height: 640px)");
  const kinds = kindChips(app);
  const facets = createFacets(app);
  const badge = el("b", { class: "gm-badge" });
  const button = el(
    "button",
    { type: "button", id: "gm-filter", "aria-expanded": "false", "aria-controls": "gm-drawer" },
    [filterIcon(), el("span", {}, say("filters.label")), " ", badge],
  );
  const shown = el("p", { class: "gm-shown" });
  const done = el("button", { type: "button", id: "gm-done" }, say("filters.done"));
  const groups = el("div", { class: "gm-groups" }, ...facets.map(({ node }) => node));
  const foot = el("div", { class: "gm-foot" }, shown, done);
  const drawer = el(
    "div",
    { id: "gm-drawer", role: "group", "aria-label": say("filters.all"), hidden: true },
    groups,
    foot,
  );
  const active = activeChips(app, () => {
    setOpen(true);
    /** @type {HTMLElement} */ (groups.querySelector("#gm-uses input"))?.focus();
  });
  root.append(el("div", { class: "gm-toolbar" }, createSearchBox(app), button), active.list, drawer);

  function placeKinds() {
    if (!kinds) return;
    if (narrow.matches) groups.prepend(kinds.node);
    else active.list.before(kinds.node);
  }

  function setOpen(open) {
    drawer.hidden = !open;
    panel.classList.toggle("gm-filtering", open);
    button.setAttribute("aria-expanded", String(open));
    if (open) renderFacets();
  }

  function close() {
    if (drawer.hidden) return;
    const inside = drawer.contains(document.activeElement);
    setOpen(false);
    if (inside) button.focus();
  }

  function renderFacets() {
    for (const facet of facets) facet.render();
    const events = model.incidents.count ? eventsShown(model, selection) : "";
    const mentions = say("filters.shown", { shown: selection.shownCount, count: model.count });
    shown.textContent = sideBySide([events, mentions]);
  }

  function render() {
    const count = active.render();
    badge.textContent = count ? numberWords(count) : "";
    badge.hidden = !count;
    button.setAttribute("aria-label", count ? countOf(count, "active filters") : say("filters.label"));
    kinds?.render();
    if (!drawer.hidden) renderFacets();
  }

  button.addEventListener("click", () => setOpen(drawer.hidden));
  done.addEventListener("click", close);
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || drawer.hidden) return;
    event.stopPropagation();
    setOpen(false);
    button.focus();
  });
  narrow.addEventListener("change", placeKinds);
  placeKinds();
  selection.onFilter(render);
  return { close };
}
