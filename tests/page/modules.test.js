// The page's modules are joined by dropping imports and exports: this holds only while these rules do.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

const folder = path.join(import.meta.dirname, "../../geomap/exporters/leaflet");
const listed = readFileSync(path.join(folder, "assets.py"), "utf8").match(/PAGE_MODULES = \(([^)]*)\)/)[1];
const modules = [...listed.matchAll(/"(\w+)"/g)].map((match) => match[1]);
const source = (name) => readFileSync(path.join(folder, "page", `${name}.js`), "utf8");

test("every module is joined, once", () => {
  const files = readdirSync(path.join(folder, "page")).filter((name) => name.endsWith(".js"));
  assert.deepEqual([...modules].sort(), files.map((name) => name.replace(".js", "")).sort());
});

test("a module comes after those it imports", () => {
  for (const [n, name] of modules.entries()) {
    const imported = [...source(name).matchAll(/from "\.\/(\w+)\.js";/g)].map((match) => match[1]);
    for (const other of imported) assert.ok(modules.indexOf(other) < n, `${name} imports ${other}`);
  }
});

test("no two modules give a top-level thing the same name", () => {
  const owner = new Map();
  for (const name of modules) {
    for (const [, thing] of source(name).matchAll(/^(?:export )?(?:async )?(?:function\*?|const|let|class) (\w+)/gm)) {
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
