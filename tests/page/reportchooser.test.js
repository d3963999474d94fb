import assert from "node:assert/strict";
import { test } from "node:test";
import { findReports } from "../../geomap/exporters/leaflet/page/panel/reportchooser.js";

const reports = [
  { title: "Fighting widens", id: "a", source: "Border Herald", published: "2024-08-13" },
  { title: "", id: "B.txt", source: "", published: "" },
  { title: "УДАР по порту", id: "c", source: "Хвиля", published: "2023-01-02" },
];

test("a report is found by words of its title, id, source and date, in any order and case", () => {
  assert.deepEqual(findReports(reports, "herald FIGHT"), [0]);
  assert.deepEqual(findReports(reports, "august 2024"), [0]);
  assert.deepEqual(findReports(reports, "2023-01"), [2]);
  assert.deepEqual(findReports(reports, "удар"), [2]);
  assert.deepEqual(findReports(reports, "b.txt"), [1]);
});

test("an empty search finds all, and strange words none", () => {
  assert.deepEqual(findReports(reports, "  "), [0, 1, 2]);
  assert.deepEqual(findReports(reports, "__proto__ .* ("), []);
  assert.deepEqual(findReports([], "a"), []);
});
