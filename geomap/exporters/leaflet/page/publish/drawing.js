// Draws parts of the page as an SVG of their own, which needs no style sheet: boxes, texts, signs and canvases, as they are seen.
import { penOf, svg } from "../dom.js";

const PAINTED = ["fill", "stroke", "stop-color"];
const COPIED = [
  ...["stroke-width", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "paint-order"],
  ...["font-family", "font-size", "font-style", "font-weight", "letter-spacing", "text-anchor", "dominant-baseline"],
];
const USUAL = {
  ...{ "stroke-dasharray": "none", "stroke-dashoffset": "0px", "stroke-linecap": "butt", "stroke-linejoin": "miter" },
  ...{ "paint-order": "normal", "font-style": "normal", "letter-spacing": "normal", "dominant-baseline": "auto" },
};
const SHAPES = "path, rect, circle, ellipse, line, polyline, polygon, text, tspan";

const short = (number) => Math.round(100 * number) / 100;
const inPixels = (text) => parseFloat(text) || 0;

/** A colour as older programs know it, and how much it covers: ["#1c2127", 0.8]. */
export function paintOf(colour) {
  const parts = (colour.match(/-?[\d.]+(?:e-?\d+)?%?/g) ?? []).map((text) => parseFloat(text));
  if (colour.startsWith("color(srgb")) for (let n = 0; n < 3; n++) parts[n] *= 255;
  else if (!colour.startsWith("rgb")) return [colour, 1];
  const bytes = parts.slice(0, 3).map((part) => Math.max(0, Math.min(255, Math.round(part))));
  return [`#${bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("")}`, parts[3] ?? 1];
}

/** Attributes for a fill, a stroke or the like; nothing for what is not seen. */
function paint(name, colour, covers = 1) {
  if (!colour || colour === "none" || colour.startsWith("url")) return { [name]: colour || "none" };
  const [plain, alpha] = paintOf(colour);
  const opacity = short(alpha * covers);
  const opacityName = name === "stop-color" ? "stop-opacity" : `${name}-opacity`;
  return opacity < 1 ? { [name]: plain, [opacityName]: opacity } : { [name]: plain };
}

