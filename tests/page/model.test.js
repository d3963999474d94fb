import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_DAY, dayNumber } from "../../geomap/exporters/leaflet/page/data/calendar.js";
import { createModel } from "../../geomap/exporters/leaflet/page/data/model.js";
import { EVENT_KINDS, kindOfType } from "../../geomap/exporters/leaflet/page/data/events.js";
import { weightedQuantiles } from "../../geomap/exporters/leaflet/page/map/view.js";
import { smallPage } from "./small_page.js";

test("event types have numbers, and strangers have none", () => {
  assert.equal(kindOfType("Battles"), 1);
  for (const type of ["", "battles", "__proto__", "Strike"]) assert.equal(kindOfType(type), 0, type);
  assert.equal(new Set(EVENT_KINDS.map((kind) => kind.key)).size, 7);
});

test("a date that is none has no day", () => {
  assert.equal(dayNumber("1970-01-02"), 1);
  for (const date of ["", "2024", "2024-13-01", "yesterday"]) assert.equal(dayNumber(date), NO_DAY, date);
});

test("a mention has its event's kind only where the event happened", () => {
  const model = createModel(smallPage());
  assert.deepEqual([...model.eventKind], [1, 0, 0]);
  assert.equal(model.eventOf(1).type, "Battles");
  assert.equal(model.eventOf(1).here, false);
  assert.equal(model.entriesOf([0, 1, 0]), 2);
  assert.equal(model.mentionText(0), "Alba");
});

test("an event's day wins over the report's", () => {
  const model = createModel(smallPage());
  assert.deepEqual([...model.firstDay], [dayNumber("2024-08-12"), dayNumber("2024-08-13"), dayNumber("2024-08-13")]);
});

test("a quantile counts weights and not values", () => {
  const pairs = [
    [5, 98],
    [1, 1],
    [9, 1],
  ];
  assert.deepEqual(weightedQuantiles(pairs, [0, 0.5, 1]), [1, 5, 9]);
  assert.deepEqual(weightedQuantiles([[3, 1]], [0]), [3]);
});
