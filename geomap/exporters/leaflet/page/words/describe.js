// Says in words what a place is and how a mention uses it.

const CODES = {
  PPLC: "Capital",
  PPLA: "City",
  PPLX: "District of a town",
  PPLH: "Former settlement",
  PPLQ: "Abandoned settlement",
  ADM1: "Region",
  ADM2: "District",
  CONT: "Continent",
  RGN: "Region",
  SEA: "Sea",
  OCN: "Ocean",
  GULF: "Gulf",
  BAY: "Bay",
  STRT: "Strait",
  STM: "River",
  LK: "Lake",
  RSV: "Reservoir",
  ISL: "Island",
  ISLS: "Islands",
  PEN: "Peninsula",
  MT: "Mountain",
  MTS: "Mountains",
  DSRT: "Desert",
  AIRP: "Airport",
  AIRB: "Air base",
};

/** "Town", "River", "Country": from the feature code, and the population where the code does not say. */
function kindWord({ code, kind, population }) {
  if (CODES[code]) return CODES[code];
  if (kind === "country") return "Country";
  if (code.startsWith("ADM")) return "Administrative unit";
  if (code.startsWith("RGN")) return "Region";
  if (!code.startsWith("PPL")) return kind === "area" ? "Area" : "Place";
  if (population >= 100000) return "City";
  return population >= 5000 ? "Town" : "Settlement";
}

let regionNames = null;

/** English name of a country by its ISO 3166-1 alpha-2 code, or the code itself. */
export function countryName(code) {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  try {
    regionNames ??= new Intl.DisplayNames(["en"], { type: "region" });
    return regionNames.of(code) ?? code;
  } catch {
    return code;
  }
}

/** Tell whether a marker stands for somewhere around it: "20 km south of Sudzha". */
export const isAbout = (place) => place.kind === "point" && place.radius_km > 0;

/** Where a place is that the gazetteer does not have, by the text: "north-east of Kharkiv"; "" for all others. */
export function toldWords({ basis, words }) {
  if (!basis) return "";
  return words || (basis === "coordinates" ? "coordinates given in the text" : "told by the text");
}

/** ", doubtful" or ", not in the gazetteer": how a sign is drawn, for those who do not see it. */
export function stateWords(place, group) {
  if (place.basis === "coordinates") return `, ${toldWords(place)}`;
  if (place.basis) return `, not in the gazetteer, ${toldWords(place)}`;
  return group.literal && group.doubtful ? ", doubtful" : "";
}

/** What a place is called on the map: its name, with the words that lead away from it. */
export function placeTitle(place) {
  return isAbout(place) && place.relation ? `${place.relation} ${place.name}` : place.name;
}

/** "about 12 km", "about 300 m". */
export function distanceWords(kilometres) {
  if (kilometres < 1) return `about ${Math.max(100, Math.round(kilometres * 10) * 100)} m`;
  return `about ${kilometres < 10 ? Math.round(kilometres * 10) / 10 : Math.round(kilometres)} km`;
}

/** "Town, Kursk Oblast, Russia"; "Not in the gazetteer, north-east of Kharkiv". */
export function contextOf(place, base) {
  if (place.basis === "coordinates") return toldWords(place).replace(/^./u, (letter) => letter.toUpperCase());
  if (place.basis) return `Not in the gazetteer, ${toldWords(place)}`;
  const country = place.kind === "country" ? "" : base.countryName(place.country);
  const region = place.kind === "point" || place.kind === "area" ? base.admin1Name(place) : "";
  return [kindWord(place), region === place.name ? "" : region, country].filter(Boolean).join(", ");
}

const ROLE_NOTES = [
  "",
  "Names a government or an organisation, not where something happened",
  "Describes something else, as in “Russian forces”",
  "Part of another name, as in “The Moscow Times”",
];

/** What a reader has to know about a mention that is not simply "in this place". */
export function mentionNotes(model, mention) {
  const relation = model.relationOf(mention);
  const place = model.places[model.mentions.place[mention]];
  return [
    relation && place && !isAbout(place) ? `The text says “${relation}”: the map shows the place itself` : "",
    ROLE_NOTES[model.mentions.role[mention]],
    model.mentions.boilerplate[mention] ? "In a caption, teaser or other part of the page that is not the story" : "",
  ].filter(Boolean);
}

/** "Oleksandrivka (Kirovohrad Oblast, Ukraine)". */
export function alternativeWords(other, base) {
  const region = other.admin1_name || base.admin1Name(other);
  const context = [region, base.countryName(other.country)].filter(Boolean).join(", ");
  return context ? `${other.name} (${context})` : other.name;
}
