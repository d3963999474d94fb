// Boxes with a label and a count, and the chips for the kinds of events made of them.
import { el } from "../dom.js";
import { EVENT_KINDS } from "../data/events.js";
import { eventIcon } from "../signs/icons.js";
import { countWithout } from "../data/hiddenby.js";
import { ALL_KINDS } from "../data/selection.js";
import { countOf, inSentence, numberWords } from "../words/text.js";
import { say } from "../words/say.js";

const NONE = 1;
/** What stands between the count of events and that of mentions. */
const BETWEEN = " · ";

/** Events and mentions side by side, and what they are in a title. */
export function showCounts(node, { events, mentions }) {
  node.textContent = [events, mentions].map(numberWords).join(BETWEEN);
  node.title = [countOf(events, "event"), countOf(mentions, "mention")].join(say("comma"));
}

/** What stands over such counts. */
export const countsHead = () => el("small", {}, [say("tab.events"), say("table.mentions")].join(BETWEEN));

/** A box with a label and a count, in words or as {events, mentions}. `flip` gets whether it is ticked; `show` sets it. */
export function tick({ id, words, flip, kind = "gm-tick" }) {
  const box = el("input", { type: "checkbox", id });
  const count = el("b", {});
  box.addEventListener("change", () => flip(box.checked));
  const show = (on, counted) => {
    box.checked = on;
    if (typeof counted === "string") count.textContent = counted;
    else showCounts(count, counted);
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
    for (const { n, show } of chips) show(((kinds >> n) & 1) === 1, numberWords(counts[n]));
    all.hidden = kinds === ALL_KINDS;
    events.hidden = kinds !== ALL_KINDS || !present.includes(0);
  };
  return { node: el("fieldset", { id: "gm-kinds" }, legend, row), render };
}
