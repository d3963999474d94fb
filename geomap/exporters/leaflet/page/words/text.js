// Words and addresses: numbers, dates, links to a sentence of a web page.
import { isolated, localeOfWords, say, writtenNumber } from "./say.js";

/** Return the address if it is http or https, else an empty string. */
export function safeUrl(address) {
  try {
    const url = new URL(address);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : "";
  } catch {
    return "";
  }
}

/** Text as markup that shows it and nothing else: Leaflet writes names and attributions as markup. */
export const asMarkup = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const encodeFragment = (words) => encodeURIComponent(words.join(" ")).replace(/-/g, "%2D");

/**
 * Return an address that scrolls to a sentence: a text fragment of its first and last five words.
 * See https://wicg.github.io/scroll-to-text-fragment/.
 */
export function fragmentUrl(address, sentence) {
  const url = safeUrl(address);
  // Lone surrogates cannot be encoded.
  const words = sentence.toWellFormed ? sentence.toWellFormed().split(/\s+/) : sentence.split(/\s+/);
  const kept = words.filter((word) => word !== "");
  if (!url || !kept.length) return url;
  try {
    const text =
      kept.length <= 10
        ? encodeFragment(kept)
        : `${encodeFragment(kept.slice(0, 5))},${encodeFragment(kept.slice(-5))}`;
    return `${url}${url.includes("#") ? "" : "#"}:~:text=${text}`;
  } catch {
    return url;
  }
}

/** A thing that takes long to make, made once for each locale and kind of writing. */
const writers = new Map();

function writer(Kind, options) {
  const locale = localeOfWords();
  const key = JSON.stringify([Kind.name, locale, options]);
  if (!writers.has(key)) writers.set(key, new Kind(locale, options));
  return writers.get(key);
}

/** "7", "1,200". */
export const numberWords = (number) => writtenNumber(number);

/** "85%" of 85. */
export const percentWords = (percent) => writer(Intl.NumberFormat, { style: "percent" }).format(percent / 100);

/** "300 m", "100 km" of a number of metres. */
export function metreWords(metres) {
  const [number, unit] = metres < 1000 ? [metres, "meter"] : [metres / 1000, "kilometer"];
  return writer(Intl.NumberFormat, { style: "unit", unit }).format(number);
}

/** "1 mention", "1,200 mentions": the string "count.mention" of the table. */
export const countOf = (number, noun) => say(`count.${noun}`, { count: number });

/** "Alba, Brun and Corm". */
export const listWords = (names) => writer(Intl.ListFormat, {}).format(names.map(isolated));

/** Names beside each other, the empty ones left out: "Town, Kursk Oblast, Russia". */
export const sideBySide = (names) => names.filter(Boolean).map(isolated).join(say("comma"));

/** Compare two words as the language of the page sorts them. */
export const compareWords = (a, b) => writer(Intl.Collator, {}).compare(a, b);

/** The words in small letters: for a name that stands inside a sentence. */
export const inSentence = (words) => words.toLocaleLowerCase(localeOfWords());

/** The words with a great first letter. */
export const asHeading = (words) => words.replace(/^./u, (letter) => letter.toLocaleUpperCase(localeOfWords()));

/** @type {Intl.DateTimeFormatOptions} */
const LONG = { day: "numeric", month: "long", year: "numeric" };
/** Some versions of ICU put thin spaces around the dash of a range. */
const evenly = (words) => words.replaceAll("\u2009", " ");
const timeOf = (day) => (/^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN);

/** A time in milliseconds as a date, in `parts` as Intl.DateTimeFormat takes them. */
export const timeWords = (time, parts) => writer(Intl.DateTimeFormat, { ...parts, timeZone: "UTC" }).format(time);

/** Two times as a range of dates: what both have in common is said once. */
export const timeRangeWords = (from, to, parts) =>
  evenly(writer(Intl.DateTimeFormat, { ...parts, timeZone: "UTC" }).formatRange(from, to));

/**
 * "2024-08-13" becomes "13 August 2024"; anything else stays as it is. `parts` may leave out the day.
 * @param {string} day
 * @param {Intl.DateTimeFormatOptions} parts
 */
export function readableDay(day, parts = LONG) {
  const time = timeOf(day);
  return Number.isNaN(time) ? day : timeWords(time, parts);
}

/** "6 – 7 August 2024" of two days; the first alone where the other is the same or is none. */
export function readableDays(first, last) {
  const [from, to] = [timeOf(first), timeOf(last)];
  return first === last || Number.isNaN(from + to) ? readableDay(first) : timeRangeWords(from, to, LONG);
}

/** "7 of 12 events", of which some pass the filters. */
export const eventsShown = ({ incidents: { count } }, { shownIncidents: shown }) =>
  say("events.shown", { shown, count });
