// What is shown and what is selected: one state, changed in one place.
import { LITERAL } from "./model.js";
import { daysOutside } from "./periods.js";
import { EVENT_KINDS } from "./events.js";
import { createSearch } from "./search.js";

/** How a name is used, in the order of the roles' numbers. */
export const ROLES = ["literal", "metonymic", "modifier", "embedded"];
/** ACLED's geo precision of a place that is named itself. */
export const EXACT = 1;

/** All kinds of events as bits, bit n for kind n. */
export const ALL_KINDS = 2 ** EVENT_KINDS.length - 1;

/** The filters of a page that was just opened. `documents` and `sources` are lists of numbers, or null for all. */
export const NO_FILTERS = Object.freeze({
  kinds: ALL_KINDS,
  roles: 1 << LITERAL,
  boilerplate: false,
  confidence: 0,
  exact: false,
  from: null,
  to: null,
  /** The first day of another period of as many days, which is compared; null for none. */
  against: null,
  undated: true,
  documents: null,
  sources: null,
  query: "",
});

/** Why a mention is not shown, as bits: all filters that it fails. */
export const FAILS = Object.freeze({
  place: 1,
  kinds: 2,
  roles: 4,
  boilerplate: 8,
  confidence: 16,
  exact: 32,
  date: 64,
  documents: 128,
  sources: 256,
  query: 512,
});

/** The outlets by name, and for each report the number of its outlet. */
export function outletsOf({ documents }) {
  const names = [...new Set(documents.map(({ source }) => source))].sort((a, b) => (a < b ? -1 : 1));
  const numbers = new Map(names.map((name, n) => [name, n]));
  return { names, ofReport: Int32Array.from(documents, ({ source }) => numbers.get(source)) };
}

/** The bits that all mentions of a report share. */
function failuresOfReports(model, outlets, { documents, sources }) {
  const fails = new Uint16Array(model.documents.length);
  const [kept, heard] = [documents && new Set(documents), sources && new Set(sources)];
  for (let n = 0; n < fails.length; n++) {
    if (kept && !kept.has(n)) fails[n] |= FAILS.documents;
    if (heard && !heard.has(outlets.ofReport[n])) fails[n] |= FAILS.sources;
  }
  return fails;
}

/** Write for each mention the bits of `FAILS`; 0 is shown. `matches` has 1 for what a search found, null for no search. */
export function findFailures(model, filters, { outlets, matches, fails }) {
  const { document, place, role, boilerplate, confidence, geo_precision: precision } = model.mentions;
  const written = model.places.map(({ basis }) => basis === "coordinates");
  const { eventKind, firstDay, lastDay } = model;
  const { kinds, roles } = filters;
  const isOutside = daysOutside(filters);
  const ofReport = failuresOfReports(model, outlets, filters);
  for (let i = 0; i < fails.length; i++) {
    let bits = ofReport[document[i]];
    if (place[i] < 0) bits |= FAILS.place;
    if (!((kinds >> eventKind[i]) & 1)) bits |= FAILS.kinds;
    if (!((roles >> role[i]) & 1)) bits |= FAILS.roles;
    if (boilerplate[i] && !filters.boilerplate) bits |= FAILS.boilerplate;
    if (confidence[i] < filters.confidence && !written[place[i]]) bits |= FAILS.confidence;
    if (filters.exact && precision[i] !== EXACT) bits |= FAILS.exact;
    if (isOutside(firstDay[i], lastDay[i])) bits |= FAILS.date;
    if (matches && !matches[i]) bits |= FAILS.query;
    fails[i] = bits;
  }
}

/** Count the mentions of each value that all filters but one let through: what choosing a value would show. */
export function countWithout(fails, filter, size, valueOf) {
  const counts = new Uint32Array(size);
  const others = ~FAILS[filter];
  for (let i = 0; i < fails.length; i++) if ((fails[i] & others) === 0) counts[valueOf(i)] += 1;
  return counts;
}

/** Group the mentions that are shown by place; which ones they are is looked up when `mentions` is read. */
export function groupByPlace(model, fails) {
  const { place, role, confidence } = model.mentions;
  const groups = new Map();
  const found = new Array(model.places.length);
  class Group {
    /** @param {number} number of the place */
    constructor(number) {
      this.place = number;
      this.count = 0;
      this.best = 0;
      this.literal = 0;
      /** @type {number[]} */
      this.kinds = EVENT_KINDS.map(() => 0);
    }

    /** What the place rests on if the gazetteer does not have it, else "". */
    get basis() {
      return model.places[this.place].basis;
    }

    /** Whether all its mentions are too unsure to be drawn like others. */
    get doubtful() {
      return !this.basis && this.best < model.doubt_below;
    }

    get mentions() {
      return Array.from(model.mentionsAt(this.place)).filter((i) => fails[i] === 0);
    }
  }
  for (let i = 0; i < fails.length; i++) {
    if (fails[i]) continue;
    let group = found[place[i]];
    if (!group) {
      group = new Group(place[i]);
      found[place[i]] = group;
      groups.set(place[i], group);
    }
    group.count += 1;
    group.kinds[model.eventKind[i]] += 1;
    if (confidence[i] > group.best) group.best = confidence[i];
    if (role[i] === LITERAL) group.literal += 1;
  }
  return groups;
}

export function createSelection(model) {
  const listeners = [];
  const fails = new Uint16Array(model.count);
  const search = createSearch(model);
  const outlets = outletsOf(model);
  let matches = null;
  const selection = {
    state: { document: 0, mention: null, sentence: null, place: null, step: null, embed: Boolean(model.embed) },
    filters: { ...NO_FILTERS },
    outlets,
    search,
    groups: new Map(),
    shownCount: 0,
    fails,
    isShown: (mention) => fails[mention] === 0,
    onFilter: (listener) => listeners.push(listener),
    /** Change some filters and redraw everything that depends on what is shown. */
    filter(change) {
      if ("query" in change) matches = search.matching(change.query);
      Object.assign(selection.filters, change);
      findFailures(model, selection.filters, { outlets, matches, fails });
      selection.groups = groupByPlace(model, fails);
      selection.shownCount = 0;
      for (const { count } of selection.groups.values()) selection.shownCount += count;
      for (const listener of listeners) listener();
    },
  };
  return selection;
}
