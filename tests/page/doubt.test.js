import assert from "node:assert/strict";
import { test } from "node:test";
import { mentionClasses } from "../../geomap/exporters/leaflet/page/panel/article.js";
import { createModel } from "../../geomap/exporters/leaflet/page/data/model.js";
import { contextOf, stateWords, toldWords } from "../../geomap/exporters/leaflet/page/words/placewords.js";
import { countRows } from "../../geomap/exporters/leaflet/page/panel/method.js";
import { warnings } from "../../geomap/exporters/leaflet/page/panel/placecard.js";
import { FAILS } from "../../geomap/exporters/leaflet/page/data/hiddenby.js";
import { createSelection, groupByPlace } from "../../geomap/exporters/leaflet/page/data/selection.js";
import { signKind } from "../../geomap/exporters/leaflet/page/signs/symbols.js";
import { smallPage } from "./small_page.js";

const NEAR = { basis: "relation", words: "near Alba" };
const WRITTEN = { basis: "coordinates", words: "", radius_km: 0 };

function shown(page) {
  const model = createModel(page);
  return { model, groups: groupByPlace(model, new Uint16Array(model.count), Uint16Array.of(1)) };
}

test("a place is doubtful below the bar that comes with the data, and sure at it", () => {
  const page = smallPage();
  page.mentions.role = [0, 0, 0];
  page.mentions.place = [0, 1, 1];
  page.mentions.confidence = [85, 40, 84];
  const { model, groups } = shown(page);
  assert.deepEqual([signKind(groups.get(0)), signKind(groups.get(1))], ["sure", "low"]);
  assert.deepEqual([0, 1, 2].map(model.isDoubtful), [false, true, true]);
  assert.equal(stateWords(model.places[1], groups.get(1)), ", doubtful");
  assert.equal(stateWords(model.places[0], groups.get(0)), "");
  assert.match(warnings(model.places[1], groups.get(1), 85).join(" "), /Doubtful: 84% sure/);
  assert.deepEqual(warnings(model.places[0], groups.get(0), 85), []);
});

test("one sure mention takes the doubt from a place", () => {
  const page = smallPage();
  page.mentions.place = [1, 1, -1];
  page.mentions.confidence = [90, 40, 0];
  const model = createModel(page);
  const { doubtful } = groupByPlace(model, Uint16Array.of(0, 0, FAILS.place), Uint16Array.of(1)).get(1);
  assert.equal(doubtful, false);
});

test("what the text alone tells is no doubtful place, and says what it is", () => {
  const { model, groups } = shown(smallPage({ told: NEAR }));
  const place = model.places[2];
  assert.equal(signKind(groups.get(2)), "sure");
  assert.equal(contextOf(place, null), "Not in the gazetteer, near Alba");
  assert.equal(stateWords(place, groups.get(2)), ", not in the gazetteer, near Alba");
  const [said] = warnings(place, groups.get(2), 85);
  assert.match(said, /does not have this name.*near Alba.*within about 30 km of the marker/);
  assert.equal(mentionClasses(model, 2), "gm-mention gm-kind-none gm-told-name");
});

test("coordinates that a text writes out are an exact point", () => {
  const { model, groups } = shown(smallPage({ told: WRITTEN }));
  assert.equal(contextOf(model.places[2], null), "Coordinates given in the text");
  assert.deepEqual(warnings(model.places[2], groups.get(2), 85), [
    "The gazetteer does not have it. The point is from coordinates given in the text.",
  ]);
  assert.equal(toldWords({ ...model.places[2], words: "as corrected" }), "as corrected");
});

test("a least confidence hides what has none, but not coordinates of the text", () => {
  for (const [told, expected] of [
    [NEAR, FAILS.confidence],
    [WRITTEN, 0],
  ]) {
    const model = createModel(smallPage({ told }));
    const selection = createSelection(model);
    selection.filter({ confidence: 60 });
    assert.equal(selection.fails[2], expected);
  }
});

test("the panel on method counts the doubtful and the told", () => {
  const page = smallPage();
  page.counts = { ...page.counts, doubtful_places: 7, told: 3 };
  const rows = countRows(page);
  assert.ok(rows.some(([number, words]) => number === "7" && words.includes("less than 85% sure")));
  assert.ok(rows.some(([number, words]) => number === "3" && words.includes("not in the gazetteer")));
});
