// Puts addresses into the address bar: what a person did is a step that Back undoes, what a drag did changes the step it is in.

const PAUSE = 300;
/** Filtering by the same again within so many milliseconds, as an arrow key on a slider does, stays one step. */
const SAME = 1000;

let gesture = 0;
let last = { gesture: 0, step: "", at: 0 };
/** The press that began a step of which nothing can be told yet: what it leads to next is pushed. */
let owed = /** @type {number | null} */ (null);
/** @type {{ makeLink: () => string, isNew: boolean, timer: ReturnType<typeof setTimeout>, begun: number } | null} */
let waiting = null;
let written = 0;

/** Count what a person presses, so that all that one press leads to is one step. */
export function watchGestures() {
  for (const kind of ["pointerdown", "keydown"]) window.addEventListener(kind, () => (gesture += 1), { capture: true });
}

/** Whether this begins a step: the first change that a press leads to, unless it may `merge` with the same one just before. */
export function beginsStep(now, before) {
  if (!now.step || now.gesture === before.gesture) return false;
  return !now.merge || now.step !== before.step || now.at - before.at > SAME;
}

function put() {
  if (!waiting) return;
  const { makeLink, isNew, timer, begun } = waiting;
  clearTimeout(timer);
  waiting = null;
  written = Date.now();
  try {
    const link = makeLink();
    if (isNew) owed = link === location.hash ? begun : null;
    if (link === location.hash) return;
    if (isNew) history.pushState(null, "", link);
    else history.replaceState(null, "", link);
  } catch {
    // A sandboxed frame has no address of its own, and browsers refuse a hundred changes in a few seconds.
  }
}

/** A reader has gone to another step: forget what was to be written, and let what follows from it begin none. */
export function leaveStep() {
  clearTimeout(waiting?.timer);
  waiting = null;
  last = { gesture, step: "", at: 0 };
  owed = null;
}

/**
 * Put a link into the address bar: at once, or after a pause where the last change was just now. `soon` always waits:
 * after a move or a filter the map comes first, and writing an address takes as long as drawing some markers. `step`
 * names what a person did; without it the step that is there changes.
 */
export function writeAddress(makeLink, { soon = false, step = "", merge = false } = {}) {
  const now = { gesture, step, merge, at: Date.now() };
  let isNew = beginsStep(now, last) || owed === gesture;
  if (step) last = now;
  if (isNew)
    put(); // What waits belongs to the step before.
  else isNew = waiting?.isNew ?? false;
  const left = soon ? PAUSE : isNew ? 0 : written + PAUSE - now.at;
  const timer = waiting?.timer ?? setTimeout(put, Math.max(0, left));
  waiting = { makeLink, isNew, timer, begun: gesture };
  if (left <= 0) put();
}

/** Remember what a page opened on, which its address need not say. */
export function rememberFirst(view) {
  try {
    history.replaceState({ view }, "", location.href);
  } catch {
    // A sandboxed frame.
  }
}

/** The view that a page opened on, when its reader is back there; else null. */
export const rememberedView = () => history.state?.view ?? null;
