// What is shown and what is selected: one state, changed in one place.
import { FAILS, addFailuresOfTellings, countTold, countWithout, failuresOfTelling, fewestBits } from "./hiddenby.js";
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
  verified: false,
});

/** The outlets by name, and for each report the number of its outlet. */
export function outletsOf({ documents }) {
  const names = [...new Set(documents.map(({ source }) => source))].sort((a, b) => (a < b ? -1 : 1));
  const numbers = new Map(names.map((name, n) => [name, n]));
  return { names, ofReport: Int32Array.from(documents, ({ source }) => numbers.get(source) ?? -1) };
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

/** The bits of `FAILS` that each incident fails itself: by its kind, its days, and whether anybody confirmed it. */
function failuresOfIncidents({ incidents }, filters, verified) {
  const fails = new Uint16Array(incidents.count);
  const { kind, firstDay, lastDay } = incidents;
  const isOutside = daysOutside(filters);
  for (let i = 0; i < fails.length; i++) {
    if (!((filters.kinds >> kind[i]) & 1)) fails[i] |= FAILS.kinds;
    if (isOutside(firstDay[i], lastDay[i])) fails[i] |= FAILS.date;
    if (filters.verified && !verified[i]) fails[i] |= FAILS.verified;
  }
  return fails;
}

/** What a mention fails by kind, date and confirmation: as the incident it tells of that fails least, else by itself. */
function failuresByTelling({ incidents, firstDay, lastDay }, filters, { own, isOutside }, i) {
  let bits = null;
  for (const n of incidents.isTelling(i) ? incidents.tellingsAt(i) : []) {
    const other = own[incidents.owner[n]];
    bits = bits === null ? other : fewestBits(bits, other);
    if (!bits) break;
  }
  if (bits !== null) return bits;
  const day = isOutside(firstDay[i], lastDay[i]) ? FAILS.date : 0;
  return (filters.kinds & 1 ? 0 : FAILS.kinds) | (filters.verified ? FAILS.verified : 0) | day;
}

/**
 * Write for each mention the bits of `FAILS`; 0 is shown. `matches` has 1 for what a search found, null for no search; `own`
 * is what the incidents fail themselves.
 */
export function findFailures(model, filters, { outlets, matches, fails, own }) {
  const { document, place, role, boilerplate, confidence, geo_precision: precision } = model.mentions;
  const written = model.places.map(({ basis }) => basis === "coordinates");
  const { roles } = filters;
  const byTelling = { own, isOutside: daysOutside(filters) };
  const ofReport = failuresOfReports(model, outlets, filters);
  for (let i = 0; i < fails.length; i++) {
    let bits = ofReport[document[i]] | failuresByTelling(model, filters, byTelling, i);
    if (place[i] < 0) bits |= FAILS.place;
    if (!((roles >> role[i]) & 1)) bits |= FAILS.roles;
    if (boilerplate[i] && !filters.boilerplate) bits |= FAILS.boilerplate;
    if (confidence[i] < filters.confidence && !written[place[i]]) bits |= FAILS.confidence;
    if (filters.exact && precision[i] !== EXACT) bits |= FAILS.exact;
    if (matches && !matches[i]) bits |= FAILS.query;
    fails[i] = bits;
  }
  return ofReport;
}

/** Group what is shown by place; which mentions and incidents they are is looked up when they are read. */
export function groupByPlace(model, fails, incidentFails) {
  const { place, role, confidence } = model.mentions;
  const { incidents } = model;
  const groups = new Map();
  const found = new Array(model.places.length);
  class Group {
    /** @param {number} number of the place */
    constructor(number) {
      this.place = number;
      this.count = 0;
      this.events = 0;
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

    /** The numbers of the incidents that are shown here. */
    get incidents() {
      return Array.from(incidents.at(this.place)).filter((i) => incidentFails[i] === 0);
    }
  }
  const groupOf = (number) => {
    if (!found[number]) groups.set(number, (found[number] = new Group(number)));
    return found[number];
  };
  for (let i = 0; i < fails.length; i++) {
    if (fails[i]) continue;
    const group = groupOf(place[i]);
    group.count += 1;
    if (!incidents.isTelling(i)) group.kinds[0] += 1;
    if (confidence[i] > group.best) group.best = confidence[i];
    if (role[i] === LITERAL) group.literal += 1;
  }
  for (let i = 0; i < incidentFails.length; i++) {
    if (incidentFails[i] || incidents.place[i] < 0) continue;
    const group = groupOf(incidents.place[i]);
    group.events += 1;
    group.kinds[incidents.kind[i]] += 1;
    if (!group.count) Object.assign(group, { best: Math.max(group.best, incidents.best[i]), literal: 1 });
  }
  return groups;
}

export function createSelection(model) {
  const listeners = [];
  let told = 0;
  const { incidents, units } = model;
  const fails = new Uint16Array(model.count);
  const unitFails = new Uint16Array(units.row.length);
  const incidentFails = unitFails.subarray(0, incidents.count);
  const verified = new Uint8Array(incidents.count);
  for (let i = 0; i < verified.length; i++) verified[i] = incidents.confirmedBy(i) ? 1 : 0;
  const search = createSearch(model);
  const outlets = outletsOf(model);
  /** @type {Uint8Array | null} */
  let matches = null;
  /** What incidents and tellings fail: nothing, until there are filters. */
  let failing = { own: incidentFails, failuresOf: (_telling) => 0 };

  /** Find out for each mention, incident and unit what it fails. */
  function findAll(filters) {
    const own = failuresOfIncidents(model, filters, verified);
    const ofReport = findFailures(model, filters, { outlets, matches, fails, own });
    const failuresOf = failuresOfTelling(model, filters, { fails, ofReport, isFound: search.telling(filters.query) });
    unitFails.set(own);
    addFailuresOfTellings(incidents, incidentFails, failuresOf);
    failing = { own, failuresOf };
    for (let unit = incidents.count; unit < unitFails.length; unit++) unitFails[unit] = fails[units.row[unit]];
  }

  const selection = {
    /** @type {import("../types").State} */
    state: {
      document: 0,
      mention: null,
      sentence: null,
      place: null,
      incident: null,
      totals: null,
      step: null,
      embed: Boolean(model.embed),
    },
    filters: { ...NO_FILTERS },
    outlets,
    search,
    groups: new Map(),
    shownCount: 0,
    /** How many incidents are shown, with and without a place. */
    shownIncidents: 0,
    fails,
    incidentFails,
    unitFails,
    verified,
    /** How many incidents and mentions choosing each value of a filter would show; the values of tellings and of mentions. */
    countsWithout: (filter, size, { ofTelling, ofMention }) => ({
      events: countTold(incidents, failing, filter, size, ofTelling),
      mentions: countWithout(fails, filter, size, ofMention),
    }),
    isShown: (mention) => fails[mention] === 0,
    onFilter: (listener) => listeners.push(listener),
    /** Change some filters and redraw everything that depends on what is shown. */
    filter(change) {
      if ("query" in change) matches = search.matching(change.query);
      Object.assign(selection.filters, change);
      findAll(selection.filters);
      selection.groups = groupByPlace(model, fails, incidentFails);
      selection.shownCount = 0;
      for (const { count } of selection.groups.values()) selection.shownCount += count;
      selection.shownIncidents = 0;
      for (let i = 0; i < incidentFails.length; i++) if (incidentFails[i] === 0) selection.shownIncidents += 1;
      told = 0;
      selection.tell();
    },
    /** Tell what is shown to those listeners that have not heard it yet: after a change all, else those that came since. */
    tell() {
      while (told < listeners.length) listeners[told++]();
    },
  };
  return selection;
}
