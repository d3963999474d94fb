// The kinds of events in the order of their numbers: ACLED's six types, and 0 for a mention that no event happened at.

export const EVENT_KINDS = [
  { key: "none", type: "", label: "No event", short: "No event" },
  { key: "battles", type: "Battles", label: "Battles", short: "Battles" },
  {
    key: "explosions",
    type: "Explosions/Remote violence",
    label: "Explosions and remote violence",
    short: "Explosions",
  },
  { key: "civilians", type: "Violence against civilians", label: "Violence against civilians", short: "Civilians" },
  { key: "protests", type: "Protests", label: "Protests", short: "Protests" },
  { key: "riots", type: "Riots", label: "Riots", short: "Riots" },
  { key: "strategic", type: "Strategic developments", label: "Strategic developments", short: "Strategic" },
];

// ACLED codes ground that a foreign army takes with ground that rebels take; on a page the bare name would mislead.
const PLAIN_WORDS = new Map([["Non-state actor overtakes territory", "Taken by rebels or a foreign army"]]);

/** The name of a sub-type for readers: ACLED's own, but where that says less than it means. */
export const subTypeWords = (subType) => PLAIN_WORDS.get(subType) ?? subType;

/** The number of an ACLED event type; 0 for one that it does not have. */
export function kindOfType(type) {
  return Math.max(
    0,
    EVENT_KINDS.findIndex((kind) => kind.type === type),
  );
}
