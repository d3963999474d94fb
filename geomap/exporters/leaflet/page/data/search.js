// Searching as people type: without case, accents, apostrophes or the width of spaces.

const WORDS = 8;
const LENGTH = 100;
const CASELESS = new Map(
  Object.entries({ ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", ħ: "h", ı: "i", þ: "th", ς: "σ" }),
);
// The signs of Indic and other scripts that are written as marks are letters: only marks added to letters go.
const MARKS = /(?=[\p{sc=Inherited}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Cyrillic}])\p{Mn}/gu;
// Apostrophes and what stands for them, as their numbers: signs beyond ASCII double the room of the whole script.
const SILENT = /[\p{Cf}\u0640'`\u00b4\u2018\u2019\u02bc\u02b9\u02bb]/gu;
const ASCII = /^[\0-\x7f]*$/;
const folded = new Map();

/** What one character is searched as: nothing, or one or more characters. */
function foldCharacter(character) {
  let plain = folded.get(character);
  if (plain === undefined) {
    const lower = character.normalize("NFKD").replace(MARKS, "").toLowerCase();
    plain = lower.replace(SILENT, "").replace(/\p{Pd}/gu, "-");
    plain = CASELESS.get(plain) ?? plain;
    folded.set(character, plain);
  }
  return plain;
}

/** A text as it is searched: "Ryl’sk  Łódź" becomes "rylsk lodz". */
export function foldText(text) {
  const plain = ASCII.test(text) ? text.replace(/['`]/g, "").toLowerCase() : text.replace(/./gsu, foldCharacter);
  return plain.replace(/\s+/g, " ");
}

/** The same, with the offset in the text of each character; one more offset marks the end. */
export function foldWithOffsets(text) {
  let plain = "";
  const offsets = [];
  let position = 0;
  for (const character of text) {
    for (const unit of foldCharacter(character).replace(/\s+/g, " ").split("")) {
      if (unit === " " && plain.endsWith(" ")) continue;
      plain += unit;
      offsets.push(position);
    }
    position += character.length;
  }
  offsets.push(position);
  return { plain, offsets };
}

/** The words of a query, folded; all of them have to be found. */
export function queryWords(query) {
  const words = foldText(query.slice(0, LENGTH)).split(" ");
  return [...new Set(words.filter((word) => word !== ""))].slice(0, WORDS);
}

/** Where words stand in a text: [start, end] in text order, joined where they overlap. */
export function findWords(text, words) {
  const { plain, offsets } = foldWithOffsets(text);
  const spans = [];
  for (const word of words) {
    for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + word.length)) {
      spans.push([offsets[at], offsets[at + word.length]]);
    }
  }
  spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const joined = [];
  for (const span of spans) {
    const last = joined.at(-1);
    if (last && span[0] <= last[1]) last[1] = Math.max(last[1], span[1]);
    else joined.push(span);
  }
  return joined;
}

const bitsOf = (plain, words) => words.reduce((bits, word, n) => bits | (plain.includes(word) ? 1 << n : 0), 0);

/** An index of the places' names and of the sentences that name them, folded report by report when first asked for. */
export function createSearch(model) {
  const { document, sentence, place } = model.mentions;
  const reports = new Array(model.documents.length);
  /** @type {string[] | null} */
  let names = null;

  function sentencesOf(report) {
    if (reports[report]) return reports[report];
    const { text } = model.documents[report];
    const { start, end } = model.documents[report].sentences;
    return (reports[report] = Array.from(start, (from, n) => foldText(text.slice(from, end[n]))));
  }

  /** For each mention 1 where its place's name and its sentence together have all words; null for an empty query. */
  function matching(query) {
    const words = queryWords(query);
    if (!words.length) return null;
    names ??= /** @type {string[]} */ (model.places.map(({ name }) => foldText(name)));
    const all = (1 << words.length) - 1;
    const ofPlace = Uint8Array.from(names, (name) => bitsOf(name, words));
    const found = new Uint8Array(model.count);
    let bits = 0;
    for (let i = 0; i < found.length; i++) {
      const seen = i > 0 && document[i] === document[i - 1] && sentence[i] === sentence[i - 1];
      if (!seen) bits = bitsOf(sentencesOf(document[i])[sentence[i]], words);
      found[i] = (bits | (place[i] < 0 ? 0 : ofPlace[place[i]])) === all ? 1 : 0;
    }
    return found;
  }

  /** A test whether the sentence of a telling has all words of a query. */
  function telling(query) {
    const words = queryWords(query);
    const all = (1 << words.length) - 1;
    const { tellings, quoteOf } = model.incidents;
    return (n) => {
      if (!words.length) return true;
      const known = tellings.sentence[n] >= 0;
      const plain = known ? sentencesOf(tellings.document[n])[tellings.sentence[n]] : foldText(quoteOf(n));
      return bitsOf(plain, words) === all;
    };
  }

  /** Fold reports while the browser is idle, so that the first search is as quick as the next. */
  function warm(from = 0) {
    if (from >= reports.length || !globalThis.requestIdleCallback) return;
    requestIdleCallback((idle) => {
      let report = from;
      while (report < reports.length && (report === from || idle.timeRemaining() > 2)) sentencesOf(report++);
      warm(report);
    });
  }

  return { matching, telling, warm };
}
