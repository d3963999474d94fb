// What a reader decides on this page: rows of a file that geomap map --corrections takes. Nothing is sent anywhere.
import { toCsv } from "./downloads.js";
import { typeWords } from "./events.js";
import { say } from "../words/say.js";

/** The columns that geomap.corrections.corrections_file reads. */
const COLUMNS = [
  ...["document", "about", "words", "start", "end", "mention_start", "verdict", "entry_id", "latitude", "longitude"],
  ...["event_sub_type", "event_date", "fatalities_low", "fatalities_high", "same_start", "same_mention_start"],
  ...["who", "when", "why"],
];
const POINT = /^\s*([+-]?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*$/;
/** What to say of a text that is no place. */
export const placeWanted = () => say("judge.place_wanted", { entry: "geonames:706483", point: "50.0, 36.2" });
const ENTRY = /^\s*([A-Za-z][\w.-]*:[^\s,;]+)\s*$/;

/** How many code points a text has, as files of corrections count. */
export function codePoints(text) {
  let count = 0;
  for (const _ of text) count += 1; // eslint-disable-line no-unused-vars
  return count;
}

/** Which mention a row speaks of. */
export function mentionTarget(model, mention) {
  const report = model.documents[model.mentions.document[mention]];
  const words = model.mentionText(mention);
  const start = codePoints(report.text.slice(0, model.mentions.start[mention]));
  return { document: report.id, about: "mention", words, start, end: start + codePoints(words) };
}

/** Which event a row speaks of: one that a trigger tells, at a mention if it is `shared`: the trigger tells others, too. */
export function eventTarget(model, { document, mention, start, words, shared }) {
  const where = shared && mention >= 0 ? { mention_start: mentionTarget(model, mention).start } : {};
  return {
    document: model.documents[document].id,
    about: "event",
    words,
    start,
    end: start + codePoints(words),
    ...where,
  };
}

/** "geonames:706483" or "50.0, 36.2" as the cells of a place; null for anything else. */
export function placeCells(text) {
  const entry = ENTRY.exec(text);
  if (entry) return { entry_id: entry[1] };
  const [latitude, longitude] = (POINT.exec(text) ?? []).slice(1).map(Number);
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}

const isRealDay = (text) => {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};
const isWhole = (text) => /^\d{1,9}$/.test(text);

/** What is right of an event, as {cells} of a row, or {problem} in words; an empty text leaves a fact as it is. */
export function eventCells({ type = "", day = "", low = "", high = "", place = "" }) {
  const days = day.split("/");
  if (day && (days.length > 2 || !days.every(isRealDay) || days[0] > days[days.length - 1]))
    return { problem: say("judge.day_wanted", { day: "2024-08-06", days: "2024-08-05/2024-08-11" }) };
  const [least, most] = [low || high, high || low];
  if (least && !(isWhole(least) && isWhole(most) && Number(least) <= Number(most)))
    return { problem: say("judge.deaths_wanted") };
  const where = place && placeCells(place);
  if (where === null) return { problem: placeWanted() };
  const toll = least ? { fatalities_low: Number(least), fatalities_high: Number(most) } : {};
  const cells = { ...(type && { event_sub_type: type }), ...(day && { event_date: day }), ...toll, ...where };
  return Object.keys(cells).length ? { cells: { verdict: "event", ...cells } } : { problem: say("judge.fact_wanted") };
}

/** Why a row cannot hold for every report; "" when it can. */
export const whyNotAlways = ({ about }, cells) =>
  about === "event" && !Object.keys(cells).every((name) => ["verdict", "event_sub_type"].includes(name))
    ? say("judge.not_always")
    : "";

/** Verdicts on two events, and how each goes on. */
const OF_TWO = { same: "judge.same_as", apart: "judge.apart_from" };

/** A row in words: what was decided. */
export function verdictWords({ verdict, entry_id: entry, latitude, longitude, ...row }) {
  const point = latitude === undefined ? "" : `${latitude}, ${longitude}`;
  const { fatalities_low: low, fatalities_high: high, same_start: same } = row;
  const toll =
    low === undefined
      ? ""
      : low === high
        ? say("judge.killed", { count: low })
        : say("judge.killed_range", { low, count: high });
  const facts = [
    entry,
    point,
    row.event_sub_type && typeWords(row.event_sub_type),
    row.event_date,
    toll,
    same === undefined ? "" : say(OF_TWO[verdict], { at: same }),
  ];
  return [say(`verdict.${verdict}`), ...facts.filter(Boolean)].join("; ");
}

/** An apostrophe that stands before a formula is given one more: reading the file takes away one. */
const guarded = (cell) => (typeof cell === "string" && /^'+[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

/** Rows as the file, in the order in which they were decided. */
export function correctionsCsv(rows) {
  return toCsv(rows.map((row) => Object.fromEntries(COLUMNS.map((name) => [name, guarded(row[name] ?? "")]))));
}

const PLACE_CELLS = ["entry_id", "latitude", "longitude"];

/** What is said of an event adds up: a new row keeps the facts of the one before that it does not give itself. */
function addedUp(before, said) {
  if (before?.verdict !== "event" || said.verdict !== "event") return said;
  const facts = ["event_sub_type", "event_date", "fatalities_low", "fatalities_high"];
  const kept = PLACE_CELLS.some((name) => name in said) ? facts : [...facts, ...PLACE_CELLS];
  return { ...Object.fromEntries(kept.filter((name) => name in before).map((name) => [name, before[name]])), ...said };
}

/**
 * The verdicts of a page: one a mention or event, the last one, and beside it that an event is the same as another or not;
 * `changed` is called after each.
 */
export function createVerdicts(changed = () => {}) {
  const rows = new Map();
  let unsaved = false;
  const keyOf = (target, slot = "") =>
    JSON.stringify([...["document", "about", "start", "end", "mention_start"].map((name) => target[name]), slot]);
  const note = () => {
    unsaved = rows.size > 0;
    changed();
  };
  const every = (target) => ["", "same"].map((slot) => rows.get(keyOf(target, slot))).filter(Boolean);
  return {
    /** Decide on a target: what is said (`verdict` and cells), whether in every report, by whom, when and why. */
    give(target, said, { always = false, ...facts } = {}) {
      const key = keyOf(target, said.verdict in OF_TWO ? "same" : "");
      const everywhere = { document: "any", start: "", end: "", mention_start: "" };
      const before = rows.get(key);
      const whole = before?.document === "any" || always ? said : addedUp(before, said);
      rows.delete(key); // What is decided anew comes last.
      rows.set(key, { ...target, ...(always ? everywhere : {}), ...whole, ...facts });
      note();
    },
    take(target) {
      for (const slot of ["", "same"]) rows.delete(keyOf(target, slot));
      note();
    },
    /** What was decided on a target; null for nothing. */
    of: (target) => rows.get(keyOf(target)) ?? null,
    /** That, and what it is the same as or not. */
    every,
    rows: () => [...rows.values()],
    isUnsaved: () => unsaved,
    saved() {
      unsaved = false;
      changed();
    },
  };
}

/** What is said of an event that is one. */
const CONFIRMING = new Set(["verified", "event"]);

/** What the verdicts given here mean for the incidents of a page. */
export function judgementsOf(model, verdicts) {
  /** What was decided here on the event of a telling; null for nothing. */
  function verdictOn(n) {
    const telling = model.factOf(n);
    return telling ? verdicts.of(eventTarget(model, telling)) : null;
  }

  /** Of an incident, whether anybody confirmed or put right here what tells of it, or where it was. */
  function isConfirmed(i) {
    const { tellingsOf, tellings } = model.incidents;
    const isPlace = (at) => at >= 0 && verdicts.of(mentionTarget(model, at))?.verdict === "place";
    return tellingsOf(i).some((n) => CONFIRMING.has(verdictOn(n)?.verdict) || isPlace(tellings.mention[n]));
  }

  /** Whether a reader said here of all that tells of an incident that it is no event. */
  function isDenied(i) {
    if (!verdicts.rows().length) return false;
    return model.incidents.tellingsOf(i).every((n) => verdictOn(n)?.verdict === "wrong");
  }

  /** The incidents that a report which was corrected here tells of. */
  function judged() {
    const ids = new Set(verdicts.rows().map(({ document }) => document));
    const { owner, tellings } = model.incidents;
    const found = new Set();
    if (ids.size) owner.forEach((i, n) => ids.has(model.documents[tellings.document[n]]?.id) && found.add(i));
    return [...found];
  }

  return { judged, isConfirmed, isDenied };
}
