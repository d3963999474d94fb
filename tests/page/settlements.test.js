import assert from "node:assert/strict";
import { test } from "node:test";
import { createSettlements, townsOf } from "../../geomap/exporters/leaflet/page/map/settlements.js";

const WORLD = { south: -90, top: 90, west: -180, width: 360 };
const PAGE = {
  names: "Town\nSouth\nVillage",
  latitudes: [48200, -300, 200],
  longitudes: [179900, -142900, 100],
  levels: [
    [9, 1],
    [11, 2],
  ],
};
const names = (found) => found.map(({ name }) => name);

test("settlements appear by their zoom", () => {
  const { within } = createSettlements(PAGE);
  assert.deepEqual(names(within(WORLD, 8.5)), []);
  assert.deepEqual(names(within(WORLD, 10.5)), ["Town"]);
  assert.deepEqual(within(WORLD, 11)[2], { name: "Village", latitude: 48.1, longitude: 37.1 });
});

test("only what is in view is listed, also across the antimeridian", () => {
  const { within } = createSettlements(PAGE);
  assert.deepEqual(names(within({ south: 48, top: 49, west: 30, width: 10 }, 12)), ["Village"]);
  assert.deepEqual(names(within({ south: 48, top: 49, west: -185, width: 10 }, 12)), ["Town"]);
  assert.deepEqual(names(within({ south: 48, top: 49, west: 175, width: 10 }, 12)), ["Town"]);
});

test("a page without surroundings has none", () => {
  assert.deepEqual(createSettlements().within(WORLD, 14), []);
  assert.deepEqual(createSettlements({}).within(WORLD, 14), []);
});

test("towns are read from their columns", () => {
  const towns = { names: "Alba\nBrun", latitudes: [4801, -50], longitudes: [3700, 17999], zooms: [5, 9] };
  assert.deepEqual(townsOf(towns), [
    ["Alba", 48.01, 37, 5],
    ["Brun", -0.5, 179.99, 9],
  ]);
  assert.deepEqual(townsOf({ names: "", latitudes: [], longitudes: [], zooms: [] }), []);
});
