import assert from "node:assert/strict";
import { test } from "node:test";
import { activeFilters, whyHidden } from "../../geomap/exporters/leaflet/page/filters/activefilters.js";
import { pickChoices } from "../../geomap/exporters/leaflet/page/filters/choices.js";
import { dayNumber } from "../../geomap/exporters/leaflet/page/data/calendar.js";
import { createModel } from "../../geomap/exporters/leaflet/page/data/model.js";
import { countAside } from "../../geomap/exporters/leaflet/page/filters/facets.js";
import { FAILS, countWithout } from "../../geomap/exporters/leaflet/page/data/hiddenby.js";
import { ALL_KINDS, NO_FILTERS, createSelection } from "../../geomap/exporters/leaflet/page/data/selection.js";
import { smallPage } from "./small_page.js";

function selectionOf(change = {}) {
  const selection = createSelection(createModel(smallPage()));
  selection.filter(change);
  return selection;
}

const shown = (change) => [0, 1, 2].filter(selectionOf(change).isShown);
const BOTH = { roles: 3 };

test("at first the places themselves are shown, in the story, and never what was not found", () => {
  assert.deepEqual(shown({}), [0]);
  assert.deepEqual(shown(BOTH), [0, 1]);
});

test("each filter alone keeps away what it names", () => {
  const day = dayNumber("2024-08-13");
  assert.deepEqual(shown({ ...BOTH, kinds: 1 }), [1]);
  assert.deepEqual(shown({ ...BOTH, kinds: 2 }), [0]);
  assert.deepEqual(shown({ ...BOTH, confidence: 41 }), [0]);
  assert.deepEqual(shown({ ...BOTH, confidence: 40 }), [0, 1]);
  assert.deepEqual(shown({ ...BOTH, exact: true }), []);
  assert.deepEqual(shown({ ...BOTH, from: day }), [1]);
  assert.deepEqual(shown({ ...BOTH, to: day - 1 }), [0]);
  assert.deepEqual(shown({ ...BOTH, documents: [0] }), [0, 1]);
  assert.deepEqual(shown({ ...BOTH, sources: [1] }), []);
  assert.deepEqual(shown({ ...BOTH, query: "brun" }), [0, 1]);
  assert.deepEqual(shown({ ...BOTH, query: "corm" }), []);
});

test("filters combine, and each mention knows all that it fails", () => {
  const { fails, groups, shownCount } = selectionOf({ ...BOTH, kinds: 2, confidence: 95 });
  assert.deepEqual(
    [...fails],
    [FAILS.confidence, FAILS.kinds | FAILS.confidence, FAILS.place | FAILS.kinds | FAILS.confidence],
  );
  assert.equal(groups.size, 0);
  assert.equal(shownCount, 0);
});

test("a group counts its incidents by kind, and its mentions", () => {
  const { groups } = selectionOf(BOTH);
  assert.deepEqual([...groups.keys()], [0, 1]);
  const facts = { place: 0, count: 1, events: 1, best: 92, literal: 1, kinds: [0, 1, 0, 0, 0, 0, 0] };
  assert.deepEqual({ ...groups.get(0) }, facts);
  assert.deepEqual([groups.get(0).mentions, groups.get(0).incidents], [[0], [0]]);
  assert.deepEqual(groups.get(1).kinds, [1, 0, 0, 0, 0, 0, 0]);
});

test("a mention without a day is shown unless it is asked to go", () => {
  const page = smallPage();
  page.documents.published = [""];
  const selection = createSelection(createModel(page));
  selection.filter({ ...BOTH, from: 0, to: 1 });
  assert.equal(selection.shownCount, 1);
  selection.filter({ undated: false });
  assert.equal(selection.shownCount, 0);
});

test("a count is what the other filters let through", () => {
  const { fails } = selectionOf({ kinds: 0 });
  assert.deepEqual([...countWithout(fails, "kinds", 2, (i) => (i === 0 ? 1 : 0))], [0, 1]);
  assert.equal(countAside(selectionOf({}).fails), 1);
});

test("choices count the incidents that they would show, each once, beside the mentions", () => {
  const page = smallPage();
  Object.assign(page.incidents, {
    ...Object.fromEntries(Object.entries(page.incidents).map(([name, [value]]) => [name, [value, value]])),
    id: ["incident:a1", "incident:b2"],
    tellings: [2, 1],
  });
  page.tellings = Object.fromEntries(
    Object.entries(page.tellings).map(([name, [value]]) => [name, [value, value, value]]),
  );
  page.tellings.mention = [0, 1, -1];
  page.tellings.document = [0, 0, -1];
  const model = createModel(page);
  const { role, document } = model.mentions;
  const { tellings } = model.incidents;
  const selection = createSelection(model);
  selection.filter({});
  const byRole = { ofMention: (i) => role[i], ofTelling: (n) => (n < 2 ? role[tellings.mention[n]] : -1) };
  const roles = selection.countsWithout("roles", 4, byRole);
  assert.deepEqual(
    [[...roles.events], [...roles.mentions]],
    [
      [1, 1, 0, 0],
      [1, 1, 0, 0],
    ],
  );
  const byReport = { ofMention: (i) => document[i], ofTelling: (n) => tellings.document[n] };
  assert.deepEqual([...selection.countsWithout("documents", 1, byReport).events], [1]);
  selection.filter({ kinds: 1 });
  assert.deepEqual([...selection.countsWithout("documents", 1, byReport).events], [0]);
});

test("the filters that are on say so, and each can be taken back alone", () => {
  const { filters, outlets } = selectionOf({ query: " x ", kinds: ALL_KINDS & ~1, confidence: 60, roles: 3 });
  const active = activeFilters(filters, createModel(smallPage()), outlets);
  assert.deepEqual(
    active.map(({ words }) => words),
    ["“x”", "Events only", "At least 60% sure", "With governments"],
  );
  assert.deepEqual(active[2].change, { confidence: 0 });
  assert.deepEqual(activeFilters(NO_FILTERS, createModel(smallPage()), outlets), []);
});

test("a hidden mention says why", () => {
  assert.equal(whyHidden(FAILS.date), "Filtered out by date. Change the filters to see it.");
  assert.match(whyHidden(FAILS.kinds | FAILS.query), /by event and search/);
  assert.match(whyHidden(FAILS.place | FAILS.date), /gazetteer has no place/);
});

test("of many choices the chosen come first, then the most frequent", () => {
  const names = Array.from({ length: 300 }, (_, n) => `Outlet ${n}`).concat("Éclair");
  const counts = { events: new Uint32Array(301), mentions: Uint32Array.from(names, (_, n) => n) };
  const all = pickChoices(names, { counts, chosen: [3], query: "", most: 4 });
  assert.deepEqual(all, { numbers: [3, 300, 299, 298], left: 297 });
  assert.deepEqual(pickChoices(names, { counts, chosen: null, query: "eclair", most: 4 }).numbers, [300]);
  assert.deepEqual(pickChoices(names, { counts, chosen: null, query: "nowhere", most: 4 }), { numbers: [], left: 0 });
  counts.events[7] = 1;
  assert.deepEqual(pickChoices(names, { counts, chosen: [3], query: "", most: 3 }).numbers, [3, 7, 300]);
});
