// Incidents: what happened, where and when, and what tells of each, as columns of numbers.
import { NO_DAY, dayNumber } from "./calendar.js";
import { indexBy, withNone } from "./columns.js";

/** The deaths of what none are said of. */
export const NO_TOLL = -1;

/** How a toll is said, by number: of just so many, or as open as these words leave it; see `SAID` in incidents.py. */
const SAID = ["", "at_least", "up_to", "about", "some"];

const TEXTS = ["by", "trigger", "sub_type", "days", "said_by"];

/** Where the tellings of each incident begin; one more number ends the last. */
function startsOf(counts) {
  const starts = new Int32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) starts[i + 1] = starts[i] + counts[i];
  return starts;
}

function ownersOf(starts, count) {
  const owners = new Int32Array(count);
  for (let i = 0; i + 1 < starts.length; i++) owners.fill(i, starts[i], starts[i + 1]);
  return owners;
}

/** First and last day of each incident; of one without a date the days on which its reports came out. */
function daysOfIncidents({ first, last }, starts, documents, published) {
  const days = { first: withNone(first, NO_DAY), last: withNone(last, NO_DAY) };
  for (let i = 0; i < days.first.length; i++) {
    if (days.first[i] !== NO_DAY) continue;
    for (let n = starts[i]; n < starts[i + 1]; n++) {
      const day = documents[n] < 0 ? NO_DAY : published[documents[n]];
      if (day === NO_DAY) continue;
      if (days.first[i] === NO_DAY || day < days.first[i]) days.first[i] = day;
      if (day > days.last[i]) days.last[i] = day;
    }
  }
  return days;
}

/** How sure the place of each incident is, by the surest of its mentions there, in per cent; what somebody said is. */
function bestOf({ count, place, owner, tellings: { mention }, confirmedBy }, places, mentions) {
  const best = new Uint8Array(count);
  for (let n = 0; n < mention.length; n++) {
    const [i, at] = [owner[n], mention[n]];
    if (at < 0 || mentions.place[at] !== place[i]) continue;
    const sure = places[place[i]]?.basis ? 100 : mentions.confidence[at];
    if (sure > best[i]) best[i] = sure;
  }
  for (let i = 0; i < count; i++) if (!best[i] && place[i] >= 0 && confirmedBy(i)) best[i] = 100;
  return best;
}

/**
 * Read the incidents of a page. `kinds` has the number in `EVENT_KINDS` of each of its types of events, and `mentions` its
 * columns. Incident i is told by the tellings from `starts[i]` to `starts[i + 1]`.
 */
export function createIncidents(data, { kinds, mentions }) {
  const { told, events } = data;
  const { id: ids, first, last, ...columns } = data.incidents;
  const count = ids.length;
  const isDated = Uint8Array.from(first, (day) => (day === null ? 0 : 1));
  // A function that named `columns` would keep its lists, which take several times the room of arrays of numbers.
  const event = new Int32Array(columns.event);
  const name = new Int32Array(columns.name);
  const by = new Int32Array(columns.by);
  /** @type {Record<string, Int32Array> & { mention: Int32Array }} */
  const tellings = /** @type {any} */ (
    Object.fromEntries(Object.entries(data.tellings).map(([column, values]) => [column, withNone(values, NO_TOLL)]))
  );
  const starts = startsOf(columns.tellings);
  const owner = ownersOf(starts, tellings.mention.length);
  const published = data.documents.published.map(dayNumber);
  const { first: firstDay, last: lastDay } = daysOfIncidents({ first, last }, starts, tellings.document, published);
  const place = new Int32Array(columns.place);
  const [low, high] = [withNone(columns.low, NO_TOLL), withNone(columns.high, NO_TOLL)];
  const byPlace = indexBy(place, data.places.length);
  const byMention = indexBy(tellings.mention, mentions.place.length);
  /** @type {Map<string, number> | null} */
  let numbers = null;
  const tollFrom = (of) => (n) => ({ low: of.low[n], high: of.high[n], said: SAID[of.said[n]] });
  const textOf = (column) => (n) => told[column][tellings[column][n]];
  const all = {
    count,
    starts,
    owner,
    tellings,
    place,
    firstDay,
    lastDay,
    kind: Uint8Array.from(event, (number) => kinds[number]),
    reports: new Int32Array(columns.reports),
    sources: new Int32Array(columns.sources),
    low,
    high,
    /** How many died, of an incident and of a telling: {low, high, said}, see `SAID`. */
    tollOf: tollFrom({ low, high, said: new Uint8Array(columns.said) }),
    tollOfTelling: tollFrom(tellings),
    ids,
    /** Whether the reports themselves say when: the days of an incident without a date are those of its reports. */
    isDated: (i) => isDated[i] === 1,
    eventOf: (i) => ({ type: events[event[i]][0], subType: events[event[i]][1] }),
    /** What the place of an incident is called that is not on the map; "" for none. */
    nameOf: (i) => told.name[name[i]],
    /** Who confirmed or corrected an incident; "" for nobody. */
    confirmedBy: (i) => told.by[by[i]],
    tellingsOf: (i) => Array.from({ length: starts[i + 1] - starts[i] }, (_, n) => starts[i] + n),
    /** A text of a telling: by, trigger, sub_type, days or said_by. */
    words: Object.fromEntries(TEXTS.map((column) => [column, textOf(column)])),
    /** The sentence of a telling that the page has nowhere else. */
    quoteOf: textOf("quote"),
    at: (index) => byPlace.rows.subarray(byPlace.first[index], byPlace.first[index + 1]),
    /** The numbers of the tellings of a mention. */
    tellingsAt: (mention) => byMention.rows.subarray(byMention.first[mention], byMention.first[mention + 1]),
    /** Whether a mention tells of any incident; all others only name a place. */
    isTelling: (mention) => byMention.first[mention] < byMention.first[mention + 1],
    /** The number of an incident by its id; undefined for none. */
    numberOf(id) {
      numbers ??= new Map(ids.map((key, i) => [key, i]));
      return numbers.get(id);
    },
  };
  return Object.assign(all, { best: bestOf(all, data.places, mentions) });
}

/**
 * Tellings as corrections speak of them, {n, document, mention, start, words, sub_type, shared}: of one by its number, and all
 * of a report in the order of their incidents. `mention` is below 0 where the report names no place.
 */
export function tellingFacts({ tellings, words }, reports) {
  /** @type {{ times: Map<string, number>, of: ReturnType<typeof indexBy> } | null} */
  let found = null;
  const keyOf = (n) => `${tellings.document[n]}/${tellings.start[n]}`;
  const read = () => {
    if (found) return found;
    const times = new Map();
    for (let n = 0; n < tellings.start.length; n++) times.set(keyOf(n), (times.get(keyOf(n)) ?? 0) + 1);
    return (found = { times, of: indexBy(tellings.document, reports) });
  };
  const factsOf = (n) => ({
    n,
    document: tellings.document[n],
    mention: tellings.mention[n],
    start: tellings.start[n],
    words: words.trigger(n),
    sub_type: words.sub_type(n),
    shared: read().times.get(keyOf(n)) > 1,
  });
  /** A telling by its number; null where an older table does not say where it stands. */
  const factOf = (n) => (tellings.document[n] < 0 || tellings.start[n] < 0 ? null : factsOf(n));
  const factsIn = (report) => {
    const { first, rows } = read().of;
    return Array.from(rows.subarray(first[report], first[report + 1]), factOf).filter(Boolean);
  };
  return { factOf, factsIn };
}
