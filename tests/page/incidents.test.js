import assert from "node:assert/strict";
import { test } from "node:test";
import { createModel } from "../../geomap/exporters/leaflet/page/data/model.js";
import { FAILS } from "../../geomap/exporters/leaflet/page/data/hiddenby.js";
import { createSelection } from "../../geomap/exporters/leaflet/page/data/selection.js";
import { areaPaint } from "../../geomap/exporters/leaflet/page/map/regions.js";
import {
  doubtsOf,
  sayersOf,
  sourcesWords,
  tollNumber,
  tollWords,
  whatWords,
  whenOf,
} from "../../geomap/exporters/leaflet/page/words/incidentwords.js";
import { dayNumber } from "../../geomap/exporters/leaflet/page/data/calendar.js";
import { smallPage } from "./small_page.js";

/** The small page with a second incident of two tellings: one at "Corm", which has no place, and one without a mention. */
function twoIncidents(change = {}) {
  const page = smallPage();
  const second = { id: "incident:b2", place: -1, name: 1, event: 1, first: null, last: null, reports: 1, sources: 1 };
  Object.assign(second, { low: null, high: 4, tellings: 2, by: 0, ...change });
  for (const [name, value] of Object.entries(second)) page.incidents[name].push(value);
  page.told.name.push("Corm");
  const telling = {
    document: 0,
    sentence: 1,
    source: 0,
    start: -1,
    low: null,
    high: 4,
    trigger: 0,
    sub_type: 1,
    days: 0,
  };
  Object.assign(telling, { said_by: 0, quote: 0, by: 0 });
  for (const mention of [2, -1]) {
    for (const [name, value] of Object.entries({ ...telling, mention })) page.tellings[name].push(value);
  }
  return page;
}

function shownOf(page, change = {}) {
  const selection = createSelection(createModel(page));
  selection.filter(change);
  return [0, 1].filter((i) => selection.incidentFails[i] === 0);
}

test("an incident without a place on the map is shown, though no mention of it is", () => {
  assert.deepEqual(shownOf(twoIncidents()), [0, 1]);
  const selection = createSelection(createModel(twoIncidents()));
  selection.filter({});
  assert.equal(selection.shownIncidents, 2);
  assert.equal(selection.groups.has(-1), false);
});

test("each filter alone keeps away the incidents that it names", () => {
  const page = twoIncidents();
  assert.deepEqual(shownOf(page, { kinds: 1 }), []);
  assert.deepEqual(shownOf(page, { kinds: 2 }), [0, 1]);
  assert.deepEqual(shownOf(page, { confidence: 50 }), [0]);
  assert.deepEqual(shownOf(page, { to: dayNumber("2024-08-12") }), [0]);
  assert.deepEqual(shownOf(page, { from: dayNumber("2024-08-13") }), [1], "undated: the day of the report");
  assert.deepEqual(shownOf(page, { documents: [0] }), [0, 1]);
  assert.deepEqual(shownOf(page, { sources: [1] }), []);
  assert.deepEqual(shownOf(page, { query: "burns" }), [0]);
  assert.deepEqual(shownOf(page, { query: "calm" }), [1]);
  assert.deepEqual(shownOf(page, { roles: 2 }), [1], "a telling without a mention has no role");
  assert.deepEqual(shownOf(page, { verified: true }), []);
});

test("what somebody confirmed is verified", () => {
  const page = twoIncidents({ by: 1 });
  page.told.by.push("Anna");
  assert.deepEqual(shownOf(page, { verified: true }), [1]);
  assert.equal(createModel(page).incidents.confirmedBy(1), "Anna");
});

test("a mention goes as the incidents do that it tells of, and any other as a name alone", () => {
  const selection = createSelection(createModel(twoIncidents()));
  selection.filter({ kinds: 1, roles: 3 });
  assert.deepEqual([...selection.fails], [FAILS.kinds, 0, FAILS.place | FAILS.kinds]);
  selection.filter({ kinds: 2 });
  assert.deepEqual([...selection.fails], [0, FAILS.kinds, FAILS.place]);
});

test("units are the incidents, and the mentions that tell of none", () => {
  const { units } = createModel(twoIncidents());
  assert.deepEqual([...units.eventKind], [1, 1, 0]);
  assert.deepEqual([...units.row], [0, 1, 1]);
  assert.deepEqual([...units.place], [0, -1, 1]);
});

test("an incident says when, how exactly, how many died, and by whom", () => {
  const model = createModel(twoIncidents());
  assert.equal(whatWords(model, 0), "Armed clash");
  assert.deepEqual(whenOf(model, 0), { words: "12 Aug 2024", note: "", days: "2024-08-12" });
  assert.deepEqual(whenOf(model, 1).words, "Reported 13 Aug 2024");
  assert.deepEqual(sayersOf(model, 0), ["Brun (in Gazette)"]);
  assert.deepEqual(sayersOf(model, 1), ["Gazette itself"]);
  assert.equal(sourcesWords(model, 0), "1 report");
});

test("a toll is a range, and nothing where no report says", () => {
  const words = [
    [-1, -1, "", "", ""],
    [0, 0, "", "no one killed", "none"],
    [2, 2, "", "2 killed", "2"],
    [2, 3, "", "2–3 killed", "2–3"],
    [-1, 1200, "", "up to 1,200 killed", "up to 1,200"],
    [2, -1, "", "at least 2 killed", "at least 2"],
    [14, 14, "at_least", "at least 14 killed", "at least 14"],
    [12, 14, "at_least", "at least 12 killed", "at least 12"],
    [1, 20, "up_to", "up to 20 killed", "up to 20"],
    [40, 40, "about", "about 40 killed", "about 40"],
    [12, 99, "about", "about 12–99 killed", "about 12–99"],
    [3, 3, "some", "several killed, no number said", "several, no number said"],
  ];
  for (const [low, high, said, killed, number] of words) {
    assert.equal(tollWords({ low, high, said }), killed);
    assert.equal(tollNumber({ low, high, said }), number);
  }
});

test("what speaks against an incident is said", () => {
  const page = twoIncidents();
  page.mentions.confidence[0] = 40;
  const model = createModel(page);
  const doubts = doubtsOf(model, 0).join(" ");
  assert.match(doubts, /Which place is meant is doubtful: 40% sure/);
  assert.match(doubts, /One report alone tells of it/);
  assert.match(doubts, /each passes on what others say/);
  assert.match(doubtsOf(model, 1).join(" "), /No report says when/);
});

test("an area is coloured by the kind of most of its events, if they are enough of what is said of it", () => {
  const group = (kinds) => ({ kinds, events: kinds.slice(1).reduce((sum, count) => sum + count, 0) });
  assert.deepEqual(areaPaint(group([29, 1, 0])), { kind: 0, step: -1 });
  assert.deepEqual(areaPaint(group([4, 1, 0])), { kind: 1, step: 0 });
  assert.deepEqual(areaPaint(group([0, 2, 2])), { kind: 0, step: 1 });
  assert.deepEqual(areaPaint(group([0, 1, 44000])), { kind: 2, step: 3 });
  assert.deepEqual(areaPaint(group([7, 0, 0])), { kind: 0, step: -1 });
});