/** Give a copy of an SVG element the looks that the style sheet gives the original. */
function copyLooks(original, copy) {
  const style = getComputedStyle(original);
  copy.removeAttribute("class");
  copy.removeAttribute("style");
  if (style.display === "none" || style.visibility === "hidden") return copy.setAttribute("display", "none");
  const looks = {};
  if (original.matches(SHAPES)) {
    for (const name of COPIED) {
      const value = style.getPropertyValue(name);
      const isText = original.localName.startsWith("t");
      if (!isText && /^(font|letter|text|dominant)/.test(name)) continue;
      if (value !== USUAL[name]) looks[name] = value.replaceAll("px", "");
    }
  }
  for (const name of original.matches(SHAPES)
    ? PAINTED.slice(0, 2)
    : original.localName === "stop"
      ? ["stop-color"]
      : []) {
    const covers = style.getPropertyValue(name === "stop-color" ? "stop-opacity" : `${name}-opacity`);
    // A reference is written differently by browsers: "url("#id")".
    const value = style.getPropertyValue(name).replace(/^url\(["']?[^#"']*(#[^"')]+)["']?\).*/, "url($1)");
    Object.assign(looks, paint(name, value, Number(covers)));
  }
  if (style.opacity !== "1") looks.opacity = style.opacity;
  if (style.transform !== "none" && !["pattern", "linearGradient", "radialGradient"].includes(original.localName))
    looks.transform = style.transform;
  for (const [name, value] of Object.entries(looks)) copy.setAttribute(name, value);
}

/** A picture inside the page, at its place. */
function drawSvg(node, box) {
  const copy = node.cloneNode(true);
  const [originals, copies] = [node, copy].map((one) => [...one.querySelectorAll("*")]);
  originals.forEach((original, n) => copyLooks(original, copies[n]));
  for (const one of copies) if (one.getAttribute("display") === "none" && !one.querySelector("defs")) one.remove();
  const { x, y, width, height } = node.viewBox.baseVal ?? {};
  const scale = width ? Math.min(box.width / width, box.height / height) : 1;
  const move = `translate(${short(box.x - (x ?? 0) * scale)} ${short(box.y - (y ?? 0) * scale)})`;
  const style = getComputedStyle(node);
  const group = svg("g", { transform: scale === 1 ? move : `${move} scale(${scale})` }, ...copy.childNodes);
  if (style.opacity !== "1") group.setAttribute("opacity", style.opacity);
  group.setAttribute("color", paintOf(style.color)[0]);
  return [group];
}

/** The background and border of a box. */
function drawBox(style, { x, y, width, height }) {
  const sides = ["top", "right", "bottom", "left"].map((side) => ({
    thick: style[`border-${side}-style`] === "none" ? 0 : inPixels(style[`border-${side}-width`]),
    colour: style[`border-${side}-color`],
    dashed: style[`border-${side}-style`] === "dashed",
  }));
  const [first] = sides;
  const isFrame = sides.every(({ thick, colour }) => thick === first.thick && colour === first.colour);
  const seen = paintOf(style["background-color"])[1] > 0;
  const half = isFrame ? first.thick / 2 : 0;
  const inner = { x: x + half, y: y + half, width: width - 2 * half, height: height - 2 * half };
  const corner = style["border-top-left-radius"];
  const radius = corner.endsWith("%") ? (inPixels(corner) / 100) * width : inPixels(corner);
  const parts = [];
  if (inner.width > 0 && inner.height > 0 && (seen || half)) {
    const area = Object.fromEntries(Object.entries(inner).map(([name, value]) => [name, short(value)]));
    const rx = short(Math.min(radius, inner.width / 2, inner.height / 2)) || null;
    const edge = half ? { ...paint("stroke", first.colour), "stroke-width": first.thick } : {};
    const dashes = half && first.dashed ? { "stroke-dasharray": `${3 * first.thick} ${2 * first.thick}` } : {};
    parts.push(
      svg("rect", { ...area, rx, ...paint("fill", seen ? style["background-color"] : "none"), ...edge, ...dashes }),
    );
  }
  if (isFrame) return parts;
  const [right, bottom] = [x + width, y + height];
  const lines = [
    [x, y, right, y],
    [right, y, right, bottom],
    [x, bottom, right, bottom],
    [x, y, x, bottom],
  ];
  for (const [n, { thick, colour }] of sides.entries()) {
    if (!thick || !paintOf(colour)[1]) continue;
    const [x1, y1, x2, y2] = lines[n].map(short);
    parts.push(svg("line", { x1, y1, x2, y2, ...paint("stroke", colour), "stroke-width": thick }));
  }
  return parts;
}

/** @type {CanvasRenderingContext2D | null} */
let measurer = null;

/** A pen that measures texts of a style. */
function measurerOf(style) {
  measurer ??= penOf(document.createElement("canvas"));
  measurer.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  return measurer;
}

/** How far the letters of a text reach above its baseline and below. */
function reach(style) {
  const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = measurerOf(style).measureText("x");
  return [above, below];
}

/** A text without its end, as an ellipsis cuts it. */
function cutText(words, style, room) {
  const pen = measurerOf(style);
  if (pen.measureText(words).width <= room) return words;
  let kept = [...words];
  while (kept.length && pen.measureText(`${kept.join("")}…`).width > room) kept = kept.slice(0, -1);
  return `${kept.join("")}…`;
}

/** The lines of a text node: what each says, without spaces at its ends, and its box. */
function linesOf(node) {
  const range = document.createRange();
  const words = node.data;
  const boxOf = (from, to) => {
    range.setStart(node, from);
    range.setEnd(node, to);
    return [...range.getClientRects()].filter(({ width }) => width > 0);
  };
  const ends = (from, to) => {
    while (from < to && /\s/.test(words[from])) from += 1;
    while (to > from && /\s/.test(words[to - 1])) to -= 1;
    return [from, to];
  };
  const lines = [];
  const [first, last] = ends(0, words.length);
  let from = first;
  if (boxOf(from, last).length > 1) {
    let line = boxOf(from, from + 1)[0];
    for (let at = from; at < last; at++) {
      const [box] = boxOf(at, at + 1);
      if (!box || (line && Math.abs(box.top - line.top) < box.height / 2)) continue;
      if (line) lines.push(ends(from, at));
      [from, line] = [at, box];
    }
  }
  lines.push(ends(from, last));
  return lines
    .map(([start, end]) => ({ words: words.slice(start, end), box: boxOf(start, end)[0] }))
    .filter(({ box }) => box);
}

function drawText(node, style, origin) {
  const [above, below] = reach(style);
  const holder = node.parentElement;
  const cuts = style.textOverflow === "ellipsis" && holder.scrollWidth > holder.clientWidth;
  const looks = {
    ...paint("fill", style.color),
    "font-family": style.fontFamily.replaceAll('"', "'"),
    "font-size": inPixels(style.fontSize),
    "font-weight": style.fontWeight,
    "font-style": style.fontStyle === "normal" ? null : style.fontStyle,
    "letter-spacing": style.letterSpacing === "normal" ? null : inPixels(style.letterSpacing),
    direction: style.direction === "rtl" ? "rtl" : null,
  };
  const halo = /^(rgba?\([^)]*\)|color\([^)]*\))/.exec(style.textShadow)?.[1];
  const edge = {
    ...paint("stroke", halo ?? "none"),
    "stroke-width": 3,
    "stroke-linejoin": "round",
    "paint-order": "stroke",
  };
  return linesOf(node).map(({ words, box }) => {
    const plain = words.replace(/\s+/g, " ");
    const written = style.textTransform === "uppercase" ? plain.toLocaleUpperCase() : plain;
    const y = box.top - origin.y + (box.height - above - below) / 2 + above;
    const x = (style.direction === "rtl" ? box.right : box.left) - origin.x;
    const kept = cuts ? cutText(written, style, holder.clientWidth) : written;
    return svg("text", { x: short(x), y: short(y), ...looks, ...(halo ? edge : {}) }, kept);
  });
}

