// Outlines of areas: projected once, as shares of the width of the world, and written anew only where a view needs it.
import { TILE } from "./landcanvas.js";
import { project } from "./topojson.js";

/** Points nearer to the one before, in pixels, are left out. */
const TOO_NEAR = 1;
/** How far outside the drawn part an outline is cut off, so that the cut is not seen. */
const CUT_MARGIN = 4;

/** The rings of a feature, each as x, y, x, y …, with the box around them. */
export function shapeOf({ geometry: { type, coordinates } }) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const rings = (type === "Polygon" ? [coordinates] : coordinates).flat().map((ring) => {
    const points = new Float64Array(2 * ring.length);
    for (let i = 0; i < ring.length; i++) {
      const [x, y] = project(ring[i][0], ring[i][1]);
      points[2 * i] = x;
      points[2 * i + 1] = y;
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    }
    return points;
  });
  return { rings, box };
}

/** The width of the world in pixels, at the zoom of a map. */
export const worldSize = (map) => TILE * 2 ** map.getZoom();

/** A ring in pixels of the map's layer. */
function pixelsOf(ring, size, origin) {
  const points = [];
  let [x, y] = [Infinity, Infinity];
  for (let i = 0; i < ring.length; i += 2) {
    const [nextX, nextY] = [ring[i] * size - origin.x, ring[i + 1] * size - origin.y];
    if (Math.abs(nextX - x) + Math.abs(nextY - y) < TOO_NEAR) continue;
    [x, y] = [nextX, nextY];
    points.push({ x: Math.round(x), y: Math.round(y) });
  }
  return points;
}

/** Where the copies of the world begin on which a box is in view, in pixels, and whether all of it is: {x, y, whole}. */
function copiesIn(box, { min, max, size, origin }) {
  const [top, bottom] = [box[1] * size - origin.y, box[3] * size - origin.y];
  if (bottom < min.y || top > max.y) return [];
  const copies = [];
  const last = Math.floor((max.x + origin.x) / size - box[0]);
  for (let world = Math.ceil((min.x + origin.x) / size - box[2]); world <= last; world++) {
    const x = origin.x - world * size;
    const [left, right] = [box[0] * size - x, box[2] * size - x];
    const whole = left >= min.x && right <= max.x && top >= min.y && bottom <= max.y;
    copies.push({ x, y: origin.y, whole });
  }
  return copies;
}

function pathOf(rings) {
  let words = "";
  for (const points of rings) {
    for (let i = 0; i < points.length; i++) words += `${i ? "L" : "M"}${points[i].x} ${points[i].y}`;
    if (points.length) words += "z";
  }
  return words || "M0 0";
}

/** Make the class of Leaflet's layers that draw a shape from `shapeOf` with an SVG renderer. */
export function outlineClass() {
  return L.Path.extend({
    options: { fill: true },
    initialize(shape, options) {
      L.setOptions(this, options);
      this._shape = shape;
    },
    onAdd(map) {
      this._written = null;
      L.Path.prototype.onAdd.call(this, map);
    },
    _project() {},
    _update() {
      const { min, max } = this._renderer._bounds;
      const [size, origin] = [worldSize(this._map), this._map.getPixelOrigin()];
      const copies = copiesIn(this._shape.box, { min, max, size, origin });
      const whole = copies.every((copy) => copy.whole);
      const cut = whole ? "" : ` ${min.x} ${min.y} ${max.x} ${max.y}`;
      const written = copies.map(({ x, y }) => `${size} ${x} ${y}${cut}`).join();
      if (written === this._written) return;
      this._written = written;
      const bounds = L.bounds(min.subtract([CUT_MARGIN, CUT_MARGIN]), max.add([CUT_MARGIN, CUT_MARGIN]));
      const rings = copies.flatMap((copy) => this._shape.rings.map((ring) => pixelsOf(ring, size, copy)));
      const drawn = whole ? rings : rings.map((points) => L.PolyUtil.clipPolygon(points, bounds, true));
      this._renderer._setPath(this, pathOf(drawn));
    },
  });
}
