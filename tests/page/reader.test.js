import assert from "node:assert/strict";
import { test } from "node:test";
import { eventWords, mentionClasses } from "../../geomap/exporters/leaflet/page/panel/article.js";
import { createModel } from "../../geomap/exporters/leaflet/page/data/model.js";
import { sentenceLink } from "../../geomap/exporters/leaflet/page/panel/reader.js";
import { smallPage } from "./small_page.js";

test("a link names the report and the sentence, whatever the report is called", () => {
  const link = (id) => sentenceLink({ id, sentences: { index: [4, 9] } }, 1);
  assert.equal(link("one"), "#doc=one&sentence=9");
  assert.equal(link("a&b=#ü"), "#doc=a%26b%3D%23%C3%BC&sentence=9");
  assert.equal(link("half \ud800"), "#doc=half%20%EF%BF%BD&sentence=9");
});

test("a mention is marked by what happened there, else by how it is meant", () => {
  const model = createModel(smallPage());
  assert.equal(mentionClasses(model, 0), "gm-mention gm-kind-battles");
  assert.equal(mentionClasses(model, 1), "gm-mention gm-kind-none gm-low gm-other");
});

test("an event is said with its sub-type and its days", () => {
  const page = smallPage();
  assert.equal(eventWords(createModel(page), 0), "Battles: Armed clash, 12 August 2024");
  page.dates[1] = "2024-08-10/2024-08-12";
  assert.equal(eventWords(createModel(page), 0), "Battles: Armed clash, 10 – 12 August 2024");
  page.events[1] = ["Riots", ""];
  page.dates[1] = "";
  assert.equal(eventWords(createModel(page), 0), "Riots");
  assert.equal(eventWords(createModel(page), 2), "");
});
