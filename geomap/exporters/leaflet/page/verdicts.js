// What a reader decides on this page: rows of a file that geomap map --corrections takes. Nothing is sent anywhere.
import { toCsv } from "./downloads.js";

/** The columns that geomap.corrections.files reads. */
const COLUMNS = [
  ...["document", "about", "words", "start", "end", "mention_start", "verdict", "entry_id", "latitude", "longitude"],
  ...["event_sub_type", "who", "when", "why"],
];
const POINT = /^\s*([+-]?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*$/;
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

/** Which event a row speaks of: one that a trigger tells at a mention, `shared` if the trigger tells others, too. */
export function eventTarget(model, { mention, start, words, shared }) {
  const at = mentionTarget(model, mention);
  const where = shared ? { mention_start: at.start } : {};
  return { document: at.document, about: "event", words, start, end: start + codePoints(words), ...where };
}

/** "geonames:706483" or "50.0, 36.2" as the cells of a place; null for anything else. */
export function placeCells(text) {
  const entry = ENTRY.exec(text);
  if (entry) return { entry_id: entry[1] };
  const [latitude, longitude] = (POINT.exec(text) ?? []).slice(1).map(Number);
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? { latitude, longitude } : null;
}

/** An apostrophe that stands before a formula is given one more: reading the file takes away one. */
const guarded = (cell) => (typeof cell === "string" && /^'+[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell);

/** Rows as the file, in the order in which they were decided. */
export function correctionsCsv(rows) {
  return toCsv(rows.map((row) => Object.fromEntries(COLUMNS.map((name) => [name, guarded(row[name] ?? "")]))));
}

/** The verdicts of a page: one a mention or event, the last one; `changed` is called after each. */
export function createVerdicts(changed = () => {}) {
  const rows = new Map();
  let unsaved = false;
  const keyOf = (target) => JSON.stringify(["document", "about", "start", "mention_start"].map((key) => target[key]));
  const note = () => {
    unsaved = rows.size > 0;
    changed();
  };
  return {
    /** Decide on a target: what is said (`verdict` and cells), whether in every report, by whom, when and why. */
    give(target, said, { always = false, ...facts } = {}) {
      const everywhere = { document: "any", start: "", end: "", mention_start: "" };
      rows.delete(keyOf(target)); // What is decided anew comes last.
      rows.set(keyOf(target), { ...target, ...(always ? everywhere : {}), ...said, ...facts });
      note();
    },
    take(target) {
      rows.delete(keyOf(target));
      note();
    },
    /** What was decided on a target; null for nothing. */
    of: (target) => rows.get(keyOf(target)) ?? null,
    rows: () => [...rows.values()],
    isUnsaved: () => unsaved,
    saved() {
      unsaved = false;
      changed();
    },
  };
}
