import assert from "node:assert/strict";
import { test } from "node:test";
import { aboutRows, correctionLines, countRows, leadOf } from "../../geomap/exporters/leaflet/page/panel/method.js";
import { paperScale } from "../../geomap/exporters/leaflet/page/map/printing.js";
import { createModel } from "../../geomap/exporters/leaflet/page/data/model.js";
import { restingSize } from "../../geomap/exporters/leaflet/page/panel/sheet.js";
import { smallPage } from "./small_page.js";

test("a sheet comes to rest at the nearest height", () => {
  assert.equal(restingSize(100, 0, 800), "low");
  assert.equal(restingSize(330, 0.1, 800), "half");
  assert.equal(restingSize(700, -0.1, 800), "full");
});

test("a flick goes on to the next height in its direction, and no further than the ends", () => {
  assert.equal(restingSize(200, 1, 800), "half");
  assert.equal(restingSize(500, 1, 800), "full");
  assert.equal(restingSize(500, -1, 800), "half");
  assert.equal(restingSize(390, -1, 800), "low");
  assert.equal(restingSize(900, 1, 800), "full");
  assert.equal(restingSize(60, -1, 800), "low");
});

test("a map shrinks to the paper and never grows", () => {
  const paper = { width: 700, height: 520 };
  assert.equal(paperScale({ width: 1400, height: 520 }, paper), 0.5);
  assert.equal(paperScale({ width: 350, height: 1040 }, paper), 0.5);
  assert.equal(paperScale({ width: 300, height: 200 }, paper), 1);
  assert.equal(paperScale({ width: 0, height: 0 }, paper), 1);
});

test("what a page says of its making becomes rows, whatever it holds", () => {
  assert.deepEqual(
    aboutRows({ versions: { geomap: "0.1", left_out: "" }, list: ["a", "b"], places: 1200, none: null }),
    [
      ["Versions: Geomap", "0.1"],
      ["List", "a, b"],
      ["Places", "1,200"],
    ],
  );
  assert.deepEqual(aboutRows(undefined), []);
});

test("the numbers of the method are those that the page was made with", () => {
  const numbers = (counts) => countRows({ counts }).map(([number]) => number);
  assert.deepEqual(numbers(createModel(smallPage()).counts), ["3", "1", "1", "1", "0"]);
  const counts = {
    mentions: 9,
    places: 2,
    reports: 1,
    shown: 1,
    shown_places: 1,
    modifier: 3,
    embedded: 2,
    no_point: 3,
  };
  assert.deepEqual(numbers(counts), ["9", "1", "0", "5", "0", "3"]);
});

test("a page of corrected mentions says by whom, one by one, and that the rest was not checked", () => {
  assert.match(leadOf(undefined), /Nobody has checked the result/);
  assert.deepEqual(correctionLines(undefined), []);
  const corrections = { mentions: 2, by: "Anna", told: [["'March' in any report: not a place", "holds for 1"]] };
  assert.match(leadOf(corrections), /nobody has checked the rest/);
  assert.deepEqual(correctionLines(corrections), [
    "2 mentions are placed or dated as people said: Anna.",
    "'March' in any report: not a place — holds for 1.",
  ]);
});
