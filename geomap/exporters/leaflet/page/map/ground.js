// Draws land and boundaries on one canvas, straight from the arcs of the outlines: projected once, cut to the view each time.
import { styleVariable } from "../dom.js";
import { meet } from "./geometry.js";

/** Borders inside countries wait until their areas are more than a few pixels wide. */
const INNER_ZOOM = 4.5;
/** Points nearer to the one before, in pixels, are left out. */
const FINE = 0.7;
/** The width of the world in pixels, at zoom 0. */
export const TILE = 256;
/** Where the square map of the world ends. */
const POLE = 85.0511287798;

const shareOfLongitude = (longitude) => longitude / 360 + 0.5;

function shareOfLatitude(latitude) {
  const sine = Math.sin((Math.max(-POLE, Math.min(POLE, latitude)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

/** Web Mercator, as shares of the width of the world. */
export const project = (longitude, latitude) => [shareOfLongitude(longitude), shareOfLatitude(latitude)];

/** A box that nothing lies in yet. */
const emptyBox = () => [Infinity, Infinity, -Infinity, -Infinity];

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
 * are projected when they are first asked for, as most lie outside the view; `boxes` has the box of line n at 4 n.
 */
function projectLines(lines, { scale, translate }) {
  const starts = new Int32Array(lines.length + 1);
  for (let n = 0; n < lines.length; n++) starts[n + 1] = starts[n] + lines[n].length;
  const numbers = new Float64Array(starts[lines.length]);
  const boxes = new Float64Array(4 * lines.length);
  const isProjected = new Uint8Array(lines.length);
  const across = (x) => shareOfLongitude(x * scale[0] + translate[0]);
  const down = (y) => shareOfLatitude(y * scale[1] + translate[1]);
  for (let n = 0; n < lines.length; n++) {
    const [west, south, east, north] = followSteps(lines[n], numbers, starts[n]);
    boxes.set([across(west), down(north), across(east), down(south)], 4 * n);
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
  return { boxes, pointsOf, lengthOf: (n) => starts[n + 1] - starts[n] };
}

/** The number of an arc, which is `~number` where it runs backwards. */
const arcOf = (number) => (number < 0 ? ~number : number);

/** The shape of areas, as `shapeOf` makes it: each ring of arcs in one list of points. */
function shapeOfArcs(areas, { pointsOf, lengthOf, boxes }) {
  const box = emptyBox();
  const rings = areas.flat().map((numbers) => {
    const ring = new Float64Array(numbers.reduce((sum, number) => sum + lengthOf(arcOf(number)), 0));
    let at = 0;
    for (const number of numbers) {
      const points = pointsOf(arcOf(number));
      const last = at + points.length - 2;
      if (number >= 0) ring.set(points, at);
      else for (let i = 0; i < points.length; i += 2) ring.set(points.subarray(i, i + 2), last - i);
      at += points.length;
      grow(box, boxes, 4 * arcOf(number), 4 * arcOf(number) + 2);
    }
    return ring;
  });
  return { rings, box };
}

/** Widen a box so that it holds two points of a list. */
function grow(box, points, low, high) {
  if (points[low] < box[0]) box[0] = points[low];
  if (points[low + 1] < box[1]) box[1] = points[low + 1];
  if (points[high] > box[2]) box[2] = points[high];
  if (points[high + 1] > box[3]) box[3] = points[high + 1];
}

/** The rings of areas or the lines of an object: lists of arc numbers, each with its box. */
function stretches(object, { boxes }) {
  const lists =
    object.type === "MultiLineString" ? object.arcs : object.geometries.flatMap(({ arcs: parts }) => parts.flat());
  return lists.map((numbers) => {
    const box = emptyBox();
    for (const number of numbers) grow(box, boxes, 4 * arcOf(number), 4 * arcOf(number) + 2);
    return { numbers, box };
  });
}

/** The rivers and lakes of a page: rivers with `rank`, small for large ones, and `name`. */
export function readWaters({ grid = 1, rivers = [], lakes = [] } = {}) {
  const transform = { scale: [grid, grid], translate: [0, 0] };
  const lines = projectLines([...rivers.map(([, , steps]) => steps), ...lakes], transform);
  const lineOf = (n) => ({
    box: [...lines.boxes.subarray(4 * n, 4 * n + 4)],
    /** Its points as x, y, x, y … */
    points: () => lines.pointsOf(n),
  });
  return {
    rivers: rivers.map(([rank, name], n) => ({ rank, name, ...lineOf(n) })),
    lakes: lakes.map((_, n) => lineOf(rivers.length + n)),
  };
}

/** From this zoom on a river of some rank is drawn. */
export const riverZoom = (rank) => rank - 1;

/** Add the points of a line to a path, in turn or backwards; `isNew` begins there anew. */
function trace(pen, points, { backwards, isNew }, { size, left, top }) {
  const last = points.length / 2 - 1;
  let [x, y] = [Infinity, Infinity];
  for (let i = 0; i <= last; i++) {
    const at = 2 * (backwards ? last - i : i);
    const [nextX, nextY] = [points[at] * size - left, points[at + 1] * size - top];
    if (i > 0 && i < last && Math.abs(nextX - x) + Math.abs(nextY - y) < FINE) continue;
    x = nextX;
    y = nextY;
    if (isNew && i === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  }
}

/**
 * Layers for the map that draw a topology: the ground itself, one to lie under tiles of a part of the world, and boundaries
 * alone, to lie over pictures. `repaint` draws them again, in the present colours.
 */
export function createGround(topology, waters) {
  const arcs = projectLines(topology.arcs, topology.transform);
  const { objects } = topology; // No function below may hold the topology itself, whose arcs are read.
  const parts = Object.fromEntries(
    ["world", "neighbours", "admin1", "gaps", "admin1_borders", "coasts", "borders", "disputed"].map((name) => [
      name,
      objects[name] ? stretches(objects[name], arcs) : [],
    ]),
  );
  let colours = {};

  function outline(pen, names, view) {
    pen.beginPath();
    for (const { numbers, box } of names.flatMap((name) => parts[name])) {
      if (!meet(box, view.box)) continue;
      for (let i = 0; i < numbers.length; i++) {
        trace(pen, arcs.pointsOf(arcOf(numbers[i])), { backwards: numbers[i] < 0, isNew: i === 0 }, view);
      }
    }
  }

  function stroke(pen, name, view, { colour, width, dashes = [] }) {
    outline(pen, [name], view);
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.setLineDash(dashes);
    pen.stroke();
  }

  function paintWaters(pen, view, zoom) {
    const draw = ({ points }) => trace(pen, points(), { backwards: false, isNew: true }, view);
    pen.beginPath();
    for (const lake of waters.lakes) if (meet(lake.box, view.box)) draw(lake);
    pen.fillStyle = colours.sea;
    pen.fill();
    pen.setLineDash([]);
    pen.strokeStyle = colours.water;
    for (const wide of [false, true]) {
      pen.beginPath();
      for (const river of waters.rivers) {
        const isSeen = river.rank <= 4 === wide && zoom >= riverZoom(river.rank) && meet(river.box, view.box);
        if (isSeen) draw(river);
      }
      pen.lineWidth = (wide ? 1.4 : 0.9) * (zoom < 7 ? 0.8 : 1.2);
      pen.stroke();
    }
  }

  function paint(pen, view, zoom) {
    const { land, border, inner } = colours;
    pen.lineJoin = "round";
    pen.fillStyle = land;
    outline(pen, ["world"], view);
    pen.fill();
    stroke(pen, "world", view, { colour: border, width: 0.8 });
    outline(pen, ["neighbours", "admin1", "gaps"], view);
    pen.fill();
    pen.strokeStyle = land;
    pen.lineWidth = 1;
    pen.stroke();
    paintWaters(pen, view, zoom);
    if (zoom >= INNER_ZOOM) stroke(pen, "admin1_borders", view, { colour: inner, width: 1 });
    stroke(pen, "coasts", view, { colour: border, width: 1 });
    stroke(pen, "borders", view, { colour: border, width: 1.6 });
    stroke(pen, "disputed", view, { colour: border, width: 1.6, dashes: [4, 5] });
  }

  /** Paint a part of the world, as wide and high in pixels as it says, from a corner on, on every copy of it. */
  function paintAll(paintOne, pen, { zoom, corner, width, height }) {
    const size = TILE * 2 ** zoom;
    const box = [corner.x - 2, corner.y - 2, corner.x + width + 2, corner.y + height + 2].map((edge) => edge / size);
    for (let world = Math.floor(box[0]); world < box[2]; world++) {
      const own = [box[0] - world, box[1], box[2] - world, box[3]];
      paintOne(pen, { size, left: corner.x - world * size, top: corner.y, box: own }, zoom);
    }
  }

  /** Boundaries and coasts, light with a dark edge, as the colours of a picture are anything. */
  function paintLines(pen, view, zoom) {
    pen.lineJoin = "round";
    const inner = zoom >= INNER_ZOOM ? { admin1_borders: 0.9 } : {};
    for (const [name, width] of Object.entries({ ...inner, coasts: 0.9, borders: 1.7, world: 0.9 })) {
      stroke(pen, name, view, { colour: "#000a", width: width + 1.6 });
      stroke(pen, name, view, { colour: "#fffc", width });
    }
    stroke(pen, "disputed", view, { colour: "#fffc", width: 1.7, dashes: [4, 5] });
  }

  const Ground = L.Renderer.extend({
    options: { pane: "gm-base", padding: 0.25, paint },
    _initContainer() {
      this._container = document.createElement("canvas");
      this.repaint();
    },
    _destroyContainer() {
      this._container.remove();
      delete this._container;
    },
    _updatePaths() {},
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const { min, max } = this._bounds;
      const [width, height] = [max.x - min.x, max.y - min.y];
      const density = window.devicePixelRatio > 1 ? 2 : 1;
      const zoom = this._map.getZoom();
      const corner = this._map.getPixelOrigin().add(min);
      // Leaflet asks twice when the zoom changes.
      const painted = [zoom, corner.x, corner.y, min.x, min.y, width, height, density].join();
      if (painted === this._painted) return;
      this._painted = painted;
      L.DomUtil.setPosition(this._container, min);
      Object.assign(this._container, { width: density * width, height: density * height });
      Object.assign(this._container.style, { width: `${width}px`, height: `${height}px` });
      const pen = this._container.getContext("2d");
      pen.scale(density, density);
      paintAll(this.options.paint, pen, { zoom, corner, width, height });
    },
    /** Paint with another pen what a map shows, from its upper left corner. */
    paintOn(pen, map) {
      const { x: width, y: height } = map.getSize();
      paintAll(this.options.paint, pen, { zoom: map.getZoom(), corner: map.getPixelBounds().min, width, height });
    },
    repaint() {
      const colour = (name) => styleVariable(`--gm-${name}`);
      colours = Object.fromEntries(["land", "border", "inner", "sea", "water"].map((name) => [name, colour(name)]));
      this._painted = null;
      if (this._map && this._bounds) this._update();
    },
  });
  const shapeOfUnit = ({ arcs: areas }) => shapeOfArcs(areas, arcs);
  return {
    shapeOfUnit,
    layer: new Ground(),
    under: new Ground(),
    lines: new Ground({ pane: "gm-lines", paint: paintLines }),
  };
}
