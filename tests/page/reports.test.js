import assert from "node:assert/strict";
import { test } from "node:test";
import { createReports, createTexts } from "../../geomap/exporters/leaflet/page/data/reports.js";

const bytes = (texts) => new TextEncoder().encode(`[${texts.map((text) => JSON.stringify(text)).join(",\n")}]`);

test("a text is read alone, whatever it holds", () => {
  const texts = ["", "one\ntwo", "\u{1f396} “Kyiv”", "],[", "\ud800 half"];
  const textOf = createTexts(bytes(texts));
  assert.deepEqual(texts.map((_, n) => textOf(n)).reverse(), [...texts].reverse());
});

test("more texts than are kept can be read, and read again", () => {
  const texts = Array.from({ length: 250 }, (_, n) => `report ${n}`);
  const textOf = createTexts(bytes(texts));
  for (const n of [0, 249, ...texts.keys(), 0]) assert.equal(textOf(n), texts[n]);
});

test("each report has its own sentences", () => {
  const columns = { id: ["a", "b"], title: ["A", ""], excerpt: [0, 1], sentences: [2, 1] };
  const reports = createReports(columns, { index: [0, 4, 9], start: [0, 5, 1], end: [4, 8, 3] }, (n) => `text ${n}`);
  assert.deepEqual([...reports[0].sentences.index], [0, 4]);
  assert.deepEqual([...reports[1].sentences.start], [1]);
  assert.deepEqual(reports[1].span(0), [1, 3]);
  assert.equal(reports[1].excerpt, true);
  assert.equal(reports[1].text, "text 1");
});
