import assert from "node:assert/strict";
import { test } from "node:test";
import { createModel } from "../../geomap/exporters/leaflet/page/data/model.js";
import {
  createSearch,
  findWords,
  foldText,
  foldWithOffsets,
  queryWords,
} from "../../geomap/exporters/leaflet/page/data/search.js";
import { smallPage } from "./small_page.js";

const UGLY = [
  "Ryl’sk  Łódź\n\nZürich",
  "Kyïv Київ Йошкар-Ола Ёлка",
  "İstanbul ΟΔΟΣ straße",
  "\u202eحلب\u202c حَلَب القـاهرة",
  "Ala\u0301va 🎖 \u{1F3F3}\uFE0F\u200D\u{1F308}",
  "lone \ud800 half \udc00",
  "नई दिल्ली が 각",
  "",
  "   ",
];

test("case, accents, apostrophes and the width of spaces do not matter", () => {
  assert.equal(foldText("Ryl’sk  Łódź\u00a0ZÜRICH\n\nÅ"), "rylsk lodz zurich a");
  assert.equal(foldText("Київ Ёлка Straße İSTANBUL ΟΔΟΣ"), "київ елка strasse istanbul οδοσ".replace("київ", "киів"));
  assert.equal(foldText("Alava"), foldText("A\u0301lava"));
  assert.equal(foldText("Saint‐Denis – Nord"), "saint-denis - nord");
});

test("vowel marks of Arabic go, vowel signs of Hindi stay", () => {
  assert.equal(foldText("حَلَب"), "حلب");
  assert.equal(foldText("القـاهرة"), foldText("القاهرة"));
  assert.equal(foldText("दिल्ली"), "दिल्ली");
});

test("the folded text with offsets is the folded text, and its offsets lead back", () => {
  for (const text of UGLY) {
    const { plain, offsets } = foldWithOffsets(text);
    assert.equal(plain, foldText(text), text);
    assert.equal(offsets.length, plain.length + 1);
    assert.equal(offsets.at(-1), text.length);
    assert.ok(offsets.every((offset, n) => n === 0 || offset >= offsets[n - 1]));
  }
});

test("matches are found where they stand in the original, joined where they overlap", () => {
  const text = "In Łódź, then RYL’SK and Ryl’sk.";
  const found = findWords(text, queryWords("rylsk lodz"));
  assert.deepEqual(
    found.map(([start, end]) => text.slice(start, end)),
    ["Łódź", "RYL’SK", "Ryl’sk"],
  );
  assert.deepEqual(findWords("aaaa", ["aa", "aaa"]), [[0, 4]]);
  assert.deepEqual(findWords("", ["a"]), []);
});

test("a query is a few words, once each, and never a pattern", () => {
  assert.deepEqual(queryWords("  Kyiv kyiv  (.*) "), ["kyiv", "(.*)"]);
  assert.deepEqual(queryWords(" \u200b’ "), []);
  assert.equal(queryWords(Array.from({ length: 50 }, (_, n) => `w${n}`).join(" ")).length, 8);
});

test("a mention is found by its place and its sentence together", () => {
  const search = createSearch(createModel(smallPage()));
  assert.equal(search.matching("  "), null);
  assert.deepEqual([...search.matching("ALBA")], [1, 1, 0]);
  assert.deepEqual([...search.matching("brun burns")], [1, 1, 0]);
  assert.deepEqual([...search.matching("calm")], [0, 0, 1]);
  assert.deepEqual([...search.matching("calm burns")], [0, 0, 0]);
});
