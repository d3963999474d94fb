import assert from "node:assert/strict";
import { test } from "node:test";
import { datesOf, holdsOn } from "../../geomap/exporters/leaflet/page/map/zones.js";

test("a zone holds from its first day to its last, both included", () => {
  const zone = { from: 19941, to: 19950 };
  assert.deepEqual(
    [19940, 19941, 19950, 19951].map((day) => holdsOn(zone, day)),
    [false, true, true, false],
  );
  assert.equal(holdsOn({ from: null, to: 5 }, -3), true);
  assert.equal(holdsOn({ from: 5, to: null }, 90000), true);
});

test("without a last day, what has no end holds", () => {
  assert.equal(holdsOn({ from: 5, to: null }, null), true);
  assert.equal(holdsOn({ from: null, to: null }, null), true);
  assert.equal(holdsOn({ from: 5, to: 9 }, null), false);
});

test("dates are said as they are given", () => {
  assert.equal(datesOf({ from: null, to: null }), "");
  assert.equal(datesOf({ from: 19941, to: null }), "since 6 Aug 2024");
  assert.equal(datesOf({ from: null, to: 19941 }), "until 6 Aug 2024");
  assert.equal(datesOf({ from: 19941, to: 19941 }), "6 Aug 2024");
  assert.equal(datesOf({ from: 19941, to: 19950 }), "6 – 15 Aug 2024");
});
