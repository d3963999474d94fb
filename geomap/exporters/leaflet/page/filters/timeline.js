// The timeline below the map: bars by day and kind of event, a range to choose by hand or keys, and a button that plays it.
import { byId, el, svg } from "../dom.js";
import { EVENT_KINDS } from "../data/events.js";
import { kindClass } from "../signs/symbols.js";
import { textWidth } from "../map/labels.js";
import { oncePerFrame } from "./facets.js";
import { axisDays, barsOfDays, barsOfRange, rangeOfBars, rangeWords, shortDay, spanOfDays } from "../data/days.js";
import { periodsOf } from "../data/periods.js";
import { createCompare } from "./compare.js";
import { createPlayer } from "./player.js";
import { countOf, inSentence, numberWords, sideBySide } from "../words/text.js";
import { say } from "../words/say.js";

const HEIGHT = 100;
/** Room for a day of the axis in pixels, at least, and between two of them. */
const [TICK_WIDTH, TICK_GAP] = [68, 8];
/** The bars as one path a kind and state, what is dated roughly on top: those in the range, and those outside it. */
function barPaths({ rows, rough }, ranges) {
  const totals = rows[0].map((_, bar) => rows.reduce((sum, row) => sum + row[bar], 0));
  const scale = HEIGHT / Math.max(1, ...totals);
  const gap = rows[0].length > 60 ? 0.06 : 0.1;
  const broad = (1 - 2 * gap).toFixed(2);
  const tops = new Float64Array(totals.length).fill(HEIGHT);
  const pathsOf = (kind, countAt, className) => {
    const drawn = { on: "", off: "" };
    for (let bar = 0; bar < totals.length; bar++) {
      const height = countAt(bar) * scale;
      if (!height) continue;
      tops[bar] -= height;
      const state = ranges.some(([start, end]) => bar >= start && bar < end) ? "on" : "off";
      const [x, y, tall] = [bar + gap, tops[bar], height].map((length) => Math.round(100 * length) / 100);
      drawn[state] += `M${x} ${y}h${broad}v${tall}h-${broad}z`;
    }
    const path = (state) => svg("path", { d: drawn[state], class: `${kindClass(kind)} gm-${state}${className}` });
    return [drawn.on ? path("on") : null, drawn.off ? path("off") : null].filter(Boolean);
  };
  return [
    ...rows.flatMap((row, kind) => pathsOf(kind, (bar) => row[bar] - rough[kind][bar], "")),
    ...rough.flatMap((row, kind) => pathsOf(kind, (bar) => row[bar], " gm-rough")),
  ];
}

/** "9 Aug 2024: 3 battles, 1 no event; 2 dated only roughly". */
function barWords(span, { rows, rough }, bar) {
  const from = span.from + bar * span.step;
  const counts = rows.map((row, kind) =>
    row[bar] ? `${numberWords(row[bar])} ${inSentence(EVENT_KINDS[kind].short)}` : "",
  );
  const days = rangeWords(from, from + span.step - 1);
  const ends = [bar === 0 && span.earlier ? "earlier" : "", bar === span.bars - 1 && span.later ? "later" : ""];
  const when = ends.reduce((words, end) => (end ? say(`timeline.${end}`, { days: words }) : words), days);
  const vague = rough.reduce((sum, row) => sum + row[bar], 0);
  const only = vague ? `; ${countOf(vague, "dated roughly")}` : "";
  return `${when}${say("colon")}${sideBySide(counts) || say("timeline.none")}${only}`;
}

function axisLabels(span, width) {
  /** @type {Intl.DateTimeFormatOptions} */
  const parts = span.bars * span.step > 300 ? { month: "short", year: "numeric" } : { day: "numeric", month: "short" };
  const wordsAt = (bar) => shortDay(span.from + bar * span.step, parts);
  const widest = Math.max(
    TICK_WIDTH,
    ...axisDays(span, Math.floor(width / TICK_WIDTH)).map((bar) => textWidth(wordsAt(bar))),
  );
  return axisDays(span, Math.floor(width / (widest + TICK_GAP))).map((bar) => {
    const label = el("span", {}, wordsAt(bar));
    label.style.left = `${(100 * (bar + 0.5)) / span.bars}%`;
    return label;
  });
}

function createParts() {
  const range = (id, words) => el("input", { type: "range", id, min: 0, step: 1, "aria-label": words });
  const parts = {
    play: el("button", { type: "button", id: "gm-play" }),
    bars: svg("svg", { id: "gm-bars", preserveAspectRatio: "none", "aria-hidden": "true" }),
    window: el("div", { class: "gm-window" }),
    from: range("gm-from", say("timeline.first")),
    to: range("gm-to", say("timeline.last")),
    axis: el("div", { class: "gm-axis", "aria-hidden": "true" }),
    note: el("div", { class: "gm-bar-note", "aria-hidden": "true" }),
    words: el("b", { id: "gm-range-words" }),
    undated: el("input", { type: "checkbox", id: "gm-undated" }),
    undatedWords: el("label", { for: "gm-undated" }),
    fold: el("button", { type: "button", id: "gm-fold", "aria-controls": "gm-track" }),
  };
  const { bars, window: chosen, from, to, axis, note } = parts;
  parts.track = el("div", { id: "gm-track" }, bars, chosen, from, to, axis, note);
  parts.undatedRow = el("p", { class: "gm-undated" }, parts.undated, parts.undatedWords);
  parts.side = el("div", { class: "gm-range" }, parts.words, parts.undatedRow);
  return parts;
}

