// The map beside a question: its candidates by number, and where a pin is dropped.
import { el } from "../../exporters/leaflet/page/dom.js";
import { createBaseMap } from "../../exporters/leaflet/page/map/basemap.js";
import { createRoom } from "../../exporters/leaflet/page/map/rectangles.js";

const CLOSE = 9;

export function createSpots(node, topology) {
  const map = L.map(node, { zoomControl: true, attributionControl: false, worldCopyJump: true }).setView([20, 0], 2);
  const base = createBaseMap(map, topology);
  const layer = L.layerGroup().addTo(map);
  const drawNames = () => base.drawNames(createRoom(), () => false);
  map.on("moveend zoomend", drawNames);
  drawNames();

  function addNumber({ latitude, longitude }, words, chosen, choose) {
    const className = chosen ? "rv-number rv-chosen" : "rv-number";
    const icon = L.divIcon({ className: "", iconSize: [0, 0], html: el("span", { class: className }, words) });
    L.marker([latitude, longitude], { icon, keyboard: false }).addTo(layer).on("click", choose);
  }

  return {
    map,
    /** Show numbered places, the chosen one marked, and a point that is none of them; the view holds them all. */
    show(places, { chosen, point, choose }) {
      layer.clearLayers();
      places.forEach((place, n) => addNumber(place, String(n + 1), place.id === chosen, () => choose(n)));
      if (point && !chosen) addNumber({ latitude: point[0], longitude: point[1] }, "•", true, () => {});
      const spots = [...places.map(({ latitude, longitude }) => [latitude, longitude]), ...(point ? [point] : [])];
      if (spots.length) map.fitBounds(L.latLngBounds(spots).pad(0.3), { maxZoom: CLOSE, animate: false });
      drawNames();
    },
    /** Where the middle of the map is, as a pin is written down: five decimals are a metre. */
    middle() {
      const { lat, lng } = map.getCenter().wrap();
      return { latitude: Number(lat.toFixed(5)), longitude: Number(lng.toFixed(5)) };
    },
    focus: () => map.getContainer().focus(),
  };
}
