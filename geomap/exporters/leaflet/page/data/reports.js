// The reports: facts as columns, texts as bytes that become strings when they are read.

const NEW_LINE = 10;
const KEPT = 100;

/** The texts of a block that holds a JSON list with one text a line; each is decoded when it is asked for. */
export function createTexts(bytes) {
  const ends = [];
  for (let at = bytes.indexOf(NEW_LINE); at >= 0; at = bytes.indexOf(NEW_LINE, at + 1)) ends.push(at);
  ends.push(bytes.length);
  const decoder = new TextDecoder();
  const kept = new Map();
  // After each text stands a comma or, at the end, the bracket of the list; before the first, the other bracket.
  const decode = (n) => JSON.parse(decoder.decode(bytes.subarray(n ? ends[n - 1] + 1 : 1, ends[n] - 1)));
  return (n) => {
    if (!kept.has(n)) {
      if (kept.size >= KEPT) kept.delete(kept.keys().next().value);
      kept.set(n, decode(n));
    }
    return kept.get(n);
  };
}

/** One object a report, with the columns as its properties; `text` and `sentences` are made when they are read. */
export function createReports(columns, sentences, textOf) {
  const index = new Int32Array(sentences.index);
  const start = new Int32Array(sentences.start);
  const end = new Int32Array(sentences.end);
  let first = 0;
  class Report {
    constructor(n) {
      this.n = n;
      this.first = first;
      first += columns.sentences[n];
    }

    get text() {
      return textOf(this.n);
    }

    get sentences() {
      const [from, to] = [this.first, this.first + columns.sentences[this.n]];
      return { index: index.subarray(from, to), start: start.subarray(from, to), end: end.subarray(from, to) };
    }

    /** Start and end of a sentence in the text. */
    span(sentence) {
      return [start[this.first + sentence], end[this.first + sentence]];
    }
  }
  for (const name of ["id", "title", "source", "published", "url", "refused", "language"]) {
    Object.defineProperty(Report.prototype, name, {
      get() {
        return columns[name][this.n];
      },
    });
  }
  Object.defineProperty(Report.prototype, "excerpt", {
    get() {
      return columns.excerpt[this.n] === 1;
    },
  });
  return columns.id.map((_, n) => new Report(n));
}
