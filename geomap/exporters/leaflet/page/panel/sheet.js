// On a phone the panel is a sheet with three heights: a button steps through them, and a finger drags it.
import { byId, closestTo } from "../dom.js";

const SIZES = ["low", "half", "full"];
const LOW_HEIGHT = 118;
const STILL = 6;
const FLICK = 0.45;

/** The height a sheet comes to rest at: the nearest, or the next one in the direction of a flick (pixels a millisecond). */
export function restingSize(height, speed, room) {
  const heights = [LOW_HEIGHT, room / 2, room];
  if (Math.abs(speed) > FLICK) {
    const ahead = SIZES.filter((_, n) => (speed > 0 ? heights[n] > height : heights[n] < height));
    return (speed > 0 ? ahead[0] : ahead.at(-1)) ?? (speed > 0 ? "full" : "low");
  }
  const distances = heights.map((one) => Math.abs(one - height));
  return SIZES[distances.indexOf(Math.min(...distances))];
}

export function createSheet(map) {
  const phone = window.matchMedia("screen and (max-width: 760px)");
  const [panel, handle] = [byId("gm-panel"), byId("gm-handle")];
  /** @type {{ y: number, height: number, at: number, from: number, speed: number } | null} */
  let drag = null;
  let dragged = false;

  function set(size) {
    document.body.dataset.gmSheet = size;
    handle.setAttribute("aria-expanded", String(size !== "low"));
    setTimeout(() => map.invalidateSize({ pan: false }), 250);
  }

  function start(event) {
    dragged = false;
    if (!phone.matches || event.button > 0 || closestTo(event, "input, select, label, a, button:not(#gm-handle)"))
      return;
    drag = { y: event.clientY, height: panel.offsetHeight, at: event.timeStamp, from: event.clientY, speed: 0 };
  }

  function move(event) {
    if (!drag || (!dragged && Math.abs(event.clientY - drag.y) < STILL)) return;
    if (!dragged) panel.setPointerCapture(event.pointerId);
    dragged = true;
    const time = Math.max(1, event.timeStamp - drag.at);
    drag.speed = 0.7 * ((drag.from - event.clientY) / time) + 0.3 * drag.speed;
    [drag.from, drag.at] = [event.clientY, event.timeStamp];
    const height = Math.min(window.innerHeight, Math.max(60, drag.height + drag.y - event.clientY));
    document.body.dataset.gmDragging = "yes";
    document.body.style.setProperty("--gm-sheet", `${height}px`);
  }

  function end(event) {
    if (!drag) return;
    const speed = event.timeStamp - drag.at > 120 ? 0 : drag.speed;
    drag = null;
    if (!dragged) return;
    const size = event.type === "pointercancel" ? document.body.dataset.gmSheet : null;
    set(size ?? restingSize(panel.offsetHeight, speed, window.innerHeight));
    delete document.body.dataset.gmDragging;
    document.body.style.removeProperty("--gm-sheet");
  }

  for (const part of [handle, byId("gm-head")]) part.addEventListener("pointerdown", start);
  panel.addEventListener("pointermove", move);
  panel.addEventListener("pointerup", end);
  panel.addEventListener("pointercancel", end);
  handle.addEventListener("click", () => {
    // The click that ends a drag is none.
    if (!dragged) set({ low: "half", half: "full", full: "low" }[document.body.dataset.gmSheet] ?? "full");
    dragged = false;
  });
  phone.addEventListener("change", () => setTimeout(() => map.invalidateSize(), 50));
  document.body.dataset.gmSheet = "half";
  const isFrame = () => document.documentElement.classList.contains("gm-embed"); // It has no sheet.
  return { set, isPhone: () => phone.matches && !isFrame() };
}
