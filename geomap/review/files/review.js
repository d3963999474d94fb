// The review: goes from question to question by keys; each decision is saved before the next question is asked.
import { byId, el } from "../../exporters/leaflet/page/dom.js";
import { countOf } from "../../exporters/leaflet/page/words/text.js";
import { ask } from "./asking.js";
import { createSpots } from "./spots.js";
import { eventChanges, fillEvent, fillOthers, fillPlaces, fillQuestion } from "./question.js";

const state = { items: [], at: 0, item: null, found: null, pairing: null, pinning: false, facts: null };
let spots = null;

function tell(words) {
  byId("rv-said").textContent = words;
}

/** Show that something was not saved; an empty text takes it away. */
function complain(problem) {
  byId("rv-problem").textContent = problem;
  byId("rv-problem").hidden = problem === "";
}

const offered = () => state.found ?? state.item?.candidates ?? [];

function drawPlaces() {
  const { item, found } = state;
  if (state.pairing) {
    spots.show([], { chosen: "", point: item.point });
    return fillOthers(PAIRS[state.pairing].heading, item.others, choose);
  }
  const chosen = item.decision?.entry_id || item.chosen;
  const heading = found ? "Found in the gazetteer" : item.about === "event" ? "Places of the report" : "Candidates";
  fillPlaces(heading, offered(), chosen, choose);
  spots.show(offered(), { chosen, point: found ? null : item.point, choose });
}

function drawProgress() {
  const decided = state.items.filter(({ decision }) => decision).length;
  const { file, who } = state.facts;
  byId("rv-progress").textContent =
    `${state.at + 1} of ${countOf(state.items.length, "question")}, ${decided} decided · ${file} · ${who || "unnamed"}`;
  document.documentElement.dataset.rvDecided = decided;
}

/** Verdicts on two events: what stands over the list of the others, and what is asked. */
const PAIRS = {
  same: {
    heading: "The same occurrence as",
    asked: "Choose the event that is the same occurrence by its number; m goes back to the places.",
  },
  apart: {
    heading: "Not the same occurrence as",
    asked: "Choose the event that is another occurrence by its number; n goes back to the places.",
  },
};
const ACTIONS = {
  mention: [
    ["Enter", "As it is", agree],
    ["x", "Not a place", () => decide("not a place")],
    ["0", "A place, unknown where", () => decide("unknown place")],
    ["p", "Drop a pin", togglePin],
  ],
  event: [
    ["Enter", "Right as it is", () => decide("verified")],
    ["x", "No such event", () => decide("wrong")],
    ["s", "Save type, day and toll", saveEvent],
    ["m", "Same as another", () => togglePairing("same")],
    ["n", "Not the same as another", () => togglePairing("apart")],
    ["p", "Drop a pin", togglePin],
  ],
};
const MOVES = [
  ["j", "Next", () => go(state.at + 1)],
  ["k", "Back", () => go(state.at - 1)],
  ["u", "Undo", undo],
];
const FIELDS = { "/": "rv-search", y: "rv-why", t: "rv-type", d: "rv-day", f: "rv-low" };

const actions = () => [...(state.item ? ACTIONS[state.item.about] : []), ...MOVES];

function drawButtons() {
  const buttons = actions().map(([key, words, doIt]) =>
    el("button", { type: "button", click: () => soon(doIt) }, el("kbd", {}, key), ` ${words}`),
  );
  byId("rv-buttons").replaceChildren(...buttons);
}

/** Ask a question; past the ends nothing happens. */
async function go(to) {
  if (to < 0 || to >= state.items.length) return tell(state.items.length ? "No more questions this way." : "");
  const { value, problem } = await ask(`items/${to}`);
  if (problem) return complain(problem);
  Object.assign(state, { at: to, item: value, found: null, pairing: null });
  history.replaceState(null, "", `#${to + 1}`);
  setPinning(false);
  byId("rv-search").value = byId("rv-why").value = "";
  byId("rv-always").checked = false;
  fillQuestion(value);
  fillEvent(value.event, state.facts.sub_types, () => soon(saveEvent));
  drawPlaces();
  drawButtons();
  drawProgress();
  byId("rv-question").focus();
  document.documentElement.dataset.rvItem = to;
}

/** Save a decision; only when it is saved the next undecided question is asked. */
async function decide(verdict, cells = {}) {
  if (!state.item) return;
  const body = { item: state.at, verdict, ...cells, why: byId("rv-why").value, always: byId("rv-always").checked };
  const { value, problem } = await ask("decide", body);
  if (problem) return complain(problem);
  complain("");
  tell(`Saved: “${state.item.words}” — ${verdict}.`);
  state.items = value;
  const later = value.findIndex(({ decision }, n) => n > state.at && !decision);
  await go(later >= 0 ? later : Math.min(state.at + 1, value.length - 1));
}

