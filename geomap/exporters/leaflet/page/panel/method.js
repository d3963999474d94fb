// How this map was made, how far to trust it, what it leaves out, and whose data it is.
import { byId, el } from "../dom.js";
import { countOf, numberWords } from "../words/text.js";

const EVENTS = [
  "A colour means that a sentence reports an event and says that it happened at that place. Other places in the sentence stay grey.",
  "Kinds and sub-types carry the names that ACLED gives them. A program chose them, not ACLED: these are no ACLED data.",
  "Numbers on the map count mentions: how much was written, not how much happened. An opened place groups the reports that seem to tell of one event.",
];

const DATES = [
  "“On Friday” is read from the day the report was published. A date may be a day, “week of” a day, or a month, as exactly as the text says it.",
  "A sentence without a date takes the day of its report. Where neither has one, it is undated.",
];

const PLACES = [
  "A dot stands at the middle of the named place, not at the spot of an event: a strike “in Kharkiv” may be anywhere in Kharkiv.",
  "“Near” and “20 km south of” move the point and draw a circle for how far off it may be. A region or a country is drawn as an area or a label, never as a dot.",
  "A name that the gazetteer does not have is drawn only if the text tells where it is: “north-east of Kharkiv”, “near Lyman”. Its circle shows how far off it may be: in reports it was tried on, five in six lay inside.",
];

const CONFIDENCE = [
  "90% means: of a hundred places marked so in news, about ninety should be right. It says nothing about whether the report is true.",
  "A place that stays below a bar is doubtful and drawn hollow, with a question mark. Read it as a question, not as an answer.",
  "The figures were fitted on news about all the world. They are too high where many villages share a name; there, look at the other candidates.",
];

const ETHICS = [
  "It says what was reported: not whether it is true, and not who is responsible. Sides are not named, since a sentence rarely settles it.",
  "Places are named by what people write. Where little is written little is seen: an empty part of the map is not a quiet one.",
  "Names and boundaries take no position on sovereignty. Disputed boundaries are dashed.",
  "Before you publish a place where people shelter or are treated, ask whether showing it exactly can harm them.",
];

/** How much of what is on the map is doubtful, and how much the text alone tells; nothing of what there is none. */
function shownRows({ doubtful_places: doubtful, told }, bar) {
  const hollow = `of these places are doubtful: less than ${bar}% sure, drawn hollow with a question mark`;
  const circles = "are not in the gazetteer, and drawn where the text tells: near another place, or at coordinates";
  return [
    [doubtful, hollow],
    [told, circles],
  ].flatMap(([count, words]) => (count ? [[numberWords(count), words]] : []));
}

/** The counts that the page was made with: what is on the map when it opens, and what is not, by why. */
export function countRows({ counts, doubt_below: bar }) {
  const number = (...keys) => numberWords(keys.reduce((sum, key) => sum + (counts[key] ?? 0), 0));
  const rows = [
    [number("mentions"), `mentions in ${countOf(counts.reports, "report")}, of ${countOf(counts.places, "place")}`],
    [number("shown"), `on the map at first, at ${countOf(counts.shown_places, "place")}`],
    ...shownRows(counts, bar),
    [number("nil"), "not found in the gazetteer (NIL), listed under Places"],
    [
      number("metonymic", "modifier", "embedded"),
      "only name a government, describe something or belong to another name: off at first",
    ],
    [number("boilerplate"), "stand in captions, teasers and the like: off at first"],
  ];
  if (counts.no_point) rows.push([number("no_point"), "have coordinates that are none, and are not on the map"]);
  return rows;
}

const words = (key) => (key[0] ?? "").toLocaleUpperCase("en") + key.slice(1).replaceAll("_", " ");

/** What the maker of the page says of itself, whatever it holds: names and values, one level at a time. */
export function aboutRows(about) {
  const rows = [];
  for (const [key, value] of Object.entries(about ?? {})) {
    if (value === null || value === undefined || value === "") continue;
    if (Array.isArray(value)) rows.push([words(key), value.map(String).join(", ")]);
    else if (typeof value === "object")
      for (const row of aboutRows(value)) rows.push([`${words(key)}: ${row[0]}`, row[1]]);
    else rows.push([words(key), typeof value === "number" ? value.toLocaleString("en") : String(value)]);
  }
  return rows.filter(([, value]) => value !== "");
}

function sources(model) {
  const fromNetwork = document.querySelector("script[src]") !== null;
  return [
    "Places: GeoNames, CC BY 4.0, with changes. Name it when you publish from this map.",
    "Outlines: Natural Earth, public domain, simplified and changed.",
    "Map: Leaflet (BSD 2-Clause), supercluster (ISC), topojson-client (ISC).",
    "The reports belong to those who wrote them.",
    fromNetwork
      ? "This copy loads these three programs from cdn.jsdelivr.net, checked by their hashes."
      : "This file holds all it needs and loads nothing, unless you choose an online map.",
    model.generator ? `Made with ${model.generator}.` : "",
  ].filter(Boolean);
}

const facts = (rows) =>
  el(
    "dl",
    { class: "gm-facts" },
    rows.flatMap(([name, value]) => [el("dt", {}, name), el("dd", { dir: "auto" }, value)]),
  );

const LEAD = "A program read the reports, marked the names of places and looked each up in a gazetteer. ";

/** Who has looked at the result: nobody, or those whose corrections it holds. */
export function leadOf(corrections) {
  if (!corrections?.mentions)
    return `${LEAD}Nobody has checked the result: read the sentence and its source before you rely on a place.`;
  return `${LEAD}People corrected or confirmed a part of the result, and nobody has checked the rest: read the sentence and its source before you rely on a place.`;
}

/** What people corrected: how much of the page, by whom, and one by one what became of it, as far as it was told. */
export function correctionLines(corrections) {
  if (!corrections) return [];
  const { mentions, by, told } = corrections;
  const verb = mentions === 1 ? "is" : "are";
  const first = `${countOf(mentions, "mention")} ${verb} placed or dated as people said${by ? `: ${by}` : ""}.`;
  return [first, ...told.map(([what, outcome]) => `${what} — ${outcome}.`)];
}

export function fillMethod({ model }) {
  const section = (heading, lines) => [el("h2", {}, heading), lines.map((line) => el("p", { dir: "auto" }, line))];
  const made = aboutRows(model.about);
  const corrected = correctionLines(model.corrections);
  byId("gm-view-method").replaceChildren(
    ...[
      el("p", { class: "gm-lead" }, leadOf(model.corrections)),
      el("h2", {}, "In numbers"),
      facts(countRows(model)),
      corrected.length ? section("Corrections", corrected) : [],
      section("Events", EVENTS),
      section("Dates", DATES),
      section("Where exactly", PLACES),
      section("Confidence", CONFIDENCE),
      section("With care", ETHICS),
      made.length ? [el("h2", {}, "Made with"), facts(made)] : [],
      section("Data and licences", sources(model)),
    ].flat(3),
  );
}
