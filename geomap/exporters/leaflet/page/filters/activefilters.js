// Says in words which filters are on, so that a reader sees why something is missing.
import { rangeWords, shortDay } from "../data/days.js";
import { periodsOf } from "../data/periods.js";
import { EVENT_KINDS } from "../data/events.js";
import { countOf, inSentence, listWords, percentWords, sideBySide } from "../words/text.js";
import { FAILS } from "../data/hiddenby.js";
import { ALL_KINDS, NO_FILTERS, ROLES } from "../data/selection.js";
import { say } from "../words/say.js";

/** What a role is called where it is switched on and off, an example, and its name inside a sentence. */
export const roleLabel = (n) => ({
  label: say(`role.${ROLES[n]}`),
  example: say(`role.${ROLES[n]}.example`),
  short: say(`role.${ROLES[n]}.short`),
});

const setBits = (bits, list) => list.filter((_, n) => (bits >> n) & 1);

function kindWords(kinds) {
  const [on, off] = [setBits(kinds, EVENT_KINDS), setBits(~kinds, EVENT_KINDS)];
  const shorts = (list) => sideBySide(list.map(({ short }) => inSentence(short)));
  if (!on.length) return say("active.no_kind");
  if (off.length === 1 && off[0] === EVENT_KINDS[0]) return say("kinds.events_only");
  if (on.length <= 2) return say("active.only", { names: shorts(on) });
  return off.length <= 2 ? say("active.without", { names: shorts(off) }) : countOf(on.length, "kinds of events");
}

function roleWords(roles) {
  const shorts = (bits) =>
    sideBySide(
      setBits(
        bits,
        ROLES.map((_, n) => n),
      ).map((n) => roleLabel(n).short),
    );
  if (!roles) return say("active.no_role");
  return roles & NO_FILTERS.roles
    ? say("active.with", { names: shorts(roles & ~NO_FILTERS.roles) })
    : say("active.only", { names: shorts(roles) });
}

function dateWords(filters) {
  const { from, to } = filters;
  const periods = periodsOf(filters);
  if (periods)
    return say("filters.against", { now: rangeWords(...periods.now), before: rangeWords(...periods.before) });
  if (from !== null && to !== null) return rangeWords(from, to);
  return from === null ? say("active.until", { day: shortDay(to) }) : say("active.from", { day: shortDay(from) });
}

const nameOrCount = (numbers, names, noun) =>
  numbers.length === 1 ? names(numbers[0]) : countOf(numbers.length, noun);

/** The filters that are not as they are at first: what each says, and the change that takes it back. */
export function activeFilters(filters, model, outlets) {
  const list = [];
  const add = (on, words, ...keys) => {
    if (on) list.push({ words: words(), change: Object.fromEntries(keys.map((key) => [key, NO_FILTERS[key]])) });
  };
  add(filters.query.trim() !== "", () => say("quoted", { words: filters.query.trim() }), "query");
  add(filters.kinds !== ALL_KINDS, () => kindWords(filters.kinds), "kinds");
  add(filters.from !== null || filters.to !== null, () => dateWords(filters), "from", "to", "against");
  add(!filters.undated, () => say("active.dated_only"), "undated");
  add(filters.confidence > 0, () => say("active.sure", { percent: percentWords(filters.confidence) }), "confidence");
  add(filters.exact, () => say("active.exact"), "exact");
  add(filters.verified, () => say("filter.verified_chip"), "verified");
  add(
    filters.sources,
    () => nameOrCount(filters.sources, (n) => outlets.names[n] || say("facet.no_outlet"), "outlet"),
    "sources",
  );
  add(filters.documents, () => nameOrCount(filters.documents, model.titleOf, "report"), "documents");
  add(filters.roles !== NO_FILTERS.roles, () => roleWords(filters.roles), "roles");
  add(filters.boilerplate, () => say("active.with_captions"), "boilerplate");
  return list;
}

/** Why a mention is not on the map: "Filtered out by date and confidence." */
export function whyHidden(bits) {
  const reasons = Object.keys(FAILS).filter((key) => bits & FAILS[key]);
  if (reasons.includes("place")) return say("why.place");
  return say("why.filtered", { filters: listWords(reasons.map((key) => say(`why.${key}`))) });
}
