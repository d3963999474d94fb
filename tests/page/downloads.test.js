import assert from "node:assert/strict";
import { test } from "node:test";
import { createModel } from "../../geomap/exporters/leaflet/page/data/model.js";
import {
  csvCell,
  mentionRecords,
  placeRecords,
  toCsv,
  toGeojson,
} from "../../geomap/exporters/leaflet/page/data/downloads.js";
import { groupByPlace } from "../../geomap/exporters/leaflet/page/data/selection.js";
import { smallPage } from "./small_page.js";

const model = createModel(smallPage());
const group = (mentions, best, kind) => ({
  mentions,
  count: mentions.length,
  best,
  literal: 1,
  kinds: [0, 0, 0, 0, 0, 0, 0].with(kind, 1),
});
const groups = new Map([
  [1, group([1], 40, 0)],
  [0, group([0], 92, 1)],
]);

test("text that a spreadsheet would run is disarmed, and numbers are not", () => {
  for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"]) assert.equal(csvCell(text), `'${text}`);
  assert.equal(csvCell("\r=x"), `"'\r=x"`);
  assert.equal(csvCell('=HYPERLINK("http://x","y")'), `"'=HYPERLINK(""http://x"",""y"")"`);
  assert.deepEqual([csvCell(-35.5), csvCell(0), csvCell(true), csvCell(undefined)], ["-35.5", "0", "true", ""]);
});

test("cells with commas, quotes and line breaks are quoted", () => {
  assert.equal(csvCell('a, "b"\nc'), '"a, ""b""\nc"');
  assert.equal(csvCell("plain – ünïcode 🎖"), "plain – ünïcode 🎖");
});

test("a table has a head, and an empty one is a line without cells", () => {
  assert.equal(toCsv([{ a: 1, b: "x" }]), "\ufeffa,b\r\n1,x\r\n");
  assert.equal(toCsv([]), "\ufeff\r\n");
});

test("places and mentions that are shown become records", () => {
  const [first, second] = placeRecords(model, groups);
  assert.deepEqual([first.name, first.events, first.events_battles, first.first_day], ["Alba", 1, 1, "2024-08-12"]);
  assert.deepEqual([second.name, second.events, second.best_confidence], ["Brun", 0, 0.4]);
  const mentions = mentionRecords(model, groups);
  assert.deepEqual(
    mentions.map((one) => [one.toponym, one.sentence_index, one.role, one.is_event_place]),
    [
      ["Alba", 0, "literal", true],
      ["Brun", 0, "metonymic", false],
    ],
  );
});

test("a place that the text alone tells of has its words and no entry", () => {
  const page = createModel(smallPage({ told: { basis: "relation", words: "near Alba" } }));
  const shown = groupByPlace(page, new Uint16Array(3), new Uint16Array(1));
  const [told] = placeRecords(page, shown).filter(({ name }) => name === "Corm");
  assert.deepEqual([told.entry_id, told.radius_km, told.location_basis], ["", 30, "relation"]);
  assert.deepEqual([told.location_words, told.doubtful], ["near Alba", false]);
  const mention = mentionRecords(page, shown).at(-1);
  assert.deepEqual([mention.toponym, mention.entry_id, mention.location_words], ["Corm", "", "near Alba"]);
  const ids = JSON.parse(toGeojson(page, shown)).features.map(({ id }) => id);
  assert.deepEqual(ids, ["geonames:Alba", "geonames:Brun", "Corm@50,37@near Alba"]);
});

test("GeoJSON has longitude first, and an empty map is an empty collection", () => {
  const [feature] = JSON.parse(toGeojson(model, groups)).features;
  assert.deepEqual(feature.geometry.coordinates, [37, 48]);
  assert.equal(feature.properties.name, "Alba");
  assert.deepEqual(JSON.parse(toGeojson(model, new Map())), { type: "FeatureCollection", features: [] });
});
