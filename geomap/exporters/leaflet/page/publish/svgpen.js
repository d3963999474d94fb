// A pen that writes SVG paths where a canvas would paint, so that the ground stays sharp at any size.
import { svg } from "../dom.js";

const rounded = (number) => Math.round(10 * number) / 10;

/** A stand-in for the 2D context of a canvas, as far as the ground uses it; `paths` are what was painted. */
export function createSvgPen() {
  const paths = [];
  let words = "";
  let dashes = [];
  let at = [0, 0];
  /** Go on from the last point: that takes half the letters. */
  const add = (letter, x, y) => {
    const next = [rounded(x), rounded(y)];
    const [dx, dy] = [rounded(next[0] - at[0]), rounded(next[1] - at[1])];
    if (letter === "M" || dx || dy) words += letter === "M" ? `M${next[0]} ${next[1]}` : `l${dx} ${dy}`;
    at = next;
  };
  const draw = (attributes) => words && paths.push(svg("path", { d: words, ...attributes }));
  const pen = {
    fillStyle: "#000",
    strokeStyle: "#000",
    lineWidth: 1,
    lineJoin: "miter",
    lineCap: "butt",
    globalAlpha: 1,
    paths,
    beginPath: () => (words = ""),
    moveTo: (x, y) => add("M", x, y),
    lineTo: (x, y) => add("L", x, y),
    closePath: () => (words += "Z"),
    rect: (x, y, width, height) => {
      words += `M${rounded(x)} ${rounded(y)}h${rounded(width)}v${rounded(height)}h${rounded(-width)}Z`;
    },
    setLineDash: (lengths) => (dashes = lengths),
    save() {},
    restore() {},
    fill(rule) {
      const opacity = pen.globalAlpha < 1 ? pen.globalAlpha : null;
      draw({ fill: pen.fillStyle, "fill-rule": rule === "evenodd" ? rule : null, opacity });
    },
    stroke() {
      const opacity = pen.globalAlpha < 1 ? pen.globalAlpha : null;
      const line = { stroke: pen.strokeStyle, "stroke-width": pen.lineWidth, "stroke-linejoin": pen.lineJoin, opacity };
      draw({ ...line, fill: "none", "stroke-dasharray": dashes.length ? dashes.join(" ") : null });
    },
  };
  return pen;
}
