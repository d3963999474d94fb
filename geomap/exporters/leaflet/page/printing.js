// Makes the page ready for paper: the map as large as it fits, then the open report, then all places.

// A4 with margins of 12 mm, in CSS pixels: the narrower of A4 and Letter.
const PAPER = { width: 700, height: 520 };

/** How much a map of some size has to shrink to fit on the paper; it is never enlarged. */
export function paperScale({ x, y }) {
  return Math.min(1, PAPER.width / Math.max(1, x), PAPER.height / Math.max(1, y));
}

/** Leaflet cannot redraw while a browser prints, so the map keeps its size and is scaled as a picture. */
export function preparePrinting(app) {
  const { style, classList } = document.documentElement;
  window.addEventListener("beforeprint", () => {
    const size = app.map.getSize();
    const scale = paperScale(size);
    style.setProperty("--gm-map-width", `${size.x}px`);
    style.setProperty("--gm-map-height", `${size.y}px`);
    style.setProperty("--gm-map-scale", String(scale));
    style.setProperty("--gm-paper-height", `${Math.round(size.y * scale)}px`);
    // The background is a picture: in dark colours it would stay dark on paper.
    classList.add("gm-paper");
    app.base.layer.repaint();
    app.placesTable.render();
  });
  window.addEventListener("afterprint", () => {
    classList.remove("gm-paper");
    app.base.layer.repaint();
  });
}
