// Draws land and boundaries on one canvas, straight from the arcs of the outlines: projected once, cut to the view each time.
import { styleVariable } from "../dom.js";
import { meet } from "./rectangles.js";
import { arcOf, emptyBox, grow, outerRings, projectLines } from "./topojson.js";

/** Borders inside countries wait until their areas are more than a few pixels wide. */
const INNER_ZOOM = 4.5;
/** Points nearer to the one before, in pixels, are left out. */
const FINE = 0.7;
/** The width of the world in pixels, at zoom 0. */
export const TILE = 256;

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

/** The rings of areas or the lines of an object, none for one that is not there: lists of arc numbers. */
function listsOf(object) {
  if (!object) return [];
  return object.type === "MultiLineString" ? object.arcs : object.geometries.flatMap(({ arcs }) => arcs.flat());
}

/** Lists of arc numbers, each with its box. */
const stretches = (lists, { boxes }) =>
  lists.map((numbers) => {
    const box = emptyBox();
    for (const number of numbers) grow(box, boxes, 4 * arcOf(number), 4 * arcOf(number) + 2);
    return { numbers, box };
  });

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
  const names = ["world", "admin1_borders", "coasts", "borders", "disputed"];
  const parts = Object.fromEntries(names.map((name) => [name, stretches(listsOf(objects[name]), arcs)]));
  const finer = ["neighbours", "admin1", "gaps"].flatMap((name) => listsOf(objects[name]));
  parts.land = stretches(outerRings(finer, arcs.corners), arcs);
  let colours = {};

  /** Whether an arc may be seen. */
  function isNear(arc, box) {
    const at = 4 * arc;
    const [left, top, right, bottom] = box;
    const { boxes } = arcs;
    return boxes[at] < right && boxes[at + 2] > left && boxes[at + 1] < bottom && boxes[at + 3] > top;
  }

  /** Trace what may be seen; an arc outside the view becomes a straight line, which stays outside it, too. */
  function outline(pen, name, view) {
    pen.beginPath();
    for (const { numbers, box } of parts[name]) {
      if (!meet(box, view.box)) continue;
      for (let i = 0; i < numbers.length; i++) {
        const arc = arcOf(numbers[i]);
        const backwards = numbers[i] < 0;
        const points = isNear(arc, view.box)
          ? arcs.pointsOf(arc)
          : [arcs.endOf(arc, false), arcs.endOf(arc, true)].flat();
        trace(pen, points, { backwards, isNew: i === 0 }, view);
      }
    }
  }

  /**
   * Draw the lines of a kind.
   * @param {any} pen that of a canvas, or of `createSvgPen`
   * @param {string} name
   * @param {any} view
   * @param {{ colour: string, width: number, dashes?: number[] }} look
   */
  function stroke(pen, name, view, { colour, width, dashes = [] }) {
    outline(pen, name, view);
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
    outline(pen, "world", view);
    pen.fill();
    stroke(pen, "world", view, { colour: border, width: 0.8 });
    outline(pen, "land", view);
    pen.fill();
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
