import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_DAY } from "../../geomap/exporters/leaflet/page/data/calendar.js";
import {
  barsOfDays,
  barsOfRange,
  dateOfDay,
  nextRange,
  rangeOfBars,
  rangeWords,
  spanOfDays,
} from "../../geomap/exporters/leaflet/page/data/days.js";
import { FAILS } from "../../geomap/exporters/leaflet/page/data/hiddenby.js";

const dated = (days) => ({
  firstDay: Int32Array.from(days, (day) => (Array.isArray(day) ? day[0] : day)),
  lastDay: Int32Array.from(days, (day) => (Array.isArray(day) ? day[1] : day)),
  eventKind: new Uint8Array(days.length).fill(1),
  place: new Int32Array(days.length),
});

test("fewer than two days make no timeline", () => {
  assert.equal(spanOfDays(dated([])), null);
  assert.equal(spanOfDays(dated([NO_DAY, NO_DAY])), null);
  assert.equal(spanOfDays(dated([7, 7, NO_DAY])), null);
  assert.deepEqual(spanOfDays(dated([7, 8])), { from: 7, to: 8, step: 1, bars: 2, earlier: false, later: false });
});

test("a name without a place has no part in it", () => {
  const model = dated([7, 8, 900]);
  model.place[2] = -1;
  assert.equal(spanOfDays(model).to, 8);
});

test("there are never more than 120 bars, and they cover all days", () => {
  for (const last of [1, 119, 120, 121, 1000, 40000]) {
    const span = spanOfDays(dated([0, last]));
    assert.ok(span.bars <= 120 && span.bars * span.step > last, String(last));
  }
});

test("one stray date does not squeeze all others into one bar", () => {
  const days = Array.from({ length: 300 }, (_, n) => 19000 + (n % 20));
  const span = spanOfDays(dated([0, ...days]));
  assert.deepEqual([span.from, span.to, span.bars, span.earlier, span.later], [19000, 19019, 20, true, false]);
  const model = dated([0, ...days]);
  assert.equal(barsOfDays(model, new Uint16Array(301), span).rows[1][0], 16);
});

test("a mention counts on every day it touches, and only under the other filters", () => {
  const model = dated([0, [1, 3], 3, NO_DAY, 2]);
  const span = spanOfDays(model);
  const fails = Uint16Array.from([0, FAILS.date, 0, FAILS.date, FAILS.kinds]);
  const { rows, undated } = barsOfDays(model, fails, span);
  assert.deepEqual([...rows[1]], [1, 1, 1, 2]);
  assert.equal(undated, 1);
});

test("what is dated to more than a week is counted apart, too", () => {
  const model = dated([0, [0, 6], [0, 7], [0, 30], 30]);
  const { rows, rough } = barsOfDays(model, new Uint16Array(5), spanOfDays(model));
  assert.deepEqual([rows[1][0], rows[1][7], rows[1][30]], [4, 2, 2]);
  assert.deepEqual([rough[1][0], rough[1][7], rough[1][8], rough[1][30]], [2, 2, 1, 1]);
  assert.ok(rough.every((row, kind) => kind === 1 || row.every((count) => count === 0)));
});

test("days and bars lead to each other, and the ends are open", () => {
  const span = { from: 100, to: 139, step: 4, bars: 10, earlier: false, later: false };
  for (const bars of [
    [0, 10],
    [0, 1],
    [9, 10],
    [3, 7],
  ]) {
    assert.deepEqual(barsOfRange(span, rangeOfBars(span, bars)), bars);
  }
  assert.deepEqual(rangeOfBars(span, [0, 10]), { from: null, to: null });
  assert.deepEqual(rangeOfBars(span, [3, 7]), { from: 112, to: 127 });
  assert.deepEqual(barsOfRange(span, { from: -5, to: 5 }), [0, 1]);
  assert.deepEqual(barsOfRange(span, { from: 900, to: null }), [9, 10]);
});

test("playing adds days up, or moves a chosen part on, and ends", () => {
  const span = { bars: 10 };
  assert.deepEqual(nextRange(span, [0, 4], true), [0, 5]);
  assert.deepEqual(nextRange(span, [2, 4], false), [3, 5]);
  assert.equal(nextRange(span, [8, 10], false), null);
});

test("a range of days says no more than it has to", () => {
  const day = (date) => Date.parse(`${date}T00:00:00Z`) / 86400000;
  assert.equal(rangeWords(day("2024-08-09"), day("2024-08-09")), "9 Aug 2024");
  assert.equal(rangeWords(day("2024-08-09"), day("2024-08-20")), "9 – 20 Aug 2024");
  assert.equal(rangeWords(day("2024-07-09"), day("2024-08-20")), "9 Jul – 20 Aug 2024");
  assert.equal(rangeWords(day("2023-12-28"), day("2024-01-03")), "28 Dec 2023 – 3 Jan 2024");
  assert.equal(dateOfDay(day("1969-12-31")), "1969-12-31");
});
