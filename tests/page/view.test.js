import assert from "node:assert/strict";
import { test } from "node:test";
import { nearestLongitude, seamOf, worldsAway } from "../../geomap/exporters/leaflet/page/map/worldcopies.js";
import { boundsOf, smallestZoom } from "../../geomap/exporters/leaflet/page/map/view.js";

test("a longitude counts on around the Earth to where the view is", () => {
  assert.equal(nearestLongitude(-171, 178), 189);
  assert.equal(nearestLongitude(178, -171), -182);
  assert.equal(nearestLongitude(30, 35), 30);
  assert.equal(worldsAway(-171, 538), 2);
});

test("the seam is the far side of the widest gap", () => {
  assert.equal(seamOf([]), -180);
  assert.equal(seamOf([30, 40]), -180);
  assert.equal(seamOf([178, -171, 177, -157]), 177);
});

test("places on both sides of the antimeridian have bounds across it", () => {
  const place = (latitude, longitude) => ({ latitude, longitude, weight: 1 });
  assert.deepEqual(boundsOf([place(-18, 178), place(65, -165)], 0), [
    [-18, 178],
    [65, 195],
  ]);
  assert.deepEqual(boundsOf([place(48, 37)], 0), [
    [48, 37],
    [48, 37],
  ]);
});

test("a narrow map can show the whole world, a wide one need not repeat it", () => {
  assert.equal(smallestZoom(390), 0);
  assert.equal(smallestZoom(1020), 1.5);
  assert.equal(smallestZoom(5000), 2);
  assert.equal(smallestZoom(0), 0);
});
