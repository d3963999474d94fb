// Says in words what happened, when, and how exactly the text says where.
import { el } from "../dom.js";
import { say } from "./say.js";
import { numberWords, readableDay, readableDays, sideBySide } from "./text.js";
import { EVENT_KINDS, kindOfType, typeWords } from "../data/events.js";
import { isAbout } from "./placewords.js";
import { eventIcon } from "../signs/icons.js";
import { kindClass } from "../signs/symbols.js";

const isDay = (day) => /^\d{4}-\d{2}-\d{2}$/.test(day);

/** "6 August 2024", or "6 – 7 August 2024" for "2024-08-06/2024-08-07". */
function dayRange(days) {
  const [first, last = first] = days.split("/");
  return readableDays(first, last);
}

/** The date of an event as exactly as it is known: precision 1 is a day, 2 a week, 3 a month. */
export function eventDay(days, precision) {
  if (!days) return "";
  const [first] = days.split("/");
  if (precision === 3 && isDay(first)) return readableDay(first, { month: "long", year: "numeric" });
  return precision === 2 ? say("day.week", { day: readableDay(first) }) : dayRange(days);
}

/** ": Battles 3, Protests 1": the events of a sign for those who do not see its colours; empty when there are none. */
export function kindsInWords(kinds) {
  const named = EVENT_KINDS.map(({ label }, kind) =>
    kind && kinds[kind] ? `${label} ${numberWords(kinds[kind])}` : "",
  );
  const words = sideBySide(named);
  return words && `${say("colon")}${words}`;
}

/** The sub-type of an event with its picture, in its colour; grey where the text puts the event somewhere else. */
export function eventChip({ type, subType, here }) {
  const kind = kindOfType(type);
  if (!kind) return null;
  const words = typeWords(subType && subType !== "Other" ? subType : type);
  const className = `gm-event ${kindClass(here ? kind : 0)}`;
  const title = here ? typeWords(type) : say("event_elsewhere.why");
  return el("span", { class: className, title }, eventIcon(kind, 13), words, here ? "" : ` ${say("event_elsewhere")}`);
}

/** How exactly the text says where: "Somewhere in Kursk Oblast". Empty for a place itself, and where the card says it. */
export function whereWords(place, where) {
  if (isAbout(place)) return "";
  if (place.kind !== "point") return say("where.in", { place: place.name });
  if (where === 2) return say("where.at", { place: place.name });
  return where > 2 ? say("where.around", { place: place.name }) : "";
}
