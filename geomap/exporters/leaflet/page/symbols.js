// The signs on the map, drawn once here and used by the map and by its key.
import { svg } from "./dom.js";
import { LOW_CONFIDENCE } from "./data.js";

function frame(radius, kind, ...children) {
  const half = radius + 4;
  const box = { width: 2 * half, height: 2 * half, viewBox: `${-half} ${-half} ${2 * half} ${2 * half}` };
  const halo = svg("circle", { class: "gm-halo", r: radius + 2.5 });
  return svg("svg", { ...box, class: `gm-sign gm-sign-${kind}`, "aria-hidden": "true" }, halo, ...children);
}

const shortCount = (count) =>
  count >= 10000 ? `${Math.round(count / 1000)}k` : count >= 1000 ? `${(count / 1000).toFixed(1)}k` : String(count);

/** How a group of mentions is drawn: "sure", "low" (an uncertain place) or "other" (no literal mention). */
export function signKind(group) {
  if (!group.literal) return "other";
  return group.best < LOW_CONFIDENCE ? "low" : "sure";
}

export function markerRadius(count) {
  return Math.round(8 + Math.min(10, 3.4 * Math.sqrt(count - 1)));
}

/** The marker of one place, with its number of mentions when there are several. */
export function markerSign(group) {
  const kind = signKind(group);
  const radius = markerRadius(group.mentions.length);
  const count = group.mentions.length > 1 ? shortCount(group.mentions.length) : "";
  const words = kind === "low" ? `${count}?` : count;
  const size = radius < 13 ? "gm-small" : "";
  return frame(
    radius,
    kind,
    svg("circle", { class: "gm-disc", r: radius - 1 }),
    svg("text", { class: size, y: 0.5 }, words),
  );
}

export function clusterRadius(count) {
  return Math.round(15 + Math.min(17, 2.5 * Math.log2(count)));
}

/** The sign of several places that are too close to tell apart, with their number of mentions. */
export function clusterSign(count) {
  const radius = clusterRadius(count);
  const ring = svg("circle", { class: "gm-ring", r: radius - 3 });
  return frame(
    radius,
    "cluster",
    svg("circle", { class: "gm-disc", r: radius }),
    ring,
    svg("text", { y: 0.5 }, shortCount(count)),
  );
}

/** The hatching of areas, defined once a page. */
export function hatchPattern() {
  const size = { width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  return svg(
    "pattern",
    { id: "gm-hatch", ...size },
    svg("rect", { class: "gm-hatch-ground", width: 7, height: 7 }),
    svg("line", { class: "gm-hatch-line", x1: 0, y1: 0, x2: 0, y2: 7 }),
  );
}
