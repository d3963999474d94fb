import assert from "node:assert/strict";
import { test } from "node:test";
import { countOf, fragmentUrl, readableDay, safeUrl } from "../../geomap/exporters/leaflet/page/words/text.js";

test("only web addresses are links", () => {
  assert.equal(safeUrl("HTTPS://example.org/a?b=1#c"), "https://example.org/a?b=1#c");
  for (const address of ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", "x", ""]) {
    assert.equal(safeUrl(address), "", address);
    assert.equal(fragmentUrl(address, "A sentence."), "", address);
  }
});

test("a long sentence is linked by its first and last five words", () => {
  const url = fragmentUrl("https://example.org/a", "one two three four five six seven eight nine ten eleven-b");
  assert.equal(
    url,
    "https://example.org/a#:~:text=one%20two%20three%20four%20five,seven%20eight%20nine%20ten%20eleven%2Db",
  );
});

test("a sentence that cannot be encoded links the page alone", () => {
  assert.equal(fragmentUrl("https://example.org/", "   "), "https://example.org/");
  assert.match(fragmentUrl("https://example.org/", "lone \ud800 half"), /^https:\/\/example\.org\//);
});

test("days and counts read well, and odd days stay as they are", () => {
  assert.equal(readableDay("2024-08-13"), "13 August 2024");
  assert.equal(readableDay("2024-99-99"), "2024-99-99");
  assert.equal(readableDay("{{ 7 }}"), "{{ 7 }}");
  assert.deepEqual(
    [countOf(1, "mention"), countOf(0, "place"), countOf(1200, "mention")],
    ["1 mention", "0 places", "1,200 mentions"],
  );
});
