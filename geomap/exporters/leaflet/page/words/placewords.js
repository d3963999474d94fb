// Says in words what a place is and how a mention uses it.
import { localeOfWords, say } from "./say.js";
import { asHeading, sideBySide } from "./text.js";

/** What feature codes of GeoNames are called, as the end of a key of the table. */
const CODES = {
  PPLC: "capital",
  PPLA: "city",
  PPLX: "town_district",
  PPLH: "former_settlement",
  PPLQ: "abandoned_settlement",
  ADM1: "region",
  ADM2: "district",
  CONT: "continent",
  RGN: "region",
  SEA: "sea",
  OCN: "ocean",
  GULF: "gulf",
  BAY: "bay",
  STRT: "strait",
  STM: "river",
  LK: "lake",
  RSV: "reservoir",
  ISL: "island",
  ISLS: "islands",
  PEN: "peninsula",
  MT: "mountain",
  MTS: "mountains",
  DSRT: "desert",
  AIRP: "airport",
  AIRB: "air_base",
};

/** What a place is: from the feature code, and the population where the code does not say. */
function kindOfPlace({ code, kind, population }) {
  if (Object.hasOwn(CODES, code)) return CODES[code];
  if (kind === "country") return "country";
  if (code.startsWith("ADM")) return "unit";
  if (code.startsWith("RGN")) return "region";
  if (!code.startsWith("PPL")) return kind === "area" ? "area" : "place";
  if (population >= 100000) return "city";
  return population >= 5000 ? "town" : "settlement";
}

/** "Town", "River", "Country". */
const kindWord = (place) => say(`place.${kindOfPlace(place)}`);

const regionNames = new Map();

/** The name of a country by its ISO 3166-1 alpha-2 code in the language of the page, or the code itself. */
export function countryName(code) {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  try {
    const locale = localeOfWords();
    if (!regionNames.has(locale)) regionNames.set(locale, new Intl.DisplayNames([locale], { type: "region" }));
    return regionNames.get(locale).of(code) ?? code;
  } catch {
    return code;
  }
}

/** Tell whether a marker stands for somewhere around it: "20 km south of Sudzha". */
export const isAbout = (place) => place.kind === "point" && place.radius_km > 0;

/** Where a place is that the gazetteer does not have, by the text: "north-east of Kharkiv"; "" for all others. */
export function toldWords({ basis, words }) {
  if (!basis) return "";
  return words || say(basis === "coordinates" ? "told.coordinates" : "told.text");
}

/** ", doubtful" or ", not in the gazetteer": how a sign is drawn, for those who do not see it. */
export function stateWords(place, group) {
  const said = (words) => `${say("comma")}${words}`;
  if (place.basis === "coordinates") return said(toldWords(place));
  if (place.basis) return said(sideBySide([say("told.missing"), toldWords(place)]));
  return group.literal && group.doubtful ? said(say("doubt.doubtful")) : "";
}

/** What a place is called on the map: its name, with the words that lead away from it. */
export function placeTitle(place) {
  return isAbout(place) && place.relation ? `${place.relation} ${place.name}` : place.name;
}

/** "about 12 km", "about 300 m". */
export function distanceWords(kilometres) {
  if (kilometres < 1) return say("distance.metres", { count: Math.max(100, Math.round(kilometres * 10) * 100) });
  return say("distance.kilometres", {
    count: kilometres < 10 ? Math.round(kilometres * 10) / 10 : Math.round(kilometres),
  });
}

/** "Town, Kursk Oblast, Russia"; "Not in the gazetteer, north-east of Kharkiv". */
export function contextOf(place, base) {
  if (place.basis === "coordinates") return asHeading(toldWords(place));
  if (place.basis) return sideBySide([asHeading(say("told.missing")), toldWords(place)]);
  const country = place.kind === "country" ? "" : base.countryName(place.country);
  const region = place.kind === "point" || place.kind === "area" ? base.admin1Name(place) : "";
  return sideBySide([kindWord(place), region === place.name ? "" : region, country]);
}

/** What there is to say of a role, by its number. */
const ROLE_NOTES = ["", "note.metonymic", "note.modifier", "note.embedded"];

/** What a reader has to know about a mention that is not simply "in this place". */
export function mentionNotes(model, mention) {
  const relation = model.relationOf(mention);
  const role = model.mentions.role[mention];
  const place = model.places[model.mentions.place[mention]];
  return [
    relation && place && !isAbout(place) ? say("note.relation", { relation }) : "",
    role ? say(ROLE_NOTES[role]) : "",
    model.mentions.boilerplate[mention] ? say("note.boilerplate") : "",
  ].filter(Boolean);
}

/** "Oleksandrivka (Kirovohrad Oblast, Ukraine)". */
export function alternativeWords(other, base) {
  const region = other.admin1_name || base.admin1Name(other);
  const context = sideBySide([region, base.countryName(other.country)]);
  return context ? `${other.name} (${context})` : other.name;
}
