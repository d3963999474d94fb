// The parts of the window for corrections: what can be chosen for a name, and what can be put right of an event.
import { el } from "../dom.js";
import { alternativeWords, contextOf, placeTitle } from "../words/placewords.js";
import { typeWords } from "../data/events.js";
import { sideBySide } from "../words/text.js";
import { eventCells, eventTarget } from "../data/verdicts.js";
import { say } from "../words/say.js";

export const rowOf = (parts) => el("div", { class: "gm-verdict-row" }, parts);
export const fieldOf = (words, input) => el("label", { class: "gm-field" }, el("span", {}, words), input);

/**
 * The choices for a name: the program's place, the candidates that it beat, none of them, no place.
 * @param {import("../types").App} app
 */
export function mentionChoices(app, mention) {
  const { model, base } = app;
  const place = model.places[model.mentions.place[mention]];
  const known = place && !place.basis ? [[say("judge.right"), { verdict: "place", entry_id: place.entry }]] : [];
  const others = model.alternativesOf(mention).filter(({ id }) => id);
  return [
    ...known,
    [say("judge.not_a_place"), { verdict: "not a place" }],
    [say("judge.unknown_place"), { verdict: "unknown place" }],
    ...others.map((other) => [alternativeWords(other, base), { verdict: "place", entry_id: other.id }]),
  ];
}

/**
 * What the program took a name for, in words.
 * @param {import("../types").App} app
 */
export function takenFor(app, mention) {
  const { model, base } = app;
  const place = model.places[model.mentions.place[mention]];
  return place
    ? say("judge.taken_for", { place: sideBySide([placeTitle(place), contextOf(place, base)]) })
    : say("mention.not_found");
}

/**
 * A field for the place of something, and a button that fills in the middle of the map.
 * @returns {[HTMLInputElement, HTMLElement[]]}
 * @param {import("../types").App} app
 */
export function placeField({ map }, words) {
  const input = el("input", { type: "text", autocomplete: "off", spellcheck: "false" });
  const fill = () => {
    const { lat, lng } = map.getCenter().wrap();
    input.value = `${lat.toFixed(5)}, ${lng.toFixed(5)}`;
  };
  return [input, [fieldOf(words, input), el("button", { type: "button", click: fill }, say("judge.middle"))]];
}

/**
 * The facts of an event that can be put right; an empty field leaves one as it is.
 * @returns {[Record<string, HTMLInputElement | HTMLSelectElement>, HTMLElement[]]}
 * @param {import("../types").App} app
 */
function factFields(app) {
  const asItIs = el("option", { value: "" }, say("judge.as_it_is"));
  const groups = Object.entries(app.model.sub_types ?? {}).map(([type, names]) =>
    el(
      "optgroup",
      { label: typeWords(type) },
      names.map((name) => el("option", { value: name }, typeWords(name))),
    ),
  );
  const text = { type: "text", autocomplete: "off" };
  const whole = { type: "number", min: 0, step: 1 };
  const inputs = {
    type: el("select", {}, asItIs, groups),
    day: el("input", { ...text, placeholder: "2024-08-06" }),
    low: el("input", whole),
    high: el("input", whole),
  };
  const [place, placeParts] = placeField(app, say("judge.place"));
  const rows = [
    rowOf([fieldOf(say("judge.type"), inputs.type), fieldOf(say("judge.day"), inputs.day)]),
    rowOf([fieldOf(say("judge.least"), inputs.low), fieldOf(say("judge.most"), inputs.high)]),
    rowOf(placeParts),
  ];
  return [{ ...inputs, place }, rows];
}

/**
 * What can be put right of an event; `choose` takes the cells, `tell` what is wrong with them.
 * @param {import("../types").App} app
 */
export function factsField(app, choose, tell) {
  const [inputs, rows] = factFields(app);
  const set = () => {
    const given = Object.entries(inputs).map(([name, input]) => [name, input.value.trim()]);
    const { cells, problem } = eventCells(Object.fromEntries(given));
    if (problem) tell(problem);
    else choose(cells);
  };
  const button = el("button", { type: "button", click: set }, say("judge.set"));
  return el("details", {}, el("summary", {}, say("judge.put_right")), rows, button);
}

/** "Shelling/artillery/missile attack at Kupiansk": an event that a report tells; its kind alone where it names no place. */
export function tellingWords(model, { sub_type: type, mention }) {
  const place = mention < 0 ? "" : model.mentionText(mention) || model.places[model.mentions.place[mention]]?.name;
  return place ? say("judge.event_at", { type: typeWords(type), place }) : typeWords(type);
}

/**
 * The other events of the report, one of which may be the same occurrence, or was wrongly taken for it.
 * @param {import("../types").App} app
 */
export function sameField({ model }, telling, choose) {
  const others = model.factsIn(telling.document).filter(({ n }) => n !== telling.n);
  if (!others.length) return [];
  const list = el(
    "select",
    {},
    others.map((other, n) =>
      el(
        "option",
        { value: n },
        `${say("quoted", { words: other.words })}${say("colon")}${tellingWords(model, other)}`,
      ),
    ),
  );
  const decide = (verdict) => () => {
    const { start, mention_start: at } = eventTarget(model, others[list.value]);
    choose({ verdict, same_start: start, ...(at === undefined ? {} : { same_mention_start: at }) });
  };
  const button = (verdict) => el("button", { type: "button", click: decide(verdict) }, say(`judge.${verdict}`));
  return [rowOf([fieldOf(say("judge.occurrence_of"), list), button("same"), button("apart")])];
}
