// Where the map opens when its maker says so, by a place and zoom or by bounds to fit, instead of where the places are.

/**
 * Watch how others move a map before it is framed; `isPlaced` says that its maker has placed it already.
 * `taken` ends that and gives what brings the map back to where they wanted it, once it has its size; null for nowhere.
 */
export function watchOpening(map, isPlaced) {
  let fit = null;
  const note = () => {
    isPlaced = true;
    fit = null;
  };
  map.on("movestart", note);
  map.fitBounds = (bounds, options) => {
    L.Map.prototype.fitBounds.call(map, bounds, { ...options, animate: false });
    isPlaced = true;
    fit = [bounds, { ...options, animate: false }];
    return map;
  };
  return {
    taken() {
      map.off("movestart", note);
      delete map.fitBounds;
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
