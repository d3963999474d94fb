// The map as a picture that stands alone, SVG or PNG: what is shown now, with title, days, key, scale and credit.
import { penOf, styleVariable, svg } from "../dom.js";
import { drawElement } from "./drawing.js";
import { createSvgPen } from "./svgpen.js";

/** Pixels of a PNG for each of the page. */
const SHARP = 2;
const LEFT_OUT =
  ".leaflet-popup-pane, .leaflet-tooltip-pane, .leaflet-shadow-pane, .leaflet-control-zoom, .leaflet-control-layers, .leaflet-control-attribution, #gm-outside, .gm-map-button";
/** What XML cannot hold: control characters, and halves of surrogate pairs. */
const FORBIDDEN = /[^\P{Cc}\t\n\r]|\p{Cs}|[\ufffe\uffff]/gu;
const NAMESPACE = "http://www.w3.org/2000/svg";

/**
 * The ground as paths; where it cannot be painted so, or another one is chosen, as a picture of its canvas.
 * @param {import("../types").App} app
 */
function drawGround({ map, base }) {
  if (!map.hasLayer(base.layer)) return null;
  const pen = createSvgPen();
  try {
    base.layer.paintOn(pen, map);
  } catch {
    return null;
  }
  return pen.paths;
}

/** Whether the map shows pictures of another site, which a page may show but not keep. */
export const hasForeignTiles = (map) => Boolean(map.getContainer().querySelector(".leaflet-tile-pane img"));

/** @param {import("../types").App} app */
function drawMap(app) {
  const container = app.map.getContainer();
  const { left: x, top: y, width, height } = container.getBoundingClientRect();
  const ground = drawGround(app);
  const isLeftOut = (node) =>
    node.matches?.(LEFT_OUT) ||
    (ground && node.localName === "canvas" && node.closest(".gm-base-pane, .leaflet-gm-base-pane"));
  const parts = drawElement(container, { x, y }, isLeftOut);
  const sea = svg("rect", { width, height, fill: styleVariable("--gm-sea") });
  if (!ground && hasForeignTiles(app.map)) {
    const pen = createSvgPen();
    app.base.layer.paintOn(pen, app.map);
    return { width, height, parts: [sea, ...pen.paths, ...parts] };
  }
  return { width, height, parts: [sea, ...(ground ?? []), ...parts.slice(1)] };
}

/**
 * Draw what the map shows: an SVG element that needs nothing else.
 * @param {import("../types").App} app
 */
export function drawPicture(app) {
  const { head, foot, fill } = app.frame;
  fill();
  const { width, height, parts } = drawMap(app);
  const { classList, style } = document.documentElement;
  style.setProperty("--gm-picture-width", `${width}px`);
  classList.add("gm-picturing");
  const [above, below] = [head, foot].map((node) => ({ node, box: node.getBoundingClientRect() }));
  const draw = ({ node, box }) => drawElement(node, { x: box.left, y: box.top });
  const [headParts, footParts] = [draw(above), draw(below)];
  classList.remove("gm-picturing");
  const [top, bottom] = [above.box.height, below.box.height].map(Math.ceil);
  const total = top + height + bottom;
  const move = (by, ...children) => svg("g", { transform: `translate(0 ${by})` }, ...children);
  const clip = svg("clipPath", { id: "gm-frame" }, svg("rect", { width, height }));
  return svg(
    "svg",
    {
      xmlns: NAMESPACE,
      width,
      height: total,
      viewBox: `0 0 ${width} ${total}`,
      role: "img",
      "aria-label": app.frame.title(),
    },
    svg("title", {}, app.frame.title()),
    svg("defs", {}, clip),
    svg("rect", { width, height: total, fill: styleVariable("--gm-paper") }),
    move(0, headParts),
    svg("g", { transform: `translate(0 ${top})`, "clip-path": "url(#gm-frame)" }, parts),
    move(top + height, footParts),
  );
}

/** The text of an SVG file. */
export function svgText(picture) {
  return new XMLSerializer().serializeToString(picture).replace(FORBIDDEN, "");
}

/** The same picture as PNG: a promise of its bytes. */
export async function pngOf(picture) {
  const image = new Image();
  // The page's policy lets it show pictures that lie in an address, and no others.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText(picture))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = ["width", "height"].map((side) => Math.round(SHARP * picture.getAttribute(side)));
  const pen = penOf(canvas);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png");
  });
}

/** A file name from a title: "kursk-and-pokrovsk-august-2024". */
export function fileNameOf(title) {
  const plain = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join("-").slice(0, 60).replace(/-$/, "") || "map";
}
