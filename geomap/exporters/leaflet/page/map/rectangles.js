// Rectangles are [left, top, right, bottom] in pixels of the map.

const CELL = 64;

export const meet = (one, other) => one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];

/** Remembers which rectangles of the map are in use, by cells, so that asking stays quick with hundreds of them. */
export function createRoom() {
  const cells = new Map();
  /**
   * Whether a test holds for some cell that a box touches.
   * @param {number[]} box
   * @param {(cell: number) => unknown} test
   */
  function someCell(box, test) {
    const [right, bottom] = [Math.floor(box[2] / CELL), Math.floor(box[3] / CELL)];
    for (let x = Math.floor(box[0] / CELL); x <= right; x++) {
      for (let y = Math.floor(box[1] / CELL); y <= bottom; y++) if (test(x * 4096 + y)) return true;
    }
    return false;
  }
  return {
    isFree: (/** @type {number[]} */ box) => !someCell(box, (key) => cells.get(key)?.some((other) => meet(box, other))),
    /** @param {number[]} box */
    take(box) {
      someCell(box, (key) => {
        if (cells.has(key)) cells.get(key).push(box);
        else cells.set(key, [box]);
      });
    },
  };
}

/** The points of a ring or line that is x, y, x, y …. */
export function asSpots(ring) {
  const spots = [];
  for (let i = 0; i < ring.length; i += 2) spots.push([ring[i], ring[i + 1]]);
  return spots;
}

/** Tell whether a point lies in a shape, whose rings are x, y, x, y …, by the even-odd rule. */
export function insideShape(x, y, { rings }) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const [top, bottom] = [ring[i + 1], ring[j + 1]];
      if (top > y !== bottom > y && x < ((ring[j] - ring[i]) * (y - top)) / (bottom - top) + ring[i]) inside = !inside;
    }
  }
  return inside;
}
