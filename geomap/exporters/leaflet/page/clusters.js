// Which places are drawn together at a zoom: supercluster, fed with counts that are flat numbers.
import { EVENT_KINDS } from "./events.js";

const KINDS = [...EVENT_KINDS.keys()];

/** How far to pull places together, in pixels: more when there are many, to keep the map quick and readable. */
function clusterDistance(places) {
  if (places > 1500) return 78;
  return places > 250 ? 62 : 44;
}

/** The mentions of a cluster by kind of event, as in a group. */
export const kindsOfCluster = (properties) => KINDS.map((kind) => properties[`k${kind}`]);

/** Clusters of the places that are points; `deepest` is the highest zoom of the map. */
export function createClusters(model, groups, deepest) {
  const points = [...groups].filter(([place]) => model.places[place].kind === "point");
  const radius = clusterDistance(points.length);
  const sources = new Map();
  const sourceOf = (place) => {
    const source = model.places[place].id.split("@")[0];
    if (!sources.has(source)) sources.set(source, sources.size);
    return sources.get(source);
  };
  const index = new Supercluster({
    radius,
    maxZoom: deepest,
    extent: 256,
    map: (own) => ({ ...own, places: 1, top: own.place, topCount: own.count }),
    reduce(sum, part) {
      // Flat numbers only: supercluster copies these properties shallowly.
      for (const kind of KINDS) sum[`k${kind}`] += part[`k${kind}`];
      sum.count += part.count;
      sum.places += part.places;
      if (part.source !== sum.source) sum.source = -1;
      if (part.topCount > sum.topCount || (part.topCount === sum.topCount && part.top < sum.top)) {
        sum.top = part.top;
        sum.topCount = part.topCount;
      }
    },
  });
  const counts = (group) => Object.fromEntries(KINDS.map((kind) => [`k${kind}`, group.kinds[kind]]));
  index.load(
    points.map(([place, group]) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [model.places[place].longitude, model.places[place].latitude] },
      properties: { place, count: group.mentions.length, source: sourceOf(place), ...counts(group) },
    })),
  );

  const placesOf = (id) =>
    index
      .getLeaves(id, Infinity)
      .map(({ properties }) => properties.place)
      .sort((a, b) => a - b);
  /** The lowest zoom at which a cluster falls apart, null when it never does. */
  function partingZoom(id) {
    const zoom = index.getClusterExpansionZoom(id);
    return zoom > deepest ? null : zoom;
  }
  /** What holds a place at a zoom: the place itself or a cluster; undefined when the place is not shown. */
  function holderOf(place, zoom) {
    const { latitude, longitude } = model.places[place];
    const reach = (3 * radius * 360) / (256 * 2 ** zoom);
    const box = [longitude - reach, Math.max(-85, latitude - reach), longitude + reach, Math.min(85, latitude + reach)];
    return index
      .getClusters(box, zoom)
      .find(({ properties: found }) =>
        found.cluster ? placesOf(found.cluster_id).includes(place) : found.place === place,
      );
  }
  return {
    inBox: (box, zoom) => index.getClusters(box, zoom),
    placesOf,
    partingZoom,
    holderOf,
    /** The lowest zoom, from `zoom` on, at which a place stands alone or with those that nothing parts it from. */
    zoomToSingle(place, zoom) {
      for (let at = Math.floor(zoom); at <= deepest; at++) {
        const properties = holderOf(place, at)?.properties;
        if (properties && (!properties.cluster || partingZoom(properties.cluster_id) === null)) return at;
      }
      return deepest;
    },
  };
}
