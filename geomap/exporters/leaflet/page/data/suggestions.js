// What a search may mean: places, reports and outlets whose names have its words, the best first.
import { rangeWords } from "./days.js";
import { typeWords } from "./events.js";
import { foldText, queryWords } from "./search.js";

/** How many of a kind are offered. */
export const OFFERED = 5;

/** Fewer letters than these are looked for at the beginnings of words alone. */
const WITHIN = 3;

/** How well a folded name answers to folded words: 3 begins with them, 2 has words that do, 1 has them anywhere, 0 does not. */
export function fitOf(name, words) {
  if (!words.every((word) => name.includes(word))) return 0;
  if (name.startsWith(words.join(" "))) return 3;
  if (words.every((word) => name.startsWith(word) || name.includes(` ${word}`))) return 2;
  return words.every((word) => word.length >= WITHIN) ? 1 : 0;
}

/** The numbers of the names that fit a query, the best first, then those of most weight; each {number, fit}. */
export function bestFits(names, query, weightOf, most = OFFERED) {
  const words = queryWords(query);
  if (!words.length) return [];
  const found = [];
  for (const [number, name] of names.entries()) {
    const fit = fitOf(name, words);
    if (fit) found.push({ number, fit, weight: weightOf(number) });
  }
  found.sort((a, b) => b.fit - a.fit || b.weight - a.weight || a.number - b.number);
  return found.slice(0, most).map(({ number, fit }) => ({ number, fit }));
}

/** What an incident is searched by: what happened, where and when. */
function incidentTitle({ incidents, places }, i) {
  const { type, subType } = incidents.eventOf(i);
  const days = incidents.isDated(i) ? rangeWords(incidents.firstDay[i], incidents.lastDay[i]) : "";
  return [typeWords(subType) || typeWords(type), places[incidents.place[i]]?.name ?? incidents.nameOf(i), days].join(
    " ",
  );
}

/** Kinds of suggestions with their folded names, folded when first asked for. */
export function createSuggestions(model, outlets) {
  const once = (make) => {
    let made = null;
    return () => (made ??= make());
  };
  const sizes = once(() => {
    const counts = new Int32Array(outlets.names.length);
    for (const outlet of outlets.ofReport) counts[outlet] += 1;
    return counts;
  });
  const kinds = {
    place: {
      names: once(() => model.places.map(({ name, relation }) => foldText(relation ? `${name} ${relation}` : name))),
      weight: (number) => model.mentionsAt(number).length,
    },
    incident: {
      names: once(() => Array.from({ length: model.incidents.count }, (_, i) => foldText(incidentTitle(model, i)))),
      weight: (number) => model.incidents.reports[number],
    },
    report: {
      names: once(() => model.documents.map(({ id, title, source }) => foldText(`${title || id} ${source}`))),
      weight: (number) => -number,
    },
    outlet: {
      names: once(() => outlets.names.map(foldText)),
      weight: (number) => sizes()[number],
    },
  };
  /** The suggestions for a query: lists of {kind, number, fit}, one a kind that has any. */
  return function suggest(query) {
    return Object.entries(kinds)
      .map(([kind, { names, weight }]) => bestFits(names(), query, weight).map((found) => ({ kind, ...found })))
      .filter((list) => list.length);
  };
}
