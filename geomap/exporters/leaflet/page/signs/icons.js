// A small picture for each kind of event, so that colour is never the only sign.
import { svg } from "../dom.js";
import { EVENT_KINDS } from "../data/events.js";

// Drawn for a box of 12 × 12 around the middle: what is stroked, and what is filled.
const PICTURES = {
  none: ["", "M-2.2 0a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0"],
  battles: ["M-4.8-4.8 3.6 3.6M4.8-4.8-3.6 3.6M1.2 5 5 1.2M-1.2 5-5 1.2", ""],
  explosions: [
    "M0-5.4V-2.4M0 2.4V5.4M-5.4 0H-2.4M2.4 0H5.4M-3.8-3.8-1.8-1.8M1.8 1.8 3.8 3.8M3.8-3.8 1.8-1.8M-1.8 1.8-3.8 3.8",
    "",
  ],
  civilians: ["", "M-1.9-3.6a1.9 1.9 0 1 0 3.8 0a1.9 1.9 0 1 0-3.8 0M-4 5.4V3.6a4 4 0 0 1 8 0V5.4Z"],
  protests: ["M4.2-2a2.8 2.8 0 0 1 0 4", "M-5.2-1.7v3.4h2.4L2.4 4.8v-9.6L-2.8-1.7Z"],
  riots: [
    "",
    "M.6-5.7C1.2-3.2 4.2-1.6 4.2 1.6a4.2 4.2 0 0 1-8.4 0C-4.2-.4-2.9-1.4-2.2-3-1.5-1.8-1-1.2-.2-.9-.6-2.6-.4-4.4.6-5.7Z",
  ],
  strategic: ["M-3.4 5.6V-5.2", "M-3.4-5.2H4.8L2.6-2.4 4.8.4H-3.4Z"],
};

/** The shapes of an event's picture around (0, 0), to put into a sign; `scale` 1 is 12 pixels wide. */
export function eventShapes(kind, scale = 1) {
  const [stroked, filled] = PICTURES[EVENT_KINDS[kind].key];
  const parts = [
    stroked ? svg("path", { class: "gm-icon-line", d: stroked }) : null,
    filled ? svg("path", { class: "gm-icon-fill", d: filled }) : null,
  ];
  return svg("g", { class: "gm-icon", transform: scale === 1 ? null : `scale(${scale})` }, parts);
}

/** An event's picture of its own, in the colour of its kind. */
export function eventIcon(kind, size = 14) {
  const box = { width: size, height: size, viewBox: "-6.5 -6.5 13 13" };
  const { key } = EVENT_KINDS[kind];
  return svg("svg", { ...box, class: `gm-event-icon gm-kind-${key}`, "aria-hidden": "true" }, eventShapes(kind));
}
