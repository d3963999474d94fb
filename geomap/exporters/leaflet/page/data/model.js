// Reads the data blocks of the page and answers questions about them.
import { byId } from "../dom.js";
import { NO_DAY, dayNumber } from "./calendar.js";
import { indexBy } from "./columns.js";
import { kindOfType } from "./events.js";
import { createIncidents, tellingFacts } from "./incidents.js";
import { createReports, createTexts } from "./reports.js";

export const LITERAL = 0;

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
  const typed = ([name, values]) => [name, SMALL.has(name) ? new Uint8Array(values) : new Int32Array(values)];
  return Object.fromEntries(Object.entries(mentions).map(typed));
}

/** What is counted: each incident, and each mention that tells of none, whose kind is 0; `row` is the number of either. */
function unitsOf(incidents, mentions) {
  let size = incidents.count;
  for (let i = 0; i < mentions.place.length; i++) if (!incidents.isTelling(i)) size += 1;
  const units = {
    incidents: incidents.count,
    row: new Int32Array(size),
    eventKind: new Uint8Array(size),
    place: new Int32Array(size),
    firstDay: new Int32Array(size),
    lastDay: new Int32Array(size),
  };
  for (let i = 0; i < incidents.count; i++) units.row[i] = i;
  units.eventKind.set(incidents.kind);
  for (const name of ["place", "firstDay", "lastDay"]) units[name].set(incidents[name]);
  let unit = incidents.count;
  for (let i = 0; i < mentions.place.length; i++) {
    if (incidents.isTelling(i)) continue;
    units.row[unit] = i;
    units.place[unit] = mentions.place[i];
    units.firstDay[unit] = mentions.firstDay[i];
    units.lastDay[unit] = mentions.lastDay[i];
    unit += 1;
  }
  return units;
}

const textsOf =
  ({ texts }) =>
  (n) =>
    texts[n];

/**
 * Wrap the data: columns stay columns. Mentions are in the order of their reports, and in a report in text order. No function
 * of the model may hold `page` itself, whose lists of numbers take several times the room of the columns made of them.
 */
export function createModel(page, textOf = textsOf(page)) {
  const { mentions: given, sentences, tellings, incidents: happened, ...data } = page;
  const mentions = typedColumns(given);
  const documents = createReports(data.documents, sentences, textOf);
  const count = mentions.place.length;
  const byDocument = indexBy(mentions.document, documents.length);
  const byPlace = indexBy(mentions.place, data.places.length);
  const kinds = data.events.map(([type]) => kindOfType(type));
  const eventKind = new Uint8Array(count);
  for (let i = 0; i < count; i++) eventKind[i] = mentions.at[i] ? kinds[mentions.event[i]] : 0;
  const { first: firstDay, last: lastDay } = daysOf(data, mentions);
  const incidents = createIncidents({ ...data, incidents: happened, tellings }, { kinds, mentions });
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
    mentionsAt: (place) => byPlace.rows.subarray(byPlace.first[place], byPlace.first[place + 1]),
    incidents,
    /** What the map and the timeline count; see `unitsOf`. */
    units: unitsOf(incidents, { place: mentions.place, firstDay, lastDay }),
    /** What a telling says that can be corrected, and all of a report; see `tellingFacts`. */
    ...tellingFacts(incidents, documents.length),
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
