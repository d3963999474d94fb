// The groups of the drawer: how names are used, how sure, how exact, which outlets and reports.
import { el } from "../dom.js";
import { FAILS, countWithout } from "../data/hiddenby.js";
import { EXACT, ROLES } from "../data/selection.js";
import { roleLabel } from "./activefilters.js";
import { createChoices } from "./choices.js";
import { countOf, percentWords } from "../words/text.js";
import { countsHead, tick } from "./checkboxes.js";
import { say } from "../words/say.js";

/** Run the last of several calls, once a frame: a slider speaks more often than a map can be drawn. */
export function oncePerFrame(work) {
  let pending = 0;
  let last = [];
  return (...values) => {
    last = values;
    pending ||= requestAnimationFrame(() => {
      pending = 0;
      work(...last);
    });
  };
}

const placed = ({ mentions: { place } }) => [...place.keys()].filter((i) => place[i] >= 0);

/** Values of mentions, which tellings have, too, that have a mention. */
function byMention({ incidents: { tellings } }, ofMention) {
  return { ofMention, ofTelling: (n) => (tellings.mention[n] < 0 ? -1 : ofMention(tellings.mention[n])) };
}

/** Values of reports, which all that stands in them has. */
function byReport({ mentions, incidents: { tellings } }, ofReport) {
  return {
    ofMention: (i) => ofReport(mentions.document[i]),
    ofTelling: (n) => (tellings.document[n] < 0 ? -1 : ofReport(tellings.document[n])),
  };
}

const nth = ({ events, mentions }, n) => ({ events: events[n], mentions: mentions[n] });

/**
 * Boxes for the roles that a page has, and for what stands outside the story.
 * @param {import("../types").App} app
 */
function roleFacet(app) {
  const { model, selection } = app;
  const { role, boilerplate } = model.mentions;
  const found = placed(model);
  const flip = (n) => (on) => {
    const { roles } = selection.filters;
    app.changeFilters({ roles: on ? roles | (1 << n) : roles & ~(1 << n) });
  };
  const present = new Set(found.map((i) => role[i]));
  const boxes = [...ROLES.keys()]
    .filter((n) => present.has(n))
    .map((n) => {
      const { label, example } = roleLabel(n);
      const words = [label, " ", el("small", {}, example)];
      return { n, ...tick({ id: `gm-role-${ROLES[n]}`, words, flip: flip(n) }) };
    });
  const words = [say("facet.captions"), " ", el("small", {}, say("facet.captions.where"))];
  const captions = tick({ id: "gm-boilerplate", words, flip: (on) => app.changeFilters({ boilerplate: on }) });
  const hasCaptions = found.some((i) => boilerplate[i]);
  if (present.size < 2 && !hasCaptions) return null;
  const nodes = [...boxes.map(({ node }) => node), hasCaptions ? captions.node : ""];
  const render = () => {
    const counts = selection.countsWithout(
      "roles",
      ROLES.length,
      byMention(model, (i) => role[i]),
    );
    for (const { n, show } of boxes) show(((selection.filters.roles >> n) & 1) === 1, nth(counts, n));
    const isBoilerplate = byMention(model, (i) => (boilerplate[i] ? 1 : 0));
    captions.show(selection.filters.boilerplate, nth(selection.countsWithout("boilerplate", 2, isBoilerplate), 1));
  };
  return {
    node: el("fieldset", { id: "gm-uses" }, el("legend", {}, say("facet.uses"), " ", countsHead()), ...nodes),
    render,
  };
}

/**
 * How sure the program has to be, and whether the text has to name the spot itself.
 * @param {import("../types").App} app
 */
