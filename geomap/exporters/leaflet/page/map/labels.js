// Where names go: beside their marker, never over another name or marker, else nowhere.
import { penOf } from "../dom.js";

/** Longer names end in dots, as the style of names and labels says. */
const WIDEST = 290;
/** From this zoom on the features of a file of boundaries are named. */
export const LABEL_FROM_ZOOM = 5;
const widths = new Map();
/** @type {CanvasRenderingContext2D | null} */
let pen = null;

/** Width of a name in pixels, in the bold face of the labels. */
export function textWidth(name) {
  if (!widths.has(name)) {
    pen ??= penOf(document.createElement("canvas"));
    pen.font = "600 13px system-ui, sans-serif";
    widths.set(name, Math.min(WIDEST, Math.ceil(pen.measureText(name).width)));
  }
  return widths.get(name);
}

const LINE = 16;

/**
 * Place names greedily, the first ones best, in the free parts of a room from `createRoom`, which they then take.
 * `wanted` holds {name, point, radius, node}; the last is the size of the map. A name without room is shown when its marker is pointed at.
 */
export function placeNames(wanted, room, { x: width, y: height }) {
  /** @param {number[]} box */
  const isVisible = ([left, top, right, bottom]) => left > 0 && top > 0 && right < width && bottom < height;
  for (const { name, point, radius, node } of wanted) {
    const long = textWidth(name) + 6;
    const gap = radius + 3;
    const places = [
      [gap, -LINE / 2],
      [-gap - long, -LINE / 2],
      [-long / 2, -gap - LINE],
      [-long / 2, gap],
      [gap * 0.7, -gap * 0.7 - LINE],
      [gap * 0.7, gap * 0.7],
    ];
    const spots = places.map(([x, y]) => ({
      x,
      y,
      box: [point.x + x, point.y + y, point.x + x + long, point.y + y + LINE],
    }));
    const free = spots.find(({ box }) => isVisible(box) && room.isFree(box));
    node.classList.toggle("gm-tucked", !free);
    if (free) room.take(free.box);
    const { x, y } = free ?? spots[0];
    node.style.transform = `translate(${Math.round(x + radius + 4)}px, ${Math.round(y + radius + 4)}px)`;
  }
}
