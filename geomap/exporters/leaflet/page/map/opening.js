// Where the map opens when its maker says so, by a place and zoom or by bounds to fit, instead of where the places are.

/**
 * Watch how others move a map before it is framed; `isPlaced` says that its maker has placed it already.
 * `taken` ends that and gives what brings the map back to where they wanted it, once it has its size; null for nowhere.
 */
export function watchOpening(map, isPlaced) {
  /** @type {[any, any] | null} */
  let fit = null;
  // A popup that opens with the page pans the map, too, but to be seen itself: that is none of these.
  const moves = ["setView", "flyTo"];
  for (const move of moves) {
    map[move] = (...args) => {
      isPlaced = true;
      fit = null;
      return L.Map.prototype[move].apply(map, args);
    };
  }
  map.fitBounds = (bounds, options) => {
    const still = { ...options, animate: false };
    L.Map.prototype.fitBounds.call(map, bounds, still);
    fit = [bounds, still];
    return map;
  };
  return {
    taken() {
      for (const move of [...moves, "fitBounds"]) delete map[move];
      if (!isPlaced) return null;
      const [middle, zoom] = [map.getCenter(), map.getZoom()];
      return () => (fit ? map.fitBounds(...fit) : map.setView(middle, zoom, { animate: false }));
    },
  };
}

/**
 * The layer of all signs, as Leaflet knows layers. Taken off the map it hides them, but they stay drawn and follow the
 * filters, so that nothing has to be made again.
 */
export function createSignLayer(map) {
  const { classList } = map.getContainer();
  const SignLayer = L.Layer.extend({
    onAdd: () => classList.remove("gm-signs-off"),
    onRemove: () => classList.add("gm-signs-off"),
  });
  classList.add("gm-signs-off");
  return new SignLayer();
}

/** Whether the map stands in a page of its maker's, without panel and timeline. */
export const isBare = () => document.documentElement.classList.contains("gm-bare");
