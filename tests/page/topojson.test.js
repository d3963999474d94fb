import assert from "node:assert/strict";
import { test } from "node:test";
import { outerRings, project, projectLines } from "../../geomap/exporters/leaflet/page/map/topojson.js";

const GRID = { scale: [1, 1], translate: [0, 0] };

/** Two squares beside each other, which share the middle one of three arcs. */
const SQUARES = [
  [1, 0, -1, 0, 0, 1, 1, 0],
  [1, 0, 0, 1],
  [1, 0, 1, 0, 0, 1, -1, 0],
];

test("a line is projected when it is asked for, its ends and its box before that", () => {
  const { boxes, endOf, pointsOf, lengthOf } = projectLines([[0, 0, 2, 1, -1, 3]], GRID);
  assert.equal(lengthOf(0), 6);
  assert.deepEqual([...boxes], [...project(0, 4), ...project(2, 0)]);
  assert.deepEqual(endOf(0, true), project(1, 4));
  const points = [...project(0, 0), ...project(2, 1), ...project(1, 4)];
  assert.deepEqual([...pointsOf(0)], points);
  assert.deepEqual([...pointsOf(0)], points);
  assert.deepEqual([endOf(0, false), endOf(0, true)], [project(0, 0), project(1, 4)]);
});

test("the border between two areas is no part of the ring around both", () => {
  const { corners } = projectLines(SQUARES, GRID);
  const [ring, ...others] = outerRings(
    [
      [0, ~1],
      [1, ~2],
    ],
    corners,
  );
  assert.deepEqual(others, []);
  assert.deepEqual([...ring].sort(), [~2, 0].sort());
});

test("an area alone keeps its ring, and none has none", () => {
  const { corners } = projectLines(SQUARES, GRID);
  assert.deepEqual(
    outerRings([[0, ~1]], corners)
      .flat()
      .sort(),
    [~1, 0].sort(),
  );
  assert.deepEqual(outerRings([], corners), []);
});
