// Reads the data blocks of the page and answers questions about them.
import { byId } from "./dom.js";

export const LITERAL = 0;
export const LOW_CONFIDENCE = 60;

/** Read a JSON block, gzipped or not. */
export async function readBlock(id) {
  const block = byId(id);
  if (block.type === "application/json") return JSON.parse(block.textContent);
  const bytes = Uint8Array.from(atob(block.textContent), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

/** Wrap the data: columns stay columns, with the mentions of each report in text order beside them. */
export function createModel(data) {
  const { documents, places, mentions } = data;
  const count = mentions.place.length;
  const byDocument = documents.map(() => []);
  for (let i = 0; i < count; i++) byDocument[mentions.document[i]].push(i);
  for (const list of byDocument) list.sort((a, b) => mentions.start[a] - mentions.start[b] || a - b);

  const sentenceSpan = (document, sentence) => {
    const { start, end } = documents[document].sentences;
    return [start[sentence], end[sentence]];
  };
  return {
    ...data,
    count,
    notFound: mentions.place.filter((place) => place < 0).length,
    mentionsOf: (document) => byDocument[document],
    sentenceSpan,
    sentenceText(mention) {
      const document = mentions.document[mention];
      return documents[document].text.slice(...sentenceSpan(document, mentions.sentence[mention]));
    },
    mentionText(mention) {
      return documents[mentions.document[mention]].text.slice(mentions.start[mention], mentions.end[mention]);
    },
    relationOf: (mention) => data.relations[mentions.relation[mention]],
    alternativesOf: (mention) => data.alternatives[mentions.alternatives[mention]],
    titleOf: (document) => documents[document].title || documents[document].id,
  };
}
