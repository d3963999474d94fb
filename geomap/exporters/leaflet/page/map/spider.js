// Places on one spot, spread out on request: around the spot, each with a line to it.

const FOOT = 38;
const MANY = 9;

/** Where the places go, in pixels from the middle: a circle, or a spiral when they are many. */
function spreadOut(count) {
  if (count < MANY) {
    const length = Math.max(34, (count * FOOT) / (2 * Math.PI));
    return Array.from({ length: count }, (_, i) => {
      const angle = (2 * Math.PI * i) / count - Math.PI / 2;
      return [length * Math.cos(angle), length * Math.sin(angle)];
    });
  }
  let angle = 0;
  let length = 34;
  return Array.from({ length: count }, () => {
    angle += FOOT / length;
    length += (8 * FOOT) / (2 * Math.PI * length);
    return [length * Math.cos(angle), length * Math.sin(angle)];
  });
}

/**
 * Opens one cluster at a time; `makeMarker(position, place)` makes the marker of one place.
 * @param {import("../types").App} app
 */
export function createSpider(app, makeMarker) {
  const { map } = app;
  map.createPane("gm-legs").style.zIndex = 590;
  const renderer = L.svg({ pane: "gm-legs", padding: 0.2 });
  const layer = L.layerGroup().addTo(map);
  /** @type {{ holder: any, items: Map<number, any> } | null} */
  let opened = null;

  function close() {
    if (!opened) return;
    const { holder } = opened;
    opened = null;
    layer.clearLayers();
    holder.marker.getElement()?.classList.remove("gm-open");
  }

  /** Spread the places of a cluster; the first one gets the focus when the keyboard asked for it. */
  function open(holder, places, { byKeyboard = false } = {}) {
    close();
    const middle = map.latLngToLayerPoint(holder.marker.getLatLng());
    const offsets = spreadOut(places.length);
    const items = new Map();
    const circles = new Set();
    for (const [i, place] of places.entries()) {
      const position = map.layerPointToLatLng(middle.add(offsets[i]));
      const style = { renderer, pane: "gm-legs", interactive: false, className: "gm-leg" };
      L.polyline([holder.marker.getLatLng(), position], style).addTo(layer);
      const item = makeMarker(position, place);
      item.marker.setZIndexOffset(2000).addTo(layer);
      if (item.soft && !circles.has(item.soft.getRadius())) item.soft.addTo(layer); // Equal ones would add up.
      circles.add(item.soft?.getRadius());
      items.set(place, item);
    }
    opened = { holder, items };
    holder.marker.getElement()?.classList.add("gm-open");
    if (byKeyboard) items.values().next().value?.marker.getElement()?.focus();
  }

  map.on("zoomstart click", close);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !opened || app.selection.state.place !== null) return;
    const node = opened.holder.marker.getElement();
    close();
    node?.focus();
  });
  return {
    open,
    close,
    items: () => (opened ? [...opened.items.values()] : []),
    itemOf: (place) => opened?.items.get(place),
    holder: () => opened?.holder ?? null,
  };
}
