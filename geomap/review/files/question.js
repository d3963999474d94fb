// One question: what the report says, what the program made of it and why, and the places to choose from.
import { byId, el } from "../../exporters/leaflet/page/dom.js";
import { countryName } from "../../exporters/leaflet/page/words/placewords.js";
import { numberWords, readableDay } from "../../exporters/leaflet/page/words/text.js";

const placeFacts = ({ level, admin1, country, population, id }) =>
  [level, admin1, countryName(country), population ? `${numberWords(population)} people` : "", id]
    .filter(Boolean)
    .join(", ");

/** What can be chosen as buttons, numbered as the keys that choose them. */
function fillChoices(heading, choices, choose) {
  const rows = choices.map(({ words, facts, chosen = false }, n) =>
    el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: chosen ? "rv-chosen" : null, click: () => choose(n) },
        n < 9 ? el("kbd", {}, String(n + 1)) : "",
        el("span", {}, el("b", { dir: "auto" }, words), " ", el("small", { dir: "auto" }, facts)),
      ),
    ),
  );
  const empty = el("p", { class: "gm-meta" }, "None.");
  byId("rv-places").replaceChildren(el("h2", {}, heading), rows.length ? el("ol", {}, rows) : empty);
}

export function fillPlaces(heading, places, chosen, choose) {
  const choiceOf = (place) => ({ words: place.name, facts: placeFacts(place), chosen: place.id === chosen });
  fillChoices(heading, places.map(choiceOf), choose);
}

/** The other events of the report, and those of others at its place, each with the words around its trigger. */
export function fillOthers(heading, others, choose) {
  const choiceOf = ({ document, words, guess, before, after, event }) => ({
    words: guess,
    facts: [
      document && `${document}, `,
      event.date && `${event.date}: `,
      `…${before}`,
      el("mark", {}, words),
      `${after}…`,
    ],
  });
  fillChoices(heading, others.map(choiceOf), choose);
}

export function fillQuestion(item) {
  const told = [item.title || item.document, item.source, readableDay(item.published)].filter(Boolean).join(" · ");
  const link = { href: item.url, target: "_blank", rel: "noopener noreferrer", class: "gm-out" };
  byId("rv-question").replaceChildren(
    el("p", { class: "gm-meta", dir: "auto" }, told, item.url ? [" ", el("a", link, "source")] : ""),
    el("blockquote", {}, item.before, el("mark", {}, item.words), item.after),
    el(
      "ul",
      {},
      item.reasons.map((line) => el("li", { dir: "auto" }, line.trim())),
    ),
    item.decision ? el("p", { class: "rv-decided", dir: "auto" }, `Decided: ${item.decision.in_words}`) : "",
  );
}

const labelled = (words, key, field) =>
  el("label", { class: "rv-field" }, el("span", {}, `${words} `, key && el("kbd", {}, key)), field);

/** What an event is told as, to be put right: type, day and toll. */
export function fillEvent(event, subTypes, save) {
  byId("rv-event").hidden = event === null;
  if (event === null) return byId("rv-event").replaceChildren();
  const options = (names) =>
    names.map((name) => el("option", { value: name, selected: name === event.sub_type }, name));
  const groups = Object.entries(subTypes).map(([name, names]) => el("optgroup", { label: name }, options(names)));
  const whole = { type: "number", min: 0, step: 1 };
  const enter = ({ key, isComposing }) => key === "Enter" && !isComposing && save();
  byId("rv-event").replaceChildren(
    labelled("Type", "t", el("select", { id: "rv-type", keydown: enter }, groups)),
    labelled("Day, or first/last", "d", el("input", { id: "rv-day", value: event.date, keydown: enter })),
    labelled("Killed, at least", "f", el("input", { ...whole, id: "rv-low", value: event.low, keydown: enter })),
    labelled("Killed, at most", "", el("input", { ...whole, id: "rv-high", value: event.high, keydown: enter })),
  );
}

/** What was changed of an event, as the cells of a correction. */
export function eventChanges(event) {
  const number = (id) => (byId(id).value === "" ? null : Number(byId(id).value));
  const [low, high] = [number("rv-low"), number("rv-high")];
  const toll = low === event.low && high === event.high ? {} : { low: low ?? high, high: high ?? low };
  return {
    event_sub_type: byId("rv-type").value === event.sub_type ? null : byId("rv-type").value,
    event_date: byId("rv-day").value.trim() === event.date ? null : byId("rv-day").value.trim(),
    fatalities_low: toll.low ?? null,
    fatalities_high: toll.high ?? null,
  };
}
