// The lines of a topology: projected, each with its box, and put together to the rings around areas.

/** Where the square map of the world ends. */
const POLE = 85.0511287798;

const shareOfLongitude = (longitude) => longitude / 360 + 0.5;

function shareOfLatitude(latitude) {
  const sine = Math.sin((Math.max(-POLE, Math.min(POLE, latitude)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** Web Mercator, as shares of the width of the world. */
export const project = (longitude, latitude) => [shareOfLongitude(longitude), shareOfLatitude(latitude)];

/** More than there are spots on a grid from north to south. */
const APART = 2 ** 26;

/** A box that nothing lies in yet. */
export const emptyBox = () => [Infinity, Infinity, -Infinity, -Infinity];

/** Write the points of a line that is x, y and then steps on a grid, from a place in a list on, and tell their box there. */
function followSteps(steps, points, at) {
  const box = emptyBox();
  let [x, y] = [0, 0];
  for (let i = 0; i < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    points[at + i] = x;
    points[at + i + 1] = y;
    grow(box, points, at + i, at + i);
  }
  return box;
}

/**
 * Lines that are x, y and then steps on a grid, in one list of numbers: `pointsOf` gives those of one as x, y, x, y …, which
 * are projected when they are first asked for, as most lie outside the view, and `endOf` its first or last one alone. `boxes`
 * has the box of line n at 4 n, and `corners` at 2 n and 2 n + 1 a number for the spot on the grid where it begins and ends.
 */
export function projectLines(lines, { scale, translate }) {
  const starts = new Int32Array(lines.length + 1);
  for (let n = 0; n < lines.length; n++) starts[n + 1] = starts[n] + lines[n].length;
  const numbers = new Float64Array(starts[lines.length]);
  const boxes = new Float64Array(4 * lines.length);
  const corners = new Float64Array(2 * lines.length);
  const isProjected = new Uint8Array(lines.length);
  const across = (x) => shareOfLongitude(x * scale[0] + translate[0]);
  const down = (y) => shareOfLatitude(y * scale[1] + translate[1]);
  for (let n = 0; n < lines.length; n++) {
    const [west, south, east, north] = followSteps(lines[n], numbers, starts[n]);
    boxes.set([across(west), down(north), across(east), down(south)], 4 * n);
    const last = starts[n + 1] - 2;
    corners[2 * n] = numbers[starts[n]] * APART + numbers[starts[n] + 1];
    corners[2 * n + 1] = numbers[last] * APART + numbers[last + 1];
  }

  function pointsOf(n) {
    const points = numbers.subarray(starts[n], starts[n + 1]);
    for (let i = 0; i < points.length && !isProjected[n]; i += 2) {
      points[i] = across(points[i]);
      points[i + 1] = down(points[i + 1]);
    }
    isProjected[n] = 1;
    return points;
  }

  function endOf(n, isLast) {
    const at = isLast ? starts[n + 1] - 2 : starts[n];
    const [x, y] = [numbers[at], numbers[at + 1]];
    return isProjected[n] ? [x, y] : [across(x), down(y)];
  }
  return { boxes, corners, pointsOf, endOf, lengthOf: (n) => starts[n + 1] - starts[n] };
}

/** The number of an arc, which is `~number` where it runs backwards. */
export const arcOf = (number) => (number < 0 ? ~number : number);

/** Widen a box so that it holds two points of a list. */
export function grow(box, points, low, high) {
  if (points[low] < box[0]) box[0] = points[low];
  if (points[low + 1] < box[1]) box[1] = points[low + 1];
  if (points[high] > box[2]) box[2] = points[high];
  if (points[high + 1] > box[3]) box[3] = points[high + 1];
}

/**
 * The rings around areas that lie beside each other, as lists of arc numbers: an arc between two of them, which one has
 * forwards and the other backwards, is none of theirs. `rings` are those of each area, `corners` come from `projectLines`.
 */
export function outerRings(rings, corners) {
  const times = new Map();
  for (const number of rings.flat()) {
    times.set(arcOf(number), (times.get(arcOf(number)) ?? 0) + (number < 0 ? -1 : 1));
  }
  const cornerOf = (number, isLast) => corners[2 * arcOf(number) + (isLast === number >= 0 ? 1 : 0)];
  const begun = new Map();
  for (const [arc, count] of times) {
    const number = count < 0 ? ~arc : arc;
    for (let n = 0; n < Math.abs(count); n++) {
      const corner = cornerOf(number, false);
      if (begun.has(corner)) begun.get(corner).push(number);
      else begun.set(corner, [number]);
    }
  }
  const outer = [];
  for (const numbers of begun.values()) {
    while (numbers.length) {
      const ring = [];
      let next = numbers.pop();
      const home = cornerOf(next, false);
      while (next !== undefined) {
        ring.push(next);
        const corner = cornerOf(next, true);
        next = corner === home ? undefined : begun.get(corner)?.pop();
      }
      outer.push(ring);
    }
  }
  return outer;
}
