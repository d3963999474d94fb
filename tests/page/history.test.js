import assert from "node:assert/strict";
import { test } from "node:test";
import { beginsStep } from "../../geomap/exporters/leaflet/page/data/history.js";

const before = { gesture: 4, step: "from,to", at: 1000 };

test("what one press leads to is one step", () => {
  assert.equal(beginsStep({ gesture: 4, step: "place", at: 9000 }, before), false);
  assert.equal(beginsStep({ gesture: 5, step: "place", at: 1010 }, before), true);
});

test("filtering by the same again at once is the same step, and later another", () => {
  assert.equal(beginsStep({ gesture: 5, step: "from,to", merge: true, at: 1500 }, before), false);
  assert.equal(beginsStep({ gesture: 5, step: "from,to", merge: true, at: 2500 }, before), true);
  assert.equal(beginsStep({ gesture: 5, step: "from,to", at: 1500 }, before), true);
});

test("moving the map is no step", () => {
  assert.equal(beginsStep({ gesture: 9, step: "", at: 9000 }, before), false);
});
