// The words of the interface, from the one table of strings that the page carries: words/en.json and its translations.
import { byId } from "../dom.js";

/** What is put into a string keeps its own direction where the string runs from right to left. */
const [ISOLATE, END] = ["\u2068", "\u2069"];

/**
 * @typedef {{ locale: string, direction: string, words: Map<string, string | Record<string, string>> }} Known
 * @type {(Known & { plural: Intl.PluralRules, number: Intl.NumberFormat }) | null}
 */
let table = null;

/**
 * Use a table: its `locale`, its `direction` ("ltr" or "rtl"), and its `words`. A page has it in a block of data.
 * @param {import("../types").Table} given
 */
export function setWords({ locale, direction, words }) {
  const writers = { plural: new Intl.PluralRules(locale), number: new Intl.NumberFormat(locale) };
  return (table = { locale, direction, words: new Map(Object.entries(words)), ...writers });
}

const known = () => table ?? setWords(JSON.parse(byId("geomap-words").textContent));

/** The locale in which dates, numbers and lists are written, such as "en-GB". */
export const localeOfWords = () => known().locale;

/** A number as the language writes it. */
export const writtenNumber = (number) => known().number.format(number);

/** Tell whether the table has a string of this key. */
export const hasWords = (key) => known().words.has(key);

/**
 * The string of a key, in the plural form that `count` asks for where it has several.
 * @param {string} key
 * @param {Record<string, any>} values
 * @returns {string}
 */
function formOf(key, { count }) {
  const { words, plural } = known();
  const forms = words.get(key);
  if (forms === undefined) throw new Error(`the table of strings has no “${key}”`);
  return typeof forms === "string" ? forms : (forms[plural.select(count)] ?? forms.other);
}

/** Words with their own direction, for a place among others where those run from right to left. */
export const isolated = (words) => (known().direction === "rtl" && words !== "" ? `${ISOLATE}${words}${END}` : words);

const asWritten = (value) => (typeof value === "number" ? writtenNumber(value) : isolated(String(value)));

/**
 * Say what the table has for a key, with `{name}` replaced by the value of that name. Numbers are written as the language
 * does it; `count` chooses the plural form. A key that the table lacks is an error.
 * @param {string} key
 * @param {Record<string, string | number>} values
 * @returns {string}
 */
export function say(key, values = {}) {
  return formOf(key, values).replace(/\{(\w+)\}/g, (_, name) => asWritten(values[name]));
}

/**
 * The same as a list of texts and elements, for values that are elements.
 * @param {string} key
 * @param {Record<string, string | number | Element>} values
 * @returns {(string | Element)[]}
 */
export function sayParts(key, values) {
  const pieces = formOf(key, values).split(/\{(\w+)\}/);
  const filled = (name) => (typeof values[name] === "object" ? values[name] : asWritten(values[name]));
  return pieces.map((piece, n) => (n % 2 ? filled(piece) : piece));
}
