// Why something is not shown, as bits, and how much of each value of a filter the others let through.

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
  verified: 1024,
});

/** The filters that an incident passes or fails as a whole; for all others it is enough that one telling passes. */
const OF_INCIDENTS = FAILS.kinds | FAILS.date | FAILS.verified;

export const fewestBits = (bits, other) => (countBits(other) < countBits(bits) ? other : bits);

function countBits(bits) {
  let count = 0;
  for (let left = bits; left; left &= left - 1) count += 1;
  return count;
}

/** What a telling fails that has no mention on the page: it has no place to be sure of, nor words that a search finds there. */
function failuresWithoutMention(filters, ofReport, report, isFound) {
  const lists = filters.documents || filters.sources ? FAILS.documents : 0;
  const found = isFound ? 0 : FAILS.query;
  const where = (filters.confidence > 0 ? FAILS.confidence : 0) | (filters.exact ? FAILS.exact : 0);
  return (report < 0 ? lists : ofReport[report]) | where | found;
}

/** What a telling fails: its mention and its report, not the incident as a whole. */
export function failuresOfTelling({ incidents }, filters, { fails, ofReport, isFound }) {
  const { mention, document } = incidents.tellings;
  return (n) =>
    mention[n] < 0
      ? failuresWithoutMention(filters, ofReport, document[n], isFound(n))
      : fails[mention[n]] & ~(OF_INCIDENTS | FAILS.place);
}

/** Add to what incidents fail themselves what the telling fails that fails least: one that passes is enough. */
export function addFailuresOfTellings({ starts }, own, failuresOf) {
  for (let i = 0; i < own.length; i++) {
    let bits = null;
    for (let n = starts[i]; n < starts[i + 1] && bits !== 0; n++) {
      const other = failuresOf(n);
      bits = bits === null ? other : fewestBits(bits, other);
    }
    own[i] |= bits ?? 0;
  }
}

/** Count the mentions of each value that all filters but one let through: what choosing a value would show. */
export function countWithout(fails, filter, size, valueOf) {
  const counts = new Uint32Array(size);
  const others = ~FAILS[filter];
  for (let i = 0; i < fails.length; i++) if ((fails[i] & others) === 0) counts[valueOf(i)] += 1;
  return counts;
}

/**
 * Count the incidents of each value that all filters but one let through. An incident has the values of its tellings, each
 * once; `valueOf` gives that of a telling, below 0 for none.
 */
export function countTold({ starts }, { own, failuresOf }, filter, size, valueOf) {
  const counts = new Uint32Array(size);
  const counted = new Int32Array(size).fill(-1);
  const others = ~FAILS[filter];
  for (let i = 0; i < own.length; i++) {
    if (own[i] & others) continue;
    for (let n = starts[i]; n < starts[i + 1]; n++) {
      const value = valueOf(n);
      if (value < 0 || counted[value] === i || failuresOf(n) & others) continue;
      counted[value] = i;
      counts[value] += 1;
    }
  }
  return counts;
}