const verdictOnPlace = () => (state.item.about === "event" ? "event" : "place");

/** Choose by its number in the list a place, or the event that this one is the same as. */
const choose = (n) => soon(() => takeNumber(n));

/** Take the program's choice, whether that is a place or none. */
function agree() {
  if (state.pinning) return dropPin();
  const { chosen } = state.item;
  return chosen ? decide("place", { entry_id: chosen }) : decide("unknown place");
}

function saveEvent() {
  if (state.item?.event) return decide("event", eventChanges(state.item.event));
}

async function undo() {
  const { value, problem } = await ask("undo", {});
  if (problem) return complain(problem);
  complain("");
  state.items = value.items;
  tell(value.item === null ? "There is nothing to take back on these questions." : "Taken back.");
  await go(value.item ?? state.at);
}

function setPinning(on) {
  state.pinning = on;
  byId("rv-cross").hidden = !on;
  if (on) {
    spots.focus();
    tell("Move the map with the arrow keys until the cross is on the spot; Enter drops the pin, p leaves it.");
  }
}

/** Show the other events in place of its places, to say which of them is the same or which is not, or go back. */
function togglePairing(verdict) {
  state.pairing = state.pairing === verdict ? null : verdict;
  drawPlaces();
  tell(state.pairing ? PAIRS[verdict].asked : "");
}

function togglePin() {
  setPinning(!state.pinning);
  if (!state.pinning) byId("rv-question").focus();
}

const dropPin = () => decide(verdictOnPlace(), spots.middle());

async function search() {
  const { value, problem } = await ask(`search?q=${encodeURIComponent(byId("rv-search").value)}`);
  if (problem) return complain(problem);
  state.pairing = null;
  state.found = byId("rv-search").value.trim() ? value : null;
  drawPlaces();
  tell(state.found ? `${countOf(value.length, "place")} found; choose by number.` : "");
  byId("rv-question").focus();
}

let queue = Promise.resolve();
/** Do one thing after the other, however fast the keys come. */
function soon(next) {
  queue = queue.then(next).catch((error) => complain(String(error)));
}

/** In a field Enter finishes and Escape leaves it; everything else is typing. */
function inField(event) {
  if (event.key === "Escape") byId("rv-question").focus();
  else if (event.key === "Enter" && event.target.id === "rv-search") soon(search);
  else if (event.key === "Enter" && event.target.id === "rv-why") byId("rv-question").focus();
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.matches("input:not([type=checkbox]), select")) return inField(event);
  if (event.key === "Enter" && state.pinning) {
    event.preventDefault();
    return soon(dropPin);
  }
  if (event.key === "Enter" && event.target.matches("button, a, input")) return;
  const field = byId(FIELDS[event.key] ?? "");
  if (field) {
    event.preventDefault();
    field.focus();
    return field.select?.();
  }
  if (event.key === "a") return byId("rv-always").click();
  if (/^[1-9]$/.test(event.key)) return choose(Number(event.key) - 1);
  if (!actions().some(([key]) => key === event.key) && !ACTIONS.event.some(([key]) => key === event.key)) return;
  event.preventDefault();
  soon(() => act(event.key));
}

/** Do what a key stands for when its turn has come: the question may be another by then, of another kind. */
function act(pressed) {
  return actions().find(([key]) => key === pressed)?.[2]();
}

const cellsOfOther = ({ document, start, mention_start: at, words }) => ({
  same_start: start,
  same_mention_start: at,
  ...(document && { same_document: document, same_words: words }),
});

/** Choose by number, when its turn has come: the question may have changed since the key was hit. */
function takeNumber(n) {
  const other = state.item.others[n];
  if (state.pairing) return other && decide(state.pairing, cellsOfOther(other));
  const place = offered()[n];
  if (place) return decide(verdictOnPlace(), { entry_id: place.id });
}

async function begin() {
  const [facts, base] = [await ask("items"), await ask("base")];
  if (facts.problem || base.problem) return complain(facts.problem ?? base.problem);
  state.facts = facts.value;
  state.items = facts.value.items;
  spots = createSpots(byId("rv-map"), base.value);
  document.addEventListener("keydown", onKey);
  const asked = Number(location.hash.slice(1)) - 1;
  const first = state.items.findIndex(({ decision }) => !decision);
  if (!state.items.length) tell("There is nothing doubtful to look at; --all asks about everything.");
  drawButtons();
  drawProgress();
  await go(state.items[asked] ? asked : Math.max(first, 0));
  document.documentElement.dataset.rvReady = "1";
}

begin();
