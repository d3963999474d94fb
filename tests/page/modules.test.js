// The page's modules are joined by dropping imports and exports: this holds only while these rules do.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

const folder = path.join(import.meta.dirname, "../../geomap/exporters/leaflet/page");
const modules = readdirSync(folder, { recursive: true })
  .filter((name) => name.endsWith(".js"))
  .sort();
const source = (name) => readFileSync(path.join(folder, name), "utf8");

test("no two modules give a top-level thing the same name", () => {
  const owner = new Map();
  for (const name of modules) {
    const single = /^(?:export )?(?:async )?(?:function\*?|const|let|class) (\w+)/gm;
    const several = /^(?:export )?(?:const|let) \[([^\]]+)\] =/gm;
    const things = [...source(name).matchAll(single), ...source(name).matchAll(several)];
    for (const thing of things.flatMap(([, found]) => found.split(/,\s*/))) {
      assert.ok(!owner.has(thing), `${thing} is in ${owner.get(thing)} and ${name}`);
      owner.set(thing, name);
    }
  }
});

test("imports keep their names, and exports stand before declarations", () => {
  for (const name of modules) {
    assert.doesNotMatch(source(name), /^import [^;]* as /m, name);
    assert.doesNotMatch(source(name), /^export (default|\{|\*)/m, name);
  }
});
