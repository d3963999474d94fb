// Makes the page ready for paper: the map as large as it fits, then the open report, then all places.

// What a map may fill in CSS pixels, with margins of 12 mm, on the narrower of A4 and Letter, beside the heading, the key and the credit.
const PORTRAIT = { width: 700, height: 520 };
const LANDSCAPE = { width: 960, height: 590 };
/** The size at which the map is drawn for paper: its shape lies between those of the two, as no one knows which it will be. */
const DRAWN = { width: 1050, height: 700 };

/** How much a map of some size has to shrink to fit on a paper; it is never enlarged. */
export function paperScale({ width, height }, paper) {
  return Math.min(1, paper.width / Math.max(1, width), paper.height / Math.max(1, height));
}

/**
 * Draw what is in view at the size for paper, and return what brings the view back.
 * @param {import("../types").App} app
 */
function redraw({ map, markers, base }) {
  const { classList } = document.documentElement;
  const [bounds, center, zoom] = [map.getBounds(), map.getCenter(), map.getZoom()];
  const isBuiltIn = map.hasLayer(base.layer);
  const settle = () => {
    base.layer.repaint();
    markers.draw();
  };
  classList.add("gm-paper");
  // An online background would not have loaded by the time that the paper is printed: it keeps its size.
  classList.toggle("gm-paper-size", isBuiltIn);
  if (isBuiltIn) {
    map.invalidateSize({ animate: false, pan: false });
    map.fitBounds(bounds, { animate: false });
  }
  settle();
  return () => {
    classList.remove("gm-paper", "gm-paper-size");
    map.invalidateSize({ animate: false, pan: false });
    map.setView(center, zoom, { animate: false });
    settle();
  };
}

/**
 * Nothing can be drawn while a browser prints: the map is drawn just before, and scaled as a picture by the paper's shape.
 * @param {import("../types").App} app
 */
export function preparePrinting(app) {
  const { style } = document.documentElement;
  /** @type {(() => void) | null} */
  let restore = null;
  window.addEventListener("beforeprint", () => {
    if (restore) return;
    style.setProperty("--gm-drawn-width", `${DRAWN.width}px`);
    style.setProperty("--gm-drawn-height", `${DRAWN.height}px`);
    const wasReady = app.ready;
    app.ready = false; // What is drawn for paper is no view to be shared.
    const back = redraw(app);
    restore = () => {
      back();
      app.ready = wasReady;
    };
    const { x: width, y: height } = app.map.getSize();
    style.setProperty("--gm-map-width", `${width}px`);
    style.setProperty("--gm-map-height", `${height}px`);
    style.setProperty("--gm-portrait", String(paperScale({ width, height }, PORTRAIT)));
    style.setProperty("--gm-landscape", String(paperScale({ width, height }, LANDSCAPE)));
    app.placesTable.render();
    app.frame.fill();
  });
  window.addEventListener("afterprint", () => {
    restore?.();
    restore = null;
  });
}
