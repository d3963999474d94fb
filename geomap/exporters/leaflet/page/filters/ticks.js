// Boxes with a label and a count, and the chips for the kinds of events made of them.
import { el } from "../dom.js";
import { EVENT_KINDS } from "../data/events.js";
import { eventIcon } from "../signs/icons.js";
import { ALL_KINDS, countWithout } from "../data/selection.js";
import { inSentence, numberWords } from "../words/text.js";
import { say } from "../words/say.js";

const NONE = 1;

/** A box with a label and a count. `flip` gets whether it is ticked; `show` sets it. */
export function tick({ id, words, flip, kind = "gm-tick" }) {
  const box = el("input", { type: "checkbox", id });
  const count = el("b", {});
  box.addEventListener("change", () => flip(box.checked));
  const show = (on, number) => {
    box.checked = on;
    count.textContent = numberWords(number);
  };
  const label = el("label", { for: id }, kind === "gm-tick" ? el("span", {}, words) : words, " ", count);
  return { node: el("div", { class: kind }, box, label), show };
}

/** The numbers of the kinds that a page has, those of events first. */
function presentKinds({ units: { eventKind } }) {
  const present = new Set(eventKind);
  return [...EVENT_KINDS.keys()]
    .filter((n) => present.has(n))
    .sort((a, b) => Number(a === 0) - Number(b === 0) || a - b);
}

/** @param {import("../types").App} app */
function kindChip(app, n) {
  const { selection } = app;
  const { key, label, short } = EVENT_KINDS[n];
  const name = el("span", { title: label, "aria-hidden": "true" }, short);
  const flip = (on) => {
    const { kinds } = selection.filters;
    app.changeFilters({ kinds: on ? kinds | (1 << n) : kinds & ~(1 << n) });
  };
  const words = [eventIcon(n), el("span", { class: "gm-hidden" }, label), name];
  const chip = tick({ id: `gm-kind-${key}`, words, flip, kind: "gm-kind" });
  const only = { type: "button", class: "gm-only", "aria-label": say("active.only", { names: inSentence(label) }) };
  chip.node.append(el("button", { ...only, click: () => app.changeFilters({ kinds: 1 << n }) }, say("kinds.only")));
  return { ...chip, n };
}

/**
 * The kinds of events as chips, each with its count under the other filters; null when the reports hold no event.
 * @param {import("../types").App} app
 */
export function kindChips(app) {
  const { model, selection } = app;
  const present = presentKinds(model);
  if (!present.some((n) => n > 0)) return null;
  const chips = present.map((n) => kindChip(app, n));
  const preset = (words, kinds) =>
    el("button", { type: "button", class: "gm-preset", click: () => app.changeFilters({ kinds }) }, words);
  const [all, events] = [preset(say("kinds.all"), ALL_KINDS), preset(say("kinds.events_only"), ALL_KINDS & ~NONE)];
  const legend = el("legend", {}, say("kinds.legend"));
  const row = el("div", { class: "gm-kinds" }, ...chips.map(({ node }) => node), events, all);
  const render = () => {
    const counts = countWithout(
      selection.unitFails,
      "kinds",
      EVENT_KINDS.length,
      (unit) => model.units.eventKind[unit],
    );
    const { kinds } = selection.filters;
    for (const { n, show } of chips) show(((kinds >> n) & 1) === 1, counts[n]);
    all.hidden = kinds === ALL_KINDS;
    events.hidden = kinds !== ALL_KINDS || !present.includes(0);
  };
  return { node: el("fieldset", { id: "gm-kinds" }, legend, row), render };
}
