// Reads the data blocks of the page and answers questions about them.
import { byId } from "./dom.js";
import { kindOfType } from "./events.js";

export const LITERAL = 0;
export const LOW_CONFIDENCE = 60;
/** The day of what has no date: before all others. */
export const NO_DAY = -(2 ** 31);

/** Days since 1970-01-01 of an ISO 8601 date; `NO_DAY` when it is none. */
export function dayNumber(date) {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
  return Number.isNaN(time) ? NO_DAY : time / 86400000;
}

/** The first and last day of each mention: of its event, else the day of its report. */
function daysOf({ documents, dates, mentions }) {
  const published = documents.map((report) => dayNumber(report.published));
  const said = dates.map((date) => date.split("/").map(dayNumber));
  const first = new Int32Array(mentions.date.length);
  const last = new Int32Array(mentions.date.length);
  for (let i = 0; i < first.length; i++) {
    const [start, end] = said[mentions.date[i]];
    const day = published[mentions.document[i]];
    first[i] = start === NO_DAY ? day : start;
    last[i] = start === NO_DAY ? day : (end ?? start);
  }
  return { first, last };
}

/** Read a JSON block, gzipped or not. */
export async function readBlock(id) {
  const block = byId(id);
  if (block.type === "application/json") return JSON.parse(block.textContent);
  const bytes = Uint8Array.from(atob(block.textContent), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/** Wrap the data: columns stay columns, with the mentions of each report in text order beside them. */
export function createModel(data) {
  const { documents, mentions } = data;
  const count = mentions.place.length;
  const byDocument = documents.map(() => []);
  for (let i = 0; i < count; i++) byDocument[mentions.document[i]].push(i);
  for (const list of byDocument) list.sort((a, b) => mentions.start[a] - mentions.start[b] || a - b);

  const kinds = data.events.map(([type]) => kindOfType(type));
  const eventKind = Uint8Array.from(mentions.event, (event, i) => (mentions.at[i] ? kinds[event] : 0));
  const { first: firstDay, last: lastDay } = daysOf(data);

  const sentenceSpan = (document, sentence) => {
    const { start, end } = documents[document].sentences;
    return [start[sentence], end[sentence]];
  };
  return {
    ...data,
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
    notFound: mentions.place.filter((place) => place < 0).length,
    mentionsOf: (document) => byDocument[document],
    sentenceSpan,
    sentenceText(mention) {
      const document = mentions.document[mention];
      return documents[document].text.slice(...sentenceSpan(document, mentions.sentence[mention]));
    },
    mentionText(mention) {
      return documents[mentions.document[mention]].text.slice(mentions.start[mention], mentions.end[mention]);
    },
    relationOf: (mention) => data.relations[mentions.relation[mention]],
    alternativesOf: (mention) => data.alternatives[mentions.alternatives[mention]],
    titleOf: (document) => documents[document].title || documents[document].id,
  };
}
