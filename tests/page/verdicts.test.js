import assert from "node:assert/strict";
import { test } from "node:test";
import { createModel } from "../../geomap/exporters/leaflet/page/data/model.js";
import {
  correctionsCsv,
  createVerdicts,
  eventCells,
  eventTarget,
  mentionTarget,
  placeCells,
  verdictWords,
  whyNotAlways,
} from "../../geomap/exporters/leaflet/page/data/verdicts.js";
import { smallPage } from "./small_page.js";

const page = smallPage();
page.texts = ["🎖🎖 " + page.texts[0]];
page.mentions.start = page.mentions.start.map((at) => at + 5);
page.mentions.end = page.mentions.end.map((at) => at + 5);
page.incidents = Object.fromEntries(Object.entries(page.incidents).map(([name, [value]]) => [name, [value, value]]));
page.tellings = Object.fromEntries(Object.entries(page.tellings).map(([name, [value]]) => [name, [value, value]]));
page.tellings.mention = [0, 1];
page.tellings.start = [8, 8];
const model = createModel(page);

test("targets count code points of the report", () => {
  assert.deepEqual(mentionTarget(model, 0), { document: "one", about: "mention", words: "Alba", start: 3, end: 7 });
  const telling = model.factsIn(0)[1];
  const event = { document: "one", about: "event", words: "burns", start: 8, end: 13, mention_start: 20 };
  assert.deepEqual(eventTarget(model, telling), event);
  const nowhere = { ...telling, mention: -1, shared: false };
  assert.deepEqual(eventTarget(model, nowhere), { document: "one", about: "event", words: "burns", start: 8, end: 13 });
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

test("what is right of an event becomes cells, and what makes no sense a problem", () => {
  assert.deepEqual(eventCells({ day: "2024-08-06/2024-08-07", low: "3", place: "x:1" }).cells, {
    verdict: "event",
    event_date: "2024-08-06/2024-08-07",
    fatalities_low: 3,
    fatalities_high: 3,
    entry_id: "x:1",
  });
  const wrong = [
    {},
    { day: "2024-02-30" },
    { day: "2024-08-07/2024-08-06" },
    { day: "a/b/c" },
    { low: "5", high: "3" },
  ];
  for (const given of [...wrong, { low: "1.5" }, { low: "-1" }, { place: "Kharkiv" }]) {
    assert.ok(eventCells(given).problem, JSON.stringify(given));
  }
  assert.equal(whyNotAlways({ about: "event" }, { verdict: "event", event_sub_type: "Attack" }), "");
  assert.match(whyNotAlways({ about: "event" }, { verdict: "event", event_date: "2024-08-06" }), /in every report/);
});

test("facts of an event add up, and that it is the same as another stands beside them", () => {
  const verdicts = createVerdicts();
  const target = eventTarget(model, model.factsIn(0)[0]);
  verdicts.give(target, { verdict: "event", event_sub_type: "Attack", entry_id: "x:1" });
  verdicts.give(target, { verdict: "same", same_start: 40 });
  verdicts.give(target, { verdict: "event", latitude: 1, longitude: 2 });
  assert.deepEqual(verdicts.every(target).map(verdictWords), ["event; 1, 2; Attack", "same; as at 40"]);
  verdicts.give(target, { verdict: "apart", same_start: 40 });
  assert.deepEqual(verdicts.every(target).map(verdictWords), ["event; 1, 2; Attack", "apart; from that at 40"]);
  verdicts.give(target, { verdict: "wrong" });
  assert.deepEqual(verdictWords(verdicts.of(target)), "wrong");
  verdicts.take(target);
  assert.deepEqual(verdicts.rows(), []);
});

test("no cell of the file is a formula, and an apostrophe before one survives", () => {
  const row = { document: "=a", about: "mention", words: "'=1", verdict: "not a place", latitude: -1.5 };
  const [head, line] = correctionsCsv([row]).split("\r\n");
  assert.match(head, /^\ufeffdocument,about,words,start,end,mention_start,verdict,/);
  assert.ok(line.startsWith("'=a,mention,''=1,,,,not a place,,-1.5,"), line);
});
