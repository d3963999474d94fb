import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_DAY } from "../../geomap/exporters/leaflet/page/data/calendar.js";
import {
  apartFrom,
  countPeriods,
  daysOutside,
  followPeriods,
  halvesOf,
  periodsOf,
} from "../../geomap/exporters/leaflet/page/data/periods.js";

const TWO = { from: 20, to: 29, against: 5, undated: true };

test("two periods are of the same length, and need both ends of the chosen days", () => {
  assert.deepEqual(periodsOf(TWO), { now: [20, 29], before: [5, 14] });
  for (const lacking of ["from", "to", "against"]) assert.equal(periodsOf({ ...TWO, [lacking]: null }), null);
});

test("days of either period are shown, and those between are not", () => {
  const isOutside = daysOutside(TWO);
  assert.deepEqual(
    [
      [5, 5],
      [14, 16],
      [15, 19],
      [20, 40],
      [30, 30],
      [NO_DAY, NO_DAY],
    ].map(([first, last]) => isOutside(first, last)),
    [false, false, true, false, true, false],
  );
  assert.equal(daysOutside({ from: 3, to: null, undated: false, against: null })(NO_DAY, NO_DAY), true);
});

test("periods never overlap", () => {
  assert.equal(apartFrom({ ...TWO, against: 15 }), 10);
  assert.equal(apartFrom({ ...TWO, against: 25 }), 30);
  assert.equal(apartFrom({ ...TWO, against: null }), null);
});

test("the other period follows: next to the chosen one where it was, else at the same distance", () => {
  assert.equal(followPeriods({ from: 20, to: 24 }, { from: 20, to: 29, against: 10 }).against, 15);
  assert.equal(followPeriods({ from: 30, to: 39 }, TWO).against, 15);
  assert.equal(followPeriods({ from: null, to: 39 }, TWO).against, null);
  assert.deepEqual(halvesOf(1, 11), { from: 7, to: 11, against: 2 });
});

test("events are counted by place and period, those that span both in both, and undated ones in none", () => {
  const units = {
    place: [0, 0, 0, 1, -1, 1],
    firstDay: [5, 20, 14, 21, 21, NO_DAY],
    lastDay: [5, 20, 20, 21, 21, NO_DAY],
    eventKind: [1, 2, 1, 0, 1, 1],
  };
  const page = { model: { units }, selection: { filters: TWO, unitFails: [0, 0, 0, 0, 0, 0] } };
  assert.deepEqual([...countPeriods(page)], [[0, { before: 2, now: 2 }]]);
  units.eventKind.fill(0);
  assert.deepEqual([...countPeriods(page)].at(-1), [1, { before: 0, now: 1 }]);
});