function certaintyFacet(app) {
  const { model, selection } = app;
  const { geo_precision: precision } = model.mentions;
  const apply = oncePerFrame((confidence) => app.changeFilters({ confidence }));
  const range = { type: "range", id: "gm-confidence", min: 0, max: 100, step: 1, value: 0 };
  const slider = el("input", { ...range, input: () => apply(Number(slider.value)) });
  const output = el("output", { for: "gm-confidence" });
  const row = el(
    "div",
    { class: "gm-slider" },
    el("label", { for: "gm-confidence" }, say("facet.at_least")),
    slider,
    output,
  );
  const words = [say("facet.exact"), " ", el("small", {}, say("facet.exact.not"))];
  const exact = tick({ id: "gm-exact", words, flip: (on) => app.changeFilters({ exact: on }) });
  const verified = tick({
    id: "gm-verified",
    words: [say("filter.verified"), " ", el("small", {}, say("filter.verified_note"))],
    flip: (on) => app.changeFilters({ verified: on }),
  });
  const found = placed(model);
  const mixed = found.some((i) => precision[i] === EXACT) && found.some((i) => precision[i] !== EXACT);
  const render = () => {
    const { confidence } = selection.filters;
    slider.value = String(confidence);
    slider.setAttribute("aria-valuetext", percentWords(confidence));
    output.textContent = say("sure.percent", { percent: percentWords(confidence) });
    const isExact = byMention(model, (i) => (precision[i] === EXACT ? 1 : 0));
    exact.show(selection.filters.exact, nth(selection.countsWithout("exact", 2, isExact), 1));
    const confirmed = countWithout(selection.incidentFails, "verified", 2, (i) => selection.verified[i]);
    verified.show(selection.filters.verified, countOf(confirmed[1], "event"));
  };
  const legend = el("legend", {}, say("facet.sure"));
  const told = model.places.some(({ basis }) => basis === "relation");
  const note = told ? el("small", {}, say("facet.told", { percent: percentWords(0) })) : "";
  const boxes = [mixed ? exact.node : "", model.incidents.count ? verified.node : ""];
  return { node: el("fieldset", { id: "gm-certainty" }, legend, row, note, ...boxes), render };
}

/**
 * One of the two lists to choose from: outlets or reports.
 * @param {import("../types").App} app
 */
function listFacet(app, { key, names, values, ...words }) {
  const { selection } = app;
  if (names.length < 2) return null;
  const choices = createChoices({
    .../** @type {any} */ (words),
    names,
    change: (chosen) => app.changeFilters({ [key]: chosen }),
  });
  const render = () => choices.render(selection.countsWithout(key, names.length, values), selection.filters[key]);
  return { node: choices.node, render };
}

/**
 * All groups that a page has something to choose in.
 * @param {import("../types").App} app
 */
export function createFacets(app) {
  const { model, selection } = app;
  const { names, ofReport } = selection.outlets;
  const outlets = {
    key: "sources",
    names: names.map((name) => name || say("facet.no_outlet")),
    values: byReport(model, (report) => ofReport[report]),
    id: "gm-outlets",
    legend: say("facet.outlets"),
    find: say("facet.find_outlet"),
  };
  const openReport = () => app.changeFilters({ documents: [selection.state.document] });
  const only = { type: "button", class: "gm-preset", id: "gm-only-open", click: openReport };
  const reports = {
    extra: el("button", only, say("facet.only_open")),
    key: "documents",
    names: model.documents.map((_, n) => model.titleOf(n)),
    values: byReport(model, (report) => report),
    id: "gm-reports",
    legend: say("facet.reports"),
    find: say("facet.find_report"),
  };
  const lists = [listFacet(app, outlets), listFacet(app, reports)];
  return [roleFacet(app), certaintyFacet(app), ...lists].filter((facet) => facet !== null);
}

/** How many mentions only the two filters keep away that are on from the start: roles and boilerplate. */
export function countAside(fails) {
  const aside = FAILS.roles | FAILS.boilerplate;
  let count = 0;
  for (let i = 0; i < fails.length; i++) if (fails[i] !== 0 && (fails[i] & ~aside) === 0) count += 1;
  return count;
}
