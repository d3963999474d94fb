import assert from "node:assert/strict";
import { test } from "node:test";
import { bestFits, createSuggestions, fitOf } from "../../geomap/exporters/leaflet/page/data/suggestions.js";
import { createModel } from "../../geomap/exporters/leaflet/page/data/model.js";
import { outletsOf } from "../../geomap/exporters/leaflet/page/data/selection.js";
import { smallPage } from "./small_page.js";

test("a name that begins with the words is best, then one whose words do", () => {
  assert.deepEqual(
    ["kursk oblast", "new kursk", "l'kursk", "sudzha"].map((name) => fitOf(name, ["kursk"])),
    [3, 2, 1, 0],
  );
  assert.deepEqual([fitOf("kursk", ["ur"]), fitOf("new urumqi", ["ur"])], [0, 2]);
  assert.equal(fitOf("kursk oblast", ["kursk", "obl"]), 3);
  assert.equal(fitOf("oblast of kursk", ["kursk", "obl"]), 2);
});

test("of those that fit as well the weightier come first, and only the first few", () => {
  const names = ["alba one", "alba two", "new alba", "brun"];
  const weights = [1, 5, 9, 9];
  const numbers = (most) => bestFits(names, "ÁLBA", (n) => weights[n], most).map(({ number }) => number);
  assert.deepEqual(numbers(5), [1, 0, 2]);
  assert.deepEqual(numbers(1), [1]);
  assert.deepEqual(
    bestFits(names, " ", () => 1),
    [],
  );
});

test("places, reports and outlets are suggested by their names", () => {
  const model = createModel(smallPage());
  const suggest = createSuggestions(model, outletsOf(model));
  const found = (query) =>
    suggest(query)
      .flat()
      .map(({ kind, number }) => [kind, number]);
  assert.deepEqual(found("brun"), [["place", 1]]);
  assert.deepEqual(found("gaz"), [
    ["report", 0],
    ["outlet", 0],
  ]);
  assert.deepEqual(found("nothing"), []);
});
