import assert from "node:assert/strict";
import { test } from "node:test";
import { formatAddress, parseAddress, resolveAddress } from "../../geomap/exporters/leaflet/page/data/address.js";
import { dayNumber } from "../../geomap/exporters/leaflet/page/data/calendar.js";
import { createModel } from "../../geomap/exporters/leaflet/page/data/model.js";
import { NO_FILTERS, outletsOf } from "../../geomap/exporters/leaflet/page/data/selection.js";
import { smallPage } from "./small_page.js";

const AT_FIRST = {
  document: 0,
  sentence: null,
  mention: null,
  place: null,
  incident: null,
  totals: null,
  embed: false,
  step: null,
};

function pageModel(change = {}) {
  const page = smallPage();
  const { documents } = page;
  for (const column of Object.values(documents)) column.push(column[0]);
  Object.assign(documents, { id: ["one", "two, & more"], source: ["Gazette", "Post, Daily=Evening"], ...change });
  documents.sentences[1] = 0;
  page.texts.push("");
  return createModel(page);
}

/** The same page with a story of two steps. */
function pageWithStory() {
  const steps = [{ address: "#conf=20" }, { address: "#place=geonames:Brun&embed&map=7/51/34" }];
  return { ...pageModel(), story: { title: "", steps } };
}

function read(link, model = pageModel()) {
  return resolveAddress(parseAddress(link), model, outletsOf(model));
}

test("a state that is written is read back the same", () => {
  const model = pageWithStory();
  const filters = {
    kinds: 0b10,
    roles: 0b110,
    boilerplate: true,
    confidence: 35,
    exact: true,
    from: dayNumber("2024-08-01"),
    to: dayNumber("2024-08-13"),
    against: dayNumber("2024-07-01"),
    undated: false,
    documents: [0, 1],
    sources: [1],
    verified: true,
    query: "Ryl’sk, a=b & c#d “é” 🎖",
  };
  const state = { document: 0, sentence: 0, mention: 1, place: 1, incident: 0, totals: "deaths", embed: true, step: 1 };
  const view = { zoom: 7.25, latitude: -51.5, longitude: 34.125 };
  const link = formatAddress({ state, filters, view }, model, outletsOf(model));
  assert.deepEqual(read(link, model), { ...state, view, filters });
});

test("an incident has its id for an address, and one that the page has not is none", () => {
  const model = pageModel();
  const link = formatAddress({ state: { ...AT_FIRST, incident: 0 }, filters: NO_FILTERS, view: null }, model);
  assert.equal(link, "#incident=a1");
  assert.equal(read("#incident=incident:a1").incident, 0);
  for (const other of ["", "A1", "b2", "__proto__"]) assert.equal(read(`#incident=${other}`).incident, null, other);
});

test("no kind and no role are states too", () => {
  const model = pageModel();
  const filters = { ...NO_FILTERS, kinds: 0, roles: 0 };
  const link = formatAddress({ state: AT_FIRST, filters, view: null }, model, outletsOf(model));
  assert.equal(link, "#ev=0&roles=0");
  assert.deepEqual(read(link, model).filters, filters);
});

test("a page as it is at first needs no link", () => {
  const model = pageModel();
  assert.equal(formatAddress({ state: AT_FIRST, filters: NO_FILTERS, view: null }, model, outletsOf(model)), "#");
  assert.deepEqual(read("").filters, { ...NO_FILTERS });
});

test("what is unknown or broken in a link is as if it were not there", () => {
  const broken = [
    "embedded",
    "embed=0",
    "step=0",
    "step=3",
    "ev=bombs",
    "ev=",
    "ev=__proto__",
    "roles=1",
    "roles=yes",
    "boilerplate=true",
    "conf=101",
    "conf=-1",
    "conf=5e1",
    "conf=",
    "exact=yes",
    "from=2024-02-31",
    "to=2024-13-01",
    "from=yesterday",
    "from=2024-08-02&to=2024-08-01",
    "vs=2024-08-01",
    "undated=no",
    "src=Nobody",
    "docs=three",
    "q=",
    "q=%E0%A4%A",
    "map=99/1/1",
    "map=7/91/0",
    "map=7/1",
    "map=a/b/c",
    "map=7/1e1/3",
    "doc=%",
    "doc=constructor&sentence=0",
    "sentence=0",
    "doc=one&sentence=9",
    "doc=one&mention=3",
    "mention=0",
    "place=toString",
    "__proto__=1",
    "=1",
    "&&&",
    "constructor",
    "ev=%00,%2C",
  ];
  for (const link of broken) {
    const { document, ...rest } = read(`#${link}`);
    assert.ok(document === null || document === 0, link);
    const first = {
      sentence: null,
      mention: null,
      place: null,
      incident: null,
      totals: null,
      embed: false,
      step: null,
    };
    assert.deepEqual(rest, { ...first, view: null, filters: { ...NO_FILTERS } }, link);
  }
});

test("of a list what is known is kept", () => {
  assert.equal(read("#ev=battles,bombs,riots").filters.kinds, 0b100010);
  assert.deepEqual(read("#docs=one,nine,one").filters.documents, [0]);
  assert.equal(read(`#q=${"x".repeat(500)}`).filters.query.length, 100);
});

test("a mention opens its sentence", () => {
  assert.deepEqual(read("#doc=one&mention=23").sentence, 1);
  assert.equal(read("#doc=one&sentence=0&mention=23").mention, null);
});

test("a lone surrogate cannot break a link", () => {
  const model = pageModel({ id: ["bad \ud800 id", "two"] });
  const state = { ...AT_FIRST, sentence: 0 };
  assert.doesNotThrow(() => formatAddress({ state, filters: NO_FILTERS, view: null }, model, outletsOf(model)));
});

test("a link to a step and nothing else is as the step's own, and an empty one begins the story", () => {
  const model = pageWithStory();
  const [first, second] = [read("", model), read("#step=2&embed=0", model)];
  assert.deepEqual([first.step, first.filters.confidence, first.embed], [0, 20, false]);
  assert.deepEqual([second.step, second.place, second.view.zoom, second.embed], [1, 1, 7, false]);
  assert.deepEqual([read("#embed", model).step, read("#embed", model).embed], [0, true]);
});

test("a link to something else leaves the story or keeps what was changed in a step", () => {
  const model = pageWithStory();
  assert.equal(read("#step=0", model).step, null);
  assert.equal(read("#place=geonames:Alba", model).step, null);
  const changed = read("#step=1&place=geonames:Alba", model);
  assert.deepEqual([changed.step, changed.place, changed.filters.confidence], [0, 0, 0]);
});
