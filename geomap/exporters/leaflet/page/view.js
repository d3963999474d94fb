// What part of the world is in view: first where most mentions are, on request everything.
import { el } from "./dom.js";

const TRIM = 0.05;

/** The value below which a share of the total weight lies; `pairs` are [value, weight]. */
export function weightedQuantile(pairs, share) {
  const sorted = [...pairs].sort((a, b) => a[0] - b[0]);
  const total = sorted.reduce((sum, [, weight]) => sum + weight, 0);
  let reached = 0;
  for (const [value, weight] of sorted) {
    reached += weight;
    if (reached >= share * total) return value;
  }
  return sorted.at(-1)[0];
}

/**
 * The bounds of what is shown, as [[south, west], [north, east]], or null when nothing is. Unless `everything` is asked for,
 * a twentieth of the mentions may stay outside at each side, so that one far place does not shrink all others.
 */
export function frameFor({ model, selection }, { everything }) {
  const drawn = [...selection.groups].map(([index, group]) => ({
    ...model.places[index],
    weight: group.count,
  }));
  const exact = drawn.filter(({ kind }) => kind === "point" || kind === "adm1");
  const places = everything || !exact.length ? drawn : exact;
  if (!places.length) return null;
  const trim = everything ? 0 : TRIM;
  const edges = (read) => {
    const pairs = places.map((place) => [read(place), place.weight]);
    return [weightedQuantile(pairs, trim), weightedQuantile(pairs, 1 - trim)];
  };
  const [south, north] = edges(({ latitude }) => latitude);
  const [west, east] = edges(({ longitude }) => longitude);
  return [
    [south, west],
    [north, east],
  ];
}

export function fitTo({ map }, frame) {
  if (!frame) return;
  const room = { paddingTopLeft: [40, 40], paddingBottomRight: [80, 40], maxZoom: 9, animate: false };
  map.fitBounds(L.latLngBounds(frame).pad(0.04), room);
}

/** The zoom buttons, with one that brings everything into view. */
export function addViewControl(app) {
  const zoom = L.control.zoom({ position: "topright" }).addTo(app.map);
  const show = (event) => {
    event.preventDefault();
    fitTo(app, frameFor(app, { everything: true }));
  };
  const words = "Show all places";
  const button = el("a", { href: "#", role: "button", title: words, "aria-label": words, class: "gm-all" }, "⤢");
  L.DomEvent.disableClickPropagation(button);
  button.addEventListener("click", show);
  zoom.getContainer().append(button);
}
