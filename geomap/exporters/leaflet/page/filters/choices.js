// Choosing several of many: a list of boxes with counts that a search narrows, usable for thousands.
import { el } from "../dom.js";
import { findWords, foldText, queryWords } from "../data/search.js";
import { say } from "../words/say.js";
import { countsHead, showCounts } from "./checkboxes.js";

const LISTED = 40;

/**
 * Those of a list whose name has all words, the chosen first, then by their counts of events and mentions; at most `most`, and
 * how many are left out.
 */
export function pickChoices(names, { counts, chosen, query, most }) {
  const words = queryWords(query);
  const has = (name) => {
    const plain = foldText(name);
    return words.every((word) => plain.includes(word));
  };
  const picked = new Set(chosen ?? []);
  const numbers = [...names.keys()].filter((n) => !words.length || has(names[n]));
  const { events, mentions } = counts;
  const more = (a, b) => events[b] - events[a] || mentions[b] - mentions[a];
  numbers.sort((a, b) => Number(picked.has(b)) - Number(picked.has(a)) || more(a, b) || a - b);
  return { numbers: numbers.slice(0, most), left: Math.max(0, numbers.length - most) };
}

/** A name with what was searched for in <mark>. */
function markedName(name, query) {
  const pieces = [];
  let position = 0;
  for (const [start, end] of findWords(name, queryWords(query))) {
    pieces.push(name.slice(position, start), el("mark", {}, name.slice(start, end)));
    position = end;
  }
  return el("bdi", {}, ...pieces, name.slice(position));
}

/** A group of boxes. `change` gets the chosen numbers, null for all; `render` shows counts and what is chosen. `extra` stands above the list. */
export function createChoices({ id, legend, find, names, change, extra = "" }) {
  const search = el("input", {
    type: "search",
    id: `${id}-search`,
    placeholder: say("choices.find_among", { count: names.length }),
    "aria-label": find,
  });
  const list = el("ul", { class: "gm-choices" });
  const note = el("p", { class: "gm-note-small", "aria-live": "polite" });
  const node = el(
    "fieldset",
    { id },
    el("legend", {}, legend, " ", countsHead()),
    names.length > 8 ? search : "",
    extra,
    list,
    note,
  );
  const none = new Uint32Array(names.length);
  /** @type {{ counts: { events: Uint32Array, mentions: Uint32Array }, chosen: number[] | null }} */
  let shown = { counts: { events: none, mentions: none }, chosen: null };

  function choice(n) {
    const box = el("input", { type: "checkbox", id: `${id}-${n}`, "data-number": n });
    box.checked = shown.chosen?.includes(n) ?? false;
    const count = el("b", {});
    showCounts(count, { events: shown.counts.events[n], mentions: shown.counts.mentions[n] });
    return el("li", {}, box, el("label", { for: box.id }, markedName(names[n], search.value), " ", count));
  }

  function fillList() {
    const active = /** @type {HTMLElement} */ (document.activeElement);
    const focused = list.contains(active) ? active.dataset.number : undefined;
    const { numbers, left } = pickChoices(names, { ...shown, query: search.value, most: LISTED });
    list.replaceChildren(...numbers.map(choice));
    if (!numbers.length) note.textContent = say("choices.none");
    else note.textContent = left ? say("choices.more", { count: left }) : "";
    if (focused !== undefined) /** @type {HTMLElement} */ (list.querySelector(`[data-number="${focused}"]`))?.focus();
  }

  list.addEventListener("change", (event) => {
    const target = /** @type {HTMLInputElement} */ (event.target);
    const chosen = new Set(shown.chosen ?? []);
    const n = Number(target.dataset.number);
    if (target.checked) chosen.add(n);
    else chosen.delete(n);
    change(chosen.size ? [...chosen].sort((a, b) => a - b) : null);
  });
  search.addEventListener("input", fillList);
  return {
    node,
    render(counts, chosen) {
      shown = { counts, chosen };
      fillList();
    },
  };
}
