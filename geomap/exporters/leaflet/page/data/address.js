// Deep links: the part of the address after "#" holds the whole state, so that it can be shared.
import { NO_DAY, dayNumber } from "./calendar.js";
import { dateOfDay } from "./days.js";
import { EVENT_KINDS } from "./events.js";
import { apartFrom, periodsOf } from "./periods.js";
import { ALL_KINDS, NO_FILTERS, ROLES } from "./selection.js";

const QUERY_LENGTH = 100;

function decode(raw) {
  try {
    return decodeURIComponent(raw);
  } catch {
    return null; // A malformed escape: not ours.
  }
}

/** Lone surrogates cannot be encoded. */
function encode(text) {
  return encodeURIComponent(text.toWellFormed ? text.toWellFormed() : text.replace(/\p{Cs}/gu, "\ufffd"));
}

/** Read "#doc=…&ev=…,…&from=…&embed" into names and lists of words; what cannot be read is left out. */
export function parseAddress(hash) {
  const parts = new Map();
  for (const pair of hash.replace(/^#/, "").split("&")) {
    const [name, ...rest] = pair.split("=");
    if (!name || (!rest.length && name !== "embed")) continue;
    const values = rest.join("=").split(",").map(decode);
    if (!values.includes(null)) parts.set(name, values);
  }
  return parts;
}

const indexIn = (names, name) => (name === undefined ? -1 : names.indexOf(name));

/** The numbers of those names that a list has, in order and once each; null when there are none. */
function knownIn(names, values = []) {
  const numbers = new Set(values.map((value) => names.indexOf(value)));
  numbers.delete(-1);
  return numbers.size ? [...numbers].sort((a, b) => a - b) : null;
}

function bitsIn(names, values, otherwise) {
  const known = knownIn(names, values);
  return known ? known.reduce((bits, n) => bits | (1 << n), 0) : otherwise;
}

function wholeNumber(values, most) {
  const text = values?.[0] ?? "";
  return /^\d{1,9}$/.test(text) && Number(text) <= most ? Number(text) : null;
}

function dayIn(values) {
  const day = dayNumber(values?.[0] ?? "");
  // "2024-02-31" is read as a day in March by some.
  return day === NO_DAY || dateOfDay(day) !== values[0] ? null : day;
}

function viewIn(values) {
  const match = /^(\d{1,2}(?:\.\d{1,3})?)\/(-?\d{1,2}(?:\.\d{1,6})?)\/(-?\d{1,3}(?:\.\d{1,6})?)$/.exec(
    values?.[0] ?? "",
  );
  const [zoom, latitude, longitude] = (match ?? []).slice(1).map(Number);
  const possible = match && zoom <= 19 && Math.abs(latitude) <= 86 && Math.abs(longitude) <= 360;
  return possible ? { zoom, latitude, longitude } : null;
}

/** The number of a step of the story, from 0; null for none. */
function stepIn(values, story) {
  const step = wholeNumber(values, story?.steps.length ?? 0);
  return step ? step - 1 : null;
}

function filtersIn(parts, model, outlets) {
  const keys = EVENT_KINDS.map(({ key }) => key);
  const ids = model.documents.map(({ id }) => id);
  let [from, to] = [dayIn(parts.get("from")), dayIn(parts.get("to"))];
  if (from !== null && to !== null && from > to) [from, to] = [null, null];
  return {
    kinds: parts.get("ev")?.join() === "0" ? 0 : bitsIn(keys, parts.get("ev"), ALL_KINDS),
    roles: parts.get("roles")?.join() === "0" ? 0 : bitsIn(ROLES, parts.get("roles"), NO_FILTERS.roles),
    boilerplate: parts.get("boilerplate")?.[0] === "1",
    confidence: wholeNumber(parts.get("conf"), 100) ?? 0,
    exact: parts.get("exact")?.[0] === "1",
    from,
    to,
    against: apartFrom({ from, to, against: dayIn(parts.get("vs")) }),
    undated: parts.get("undated")?.[0] !== "0",
    documents: parts.has("docs") ? knownIn(ids, parts.get("docs")) : null,
    sources: parts.has("src") ? knownIn(outlets.names, parts.get("src")) : null,
    verified: parts.get("verified")?.[0] === "1",
    query: (parts.get("q") ?? []).join(",").slice(0, QUERY_LENGTH),
  };
}

/** A link that names a step of the story and nothing else is that step's own, and an empty one begins the story. */
function followStory(parts, story) {
  const names = new Set(parts.keys());
  names.delete("embed");
  const asked = parts.has("step") ? wholeNumber(parts.get("step"), story?.steps.length ?? 0) : 1;
  names.delete("step");
  if (!story || names.size || !asked) return parts;
  const own = parseAddress(story.steps[asked - 1].address);
  own.delete("embed");
  return new Map([...own, ...parts, ["step", [String(asked)]]]);
}

const PREFIX = "incident:";

function incidentIn(incidents, id) {
  return id === undefined ? null : (incidents.numberOf(PREFIX + id) ?? incidents.numberOf(id) ?? null);
}

/** The part of a link that names an incident: the same between runs while what tells of it first stays. */
export function incidentPart({ ids }, i) {
  const id = ids[i];
  return `incident=${encode(id.startsWith(PREFIX) ? id.slice(PREFIX.length) : id)}`;
}

/** Turn the parts of a link into what the page has. What it does not have is null, and a filter as it is at first. */
export function resolveAddress(given, model, outlets) {
  const parts = followStory(given, model.story);
  const ids = model.documents.map(({ id }) => id);
  const document = indexIn(ids, parts.get("doc")?.join(","));
  const report = model.documents[document];
  const wanted = wholeNumber(parts.get("sentence"), Infinity);
  const sentence = report && wanted !== null ? report.sentences.index.indexOf(wanted) : -1;
  const start = wholeNumber(parts.get("mention"), Infinity);
  const mention = report ? model.mentionsOf(document).find((i) => model.mentions.start[i] === start) : undefined;
  const found = mention !== undefined && (sentence < 0 || model.mentions.sentence[mention] === sentence);
  const place = indexIn(
    model.places.map(({ id }) => id),
    parts.get("place")?.join(","),
  );
  return {
    document: report ? document : null,
    sentence: found ? model.mentions.sentence[mention] : sentence < 0 ? null : sentence,
    mention: found ? mention : null,
    place: place < 0 ? null : place,
    totals: indexIn(["events", "deaths"], parts.get("totals")?.[0]) < 0 ? null : parts.get("totals")[0],
    incident: incidentIn(model.incidents, parts.get("incident")?.join(",")),
    view: viewIn(parts.get("map")),
    embed: parts.has("embed") ? parts.get("embed")[0] !== "0" : Boolean(model.embed),
    step: stepIn(parts.get("step"), model.story),
    filters: filtersIn(parts, model, outlets),
  };
}

function filterParts(filters, model, outlets) {
  const listed = (bits, names) => names.filter((_, n) => (bits >> n) & 1).join() || "0";
  const parts = [];
  const add = (name, value, wanted) => wanted && parts.push(`${name}=${value}`);
  const keys = EVENT_KINDS.map(({ key }) => key);
  add("ev", listed(filters.kinds, keys), filters.kinds !== ALL_KINDS);
  add("roles", listed(filters.roles, ROLES), filters.roles !== NO_FILTERS.roles);
  add("boilerplate", 1, filters.boilerplate);
  add("conf", filters.confidence, filters.confidence > 0);
  add("exact", 1, filters.exact);
  add("verified", 1, filters.verified);
  if (filters.from !== null) add("from", dateOfDay(filters.from), true);
  if (filters.to !== null) add("to", dateOfDay(filters.to), true);
  if (periodsOf(filters)) add("vs", dateOfDay(filters.against), true);
  add("undated", 0, !filters.undated);
  add("src", filters.sources?.map((n) => encode(outlets.names[n])).join(), filters.sources);
  add("docs", filters.documents?.map((n) => encode(model.documents[n].id)).join(), filters.documents);
  add("q", encode(filters.query), filters.query.trim() !== "");
  return parts;
}

/** Write the link to a state: the view, what is open, and the filters that are not as they are at first. */
export function formatAddress({ state, filters, view }, model, outlets) {
  const parts = [];
  if (Boolean(state.embed) !== Boolean(model.embed)) parts.push(state.embed ? "embed" : "embed=0");
  if (model.story) parts.push(`step=${(state.step ?? -1) + 1}`);
  if (view) parts.push(`map=${view.zoom}/${view.latitude.toFixed(4)}/${view.longitude.toFixed(4)}`);
  const report = model.documents[state.document];
  if (report && (state.document > 0 || state.sentence !== null)) parts.push(`doc=${encode(report.id)}`);
  if (report && state.sentence !== null) parts.push(`sentence=${report.sentences.index[state.sentence]}`);
  if (report && state.mention !== null) parts.push(`mention=${model.mentions.start[state.mention]}`);
  if (state.totals) parts.push(`totals=${state.totals}`);
  if (state.incident !== null) parts.push(incidentPart(model.incidents, state.incident));
  if (state.place !== null) parts.push(`place=${encode(model.places[state.place].id)}`);
  return `#${[...parts, ...filterParts(filters, model, outlets)].join("&")}`;
}
