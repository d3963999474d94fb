// The signs on the map, drawn once here and used by the map and by its key.
import { svg } from "../dom.js";
import { EVENT_KINDS } from "../data/events.js";
import { eventShapes } from "./icons.js";

function frame(radius, kind, ...children) {
  const half = radius + 4;
  const box = { width: 2 * half, height: 2 * half, viewBox: `${-half} ${-half} ${2 * half} ${2 * half}` };
  const halo = svg("circle", { class: "gm-halo", r: radius + 2.5 });
  return svg("svg", { ...box, class: `gm-sign gm-sign-${kind}`, "aria-hidden": "true" }, halo, ...children);
}

const shortCount = (count) =>
  count >= 10000 ? `${Math.round(count / 1000)}k` : count >= 1000 ? `${(count / 1000).toFixed(1)}k` : String(count);

/** How a group is drawn: "sure", "low" (a doubtful place) or "other" (no literal mention). */
export function signKind(group) {
  if (!group.literal) return "other";
  return group.doubtful ? "low" : "sure";
}

/** The most frequent kind of event, 0 only when there is no event at all. */
export function mainKind(kinds) {
  let best = 0;
  for (let kind = 1; kind < EVENT_KINDS.length; kind++) if (kinds[kind] > (best ? kinds[best] : 0)) best = kind;
  return best;
}

/** The class that gives a sign the colour of a kind of event. */
export const kindClass = (kind) => `gm-kind-${EVENT_KINDS[kind].key}`;

/** How many incidents there are of all kinds. */
export const eventsIn = (kinds) => kinds.reduce((sum, count, kind) => sum + (kind ? count : 0), 0);

/** A ring whose parts show the share of each kind of event, clockwise from the top. */
export function ring(kinds, radius, width) {
  const total = eventsIn(kinds);
  const gap = 120 / (2 * Math.PI * radius); // 1.2 pixels, in per cent of the way round.
  const circle = { r: radius, "stroke-width": width, pathLength: 100 };
  let position = 0;
  return [...EVENT_KINDS.keys()]
    .slice(1)
    .filter((kind) => kinds[kind])
    .map((kind) => {
      const share = (100 * kinds[kind]) / total;
      const drawn = share > 99.9 ? 100 : Math.max(share - gap, share / 2);
      const dashes = `0 ${position} ${drawn} ${Math.max(0, 100 - position - drawn)}`;
      position += share;
      return svg("circle", { ...circle, "stroke-dasharray": dashes, class: `gm-ring ${kindClass(kind)}` });
    });
}

/** A place that is merely named is a small dot, one incident a disc, and more of them a ring that grows with their number. */
export function markerRadius(group) {
  const events = eventsIn(group.kinds);
  if (!events) return signKind(group) === "low" ? 7 : 5;
  return events === 1 ? 10 : Math.round(12 + Math.min(8, 1.5 * Math.log2(events - 1)));
}

const countText = (words, radius) => svg("text", { class: radius < 14 ? "gm-small" : null, y: 0.5 }, words);

/** The inside of a sign whose place is certain: one event's picture, or a ring of all with their number. */
function sureParts({ kinds }, radius) {
  const events = eventsIn(kinds);
  if (events > 1) {
    const plate = svg("circle", { class: "gm-plate", r: radius });
    return [plate, ...ring(kinds, radius - 3, 4), countText(shortCount(events), radius)];
  }
  const disc = svg("circle", { class: "gm-disc", r: radius - 1 });
  return [disc, events ? eventShapes(mainKind(kinds), 0.86) : null];
}

/** What confirms a sign: a small tick at its edge. */
function tickMark(radius) {
  const at = Math.round(0.72 * radius);
  return svg(
    "g",
    { class: "gm-verified", transform: `translate(${at} ${-at})` },
    svg("circle", { r: 5.5 }),
    svg("path", { d: "M-2.6 .2-.9 2 2.7-1.9" }),
  );
}

/**
 * The marker of one place: its incidents as a ring with their number, or one incident's picture; a quiet dot where it is merely
 * named. `verified`: somebody confirmed all of them.
 */
export function markerSign(group, { about = false, verified = false } = {}) {
  const kind = signKind(group);
  const radius = markerRadius(group);
  const events = eventsIn(group.kinds);
  const count = events > 1 ? shortCount(events) : "";
  const colour = kindClass(mainKind(group.kinds));
  const hollow = [
    svg("circle", { class: "gm-disc", r: radius - 1 }),
    countText(kind === "low" ? `${count}?` : count, radius),
  ];
  const parts = kind === "sure" ? sureParts(group, radius) : hollow;
  const quiet = events ? "" : " gm-sign-named";
  const classes = `${kind} ${colour}${about ? " gm-sign-about" : ""}${quiet}`;
  return frame(radius, classes, ...parts, verified ? tickMark(radius) : "");
}

export function clusterRadius(events) {
  return events ? Math.round(16 + Math.min(14, 1.5 * Math.log2(events))) : 10;
}

/**
 * The sign of several places too close to tell apart: their incidents and the mix of these, or quietly the `count` of mentions
 * where none happened. `doubtful`: all of the places are.
 */
export function clusterSign(kinds, { count = 0, doubtful = false } = {}) {
  const events = eventsIn(kinds);
  const radius = clusterRadius(events);
  const state = doubtful ? "cluster gm-sign-doubtful" : "cluster";
  const number = shortCount(events || count);
  const words = countText(doubtful ? `${number}?` : number, radius);
  const plate = svg("circle", { class: "gm-plate", r: radius - 1 });
  if (!events) return frame(radius, `${state} gm-sign-named`, plate, words);
  const edge = svg("circle", { class: "gm-edge", r: radius + 1.5 });
  return frame(radius, state, edge, plate, ...ring(kinds, radius - 5, 5.5), words);
}

/** What stands for a place that the gazetteer does not have: a small disc in the soft circle that it lies in. */
export function toldSign() {
  const box = { class: "gm-sign gm-kind-none", width: 34, height: 34, viewBox: "-17 -17 34 34", "aria-hidden": "true" };
  const circle = svg("circle", { class: "gm-soft gm-soft-none", r: 16 });
  return svg("svg", box, circle, svg("g", { class: "gm-sign-about" }, svg("circle", { class: "gm-disc", r: 5.5 })));
}

/** A ring without a number, for labels of areas. */
export function smallRing(kinds) {
  const box = { width: 13, height: 13, viewBox: "-6.5 -6.5 13 13", "aria-hidden": "true" };
  return svg("svg", box, ...ring(kinds, 4.5, 3.5));
}

/** The hatching of areas in the colour of each kind of event, and the soft edge of what is only roughly known. */
export function areaPaints() {
  const size = { width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
  return EVENT_KINDS.flatMap(({ key }, kind) => [
    svg(
      "pattern",
      { id: `gm-hatch-${key}`, class: kindClass(kind), ...size },
      svg("rect", { class: "gm-hatch-ground", width: 7, height: 7 }),
      svg("line", { class: "gm-hatch-line", x1: 0, y1: 0, x2: 0, y2: 7 }),
    ),
    svg(
      "radialGradient",
      { id: `gm-soft-${key}`, class: kindClass(kind) },
      svg("stop", { class: "gm-soft-middle", offset: "0%" }),
      svg("stop", { class: "gm-soft-middle", offset: "55%" }),
      svg("stop", { class: "gm-soft-edge", offset: "100%" }),
    ),
  ]);
}
