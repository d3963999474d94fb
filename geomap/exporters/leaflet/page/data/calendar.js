// Days as numbers: how many have gone by since 1970-01-01.

/** The day of what has no date: before all others. */
export const NO_DAY = -(2 ** 31);

/** Days since 1970-01-01 of an ISO 8601 date; `NO_DAY` when it is none. */
export function dayNumber(date) {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : NaN;
  return Number.isNaN(time) ? NO_DAY : time / 86400000;
}