/** Choose a range by dragging over the bars; a click chooses one bar, or all when that one was chosen. */
function wireBrush({ bars, note }, { span, current, choose, describe }) {
  /** @type {{ bar: number, before: number[], moved: boolean } | null} */
  let begun = null;
  const barAt = ({ clientX }) => {
    const { left, width } = bars.getBoundingClientRect();
    return Math.max(0, Math.min(span.bars - 1, Math.floor(((clientX - left) / width) * span.bars)));
  };
  const hideNote = () => note.classList.remove("gm-on");
  bars.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    bars.setPointerCapture(event.pointerId);
    begun = { bar: barAt(event), before: current(), moved: false };
  });
  bars.addEventListener("pointermove", (event) => {
    const bar = barAt(event);
    note.textContent = describe(bar);
    note.style.left = `${(100 * (bar + 0.5)) / span.bars}%`;
    note.classList.add("gm-on");
    note.classList.toggle("gm-right", bar > span.bars / 2);
    if (!begun || (bar === begun.bar && !begun.moved)) return;
    begun.moved = true;
    choose([Math.min(bar, begun.bar), Math.max(bar, begun.bar) + 1]);
  });
  bars.addEventListener("pointerup", () => {
    if (begun && !begun.moved) {
      const [start, end] = begun.before;
      const same = start === begun.bar && end === begun.bar + 1;
      choose(same ? [0, span.bars] : [begun.bar, begun.bar + 1]);
    }
    begun = null;
  });
  bars.addEventListener("pointercancel", () => (begun = null));
  bars.addEventListener("pointerleave", hideNote);
}

function wireFold({ fold }, map) {
  const set = (low) => {
    document.body.dataset.gmTime = low ? "low" : "open";
    fold.setAttribute("aria-expanded", String(!low));
    fold.setAttribute("aria-label", say(low ? "timeline.show" : "timeline.fold"));
    fold.textContent = low ? "▴" : "▾";
  };
  fold.addEventListener("click", () => {
    set(document.body.dataset.gmTime !== "low");
    map.invalidateSize({ pan: false });
  });
  set(window.matchMedia("(max-width: 760px) and (max-height: 700px)").matches);
}

/**
 * Take the room of the timeline, if there is one, and give back what makes it there.
 * @param {import("../types").App} app
 */
export function createTimeline(app) {
  const span = spanOfDays(app.model.units);
  if (!span) return () => {};
  const root = byId("gm-timeline");
  const parts = createParts();
  root.append(parts.play, parts.track, parts.side, parts.fold);
  root.hidden = false;
  document.body.classList.add("gm-dated");
  wireFold(parts, app.map);
  return () => fillTimeline(app, parts, span);
}

/** @param {import("../types").App} app */
function fillTimeline(app, parts, span) {
  const { model, selection } = app;
  const current = () => barsOfRange(span, selection.filters);
  const choose = (bars) => app.changeFilters(compare.follow(rangeOfBars(span, bars)));
  /** @type {ReturnType<typeof barsOfDays>} */
  let counted = { rows: [], rough: [], undated: 0 };
  const compare = createCompare(app, parts, span);
  parts.bars.setAttribute("viewBox", `0 0 ${span.bars} ${HEIGHT}`);
  for (const range of [parts.from, parts.to]) range.max = String(span.bars);

  const player = createPlayer(app, parts, { span, current, choose });
  const byHand = oncePerFrame((bars) => {
    player.stop();
    choose(bars);
  });
  parts.from.addEventListener("input", () => {
    const end = current()[1];
    byHand([Math.min(Number(parts.from.value), end - 1), end]);
  });
  parts.to.addEventListener("input", () => {
    const start = current()[0];
    byHand([start, Math.max(Number(parts.to.value), start + 1)]);
  });
  parts.undated.addEventListener("change", () => app.changeFilters({ undated: parts.undated.checked }));
  wireBrush(parts, { span, current, choose: byHand, describe: (bar) => barWords(span, counted, bar) });

  function renderRange([start, end]) {
    const day = (bar) => span.from + bar * span.step;
    const { from, to } = selection.filters;
    const open = {
      from: start === 0 && span.earlier && from === null,
      to: end === span.bars && span.later && to === null,
    };
    const words = rangeWords(from ?? day(start), Math.min(to ?? day(end) - 1, span.to));
    parts.words.textContent = open.from || open.to ? say("timeline.beyond", { days: words }) : words;
    parts.from.value = String(start);
    parts.to.value = String(end);
    parts.from.setAttribute("aria-valuetext", shortDay(day(start)));
    parts.to.setAttribute("aria-valuetext", shortDay(day(end) - 1));
    parts.from.classList.toggle("gm-above", start > span.bars / 2);
    parts.window.style.left = `calc(9px + (100% - 18px) * ${start / span.bars})`;
    parts.window.style.width = `calc((100% - 18px) * ${(end - start) / span.bars})`;
  }

  function render() {
    counted = barsOfDays(model.units, selection.unitFails, span);
    const bars = current();
    player.heed();
    const before = periodsOf(selection.filters)?.before;
    const other = before ? [barsOfRange(span, { from: before[0], to: before[1] })] : [];
    parts.bars.replaceChildren(...barPaths(counted, [bars, ...other]));
    renderRange(bars);
    parts.undatedRow.hidden = !(counted.undated || !selection.filters.undated);
    parts.undated.checked = selection.filters.undated;
    parts.undatedWords.textContent = countOf(counted.undated, "undated");
  }

  const renderAxis = () => parts.axis.replaceChildren(...axisLabels(span, parts.axis.clientWidth || 600));
  window.addEventListener("resize", oncePerFrame(renderAxis));
  renderAxis();
  selection.onFilter(render);
}
