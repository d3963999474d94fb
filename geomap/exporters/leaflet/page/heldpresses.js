// Presses that come while a page is still being made: they are kept, and done when there is what they need.

/**
 * Keep clicks and keys pressed in `root` from doing anything; what is given back lets them be done, in their order. What
 * a browser itself does with a key, as typing and going to the next field, it does at once.
 * @param {EventTarget} root
 */
export function holdPresses(root) {
  const kinds = ["click", "keydown"];
  /** @type {{ event: any, target: Element }[]} */
  const held = [];
  const hold = (event) => {
    event.stopImmediatePropagation();
    if (event.type === "click") event.preventDefault();
    held.push({ event, target: event.target });
  };
  for (const kind of kinds) root.addEventListener(kind, hold, { capture: true });
  return () => {
    for (const kind of kinds) root.removeEventListener(kind, hold, { capture: true });
    // An event can serve as the description of another one like it.
    for (const { event, target } of held) target.dispatchEvent(new event.constructor(event.type, event));
  };
}

/** Keep presses from when a page begins to be read: its buttons are there long before its script, which lies behind its data. */
export function holdFromStart() {
  globalThis.GeoMapPresses = holdPresses(window);
  // A page whose script has not run by then will not do them: the browser shall have what comes.
  window.addEventListener("load", () => {
    globalThis.GeoMapPresses?.();
    globalThis.GeoMapPresses = undefined;
  });
}

/** What lets all be done that was pressed since the page began to be read. */
export function heldSinceStart() {
  const release = globalThis.GeoMapPresses ?? holdPresses(window);
  globalThis.GeoMapPresses = undefined;
  return release;
}
