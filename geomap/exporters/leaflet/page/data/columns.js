// Columns of numbers, and what lies where in them.

/** Rows sorted by a column of numbers from 0 (below 0 for none): those of number n lie from first[n] to first[n + 1]. */
export function indexBy(column, size) {
  const first = new Int32Array(size + 1);
  for (const n of column) if (n >= 0) first[n + 1] += 1;
  for (let n = 0; n < size; n++) first[n + 1] += first[n];
  const next = first.slice();
  const rows = new Int32Array(first[size]);
  for (let i = 0; i < column.length; i++) if (column[i] >= 0) rows[next[column[i]]++] = i;
  return { first, rows };
}

/** A column in which null stands for none, as numbers of which `none` stands for it. */
export function withNone(values, none) {
  const column = new Int32Array(values); // Ten times as quick as `from` with a function.
  for (let i = 0; i < values.length; i++) if (values[i] === null) column[i] = none;
  return column;
}
