import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { hasWords, say, sayParts, setWords } from "../../geomap/exporters/leaflet/page/words/say.js";
import {
  countOf,
  listWords,
  percentWords,
  readableDay,
  readableDays,
  sideBySide,
} from "../../geomap/exporters/leaflet/page/words/text.js";
import { tableOf } from "./speak.js";

const speak = (locale, words, direction = "ltr") => setWords({ locale, direction, words });

afterEach(() => setWords(tableOf("en")));

test("a string is said with its values, and numbers as the language writes them", () => {
  speak("uk", { shown: "{count} із {all}: {title}" });
  assert.equal(
    say("shown", { count: 1200, all: 34567, title: "{count} $& <b>" }),
    "1\u00a0200 із 34\u00a0567: {count} $& <b>",
  );
});

test("what counts has the plural form of its language", () => {
  speak("ru", { day: { one: "{count} день", few: "{count} дня", many: "{count} дней", other: "{count} дня" } });
  assert.deepEqual(
    [1, 2, 5, 11, 21, 22, 1.5].map((count) => say("day", { count })),
    ["1 день", "2 дня", "5 дней", "11 дней", "21 день", "22 дня", "1,5 дня"],
  );
  speak("ar-u-nu-latn", { day: { zero: "صفر", one: "يوم", two: "يومان", other: "أيام" } }, "rtl");
  assert.deepEqual(
    [0, 1, 2, 7].map((count) => say("day", { count })),
    ["صفر", "يوم", "يومان", "أيام"],
  );
});

test("from right to left a value keeps its own direction, and elements stay elements", () => {
  const node = { nodeType: 1 };
  speak("ar-u-nu-latn", { near: "قرب {place}", there: "قرب {place}، {count}" }, "rtl");
  assert.equal(say("near", { place: "20 km from Sudzha" }), "قرب \u206820 km from Sudzha\u2069");
  assert.deepEqual(sayParts("there", { place: node, count: 3 }), ["قرب ", node, "، ", "3", ""]);
});

test("a key without a string is an error that names it", () => {
  assert.throws(() => say("no such thing"), /no such thing/);
  assert.throws(() => countOf(2, "unicorn"), /count\.unicorn/);
  assert.equal(hasWords("no such thing"), false);
});

test("dates, ranges, lists and shares follow the language", () => {
  speak("uk", {});
  assert.match(readableDay("2024-08-13"), /^13 серпня 2024/);
  speak("fr", {});
  assert.equal(readableDay("2024-08-13"), "13 août 2024");
  assert.match(readableDays("2024-08-06", "2024-08-07"), /^6\s?–\s?7 août 2024$/);
  assert.equal(readableDays("2024-08-06", "2024-08-06"), "6 août 2024");
  assert.equal(readableDays("{{ 7 }}", "2024-08-07"), "{{ 7 }}");
  assert.match(percentWords(85), /^85\s?%$/);
  speak("es", {});
  assert.equal(listWords(["a", "b", "c"]), "a, b y c");
});

test("names beside each other keep their order from right to left, and stay plain from left to right", () => {
  assert.equal(sideBySide(["Town", "", "1 July"]), "Town, 1 July");
  speak("ar-u-nu-latn", { comma: "، " }, "rtl");
  assert.equal(sideBySide(["Bulletin", "", "1 يوليو"]), "\u2068Bulletin\u2069، \u20681 يوليو\u2069");
});
