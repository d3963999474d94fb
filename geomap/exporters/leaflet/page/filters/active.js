// Says in words which filters are on, so that a reader sees why something is missing.
import { rangeWords, shortDay } from "../data/days.js";
import { EVENT_KINDS } from "../data/events.js";
import { countOf } from "../words/text.js";
import { ALL_KINDS, FAILS, NO_FILTERS } from "../data/selection.js";

/** What the roles are called where they are switched on and off. */
export const ROLE_LABELS = [
  { label: "The place itself", example: "“in Kyiv”", short: "the place itself" },
  { label: "Governments", example: "“Kyiv said”", short: "governments" },
  { label: "Adjectives", example: "“Russian forces”", short: "adjectives" },
  { label: "Parts of names", example: "“The Moscow Times”", short: "parts of names" },
];

const WHY = {
  place: "no place was found",
  kinds: "event",
  roles: "use of the name",
  boilerplate: "captions and teasers",
  confidence: "confidence",
  exact: "exact places only",
  date: "date",
  documents: "report",
  sources: "outlet",
  query: "search",
};

const setBits = (bits, list) => list.filter((_, n) => (bits >> n) & 1);

function kindWords(kinds) {
  const [on, off] = [setBits(kinds, EVENT_KINDS), setBits(~kinds, EVENT_KINDS)];
  const shorts = (list) => list.map(({ short }) => short.toLowerCase()).join(", ");
  if (!on.length) return "No kind of event";
  if (off.length === 1 && off[0] === EVENT_KINDS[0]) return "Events only";
  if (on.length <= 2) return `Only ${shorts(on)}`;
  return off.length <= 2 ? `Without ${shorts(off)}` : `${on.length} kinds of events`;
}

function roleWords(roles) {
  const shorts = (bits) =>
    setBits(bits, ROLE_LABELS)
      .map(({ short }) => short)
      .join(", ");
  if (!roles) return "No use of the name";
  return roles & NO_FILTERS.roles ? `With ${shorts(roles & ~NO_FILTERS.roles)}` : `Only ${shorts(roles)}`;
}

function dateWords({ from, to }) {
  if (from !== null && to !== null) return rangeWords(from, to);
  return from === null ? `Until ${shortDay(to)}` : `From ${shortDay(from)}`;
}

const nameOrCount = (numbers, names, noun) =>
  numbers.length === 1 ? names(numbers[0]) : countOf(numbers.length, noun);

/** The filters that are not as they are at first: what each says, and the change that takes it back. */
export function activeFilters(filters, model, outlets) {
  const list = [];
  const add = (on, words, ...keys) => {
    if (on) list.push({ words: words(), change: Object.fromEntries(keys.map((key) => [key, NO_FILTERS[key]])) });
  };
  add(filters.query.trim() !== "", () => `“${filters.query.trim()}”`, "query");
  add(filters.kinds !== ALL_KINDS, () => kindWords(filters.kinds), "kinds");
  add(filters.from !== null || filters.to !== null, () => dateWords(filters), "from", "to");
  add(!filters.undated, () => "Dated only", "undated");
  add(filters.confidence > 0, () => `At least ${filters.confidence}% sure`, "confidence");
  add(filters.exact, () => "Exact places", "exact");
  add(filters.sources, () => nameOrCount(filters.sources, (n) => outlets.names[n] || "No outlet", "outlet"), "sources");
  add(filters.documents, () => nameOrCount(filters.documents, model.titleOf, "report"), "documents");
  add(filters.roles !== NO_FILTERS.roles, () => roleWords(filters.roles), "roles");
  add(filters.boilerplate, () => "With captions and teasers", "boilerplate");
  return list;
}

/** Why a mention is not on the map: "Filtered out by date and confidence." */
export function whyHidden(bits) {
  const reasons = Object.keys(FAILS).filter((key) => bits & FAILS[key]);
  if (reasons.includes("place")) return "The gazetteer has no place of this name, or none that fits.";
  const named = reasons.map((key) => WHY[key]);
  const last = named.pop();
  return `Filtered out by ${named.length ? `${named.join(", ")} and ` : ""}${last}. Change the filters to see it.`;
}
