// Copies the pinned third-party files and their licences from node_modules into the Python package, and writes the
// committed manifest (geomap/exporters/leaflet/vendor.json): version, licence, CDN address and sha384 integrity of each.
// Then it makes one small script of the page's own modules.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = path.dirname(fileURLToPath(import.meta.url));
const page = path.join(root, "geomap", "exporters", "leaflet", "page");
const target = path.join(root, "geomap", "exporters", "leaflet", "vendor");
const manifest = path.join(root, "geomap", "exporters", "leaflet", "vendor.json");
const cdn = "https://cdn.jsdelivr.net/npm";

const wanted = {
  leaflet: [
    "dist/leaflet.js",
    "dist/leaflet.css",
    "dist/images/layers.png",
    "dist/images/layers-2x.png",
    "dist/images/marker-icon.png",
    "dist/images/marker-icon-2x.png",
    "dist/images/marker-shadow.png",
  ],
  jquery: ["dist/jquery.min.js"],
  "protomaps-leaflet": ["dist/protomaps-leaflet.js"],
  "simple-statistics": ["dist/simple-statistics.min.js"],
  supercluster: ["dist/supercluster.min.js"],
};
// What a file contains of other packages, whose licences have to travel with it. Of Protomaps' own, pmtiles and
// @protomaps/basemaps, the licence is that of protomaps-leaflet; they bring no file of it.
const contained = {
  "protomaps-leaflet": [
    "@mapbox/point-geometry",
    "@mapbox/vector-tile",
    "color2k",
    "fflate",
    "pbf",
    "potpack",
    "quickselect",
    "rbush",
  ],
  supercluster: ["kdbush"],
};

const folderOf = (name) => path.join(root, "node_modules", name);
const describe = (name) => JSON.parse(readFileSync(path.join(folderOf(name), "package.json"), "utf8"));

function licenceText(name) {
  const file = readdirSync(folderOf(name)).find((entry) => /^licen[sc]e/i.test(entry));
  return `${name} ${describe(name).version}\n\n${readFileSync(path.join(folderOf(name), file), "utf8").trim()}\n`;
}

rmSync(target, { recursive: true, force: true });
mkdirSync(path.join(target, "licences"), { recursive: true });
const files = {};
for (const [name, paths] of Object.entries(wanted)) {
  const { version, license } = describe(name);
  const licences = [name, ...(contained[name] ?? [])].map(licenceText).join("\n");
  writeFileSync(path.join(target, "licences", `${name}.txt`), licences);
  for (const source of paths) {
    const bytes = readFileSync(path.join(folderOf(name), source));
    const integrity = `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
    copyFileSync(path.join(folderOf(name), source), path.join(target, path.basename(source)));
    const url = `${cdn}/${name}@${version}/${source}`;
    files[path.basename(source)] = { package: name, version, licence: license, url, integrity };
  }
}
writeFileSync(manifest, `${JSON.stringify(files, null, 2)}\n`);

/** What the bundle was made of, as `assets.digest_of` finds it: a checkout whose modules have changed does not use it. */
function digestOf(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".js"));
  const hash = createHash("sha256");
  for (const name of names.map((found) => found.replaceAll(path.sep, "/")).sort()) {
    hash
      .update(`${name}\0`)
      .update(readFileSync(path.join(folder, name)))
      .update("\0");
  }
  return hash.digest("hex");
}

const { outputFiles } = await build({
  entryPoints: [path.join(page, "main.js")],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  banner: { js: `"use strict";` },
  legalComments: "none",
  write: false,
});
writeFileSync(path.join(target, "page.js"), `// ${digestOf(page)}\n${outputFiles[0].text}`);
