// Files made in the page of what it shows: places and mentions as CSV, places as GeoJSON.
import { NO_DAY } from "./calendar.js";
import { EVENT_KINDS } from "./events.js";
import { countryName } from "../words/placewords.js";

const ROLE_NAMES = ["literal", "metonymic", "modifier", "embedded"];
const RISKY = /^[=+\-@\t\r]/;
const BYTE_ORDER_MARK = "\ufeff";

const isoDay = (day) => (day === NO_DAY ? "" : new Date(day * 86400000).toISOString().slice(0, 10));
const total = (counts) => counts.reduce((sum, count) => sum + count, 0);

function extent(model, mentions) {
  const dated = mentions.filter((mention) => model.firstDay[mention] !== NO_DAY);
  const first = dated.reduce((least, mention) => Math.min(least, model.firstDay[mention]), Infinity);
  const last = dated.reduce((most, mention) => Math.max(most, model.lastDay[mention]), -Infinity);
  return dated.length ? [isoDay(first), isoDay(last)] : ["", ""];
}

/** Whether the gazetteer has a place, and if not, what its point rests on. */
const toldCells = (place) => ({ location_basis: place.basis || "entry", location_words: place.words ?? "" });

/** One record a place that is shown, most mentioned first: what the table of places says, and where the place is. */
export function placeRecords(model, groups) {
  const ordered = [...groups].sort((a, b) => b[1].count - a[1].count || a[0] - b[0]);
  return ordered.map(([index, group]) => {
    const place = model.places[index];
    const [first, last] = extent(model, group.mentions);
    const reports = new Set(group.mentions.map((mention) => model.mentions.document[mention]));
    const record = {
      entry_id: place.basis ? "" : place.id,
      name: place.name,
      relation: place.relation ?? "",
      country_code: place.country,
      country: countryName(place.country),
      admin1: place.admin1,
      feature_code: place.code,
      kind: place.kind,
      latitude: place.latitude,
      longitude: place.longitude,
      radius_km: place.radius_km ?? 0,
      ...toldCells(place),
      mentions: group.count,
      reports: reports.size,
      best_confidence: group.best / 100,
      doubtful: Boolean(group.doubtful),
      first_day: first,
      last_day: last,
      events: total(group.kinds.slice(1)),
    };
    for (const [n, { key }] of EVENT_KINDS.entries()) if (n) record[`events_${key}`] = group.kinds[n];
    return record;
  });
}

/** One record a mention that is shown, in the order of the reports, with its sentence and where that is from. */
export function mentionRecords(model, groups) {
  const { document, start, place, role, confidence, sentence } = model.mentions;
  const shown = [...groups.values()].flatMap((group) => group.mentions);
  shown.sort((a, b) => document[a] - document[b] || start[a] - start[b]);
  return shown.map((mention) => {
    const report = model.documents[document[mention]];
    const where = model.places[place[mention]];
    const event = model.eventOf(mention);
    return {
      document_id: report.id,
      title: report.title,
      source: report.source,
      published: report.published,
      url: report.url,
      sentence_index: report.sentences.index[sentence[mention]],
      sentence: model.sentenceText(mention),
      toponym: model.mentionText(mention),
      role: ROLE_NAMES[role[mention]] ?? "",
      entry_id: where.basis ? "" : where.id,
      name: where.name,
      country_code: where.country,
      kind: where.kind,
      latitude: where.latitude,
      longitude: where.longitude,
      radius_km: where.radius_km ?? 0,
      ...toldCells(where),
      confidence: confidence[mention] / 100,
      event_type: event.type,
      event_sub_type: event.subType,
      is_event_place: event.here,
      event_date: event.date,
    };
  });
}

/** A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay as they are. */
export function csvCell(value) {
  if (typeof value !== "string") return String(value ?? "");
  const text = RISKY.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Records as CSV after RFC 4180, with the mark that makes spreadsheets read it as UTF-8. */
export function toCsv(records) {
  const names = Object.keys(records[0] ?? {});
  const lines = [names, ...records.map((record) => names.map((name) => record[name]))];
  return BYTE_ORDER_MARK + lines.map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
}

/** Places as GeoJSON after RFC 7946: points, also for areas, whose `kind` says so. */
export function toGeojson(model, groups) {
  const idOf = ({ entry_id: id, name, location_words: words }, spot) => id || [name, spot, words].join("@");
  const features = placeRecords(model, groups).map(({ latitude, longitude, ...properties }) => ({
    type: "Feature",
    id: idOf(properties, `${latitude},${longitude}`),
    geometry: { type: "Point", coordinates: [longitude, latitude] },
    properties,
  }));
  return JSON.stringify({ type: "FeatureCollection", features }, null, 1);
}

/** Whether files can be saved from here: a frame of a notebook may not. */
export const canSave = () => window.top === window;

/** Save a text as a file; the browser asks no one but the reader. */
export function saveFile(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
