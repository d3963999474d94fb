// The kinds of events in the order of their numbers: ACLED's six types, and 0 for a mention that no event happened at.
import { hasWords, say } from "../words/say.js";

/** A kind with its name and a short name, each in the language of the page. */
const eventKind = (key, type) => ({
  key,
  type,
  get label() {
    return say(`kind.${key}`);
  },
  get short() {
    return say(`kind.${key}.short`);
  },
});

/* eslint-disable page/words -- ACLED's names, as they stand in the data */
export const EVENT_KINDS = [
  eventKind("none", ""),
  eventKind("battles", "Battles"),
  eventKind("explosions", "Explosions/Remote violence"),
  eventKind("civilians", "Violence against civilians"),
  eventKind("protests", "Protests"),
  eventKind("riots", "Riots"),
  eventKind("strategic", "Strategic developments"),
];
/* eslint-enable page/words */

/**
 * The name of an ACLED type or sub-type for readers. In English it is ACLED's own, but where that says less than it means:
 * it codes ground that a foreign army takes with ground that rebels take. One that the table lacks stays as it is.
 */
export const typeWords = (name) => (hasWords(`event.${name}`) ? say(`event.${name}`) : name);

/** The same for a sub-type. */
export const subTypeWords = (subType) => typeWords(subType);

/** The number of an ACLED event type; 0 for one that it does not have. */
export function kindOfType(type) {
  return Math.max(
    0,
    EVENT_KINDS.findIndex((kind) => kind.type === type),
  );
}
