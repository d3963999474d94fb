// Two periods of the same length: the days that are chosen, and as many from an earlier (or later) day on.
import { NO_DAY } from "./calendar.js";

/** The two periods that are compared, `now` and `before`, each as [first day, last day]; null when none are. */
export function periodsOf({ from, to, against }) {
  if (against === null || against === undefined || from === null || to === null) return null;
  return { now: [from, to], before: [against, against + to - from] };
}

/** Whether days lie outside those that are chosen: outside both periods where two are compared. */
export function daysOutside(filters) {
  const { undated } = filters;
  const [from, to] = [filters.from ?? -Infinity, filters.to ?? Infinity];
  const [start, end] = periodsOf(filters)?.before ?? [Infinity, -Infinity];
  return (first, last) => {
    if (first === NO_DAY) return !undated;
    return (last < from || first > to) && (last < start || first > end);
  };
}

/** The first day of the other period, moved as far as it takes to lie before or after the chosen days; null for none. */
export function apartFrom({ from, to, against }) {
  if (!periodsOf({ from, to, against })) return null;
  const length = to - from + 1;
  return against <= from ? Math.min(against, from - length) : Math.max(against, to + 1);
}

/** A choice of days with that of the other period: as far from it as before. */
export function followPeriods(chosen, { from, to, against }) {
  const whole = chosen.from === null || chosen.to === null;
  if (whole || !periodsOf({ from, to, against })) return { ...chosen, against: null };
  const wasNext = from - against === to - from + 1;
  const offset = wasNext ? chosen.to - chosen.from + 1 : from - against;
  return { ...chosen, against: apartFrom({ ...chosen, against: chosen.from - offset }) };
}

/** The two halves of some days: what is compared when all are chosen. */
export function halvesOf(from, to) {
  const length = Math.max(1, Math.floor((to - from + 1) / 2));
  return { from: to - length + 1, to, against: to - 2 * length + 1 };
}

/**
 * How many events are shown at each place in either period, as a map of {before, now}; of mentions where there are no events.
 * @param {import("../types").App} app
 */
export function countPeriods({ model, selection }) {
  const periods = periodsOf(selection.filters);
  const { place, firstDay, lastDay, eventKind } = model.units;
  const fails = selection.unitFails;
  const counts = new Map();
  if (!periods) return counts;
  const isEvent = eventKind.some((kind) => kind > 0);
  const inside = (i, days) => lastDay[i] >= days[0] && firstDay[i] <= days[1];
  for (let i = 0; i < fails.length; i++) {
    if (fails[i] || place[i] < 0 || firstDay[i] === NO_DAY || (isEvent && !eventKind[i])) continue;
    let count = counts.get(place[i]);
    if (!count) counts.set(place[i], (count = { before: 0, now: 0 }));
    if (inside(i, periods.before)) count.before += 1;
    if (inside(i, periods.now)) count.now += 1;
  }
  return counts;
}
