// Reads the data blocks of the page and answers questions about them.
import { byId } from "../dom.js";
import { kindOfType } from "./events.js";
import { createReports, createTexts } from "./reports.js";

export const LITERAL = 0;
/** The day of what has no date: before all others. */
export const NO_DAY = -(2 ** 31);

/** Days since 1970-01-01 of an ISO 8601 date; `NO_DAY` when it is none. */
export function dayNumber(date) {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
  return Number.isNaN(time) ? NO_DAY : time / 86400000;
}

/** The first and last day of each mention: of its event, else the day of its report. */
function daysOf({ documents, dates }, { document, date }) {
  const published = documents.published.map(dayNumber);
  const said = dates.map((day) => day.split("/").map(dayNumber));
  const first = new Int32Array(date.length);
  const last = new Int32Array(date.length);
  for (let i = 0; i < first.length; i++) {
    const [start, end] = said[date[i]];
    const day = published[document[i]];
    first[i] = start === NO_DAY ? day : start;
    last[i] = start === NO_DAY ? day : (end ?? start);
  }
  return { first, last };
}

function decodeBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** The bytes of a block of data, unpacked. */
async function readBytes(id) {
  const block = byId(id);
  if (block.type === "application/json") return new TextEncoder().encode(block.textContent);
  const packed = new Blob([/** @type {BlobPart} */ (decodeBase64(block.textContent))]);
  return new Uint8Array(await new Response(packed.stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
}

/** Read a JSON block, gzipped or not. */
export async function readBlock(id) {
  return JSON.parse(new TextDecoder().decode(await readBytes(id)));
}

/** Read a block with one text a line; see `createTexts`. */
export async function readTexts(id) {
  return createTexts(await readBytes(id));
}

const SMALL = new Set([
  "confidence",
  "role",
  "boilerplate",
  "at",
  "date_precision",
  "geo_precision",
  "where_precision",
]);

/** The columns of the mentions as arrays of numbers that take one or four bytes each. */
function typedColumns(mentions) {
  const typed = ([name, values]) => [name, SMALL.has(name) ? Uint8Array.from(values) : Int32Array.from(values)];
  return Object.fromEntries(Object.entries(mentions).map(typed));
}

/** The mentions sorted by a column of numbers from 0 (-1 for none): those of number n lie from first[n] to first[n + 1]. */
function indexBy(column, size) {
  const first = new Int32Array(size + 1);
  for (const n of column) if (n >= 0) first[n + 1] += 1;
  for (let n = 0; n < size; n++) first[n + 1] += first[n];
  const next = first.slice();
  const mentions = new Int32Array(first[size]);
  for (let i = 0; i < column.length; i++) if (column[i] >= 0) mentions[next[column[i]]++] = i;
  return { first, mentions };
}

/** The events of all incidents by the mention they happened at; `shared` where their trigger tells others, too. */
function tellingsOf(incidents, documents) {
  const every = incidents.flatMap(({ tellings = [] }) => tellings);
  const keyOf = ([mention, start]) => `${documents[mention]}/${start}`;
  const times = new Map();
  for (const telling of every) times.set(keyOf(telling), (times.get(keyOf(telling)) ?? 0) + 1);
  const at = new Map();
  for (const telling of every) {
    const [mention, start, words, subType] = telling;
    const told = { mention, start, words, sub_type: subType, shared: times.get(keyOf(telling)) > 1 };
    at.set(mention, [...(at.get(mention) ?? []), told]);
  }
  return at;
}

/** Wrap the data: columns stay columns. Mentions are in the order of their reports, and in a report in text order. */
export function createModel(data, textOf = (n) => data.texts[n]) {
  const mentions = typedColumns(data.mentions);
  const documents = createReports(data.documents, data.sentences, textOf);
  const count = mentions.place.length;
  const byDocument = indexBy(mentions.document, documents.length);
  const byPlace = indexBy(mentions.place, data.places.length);
  const incidents = data.incidents ?? [];
  const incidentsByPlace = indexBy(
    Int32Array.from(incidents, ({ place }) => place),
    data.places.length,
  );
  const tellings = tellingsOf(incidents, mentions.document);
  const kinds = data.events.map(([type]) => kindOfType(type));
  const eventKind = new Uint8Array(count);
  for (let i = 0; i < count; i++) eventKind[i] = mentions.at[i] ? kinds[mentions.event[i]] : 0;
  const { first: firstDay, last: lastDay } = daysOf(data, mentions);
  const isTold = (mention) => Boolean(data.places[mentions.place[mention]]?.basis);

  return {
    ...data,
    documents,
    mentions,
    count,
    /** For each mention the number in `EVENT_KINDS` of the event that happened there, 0 for none. */
    eventKind,
    /** For each mention the first and the last day of its event or else of its report, `NO_DAY` for none. */
    firstDay,
    lastDay,
    /** Type and sub-type of the event of a mention's sentence, and whether it happened there. */
    eventOf: (mention) => {
      const [type, subType] = data.events[mentions.event[mention]];
      return { type, subType, here: mentions.at[mention] === 1, date: data.dates[mentions.date[mention]] };
    },
    /** How many different entries some places are of: "near" a place is another dot of the same one. */
    entriesOf: (places) => new Set(Array.from(places, (place) => data.places[place].entry)).size,
    mentionsOf: (document) => {
      const from = byDocument.first[document];
      return Array.from({ length: byDocument.first[document + 1] - from }, (_, n) => from + n);
    },
    /** The numbers of all mentions of a place, shown or not. */
    mentionsAt: (place) => byPlace.mentions.subarray(byPlace.first[place], byPlace.first[place + 1]),
    /** The incidents at a place: {event, first, last, reports, sources, mentions, source_of, …}, in the order of the table. */
    incidentsAt(place) {
      const { first, mentions: numbers } = incidentsByPlace;
      return Array.from(numbers.subarray(first[place], first[place + 1]), (n) => incidents[n]);
    },
    /** Type and sub-type of an incident. */
    incidentEvent: ({ event }) => ({ type: data.events[event][0], subType: data.events[event][1] }),
    /** The events that are told to have happened at a mention: {mention, start, words, sub_type, shared}. */
    tellingsAt: (mention) => tellings.get(mention) ?? [],
    sentenceSpan: (document, sentence) => documents[document].span(sentence),
    sentenceText(mention) {
      const report = documents[mentions.document[mention]];
      return report.text.slice(...report.span(mentions.sentence[mention]));
    },
    mentionText(mention) {
      return documents[mentions.document[mention]].text.slice(mentions.start[mention], mentions.end[mention]);
    },
    /** Whether the gazetteer does not have the place of a mention: the text alone tells where it is. */
    isTold,
    /** Whether a mention is too unsure to be drawn like others; `doubt_below` comes with the data, in per cent. */
    isDoubtful: (mention) => !isTold(mention) && mentions.confidence[mention] < data.doubt_below,
    relationOf: (mention) => data.relations[mentions.relation[mention]],
    alternativesOf: (mention) => data.alternatives[mentions.alternatives[mention]].map((n) => data.candidates[n]),
    titleOf: (document) => documents[document].title || documents[document].id,
  };
}
