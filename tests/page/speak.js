// Loaded before each test of the page's modules: they speak as a page in English does.
import { readFileSync } from "node:fs";
import path from "node:path";
import { setWords } from "../../geomap/exporters/leaflet/page/words/say.js";

const tables = path.join(import.meta.dirname, "../../geomap/exporters/leaflet/page/words");

/** The table of a language. */
export const tableOf = (language) => JSON.parse(readFileSync(path.join(tables, `${language}.json`), "utf8"));

setWords(tableOf("en"));
