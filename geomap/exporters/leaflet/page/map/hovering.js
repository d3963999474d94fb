// Areas that answer the pointer: the one below it is drawn stronger and says in words what it is; a finger asks by a tap.
import { el } from "../dom.js";

/**
 * Let an area, or a group of layers, answer. `words` gives what it says, and `point` learns whether the pointer is on it.
 * What is pressed there still belongs to the map.
 * @param {any} layer
 * @param {{ words: () => import("../types").Child[], point?: (on: boolean) => void }} answer
 */
export function answerPointer(layer, { words, point = (_) => {} }) {
  const parts = layer.getLayers?.() ?? [layer];
  const direction = document.documentElement.dir || null;
  const note = L.tooltip({ direction: "top", offset: [0, -8], opacity: 1, className: "gm-hover" });
  const set = (on) => {
    for (const part of parts) part.getElement()?.classList.toggle("gm-hovered", on);
    point(on);
  };
  const show = ({ latlng }) => {
    note.setContent(el("div", { dir: direction }, ...words()));
    note.setLatLng(latlng).addTo(parts[0]._map);
    set(true);
  };
  const hide = () => {
    note.remove();
    set(false);
  };
  layer.on({ mouseover: show, click: show, mousemove: ({ latlng }) => note.setLatLng(latlng), mouseout: hide });
  layer.on("remove", () => note.remove());
  return layer;
}
