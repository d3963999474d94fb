// Which places are drawn together at a zoom: supercluster, fed with counts that are flat numbers.
import { EVENT_KINDS } from "../data/events.js";

/** The names under which clusters count each kind of event. */
const KIND_NAMES = EVENT_KINDS.map((_, kind) => `k${kind}`);

/** How far to pull places together, in pixels: more when there are many, to keep the map quick and readable. */
function clusterDistance(places) {
  if (places > 1500) return 78;
  return places > 250 ? 62 : 44;
}

/** The incidents of a cluster by kind, as in a group. */
export const kindsOfCluster = (properties) => KIND_NAMES.map((key) => properties[key]);

/** For each place a number that it shares with all that are told from the same entry. */
export function sourcesOf({ places }) {
  const numbers = new Map();
  return places.map(({ entry }) => {
    if (!numbers.has(entry)) numbers.set(entry, numbers.size);
    return numbers.get(entry);
  });
}

/** How much a place or cluster counts beside others: what happened there comes before how often it is named. */
export const weightOf = ({ count, events }) => 1000 * events + count;

/** What clusters add up of a place; flat numbers only, because supercluster copies these properties shallowly. */
function summands(place, { count, events, kinds, doubtful }, source) {
  const topCount = weightOf({ count, events });
  const own = { place, count, events, source, places: 1, doubtful: doubtful ? 1 : 0, top: place, topCount };
  for (let kind = 0; kind < KIND_NAMES.length; kind++) own[KIND_NAMES[kind]] = kinds[kind];
  return own;
}

/** Clusters of the places that are points; `deepest` is the highest zoom of the map, `sources` come from `sourcesOf`. */
export function createClusters(model, groups, { deepest, sources }) {
  const points = [...groups].filter(([place]) => model.places[place].kind === "point");
  const radius = clusterDistance(points.length);
  const index = new Supercluster({
    radius,
    maxZoom: deepest,
    extent: 256,
    reduce(sum, part) {
      for (let kind = 0; kind < KIND_NAMES.length; kind++) sum[KIND_NAMES[kind]] += part[KIND_NAMES[kind]];
      sum.count += part.count;
      sum.events += part.events;
      sum.places += part.places;
      sum.doubtful += part.doubtful;
      if (part.source !== sum.source) sum.source = -1;
      if (part.topCount > sum.topCount || (part.topCount === sum.topCount && part.top < sum.top)) {
        sum.top = part.top;
        sum.topCount = part.topCount;
      }
    },
  });
  index.load(
    points.map(([place, group]) => ({
      type: "Feature",
      geometry: { type: "Point", coordinates: [model.places[place].longitude, model.places[place].latitude] },
      properties: summands(place, group, sources[place]),
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
