import assert from "node:assert/strict";
import { test } from "node:test";
import { createModel } from "../../geomap/exporters/leaflet/page/data.js";
import {
  correctionsCsv,
  createVerdicts,
  eventTarget,
  mentionTarget,
  placeCells,
} from "../../geomap/exporters/leaflet/page/verdicts.js";
import { smallPage } from "./small_page.js";

const page = smallPage();
page.texts = ["🎖🎖 " + page.texts[0]];
page.mentions.start = page.mentions.start.map((at) => at + 5);
page.mentions.end = page.mentions.end.map((at) => at + 5);
page.incidents = [
  {
    place: 0,
    tellings: [
      [0, 8, "burns", "Armed clash"],
      [1, 8, "burns", "Attack"],
    ],
  },
];
const model = createModel(page);

test("targets count code points of the report", () => {
  assert.deepEqual(mentionTarget(model, 0), { document: "one", about: "mention", words: "Alba", start: 3, end: 7 });
  const [telling] = model.tellingsAt(1);
  const event = { document: "one", about: "event", words: "burns", start: 8, end: 13, mention_start: 20 };
  assert.deepEqual(eventTarget(model, telling), event);
  assert.deepEqual(model.tellingsAt(2), []);
});

test("a place is the id of an entry or a point on Earth, and nothing else", () => {
  assert.deepEqual(placeCells(" geonames:706483 "), { entry_id: "geonames:706483" });
  assert.deepEqual(placeCells("50.5, -36"), { latitude: 50.5, longitude: -36 });
  assert.deepEqual(placeCells("50.5 -36"), { latitude: 50.5, longitude: -36 });
  for (const text of ["", "Kharkiv", "91, 0", "0, 181", "1,2,3", "javascript: x", "50.5, -36 north"]) {
    assert.equal(placeCells(text), null, text);
  }
});

test("the last verdict on a thing counts, stands last and can be taken back", () => {
  let changes = 0;
  const verdicts = createVerdicts(() => (changes += 1));
  const [first, second] = [mentionTarget(model, 0), mentionTarget(model, 1)];
  verdicts.give(first, { verdict: "not a place" });
  verdicts.give(second, { verdict: "place", entry_id: "x:1" }, { always: true, who: "Anna" });
  verdicts.give(first, { verdict: "unknown place" });
  assert.deepEqual(
    verdicts.rows().map(({ document, start, verdict }) => [document, start, verdict]),
    [
      ["any", "", "place"],
      ["one", 3, "unknown place"],
    ],
  );
  assert.equal(verdicts.of(second).who, "Anna");
  assert.equal(verdicts.isUnsaved(), true);
  verdicts.saved();
  assert.equal(verdicts.isUnsaved(), false);
  verdicts.take(first);
  verdicts.take(second);
  assert.deepEqual([verdicts.rows(), verdicts.of(first), verdicts.isUnsaved(), changes], [[], null, false, 6]);
});

test("no cell of the file is a formula, and an apostrophe before one survives", () => {
  const row = { document: "=a", about: "mention", words: "'=1", verdict: "not a place", latitude: -1.5 };
  const [head, line] = correctionsCsv([row]).split("\r\n");
  assert.match(head, /^\ufeffdocument,about,words,start,end,mention_start,verdict,/);
  assert.ok(line.startsWith("'=a,mention,''=1,,,,not a place,,-1.5,"), line);
});
