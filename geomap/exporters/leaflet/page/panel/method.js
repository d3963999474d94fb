// How this map was made, how far to trust it, what it leaves out, and whose data it is.
import { byId, el } from "../dom.js";
import { hasWords, say } from "../words/say.js";
import { asHeading, countOf, numberWords, percentWords, sideBySide } from "../words/text.js";

/** The lines of a section: the strings "method.<section>.1", "method.<section>.2" … of the table. */
function stringsOf(section, values) {
  const lines = [];
  while (hasWords(`method.${section}.${lines.length + 1}`))
    lines.push(say(`method.${section}.${lines.length + 1}`, values));
  return lines;
}

/** How much of what is on the map is doubtful, and how much the text alone tells; nothing of what there is none. */
function shownRows({ doubtful_places: doubtful, told }, bar) {
  return [
    [doubtful, say("method.doubtful", { count: doubtful ?? 0, percent: percentWords(bar) })],
    [told, say("method.told", { count: told ?? 0 })],
  ].flatMap(([count, words]) => (count ? [[numberWords(count), words]] : []));
}

/** The counts that the page was made with: what is on the map when it opens, and what is not, by why. */
export function countRows({ counts, doubt_below: bar }) {
  const row = (name, keys, values = {}) => {
    const count = keys.reduce((sum, key) => sum + (counts[key] ?? 0), 0);
    return [numberWords(count), say(`method.count.${name}`, { count, ...values })];
  };
  const found = { reports: countOf(counts.reports, "in reports"), places: countOf(counts.places, "of places") };
  const rows = [
    row("mentions", ["mentions"], found),
    row("shown", ["shown"], { places: countOf(counts.shown_places, "at places") }),
    ...shownRows(counts, bar),
    row("nil", ["nil"]),
    row("other_uses", ["metonymic", "modifier", "embedded"]),
    row("boilerplate", ["boilerplate"]),
  ];
  if (counts.no_point) rows.push(row("no_point", ["no_point"]));
  return rows;
}

/** The name of a fact that the maker of the page tells: of the table, or else as it is written there. */
function factName(key) {
  if (hasWords(`fact.${key}`)) return say(`fact.${key}`);
  const source = /^gazetteer_(.+)/.exec(key);
  return source ? say("fact.gazetteer.of", { source: source[1] }) : asHeading(key.replaceAll("_", " "));
}

/** A fact: a number as the language writes it, and the one that stands for a sentence as that. */
function factWords(key, value) {
  if (key === "blur_km") return say("fact.blur_km.value", { km: Number(value) });
  return typeof value === "number" ? numberWords(value) : String(value);
}

/** What the maker of the page says of itself, whatever it holds: names and values, one level at a time. */
export function aboutRows(about) {
  const rows = [];
  for (const [key, value] of Object.entries(about ?? {})) {
    if (value === null || value === undefined || value === "") continue;
    if (Array.isArray(value)) rows.push([factName(key), sideBySide(value.map(String))]);
    else if (typeof value === "object")
      for (const row of aboutRows(value)) rows.push([`${factName(key)}${say("colon")}${row[0]}`, row[1]]);
    else rows.push([factName(key), factWords(key, value)]);
  }
  return rows.filter(([, value]) => value !== "");
}

function sources(model) {
  const fromNetwork = document.querySelector("script[src]") !== null;
  return [
    say("method.data.places", { source: "GeoNames", licence: "CC BY 4.0" }),
    say("method.data.outlines", { source: "Natural Earth" }),
    say("method.data.map", {
      programs: "Leaflet (BSD 2-Clause), supercluster (ISC)",
    }),
    say("method.data.reports"),
    fromNetwork ? say("method.data.network", { host: "cdn.jsdelivr.net" }) : say("method.data.offline"),
    model.generator ? say("method.data.generator", { program: model.generator }) : "",
  ].filter(Boolean);
}

const facts = (rows) =>
  el(
    "dl",
    { class: "gm-facts" },
    rows.flatMap(([name, value]) => [el("dt", {}, name), el("dd", { dir: "auto" }, value)]),
  );

/** Who has looked at the result: nobody, or those whose corrections it holds. */
export const leadOf = (corrections) =>
  `${say("method.lead")} ${say(corrections?.mentions ? "method.lead.corrected" : "method.lead.unchecked")}`;

/** What people corrected: how much of the page, by whom, and one by one what became of it, as far as it was told. */
export function correctionLines(corrections) {
  if (!corrections) return [];
  const { mentions, by, told } = corrections;
  const first = by ? say("method.corrected_by", { count: mentions, names: by }) : countOf(mentions, "corrected");
  return [first, ...told.map(([what, outcome]) => `${what} — ${outcome}.`)];
}

/** @param {import("../types").App} app */
export function fillMethod({ model }) {
  const section = (heading, lines) => [el("h2", {}, heading), lines.map((line) => el("p", { dir: "auto" }, line))];
  const made = aboutRows(model.about);
  const corrected = correctionLines(model.corrections);
  byId("gm-view-method").replaceChildren(
    ...[
      el("p", { class: "gm-lead" }, leadOf(model.corrections)),
      el("h2", {}, say("method.numbers")),
      facts(countRows(model)),
      corrected.length ? section(say("method.corrections"), corrected) : [],
      section(say("events"), stringsOf("events")),
      section(say("method.dates"), stringsOf("dates")),
      section(say("method.places"), stringsOf("places")),
      section(say("method.confidence"), stringsOf("confidence", { percent: percentWords(90) })),
      section(say("method.ethics"), stringsOf("ethics")),
      made.length ? [el("h2", {}, say("method.made_with")), facts(made)] : [],
      section(say("method.data"), sources(model)),
    ].flat(3),
  );
}