/** A small box that only the style sheet draws, such as the dot of a town. */
function drawBefore(node, box) {
  const style = getComputedStyle(node, "::before");
  if (style.content !== '""' || style.position !== "absolute") return [];
  const [left, top, width, height] = ["left", "top", "width", "height"].map((name) => inPixels(style[name]));
  return drawBox(style, { x: box.x + left, y: box.y + top, width, height });
}

/** The children of an element from the lowest to the topmost. */
function stacked(node) {
  const level = (one) => (one.nodeType === Node.ELEMENT_NODE ? Number(getComputedStyle(one).zIndex) || 0 : 0);
  const nodes = [...node.childNodes].map((one, n) => ({ one, n, z: level(one) }));
  return nodes.sort((a, b) => a.z - b.z || a.n - b.n).map(({ one }) => one);
}

function drawCanvas(node, box) {
  try {
    return [svg("image", { ...box, href: node.toDataURL("image/png") })];
  } catch {
    return []; // It holds pictures of another site, which a page may show but not read.
  }
}

/**
 * Draw an element and all in it: a list of SVG elements. `origin` is the point of the window that becomes (0, 0); `skip`
 * says of which elements nothing is to be drawn.
 * @param {any} node
 * @param {{x: number, y: number}} origin
 * @param {(node: any) => boolean} skip
 */
export function drawElement(node, origin, skip = () => false) {
  if (skip(node)) return [];
  const style = getComputedStyle(node);
  if (style.display === "none" || style.visibility === "hidden" || style.opacity === "0") return [];
  const { left, top, width, height } = node.getBoundingClientRect();
  const box = { x: left - origin.x, y: top - origin.y, width, height };
  if (node.localName === "svg") return drawSvg(node, box);
  if (node.localName === "canvas") return drawCanvas(node, box);
  if (node.localName === "img") return node.src.startsWith("data:") ? [svg("image", { ...box, href: node.src })] : [];
  const parts = [...drawBox(style, box), ...drawBefore(node, box)];
  for (const child of stacked(node)) {
    if (child.nodeType === Node.ELEMENT_NODE) parts.push(...drawElement(child, origin, skip));
    else if (child.nodeType === Node.TEXT_NODE && child.data.trim()) parts.push(...drawText(child, style, origin));
  }
  return style.opacity === "1" ? parts : [svg("g", { opacity: style.opacity }, parts)];
}
