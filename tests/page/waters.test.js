import assert from "node:assert/strict";
import { test } from "node:test";
import { readWaters, riverZoom } from "../../geomap/exporters/leaflet/page/map/landcanvas.js";
import { project } from "../../geomap/exporters/leaflet/page/map/topojson.js";

test("a line is its first point and then steps on a grid of degrees", () => {
  const { rivers, lakes } = readWaters({ grid: 0.5, rivers: [[7, "Seym", [60, 100, 2, 0]]], lakes: [] });
  assert.equal(rivers[0].name, "Seym");
  assert.deepEqual([...rivers[0].points()], [...project(30, 50), ...project(31, 50)]);
  assert.deepEqual(rivers[0].box, [...project(30, 50), ...project(31, 50)]);
  assert.deepEqual(lakes, []);
});

test("a page of an older kind has no waters", () => {
  assert.deepEqual(readWaters(), { rivers: [], lakes: [] });
});

test("small rivers wait for a closer look", () => {
  assert.ok(riverZoom(9) > riverZoom(3));
});
