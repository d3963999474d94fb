// Where names go: beside their marker, never over another name or marker, else nowhere.
import { overlaps } from "./geometry.js";

const widths = new Map();
let pen = null;

/** Width of a name in pixels, in the bold face of the labels. */
export function textWidth(name) {
  if (!widths.has(name)) {
    pen ??= document.createElement("canvas").getContext("2d");
    pen.font = "600 13px system-ui, sans-serif";
    widths.set(name, Math.min(220, Math.ceil(pen.measureText(name).width)));
  }
  return widths.get(name);
}

const LINE = 16;

/**
 * Place names greedily, the first ones best. `wanted` holds {name, point, radius, node}; `taken` the rectangles in use,
 * to which the new ones are added.
 */
export function placeNames(wanted, taken) {
  for (const { name, point, radius, node } of wanted) {
    const width = textWidth(name) + 4;
    const gap = radius + 4;
    const places = [
      [gap, -LINE / 2],
      [-gap - width, -LINE / 2],
      [-width / 2, -gap - LINE],
      [-width / 2, gap],
    ];
    const free = places
      .map(([x, y]) => ({ x, y, box: [point.x + x, point.y + y, point.x + x + width, point.y + y + LINE] }))
      .find(({ box }) => !overlaps(box, taken));
    node.hidden = !free;
    if (!free) continue;
    taken.push(free.box);
    node.style.left = `${free.x + gap}px`;
    node.style.top = `${free.y + gap}px`;
  }
}
