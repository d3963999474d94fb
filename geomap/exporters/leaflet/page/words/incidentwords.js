// Says in words what is known of an incident: when, where and how exactly, how many died, who says so, and what to doubt.
import { NO_DAY } from "../data/calendar.js";
import { dateOfDay, rangeWords } from "../data/days.js";
import { typeWords } from "../data/events.js";
import { NO_TOLL } from "../data/incidents.js";
import { contextOf, distanceWords, isAbout, placeTitle } from "./placewords.js";
import { whereWords } from "./eventwords.js";
import { say } from "./say.js";
import { countOf, listWords, percentWords } from "./text.js";

const [WEEK, MONTH] = [7, 31];

/** What happened: the sub-type, or the type where that says no more. */
export function whatWords({ incidents }, i) {
  const { type, subType } = incidents.eventOf(i);
  return (subType && subType !== "Other" ? typeWords(subType) : typeWords(type)) || say("events");
}

/** How exactly a run of days says when: nothing for a day itself. */
function exactness(days) {
  if (days <= 1) return "";
  if (days <= WEEK) return say("incident.within_days", { count: days });
  return say(days <= MONTH ? "incident.within_weeks" : "incident.roughly");
}

/** When it happened: {words, note, days}; without a date the days on which the reports came out. */
export function whenOf({ incidents }, i) {
  const [first, last] = [incidents.firstDay[i], incidents.lastDay[i]];
  if (first === NO_DAY) return { words: say("incident.no_date"), note: say("incident.undated"), days: "" };
  const words = rangeWords(first, last);
  const days = first === last ? dateOfDay(first) : `${dateOfDay(first)}/${dateOfDay(last)}`;
  if (!incidents.isDated(i)) {
    return { words: say("incident.reported", { days: words }), note: say("incident.undated"), days };
  }
  return { words, note: exactness(last - first + 1), days };
}

/**
 * Where it happened: {name, context, note}, the note for how exactly that is known.
 * @param {import("../types").App} app
 */
export function whereOf({ model, base }, i) {
  const { incidents } = model;
  const place = model.places[incidents.place[i]];
  if (!place) {
    const name = incidents.nameOf(i);
    return {
      name: name || say("incident.no_place"),
      context: name ? say("incident.not_found") : "",
      note: say("incident.off_map"),
    };
  }
  const precise = incidents
    .tellingsOf(i)
    .map((n) => model.mentions.where_precision[incidents.tellings.mention[n]] ?? 0);
  const where = Math.min(...precise.filter((value) => value > 0), 9);
  const about = isAbout(place) ? say("incident.radius", { distance: distanceWords(place.radius_km) }) : "";
  const note = about || whereWords(place, where === 9 ? 0 : where) || say("incident.at");
  return {
    name: placeTitle(place),
    context: contextOf(place, base),
    note,
  };
}

/** Which words tell a toll; "" where no report says any. What a report leaves open stays open. */
function tollForm({ low, high, said }) {
  if (low === NO_TOLL && high === NO_TOLL) return "";
  if (low === NO_TOLL) return "up_to";
  if (high === NO_TOLL) return "at_least";
  if (high === 0) return "none";
  if (said === "about") return low === high ? "about" : "about_range";
  return said || (low === high ? "exact" : "range");
}

/** "2 killed", "2–3 killed", "at least 2 killed", "no one killed"; "" where no report says. */
export function tollWords(toll) {
  const form = tollForm(toll);
  return form && say(`killed.${form}`, { low: toll.low, high: toll.high });
}

/** The same beside the word that people were killed: "2", "2–3", "at least 2", "none". */
export function tollNumber(toll) {
  const form = tollForm(toll);
  return form && say(`toll.${form}`, { low: toll.low, high: toll.high });
}

/** "3 reports from 2 independent sources"; of one report "1 report". */
export function sourcesWords({ incidents }, i) {
  const [reports, sources] = [incidents.reports[i], incidents.sources[i]];
  if (reports < 2) return countOf(1, "report");
  return say("incident.from", { reports: countOf(reports, "report"), sources: countOf(sources, "of sources") });
}

/** Who publishes a telling. */
function outletOf(model, n) {
  const report = model.documents[model.incidents.tellings.document[n]];
  return report?.source || report?.title || report?.id || say("incident.a_report");
}

/** Who says so in one telling: whom it names, else the outlet itself. */
export function sayerOf(model, n) {
  const said = model.incidents.words.said_by(n);
  const outlet = outletOf(model, n);
  return said ? say("incident.said_by", { who: said, outlet }) : say("incident.says_itself", { outlet });
}

/** Everybody who says so, each once, in the order of the tellings. */
export const sayersOf = (model, i) => [...new Set(model.incidents.tellingsOf(i).map((n) => sayerOf(model, n)))];

const different = (values) => [...new Set(values.filter(Boolean))];

/** The tolls of tellings that are not the same numbers, in words. */
function tollsOf(incidents, told) {
  const tolls = told.map(incidents.tollOfTelling);
  const numbers = new Map(tolls.map((toll) => [`${toll.low}–${toll.high}`, toll]).reverse());
  return [...numbers.values()].reverse().map(tollWords).filter(Boolean);
}

/** What speaks against taking an incident as it stands, a sentence each. */
export function doubtsOf(model, i) {
  const { incidents } = model;
  const told = incidents.tellingsOf(i);
  const place = model.places[incidents.place[i]];
  const kinds = different(told.map(incidents.words.sub_type)).map(typeWords);
  const days = different(told.map(incidents.words.days));
  const tolls = tollsOf(incidents, told);
  const passedOn = told.length > 0 && told.every((n) => incidents.words.said_by(n));
  return [
    place && isDoubtful(model, i) ? say("doubt.place", { percent: percentWords(incidents.best[i]) }) : "",
    place?.basis === "relation" ? say("doubt.not_in_gazetteer") : "",
    incidents.isDated(i) ? "" : say("doubt.undated"),
    incidents.reports[i] < 2 ? say("doubt.one_report") : "",
    incidents.reports[i] > 1 && incidents.sources[i] < 2 ? say("doubt.one_source") : "",
    passedOn ? say("doubt.passed_on") : "",
    kinds.length > 1 ? say("doubt.kinds", { kinds: listWords(kinds) }) : "",
    days.length > 1 ? say("doubt.days") : "",
    tolls.length > 1 ? say("doubt.tolls", { tolls: listWords(tolls) }) : "",
  ].filter(Boolean);
}

/** Whether it is too unsure which place is meant. */
export const isDoubtful = (model, i) =>
  model.incidents.place[i] >= 0 && model.incidents.best[i] > 0 && model.incidents.best[i] < model.doubt_below;
