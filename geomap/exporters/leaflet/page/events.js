// The kinds of events in the order of their numbers: ACLED's six types, and 0 for a mention that no event happened at.

export const EVENT_KINDS = [
  { key: "none", type: "", label: "No event" },
  { key: "battles", type: "Battles", label: "Battles" },
  { key: "explosions", type: "Explosions/Remote violence", label: "Explosions and remote violence" },
  { key: "civilians", type: "Violence against civilians", label: "Violence against civilians" },
  { key: "protests", type: "Protests", label: "Protests" },
  { key: "riots", type: "Riots", label: "Riots" },
  { key: "strategic", type: "Strategic developments", label: "Strategic developments" },
];

/** The number of an ACLED event type; 0 for one that it does not have. */
export function kindOfType(type) {
  return Math.max(
    0,
    EVENT_KINDS.findIndex((kind) => kind.type === type),
  );
}
