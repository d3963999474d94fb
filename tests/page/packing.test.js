import assert from "node:assert/strict";
import { test } from "node:test";
import { unpacked } from "../../geomap/exporters/leaflet/page/map/packing.js";

test("a packed ground is TopoJSON with towns again", () => {
  const towns = { names: "Alba\nBrun", latitudes: [4801, -50], longitudes: [3700, 17999], zooms: [5, 9] };
  assert.deepEqual(
    unpacked({
      type: "Topology",
      arcs: [
        [1, 2, 3, -4],
        [5, 6],
      ],
      towns,
      waters: 7,
    }),
    {
      type: "Topology",
      arcs: [
        [
          [1, 2],
          [3, -4],
        ],
        [[5, 6]],
      ],
      towns: [
        ["Alba", 48.01, 37, 5],
        ["Brun", -0.5, 179.99, 9],
      ],
      waters: 7,
    },
  );
});

test("a ground without towns has none", () => {
  const towns = { names: "", latitudes: [], longitudes: [], zooms: [] };
  assert.deepEqual(unpacked({ arcs: [], towns }).towns, []);
});
