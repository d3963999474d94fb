import assert from "node:assert/strict";
import { test } from "node:test";
import { townsOf } from "../../geomap/exporters/leaflet/page/map/packing.js";

test("towns are read from their columns", () => {
  const towns = { names: "Alba\nBrun", latitudes: [4801, -50], longitudes: [3700, 17999], zooms: [5, 9] };
  assert.deepEqual(townsOf(towns), [
    ["Alba", 48.01, 37, 5],
    ["Brun", -0.5, 179.99, 9],
  ]);
  assert.deepEqual(townsOf({ names: "", latitudes: [], longitudes: [], zooms: [] }), []);
});
