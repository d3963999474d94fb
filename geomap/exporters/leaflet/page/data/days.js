// Days and how many mentions fall on them: what the timeline draws.
import { NO_DAY } from "./calendar.js";
import { EVENT_KINDS } from "./events.js";
import { FAILS } from "./hiddenby.js";
import { timeRangeWords, timeWords } from "../words/text.js";

/** Milliseconds. */
const DAY = 86400000;

const MOST_BARS = 120;
/** What lies outside the middle 98% may be cut off, where keeping it would squeeze that to less than a third. */
const TAIL = 0.01;
const SQUEEZE = 3;
/** More days than these are a month, a year or so: the text does not say when in them. A week is the next finer precision. */
const ROUGH = 7;

/** "2024-08-13" of a number of days since 1970-01-01. */
export function dateOfDay(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** The days of all that has a day and a place, the earliest first. */
function sortedDays(days, place) {
  const kept = new Int32Array(days.length);
  let count = 0;
  for (let i = 0; i < days.length; i++) if (place[i] >= 0 && days[i] !== NO_DAY) kept[count++] = days[i];
  return kept.subarray(0, count).sort();
}

/**
 * The days a timeline spans: `from` and `to`, both inclusive, in bars of `step` days. One stray date years away must not
 * squeeze all others into one bar: then `earlier` or `later` says that the first or last bar also holds what lies beyond.
 * Null when the mentions span fewer than two days.
 */
export function spanOfDays({ firstDay, lastDay, place }) {
  const starts = sortedDays(firstDay, place);
  const ends = sortedDays(lastDay, place);
  if (!starts.length) return null;
  const [first, last] = [starts[0], ends[ends.length - 1]];
  const cut = Math.floor(starts.length * TAIL);
  const [low, high] = [starts[cut], ends[ends.length - 1 - cut]];
  const cutting = cut > 0 && last - first > SQUEEZE * Math.max(30, high - low);
  const [from, to] = cutting ? [low, high] : [first, last];
  if (to - from < 1) return null;
  const step = Math.ceil((to - from + 1) / MOST_BARS);
  const bars = Math.ceil((to - from + 1) / step);
  return { from, to: from + bars * step - 1, step, bars, earlier: first < from, later: last > to };
}

/** The last day that the timeline shows anything of, also where it has no bars; null without dates. */
export function lastDayOf({ units }) {
  const days = sortedDays(units.lastDay, units.place);
  return days.length ? Math.min(days[days.length - 1], spanOfDays(units)?.to ?? Infinity) : null;
}

/**
 * Count incidents, and mentions that tell of none, by bar and kind: row `kind` has the counts of all bars, and row `kind` of
 * `rough` those of them that are dated to more than a week. Each counts on every bar that its days touch, so that a bar is as
 * high as what is shown when it alone is chosen. `units` has them as columns, `fails` their bits; other filters than the dates
 * apply.
 */
export function barsOfDays({ firstDay, lastDay, eventKind }, fails, span) {
  const width = span.bars + 1;
  const size = EVENT_KINDS.length * width;
  const counts = new Int32Array(2 * size);
  let undated = 0;
  const barOf = (day) => Math.max(0, Math.min(span.bars - 1, Math.floor((day - span.from) / span.step)));
  for (let i = 0; i < fails.length; i++) {
    if ((fails[i] & ~FAILS.date) !== 0) continue;
    if (firstDay[i] === NO_DAY) undated += 1;
    else {
      const begin = eventKind[i] * width + barOf(firstDay[i]);
      const end = eventKind[i] * width + barOf(lastDay[i]) + 1;
      counts[begin] += 1;
      counts[end] -= 1;
      if (lastDay[i] - firstDay[i] < ROUGH) continue;
      counts[size + begin] += 1;
      counts[size + end] -= 1;
    }
  }
  const rowsFrom = (from) =>
    EVENT_KINDS.map((_, kind) => counts.subarray(from + kind * width, from + kind * width + span.bars));
  const [rows, rough] = [rowsFrom(0), rowsFrom(size)];
  for (const row of [...rows, ...rough]) for (let bar = 1; bar < row.length; bar++) row[bar] += row[bar - 1];
  return { rows, rough, undated };
}

/**
 * The bars a range of days covers, as [first, one past the last]; null stands for no limit.
 * @returns {[number, number]}
 */
export function barsOfRange(span, { from, to }) {
  const clamp = (bar) => Math.max(0, Math.min(span.bars, bar));
  const start = from === null ? 0 : clamp(Math.floor((from - span.from) / span.step));
  const end = to === null ? span.bars : clamp(Math.floor((to - span.from) / span.step) + 1);
  return [Math.min(start, span.bars - 1), Math.max(end, Math.min(start, span.bars - 1) + 1)];
}

/** The days of a run of bars. At the ends of the timeline there is no limit, so that nothing beyond is lost. */
export function rangeOfBars(span, [start, end]) {
  return {
    from: start <= 0 ? null : span.from + start * span.step,
    to: end >= span.bars ? null : span.from + end * span.step - 1,
  };
}

/**
 * The next step of playing: with all in view, bars add up from the first; a chosen part moves on as it is. Null at the end.
 * `growing` tells which of the two is under way.
 */
export function nextRange(span, [start, end], growing) {
  if (end >= span.bars) return null;
  return growing ? [start, end + 1] : [start + 1, end + 1];
}

/** A few days for the axis, at the starts of bars, as far apart as `most` of them allow. */
export function axisDays(span, most) {
  const every = Math.max(1, Math.ceil(span.bars / Math.max(1, most)));
  const days = [];
  for (let bar = 0; bar < span.bars; bar += every) days.push(bar);
  return days;
}

/** @type {Intl.DateTimeFormatOptions} */
const SHORT = { day: "numeric", month: "short", year: "numeric" };

/**
 * "9 Aug 2024", or without the year or the day where `parts` leaves them out.
 * @param {number} day
 * @param {Intl.DateTimeFormatOptions} parts
 */
export const shortDay = (day, parts = SHORT) => timeWords(day * DAY, parts);

/** "9 – 20 Aug 2024", "9 Aug – 3 Sep 2024", "28 Dec 2023 – 3 Jan 2024", "9 Aug 2024". */
export const rangeWords = (from, to) => timeRangeWords(from * DAY, to * DAY, SHORT);
