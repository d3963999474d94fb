import assert from "node:assert/strict";
import { test } from "node:test";
import { heldSinceStart, holdFromStart } from "../../geomap/exporters/leaflet/page/heldpresses.js";

/** A window that begins to be read, and what is done of what is pressed in it. */
function begun() {
  const page = new EventTarget();
  const done = [];
  const note = (event) => done.push(event.type);
  globalThis.window = page;
  holdFromStart();
  page.addEventListener("click", note);
  const made = () => {
    const release = heldSinceStart();
    page.removeEventListener("click", note); // Node.js knows no capture: it asks listeners in their order
    page.addEventListener("click", note);
    return release;
  };
  return {
    press: () => page.dispatchEvent(new Event("click")),
    load: () => page.dispatchEvent(new Event("load")),
    made,
    done,
  };
}

test("what is pressed as a page is read is done once, when it is made", () => {
  const { press, load, made, done } = begun();
  press();
  const release = made();
  press();
  load();
  assert.deepEqual(done, []);
  release();
  assert.deepEqual(done, ["click", "click"]);
});

test("a page that is made after it was loaded does nothing twice, and keeps what is pressed from then on", () => {
  const { press, load, made, done } = begun();
  press();
  load();
  assert.deepEqual(done, ["click"]);
  const release = made();
  press();
  assert.deepEqual(done, ["click"]);
  release();
  assert.deepEqual(done, ["click", "click"]);
});
